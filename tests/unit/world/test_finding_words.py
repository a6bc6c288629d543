"""Administrative words around a place's name: taken off, and what they say of the place."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.world import fold
from mistok.world.finding import words
from mistok.world.finding.words import LEVELS, SIDES, level_of, strip_words

TABLE = Path(words.__file__).parent / "data" / "words.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
PLAIN = [row for row in ROWS if not row["phrase"].endswith("'")]
ELIDED = [row for row in ROWS if row["phrase"].endswith("'")]
BEFORE = [row for row in PLAIN if row["side"] != "after"]
AFTER = [row for row in PLAIN if row["side"] != "before"]
NAME = "Qorvex"

phrases = st.sampled_from([row["phrase"] for row in ROWS])
queries = st.one_of(
    st.text(),
    st.text(alphabet="сміт гbadeo市縣시"),
    st.lists(st.one_of(phrases, st.sampled_from([NAME, "Буча", "d'Orléans", "太宰府市"]))).map(
        " ".join
    ),
).map(fold)


def told(row: dict[str, str]) -> set[str]:
    return {row["level"]} - {""}


def test_table_has_the_columns_and_values_that_are_known() -> None:
    assert {row["level"] for row in ROWS} == set(LEVELS)
    assert {row["side"] for row in ROWS} == set(SIDES)
    assert [row for row in ROWS if len(row["lang"]) != 2 or not row["lang"].isalpha()] == []
    odd = [
        row["phrase"] for row in ROWS if row["phrase"] != " ".join(row["phrase"].lower().split())
    ]
    assert odd == []


def test_table_has_no_phrase_twice_with_one_level() -> None:
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for row in ROWS:
        phrase = row["phrase"] if row in ELIDED else fold(row["phrase"])
        if (phrase, row["level"]) in seen:
            twice.append((row["phrase"], seen[phrase, row["level"]]))
        seen[phrase, row["level"]] = row["phrase"]
    assert twice == []


def test_table_names_a_municipality_or_its_council_in_many_languages() -> None:
    spoken = {row["lang"] for row in ROWS if row["level"] == "municipality"}
    assert spoken >= set(
        "en uk de pl fr it es pt nl ru be cs sk hu ro bg hr sr sl lt lv et fi sv da el tr ja zh ko "
        "ar".split()
    )


@pytest.mark.parametrize(
    "word",
    [
        "saint",
        "bad",
        "villa",
        "san",
        "la",
        "le",
        "markt",
        "port",
        "new",
        "santa",
        "puerto",
        "ville",
    ],
)
def test_table_leaves_words_that_belong_to_names(word: str) -> None:
    assert strip_words(f"{word} qorvex").phrases == strip_words(f"qorvex {word}").phrases == ()


def test_every_phrase_before_a_name_is_taken_off() -> None:
    for row in BEFORE:
        stripped = strip_words(fold(f"{row['phrase']} {NAME}"))
        assert stripped.name == fold(NAME), row
        assert len(stripped.phrases) == 1, row
        assert told(row) <= set(stripped.levels), row


def test_every_phrase_after_a_name_is_taken_off() -> None:
    for row in AFTER:
        stripped = strip_words(fold(f"{NAME} ({row['phrase']})"))
        assert (stripped.name, stripped.phrases) == (fold(NAME), (fold(row["phrase"]),)), row
        assert told(row) <= set(stripped.levels), row


def test_every_phrase_glued_to_a_name_is_taken_off() -> None:
    assert len(ELIDED) > 10
    for row in ELIDED:
        stripped = strip_words(fold(f"{row['phrase']}Orléans"))
        assert stripped.name == "orleans", row
        assert told(row) <= set(stripped.levels), row


def test_every_phrase_alone_tells_its_level_and_stays() -> None:
    for row in PLAIN:
        phrase = fold(row["phrase"])
        assert told(row) <= set(level_of(phrase)), row
        assert strip_words(phrase).name == phrase, row


@pytest.mark.parametrize(
    ("text", "name", "levels"),
    [
        ("city of Bucha", "Bucha", "municipality"),
        ("The City of Bristol", "Bristol", "municipality"),
        ("Sheffield, City of", "Sheffield", "municipality"),
        ("Royal Borough of Kingston upon Thames", "Kingston upon Thames", "municipality"),
        ("Waukesha County", "Waukesha", "district region"),
        ("Lviv oblast", "Lviv", "region"),
        ("Khmelnytskyi region", "Khmelnytskyi", "region district"),
        ("Bucha Raion", "Bucha", "district"),
        ("Bucha urban territorial community", "Bucha", "hromada"),
        ("Bucha community", "Bucha", "hromada municipality"),
        ("Republic of Moldova", "Moldova", "country region"),
        ("Mayor of the City of London", "London", "municipality"),
        ("Kyiv City Council", "Kyiv", ""),
        ("twin city of Zhytomyr", "Zhytomyr", ""),
        ("м. Буча", "Буча", "municipality"),
        ("смт Гостомель", "Гостомель", "settlement"),
        ("Житомирська міська територіальна громада", "Житомирська", "hromada"),
        ("Житомирської міської територіальної громади", "Житомирської", "hromada"),
        ("Бучанська ТГ", "Бучанська", "hromada"),
        ("Бучанський р-н", "Бучанський", "district part"),
        ("Львівській області", "Львівській", "region"),
        ("Житомирська міська рада", "Житомирська", ""),
        ("Автономна Республіка Крим", "Крим", "region"),
        ("город Мариуполь", "Мариуполь", "municipality"),
        ("посёлка городского типа Гостомель", "Гостомель", "settlement"),
        ("горад Брэст", "Брэст", "municipality"),
        ("Stadt Dortmund", "Dortmund", "municipality"),
        ("Bürgermeister der Stadt Köln", "Köln", "municipality"),
        ("Sonneberg (Kreis)", "Sonneberg", "district"),
        ("des Landkreises Borken", "Borken", "district"),
        ("Bezirk Schwaben", "Schwaben", "district region part"),
        ("Freie und Hansestadt Hamburg", "Hamburg", "municipality"),
        ("Lutherstadt Wittenberg", "Wittenberg", "municipality"),
        ("Stadtverwaltung Gera", "Gera", ""),
        ("powiat żywiecki", "żywiecki", "district"),
        ("Gmina Miasto Gdańsk", "Gdańsk", "municipality"),
        ("m.st. Warszawa", "Warszawa", "municipality"),
        ("województwie śląskim", "śląskim", "region"),
        ("Urząd Miasta Lublin", "Lublin", ""),
        ("Brunstatt (commune)", "Brunstatt", "municipality"),
        ("mairie d’Orléans", "Orléans", ""),
        ("ville de Dijon", "Dijon", "municipality"),
        ("département de la Gironde", "Gironde", "region district"),
        ("Comune di Bergamo", "Bergamo", "municipality"),
        ("Comune dell'Aquila", "Aquila", "municipality"),
        ("provincia di Siena", "Siena", "region district"),
        ("Ayuntamiento de Sevilla", "Sevilla", ""),
        ("Comunidad Autónoma de Aragón", "Aragón", "region"),
        ("Ajuntament d'Olot", "Olot", ""),
        ("Concello de Vigo", "Vigo", "municipality"),
        ("Câmara Municipal do Porto", "Porto", ""),
        ("freguesia de Belém", "Belém", "part"),
        ("gemeente Utrecht", "Utrecht", "municipality"),
        ("okres Nitra", "Nitra", "district"),
        ("Praha 5 (městská část)", "Praha 5", "part"),
        ("Pest megye", "Pest", "region"),
        ("Gödöllői járás", "Gödöllői", "district"),
        ("județul Cluj", "Cluj", "region"),
        ("Община Бургас", "Бургас", "municipality hromada"),
        ("Općina Matulji", "Matulji", "municipality"),
        ("Mestna občina Kranj", "Kranj", "municipality"),
        ("Kauno rajono savivaldybė", "Kauno", "municipality"),
        ("Rēzeknes novads", "Rēzeknes", "municipality"),
        ("Tähtvere vald", "Tähtvere", "municipality"),
        ("Porin kaupunki", "Porin", "municipality"),
        ("Göteborgs Stad", "Göteborgs", "municipality"),
        ("Aarhus Kommune", "Aarhus", "municipality"),
        ("Δήμος Πατρέων", "Πατρέων", "municipality"),
        ("Kadıköy ilçesi", "Kadıköy", "district"),
        ("Ōsaka-shi", "Ōsaka", "municipality"),
        ("Ōsaka Prefecture", "Ōsaka", "region district"),
        ("大阪市", "大阪", "municipality"),
        ("深圳市", "深圳", "municipality"),
        ("Yangpyeong-gun", "Yangpyeong", "municipality district"),
        ("서울특별시", "서울", "municipality"),
        ("경주시", "경주", "municipality"),
        ("Muḩāfaz̧at Ḩalab", "Halab", "region"),
        ("محافظة حلب", "حلب", "region"),
    ],
)
def test_strip_words_takes_them_off_in_many_languages(text: str, name: str, levels: str) -> None:
    stripped = strip_words(fold(text))
    assert stripped.name == fold(name)
    assert stripped.levels == tuple(levels.split())
    assert stripped.phrases


@pytest.mark.parametrize(
    "text",
    ["Darmstadt", "Neustadt", "Sundbyberg", "Dijon", "Буча", "Bad Homburg", "San Marino", ""],
)
def test_strip_words_leaves_a_bare_name(text: str) -> None:
    assert strip_words(fold(text)) == words.Stripped(fold(text), (), ())


@pytest.mark.parametrize("text", ["津市", "赵县", "중구", "대구", "太宰府市", "四日市市", "京都"])
def test_strip_words_leaves_a_suffix_that_belongs_to_the_name(text: str) -> None:
    assert strip_words(fold(text)).name == fold(text)


@pytest.mark.parametrize("text", ["京都市", "成都市", "대구시"])
def test_strip_words_takes_one_suffix_of_two(text: str) -> None:
    assert strip_words(fold(text)).name == fold(text[:-1])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stadt", "stadt"),
        ("Gmina", "gmina"),
        ("the the city", "the city"),
        ("territorial community", "territorial community"),
        ("Stadt Gemeinde", "gemeinde"),
        ("Linn County", "linn"),
    ],
)
def test_strip_words_never_takes_the_whole_text(text: str, name: str) -> None:
    assert strip_words(fold(text)).name == name


def test_strip_words_takes_six_at_most() -> None:
    stripped = strip_words("the " * 8 + "qorvex")
    assert (stripped.name, len(stripped.phrases)) == ("the the qorvex", 6)


def test_strip_words_tells_levels_once_and_in_the_order_taken() -> None:
    stripped = strip_words("city of qorvex city district")
    assert stripped.phrases == ("city of", "city district")
    assert stripped.levels == ("municipality", "part")
    assert strip_words("city of qorvex town").levels == ("municipality",)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Kreis", "district"),
        ("district", "district part"),
        ("the city", "municipality"),
        ("місто", "municipality"),
        ("provincia", "region district"),
        ("ville", "municipality"),
        ("ciudad", "municipality"),
        ("város", "municipality"),
        ("село", "settlement"),
        ("市", "municipality"),
        ("міська рада", ""),
        ("Linn County", ""),
        ("Hessen", ""),
        ("", ""),
    ],
)
def test_level_of_a_text_in_brackets(text: str, levels: str) -> None:
    assert level_of(fold(text)) == tuple(levels.split())


@given(queries)
def test_strip_words_keeps_a_part_of_the_text(folded: str) -> None:
    stripped = strip_words(folded)
    assert stripped.name in folded
    assert bool(stripped.name) == bool(folded)
    assert (stripped.name == folded) == (stripped.phrases == ())
    assert len(stripped.name) + sum(map(len, stripped.phrases)) <= len(folded)


@given(queries)
def test_strip_words_again_changes_nothing(folded: str) -> None:
    stripped = strip_words(folded)
    if len(stripped.phrases) < 6:
        assert strip_words(stripped.name) == words.Stripped(stripped.name, (), ())


@given(queries)
def test_strip_words_tells_known_levels_once(folded: str) -> None:
    levels = strip_words(folded).levels
    assert len(levels) == len(set(levels))
    assert set(levels) <= set(LEVELS) - {""}
