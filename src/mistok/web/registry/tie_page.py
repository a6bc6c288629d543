"""The page of one tie: its life in order, with verdicts on plans and versions side by side."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.ids import is_place_key
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent, parse_votes
from mistok.registry.models import Act, Municipality, Tie, TieFact
from mistok.registry.projection import Disagreement, Fact
from mistok.registry.selectors import TieDossier, dossier, ties_of_act
from mistok.web.cards import (
    ActCard,
    DisagreementCard,
    FactLine,
    OfficeWord,
    SourceRef,
    Version,
)
from mistok.web.labels import (
    DISAGREEMENT_LABELS,
    EVENT_LABELS,
    FIELD_LABELS,
    PAPER_LABELS,
    VOTE_LABELS,
)
from mistok.web.registry.life_part import ahead_lines, office_words, paper_cards
from mistok.web.registry.maps import ties_map
from mistok.web.registry.present import source_refs, tie_row
from mistok.web.registry.sources_part import backing_of, corrections_of_tie
from mistok.web.reviving.present import sleep_notice
from mistok.web.words import (
    body_label,
    date_words,
    in_language,
    kind_label,
    label_of,
    lang,
    reading_order,
    stated_words,
)

Statements = Mapping[str, Statement]


def tie_context(tie: Tie) -> dict[str, Any]:
    """Everything that registry/tie_detail.html shows."""
    papers = dossier(tie=tie)
    words = office_words(tie)
    names = {p.municipality.key: p.municipality.name_in(lang()) for p in tie.parties.all()}
    return {
        "tie": tie_row(tie),
        "labels": _labels(tie, papers.statements),
        "facts": [fact_line(fact, papers, names, words.get(fact.id, [])) for fact in papers.facts],
        "disagreements": [_disagreement(item, papers.statements) for item in papers.disagreements],
        "acts": [act_card(act) for act in papers.acts],
        "instruments": paper_cards(tie, papers.statements),
        "ahead": ahead_lines(tie, papers.facts, timezone.now().date()),
        "sleep": sleep_notice(tie),
        "decisions": _decisions(tie, papers.statements),
        "map": ties_map([tie], title=_("Where the partners lie")),
        "fields": field_words(papers.facts),
        "sources": source_refs(papers.statements.values()),
        "backing": backing_of(papers.statements.values()),
        "corrections": corrections_of_tie(tie),
    }


def field_words(facts: Iterable[Fact]) -> list[str]:
    """Fields of cooperation that any source names, in the reader's language and order."""
    named = {word for fact in facts for word in fact.event.fields}
    return sorted((label_of(FIELD_LABELS, word) for word in named), key=reading_order)


def fact_line(
    fact: Fact, papers: TieDossier, names: Mapping[str, str], offices: list[OfficeWord]
) -> FactLine:
    """One line of the life."""
    event = fact.event
    said = [papers.statements[pk] for pk in fact.statements]
    behind = backing_of(said)
    return FactLine(
        event=event.event,
        label=label_of(EVENT_LABELS, event.event),
        date=date_words(fact.when),
        date_iso=event.date if fact.when and not fact.when.bound else "",
        planned=event.planned,
        kind_label=kind_label(event.kind),
        detail=_detail(fact, names),
        note=in_language(event.note),
        verdict=verdict(fact, papers.facts, timezone.now().date()) if event.planned else "",
        sources=source_refs(said),
        contradicts=_contradictions(fact, papers.disagreements),
        as_of=date_words(fact.spoken) if not fact.when else "",
        offices=offices,
        independent=behind.independent,
        only_aggressors=behind.only_aggressors,
    )


def _detail(fact: Fact, names: Mapping[str, str]) -> str:
    event = fact.event
    parts = []
    if event.body:
        parts.append(names.get(event.body) or body_words(event.body))
    if event.instrument:
        parts.append(label_of(PAPER_LABELS, event.instrument))
    if event.act_number:
        parts.append(_("No. %(number)s") % {"number": event.act_number})
    if event.mode:
        parts.append(_("online") if event.mode == "online" else _("in person"))
    return ", ".join(parts)


