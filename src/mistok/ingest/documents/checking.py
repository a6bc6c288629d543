"""What a reviewer makes of a proposal, checked and brought into the shape of a reading."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.ingest.documents.contents import AID, PROJECT, SIDES, TIE, Content
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.reading.model import TIE_EVENTS, TIE_KINDS

EVENTS: Final = (*TIE_EVENTS, "offered", "decided", "letter_of_intent", "extended", "expired")
"""Stages that a reviewer may choose: those of the reader, and some that texts tell rarely."""
STATUSES: Final = ("delivered", "promised", "total")
MOST_PARTIES: Final = 12
MOST_ITEMS: Final = 30
KEPT: Final = ("evidence", "start", "end", "confidence", "label", "history")
"""What a correction leaves as the reader gave it, where it says nothing of it."""


def corrected_content(what: str, read: Content, told: Content) -> dict[str, Any]:
    """The content as corrected: what was told, with the evidence of what was read.

    Raises Invalid (`kind_unknown`, `event_unknown`, `status_unknown`, `too_many_parties`,
    `too_many_items`, `date_malformed`); who the parties are is checked when it is mapped.
    """
    kept = {name: read[name] for name in KEPT if name in read}
    content = kept | dict(told)
    PartialDate.parse_or_none(content.get("date") or "")
    CHECKS[what](content)
    # The words and their place are the document's, whatever was told.
    own = {name: read[name] for name in ("evidence", "start", "end")}
    return content | own | {"reviewed": True}


def _tie(content: Content) -> None:
    _one_of(content.get("kind"), TIE_KINDS, "kind_unknown")
    _one_of(content.get("event"), EVENTS, "event_unknown")
    if not 2 <= len(content.get("parties") or ()) <= MOST_PARTIES:
        raise Invalid(
            _("A tie has two parties at least and %(most)s at most. Name them by key or name.")
            % {"most": MOST_PARTIES},
            code="parties_missing",
        )


def _aid(content: Content) -> None:
    _one_of(content.get("status"), STATUSES, "status_unknown")
    if len(content.get("items") or ()) > MOST_ITEMS:
        raise Invalid(
            _("One report has %(most)s items at most. Put like things together.")
            % {"most": MOST_ITEMS},
            code="too_many_items",
        )
    _check_giver(AID, content)


def _project(content: Content) -> None:
    if not (content.get("object") or "").strip():
        raise Invalid(
            _("Write what is built, rebuilt, repaired or equipped."), code="object_missing"
        )
    _check_giver(PROJECT, content)


def _check_giver(what: str, content: Content) -> None:
    giving = SIDES[what][0]
    if not content.get(f"{giving}_party") and not (content.get(giving) or "").strip():
        raise Invalid(
            _("Write who gives: a place by its key or name, or the giver's name in words."),
            code="giver_missing",
        )


def _one_of(value: Any, allowed: tuple[str, ...], code: str) -> None:
    if value not in allowed:
        raise Invalid(
            _("The correction names a word that is not in the list. Choose one of the list."),
            code=code,
            details={"allowed": list(allowed)},
        )


CHECKS: Mapping[str, Callable[[Content], None]] = {TIE: _tie, AID: _aid, PROJECT: _project}
