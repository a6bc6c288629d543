"""The names that Ukraine's oblasts, raions and hromadas answer to.

The codifier names a hromada by an adjective (Криворізька), people by its centre (Кривий Ріг),
translators by both with one of several words for hromada.
"""

from collections.abc import Iterable, Mapping

from mistok.world.model import NameKind, PlaceRecord, Position, Unit
from mistok.world.romanise import romanise
from mistok.world.spellings import foreign_spellings

_SORT_OF_HROMADA = {"M": ("міська", "urban"), "X": ("селищна", "settlement")}
_VILLAGE_SORT = ("сільська", "rural")
_MARK_OF_SORT = {"settlement": Position.SETTLEMENT, "rural": Position.RURAL}

_OBLAST_WORDS = ("Oblast", "region", "Region", "province", "oblast")
_RAION_WORDS = ("Raion", "district", "Rayon")
_HROMADA_WORDS = (
    "hromada",
    "territorial hromada",
    "community",
    "territorial community",
    "amalgamated territorial community",
    "municipality",
    "municipal community",
)
CRIMEA = "UA01"

# Texts decline the adjective and the noun together: у Житомирській області, Бучанської громади.
_DECLINED = (("ої", 0), ("ій", 1), ("у", 2), ("ою", 3))
_OBLAST_CASES = ("області", "області", "область", "областю")
_HROMADA_CASES = ("громади", "громаді", "громаду", "громадою")


def name_oblast(record: PlaceRecord, unit: Unit, known: Mapping[str, str]) -> None:
    """Name an oblast: Khmelnytskyi Oblast, Khmelnytskyi region, Хмельницька область.

    The bare name of its centre (Kherson) stays the city's. `known` is the oblast's row of
    `oblasts_ua.csv`.
    """
    record.add(NameKind.NAME, *known["others"].split("|"))
    if unit.code.startswith(CRIMEA):
        record.name, record.local_name = known["en"], unit.name
        record.labels = {"uk": "Крим", "de": known["de"], "pl": known["pl"], "fr": known["fr"]}
        return
    record.name = f"{known['en']} Oblast"
    record.local_name = record.official_name = f"{unit.name} область"
    record.labels = {
        "uk": record.local_name,
        "de": f"Oblast {known['de']}",
        "pl": known["pl"],
        "fr": f"oblast de {known['fr']}",
    }
    record.answer(NameKind.NAME, f"обл. {unit.name}", f"{unit.name} обл.", f"Region {known['de']}")
    for stem in (known["en"], romanise(unit.name)):
        record.answer(NameKind.NAME, *(f"{stem} {word}" for word in _OBLAST_WORDS))
    record.answer(NameKind.ALIAS, unit.name, romanise(unit.name), f"Oblast {known['en']}")
    record.answer(NameKind.NAME, *_declined(unit.name, _OBLAST_CASES))
    record.answer(NameKind.ALIAS, f"région de {known['fr']}", f"Gebiet {known['de']}")
    record.answer(NameKind.SPELLING, *foreign_spellings(unit.name))


def name_raion(record: PlaceRecord, unit: Unit, centres: Mapping[str, Unit]) -> None:
    """Name a raion: Bucha Raion, Бучанський район.

    `centres`: the adjective of each of its hromadas to that hromada's centre; the raion is
    named after the one whose adjective it shares.
    """
    feminine = unit.name.removesuffix("ий") + "а"
    centre = centres.get(feminine)
    noun = romanise(centre.name if centre else unit.name)
    record.name = f"{noun} Raion"
    record.local_name = record.official_name = f"{unit.name} район"
    record.labels = {"uk": record.local_name}
    for stem in dict.fromkeys((noun, romanise(unit.name))):
        record.answer(NameKind.NAME, *(f"{stem} {word}" for word in _RAION_WORDS))
    record.answer(NameKind.NAME, f"{unit.name} р-н")
    record.answer(NameKind.ALIAS, unit.name, romanise(unit.name), f"{noun} region")
    record.answer(NameKind.SPELLING, *foreign_spellings(unit.name))


def name_hromada(
    record: PlaceRecord, unit: Unit, centre: Unit, renamings: Iterable[Mapping[str, str]] = ()
) -> None:
    """Name a hromada, which its centre has named already, by its adjective and its sort.

    `renamings`: its rows of `renamings_ua.csv`; a former adjective of the hromada is found in
    all the forms of the present one.
    """
    local, english = _SORT_OF_HROMADA.get(centre.category, _VILLAGE_SORT)
    record.official_name = f"{unit.name} {local} територіальна громада"
    record.marks |= _MARK_OF_SORT.get(english, 0)
    record.answer(NameKind.NAME, *_in_ukrainian(unit.name, local))
    adjective, noun = romanise(unit.name), romanise(centre.name)
    for stem in dict.fromkeys((noun, adjective)):
        record.answer(NameKind.NAME, *(f"{stem} {word}" for word in (*_HROMADA_WORDS, english)))
        record.answer(NameKind.NAME, f"{stem} {english} hromada", f"hromada {stem}")
    record.answer(NameKind.NAME, unit.name, adjective)
    for name in (centre.name, unit.name):
        record.answer(NameKind.SPELLING, *foreign_spellings(name))
    for row in renamings:
        former = row["former_hromada"]
        if former:
            record.add(NameKind.FORMER, f"{former} громада")
            record.answer(NameKind.FORMER, former, *_in_ukrainian(former, local))
            record.answer(NameKind.FORMER, *(f"{romanise(former)} {w}" for w in _HROMADA_WORDS))
        for name in filter(None, row["former_latin"].split("|")):
            record.answer(NameKind.FORMER, f"{name} hromada")


def _declined(adjective: str, nouns: tuple[str, ...]) -> list[str]:
    """A feminine adjective with its noun in the genitive, locative, accusative, instrumental."""
    stem = adjective.removesuffix("а")
    return [f"{stem}{ending} {nouns[case]}" for ending, case in _DECLINED]


def _in_ukrainian(adjective: str, sort: str) -> list[str]:
    kinds = ("громада", "територіальна громада", "об’єднана територіальна громада", "тг", "отг")
    fuller = tuple(f"територіальн{ending} {_HROMADA_CASES[case]}" for ending, case in _DECLINED)
    return [
        *(f"{adjective} {kind}" for kind in kinds),
        *_declined(adjective, _HROMADA_CASES),
        *_declined(adjective, fuller),
        f"{adjective} {sort} громада",
        f"{adjective} {sort} територіальна громада",
        f"{adjective} {sort} тг",
    ]
