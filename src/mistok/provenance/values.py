"""The shapes of structured statements: what a source says of a tie's life or of help given.

A value is stored as canonical JSON text (sorted keys, empty fields left out), so that the same
assertion always has the same content hash.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.kernel.quantities import Quantity

TIE_KINDS = frozenset(
    """
    twinning partnership friendship solidarity project operator patronage network contact
    unknown
    """.split()
)
"""D1-03: what a tie is, apart from what a source calls it."""

EVENTS = frozenset(
    """
    proposed offered search_mandate contact exploring letter_of_intent negotiating submitted
    returned decided approved signed active under_review extended upgraded not_suspended dormant
    suspended severed expired superseded abandoned
    """.split()
)
"""What a source may say has happened to a tie; `decided` is one body's act (D3-04)."""

SUPPORT_KINDS = frozenset(("goods", "money", "hosting", "reconstruction", "expertise", "general"))
SUPPORT_STATUSES = frozenset(
    """
    offered announced promised delivered under_construction completed paused total
    """.split()
)
LONGEST = {
    "body": 200,
    "act": 80,
    "act_number": 80,
    "instrument": 40,
    "mode": 20,
    "giver_words": 200,
    "body_kind": 30,
    "ground": 200,
    "renewal": 20,
    "reason": 400,
    "notice": 200,
    "ending": 20,
    "sitting": 20,
    "supersedes": 80,
    "leads_to": 80,
    "mandate": 40,
    "place": 120,
}
"""Letters in a field: what the registry's columns hold on PostgreSQL (SQLite takes any length)."""

BODY_KINDS = frozenset(
    """
    council military_administration mayor executive board committee ministry government parliament
    court other
    """.split()
)
"""What the acting body is: a board or committee advises, a council decides (F3-05, F3-06)."""

ENDING_WAYS = frozenset(("mutual", "unilateral", "expiry", "by_law", "replacement"))
"""D2-10: how a tie was ended."""

SITTINGS = frozenset(("ordinary", "extraordinary"))
SIGNATURE_PARTS = frozenset(("party", "person", "office", "date", "place", "mode"))
"""D2-08: what is kept of one signature; `party` is a place's key, `mode` online or in person."""

VOTE_NAMES = ("for", "against", "abstained", "not_voting", "absent")
"""F2-24: a Ukrainian council counts five ways; abroad three are enough (D3-03)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedValue:
    """What every structured value can do: go to canonical text and come back checked."""

    def to_text(self) -> str:
        """Canonical JSON: the same assertion is the same text."""
        content = {name: value for name, value in asdict(self).items() if value not in ("", (), {})}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read canonical text back; raises Invalid (code `value_malformed`)."""
        try:
            content: dict[str, Any] = json.loads(text)
            known = {item.name for item in fields(cls)}
            return cls(
                **{
                    name: tuple(value) if isinstance(value, list) else value
                    for name, value in content.items()
                    if name in known
                }
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise Invalid(
                f"“{text[:60]}” cannot be read as a statement. Import its file again.",
                code="value_malformed",
            ) from error


def one_of(value: str, allowed: frozenset[str], what: str) -> None:
    """Raise Invalid (code `word_unknown`) unless the word is in the list."""
    if value not in allowed:
        raise Invalid(
            f"“{value[:40]}” is not a known {what}. Write one of: {', '.join(sorted(allowed))}.",
            code="word_unknown",
            details={"value": value[:200], "allowed": sorted(allowed)},
        )


def check_lengths(value: StatedValue) -> None:
    """Raise Invalid (code `text_too_long`) for a text that is longer than LONGEST allows."""
    for name, longest in LONGEST.items():
        stated = getattr(value, name, "")
        texts = stated.values() if isinstance(stated, Mapping) else [stated]
        length = max(map(len, texts), default=0)
        if length > longest:
            raise Invalid(
                f"The {name} has {length} letters; {longest} are the most. Shorten it.",
                code="text_too_long",
                details={"name": name, "longest": longest},
            )


def count_of(text: str, what: str) -> int:
    """A whole number above zero, 0 for an empty text; raises Invalid (code `count_malformed`)."""
    if text and not (text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) < 10):
        raise Invalid(
            f"“{text[:20]}” is not a count of {what}. Write a whole number above zero.",
            code="count_malformed",
            details={"value": text[:200]},
        )
    return int(text or 0)


