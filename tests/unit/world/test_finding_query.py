"""Reading a query: what is the name, what says its kind, what says where it lies."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.world import fold
from mistok.world.finding.query import Query, analyse, bared

TOWN, UNIT = ("municipality",), ("district",)

# Text; folded name; and what else must come out, where anything does.
TABLE: list[tuple[str, str, dict[str, Any]]] = [
    ("Bucha", "bucha", {}),
    ("  Bucha  ", "bucha", {}),
    ('"Bucha"', "bucha", {}),
    ("«Буча»", "буча", {}),
    ("*Bucha*", "bucha", {}),
    ("Bucha.", "bucha", {}),
    ("Bucha,", "bucha", {}),
    (",Bucha", "bucha", {}),
    ("(Bucha)", "bucha", {}),
    ("...", "", {}),
    ("", "", {}),
    # brackets
    ("Bucha (Kyiv)", "bucha", {"contexts": ("kyiv",), "relation": "brackets"}),
    ("Bucha [Kyiv Oblast]", "bucha", {"contexts": ("kyiv oblast",), "relation": "brackets"}),
    ("Bucha (Kyiv", "bucha", {"contexts": ("kyiv",), "relation": "brackets"}),
    ("Nagymányok (Tolna)", "nagymanyok", {"contexts": ("tolna",), "relation": "brackets"}),
    ("Sonneberg (Kreis)", "sonneberg", {"levels": UNIT, "relation": "brackets"}),
    ("Springfield (Illinois)", "springfield", {"contexts": ("illinois",), "relation": "brackets"}),
    ("Halle (Saale)", "halle", {"contexts": ("saale",), "relation": "brackets"}),
    ("Ulm (a) (b)", "ulm", {"contexts": ("a", "b"), "relation": "brackets"}),
    ("Ulm (a, b)", "ulm", {"contexts": ("a", "b"), "relation": "brackets"}),
    # commas and other signs that part
    ("Vitré, Ille-et-Vilaine", "vitre", {"contexts": ("ille et vilaine",), "relation": "comma"}),
    ("Paris; Texas", "paris", {"contexts": ("texas",), "relation": "comma"}),
    ("Kyiv / Ukraine", "kyiv", {"contexts": ("ukraine",), "relation": "comma"}),
    ("Kyiv | Ukraine", "kyiv", {"contexts": ("ukraine",), "relation": "comma"}),
    ("Bucha\nKyiv", "bucha", {"contexts": ("kyiv",), "relation": "comma"}),
    (
        "Bucha, Kyiv Oblast, Ukraine",
        "bucha",
        {"contexts": ("kyiv oblast", "ukraine"), "relation": "comma"},
    ),
    (
        "місто Буча, Київська область",
        "буча",
        {"levels": TOWN, "contexts": ("киівська область",), "relation": "comma"},
    ),
    (
        "Ulm, a, b, c, d, e, f, g",
        "ulm",
        {"contexts": tuple("abcdef"), "relation": "comma"},  # six are enough
    ),
    # codes
    ("Springfield, IL", "springfield", {"codes": ("US-IL",), "relation": "comma"}),
    ("Gary, IN", "gary", {"codes": ("US-IN",), "relation": "comma"}),
    ("Lakewood, CO", "lakewood", {"codes": ("US-CO",), "relation": "comma"}),
    ("Cagliari (QQ)", "cagliari", {"codes": ("*-QQ",), "relation": "brackets"}),
    ("Cagliari, Q.Q.", "cagliari", {"codes": ("*-QQ",), "relation": "comma"}),
    ("Cagliari, qq", "cagliari", {"contexts": ("qq",), "relation": "comma"}),
    # dashes
    ("Antwerp – Ekeren", "antwerp", {"contexts": ("ekeren",), "relation": "dash"}),
    ("Antwerp - Ekeren", "antwerp", {"contexts": ("ekeren",), "relation": "dash"}),
    ("Antwerp—Ekeren", "antwerp", {"contexts": ("ekeren",), "relation": "dash"}),
    ("Berlin-Neukölln", "berlin neukolln", {}),
    # words that tie
    ("Reichenberg bei Würzburg", "reichenberg", {"contexts": ("wurzburg",), "relation": "words"}),
    ("Czernowitz in der Ukraine", "czernowitz", {"contexts": ("ukraine",), "relation": "words"}),
    ("Paderborn in Germany", "paderborn", {"contexts": ("germany",), "relation": "words"}),
    ("Żytomierz w Ukrainie", "zytomierz", {"codes": ("UA",), "relation": "words"}),
    ("Львів у Польщі", "львів", {"codes": ("PL",), "relation": "words"}),
    ("Frankfurt am Main", "frankfurt am main", {}),
    ("Newcastle upon Tyne", "newcastle upon tyne", {}),
    ("Stow-on-the-Wold", "stow on the wold", {}),
    # nations before the name
    ("the Ukrainian city of Bucha", "bucha", {"levels": TOWN, "codes": ("UA",)}),
    ("ukrainische Stadt Bucha", "bucha", {"levels": TOWN, "codes": ("UA",)}),
    ("українське місто Буча", "буча", {"levels": TOWN, "codes": ("UA",)}),
    ("Ukrainian", "ukrainian", {}),
    # levels
    ("city of Bucha", "bucha", {"levels": TOWN}),
    ("Stadt Köln", "koln", {"levels": TOWN}),
    ("м. Житомир", "житомир", {"levels": TOWN}),
    ("miasto Lublin", "lublin", {"levels": TOWN}),
    ("ville de Metz", "metz", {"levels": TOWN}),
    ("Comune di Bergamo", "bergamo", {"levels": TOWN}),
    ("смт Гостомель", "гостомель", {"levels": ("settlement",)}),
    ("село Моринці", "моринці", {"levels": ("settlement",)}),
    ("Landkreis Harburg", "harburg", {"levels": UNIT}),
    ("powiat lubiński", "lubinski", {"levels": UNIT}),
    ("Zhytomyr oblast", "zhytomyr", {"levels": ("region",)}),
    ("Житомирська область", "житомирська", {"levels": ("region",)}),
    ("Бучанська міська територіальна громада", "бучанська", {"levels": ("hromada",)}),
    ("City Council of Bucha", "bucha", {}),
    ("Бучанська міська рада", "бучанська", {}),
    ("City", "city", {}),
    ("Stadt", "stadt", {}),
    ("Region", "region", {}),
]
NOTHING = {"levels": (), "contexts": (), "codes": (), "relation": ""}


@pytest.mark.parametrize(("text", "name", "more"), TABLE, ids=[row[0] for row in TABLE])
def test_analyse_a_text(text: str, name: str, more: dict[str, Any]) -> None:
    query = analyse(text)
    assert query.name == name
    assert {key: value for key, value in asdict(query).items() if key in NOTHING} == NOTHING | more


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Stadt Köln", "Köln"),
        ("м. Житомир, Україна", "Житомир"),
        ("ukrainische Stadt Bucha", "Bucha"),
        ("Vitré, Ille-et-Vilaine", "Vitré"),
        ("  «Буча» ", "Буча"),
        ("District of Rhein-Neckar", "Rhein-Neckar"),
    ],
)
def test_analyse_keeps_the_name_as_written(text: str, written: str) -> None:
    assert analyse(text).text == written


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Antwerp – Ekeren", "ekeren"),
        ("Berlin-Neukölln", "Neukölln"),
        ("Hardtberg (Bonn)", "Hardtberg"),
        ("Solomianskyi District (Kyiv)", "Solomianskyi"),
        ("Bad Godesberg", "Bad Godesberg"),
    ],
)
def test_part_is_what_the_text_calls_it(text: str, part: str) -> None:
    assert fold(analyse(text).part) == fold(part)


@pytest.mark.parametrize(
    ("text", "fuller"),
    [
        ("Kansas City", "kansas city"),
        ("Bad Soden a. Main", "bad soden am main"),
        ("Rothenburg o. d. Tauber", "rothenburg ob der tauber"),
        ("Rothenburg o.d. Tauber", "rothenburg ob der tauber"),
        ("Frankfurt a. d. Oder", "frankfurt an der oder"),
        ("Freiburg i. Breisgau", "freiburg im breisgau"),
        ("Muri b. Bern", "muri bei bern"),
        ("Zhytomyr region", "zhytomyr region"),
        ("Bucha district", "bucha district"),
    ],
)
def test_readings_hold_the_fuller_name(text: str, fuller: str) -> None:
    query = analyse(text)
    assert {fuller, query.name} <= set(query.readings)


@pytest.mark.parametrize(
    ("folded", "bare"),
    [
        ("ukrainian city of bucha", ("bucha", ("municipality",), ("UA",))),
        ("polish ukrainian bucha", ("bucha", (), ("PL", "UA"))),
        ("ukrainian", ("ukrainian", (), ())),
        ("bucha", ("bucha", (), ())),
        ("", ("", (), ())),
    ],
)
def test_bared_of_kinds_and_nations(
    folded: str, bare: tuple[str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert bared(folded) == bare


@given(text=st.text(max_size=200))
def test_analyse_any_text_gives_folded_names_and_few_contexts(text: str) -> None:
    query = analyse(text)
    assert query.name == fold(query.name)
    assert len(query.contexts) + len(query.codes) <= 12
    assert all(context == fold(context) != "" for context in query.contexts)
    assert query.relation in ("", "brackets", "comma", "dash", "words")


@given(name=st.sampled_from(["Bucha", "Köln", "Житомир", "Vitré"]), blanks=st.integers(0, 5))
def test_analyse_does_not_see_blanks(name: str, blanks: int) -> None:
    wide = " " * blanks
    assert analyse(f"{wide}{name}{wide},{wide} Ulm{wide}") == analyse(f"{name}, Ulm")


def test_query_of_a_name_alone_has_no_more() -> None:
    query = Query("bucha", "Bucha")
    assert (query.levels, query.contexts, query.codes) == ((), (), ())
    assert query.part == "Bucha"
