"""Words that say a country or a region: adjectives, cases, regions, abbreviations."""

import csv
from collections import defaultdict
from pathlib import Path

import pycountry
import pytest

from mistok.world import fold
from mistok.world.finding import nations
from mistok.world.finding.nations import SORTS, nation_of, nation_of_adjective

TABLE = Path(nations.__file__).parent / "data" / "nations.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
KOSOVO = "XK"  # user-assigned: ISO has no code for it, the gazetteer has

# Endings of an adjective by language; the ending of the first form tells the declension.
DECLENSIONS = {
    "uk": "ський ська ське ського ської ському ській ську ським ською ськім ські ських ськими",
    "ru": "ский ская ское ского ской скому скую ским ском ские ских скими",
    "pl": "ski ska skie skiego skiej skiemu ską skim skich skimi scy",
    "de": "ische ischen ischer isches ischem",
}

ADJECTIVES = [
    ("Ukrainian", "UA"),
    ("Western Ukrainian", "UA"),
    ("German", "DE"),
    ("Polish", "PL"),
    ("South Korean", "KR"),
    ("Scottish", "GB-SCT"),
    ("Bavarian", "DE-BY"),
    ("Californian", "US-CA"),
    ("український", "UA"),
    ("українським", "UA"),
    ("данського", "DK"),
    ("німецьким", "DE"),
    ("польським", "PL"),
    ("чеської", "CZ"),
    ("Швейцарському", "CH"),
    ("кримськотатарське", None),
    ("закарпатське", "UA-21"),
    ("баварському", "DE-BY"),
    ("ukrainischen", "UA"),
    ("Deutsche", "DE"),
    ("französischem", "FR"),
    ("Schweizer", "CH"),
    ("bayerische", "DE-BY"),
    ("nordrhein-westfälischen", "DE-NW"),
    ("ukraińska", "UA"),
    ("białoruskim", "BY"),
    ("niemieckiego", "DE"),
    ("szwedzcy", "SE"),
    ("zachodnioukraińskie", "UA"),
    ("ukrainienne", "UA"),
    ("tchèque", "CZ"),
    ("grecques", "GR"),
    ("sud-coréenne", "KR"),
    ("украинского", "UA"),
    ("немецкой", "DE"),
    ("российским", "RU"),
    ("Germany", None),
    ("Ukrainie", None),
    ("Soviet", None),
    ("радянський", None),
    ("буковинський", None),
    ("podlaski", None),
    ("Deutsch", None),
    ("Calif.", None),
    ("", None),
]

OTHER_WORDS = [
    ("Ukraine's", "UA"),
    ("в Україні", None),
    ("Україні", "UA"),
    ("Україною", "UA"),
    ("Польщі", "PL"),
    ("Німеччиною", "DE"),
    ("Сполучених Штатів", "US"),
    ("Великою Британією", "GB"),
    ("Нідерландах", "NL"),
    ("Ukrainie", "UA"),
    ("Niemczech", "DE"),
    ("Włoszech", "IT"),
    ("Stanami Zjednoczonymi", "US"),
    ("Deutschlands", "DE"),
    ("Vereinigten Staaten", "US"),
    ("Украина", "UA"),
    ("Германии", "DE"),
    ("Соединённых Штатах", "US"),
    ("Житомирщина", "UA-18"),
    ("Житомирщиною", "UA-18"),
    ("Хмельниччині", "UA-68"),
    ("Буковині", None),
    ("Закарпатті", "UA-21"),
    ("Криму", "UA-43"),
    ("Lvivshchyna", "UA-46"),
    ("Баварії", "DE-BY"),
    ("Kalifornii", "US-CA"),
    ("Шотландією", "GB-SCT"),
    ("Calif.", "US-CA"),
    ("Fla.", "US-FL"),
    ("Mass.", "US-MA"),
    ("NRW", "DE-NW"),
    ("Qld.", "AU-QLD"),
    ("НДР", "DE"),
    ("Kosowie", None),
    ("Islands", None),
    ("Indias", None),
]

SET_OFF = [
    ("CA", "US-CA"),
    ("IN", "US-IN"),
    ("N.Y.", "US-NY"),
    ("W.Va.", "US-WV"),
    ("D.C.", "US-DC"),
    ("La.", "US-LA"),
    ("Ore.", "US-OR"),
    ("Mont.", "US-MT"),
    ("Vic", "AU-VIC"),
    ("ON", "CA-ON"),
    ("B.C.", "CA-BC"),
    ("BW", "DE-BW"),
]


