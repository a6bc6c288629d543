"""From a proposal to assertions: which source says what about which subject, in whose words."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.ingest.documents.contents import (
    AID,
    PROJECT,
    SIDES,
    TIE,
    Content,
    number_text,
    parties_of,
)
from mistok.ingest.documents.sensitive import PROTECTION, public_words
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import public_id
from mistok.provenance.models import Retrieval, Source
from mistok.provenance.services import Assertion
from mistok.provenance.values import SupportReport, TieEvent
from mistok.provenance.vocabulary import (
    COUNTRY,
    EVENT,
    LABEL,
    LONGEST,
    NAME,
    PARTY,
    SUPPORT,
    Prop,
)
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.registry.services import provisional_key, tie_subject

KINDS: Final[Mapping[str, str]] = {
    "twinning": "twinning",
    "partner": "partnership",
    "solidarity": "solidarity",
    "friendship": "friendship",
    "cooperation": "partnership",
    "memorandum": "partnership",
    "unknown": "unknown",
}
"""A text's label for a pair, and what the registry calls such a tie (D1-03)."""
AGREEMENTS: Final = ("agreement", "угод", "догов", "vereinbarung", "abkommen", "vertrag", "umow")
PIECES: Final = "pcs"


@dataclass(frozen=True, slots=True)
class Ground:
    """What every assertion of one document shares: its source, the reading, the language."""

    source: Source
    retrieval: Retrieval | None
    language: str


def assertions_of(what: str, content: Content, ground: Ground) -> list[Assertion]:
    """What the document asserts by this content, ready to be observed.

    Raises Invalid (`party_unknown`, `parties_missing`, `receiver_missing`, and what the values
    refuse) where the registry could not hold it: then somebody corrects the proposal first.
    """
    return list(MAPPINGS[what](content, ground))


def subject_of(assertions: list[Assertion]) -> str:
    """What they are about: the tie, or the first report of help."""
    return next(one.subject for one in assertions if not one.subject.startswith("place_"))


def key_of(party: Content) -> str:
    """The key under which a party is told: the world's own, else ours by country and name.

    Raises Invalid (`party_unknown`).
    """
    key, country, name = party.get("key") or "", party.get("country") or "", party.get("name") or ""
    if key.startswith("place_"):
        return resolve_place(key)[0]
    canonical = the_world().canonical(key) if key else None
    if canonical is not None:
        return canonical
    if key or len(country) != 2 or not name.strip() or len(name) > LONGEST:
        raise Invalid(
            _(
                "A party is not known to the gazetteer, or its country is missing. Correct the "
                "proposal: write the party's key, or its name and its country."
            ),
            code="party_unknown",
        )
    return provisional_key(country, name.strip())


def _seat(party: Content, ground: Ground) -> Iterator[Assertion]:
    """What a source tells of a place that no gazetteer has: its country and name."""
    if party.get("key"):
        return
    key = key_of(party)
    yield Assertion(source=ground.source, subject=key, prop=COUNTRY, value=party["country"])
    yield Assertion(
        source=ground.source, subject=key, prop=NAME, value=party["name"].strip(), lang="en"
    )


def _said(ground: Ground, told: Content, subject: str, prop: Prop, value: str) -> Assertion:
    """One assertion with the very words and where they stand."""
    return Assertion(
        source=ground.source,
        subject=subject,
        prop=prop,
        value=value,
        original_value=told.get("evidence") or "",
        locator=f"characters {told['start']}–{told['end']}",
        retrieval=ground.retrieval,
    )


def _tie(content: Content, ground: Ground) -> Iterator[Assertion]:
    parties = parties_of(TIE, content)
    keys = list(dict.fromkeys(key_of(party) for party in parties))
    if len(keys) < 2:
        raise Invalid(
            _("A tie needs two different places. Correct the parties of the proposal."),
            code="parties_missing",
        )
    subject = tie_subject(keys)
    for party in parties:
        yield from _seat(party, ground)
    for key in keys:
        yield _said(ground, content, subject, PARTY, key)
    yield from _label(content, ground, subject)
    yield _said(ground, content, subject, EVENT, _event(content, content).to_text())
    for stage in content.get("history") or ():
        yield _said(ground, stage, subject, EVENT, _event(content, stage).to_text())


