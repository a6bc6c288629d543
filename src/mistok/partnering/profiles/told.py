"""Profiles told on the command line: a JSON document for programs, lines for people."""

import datetime as dt
import json

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.kernel.errors import NotFound
from mistok.matching.declared import SETS
from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.profiles.entry import FIELD_LABELS, ProfileEntry
from mistok.partnering.profiles.files import WISHES, as_document
from mistok.partnering.profiles.missing import Gap, missing
from mistok.partnering.profiles.policies import edit_token
from mistok.partnering.profiles.selectors import entry_of, freshness, profile_of, profiled_place
from mistok.partnering.profiles.vocabulary import labels
from mistok.partnering.search import criteria
from mistok.world import Place


def profile_document(place: Place, today: dt.date) -> str:
    """One JSON document; `profile` in it is what a file for `mistok profile set` holds."""
    row = _standing(place)
    document = {
        "key": row.key,
        "name": place.name,
        "version": row.version,
        "confirmed_on": row.confirmed_on.isoformat(),
        "stale": freshness(row.confirmed_on, today).stale,
        "profile": as_document(entry_of(row)),
        "missing": [
            {"field": gap.field, "why": gap.why, "share": round(gap.share, 4)}
            for gap in gaps(entry_of(row))
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def profile_lines(place: Place, today: dt.date) -> str:
    """The same for people: what is said, what is missing, how fresh it is."""
    row = _standing(place)
    stale = f" ({_('more than a year ago')})" if freshness(row.confirmed_on, today).stale else ""
    head = f"{place.name} ({place.country})  {place.key}"
    standing = _("public") if row.public else _("private")
    lines = [head, f"{standing}; {_('confirmed')} {row.confirmed_on.isoformat()}{stale}"]
    said = {name: labels(name, getattr(row, name)) for name in SETS}
    said |= {name: getattr(row, name) for name in (*WISHES, "capacity", "about_en", "about_uk")}
    lines += [
        f"{FIELD_LABELS[name]}: {_plain(value)}"
        for name, value in said.items()
        if value not in (None, "", [])
    ]
    lines += [f"- {gap.field}: {gap.why}" for gap in gaps(entry_of(row))]
    return "\n".join(lines)


def gaps(entry: ProfileEntry) -> list[Gap]:
    """What a profile lacks, weighed by the method in use."""
    return missing(entry, dict(criteria()))


def edit_address(key: str) -> str:
    """The path of the edit page with a link of its own; raises what `profiled_place` does."""
    place = profiled_place(key)
    page = reverse("profiles:profile_edit", args=[place.key])
    return f"{page}?link={edit_token(place.key)}"


def _standing(place: Place) -> DeclaredProfile:
    row = profile_of(place.key)
    if row is None or row.withdrawn_at is not None:
        raise NotFound(
            _("%(name)s has no profile yet. Write one: mistok profile set, or the edit link.")
            % {"name": place.name},
            code="profile_missing",
            details={"key": place.key},
        )
    return row


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
