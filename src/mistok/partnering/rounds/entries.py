"""Lines of a round's file to entries: who takes part and how, and what is promised to whom.

Pure: whether a place with this key exists is asked later, by `mistok.partnering.rounds.roster`.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, Refusal
from mistok.kernel.ids import is_place_key
from mistok.partnering.rounds.file import Line, Lines
from mistok.partnering.rounds.lifecycle import Side

SIDES = {
    "seeker": Side.SEEKER,
    "seeks": Side.SEEKER,
    "шукає": Side.SEEKER,
    "offerer": Side.OFFERER,
    "offers": Side.OFFERER,
    "пропонує": Side.OFFERER,
}
FLOORS = frozenset({"floor", "мінімум"})
YES = frozenset({"yes", "true", "1", "так"})
NO = frozenset({"", "no", "false", "0", "ні"})
EVERYONE = "everyone"
"""The class that every seeker belongs to: a floor over it means that nobody is left out."""
MOST_PARTNERS = 1000
_WHOLE = re.compile(r"(\d{1,5})(?:[.,]0+)?", re.ASCII)
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?) ?(%?)", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)\.(\d\d?)\.(\d{4})", re.ASCII)
_CODE = re.compile(r"[a-z]{2}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A municipality as the file tells of it; `key` is empty where it is given by name."""

    line: Line
    side: Side
    key: str
    name: str
    country: str
    capacity: int
    classes: frozenset[str]
    wishes: frozenset[str]
    excluded_countries: frozenset[str]
    excluded_keys: frozenset[str]
    since: dt.date | None
    named: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A floor of the file: so many, or this share, of a class of seekers must get a partner."""

    line: Line
    name: str
    at_least: int | None
    share: float | None


@dataclass(slots=True)
class Entries:
    """Everything readable of a file; what was not is in `lines.aside`."""

    lines: Lines
    entries: list[Entry] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)


def read_entries(lines: Lines) -> Entries:
    """Read every line; what means nothing is set aside with its sentence, the rest goes on."""
    read = Entries(lines)
    told: set[str] = set()
    for line in lines.lines:
        try:
            if line["role"].casefold() in FLOORS:
                promise = _promise(line)
                _check_once(promise.name, told)
                read.promises.append(promise)
            else:
                read.entries.append(_entry(line))
        except Refusal as refusal:
            lines.set_aside(line, refusal)
    return read


def class_word(text: str) -> str:
    """A class as it is compared: “Front line”, “front-line” and “front_line” are one."""
    return re.sub(r"[\s_-]+", "_", text.strip().casefold())


def items(text: str) -> list[str]:
    """The items of a list in one cell, parted by semicolon, comma or upright bar."""
    return [item.strip() for item in re.split(r"[;,|]", text) if item.strip()]


def _entry(line: Line) -> Entry:
    side = SIDES.get(line["role"].casefold())
    if side is None:
        raise Invalid(
            _("“%(role)s” is no role. Write seeker, offerer or floor.")
            % {"role": line["role"][:40]},
            code="role_unknown",
        )
    key, name = line["key"], line["name"]
    if not key and not name:
        raise Invalid(
            _("Nothing says which municipality is meant. Write its key, or its name and country."),
            code="municipality_missing",
        )
    if key and not is_place_key(key):
        raise _no_key(key)
    countries, keys = _excluded(line["excludes"])
    return Entry(
        line=line,
        side=side,
        key=key,
        name=name,
        country=_code(line["country"]) if line["country"] else "",
        capacity=_capacity(line["capacity"]),
        classes=frozenset(class_word(word) for word in items(line["classes"])) - {EVERYONE},
        wishes=frozenset(_code(item) for item in items(line["wishes_countries"])),
        excluded_countries=countries,
        excluded_keys=keys,
        since=_date(line["since"]),
        named=not _yes(line["anonymous"]),
    )


def _promise(line: Line) -> Promise:
    classes = [class_word(word) for word in items(line["classes"])]
    at_least, share = line["at_least"], line["share"]
    if len(classes) != 1 or bool(at_least) == bool(share):
        raise Invalid(
            _(
                "A floor needs one class, and either “at_least” or “share”. For two classes write "
                "two floors."
            ),
            code="floor_incomplete",
        )
    return Promise(
        line,
        classes[0],
        _whole(at_least, "at_least") if at_least else None,
        _share(share) if share else None,
    )


def _check_once(name: str, told: set[str]) -> None:
    if name in told:
        raise Invalid(
            _("There is a floor for “%(name)s” already; that one counts. Leave one of the two.")
            % {"name": name},
            code="floor_twice",
        )
    told.add(name)


def _excluded(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Countries by code, and keys of municipalities; `iso:DE` is the country DE."""
    countries, keys = set(), set()
    for item in items(text):
        if _CODE.fullmatch(item.removeprefix("iso:")):
            countries.add(item.removeprefix("iso:").upper())
        elif is_place_key(item):
            keys.add(item)
        else:
            raise _no_key(item)
    return frozenset(countries), frozenset(keys)


def _no_key(text: str) -> Invalid:
    return Invalid(
        _(
            "“%(text)s” is not the key of a place. Write it as `mistok find` prints it, for "
            "example geonames:2935517."
        )
        % {"text": text[:60]},
        code="key_malformed",
    )


def _code(text: str) -> str:
    if not _CODE.fullmatch(text):
        raise Invalid(
            _("“%(code)s” is not a country's code. Write two letters, for example DE.")
            % {"code": text[:20]},
            code="country_unknown",
        )
    return text.upper()


def _capacity(text: str) -> int:
    capacity = _whole(text, "capacity") if text else 1
    if capacity > MOST_PARTNERS:
        raise Invalid(
            _("Nobody looks after %(count)s new partners. Write 0 to %(most)s as capacity.")
            % {"count": capacity, "most": MOST_PARTNERS},
            code="capacity_out_of_range",
        )
    return capacity


def _whole(text: str, column: str) -> int:
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise Invalid(
            _("“%(text)s” under “%(column)s” is not a whole number from 0 up. Write digits only.")
            % {"text": text[:20], "column": column},
            code="number_malformed",
        )
    return int(found[1])


def _share(text: str) -> float:
    found = _SHARE.fullmatch(text)
    share = float(found[1].replace(",", ".")) / (100 if found[2] else 1) if found else 2.0
    if share > 1:
        raise Invalid(
            _("“%(text)s” is not a share. Write a number from 0 to 1, or a percentage: 80%%.")
            % {"text": text[:20]},
            code="share_malformed",
        )
    return share


def _date(text: str) -> dt.date | None:
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found is not None and found[1]:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found is not None:
            return dt.date(int(found[6]), int(found[5]), int(found[4]))
    except ValueError:
        pass
    raise Invalid(
        _("“%(text)s” is not a day. Write it as 2022-05-17.") % {"text": text[:20]},
        code="date_malformed",
    )


def _yes(text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise Invalid(
            _("“%(text)s” under “anonymous” is neither yes nor no. Write one of the two.")
            % {"text": text[:20]},
            code="yes_or_no",
        )
    return word in YES
