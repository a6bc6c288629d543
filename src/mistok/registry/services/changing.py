"""Two offices at one tie: a change names the version that it was made from."""

from django.db import models
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict
from mistok.provenance.models import AuditEvent
from mistok.registry.models import TieLife

CHANGES = ("tell_event", "confirm_fact")
"""Verbs of audit events that change what is told of a tie; each keeps the version it made."""


def next_version(tie: str, expected: int | None) -> int:
    """Take the next version of a life, inside the transaction of the change; gives its number.

    `expected`: the version that the form was made from; none takes what there is. Raises Conflict
    (code `life_changed`) with what was told since, so that nothing is overwritten unseen. The row
    is locked until the transaction ends, so of two at once the second sees the first.
    """
    TieLife.objects.get_or_create(tie=tie)
    rows = TieLife.objects.filter(tie=tie)
    if expected is not None:
        rows = rows.filter(version=expected)
    if not rows.update(version=models.F("version") + 1):
        raise _changed(tie, expected or 0)
    return TieLife.objects.get(tie=tie).version


def _changed(tie: str, expected: int) -> Conflict:
    changes = changes_since(tie, expected)
    return Conflict(
        _(
            "While you were writing, this was told of the tie: %(changes)s. Nothing of yours is "
            "lost: look at it, then send yours again."
        )
        % {"changes": "; ".join(change["what"] for change in changes)},
        code="life_changed",
        details={"changes": changes, "version": TieLife.objects.get(tie=tie).version},
    )


def changes_since(tie: str, version: int) -> list[dict[str, str]]:
    """What offices told and confirmed after a version, the oldest first."""
    events = AuditEvent.objects.filter(subject=tie, verb__in=CHANGES)
    later = sorted(
        (event for event in events if event.after.get("version", 0) > version),
        key=lambda event: event.after["version"],
    )
    return [
        {
            "what": event.after["what"],
            "office": event.after["office"],
            "at": event.at.isoformat(),
        }
        for event in later
    ]
