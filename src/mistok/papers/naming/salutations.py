"""How a letter greets and how it takes leave, so that both fit the person and each other.

After: Ukrainian orthography § 87 (the vocative; after "пане" a surname may stay as it is); German
letter-writing guides (office without the name); PWN, poradnia językowa (no surname after "Panie",
a woman's office unbent after "Pani"); Le bon usage and the forms of French prefectures (no
surname; the leave repeats the greeting).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from mistok.kernel.errors import Invalid
from mistok.papers.format import LANGUAGES

TABLE = Path(__file__).parent / "data" / "salutations.json"
OFFICES: Final = (
    "mayor",
    "city_head",
    "burgomaster",
    "lord_mayor",
    "city_president",
    "commune_head",
    "hromada_head",
    "council_chair",
    "county_head",
)
"""Offices that are greeted by name. mayor: of a town anywhere; city_head: міський голова in
Ukraine; burgomaster: Bürgermeister, bourgmestre, burmistrz; lord_mayor: Oberbürgermeister;
city_president: prezydent miasta; commune_head: wójt; county_head: Landrat, starosta.
"""
_GENDERS: Final = ("", "m", "f")
_LEAVE: Final = {
    "uk": "З повагою",
    "de": "Mit freundlichen Grüßen",
    "pl": "Z wyrazami szacunku",
    "fr": "Nous vous prions d’agréer, {}, l’expression de notre haute considération.",
}
_UNKNOWN_SIR: Final = "Yours faithfully"
_KNOWN: Final = "Yours sincerely"


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter greets. `office`: one of OFFICES or nothing; `gender`: "m", "f" or nothing;
    `surname`: in the letters of the language, with academic degrees in German ("Dr. Westphal").
    """

    office: str = ""
    gender: str = ""
    surname: str = ""

    def __post_init__(self) -> None:
        if self.office and self.office not in OFFICES:
            raise Invalid(
                f"{self.office!r} is no office that letters greet. Offices: {', '.join(OFFICES)}.",
                code="office_unknown",
                details={"office": self.office},
            )
        if self.gender not in _GENDERS:
            raise Invalid(
                f"The gender of an addressee is m, f or nothing, not {self.gender!r}. Correct it.",
                code="gender_unknown",
                details={"gender": self.gender},
            )


def salutation(language: str, to: Addressee) -> str:
    """The greeting with its stop: "Szanowny Panie Burmistrzu,", «Шановна пані Шмідт!».

    Where gender or name are not known, that of everybody: "Sehr geehrte Damen und Herren,".
    Raises Invalid (`language_unknown`).
    """
    _check_language(language)
    forms = _table()[to.office or "person"][language]
    if to.gender in forms and (to.surname or "{}" not in forms[to.gender]):
        return forms[to.gender].format(" ".join(to.surname.split()))
    return _table()["person"][language][""]


def closing(language: str, to: Addressee) -> str:
    """The leave that goes with the greeting. Raises Invalid (`language_unknown`)."""
    _check_language(language)
    greeting = salutation(language, to)
    if language == "en":
        return _UNKNOWN_SIR if greeting == _table()["person"]["en"][""] else _KNOWN
    return _LEAVE[language].format(greeting.rstrip(","))


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise Invalid(
            f"Letters are not written in the language {language!r}. Use {', '.join(LANGUAGES)}.",
            code="language_unknown",
            details={"language": language},
        )


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
        TABLE.read_text(encoding="utf-8")
    )
    return found
