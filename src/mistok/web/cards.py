"""What pages show: small frozen values, already in the reader's language."""

from dataclasses import dataclass, field

from mistok.web.words import StateBadge


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    """A place as a chip: name in the reader's language, local name, country, size."""

    key: str
    url: str
    name: str
    local_name: str = ""
    country_code: str
    country: str
    kind: str
    kind_label: str
    population: int | None = None
    region: str = ""
    lat: float | None = None
    lon: float | None = None
    ties_count: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A source as it is cited beside a fact."""

    id: str
    url: str
    title: str
    publisher: str
    published: str
    language: str
    trust: int
    trust_label: str
    original_url: str = ""
    locator: str = ""
    note: str = ""
    first_seen: str = ""
    restricted: bool = False
    aggressor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWord:
    """What a party's verified office says of a fact."""

    office: str
    verdict: str
    label: str
    words: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard:
    """A paper of a tie, or of another tie in the same chain, with its place in the chain."""

    kind_label: str
    title: str
    date: str
    mode: str
    place: str
    state_label: str
    terms: list[str]
    chain: list[str]
    contested: bool
    signatures: list[tuple[str, str]]
    sources: list[SourceRef]
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAhead:
    """A day that the parties should look at, and what to do about it."""

    date: str
    date_iso: str
    text: str
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One line of a tie's life with why we believe it."""

    event: str
    label: str
    date: str
    date_iso: str
    planned: bool
    kind_label: str
    detail: str
    note: str
    verdict: str
    sources: list[SourceRef]
    contradicts: list[str]
    as_of: str
    offices: list[OfficeWord] = field(default_factory=list)
    independent: int = 0
    only_aggressors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TieRow:
    """A tie in a list: A ⌒ B, kind, state, since, sources."""

    id: str
    url: str
    parties: list[PlaceCard]
    kind_label: str
    state: StateBadge
    since: str
    until: str
    sources_count: int
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the versions that sources give of the same thing."""

    value: str
    sources: list[SourceRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementCard:
    """What differs, with the versions side by side."""

    what: str
    versions: list[Version]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCard:
    """One act and the ties that it touched."""

    title: str
    date: str
    body: str
    number: str
    votes: list[tuple[str, int]]
    ties: list[TieRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportRow:
    """One report of help, in public words."""

    giver: str
    giver_url: str
    receiver: str
    receiver_url: str
    kind_label: str
    what: str
    quantity: str
    date: str
    status_label: str
    condition: str
    restricted: bool
    sources: list[SourceRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of a time line."""

    date: str
    date_iso: str
    text: str
    url: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Ties under one heading."""

    title: str
    ties: list[TieRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of the field or of the registry, with its source where it is not ours."""

    value: str
    label: str
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where the reader is in a long list."""

    number: int
    pages: int
    previous_url: str
    next_url: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonBar:
    """One reason of a suggested partner: its sentence and the length of its bar."""

    criterion: str
    label: str
    sentence: str
    contribution: float
    width: int
    negative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCard:
    """A suggested partner with reasons."""

    rank: int
    place: PlaceCard
    score: float
    score_text: str
    url: str
    reasons: list[ReasonBar] = field(default_factory=list)
    tied: bool = False
