"""Every template in every pair of languages: composes, and shows all that was filled in."""

import json

import pytest
from paper_fillings import (
    PAIRS,
    alternatives,
    example,
    in_turn,
    made_up,
    pdf_text,
    shown,
    squashed,
    tokens,
)

from mistok.kernel.errors import NotFound, Unavailable
from mistok.papers import LANGUAGES, compose, kinds, slots_of, template, to_pdf
from mistok.papers.templates import FOLDER, load

MARKS = ("{", "}", "[[", "]]", "___")


@pytest.mark.parametrize("kind", kinds())
def test_template_file_keeps_the_format(kind):
    assert load(FOLDER / f"{kind}.json") == template(kind, 1)


@pytest.mark.parametrize("kind", kinds())
def test_paper_in_every_ordered_pair_shows_every_slot_in_both_languages(kind):
    first, second = alternatives(kind)
    for pair in PAIRS:
        told = "".join(shown(compose(kind, pair, first)) + shown(compose(kind, pair, second)))
        assert {token for token in tokens(first, pair) if token not in told} == set()
        assert not any(mark in told for mark in MARKS)


@pytest.mark.parametrize("kind", kinds())
def test_paper_of_required_slots_alone_shows_them_and_nothing_empty(kind):
    slots = made_up(kind, all_slots=False)
    for pair in PAIRS:
        paper = compose(kind, pair, slots)
        told = "".join(shown(paper))
        assert {token for token in tokens(slots, pair) if token not in told} == set()
        assert not any(mark in told for mark in MARKS)
        assert all(text.strip() for piece in paper.pieces for text in piece.texts)


def test_pdfs_are_looked_at_in_every_ordered_pair_and_every_language_on_each_side():
    looked_at = in_turn(kinds())
    assert {pair for _kind, pair in looked_at} == set(PAIRS)
    for side in (0, 1):
        seen = {(kind, pair[side]) for kind, pair in looked_at}
        assert seen == {(kind, language) for kind in kinds() for language in LANGUAGES}


@pytest.mark.parametrize(("kind", "pair"), in_turn(kinds()))
def test_pdf_of_a_pair_shows_what_was_composed(kind, pair):
    slots = made_up(kind)
    paper = compose(kind, pair, slots)
    composed, told = "".join(shown(paper)), pdf_text(to_pdf(paper))
    titles = [text for piece in paper.pieces if piece.block == "title" for text in piece.texts]
    assert titles
    assert all(squashed(title) in told for title in titles)
    wanted = {token for token in tokens(slots, pair) if token in composed}
    assert {token for token in wanted if token not in told} == set()
    assert not any(mark in told for mark in MARKS)


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_in_one_language_composes_from_an_example(kind, language):
    paper = compose(kind, [language], example(kind))
    told = "".join(shown(paper))
    assert len(told) > 500
    assert all(len(piece.texts) <= 1 for piece in paper.pieces)
    assert not any(mark in told for mark in MARKS)


@pytest.mark.parametrize("kind", kinds())
def test_languages_of_one_template_differ(kind):
    # A text that stands untranslated in two languages, but for names and bare slots.
    for block in template(kind).blocks:
        for left, right in PAIRS:
            same = block.text and block.text[left] == block.text[right]
            words = [word for word in block.text.get(left, "").split() if "{" not in word]
            assert not (same and len(words) > 3), (block.text[left], left, right)


@pytest.mark.parametrize("kind", kinds())
def test_slots_are_labelled_for_forms_in_english_and_ukrainian(kind):
    for slot in slots_of(kind):
        assert set(slot.label) == set(slot.help) == {"en", "uk"}
        assert not set(slot.label["en"]) & set("абвгґіїєщ")
        assert set(slot.label["uk"].lower()) & set("абвгдежзиіїйклмнопрстуфхцчшщьюя")


def test_kind_unknown_is_refused_with_the_kinds_there_are():
    with pytest.raises(NotFound, match="agreement") as caught:
        template("love_letter")
    assert caught.value.code == "paper_unknown"


def test_version_unknown_is_refused():
    with pytest.raises(NotFound, match="version 99") as caught:
        slots_of("agreement", 99)
    assert caught.value.details == {"kind": "agreement", "version": 99}


def test_file_that_is_no_json_is_refused_by_name(tmp_path):
    path = tmp_path / "agreement.json"
    path.write_text("{")
    with pytest.raises(Unavailable, match=r"agreement\.json") as caught:
        load(path)
    assert caught.value.code == "paper_template_broken"


def test_file_against_the_format_is_refused_with_every_problem(tmp_path):
    path = tmp_path / "agreement.2.json"
    data = json.loads((FOLDER / "agreement.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"version": 0, "binding": "holy"}))
    with pytest.raises(Unavailable) as caught:
        load(path)
    assert len(caught.value.details["problems"]) == 2


def test_file_of_a_later_version_is_loaded_under_its_kind(tmp_path):
    path = tmp_path / "agreement.2.json"
    data = json.loads((FOLDER / "agreement.json").read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"version": 2}))
    assert (load(path).kind, load(path).version) == ("agreement", 2)
