"""A proposal as a card: who, what, when, how sure, the very words, and what we hold beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mistok.ingest.documents.contents import SIDES, TIE, number_text, parties_of, standing_key
from mistok.ingest.documents.mapping import stage_of
from mistok.ingest.documents.sensitive import public_words
from mistok.registry.gazetteer import the_world
from mistok.web.acting import Shown
from mistok.web.labels import EVENT_LABELS, UNIT_LABELS
from mistok.web.read.words import KINDS, SIGNS, STATUSES, WHATS, confidence_badge
from mistok.web.registry.present import country_name, place_url
from mistok.web.words import StateBadge, grouped, in_language, label_of, lang, stated_words

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCard:
    """A party: its name in the reader's language, its page, its country."""

    name: str
    url: str
    country: str
    country_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCard:
    """An earlier or planned stage of a tie."""

    label: str
    date: str
    planned: bool
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCard:
    """Something given; `hidden` are the words that readers will see in its place."""

    words: str
    hidden: str


@dataclass(kw_only=True)
class ProposalCard:
    """One proposal as a page shows it; what a page adds to it comes last."""

    number: int
    what: str
    sign: str
    title: str
    parties: list[PartyCard]
    facts: list[str]
    items: list[ItemCard]
    confidence: StateBadge
    quote: str
    stages: list[StageCard]
    label: str = ""
    held: Any = None
    only_aggressors: bool = False
    state: StateBadge | None = None
    decided: str = ""
    reason: str = ""
    was_read: str = ""
    correct_url: str = ""
    accept: Shown | None = None
    reject: Shown | None = None
    more: dict[str, Any] = field(default_factory=dict)


def card_of(number: int, what: str, content: Content) -> ProposalCard:
    """The card of a content, kept or not."""
    return ProposalCard(
        number=number,
        what=what,
        sign=SIGNS[what],
        title=str(WHATS[what]),
        parties=[party_card(party) for party in _ends(what, content)],
        facts=[words for words in FACTS[what](content) if words],
        items=[_item(item) for item in content.get("items") or ()],
        confidence=confidence_badge(content["confidence"]),
        quote=content["evidence"],
        label=content.get("label") or "",
        stages=[_stage(stage) for stage in content.get("history") or ()],
    )


def party_card(party: Content) -> PartyCard:
    """A party as it is shown: a place by its own name, another by the words of the text."""
    key, code = standing_key(party), party.get("country") or ""
    known = bool(key) and the_world().canonical(key) is not None
    name = the_world().get(key).name_in(lang()) if known else party["name"]
    return PartyCard(
        name=name,
        url=place_url(key) if key else "",
        country=country_name(code, lang()) if is_country(code) else code,
        country_code=code,
    )


def is_country(code: str) -> bool:
    """Whether these are the two letters of a country."""
    return the_world().canonical(f"iso:{code}") is not None


def _ends(what: str, content: Content) -> Iterator[Content]:
    """The parties of a tie; giver and receiver, in words where they are no place."""
    if what == TIE:
        yield from parties_of(what, content)
        return
    for name in SIDES[what]:
        words = content.get(name) or _("not told")
        yield content.get(f"{name}_party") or {"key": "", "name": words, "country": ""}


def summary_of(what: str, content: Content) -> str:
    """One line of it, for lists to choose from."""
    joint = " ⌒ " if what == TIE else " → "
    card = card_of(0, what, content)
    names = joint.join(party.name for party in card.parties)
    told = [*card.facts, *(item.words for item in card.items)]
    return ", ".join([names, *told])


def _tie_facts(content: Content) -> Iterator[str]:
    yield str(KINDS[content["kind"]])
    event = label_of(EVENT_LABELS, content["event"])
    if stage_of(content, content) != content["event"]:
        event = _("decided by a council or another body")
    yield _("planned: %(event)s") % {"event": event} if content.get("planned") else event
    date = stated_words(content.get("date") or "")
    yield date or _("date not stated")


def _aid_facts(content: Content) -> Iterator[str]:
    yield str(label_of(STATUSES, content["status"]))
    yield stated_words(content.get("date") or "")


def _project_facts(content: Content) -> Iterator[str]:
    yield content["object"]
    amount, currency = number_text(content.get("amount")), content.get("currency") or ""
    yield f"{grouped(amount)} {currency}".strip() if amount else ""


FACTS: Mapping[str, Any] = {"tie": _tie_facts, "aid": _aid_facts, "project": _project_facts}


def _item(item: Content) -> ItemCard:
    money = item["what"] == "money"
    what = _("money") if money else item["what"]
    amount = amount_words(item)
    return ItemCard(
        words=f"{what}: {amount}" if amount else what,
        hidden="" if money else in_language(public_words(item["what"])),
    )


def amount_words(item: Content) -> str:
    """How much of something, its bound told in words."""
    number = number_text(item.get("quantity"))
    if not number:
        return ""
    frames = {"<": _("up to %(n)s"), ">": _("more than %(n)s"), "~": _("about %(n)s")}
    words = frames.get(item.get("bound") or "", "%(n)s") % {"n": grouped(number)}
    unit = item.get("unit") or ""
    return f"{words} {label_of(UNIT_LABELS, unit)}".strip()


def _stage(stage: Content) -> StageCard:
    return StageCard(
        label=label_of(EVENT_LABELS, stage["event"]),
        date=stated_words(stage.get("date") or ""),
        planned=bool(stage.get("planned")),
        quote=stage.get("evidence") or "",
    )