def parse_votes(text: str) -> dict[str, int]:
    """Read "30/0/0/0/9": for, against, abstained, not voting, absent; or the first two or three."""
    if not text.strip():
        return {}
    parts = text.strip().split("/")
    if len(parts) not in (2, 3, 5) or not all(part.isascii() and part.isdigit() for part in parts):
        raise Invalid(
            f"“{text[:40]}” is not a vote. Write two, three or five counts, for example 14/0, "
            "38/1/1 or 30/0/0/0/9.",
            code="votes_malformed",
            details={"value": text[:200]},
        )
    return dict(zip(VOTE_NAMES, map(int, parts), strict=False))


DATES_OF_EVENT = ("date", "as_of", "effective_on", "end_date", "review_date", "notice_on")
WORDS_OF_EVENT = (
    ("body_kind", BODY_KINDS, "kind of body"),
    ("sitting", SITTINGS, "kind of sitting"),
    ("ending", ENDING_WAYS, "way of ending"),
    ("renewal", frozenset(("automatic", "none")), "renewal"),
)


def check_signature_parts(signature: Mapping[str, str]) -> None:
    """Raise Invalid for a signature with unknown parts, no party, or a date that is none."""
    if not signature.get("party") or not SIGNATURE_PARTS.issuperset(signature):
        raise Invalid(
            "A signature names its party by key, and may name person, office, date, place and "
            "mode. Leave other parts out.",
            code="signature_malformed",
        )
    PartialDate.parse_or_none(signature.get("date", ""))
    if max(len(part) for part in signature.values()) > LONGEST["body"]:
        raise Invalid(
            f"A part of a signature is longer than {LONGEST['body']} letters. Shorten it.",
            code="text_too_long",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TieEvent(StatedValue):
    """What a source says happened, or was planned, in the life of a tie."""

    event: str
    kind: str = "unknown"
    date: str = ""
    as_of: str = ""
    planned: bool = False
    body: str = ""
    act: str = ""
    act_number: str = ""
    instrument: str = ""
    votes: str = ""
    mode: str = ""
    fields: tuple[str, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)
    # What offices tell beyond sources. Empty fields are not written, so older hashes stay.
    body_kind: str = ""
    ground: str = ""
    sitting: str = ""
    total: str = ""
    signatures: tuple[Mapping[str, str], ...] = ()
    signatures_needed: str = ""
    place: str = ""
    effective_on: str = ""
    end_date: str = ""
    renewal: str = ""
    review_date: str = ""
    supersedes: str = ""
    leads_to: str = ""
    mandate: str = ""
    ending: str = ""
    reason: str = ""
    notice: str = ""
    notice_on: str = ""

    def __post_init__(self) -> None:
        one_of(self.event, EVENTS, "event")
        one_of(self.kind, TIE_KINDS, "kind of tie")
        for name in DATES_OF_EVENT:
            PartialDate.parse_or_none(getattr(self, name))
        parse_votes(self.votes)
        for name, allowed, what in WORDS_OF_EVENT:
            if getattr(self, name):
                one_of(getattr(self, name), allowed, what)
        count_of(self.total, "members")
        count_of(self.signatures_needed, "signatures")
        for signature in self.signatures:
            check_signature_parts(signature)
        check_lengths(self)

    @property
    def when(self) -> PartialDate | None:
        """The date of the event as stated."""
        return PartialDate.parse_or_none(self.date)

    @property
    def signed_by(self) -> frozenset[str]:
        """Keys of the parties whose signatures are told one by one; empty when none are."""
        return frozenset(signature["party"] for signature in self.signatures)

    @property
    def stated_as_of(self) -> PartialDate | None:
        """The day up to which the source speaks."""
        return PartialDate.parse_or_none(self.as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportReport(StatedValue):
    """What a source says of help from one to another: not a tie, and never added up blindly."""

    receiver: str
    kind: str
    status: str
    giver: str = ""
    giver_words: Mapping[str, str] = field(default_factory=dict)
    what: Mapping[str, str] = field(default_factory=dict)
    public_what: Mapping[str, str] = field(default_factory=dict)
    quantity: str = ""
    unit: str = ""
    date: str = ""
    condition: Mapping[str, str] = field(default_factory=dict)
    restricted: bool = False
    series: str = ""
    note: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        one_of(self.kind, SUPPORT_KINDS, "kind of help")
        one_of(self.status, SUPPORT_STATUSES, "status of help")
        check_lengths(self)
        PartialDate.parse_or_none(self.date)
        if self.quantity:
            Quantity.parse(self.quantity, self.unit)
        if not self.giver and not self.giver_words:
            raise Invalid(
                "Nobody is named as the giver. Write a place's key, or words in square brackets.",
                code="giver_missing",
            )
        if self.restricted and not self.public_what:
            raise Invalid(
                "A restricted line needs public words in its place. Fill public_what, for "
                "example “communication and protective equipment”.",
                code="public_words_missing",
            )