@pytest.mark.parametrize(("text", "code"), ADJECTIVES)
def test_nation_of_adjective_in_six_languages(text: str, code: str | None) -> None:
    assert nation_of_adjective(fold(text)) == code


@pytest.mark.parametrize(("text", "code"), OTHER_WORDS)
def test_nation_of_names_in_their_cases_and_abbreviations(text: str, code: str | None) -> None:
    assert nation_of(fold(text)) == code
    assert nation_of(fold(text), set_off=True) == code


@pytest.mark.parametrize(("text", "code"), SET_OFF)
def test_nation_of_short_abbreviation_counts_only_where_set_off(text: str, code: str) -> None:
    assert nation_of(fold(text)) is None
    assert nation_of(fold(text), set_off=True) == code


def test_every_row_is_understood() -> None:
    wrong = [row for row in ROWS if nation_of(row["form"], set_off=True) != row["code"]]
    assert wrong == []
    adjectives = [row for row in ROWS if row["sort"] == "adjective"]
    assert [row for row in adjectives if nation_of_adjective(row["form"]) != row["code"]] == []


def test_only_adjectives_are_adjectives() -> None:
    adjectives = {row["form"] for row in ROWS if row["sort"] == "adjective"}
    others = {row["form"] for row in ROWS} - adjectives
    assert [form for form in others if nation_of_adjective(form) is not None] == []


def test_no_form_has_two_codes_and_no_row_stands_twice() -> None:
    codes: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        codes[row["form"]].add(row["code"])
    assert {form: those for form, those in codes.items() if len(those) > 1} == {}
    assert len({tuple(row.values()) for row in ROWS}) == len(ROWS)


def test_forms_are_folded_and_sorts_and_languages_are_known() -> None:
    assert [
        row["form"] for row in ROWS if fold(row["form"]) != row["form"] or not row["form"]
    ] == []
    assert {row["sort"] for row in ROWS} == set(SORTS)
    assert {row["lang"] for row in ROWS} == {"en", "uk", "de", "pl", "fr", "ru"}


def test_codes_are_of_iso_3166() -> None:
    countries = {country.alpha_2 for country in pycountry.countries} | {KOSOVO}
    regions = {region.code for region in pycountry.subdivisions}
    assert {row["code"] for row in ROWS} - countries - regions == set()


def test_all_of_europe_has_adjectives_in_every_language() -> None:
    europe = (
        "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LT LU LV MC MD ME MK MT "
        "NL NO PL PT RO RS RU SE SI SK SM TR UA XK"
    ).split()
    told = {(row["code"], row["lang"]) for row in ROWS if row["sort"] == "adjective"}
    needed = {(code, lang) for code in europe for lang in ("en", "uk", "de", "pl", "fr", "ru")}
    assert needed - told == set()


def test_all_oblasts_but_bukovyna_and_zaporizhzhia_have_a_name_by_region() -> None:
    regions = [row for row in ROWS if row["sort"] == "region" and row["code"].startswith("UA-")]
    locatives = ("щині", "ччині", "паттю", "волині", "криму")
    named = {row["code"] for row in regions if row["form"].endswith(locatives)}
    oblasts = {f"UA-{number:02}" for number in (5, 7, 9, 12, 14, 18, 21, 26, 32, 35, 46, 48, 51)}
    oblasts |= {f"UA-{number}" for number in (43, 53, 56, 59, 61, 63, 65, 68, 71, 74)}
    assert named == oblasts


@pytest.mark.parametrize("lang", DECLENSIONS)
def test_adjectives_have_all_forms_of_their_declension(lang: str) -> None:
    forms = {
        row["form"]: row["code"]
        for row in ROWS
        if (row["lang"], row["sort"]) == (lang, "adjective")
    }
    first, *others = map(fold, DECLENSIONS[lang].split())
    stems = {form.removesuffix(first) for form in forms if form.endswith(first)}
    assert len(stems) > 80
    partial = [
        stem + ending
        for stem in stems
        for ending in others
        if forms.get(stem + ending) != forms[stem + first]
    ]
    assert partial == []
