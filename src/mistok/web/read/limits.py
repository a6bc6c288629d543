"""How many texts somebody may have read, and send, in an hour."""

from typing import Final

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from mistok.accounts.actors import Actor
from mistok.ingest.documents.limiting import count_use

WITHOUT_ACCOUNT: Final = 20
"""Readings an hour from one address."""
SIGNED_IN: Final = 120
SENT: Final = 60
"""Documents that one person sends to review in an hour."""


def count_reading(request: HttpRequest) -> None:
    """Count one reading. Raises TooMany (`too_many_readings`)."""
    actor = Actor(user=request.user)
    if actor.person is not None:
        count_use("page", str(actor), most=SIGNED_IN)
    else:
        count_use("page", get_adapter(request).get_client_ip(request), most=WITHOUT_ACCOUNT)


def count_sending(request: HttpRequest) -> None:
    """Count one document that is sent to review. Raises TooMany (`too_many_readings`)."""
    count_use("send", str(Actor(user=request.user)), most=SENT)
