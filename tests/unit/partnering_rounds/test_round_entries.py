"""Lines to entries: every column read, every mistake told with its line."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.partnering.rounds.entries import Promise, class_word, items, read_entries
from mistok.partnering.rounds.file import Line, Lines
from mistok.partnering.rounds.lifecycle import Side


def read(*rows):
    lines = Lines(lines=[Line(number, row) for number, row in enumerate(rows, start=2)])
    return read_entries(lines)


def one(**cells):
    """The only entry of a file with one line, sound but for these cells; its code when refused."""
    entries = read({"role": "seeker", "key": "geonames:1"} | cells)
    found = entries.entries + entries.promises + [row.code for row in entries.lines.aside]
    assert len(found) == 1
    return found[0]


def test_every_column_is_read():
    entry = one(
        role="Пропонує",
        key="geonames:2935517",
        capacity="3",
        classes="Front line, rural | front-line;everyone",
        wishes_countries="ua;pl",
        excludes="DE; iso:fr, geonames:5",
        since="2022-05-17",
        anonymous="так",
    )
    assert entry.side is Side.OFFERER
    assert (entry.key, entry.capacity, entry.named) == ("geonames:2935517", 3, False)
    assert entry.classes == {"front_line", "rural"}
    assert entry.wishes == {"UA", "PL"}
    assert (entry.excluded_countries, entry.excluded_keys) == ({"DE", "FR"}, {"geonames:5"})
    assert entry.since == dt.date(2022, 5, 17)


def test_columns_left_empty_have_their_defaults():
    entry = one(key="", name="Bucha", country="ua")
    assert (entry.name, entry.country, entry.capacity, entry.named) == ("Bucha", "UA", 1, True)
    assert (entry.since, entry.classes, entry.wishes) == (None, frozenset(), frozenset())


@pytest.mark.parametrize("text", ["2022-05-17", "17.05.2022", "17.5.2022"])
def test_days_are_read_as_people_write_them(text):
    assert one(since=text).since == dt.date(2022, 5, 17)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"role": "looker"}, "role_unknown"),
        ({"role": ""}, "role_unknown"),
        ({"key": ""}, "municipality_missing"),
        ({"key": "Bucha"}, "key_malformed"),
        ({"country": "Ukraine"}, "country_unknown"),
        ({"capacity": "-1"}, "number_malformed"),
        ({"capacity": "two"}, "number_malformed"),
        ({"capacity": "1.5"}, "number_malformed"),
        ({"capacity": "1001"}, "capacity_out_of_range"),
        ({"wishes_countries": "Poland"}, "country_unknown"),
        ({"excludes": "Smolensk"}, "key_malformed"),
        ({"since": "2022"}, "date_malformed"),
        ({"since": "2022-02-30"}, "date_malformed"),
        ({"since": "30.02.2022"}, "date_malformed"),
        ({"anonymous": "perhaps"}, "yes_or_no"),
        ({"role": "floor", "classes": "rural"}, "floor_incomplete"),
        ({"role": "floor", "at_least": "1"}, "floor_incomplete"),
        ({"role": "floor", "classes": "a;b", "at_least": "1"}, "floor_incomplete"),
        ({"role": "floor", "classes": "a", "at_least": "1", "share": "1"}, "floor_incomplete"),
        ({"role": "floor", "classes": "a", "at_least": "many"}, "number_malformed"),
        ({"role": "floor", "classes": "a", "share": "80"}, "share_malformed"),
        ({"role": "floor", "classes": "a", "share": "most"}, "share_malformed"),
    ],
)
def test_cell_that_means_nothing_is_told(cells, code):
    assert one(**cells) == code


def test_capacity_of_a_spreadsheet_is_a_whole_number():
    assert (one(capacity="2.0").capacity, one(capacity="0").capacity) == (2, 0)


@pytest.mark.parametrize("text", ["0.8", "0,8", "80%", "80 %", "80.0%"])
def test_share_is_read_as_number_and_percentage(text):
    assert one(role="floor", classes="rural", share=text).share == pytest.approx(0.8)


def test_second_floor_for_a_class_is_told_and_the_first_stands():
    first = {"role": "floor", "classes": "Front line", "at_least": "3"}
    entries = read(first, {"role": "мінімум", "classes": "front_line", "at_least": "5"})
    assert entries.promises == [Promise(Line(2, first), "front_line", 3, None)]
    assert [(row.line, row.code) for row in entries.lines.aside] == [(3, "floor_twice")]


@given(st.text(max_size=40))
def test_class_word_is_the_same_when_taken_twice(text):
    assert class_word(class_word(text)) == class_word(text)


@given(st.lists(st.sampled_from(["rural", "x y", "DE"])), st.sampled_from(";,|"))
def test_lists_in_a_cell_are_read_with_any_sign_between(words, sign):
    assert items(sign.join(words)) == words


COLUMNS = (
    "role key name country capacity classes wishes_countries excludes since anonymous "
    "at_least share"
).split()
WORDS = st.sampled_from(["seeker", "floor", "geonames:1", "rural", "1", "DE", "", "yes", "x;y"])


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), WORDS | st.text(max_size=9)), max_size=6))
def test_every_line_becomes_an_entry_a_floor_or_a_sentence(rows):
    read_in = read(*rows)
    taken = len(read_in.entries) + len(read_in.promises)
    assert taken + len(read_in.lines.aside) == len(rows)
