"""Whole addresses of pages that letters and mails name; the base is `MISTOK_ADDRESS`."""

from django.conf import settings


def verify_address(code: str) -> str:
    """Where a letter with this code is checked."""
    return f"{settings.MISTOK_ADDRESS}/verify/{code}/"


def answer_address(token: str) -> str:
    """Where the holder of a one-time link answers."""
    return f"{settings.MISTOK_ADDRESS}/answer/{token}/"
