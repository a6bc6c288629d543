"""What went wrong with a feed or an item: kept as a code, told as a sentence to each reader."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy

from mistok.ingest.fetching import REFUSALS, told
from mistok.kernel.errors import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LONGEST: Final = 400
NOTHING_FOUND: Final = "nothing_found"
SENTENCES: Final[Mapping[str, "StrPromise"]] = {
    NOTHING_FOUND: gettext_lazy("Nothing about ties, aid or projects was found in it."),
    "feed_unreadable": gettext_lazy(
        "What lies at the address is no feed, or it is broken. Ask the publisher for the address "
        "of the feed."
    ),
    "feed_unsafe": gettext_lazy(
        "The feed declares entities of its own, as attacks do, so it is not read."
    ),
    "feed_gone": gettext_lazy("The publisher has ended the feed. It is not asked any more."),
    "reading_failed": gettext_lazy(
        "Reading it failed through a fault of ours. Paste the text yourself, and tell whoever runs "
        "this server."
    ),
}


def kept_trouble(refusal: Refusal) -> str:
    """A refusal as it is kept: its code with the number of the answer, else its sentence."""
    if refusal.code in REFUSALS:
        numbers = (refusal.details.get(name) for name in ("status", "megabytes"))
        number = next((number for number in numbers if number is not None), "")
        return f"{refusal.code} {number}".strip()
    return refusal.code if refusal.code in SENTENCES else str(refusal)[:LONGEST]


def told_trouble(kept: str) -> str:
    """The sentence of what was kept, in the reader's language; empty for none."""
    code, _space, number = kept.partition(" ")
    if code in SENTENCES:
        return str(SENTENCES[code])
    if code in REFUSALS:
        return told(code, {"status": number or 0, "megabytes": number})
    return kept
