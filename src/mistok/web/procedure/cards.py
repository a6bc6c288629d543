"""What the pages of procedures show: small frozen values, already in the reader's language."""

from dataclasses import dataclass

from mistok.web.words import StateBadge


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """One step on the page of a run. `late` marks a day that has passed."""

    url: str
    title: str
    badge: StateBadge
    phase: str
    doer: str
    optional: bool
    on: str = ""
    due: str = ""
    due_why: str = ""
    rule: str = ""
    late: bool = False
    planned: str = ""
    told_by: str = ""
    blocks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    whose: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether something can be done with it now."""
        return self.badge.code in ("open", "returned", "waiting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Steps of one side in one phase."""

    name: str
    steps: tuple[StepCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRow:
    """One phase: what each side does on its own, and what all do together."""

    number: int
    title: str
    cells: tuple[Cell, ...]
    together: tuple[StepCard, ...]

    @property
    def apart(self) -> bool:
        """Whether any side has a step of its own."""
        return any(cell.steps for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCard:
    """One side of a run: municipality, its office here, how it is verified to be reached."""

    position: int
    name: str
    country: str
    url: str
    office: str
    own: bool
    way: str
    contacts: tuple[str, ...]
    newer_template: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """A rule of law that a step rests on, with how sure we are of it."""

    code: str
    sentence: str
    standing: str
    verified: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard:
    """One version of a paper."""

    title: str
    number: int
    languages: str
    made_at: str
    maker: str
    whose: str
    template_version: int
    sha256: str
    url: str
    pdf_url: str
    docx_url: str
    internal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanCard:
    """One scan of a signed paper."""

    title: str
    signed_on: str
    signatories: str
    whose: str
    sha256: str
    size: str
    url: str
    internal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCard:
    """One act of the record."""

    what: str
    on: str
    at: str
    office: str
    note: str
    details: tuple[tuple[str, str], ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCard:
    """A procedure in a list."""

    url: str
    names: tuple[str, ...]
    kind: str
    aim: str
    opened: str
    closed: str
    next: str
    next_due: str
    late: bool