def body_words(body: str) -> str:
    """The acting body: a place's name in the reader's language, or the words of the source."""
    if not is_place_key(body):
        return body_label(body)
    row = Municipality.objects.filter(key=body).first()
    return row.name_in(lang()) if row else body


def verdict(plan: Fact, facts: Sequence[Fact], today: dt.date) -> str:
    """What became of a plan, as far as sources tell."""
    came = [
        fact
        for fact in facts
        if not fact.event.planned
        and fact.event.event == plan.event.event
        and fact.event.kind == plan.event.kind
    ]
    if plan.when and any(fact.when and fact.when.agrees_with(plan.when) for fact in came):
        return _("Happened as planned")
    dated = [fact for fact in came if fact.when]
    if dated:
        return _("Took place at another time: %(date)s") % {"date": date_words(dated[-1].when)}
    if came:
        return _("Took place; the date is not stated")
    if plan.when and plan.when.latest >= today:
        return _("Still ahead")
    return _("No source says yet that it took place")


def _contradictions(fact: Fact, items: Iterable[Disagreement]) -> list[str]:
    others = []
    for item in items:
        if any(one.statements == fact.statements for one in item.facts):
            others += [fact_words(one) for one in item.facts if one.statements != fact.statements]
    return list(dict.fromkeys(others))


def fact_words(fact: Fact) -> str:
    """A fact in a few words: what, which kind, when, planned or not."""
    words = [label_of(EVENT_LABELS, fact.event.event), kind_label(fact.event.kind)]
    if fact.when:
        words.append(date_words(fact.when))
    if fact.event.planned:
        words.append(_("planned"))
    return ", ".join(words)


def _disagreement(item: Disagreement, statements: Statements) -> DisagreementCard:
    about, _colon, event = item.about.partition(":")
    return DisagreementCard(
        what=str(DISAGREEMENT_LABELS[about]) % {"event": label_of(EVENT_LABELS, event)},
        versions=[
            Version(
                value=fact_words(fact),
                sources=source_refs(statements[pk] for pk in fact.statements),
            )
            for fact in item.facts
        ],
    )


def _labels(tie: Tie, statements: Statements) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "language": row.lang,
            "sources": cited(row.statements, statements),
        }
        for row in tie.labels.all()
    ]


def cited(ids: Iterable[str], statements: Statements) -> list[SourceRef]:
    """Sources of the statements with these ids that the public may see."""
    return source_refs(statements[pk] for pk in ids if pk in statements)


def act_card(act: Act) -> ActCard:
    """An act with every tie that it touched."""
    decision = act.facts.first()
    votes = _votes(decision) if decision else []
    body = act.body.name_in(lang()) if act.body else body_label(act.body_text)
    ties = ties_of_act(act=act)
    return ActCard(
        title=_("One act, %(count)s ties") % {"count": len(ties)},
        date=stated_words(act.date),
        body=body,
        number=act.number,
        votes=votes,
        ties=[tie_row(tie) for tie in ties],
    )


def _votes(row: TieFact) -> list[tuple[str, int]]:
    return vote_words(parse_votes(TieEvent.from_text(row.value).votes))


def vote_words(votes: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts of a vote with their names."""
    return [(str(VOTE_LABELS[name]), count) for name, count in votes.items()]


def _decisions(tie: Tie, statements: Statements) -> list[dict[str, Any]]:
    return [
        {
            "body": row.body.name_in(lang()) if row.body else body_label(row.body_text),
            "date": stated_words(row.date),
            "number": row.number,
            "outcome": label_of(EVENT_LABELS, row.outcome),
            "votes": vote_words(row.votes),
            "sources": cited(row.statements, statements),
        }
        for row in tie.decisions.select_related("body")
    ]
