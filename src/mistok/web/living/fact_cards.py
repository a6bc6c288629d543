"""The facts of a tie as its parties see them: sources, words of offices, the form to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.provenance.models import Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.facts import Fact
from mistok.registry.life import confirmations_of
from mistok.registry.models import Confirmation
from mistok.registry.projection import disagreements
from mistok.web.cards import OfficeWord, SourceRef
from mistok.web.labels import PAPER_LABELS, VERDICT_LABELS
from mistok.web.living.objecting import ObjectionForm, Verdict
from mistok.web.living.seats import Seat
from mistok.web.registry.present import source_refs
from mistok.web.registry.tie_page import body_words, fact_words
from mistok.web.words import in_language, label_of, stated_words


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCard:
    """One fact with what each office says of it, and the form of this office."""

    id: str
    words: str
    detail: str
    note: str
    sources: list[SourceRef]
    internal: bool
    offices: list[OfficeWord]
    told_here: bool
    mine: str
    disputed: bool
    contested: bool
    form: ObjectionForm | None
    wrong: bool = False

    @property
    def waits(self) -> bool:
        """Whether nobody and nothing disputes it and this office has not said anything of it."""
        return not (self.told_here or self.mine or self.disputed or self.contested)


def fact_cards(seat: Seat, sent: Mapping[str, ObjectionForm]) -> list[FactCard]:
    """The facts in the order of the life; `sent`: forms as they were sent, by fact."""
    said = confirmations_of(seat.life.subjects)
    ids = [pk for fact in seat.life.known.facts for pk in fact.statements]
    rows = Statement.objects.filter(pk__in=ids).select_related("source")
    statements = {row.pk: row for row in rows}
    names = {party.key: party.name for party in seat.life.known.parties}
    unsure = {one.id for item in disagreements(seat.life.known.facts) for one in item.facts}
    return [
        _card(
            seat,
            fact,
            said.get(fact.id, []),
            statements,
            names,
            sent.get(fact.id),
            contested=fact.id in unsure,
        )
        for fact in seat.life.known.facts
    ]


def _card(
    seat: Seat,
    fact: Fact,
    said: Sequence[Confirmation],
    statements: Mapping[str, Statement],
    names: Mapping[str, str],
    sent: ObjectionForm | None,
    *,
    contested: bool,
) -> FactCard:
    told = [statements[pk] for pk in fact.statements]
    mine = next((row.verdict for row in said if row.office == seat.office.public_id), "")
    here = any(_is_own(one.source, seat) for one in told)
    may = seat.may(Permission.CONFIRM_FACTS)
    return FactCard(
        id=fact.id,
        words=fact_words(fact),
        detail=_detail(fact.event),
        note=in_language(fact.event.note),
        sources=source_refs(told),
        internal=all(one.visibility != Statement.Visibility.PUBLIC for one in told),
        offices=[_word(row, names) for row in said],
        told_here=here,
        mine=mine,
        contested=contested,
        disputed=any(row.verdict == Verdict.DISPUTED for row in said),
        form=(sent or ObjectionForm(fact, auto_id=f"{fact.id}-%s")) if may else None,
        wrong=sent is not None,
    )


def _is_own(source: Source, seat: Seat) -> bool:
    own = f"office-{seat.office.public_id.removeprefix('office_')}"
    return source.kind == Source.Kind.OFFICE and source.slug == own


def _detail(event: TieEvent) -> str:
    parts = [body_words(event.body) if event.body else ""]
    parts.append(label_of(PAPER_LABELS, event.instrument) if event.instrument else "")
    parts.append(_("No. %(number)s") % {"number": event.act_number} if event.act_number else "")
    parts.append(_("vote: %(votes)s") % {"votes": event.votes} if event.votes else "")
    return ", ".join(part for part in parts if part)


def _word(row: Confirmation, names: Mapping[str, str]) -> OfficeWord:
    name = names.get(row.party, row.party)
    return OfficeWord(
        office=name,
        verdict=row.verdict,
        label=str(VERDICT_LABELS[row.verdict]) % {"name": name},
        words=row.words,
        date=stated_words(row.at.date().isoformat()),
    )
