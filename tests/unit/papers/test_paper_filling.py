"""What may be filled in: each refusal names the slot by its label and says what to do."""

import datetime
from decimal import Decimal

import pytest
from paper_fillings import example

from mistok.kernel.errors import Invalid
from mistok.papers import compose, template
from mistok.papers.filling import LONGEST, MOST_ITEMS, filled

PAIR = ("uk", "de")


def refusal(changes, languages=PAIR, kind="agreement"):
    with pytest.raises(Invalid) as caught:
        compose(kind, languages, example(kind) | changes)
    assert str(caught.value).endswith((".", "!"))
    return caught.value


def words(changes, name, languages=PAIR, kind="agreement"):
    slots = example(kind) | changes
    return filled(template(kind), languages, slots).words[name]


EMPTY = [None, "", "  ", [], {}, {"uk": "", "de": " "}, [{"name": {"uk": ""}}]]


@pytest.mark.parametrize("value", EMPTY)
def test_required_slot_left_empty_is_refused_by_its_label(value):
    found = refusal({"parties": value})
    assert found.code == "slot_missing"
    assert "“Parties” (Draft partnership agreement) is empty" in str(found)
    assert found.details["label"] == {"en": "Parties", "uk": "Сторони"}
    assert found.details["slot"] == "parties"


def test_required_slot_not_given_at_all_is_refused():
    slots = example("agreement")
    del slots["kind_of_tie"]
    with pytest.raises(Invalid, match="Kind of tie") as caught:
        compose("agreement", PAIR, slots)
    assert caught.value.code == "slot_missing"


@pytest.mark.parametrize("name", ["kind_of_tie", "place"])
def test_text_missing_in_one_language_of_the_paper_is_refused(name):
    found = refusal({name: {"uk": "солідарне партнерство"}})
    assert found.code == "slot_missing"
    assert found.details["language"] == "de"


def test_text_in_languages_beyond_those_of_the_paper_is_passed_over():
    slot = {"uk": "онлайн", "de": "online", "fr": "en ligne"}
    assert words({"place": slot}, "place") == ("онлайн", "online")


def test_text_in_a_language_that_papers_do_not_know_is_refused():
    found = refusal({"place": {"uk": "а", "de": "b", "ru": "c"}})
    assert found.code == "language_unknown"
    assert found.details["language"] == "ru"
    assert found.details["slot"] == "place"


def test_one_text_for_two_languages_is_refused_where_they_differ():
    assert refusal({"place": "Житомир"}).code == "slot_wrong"


def test_one_text_is_enough_for_a_paper_in_one_language():
    slots = example("agreement") | {"place": "Житомир"}
    assert filled(template("agreement"), ["uk"], slots).words["place"] == ("Житомир",)


@pytest.mark.parametrize("name", ["colour", "Parties", ""])
def test_slot_that_the_paper_does_not_have_is_refused(name):
    found = refusal({name: "x"})
    assert found.code == "slot_unknown"
    assert found.details["slot"] == name


def test_field_that_the_rows_do_not_have_is_refused_with_its_row():
    party = example("agreement")["parties"][0]
    found = refusal({"parties": [party, party | {"motto": "x"}]})
    assert found.code == "slot_unknown"
    assert (found.details["row"], found.details["field"]) == (2, "motto")


def test_required_field_left_empty_is_refused_with_row_and_labels():
    party = example("agreement")["parties"][0]
    found = refusal({"parties": [party, party | {"seat": None}]})
    assert found.code == "slot_missing"
    assert found.details["label"]["uk"] == "Сторони 2, Місцезнаходження (офіційна адреса)"


def test_agreement_of_one_party_is_refused():
    party = example("agreement")["parties"][0]
    found = refusal({"parties": [party, {"name": {"uk": ""}}]})
    assert found.code == "slot_wrong"
    assert "needs 2 lines at least" in str(found)


WRONG = [
    ("date", "22.11.2026", "a day such as"),
    ("date", "2026-02-30", "a day such as"),
    ("copies", "four", "a number in digits"),
    ("copies", True, "a number in digits"),
    ("copies", 1.5, "a number in digits"),
    ("copies", "1e9", "a number in digits"),
    ("parties", "Zhytomyr and Dortmund", "must be a list"),
    ("parties", [["Zhytomyr"], ["Dortmund"]], "named fields in each row"),
    ("areas", [{"uk": "а", "de": "b"}] * (MOST_ITEMS + 1), "lines at most"),
    ("place", {"uk": 5, "de": "b"}, "must be a text"),
    ("place", {"uk": "\u202e\u200b", "de": "b"}, "can be printed"),
    ("place", {"uk": "а" * (LONGEST["words"] + 1), "de": "b"}, "characters at most"),
]


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_value_of_the_wrong_kind_is_refused(name, value, sentence):
    found = refusal({name: value})
    assert found.code == "slot_wrong"
    assert sentence in str(found)


MONEY = [
    ("20000", "amount with its currency"),
    ({"amount": 5}, "amount with its currency"),
    ({"amount": 5, "currency": "EURO"}, "currency by its code"),
    ({"amount": "5.001", "currency": "EUR"}, "two decimals"),
    ({"amount": 5.5, "currency": "EUR"}, "number in digits"),
]


@pytest.mark.parametrize(("value", "sentence"), MONEY)
def test_money_of_the_wrong_kind_is_refused(value, sentence):
    found = refusal({"cost": value}, kind="draft_resolution")
    assert found.code == "slot_wrong"
    assert sentence in str(found)


def test_money_without_amount_is_empty():
    empty = {"cost": {"amount": "", "currency": "EUR"}}
    slots = example("draft_resolution") | empty
    assert not filled(template("draft_resolution"), PAIR, slots).has("cost")


@pytest.mark.parametrize("value", ["2026-11-22", " 2026-11-22 ", datetime.date(2026, 11, 22)])
def test_day_is_taken_as_words_or_as_a_date(value):
    assert words({"date": value}, "date")[1] == "22.\u00a0November 2026"


@pytest.mark.parametrize("value", [4, "4", Decimal(4)])
def test_number_is_taken_as_digits_or_as_a_number(value):
    assert words({"copies": value}, "copies") == ("4", "4")


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("  Житомир \t і  Київ ", "Житомир і Київ"),
        ("Жито\u00adмир\ufeff", "Житомир"),
        ("Ки\u0438\u0306в", "Кийв"),
        ("Дор\u202eтмунд\x00\x07", "Дортмунд"),
        ("рядок\r\nдругий\x0bтретій", "рядок другий третій"),
    ],
)
def test_signs_that_a_paper_cannot_hold_are_taken_out(told, kept):
    assert words({"place": {"uk": told, "de": "x"}}, "place")[0] == kept


def test_text_keeps_its_paragraphs_and_lines():
    told = {"uk": "Один.\r\n\r\n\r\n\r\n  Два.\nТри.  ", "de": "x"}
    slots = example("draft_resolution") | {"finance": told}
    found = filled(template("draft_resolution"), PAIR, slots).words["finance"]
    assert found == ("Один.\n\nДва.\nТри.", "x")


def test_empty_rows_and_items_are_passed_over():
    slots = example("agreement")
    slots["areas"] += [None, {"uk": "", "de": ""}]
    slots["units"] += [{"mail": ""}]
    found = filled(template("agreement"), PAIR, slots)
    assert (len(found.lists["areas"]), len(found.rows["units"])) == (3, 2)
