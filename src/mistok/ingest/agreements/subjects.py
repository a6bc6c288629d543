"""Who the parties are: free texts such as “виконавчий комітет Чортківської міської ради”.

The body that signed is taken off, and what is left is a place of a level: a municipality, a
district or a region. A body that is no place's own (an association, a firm) is no party here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.tables.countries import country_code
from mistok.ingest.tables.placing import Placer, Said, Seat
from mistok.kernel.errors import Invalid

_PARTED: Final = re.compile(r"\s*(?:[;\n]|,(?!\s*що)|\d\)\s|\s(?:та|і|й)\s(?=[А-ЯІЇЄҐ«\"„“м]))\s*")
_NUMBERED: Final = re.compile(r"^\s*\d{1,2}[.)]\s*")
_ASIDE: Final = re.compile(r"\s*\([^()]*\)")
_QUOTES: Final = str.maketrans("", "", '«»"“”„')
_NO_PLACE: Final = re.compile(
    r"асоціаці|єврорегіон|університет|інститут|товариств|(?<!\w)тов(?!\w)|фонд(?!\w*ув)|підприємств"
    r"|організаці|палат[аи]|агентств|академі|ліце[йю]|музе[йю]|лікарн",
    re.IGNORECASE,
)
_UKRAINIAN: Final = (
    ("region", r"(\S+)\s+обласн\w+\s+(?:рад|державн|військов)\w*.*", "{} область"),
    ("region", r"(\S+)\s+(?:ОДА|ОВА|облдержадміністраці\w*)(?:\s.*)?", "{} область"),
    ("district", r"(\S+)\s+районн\w+\s+(?:рад|державн|військов)\w*.*", "{} район"),
    ("district", r"(\S+)\s+(?:РДА|РВА|райдержадміністраці\w*)(?:\s.*)?", "{} район"),
    (
        "city",
        r"(\S+)\s+(?:міськ|селищн|сільськ)\w+\s+(?:рад|територіальн|громад|військов)\w*.*",
        "{}",
    ),
    ("city", r"(\S+)\s+(?:територіальн\w+\s+)?громад\w+.*", "{}"),
)
_BODIES: Final = re.compile(
    r"^(?:(?:виконавч\w+\s+комітет\w*|виконком\w*|секретаріат|маршалківськ\w+\s+управлінн\w*|сеймик\w*"
    r"|самоврядуванн\w*|місцев\w+|орган\w*|мері\w+|магістрат\w*|муніципалітет\w*|муніципальн\w+"
    r"|міськ\w+\s+(?:рад\w*|управ\w*|уряд\w*|адміністраці\w*)|рад[аи]|управ[аи]|управлінн\w*|уряд\w*"
    r"|адміністраці\w*|староств\w*|комун[аи]|[гґ]мін[аи]|міськ\w+\s+[гґ]мін\w*|громад[аи]"
    r"|префектур\w*|асамбле\w*|столичн\w+|вільн\w+|ганзейськ\w+)\s+)+",
    re.IGNORECASE,
)
_TOWN: Final = re.compile(
    r"^(?:міст[оаіу]|містечк\w+|м\.|смт\.?|с\.|сел[оа]|селищ[ея])\s*(?=\S)", re.IGNORECASE
)
_REGION: Final = re.compile(
    r"(?<!\w)(?:воєводств\w*|федеральн\w+\s+земл\w+|земл[яі]|регіон\w*|провінці\w*|кра[йю]|жуп\w+"
    r"|кантон\w*|штат\w*|департамент\w*|област\w*)(?!\w)",
    re.IGNORECASE,
)
_DISTRICT: Final = re.compile(
    r"(?<!\w)(?:повіт\w*|район\w*|округ\w*|ландкрайс\w*|дистрикт\w*|графств\w*)(?!\w)",
    re.IGNORECASE,
)


def subjects_in(text: str) -> list[str]:
    """The parties named in one cell, in order."""
    lines = (_NUMBERED.sub("", part) for part in _PARTED.split(text))
    return [plain for line in lines if (plain := " ".join(line.split()).strip(" .,-"))]


def said_here(text: str, region: str) -> Said:
    """A Ukrainian subject: the place whose body it is, with the level that the body tells."""
    plain = _without_bodies(_plain(text))
    for level, pattern, form in _HERE:
        if found := pattern.fullmatch(plain):
            word = _ADJECTIVE.sub(rf"\1{_ENDINGS.get(level, 'а')}", found[1])
            return Said(name=form.format(word), country="UA", level=level, region=region)
    name = _TOWN.sub("", plain)
    return Said(name=name, country="UA", level=_level(name), region=_not_itself(region, name))


def said_abroad(text: str, state: str, unit: str) -> Said:
    """A foreign subject; the administrative unit tells which of two places of one name it is."""
    name = _without_bodies(_plain(text))
    for genitive, pattern in _GENITIVES:
        name = pattern.sub(genitive, name)
    level = _level(name)
    name = _TOWN.sub("", name)
    return Said(name=name, country=state, level=level, region=unit if level == "" else "")


def seat_abroad(placer: Placer, text: str, states: Sequence[str], unit: str) -> tuple[Seat, Said]:
    """Where a foreign subject lies: in the one state, or in the one of several that has it.

    Raises Invalid (`party_not_place`, and what `Placer.seat` raises).
    """
    found: dict[str, tuple[Seat, Said]] = {}
    refused: Invalid | None = None
    for state in states or ("",):
        said = said_abroad(text, state, unit)
        try:
            seat = placer.seat(said)
        except Invalid as refusal:
            refused = refused or refusal
        else:
            found[seat.key] = seat, replace(said, name=text)
    if len(found) == 1:
        return next(iter(found.values()))
    raise refused or Invalid(
        _("“%(name)s” may lie in more than one of the states named. Write a row for each state.")
        % {"name": text[:60]},
        code="place_unsure",
    )


def states_in(text: str) -> list[str]:
    """The codes of the states in a cell. Raises Invalid (`country_unknown`)."""
    whole = " ".join(_ASIDE.sub("", text).split())
    try:
        return [country_code(whole)] if whole else []
    except Invalid:
        parts = re.split(r"\s*[;,\n/]\s*|\s+та\s+", _ASIDE.sub("", text))
        return [country_code(part) for part in parts if part.strip()]


def check_place(text: str) -> None:
    """Raise Invalid (`party_not_place`) for a body that stands for no place."""
    if _NO_PLACE.search(text):
        raise Invalid(
            _(
                "“%(name)s” is not a municipality, district or region, so there is no tie between "
                "places to record. Leave the row out."
            )
            % {"name": text[:80]},
            code="party_not_place",
        )


def _plain(text: str) -> str:
    check_place(text)
    return " ".join(_ASIDE.sub("", text).translate(_QUOTES).split())


def _without_bodies(text: str) -> str:
    return _BODIES.sub("", text) or text


def _level(name: str) -> str:
    if _DISTRICT.search(name):
        return "district"
    return "region" if _REGION.search(name) else ""


def _not_itself(region: str, name: str) -> str:
    """Kyiv lies in no oblast: a region of the same name says nothing."""
    return "" if region.strip().casefold() == name.casefold() else region


_ADJECTIVE: Final = re.compile(r"((?:с|ц|з)ьк)\w+$")
_ENDINGS: Final = {"district": "ий", "region": "а"}
_GENITIVES: Final = (
    (r"\1е воєводство", re.compile(r"^(\S+ьк)ого\s+воєводства$", re.IGNORECASE)),
    (r"\1ий край", re.compile(r"^(\S+ьк)ого\s+(?:самоврядного\s+)?краю$", re.IGNORECASE)),
    (r"\1ий край", re.compile(r"^(\S+ьк)ий\s+самоврядний\s+край$", re.IGNORECASE)),
    (r"\1ий повіт", re.compile(r"^(\S+ьк)ого\s+повіту$", re.IGNORECASE)),
)
"""What is left of "the self-government of the Lublin voivodeship", back in the first case."""
_HERE: Final = tuple(
    (level, re.compile(pattern, re.IGNORECASE), form) for level, pattern, form in _UKRAINIAN
)
