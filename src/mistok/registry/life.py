"""Reads for offices and pages: the whole life of a tie, its papers in their chain, dates ahead."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mistok.kernel.dates import PartialDate
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.facts import Evidence, Fact, gather
from mistok.registry.gazetteer import the_world
from mistok.registry.guarding import Party, TieKnown
from mistok.registry.lifecycle import ENDED
from mistok.registry.models import Confirmation, Instrument, MergedTie, Tie, TieLife
from mistok.registry.selectors import municipality_by_key, resolve_place
from mistok.registry.terms import parse_reference


@dataclass(frozen=True, slots=True)
class Life:
    """What an office of a party knows of a tie: internal words too, and how often it changed."""

    tie: str
    subjects: tuple[str, ...]
    known: TieKnown
    version: int


def party_of(key: str, language: str = "en") -> Party:
    """The party with this key, whether the registry has a row for it or only the world knows it.

    Aliases and merged keys lead to the place that stands. Raises Invalid and NotFound as
    `resolve_place` does.
    """
    standing, row = resolve_place(key)
    place = row or the_world().get(standing)
    return Party(standing, place.country, place.name_in(language))


def _subject(keys: Iterable[str]) -> str:
    # Imported late: the services read lives, so either may be asked for first.
    from mistok.registry.services.places import tie_subject

    return tie_subject(keys)


def life_between(parties: Iterable[str], language: str = "en") -> Life:
    """Everything that is known between these places; the tie need not have a row yet."""
    people = {party.key: party for key in parties if (party := party_of(key, language))}
    subject = _subject(people)
    row = Tie.objects.filter(public_id=subject).first()
    merged = MergedTie.objects.filter(public_id=subject).select_related("tie").first()
    standing = merged.tie if merged else row
    tie = standing.public_id if standing else subject
    led = standing.merged.values_list("public_id", flat=True) if standing else ()
    subjects = tuple(dict.fromkeys((tie, subject, *led)))
    version = TieLife.objects.filter(tie=tie).values_list("version", flat=True).first() or 0
    known = TieKnown(tuple(people.values()), facts_about(subjects))
    return Life(tie, subjects, known, version)


def life_of(tie: Tie, language: str = "en") -> Life:
    """The life of a tie that has a row."""
    return life_between([seat.municipality.key for seat in tie.parties.all()], language)


def facts_about(subjects: Iterable[str]) -> tuple[Fact, ...]:
    """Facts from all standing statements, internal and restricted ones too: never for a page."""
    said = Statement.objects.standing().about(*subjects)
    return gather(
        Evidence(
            statement.pk,
            TieEvent.from_text(statement.value),
            statement.source.trust,
            PartialDate.parse_or_none(statement.source.published),
        )
        for statement in said
        if statement.prop == "event"
    )


def mandates_of(key: str) -> list[Fact]:
    """Search mandates that a municipality has told: decisions to look for a partner (D3-05)."""
    facts = facts_about([_subject([party_of(key).key])])
    return [fact for fact in facts if fact.event.event == "search_mandate"]


def confirmations_of(subjects: Iterable[str]) -> dict[str, list[Confirmation]]:
    """Each office's last word, by fact."""
    found: dict[str, list[Confirmation]] = {}
    for row in Confirmation.objects.current().filter(tie__in=list(subjects)):
        found.setdefault(row.fact, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Link:
    """One paper of a chain, in the tie at hand or in another, and how it hangs on the next."""

    paper: Instrument
    elsewhere: bool
    """Whether it is a paper of another tie, such as a four-party memorandum after a protocol."""
    replaces: str
    leads_to: str


def chain_of(tie: Tie) -> list[Link]:
    """The papers of a tie in time, with those of other ties that they name or that name them."""
    own = list(tie.instruments.prefetch_related("signatures__party"))
    ids = {tie.public_id, *tie.merged.values_list("public_id", flat=True)}
    named = [parse_reference(text) for paper in own for text in _references(paper)]
    abroad = list(_named_elsewhere(named, ids)) + list(_naming(ids))
    papers = {paper.pk: paper for paper in (*own, *abroad)}
    links = [
        Link(paper, paper.tie_id != tie.pk, paper.supersedes, paper.leads_to)
        for paper in papers.values()
    ]
    return sorted(links, key=lambda link: (_in_time(link.paper), link.elsewhere, link.paper.pk))


def _references(paper: Instrument) -> list[str]:
    return [text for text in (paper.supersedes, paper.leads_to) if text]


def _named_elsewhere(named: Sequence[tuple[str, str, str]], own: set[str]) -> Iterable[Instrument]:
    for tie, kind, date in named:
        if tie and tie not in own:
            papers = Instrument.objects.filter(tie__public_id=tie, tie__public=True, kind=kind)
            yield from papers.filter(signed__startswith=date).select_related("tie")


def _naming(own: set[str]) -> Iterable[Instrument]:
    """Papers of other ties that name one of ours."""
    for tie in own:
        for field in ("supersedes", "leads_to"):
            papers = Instrument.objects.filter(tie__public=True).select_related("tie")
            yield from papers.filter(**{f"{field}__startswith": f"{tie}/"})


def _in_time(paper: Instrument) -> tuple[bool, str]:
    return (not paper.signed, paper.signed.lstrip("<>~"))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day that somebody should look at: `review`, `end`, or `plan` of an event."""

    what: str
    date: PartialDate
    passed: bool
    event: str = ""
    renews: bool = False


def dates_ahead(tie: Tie, facts: Sequence[Fact], today: dt.date) -> list[Ahead]:
    """Review, end of term and plans of a tie, in time; a plan that came true is left out.

    A day that has passed without the event that should have followed stays until one is told.
    """
    ahead = []
    for what, text in (("review", tie.review_on), ("end", tie.ends_on)):
        if text:
            date = PartialDate.parse(text)
            renews = what == "end" and tie.renewal == "automatic"
            ahead.append(Ahead(what, date, date.latest < today, renews=renews))
    ahead += [
        Ahead("plan", plan.when, plan.when.latest < today, plan.event.event)
        for plan in facts
        if plan.event.planned and plan.when and not _came(plan, facts, tie)
    ]
    return sorted(ahead, key=lambda one: (one.date, one.what, one.event))


def _came(plan: Fact, facts: Sequence[Fact], tie: Tie) -> bool:
    """Whether what was planned happened, on that day or another; nothing comes of an ended tie."""
    if tie.state in ENDED:
        return True
    wanted = (plan.event.event, plan.event.kind)
    return any(
        not fact.event.planned and (fact.event.event, fact.event.kind) == wanted for fact in facts
    )


def ties_with_dates(municipality_key: str) -> list[Tie]:
    """Public ties of a place that have a term or a review: for reminders and calendars."""
    row = municipality_by_key(municipality_key)
    if row is None:
        return []
    ties = Tie.objects.public().of(row).with_parties()
    return [tie for tie in ties.order_by("public_id") if tie.review_on or tie.ends_on]
