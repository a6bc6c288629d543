"""The page of one place: who it is, whom it is tied to, what help is reported."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.provenance.models import Statement
from mistok.provenance.values import SupportReport
from mistok.registry.gazetteer import the_world
from mistok.registry.lifecycle import ENDED, IN_FORCE, RESTING, TieState
from mistok.registry.models import Municipality, Support, Tie
from mistok.registry.selectors import (
    acts_of,
    statements_of,
    support_for,
    ties_of,
)
from mistok.registry.sweep import AGGRESSOR_STATES
from mistok.web.cards import Group, Moment, PlaceCard, SupportRow
from mistok.web.labels import SUPPORT_KIND_LABELS, SUPPORT_STATUS_LABELS, UNIT_LABELS
from mistok.web.offices.places import office_line
from mistok.web.registry.maps import ties_map
from mistok.web.registry.present import (
    page_url,
    place_card,
    place_url,
    source_refs,
    tie_row,
    tie_url,
)
from mistok.web.registry.tie_page import act_card
from mistok.web.words import (
    grouped,
    in_language,
    label_of,
    lang,
    month_words,
    state_badge,
    stated_words,
)
from mistok.world import Place

LANGUAGE_NAMES = {
    "en": "English",
    "uk": "Українська",
    "de": "Deutsch",
    "pl": "Polski",
    "fr": "Français",
}


def place_context(place: Place, row: Municipality | None) -> dict[str, Any]:
    """Everything that registry/place_detail.html shows for a place of the world."""
    card = place_card(place)
    context = _registry_part(row) if row else _empty_part()
    return context | {
        "place": card,
        "names": _names(place.labels, place.local_name),
        "facts": _facts(place),
        "parents": _parents(place),
        "partners_url": page_url("partnering:partners", place.key) if _may_seek(place) else "",
        "profile_url": page_url("profiles:profile", place.key) if _may_seek(place) else "",
        "office": office_line(place) if _may_seek(place) else None,
    }


def _may_seek(place: Place) -> bool:
    return place.is_municipality and place.country not in {s.country for s in AGGRESSOR_STATES}


def provisional_context(row: Municipality) -> dict[str, Any]:
    """The same for a place that no gazetteer has: what the sources call it, and its ties."""
    return _registry_part(row) | {
        "place": place_card(row),
        "names": _names(row.labels, row.local_name),
        "facts": [],
        "parents": [],
        "partners_url": "",
    }


def _empty_part() -> dict[str, Any]:
    return {
        "groups": [],
        "acts": [],
        "support_given": [],
        "support_received": [],
        "map": None,
        "timeline": [],
    }


def _registry_part(row: Municipality) -> dict[str, Any]:
    ties = ties_of(municipality=row)
    given, received = support_for(municipality=row)
    statements = statements_of(rows=[*given, *received])
    return {
        "groups": _groups(ties, row),
        "acts": [act_card(act) for act in acts_of(ties=ties)],
        "support_given": [support_row(one, statements) for one in given],
        "support_received": [support_row(one, statements) for one in received],
        "map": ties_map(ties, title=_("Ties on the map"), focus=row) if ties else None,
        "timeline": _timeline(ties, row),
    }


def _groups(ties: Sequence[Tie], row: Municipality) -> list[Group]:
    """In force, in the making, resting, ended; empty groups are left out."""
    making = set(TieState) - {*IN_FORCE, *RESTING, *ENDED}
    sections = (
        (_("In force"), set(IN_FORCE)),
        (_("In the making"), making),
        (_("Suspended or dormant"), set(RESTING)),
        (_("Ended"), set(ENDED)),
    )
    groups = [
        Group(title=title, ties=[tie_row(tie, first=row) for tie in ties if tie.state in states])
        for title, states in sections
    ]
    return [group for group in groups if group.ties]


def _timeline(ties: Iterable[Tie], row: Municipality) -> list[Moment]:
    """When ties began and ended, oldest first."""
    moments = []
    for tie in ties:
        others = ", ".join(
            party.municipality.name_in(lang())
            for party in tie.parties.all()
            if party.municipality_id != row.pk
        )
        url = tie_url(tie.public_id)
        badge = state_badge(tie.state)
        if tie.since:
            text = _("Tie with %(others)s") % {"others": others}
            moments.append((tie.since, text, url, "moss"))
        if tie.until:
            text = f"{others}: {badge.label}"
            moments.append((tie.until, text, url, badge.tone))
    moments.sort(key=lambda moment: (moment[0].lstrip("<>~"), moment[1]))
    return [
        Moment(date=stated_words(date), date_iso=date.lstrip("<>~"), text=text, url=url, tone=tone)
        for date, text, url, tone in moments
    ]


def support_row(row: Support, statements: Mapping[str, Statement]) -> SupportRow:
    """One report of help in public words: nothing restricted, no day more exact than a month."""
    report = SupportReport.from_text(row.value)
    words = report.public_what if report.restricted else report.what
    quantity = "" if report.restricted else _quantity(report)
    return SupportRow(
        giver=row.giver.name_in(lang()) if row.giver else in_language(report.giver_words),
        giver_url=place_url(row.giver.key) if row.giver else "",
        receiver=row.receiver.name_in(lang()),
        receiver_url=place_url(row.receiver.key),
        kind_label=label_of(SUPPORT_KIND_LABELS, row.kind),
        what=in_language(words),
        quantity=quantity,
        date=month_words(row.date),
        status_label=label_of(SUPPORT_STATUS_LABELS, row.status),
        condition=in_language(report.condition),
        restricted=report.restricted,
        sources=source_refs(statements[pk] for pk in row.statements if pk in statements),
    )


def _quantity(report: SupportReport) -> str:
    if not report.quantity:
        return ""
    frames = {"<": _("less than %(n)s"), ">": _("more than %(n)s"), "~": _("about %(n)s")}
    bound = report.quantity[:1] if report.quantity[:1] in frames else ""
    number = report.quantity.removeprefix(bound)
    words = frames.get(bound, "%(n)s") % {"n": grouped(number)}
    return f"{words} {label_of(UNIT_LABELS, report.unit)}"


def _names(labels: Mapping[str, str], local_name: str) -> list[tuple[str, str]]:
    names = [(LANGUAGE_NAMES[code], labels[code]) for code in LANGUAGE_NAMES if labels.get(code)]
    if local_name:
        names.append((_("Local name"), local_name))
    return names


def _facts(place: Place) -> list[tuple[str, str, str]]:
    """What the gazetteer says: label, value, source."""
    facts = []
    if place.population:
        people = ngettext("%(count)s inhabitant", "%(count)s inhabitants", place.population)
        number = grouped(str(place.population))
        estimated = place.population_basis == "estimate"
        source = _("our estimate from GeoNames") if estimated else "GeoNames"
        facts.append((_("Population"), people % {"count": number}, source))
    facts.append((_("Key"), place.key, _("our own") if "_" in place.key else _source(place.key)))
    if place.timezone:
        facts.append((_("Time zone"), place.timezone, "GeoNames"))
    return facts


def _source(key: str) -> str:
    return {"katottg": "КАТОТТГ", "geonames": "GeoNames", "iso": "ISO 3166"}[key.partition(":")[0]]


def _parents(place: Place) -> list[PlaceCard]:
    return [place_card(parent) for parent in the_world().parents(place.key)]
