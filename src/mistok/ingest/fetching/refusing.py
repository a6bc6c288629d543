"""What is said when an address cannot be asked: one sentence each, the same to all who hear it.

A sentence names what the sender wrote and what the server answered in public, never an address
inside a network nor a word of the answer's body.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.errors import Invalid, Refusal, Unavailable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

REFUSALS: Final[Mapping[str, tuple[type[Refusal], "StrPromise"]]] = {
    "address_malformed": (
        Invalid,
        gettext_lazy(
            "This is not the address of a page. Write it as it stands in the browser, with "
            "https:// in front and without a name or password."
        ),
    ),
    "port_refused": (
        Invalid,
        gettext_lazy(
            "The address names a port that this server does not ask. Leave the number after the "
            "colon away."
        ),
    ),
    "address_not_public": (
        Invalid,
        gettext_lazy(
            "The address does not lead to the open internet, so it is not asked. Paste the text "
            "itself."
        ),
    ),
    "address_unreachable": (
        Unavailable,
        gettext_lazy(
            "The server of this address could not be reached. Check the address, try again later, "
            "or paste the text itself."
        ),
    ),
    "address_slow": (
        Unavailable,
        gettext_lazy(
            "The server of this address did not answer in time. Try again later, or paste the text "
            "itself."
        ),
    ),
    "answer_broken": (
        Unavailable,
        gettext_lazy(
            "The server's answer broke off or cannot be unpacked. Try again later, or paste the "
            "text itself."
        ),
    ),
    "too_many_redirects": (
        Invalid,
        gettext_lazy(
            "The address leads on and on to other addresses. Open it in a browser and write the "
            "one where you arrive."
        ),
    ),
    "document_too_large": (
        Invalid,
        gettext_lazy(
            "What lies at this address is larger than %(megabytes)s megabytes. Paste the part that "
            "matters."
        ),
    ),
    "address_refused": (
        Invalid,
        gettext_lazy(
            "The server did not give the page (%(status)s: %(words)s). Check the address, or paste "
            "the text itself."
        ),
    ),
    "address_busy": (
        Unavailable,
        gettext_lazy(
            "The server did not give the page now (%(status)s: %(words)s). Try again later, or "
            "paste the text itself."
        ),
    ),
    "robots_refuse": (
        Invalid,
        gettext_lazy(
            "The publisher asks programs not to open this page. Open it yourself and paste the "
            "text."
        ),
    ),
}
"""The class and the sentence of each refusal, by its stable code."""

STATUS_WORDS: Final[Mapping[int, "StrPromise"]] = {
    401: gettext_lazy("it asks for a password"),
    402: gettext_lazy("it asks for payment"),
    403: gettext_lazy("it does not let programs in"),
    404: gettext_lazy("there is no such page"),
    410: gettext_lazy("the page was taken away for good"),
    429: gettext_lazy("it was asked too often"),
    451: gettext_lazy("the page may not be shown for legal reasons"),
    503: gettext_lazy("it is overloaded or under repair"),
}
BUSY: Final = frozenset({408, 425, 429})
"""Answers that may be another one later, besides all from 500 on."""


def status_words(status: int) -> str:
    """What a server means by the number of its answer."""
    if status in STATUS_WORDS:
        return str(STATUS_WORDS[status])
    return _("it has a fault of its own") if status >= 500 else _("it does not want to")


def told(code: str, details: Mapping[str, Any]) -> str:
    """The sentence of a refusal in the reader's language; `code` is a key of REFUSALS."""
    words = {"words": status_words(int(details["status"]))} if "status" in details else {}
    return str(REFUSALS[code][1]) % {**details, **words}


def refusal(code: str, **details: Any) -> Refusal:
    """The refusal with this code, to be raised."""
    return REFUSALS[code][0](told(code, details), code=code, details=details)


def refused_status(status: int, retry_after: int | None) -> Refusal:
    """The refusal of an answer without a page; `details["retry_after"]` are seconds to wait."""
    code = "address_busy" if status in BUSY or status >= 500 else "address_refused"
    wait = {} if retry_after is None else {"retry_after": retry_after}
    return refusal(code, status=status, **wait)
