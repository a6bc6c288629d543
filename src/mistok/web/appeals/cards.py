"""What the pages of letters show: small frozen values, already in the reader's language."""

from dataclasses import dataclass

from mistok.web.words import StateBadge


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One letter in the register. `waits` says what somebody has to look at."""

    url: str
    number: str
    date: str
    title: str
    sender: str
    badge: StateBadge
    addressees: tuple[str, ...]
    more: int
    answers: tuple[str, ...]
    waits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCard:
    """One mail of a letter: where it stands, and why it did not go when it did not."""

    to: str
    badge: StateBadge
    told: str
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCard:
    """One version of a letter to one addressee."""

    number: int
    made: str
    code: str
    languages: str
    sha256: str
    verify_url: str
    pdf_url: str
    docx_url: str
    signature_url: str
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeCard:
    """To whom a letter goes, with what was sent and what came back."""

    anchor: str
    name: str
    country: str
    url: str
    language: str
    greeted: str
    email: str
    tie_url: str
    acknowledged: str
    letters: tuple[LetterCard, ...]
    postings: tuple[PostingCard, ...]
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one partner committed against one line."""

    giver: str
    amount: str
    badge: StateBadge
    url: str
    form: str
    arrives: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """One line of a letter: what is asked, what of it is committed, by whom."""

    number: int
    url: str
    words: str
    asked: str
    committed: str
    still_open: str
    percent: int
    priority: str
    needed_by: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidCard:
    """One word in the talk about a letter."""

    id: str
    kind: str
    label: str
    who: str
    at: str
    text: str
    line: str
    answered: bool