def _label(content: Content, ground: Ground, subject: str) -> Iterator[Assertion]:
    """What the text calls the tie; of cooperation that has no words, that word."""
    label, lang = (content.get("label") or "").strip(), ground.language
    if not label and content["kind"] == "cooperation":
        label, lang = "cooperation", "en"
    if label:
        yield Assertion(
            source=ground.source,
            subject=subject,
            prop=LABEL,
            value=label[:LONGEST],
            lang=lang,
            original_value=label,
            retrieval=ground.retrieval,
        )


def _event(content: Content, stage: Content) -> TieEvent:
    """The event of the tie itself, or of an earlier or planned stage of it."""
    return TieEvent(
        event=stage_of(content, stage),
        kind=KINDS[content["kind"]],
        date=stage.get("date") or "",
        planned=bool(stage.get("planned")),
        instrument=_instrument(content),
    )


def stage_of(content: Content, stage: Content) -> str:
    """The stage as the registry calls it.

    A reader's "approved" says that some body has decided; the consent of one is not the consent of
    all (D3-04), so it is told as one body's act, until a reviewer says that all have approved.
    """
    event: str = stage["event"]
    return "decided" if event == "approved" and not content.get("reviewed") else event


def _instrument(content: Content) -> str:
    if content["kind"] == "memorandum":
        return "memorandum"
    label = (content.get("label") or "").casefold()
    agreed = content["kind"] == "cooperation" and any(word in label for word in AGREEMENTS)
    return "agreement" if agreed else ""


def _aid(content: Content, ground: Ground) -> Iterator[Assertion]:
    ends = yield from _ends(AID, content, ground)
    for item in content.get("items") or ({"what": ""},):
        yield _report(content, ground, SupportReport(**ends, **_item(content, item, ground)))


def _item(content: Content, item: Mapping[str, Any], ground: Ground) -> dict[str, Any]:
    money, what = item["what"] == "money", item["what"].strip()
    unit = item.get("unit") or ("" if money else PIECES)
    number = number_text(item.get("quantity"))
    hidden = {} if money else public_words(what)
    if content.get("restricted") and not hidden:
        hidden = PROTECTION
    return {
        "kind": "money" if money else "goods" if what else "general",
        "status": content["status"],
        "what": {} if money else _words(what, ground.language),
        "public_what": dict(hidden),
        "restricted": bool(hidden),
        "quantity": f"{item.get('bound') or ''}{number}" if number and unit else "",
        "unit": unit if number and unit else "",
        "date": content.get("date") or "",
    }


def _project(content: Content, ground: Ground) -> Iterator[Assertion]:
    ends = yield from _ends(PROJECT, content, ground)
    number, currency = number_text(content.get("amount")), content.get("currency") or ""
    report = SupportReport(
        **ends,
        kind="reconstruction",
        status="promised",
        what=_words(content["object"].strip(), ground.language),
        quantity=number if currency else "",
        unit=currency if number else "",
        date=content.get("date") or "",
    )
    yield _report(content, ground, report)


def _ends(
    what: str, content: Content, ground: Ground
) -> Generator[Assertion, None, dict[str, Any]]:
    """Giver and receiver as a report names them, after what is told of places of our own."""
    giving, getting = SIDES[what]
    receiver, giver = content.get(f"{getting}_party"), content.get(f"{giving}_party")
    if not receiver:
        raise Invalid(
            _(
                "The text does not name a place that receives. Correct the proposal and write the "
                "receiver's key or name, or reject it."
            ),
            code="receiver_missing",
        )
    yield from _seat(receiver, ground)
    ends: dict[str, Any] = {"receiver": key_of(receiver)}
    if giver:
        yield from _seat(giver, ground)
        ends["giver"] = key_of(giver)
    else:
        ends["giver_words"] = _words((content.get(giving) or "").strip(), ground.language)
    return ends


def _report(content: Content, ground: Ground, report: SupportReport) -> Assertion:
    value = report.to_text()
    subject = public_id("support", ground.source.slug, value)
    said = _said(ground, content, subject, SUPPORT, value)
    return replace(said, restricted=report.restricted)


def _words(text: str, language: str) -> dict[str, str]:
    """The text's own words; readers of English see them as they stand, in whatever language."""
    if not text:
        return {}
    return {"en": text[:LONGEST]} | ({"uk": text[:LONGEST]} if language == "uk" else {})


MAPPINGS: Mapping[str, Callable[[Content, Ground], Iterator[Assertion]]] = {
    TIE: _tie,
    AID: _aid,
    PROJECT: _project,
}
