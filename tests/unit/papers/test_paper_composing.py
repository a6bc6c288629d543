"""How a paper is put together: what is left out, how it is numbered, how lists are stopped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_fillings import example, shown, squashed

from mistok.kernel.errors import Invalid
from mistok.papers import compose
from mistok.papers.composing import paragraphs, written

PAIR = ("uk", "de")


def texts(paper, block, place=0):
    return [
        piece.texts[place].replace("\u00a0", " ") for piece in paper.pieces if piece.block == block
    ]


def without(kind, *names):
    return {name: value for name, value in example(kind).items() if name not in names}


@pytest.mark.parametrize("language", ["ru", "UK", "xx", ""])
def test_language_that_papers_are_not_made_in_is_refused(language):
    with pytest.raises(Invalid) as caught:
        compose("agreement", ("uk", language), example("agreement"))
    assert caught.value.code == "language_unknown"


@pytest.mark.parametrize("languages", [(), ("uk", "uk"), ("uk", "en", "de", "pl")])
def test_too_many_languages_none_or_one_twice_are_refused(languages):
    with pytest.raises(Invalid) as caught:
        compose("agreement", languages, example("agreement"))
    assert caught.value.code == "languages_wrong"


def test_clauses_are_numbered_under_their_headings_without_gaps():
    paper = compose("agreement", PAIR, without("agreement", "decisions", "duties", "replaces"))
    heading, clause = 0, 0
    for piece in paper.pieces:
        if piece.block == "heading":
            heading, clause = heading + 1, 0
            assert piece.number == f"{heading}."
        if piece.block == "clause":
            clause += 1
            assert piece.number == f"{heading}.{clause}."
    assert heading == 12


def test_clauses_under_a_plain_heading_are_counted_from_one():
    paper = compose("draft_resolution", PAIR, example("draft_resolution"))
    numbers = [piece.number for piece in paper.pieces if piece.block == "clause"]
    assert numbers == [f"{number}." for number in range(1, len(numbers) + 1)]


def test_empty_optional_slot_leaves_its_sentence_out():
    full = compose("agreement", PAIR, example("agreement"))
    less = compose("agreement", PAIR, without("agreement", "review_date"))
    assert len(full.pieces) == len(less.pieces) + 1
    assert any("Bis zum 30. Juni 2029" in text for text in texts(full, "clause", 1))
    assert not any("werten die Parteien" in text for text in texts(less, "clause", 1))


def test_empty_optional_part_leaves_only_itself_out():
    paper = compose("letter_of_intent", PAIR, without("letter_of_intent", "valid_until"))
    clause = next(text for text in texts(paper, "clause") if text.startswith("Лист діє"))
    assert "угодою про партнерство. Кожна" in clause


def test_clause_gives_way_to_the_slot_that_is_filled():
    dated = texts(compose("agreement", PAIR, example("agreement")), "clause", 1)
    open_ended = texts(compose("agreement", PAIR, without("agreement", "valid_until")), "clause", 1)
    assert "Dieser Vertrag gilt bis zum 31. Dezember 2031." in dated
    assert "Dieser Vertrag wird auf unbestimmte Zeit geschlossen." in open_ended
    assert not set(dated) & {"Dieser Vertrag wird auf unbestimmte Zeit geschlossen."}


def test_equal_force_is_told_only_where_there_are_several_texts():
    pair = compose("agreement", PAIR, example("agreement"))
    single = compose("agreement", ["uk"], example("agreement"))
    assert any("однакову силу" in text for text in texts(pair, "clause"))
    assert texts(single, "clause")[-1].startswith("Угоду складено українською мовою.")


def test_paper_in_three_languages_lies_on_its_side():
    paper = compose("agreement", ("uk", "de", "fr"), example("agreement"))
    assert paper.landscape
    assert all(len(piece.texts) in (0, 3) for piece in paper.pieces)
    assert any(
        "en ukrainien, en allemand et en français" in text for text in texts(paper, "clause", 2)
    )


def test_agreement_of_four_parties_names_and_signs_all():
    slots = example("agreement")
    names = ["Charkiw", "Straßburg", "Kehl", "Eurométropole"]
    slots["parties"] = [slots["parties"][1] | {"name": {"uk": name, "de": name}} for name in names]
    paper = compose("agreement", PAIR, slots)
    hands = next(piece for piece in paper.pieces if piece.block == "signatures")
    assert [above[0].split("\n")[0] for above, _ in hands.cells] == names


def test_list_items_are_stopped_and_the_last_ends_the_sentence():
    items = texts(
        compose("letter_of_introduction", PAIR, example("letter_of_introduction")), "list"
    )
    assert items[0].endswith(";")
    assert items[1].endswith(".")


def test_last_item_has_a_comma_where_the_sentence_goes_on():
    items = texts(compose("agreement", PAIR, example("agreement")), "list")
    assert items[1].endswith(",")
    assert items[3].endswith(",")


def test_french_semicolon_has_its_blank():
    items = texts(compose("agreement", ["fr"], example("agreement")), "list")
    assert items[0].endswith(" ;")


def test_polish_date_before_a_stop_does_not_double_it():
    told = texts(compose("agreement", ("uk", "pl"), example("agreement")), "clause", 1)
    assert any(text.endswith("31 grudnia 2031 r.") for text in told)
    assert not any("r.." in text for text in told)


def test_polish_item_that_ends_in_a_date_has_its_semicolon():
    slots = example("agreement")
    slots["decisions"] = [row | {"number": "", "article": ""} for row in slots["decisions"]]
    paper = compose("agreement", ["pl", "uk"], slots)
    ends = [text for text in texts(paper, "list") if "z dnia" in text and text.startswith("Miasto")]
    assert ends[-2].endswith("r.;")
    assert ends[-1].endswith(" r.")
    assert not any(text.endswith(";;") for text in texts(paper, "list", 1))


def test_sign_of_a_number_is_each_language_s_own_and_the_number_is_quoted():
    slots = example("agreement")
    slots["grounds"] = [slots["grounds"][0] | {"number": "№ 123/45-ВР", "article": ""}]
    languages = ["uk", "de", "fr"]
    paper = compose("agreement", languages, slots)
    for place, sign in enumerate(("№", "Nr.", "n°")):
        (told,) = (text for text in texts(paper, "list", place) if "123/45" in text)
        assert told.endswith(f" {sign} 123/45-ВР.")
        assert told.count("№") == (place == 0)
    letter = compose(
        "covering_letter", ["en"], example("covering_letter") | {"number": "№ 02-14/318"}
    )
    assert any(text.startswith("No. 02-14/318") for text in texts(letter, "meta"))


def test_letter_goes_on_as_its_salutation_asks_for():
    slots = example("letter_of_introduction")
    for stop, begins in (("!", "Дозвольте"), (",", "дозвольте")):
        greeted = slots["salutation"] | {"uk": f"Шановний пане{stop}"}
        paper = compose("letter_of_introduction", ["uk", "de"], slots | {"salutation": greeted})
        greeting, first, *_rest = texts(paper, "paragraph")
        assert greeting.endswith(stop)
        assert first.startswith(begins)
        assert texts(paper, "paragraph", 1)[1].startswith("gestatten")


def test_column_that_is_empty_in_every_row_is_left_out_and_single_cells_have_a_dash():
    slots = example("draft_resolution")
    tables = [
        piece for piece in compose("draft_resolution", PAIR, slots).pieces if piece.block == "table"
    ]
    assert len(tables[0].cells[0]) == 3
    assert tables[0].cells[2][2] == ("—", "—")
    for row in slots["bodies"]:
        row.pop("date", None)
    tables = [
        piece for piece in compose("draft_resolution", PAIR, slots).pieces if piece.block == "table"
    ]
    assert len(tables[0].cells[0]) == 2


def test_paragraphs_of_a_long_text_stand_pair_by_pair():
    paper = compose("draft_resolution", PAIR, example("draft_resolution"))
    found = [p for p in paper.pieces if p.block == "paragraph" and "Житомир" in p.texts[0]]
    assert [squashed(piece.texts[1])[:10] for piece in found] == ["DieStadtSc", "BeideStädt"]


def test_paragraphs_that_do_not_match_stay_in_one_pair():
    assert paragraphs(("а\n\nб", "a")) == [("а\n\nб", "a")]
    assert paragraphs(("а\n\nб", "a\n\nb")) == [("а", "a"), ("б", "b")]


def test_office_in_the_head_is_one_line():
    assert compose("agreement", PAIR, example("agreement"), office=" A\n B ").office == "A B"


def test_text_of_people_is_never_read_as_a_placeholder():
    told = {"uk": "{date} [[x]] {nobody}", "de": "{0} %s ${x}"}
    paper = compose("agreement", PAIR, example("agreement") | {"kind_of_tie": told})
    clause = next(piece for piece in paper.pieces if piece.block == "clause")
    assert "{date} [[x]] {nobody}" in clause.texts[0]
    assert "{0} %s ${x}" in clause.texts[1]


@given(st.text(alphabet="ab {}[]._", max_size=30), st.text(min_size=1, max_size=10))
def test_written_puts_words_in_once_and_only_in_place(text, word):
    # Words that look like placeholders are left as they are: there is one pass.
    shown_text = written("<{name}>" + text.replace("{", "").replace("[", ""), lambda *_: word)
    assert shown_text is not None
    assert shown_text.startswith(f"<{word}>")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("до {day}.", "до 5 r."),
        ("[[до {day}]].", "до 5 r."),
        ("[[{none} ]]so", "so"),
        ("so {none}", None),
        ("", ""),
    ],
)
def test_written_leaves_out_what_is_empty_and_doubles_no_stop(text, told):
    values = {"day": "5 r.", "none": ""}
    assert written(text, lambda name, _: values[name]) == told


def test_same_slots_compose_to_equal_papers():
    first = compose("agreement", PAIR, example("agreement"), office="A")
    assert first == compose("agreement", PAIR, example("agreement"), office="A")
    assert shown(first) != shown(compose("agreement", ("de", "uk"), example("agreement")))
