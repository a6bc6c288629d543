"""What happened to a consignment since somebody opened its page, for whoever comes second.

Audit events keep which fields were changed, never the words or amounts in them.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.consignments.entries import FIELDS, LINE_FIELDS
from mistok.aid.consignments.refusing import STATE_WORDS
from mistok.aid.models import Consignment
from mistok.aid.models.acts import ACT_KINDS
from mistok.kernel.errors import Conflict
from mistok.provenance.models import AuditEvent

_ACTS: Final[Mapping[str, Any]] = {
    "change_consignment": gettext_lazy("it was changed"),
    "write_line": gettext_lazy("line %(line)s was written"),
    "change_line": gettext_lazy("line %(line)s was changed"),
    "remove_line": gettext_lazy("line %(line)s was taken out"),
    "add_vehicle": gettext_lazy("a vehicle was added"),
    "remove_vehicle": gettext_lazy("a vehicle was taken out"),
    "issue_code": gettext_lazy("its code was recorded"),
    "declare": gettext_lazy("a declaration was recorded"),
    "clear": gettext_lazy("the clearance by customs was recorded"),
}
_KINDS: Final[Mapping[str, Any]] = dict(ACT_KINDS)
_RECORD: Final = "record_"
"""How the verb of an act of `aid.acts` begins; its kind follows."""
_PASSED: Final[Any] = gettext_lazy("its state is now “%(state)s”")
_WRITTEN: Final[Any] = gettext_lazy("an act was recorded: %(act)s")
_SAVED: Final[Any] = gettext_lazy("something was recorded for it")


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Names of the fields that differ; never their values."""
    return [name for name in after if before.get(name) != after[name]]


def changes_since(consignment: Consignment, version: int) -> list[dict[str, Any]]:
    """What was recorded after a version, oldest first: verb, version, state, line, fields."""
    events = AuditEvent.objects.filter(subject=consignment.public_id)
    later = [event for event in events if event.after.get("version", 0) > version]
    return [
        {
            "verb": event.verb,
            "version": event.after["version"],
            "state": event.after["state"],
            "line": event.after.get("line"),
            "fields": event.after.get("fields", []),
        }
        for event in sorted(later, key=lambda event: int(event.after["version"]))
    ]


def stale(consignment: Consignment, version: int) -> Conflict:
    """The refusal for whoever writes over somebody else's words (`consignment_changed`)."""
    changes = changes_since(consignment, version)
    told = "; ".join(dict.fromkeys(_told(change) for change in changes))
    return Conflict(
        _(
            "While you were writing, somebody changed this consignment: %(changes)s. Nothing of "
            "yours is lost: look at it, then send yours again."
        )
        % {"changes": told or _SAVED},
        code="consignment_changed",
        details={"changes": changes, "version": consignment.version},
    )


def _told(change: Mapping[str, Any]) -> str:
    verb = change["verb"]
    kind = _KINDS.get(verb.removeprefix(_RECORD))
    words = _ACTS.get(verb, _PASSED if verb in _PASSING else _WRITTEN if kind else _SAVED)
    told = str(words) % {
        "line": change["line"],
        "state": STATE_WORDS[change["state"]],
        "act": kind,
    }
    labels = FIELDS if change["line"] is None else LINE_FIELDS
    fields = ", ".join(str(labels[name]) for name in change["fields"])
    return f"{told} ({fields})" if fields else told


_PASSING: Final = frozenset({"pass_consignment", "dispatch", "expire_consignment"})
