"""Who the partners of a pasted list are, since when, and how sure that is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.lists.lines import Piece, pieces_of
from mistok.ingest.tables.countries import country_code
from mistok.ingest.tables.dates import partial_date
from mistok.ingest.tables.headings import count_of
from mistok.ingest.tables.placing import Placer, Said, Seat
from mistok.ingest.tables.words import event_of
from mistok.kernel.errors import Invalid
from mistok.registry.gazetteer import the_world
from mistok.world import Place

LONGEST_TEXT: Final = 200_000
_MONTH: Final = r"[^\W\d_]{3,12}"
_DATE: Final = re.compile(
    rf"(?<![\d-])(?:\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.?\s+{_MONTH}\s+\d{{4}}"
    r"|(?:1[89]|20)\d\d)(?![\d-])"
)
_SINCE: Final = re.compile(
    r"(?<!\w)(?:з|із|від|since|seit|od|w|у|в|from|року?|рік|рр?\.|r\.|roku|signed|підписано"
    r"|підписана|договір від|угода від|umowa z)(?!\w)\.?",
    re.IGNORECASE,
)
_PARTED: Final = re.compile(r"\s*(?:[|\t,;/()\[\]]|\s[–—-]\s|\s[–—-]$|^[–—-]\s)\s*")
_KINDS: Final = (
    ("twinning", re.compile(r"побрат|twin|sister|bliźniacz|städtepartner", re.IGNORECASE)),
    ("solidarity", re.compile(r"солідар|solidar", re.IGNORECASE)),
    ("friendship", re.compile(r"друж|friend|freund|przyja", re.IGNORECASE)),
    (
        "partnership",
        re.compile(r"партнер|partner|співпрац|співроб|cooper|współprac", re.IGNORECASE),
    ),
)
_TOWN: Final = re.compile(
    r"^(?:м\.|місто|город|m\.|miasto|stadt|city of|town of|the city of|gmina|гміна|ґміна)\s*(?=\S)",
    re.IGNORECASE,
)
_LONGEST_NAME: Final = 80
_MOST_CANDIDATES: Final = 5


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list as it was understood. Without a `seat`, `sentence` says why.

    `number` counts the partners from 1; `candidates` are places that may be meant.
    """

    number: int
    line: int
    text: str
    name: str
    country: str
    date: str
    kind: str
    event: str
    label: str
    seat: Seat | None = None
    sentence: str = ""
    code: str = ""
    candidates: tuple[Place, ...] = field(default=(), repr=False)

    @property
    def sure(self) -> bool:
        """Whether the place is known by its exact name in its country."""
        return self.seat is not None

    @property
    def cells(self) -> Mapping[str, str]:
        """What is kept of the line when it is set aside."""
        return {"text": self.text, "name": self.name, "country": self.country, "date": self.date}


def read_list(text: str, owner_key: str) -> list[Listed]:
    """What a pasted list says of the partners of the place with this key; nothing is written.

    Raises Invalid (`text_too_long`, `list_empty`, `key_unknown`).
    """
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            _("The list has more than %(most)s letters. Paste it in parts.")
            % {"most": LONGEST_TEXT},
            code="text_too_long",
        )
    placer = Placer(cases=True)
    owner = placer.seat(Said(key=owner_key)).key
    found = list(_listed(pieces_of(text), placer, owner))
    if not found:
        raise Invalid(
            _("No partner was found in the text. Paste one partner a line, with its country."),
            code="list_empty",
        )
    return found


@dataclass(slots=True)
class _Above:
    """What stands above a line: the country, and what the partners there are called."""

    heading: str = ""
    called: str = ""
    country: str = ""

    def pass_by(self, piece: Piece) -> None:
        """Take in the heading of a piece; one of another name ends the country before it."""
        if piece.heading != self.heading:
            self.heading, country = piece.heading, _country(piece.heading)
            self.country = country
            self.called = self.called if country else piece.heading


def _listed(pieces: list[Piece], placer: Placer, owner: str) -> Iterator[Listed]:
    """Partners in order; a line that is a country alone is the heading of those below it."""
    number, above = 0, _Above()
    for piece in pieces:
        above.pass_by(piece)
        date, rest = _dated(piece.text)
        parts = [part for part in _PARTED.split(rest) if part and any(map(str.isalpha, part))]
        if _is_heading(parts, date):
            above.called, above.country = piece.text, ""
            continue
        named = [(part, _country(part)) for part in parts[:6]]
        countries = [code for _part, code in named if code]
        names = [part for part, code in named if not code]
        if not names and len(countries) == 1 and not date:
            above.country = countries[0]
            continue
        names = names or [part for part, _code in named[:1]]
        if not names or len(names[0]) > _LONGEST_NAME or count_of(parts) > 1:
            continue
        number += 1
        told = names, countries[0] if countries else above.country, date
        yield _settled(number, piece, above.called, told, placer, owner)


def _is_heading(parts: list[str], date: str) -> bool:
    """A line that names no place but what those below it are: "Partnerstädte"."""
    return len(parts) == 1 and not date and any(way.search(parts[0]) for _kind, way in _KINDS)


def _settled(
    number: int,
    piece: Piece,
    called: str,
    told: tuple[list[str], str, str],
    placer: Placer,
    owner: str,
) -> Listed:
    names, country, date = told
    name = _TOWN.sub("", names[0]).strip('«»"“”„ .')
    event = next((word for part in names[1:] if (word := _event(part))), "")
    words = f"{called} {piece.text}"
    kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "unknown")
    seat, sentence, code = None, "", ""
    try:
        seat = placer.seat(Said(name=name, country=country))
        if seat.key == owner:
            raise Invalid(_("This is the municipality whose list it is."), code="parties_missing")
    except Invalid as refusal:
        seat, sentence, code = None, str(refusal), refusal.code
    return Listed(
        number=number,
        line=piece.line,
        text=piece.text[:400],
        name=name,
        country=country,
        date=date,
        kind=kind,
        event=event or ("signed" if date else "active"),
        label=called[:100] if kind != "unknown" else "",
        seat=seat,
        sentence=sentence,
        code=code,
        candidates=() if seat else _candidates(name, country),
    )


def _dated(text: str) -> tuple[str, str]:
    """The first date of a line, and the line without it."""
    found = _DATE.search(text)
    if found is None:
        return "", text
    try:
        date = partial_date(found[0])
    except Invalid:
        return "", text
    before = _SINCE.sub(" ", text[: found.start()]) if found.start() else ""
    return date, f"{before.rstrip()} | {_SINCE.sub(' ', text[found.end() :])}"


def _country(text: str) -> str:
    try:
        return country_code(text.strip(" .:")) if len(text) < _LONGEST_NAME else ""
    except Invalid:
        return ""


def _event(text: str) -> str:
    try:
        return event_of(text)
    except Invalid:
        return ""


def _candidates(name: str, country: str) -> tuple[Place, ...]:
    """Places that a person may choose from: likeness proposes, nobody is taken for it."""
    if not name:
        return ()
    matches = the_world().find(name[:100], country=country or None, limit=_MOST_CANDIDATES)
    return tuple(match.place for match in matches)
