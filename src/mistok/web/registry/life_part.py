"""The living part of a tie's page: words of offices, papers in their chain, dates to look at."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from mistok.provenance.models import Statement
from mistok.registry.life import Ahead, Link, chain_of, confirmations_of, dates_ahead
from mistok.registry.models import PAPER_STATES, Confirmation, Instrument, Municipality, Tie
from mistok.registry.projection import Fact
from mistok.registry.terms import parse_reference
from mistok.web.cards import DateAhead, OfficeWord, PaperCard
from mistok.web.labels import EVENT_LABELS, PAPER_LABELS, VERDICT_LABELS
from mistok.web.registry.present import source_refs, tie_url
from mistok.web.words import date_words, kind_label, label_of, lang, stated_words

PAPER_STATE_LABELS = dict(PAPER_STATES)


def office_words(tie: Tie) -> dict[str, list[OfficeWord]]:
    """What each party's office says last, by fact; parties by name in the reader's language."""
    subjects = [tie.public_id, *tie.merged.values_list("public_id", flat=True)]
    said = confirmations_of(subjects)
    keys = {row.party for rows in said.values() for row in rows}
    names = {row.key: row.name_in(lang()) for row in Municipality.objects.filter(key__in=keys)}
    return {fact: [_word(row, names) for row in rows] for fact, rows in said.items()}


def _word(row: Confirmation, names: Mapping[str, str]) -> OfficeWord:
    name = names.get(row.party, row.party)
    return OfficeWord(
        office=name,
        verdict=row.verdict,
        label=str(VERDICT_LABELS[row.verdict]) % {"name": name},
        words=row.words,
        date=stated_words(row.at.date().isoformat()),
    )


def paper_cards(tie: Tie, statements: Mapping[str, Statement]) -> list[PaperCard]:
    """The papers of a tie in time, and papers of other ties in the same chain."""
    return [_paper(link, statements) for link in chain_of(tie)]


def _paper(link: Link, statements: Mapping[str, Statement]) -> PaperCard:
    paper = link.paper
    return PaperCard(
        kind_label=label_of(PAPER_LABELS, paper.kind),
        title=kind_label(paper.tie_kind),
        date=stated_words(paper.signed),
        mode=paper.mode,
        place=paper.place,
        state_label=str(PAPER_STATE_LABELS.get(paper.state, "")),
        terms=_terms(paper),
        chain=_chain(link),
        contested=paper.contested,
        signatures=[
            (signature.party.name_in(lang()), stated_words(signature.date))
            for signature in paper.signatures.all()
        ],
        sources=source_refs(statements[pk] for pk in paper.statements if pk in statements),
        url=tie_url(paper.tie.public_id) if link.elsewhere else "",
    )


def _terms(paper: Instrument) -> list[str]:
    """From when, until when, renewed how, reviewed when."""
    frames = (
        (_("in force from %(date)s"), paper.effective_on),
        (_("until %(date)s"), paper.ends_on),
        (_("review: %(date)s"), paper.review_on),
    )
    terms = [frame % {"date": stated_words(date)} for frame, date in frames if date]
    return [*terms, _("renews itself")] if paper.renewal == "automatic" else terms


def _chain(link: Link) -> list[str]:
    frames = (
        (_("replaces: %(paper)s"), link.replaces),
        (_("is to lead to: %(paper)s"), link.leads_to),
    )
    return [frame % {"paper": _paper_words(text)} for frame, text in frames if text]


def _paper_words(reference: str) -> str:
    _tie, kind, date = parse_reference(reference)
    words = [label_of(PAPER_LABELS, kind), stated_words(date)]
    return ", ".join(word for word in words if word)


def ahead_lines(tie: Tie, facts: Sequence[Fact], today: dt.date) -> list[DateAhead]:
    """Reviews, ends of terms and plans, each with what follows from it."""
    return [
        DateAhead(
            date=date_words(one.date),
            date_iso="" if one.date.bound else str(one.date),
            text=_ahead_words(one),
            passed=one.passed,
        )
        for one in _without_told_plans(dates_ahead(tie, facts, today))
    ]


def _without_told_plans(ahead: Iterable[Ahead]) -> list[Ahead]:
    """Plans stand in the life of the tie with their verdict; here only those that have passed."""
    return [one for one in ahead if one.what != "plan" or one.passed]


def _ahead_words(one: Ahead) -> str:
    if one.what == "review":
        late = _("A review was due. Nobody has told its outcome yet.")
        return late if one.passed else _("A review is due: extend, change or let it end.")
    if one.what == "end" and one.renews:
        return _("The term ends and renews itself, unless a party gives notice.")
    if one.what == "end":
        late = _("The term has run out, and nobody has told whether it was extended.")
        return late if one.passed else _("The term ends.")
    event = label_of(EVENT_LABELS, one.event)
    return _("Planned for this day, and no source says that it took place: %(event)s") % {
        "event": event
    }
