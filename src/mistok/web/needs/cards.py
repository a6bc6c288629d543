"""A need in a list: what is asked for where, how urgent it is, how much of it is committed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.needs.lifecycle import NeedState
from mistok.needs.lines import open_to_public
from mistok.needs.models import Need, Publication
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.registry.gazetteer import the_world
from mistok.web.cards import PlaceCard
from mistok.web.needs.words import (
    Bar,
    bar_from,
    bar_of,
    day_words,
    field_choices,
    field_of,
    priority_of,
    public_title,
    state_of,
    title_of,
)
from mistok.web.registry.present import place_card
from mistok.web.words import StateBadge, lang, stated_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCard:
    """A need as a row of a list; `state` is told to those who read the need itself."""

    url: str
    title: str
    place: PlaceCard
    field: str
    priority: StateBadge
    needed_by: str
    bar: Bar
    state: StateBadge | None = None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Needs of one field of help: how many, and how far they are met."""

    field: str
    count: int
    untouched: int
    partly: int
    committed: int


def need_url(public_id: str) -> str:
    """The page of a need."""
    return reverse("needs:need", args=[public_id])


def card_of(need: Need, *, own: bool = False) -> NeedCard:
    """A need for those who may read it."""
    return NeedCard(
        url=need_url(need.public_id),
        title=title_of(need),
        place=place_card(the_world().get(need.place)),
        field=field_of(need.cluster),
        priority=priority_of(need.priority),
        needed_by=day_words(need.needed_by),
        bar=bar_of(need),
        state=None if need.state == NeedState.OPEN else state_of(need),
        own=own,
    )


def public_card(publication: Publication) -> NeedCard:
    """The same of what everybody may read."""
    told = publication.projection
    return NeedCard(
        url=need_url(publication.need.public_id),
        title=public_title(told),
        place=place_card(the_world().get(told["place"])),
        field=field_of(told["cluster"]),
        priority=priority_of(told["priority"]),
        needed_by=span_words(told["needed_by"]),
        bar=public_bar(publication),
    )


def public_bar(publication: Publication) -> Bar:
    """How much of what was published is committed, as far as it was published."""
    asked, still_open = public_amounts(publication)
    return bar_from(asked, (asked - still_open, still_open, 0), publication.projection["unit"])


def public_amounts(publication: Publication) -> tuple[int, int]:
    """What is asked and what is open of it, in thousandths, as far as it was published."""
    asked = int(Decimal(publication.projection["asked"]) * STEPS_PER_UNIT)
    return asked, int(open_to_public(publication) * STEPS_PER_UNIT)


def span_words(text: str) -> str:
    """A month or a quarter in words: "December 2026", "quarter 4 of 2026"; empty for none."""
    year, quarter, number = text.partition("-Q")
    if quarter:
        return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}
    return stated_words(text)


def totals(amounts: Iterable[tuple[str, int, int]]) -> list[Total]:
    """Needs by field of help, the names in order; each is told by field, committed, open."""
    counts: dict[str, list[int]] = {}
    for field, committed, still_open in amounts:
        row = counts.setdefault(field, [0, 0, 0])
        row[0 if not committed else 1 if still_open else 2] += 1
    return [
        Total(field=name, count=sum(row), untouched=row[0], partly=row[1], committed=row[2])
        for code, name in field_choices(lang())
        if (row := counts.get(code, []))
    ]
