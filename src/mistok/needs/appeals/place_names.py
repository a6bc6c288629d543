"""How a letter names municipalities: in its languages, with the word for the kind, in the case.

The name of a place comes from the registry, else from the gazetteer; a Ukrainian name without an
established form is transcribed. Whether a foreign place has a Ukrainian name that is sure is told,
never guessed: then the office writes it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from mistok.needs.appeals.wording import phrases
from mistok.papers.naming import Relation, place, transcribed
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Municipality
from mistok.world import Place, romanise

CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_LATIN: Final = re.compile("[\u0000-\u024f\u1e00-\u1eff’ʼ]+")
_UKRAINIAN: Final = re.compile("[іїєґІЇЄҐ]")
_NOT_UKRAINIAN: Final = re.compile("[^а-щьюяіїєґА-ЩЬЮЯІЇЄҐ’ʼ' -]")
_ARTICLE: Final = re.compile("^(?:the|die|das|la|le) ")
_LARGE: Final = 20_000
"""People from which on a municipality abroad is called a city: a town is never offended by it."""
_CENTRES: Final = {"міська": "city", "селищна": "settlement", "сільська": "village"}
_HROMADA: Final = " територіальна громада"
_OWN_KINDS: Final = ("hromada", "municipality", "settlement")


@dataclass(frozen=True, slots=True)
class Named:
    """A municipality as letters name it: names by language, the kind ("" for a county or region),
    the official name of a hromada, and the kind of a hromada's centre.
    """

    key: str
    country: str
    names: Mapping[str, str] = field(hash=False)
    kind: str = "city"
    official: str = ""
    centre: str = "city"

    def said(self, language: str, relation: Relation = Relation.NAMED) -> str:
        """In a sentence: "міста Дортмунда", "die Hromada Schytomyr"; "" where no name is known."""
        hromada = self.kind == "hromada"
        name = self.official if hromada and language == "uk" else self.names.get(language, "")
        if not name or not self.kind:
            return name
        return place(name, language, relation, kind=self.kind)

    def bare(self, language: str) -> str:
        """As `said`, without an article: it stands in brackets or alone."""
        return _ARTICLE.sub("", self.said(language))

    def authority(self, language: str) -> str:
        """The council of a hromada: «Житомирська міська рада», "Stadtrat Schytomyr"."""
        frame = str(phrases()["authorities"][self.centre][language])
        of = place(self.names[language], language, Relation.OF, kind=self.centre)
        adjective = self.official.split(" ")[0]
        if language == "uk" and not adjective:
            return f"Рада {of}"
        return frame.format(name=self.names[language], of=of, adjective=adjective)

    def office(self, language: str, greeted_as: str, gender: str) -> str:
        """The head of an envelope: «Обербургомістру міста Дортмунда», "The City of Płock"."""
        name = self.names.get(language, "")
        if not name or (not self.kind and not greeted_as):
            return name
        forms = phrases()["offices"][greeted_as if self.kind else "county_head"][language]
        said = {str(one): self.said(language, one) for one in Relation}
        told = str(forms.get(gender, forms[""])).format(name=name, **said)
        return told[:1].upper() + told[1:]


def named(key: str, languages: Sequence[str], *, written: str = "") -> Named:
    """A municipality in these languages; `written`: its Ukrainian name as the office writes it.

    Raises NotFound (`place_unknown`) and Invalid (`key_malformed`) for what is no place.
    """
    found = the_world().get(key)
    row = Municipality.objects.filter(key=found.key).first()
    labels = {**found.labels, **{k: str(v) for k, v in (row.labels if row else {}).items() if v}}
    names = {language: _name(found, labels, language, written) for language in languages}
    return Named(
        key=found.key,
        country=found.country,
        names={language: name for language, name in names.items() if name},
        kind=_kind(found),
        official=_official(found),
        centre=_centre(found),
    )


def _name(found: Place, labels: Mapping[str, str], language: str, written: str) -> str:
    """The name in a language; "" for a Ukrainian one that nobody knows for sure."""
    if labels.get(language):
        return labels[language]
    if language == "uk":
        return written if CYRILLIC.search(written) else _sure(found)
    if found.country == "UA":
        return transcribed(found.local_name, language)
    return found.local_name if _LATIN.fullmatch(found.local_name) else found.name


def _sure(found: Place) -> str:
    """The one Cyrillic name of a foreign place that can only be Ukrainian, by its letters."""
    sure = {
        name for name in found.names if _UKRAINIAN.search(name) and not _NOT_UKRAINIAN.search(name)
    }
    return sure.pop() if len(sure) == 1 else ""


def _kind(found: Place) -> str:
    if found.kind not in _OWN_KINDS:
        return ""
    if found.kind == "hromada":
        return "hromada" if _official(found) else "city"
    return "city" if (found.population or 0) >= _LARGE else "municipality"


def _official(found: Place) -> str:
    """«Житомирська міська територіальна громада»; Kyiv and Sevastopol are cities by law."""
    name = found.official_name or ""
    return name if name.endswith(_HROMADA) else ""


def _centre(found: Place) -> str:
    return _CENTRES.get(_official(found).removesuffix(_HROMADA).split(" ")[-1], "city")


def person_in(given: Mapping[str, str], language: str) -> str:
    """A person's name in the letters of a language: as written, else from the Ukrainian one."""
    own = given.get("uk", "")
    if given.get(language) or not own:
        return given.get(language, "")
    return romanise(own) if language == "en" else transcribed(own, language)


def language_of(country: str) -> str:
    """The language in which a letter to that country is written, unless told: its first official
    one that letters know, else English.
    """
    known = the_world().languages(country).official
    return next((one for one in known if one in ("uk", "en", "de", "pl", "fr")), "en")
