"""Reads of the registry that join rows with the evidence for them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import NotFound
from mistok.kernel.ids import is_place_key, is_public_id
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Act, MergedTie, Municipality, Support, Tie, TieFact
from mistok.registry.models.order import bare_date
from mistok.registry.projection import Disagreement, Evidence, Fact, disagreements, gather

StatementsById = Mapping[str, Statement]


@dataclass(frozen=True, slots=True)
class TieDossier:
    """Everything that the page of a tie shows."""

    tie: Tie
    facts: tuple[Fact, ...]
    disagreements: list[Disagreement]
    statements: StatementsById
    acts: list[Act]


def evidence_for(*, subjects: Iterable[str]) -> dict[str, dict[str, Statement]]:
    """Public standing statements with their sources, by tie and id; those of merged ties too."""
    found: dict[str, dict[str, Statement]] = {subject: {} for subject in subjects}
    merged = MergedTie.objects.filter(tie__public_id__in=found)
    leads = dict(merged.values_list("public_id", "tie__public_id"))
    for statement in Statement.objects.standing().public().about(*found, *leads):
        subject = leads.get(statement.subject, statement.subject)
        found[subject][statement.pk] = statement
    return found


def public_tie(public_id: str) -> Tie:
    """The tie with its parties; the id of a merged tie leads to the one that stands.

    Raises NotFound when there is none or it has no source.
    """
    tie = None
    if is_public_id(public_id, "tie"):
        named = Q(public_id=public_id) | Q(merged__public_id=public_id)
        tie = Tie.objects.public().with_parties().filter(named).first()
    if tie is None:
        raise NotFound(
            _("There is no tie with this address. Look for it under one of its parties."),
            code="tie_unknown",
            details={"id": public_id[:40]},
        )
    return tie


def public_ties(*, subjects: Iterable[str]) -> dict[str, Tie]:
    """Public ties with parties by the subjects under which they are told, merged ones too."""
    wanted = set(subjects)
    named = Q(public_id__in=wanted) | Q(merged__public_id__in=wanted)
    ties = Tie.objects.public().filter(named).distinct().with_parties().prefetch_related("merged")
    found = {tie.public_id: tie for tie in ties}
    return found | {led.public_id: tie for tie in ties for led in tie.merged.all()}


def dossier(*, tie: Tie) -> TieDossier:
    """The tie's facts in order, where they disagree, and the statements behind them."""
    statements = evidence_for(subjects=[tie.public_id])[tie.public_id]
    facts = gather(
        Evidence(
            pk,
            TieEvent.from_text(said.value),
            said.source.trust,
            PartialDate.parse_or_none(said.source.published),
        )
        for pk, said in statements.items()
        if said.prop == "event"
    )
    return TieDossier(tie, facts, disagreements(facts), statements, acts_of(ties=[tie]))


def ties_of(*, municipality: Municipality) -> list[Tie]:
    """Public ties of a municipality with parties, newest fact first."""
    ties = Tie.objects.public().of(municipality).with_parties()
    return list(ties.order_by("-latest", "public_id"))


def ties_of_act(*, act: Act) -> list[Tie]:
    """Public ties that an act touched."""
    ties = Tie.objects.public().filter(facts__act=act).distinct()
    return list(ties.with_parties().order_by("public_id"))


def acts_of(*, ties: Iterable[Tie]) -> list[Act]:
    """Acts that touched one of these ties and at least one other public tie, newest first."""
    touching = Act.objects.filter(pk__in=TieFact.objects.filter(tie__in=ties).values("act"))
    public = Q(facts__tie__public=True)
    counted = touching.annotate(ties_count=Count("facts__tie", distinct=True, filter=public))
    several = counted.filter(ties_count__gte=2)
    return list(several.select_related("body").order_by(bare_date("date").desc(), "slug"))


def support_for(*, municipality: Municipality) -> tuple[list[Support], list[Support]]:
    """Reported help that the municipality gave, and got; newest first."""
    rows = Support.objects.select_related("giver", "receiver")
    rows = rows.order_by(bare_date("date").desc(), "public_id")
    return list(rows.filter(giver=municipality)), list(rows.filter(receiver=municipality))


def statements_of(*, rows: Iterable[Support]) -> StatementsById:
    """Statements behind reports of help, restricted ones too: only their sources are shown."""
    wanted = {pk for row in rows for pk in row.statements}
    found = Statement.objects.standing().filter(pk__in=wanted).select_related("source")
    return {statement.pk: statement for statement in found}


def municipality_by_key(key: str) -> Municipality | None:
    """The living row for a key, or None when the registry has not needed the place yet.

    A text that is no key is not asked for: PostgreSQL refuses some of them, such as a NUL.
    """
    if not is_place_key(key):
        return None
    row = Municipality.objects.filter(key=key).select_related("merged_into").first()
    return row and (row.merged_into or row)


def resolve_place(key: str) -> tuple[str, Municipality | None]:
    """The key that stands for this one, and the registry's row if it has one.

    Aliases (the settlement of a hromada's centre) and merged keys lead on. Raises Invalid for a
    text that is no key, NotFound for a key that neither the registry nor the world knows.
    """
    row = municipality_by_key(key)
    if row is None and not key.startswith("place_"):
        key = the_world().get(key).key
        row = municipality_by_key(key)
    if row is None and key.startswith("place_"):
        raise NotFound(
            _("There is no place with the key %(key)s. Search for it by name.") % {"key": key},
            code="place_unknown",
            details={"key": key},
        )
    return (row.key if row else key), row


def filtered_ties(*, country: str = "", state: str = "", kind: str = "") -> QuerySet[Tie]:
    """Public ties that fit the filters, newest fact first."""
    ties = Tie.objects.public().with_parties()
    if country:
        ties = ties.with_country(country)
    if state:
        ties = ties.filter(state=state)
    if kind:
        ties = ties.filter(kind=kind)
    return ties.order_by("-latest", "public_id")


def ties_counts() -> dict[str, int]:
    """How many public ties each living place has, by key; places without ties are left out."""
    rows = Municipality.objects.living().with_public_ties()
    return dict(rows.values_list("key", "ties_count"))


@dataclass(frozen=True, slots=True)
class Numbers:
    """The registry in figures."""

    ties: int
    municipalities: int
    ukrainian: int
    countries: int
    sources: int


def numbers() -> Numbers:
    """Counts over public ties; a country counts once, however many of its towns have ties."""
    tied = Municipality.objects.living().with_public_ties()
    countries = Counter(tied.values_list("country", flat=True))
    sources = Statement.objects.standing().aggregate(
        sources=Count("source", distinct=True, filter=Q(visibility="public"))
    )
    return Numbers(
        ties=Tie.objects.public().count(),
        municipalities=countries.total(),
        ukrainian=countries["UA"],
        countries=len(countries),
        sources=sources["sources"],
    )
