"""Numbers on the command line."""

from argparse import ArgumentTypeError


def positive(text: str) -> int:
    """A whole number above zero; anything else is wrong usage (exit status 2)."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"“{text[:20]}” is not a whole number above zero")
    return int(text)
