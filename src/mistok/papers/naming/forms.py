"""The cases of a name as a letter needs them, and how parts of a name are put together."""

from collections.abc import Callable

Forms = tuple[str, str, str, str]
"""Genitive, dative, instrumental and locative."""

Known = Callable[[str], Forms | None]
"""Takes a name or a word of one; gives its forms when it follows no rule."""


def around(before: str, forms: Forms, after: str) -> Forms:
    """Each form between the same letters."""
    one, two, three, four = (f"{before}{form}{after}" for form in forms)
    return one, two, three, four


def joined(first: Forms, second: Forms, link: str) -> Forms:
    """Two words bent together."""
    one, two, three, four = (a + link + b for a, b in zip(first, second, strict=True))
    return one, two, three, four
