"""What was written to a line after somebody opened its form, for whoever comes second."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.errors import Conflict
from mistok.needs.items import cluster, item, unit
from mistok.needs.lines.entries import FIELDS, entry_of
from mistok.needs.lines.refusing import reader_language
from mistok.needs.models import Need
from mistok.needs.models.lines import EndUser, NeedKind, Priority, Repeat, Season, ValueBasis
from mistok.provenance.models import AuditEvent

WORDED = ("text", "specification", "delivery_note")
"""Fields whose former words are kept nowhere: an audit event outlives what it tells of."""
_ACTS: Final[Mapping[str, Any]] = {
    "open_need": gettext_lazy("it was shown to the partners"),
    "withdraw_need": gettext_lazy("something was withdrawn"),
    "fulfil_need": gettext_lazy("it was marked as fulfilled"),
}
_SAVED: Final[Any] = gettext_lazy("it was saved again")
_CHOICES: Final[Mapping[str, Any]] = {
    "kind": NeedKind,
    "priority": Priority,
    "season": Season,
    "end_user": EndUser,
    "value_basis": ValueBasis,
    "repeat": Repeat,
}


def told_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """What changed between two states of an entry's fields, as an audit event keeps it."""
    changed = [name for name in FIELDS if before.get(name) != after.get(name)]
    plain = [name for name in changed if name not in WORDED]
    return {
        "fields": changed,
        "was": {name: _plain(before.get(name)) for name in plain},
        "now": {name: _plain(after.get(name)) for name in plain},
    }


def entry_fields(need: Need) -> dict[str, Any]:
    """The fields of the entry that a row holds, to be compared."""
    entry = entry_of(need)
    return {name: getattr(entry, name) for name in FIELDS}


def changes_since(need: Need, version: int) -> list[dict[str, Any]]:
    """What was changed after a version, oldest first: field, label, was, now, verb, version.

    An act that changed no field of the form (the line was shown, a part withdrawn) has an empty
    field and tells its verb. `was` is None where words were changed, and `now` is then what
    stands today.
    """
    events = AuditEvent.objects.filter(subject=need.public_id)
    later = [event for event in events if event.after.get("version", 0) > version]
    today = entry_fields(need)
    found: list[dict[str, Any]] = []
    for event in sorted(later, key=lambda event: int(event.after["version"])):
        about = {"verb": event.verb, "version": event.after["version"]}
        fields = event.after.get("fields", [])
        found += [_change(name, event, today) | about for name in fields]
        if not fields:
            found.append({"field": "", "label": "", "was": None, "now": None, **about})
    return found


def stale(need: Need, version: int) -> Conflict:
    """The refusal for whoever writes over somebody else's words (`need_changed`)."""
    changes = changes_since(need, version)
    told = "; ".join(dict.fromkeys(_told(change) for change in changes))
    return Conflict(
        _(
            "While you were writing, somebody changed this need: %(changes)s. Nothing of yours is "
            "lost: look at it, then send yours again."
        )
        % {"changes": told or _("its amounts")},
        code="need_changed",
        details={"changes": changes, "version": need.version},
    )


def _change(name: str, event: AuditEvent, today: Mapping[str, Any]) -> dict[str, Any]:
    words = name in WORDED
    return {
        "field": name,
        "label": str(FIELDS[name]),
        "was": None if words else event.after["was"][name],
        "now": _plain(today[name]) if words else event.after["now"][name],
    }


def _told(change: Mapping[str, Any]) -> str:
    name = change["field"]
    if not name:
        return str(_ACTS.get(change["verb"], _SAVED))
    if name in WORDED:
        return _("%(label)s was changed") % change
    told = {"was": shown(name, change["was"]), "now": shown(name, change["now"])}
    return _("%(label)s: %(was)s → %(now)s") % {"label": change["label"], **told}


def shown(name: str, value: Any) -> str:
    """A field's value, as an audit event keeps it, in words of the reader's language."""
    if value in (None, "", False):
        return "–"
    lang = reader_language()
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    if name == "item":
        return item(value).name(lang)
    if name == "cluster":
        return cluster(value).names[lang]
    if name == "unit":
        return unit(value).names[lang][-1]
    return _("yes") if value is True else str(value)


def _plain(value: Any) -> Any:
    """As JSON keeps it; an amount without zeros at its end."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, dt.date) else value
