"""From rows of the registry to the cards that pages show."""

from collections.abc import Iterable, Sequence
from functools import cache

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.provenance.models import Source, Statement
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Municipality, Tie
from mistok.registry.outlets import only_through_aggressors
from mistok.web.cards import PlaceCard, SourceRef, TieRow
from mistok.web.labels import TRUST_LABELS
from mistok.web.words import kind_label, lang, place_kind_label, state_badge, stated_words
from mistok.world import Place, fold


@cache
def country_name(code: str, language: str) -> str:
    """The country's name in a language (Babel's CLDR, compiled into the world)."""
    return the_world().country_name(code, language)


@cache
def region_name(key: str, language: str) -> str:
    """The name of a region or oblast; empty for none."""
    return the_world().get(key).name_in(language) if key else ""


@cache
def _address(view: str, language: str) -> tuple[str, str]:
    """What stands before and after the key in a page's address, looked up once a language."""
    before, _key, after = reverse(view, args=["KEY"]).partition("KEY")
    return before, after


def page_url(view: str, key: str) -> str:
    """The page of a thing; a map asks for thousands, so the pattern is looked up once."""
    before, after = _address(view, lang())
    return f"{before}{key}{after}"


def place_url(key: str) -> str:
    """The page of a place."""
    return page_url("registry:place", key)


def tie_url(public_id: str) -> str:
    """The page of a tie."""
    return page_url("registry:tie", public_id)


def place_card(place: Municipality | Place, *, ties_count: int = 0, note: str = "") -> PlaceCard:
    """A place as a card, whether the registry has a row for it or only the world knows it."""
    name = place.name_in(lang())
    return PlaceCard(
        key=place.key,
        url=place_url(place.key),
        name=name,
        # Look-alike letters (ş and ș) do not make another name.
        local_name="" if fold(place.local_name) == fold(name) else place.local_name,
        country_code=place.country,
        country=country_name(place.country, lang()),
        kind=place.kind,
        kind_label=place_kind_label(place.key, place.kind),
        population=place.population,
        region=_region(place.region or "", place.key),
        lat=place.lat,
        lon=place.lon,
        ties_count=ties_count,
        note=note,
    )


def _region(region: str, own_key: str) -> str:
    return region_name(region, lang()) if region != own_key else ""


def tie_row(tie: Tie, *, first: Municipality | None = None) -> TieRow:
    """A tie as a row; `first` is shown first, as the place whose page it is."""
    parties = [party.municipality for party in tie.parties.all()]
    if first is not None:
        parties.sort(key=lambda row: row.pk != first.pk)
    return TieRow(
        id=tie.public_id,
        url=tie_url(tie.public_id),
        parties=[place_card(row) for row in parties],
        kind_label=kind_label(tie.kind),
        state=state_badge(tie.state),
        since=stated_words(tie.since),
        until=stated_words(tie.until),
        sources_count=tie.sources_count,
    )


def source_ref(source: Source, statement: Statement | None = None) -> SourceRef:
    """A source as cited; with a statement, where in the source it stands."""
    aggressor = only_through_aggressors([source])
    return SourceRef(
        id=source.public_id,
        url=page_url("registry:source", source.public_id),
        title=source.title,
        publisher=source.publisher,
        published=stated_words(source.published),
        language=source.language,
        trust=source.trust,
        trust_label=str(TRUST_LABELS[source.trust]),
        original_url=source.url,
        locator=statement.locator if statement else "",
        note=_note(source, aggressor),
        aggressor=aggressor,
        first_seen=stated_words(statement.first_seen.date().isoformat()) if statement else "",
        restricted=statement is not None and statement.visibility != "public",
    )


def _note(source: Source, aggressor: bool) -> str:
    """What a reader should know of a source before believing it."""
    notes = []
    if source.copy_of_id is not None:
        notes.append(_("It repeats the words of another source."))
    if aggressor:
        notes.append(_("Its publisher belongs to an aggressor state."))
    return " ".join(notes)


def source_refs(statements: Iterable[Statement]) -> list[SourceRef]:
    """Each source once, the most trusted first."""
    by_source: dict[int, Statement] = {}
    for statement in statements:
        by_source.setdefault(statement.source_id, statement)
    ordered: Sequence[Statement] = sorted(
        by_source.values(), key=lambda said: (-said.source.trust, said.source.slug)
    )
    return [source_ref(said.source, said) for said in ordered]
