"""Eight papers in every pair of languages: the words, the PDF, the DOCX, and what each must say."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from paper_fillings import in_turn

from mistok.kernel.errors import Invalid
from mistok.papers import LANGUAGES, Paper, compose, slots_of, to_docx, to_pdf
from mistok.papers.wording import day_in_words, money_in_words, number_in_words

KINDS = (
    "covering_letter",
    "action_plan",
    "yearly_report",
    "evaluation",
    "suspension_notice",
    "termination_notice",
    "termination_resolution",
    "thank_you_letter",
)
PAIRS = tuple(combinations(LANGUAGES, 2))
EXAMPLES = Path(__file__).parent / "examples"
# What PDF and DOCX may do to a word: blanks, breaks and hyphens of many kinds.
_LOOSE = re.compile("[\\s\u00ad\u200b\u2010\ufffe\x02-]+")

every_kind = pytest.mark.parametrize("kind", KINDS)
every_pair = pytest.mark.parametrize("pair", PAIRS, ids="-".join)
every_kind_in_turn = pytest.mark.parametrize(("kind", "pair"), in_turn(KINDS))


@cache
def example(kind: str) -> dict[str, Any]:
    """What somebody filled in, in all five languages. Do not change it: take `changed`.

    The cases are known ones; names of people, and days and numbers that no source tells, are made
    up.
    """
    loaded: dict[str, Any] = json.loads((EXAMPLES / f"{kind}.json").read_text("utf-8"))
    return loaded


def changed(kind: str, *, without: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    kept = {name: value for name, value in example(kind).items() if name not in without}
    return kept | more


def everywhere(words: str) -> dict[str, str]:
    return {language: f"{words} ({language})" for language in LANGUAGES}


def said(kind: str, value: Any, language: str) -> str:
    """One value of an example as the paper has it in that language."""
    if kind == "date":
        return day_in_words(date.fromisoformat(value), language)
    if kind == "number":
        return number_in_words(Decimal(str(value)), language)
    if kind == "money":
        return money_in_words(Decimal(value["amount"]), value["currency"], language)
    return str(value[language] if isinstance(value, dict) else value)


def values(kind: str, slots: dict[str, Any], language: str) -> Iterator[str]:
    """Everything that was filled in, in one language."""
    for slot in slots_of(kind):
        held = slots.get(slot.name, [])
        if slot.type == "rows":
            for row in held:
                yield from (said(slot.field(f).type, row[f], language) for f in row)
        else:
            each = held if isinstance(held, list) else [held]
            yield from (said(slot.type, item, language) for item in each)


def texts_of(paper: Paper) -> list[str]:
    found = []
    for piece in paper.pieces:
        found += [piece.number, *piece.texts, *(t for row in piece.cells for c in row for t in c)]
    return found


def words_of(paper: Paper) -> str:
    """All that stands on the paper, for a search that minds every sign but blanks."""
    return " ".join(" ".join(texts_of(paper)).split())


def loose(text: str) -> str:
    return _LOOSE.sub("", text)


def pdf_text(paper: Paper) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(to_pdf(paper))
    return "".join(page.get_textpage().get_text_range() for page in document), len(document)


def docx_text(paper: Paper) -> str:
    document = docx.Document(io.BytesIO(to_docx(paper)))
    return "".join(document.element.body.itertext())


@every_kind
def test_example_fills_every_slot_but_the_contrary_ones(kind: str) -> None:
    contrary = {
        "evaluation": {"extend_until", "changes", "expires_on", "ends_on"},
        "termination_resolution": {"official"},
    }
    left = {slot.name for slot in slots_of(kind)} - set(example(kind))
    assert left == contrary.get(kind, set())


@every_kind
@every_pair
def test_paper_composed_says_all_that_was_filled_in(kind: str, pair: tuple[str, str]) -> None:
    paper = compose(kind, pair, example(kind))
    words = words_of(paper)
    for language in pair:
        for value in values(kind, example(kind), language):
            for line in value.split("\n\n"):
                assert " ".join(line.split()).rstrip(".") in words
    assert not re.search(r"[{}]|\[\[|\]\]|\.\.(?!\.)|,\.|\( ?\)", words)


@every_kind_in_turn
def test_paper_as_pdf_holds_both_languages_and_no_brace(kind: str, pair: tuple[str, str]) -> None:
    text, pages = pdf_text(compose(kind, pair, example(kind)))
    assert not re.search(r"[{}]|\[\[|\]\]", text)
    squeezed = loose(text)
    for language in pair:
        words = {w for v in values(kind, example(kind), language) for w in v.split()}
        missing = [word for word in words if loose(word) not in squeezed]
        # A word that is hyphenated over the end of a page is torn; one in each column at most.
        assert len(missing) <= pages - 1, missing


@every_kind_in_turn
def test_paper_as_docx_holds_both_languages_and_no_brace(kind: str, pair: tuple[str, str]) -> None:
    text = docx_text(compose(kind, pair, example(kind)))
    assert not re.search(r"[{}]|\[\[|\]\]", text)
    squeezed = loose(text)
    for language in pair:
        for value in values(kind, example(kind), language):
            for line in value.split("\n\n"):
                assert loose(line).rstrip(".") in squeezed


@every_kind
@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_with_needed_slots_only_has_no_gap(kind: str, language: str) -> None:
    needed = {slot.name for slot in slots_of(kind) if slot.required}
    slots = {name: value for name, value in example(kind).items() if name in needed}
    paper = compose(kind, (language,), slots)
    words = words_of(paper)
    assert not re.search(r"[{}]|\[\[|: ?[.;]|\( ?\)|, ?[.;,]", words)
    for piece, after in zip(paper.pieces, paper.pieces[1:], strict=False):
        if piece.block in ("heading", "annex"):
            assert after.block not in ("heading", "annex", "signatures"), piece.texts
        if piece.block != "list" and piece.texts and piece.texts[0].endswith(":"):
            assert after.block in ("list", "clause"), piece.texts


@every_kind
def test_paper_without_a_needed_slot_is_refused_and_names_it(kind: str) -> None:
    for slot in slots_of(kind):
        if slot.required:
            with pytest.raises(Invalid) as refused:
                compose(kind, ("uk", "de"), changed(kind, without=(slot.name,)))
            assert refused.value.code == "slot_missing"
            assert refused.value.details["slot"] == slot.name


@every_kind
def test_paper_asks_for_no_stores_routes_or_vehicles(kind: str) -> None:
    asked = [slot.label["en"] for slot in slots_of(kind)]
    asked += [field.label["en"] for slot in slots_of(kind) for field in slot.fields]
    names = [slot.name for slot in slots_of(kind)]
    names += [field.name for slot in slots_of(kind) for field in slot.fields]
    dangerous = r"store|warehouse|route|plate|driver|vehicle|coordinates|unload|crossing"
    assert [told for told in (*asked, *names) if re.search(dangerous, told, re.IGNORECASE)] == []
    addresses = {told for told in asked if "address" in told.lower()}
    assert addresses <= {
        "Official address of the authority",
        "Office of the addressee",
        "Name of the addressee",
        "Address of the addressee",
        "Addressee, if not the usual one",
    }


def test_covering_letter_goes_to_the_ministry_unless_told() -> None:
    slots = changed("covering_letter", without=("addressee_office",))
    usual = words_of(compose("covering_letter", ("uk",), slots))
    assert "Міністерство розвитку громад та територій України" in usual
    other = changed("covering_letter", addressee_office=everywhere("Other office"))
    words = words_of(compose("covering_letter", ("uk",), other))
    assert "Other office (uk)" in words
    assert "Міністерство розвитку" not in words


def test_covering_letter_cites_the_law_and_the_order_of_registration() -> None:
    words = words_of(compose("covering_letter", ("uk", "en"), example("covering_letter")))
    assert "Закону України від 24 квітня 2024 року № 3668-IX" in words
    assert "Resolution No. 357 of the Cabinet of Ministers of Ukraine of 28 March 2025" in words


def test_action_plan_shows_each_measure_with_owners_dates_and_indicator() -> None:
    tables = [p for p in compose("action_plan", ("en",), example("action_plan")).pieces if p.cells]
    measures, indicators, money = tables[0], tables[1], tables[2]
    assert [len(table.cells) for table in (measures, indicators, money)] == [4, 4, 4]
    assert [cell[0] for cell in measures.cells[1]] == [
        "1",
        "exchange between the water utilities on cutting losses",
        "municipal utilities",
        "Zhytomyrvodokanal",
        "Dortmund water utility",
        day_in_words(date(2027, 2, 1), "en"),
        day_in_words(date(2027, 10, 31), "en"),
    ]
    assert indicators.cells[2][3] == ("40 pupils",)


def test_yearly_report_without_aid_and_money_says_so() -> None:
    slots = changed("yearly_report", without=("aid", "money"))
    words = words_of(compose("yearly_report", ("uk", "en"), slots))
    assert "У звітному році допомоги не надходило." in words
    assert "No aid was received in the year under report." in words
    assert "The Parties spent no separate money" in words
    full = words_of(compose("yearly_report", ("uk", "en"), example("yearly_report")))
    assert "No aid was received" not in full
    assert "spent no separate money" not in full


def test_evaluation_has_the_five_criteria_in_order() -> None:
    pieces = compose("evaluation", ("en",), example("evaluation")).pieces
    headings = [f"{p.number} {p.texts[0]}" for p in pieces if p.block == "heading"]
    assert headings == [
        "1. Mutual benefit",
        "2. Activity",
        "3. Citizens involved",
        "4. Cost",
        "5. Results",
        "6. Conclusion",
    ]


@pytest.mark.parametrize(
    ("slot", "value", "sentence"),
    [
        ("extend_until", "2028-06-30", "to extend the partnership until"),
        ("upgrade_to", everywhere("twinning"), "to move to a closer kind of tie: twinning (en)."),
        ("changes", [everywhere("new field")], "The following changes are proposed:"),
        ("expires_on", "2027-06-30", "no extension is proposed"),
        ("ends_on", "2027-07-01", "to end the partnership with effect from"),
    ],
)
def test_evaluation_proposes_the_outcome_told_and_no_other(
    slot: str, value: Any, sentence: str
) -> None:
    outcomes = {
        "extend the partnership until",
        "move to a closer kind",
        "following changes are proposed",
        "no extension is proposed",
        "end the partnership with effect",
    }
    slots = changed("evaluation", without=("upgrade_to",), **{slot: value})
    words = words_of(compose("evaluation", ("en",), slots))
    assert sentence in words
    assert len([other for other in outcomes if other in words]) == 1


def test_suspension_notice_says_that_it_is_no_termination_and_when_it_is_reviewed() -> None:
    words = words_of(compose("suspension_notice", ("uk", "en"), example("suspension_notice")))
    assert "Зупинення не є припиненням" in words
    assert "Suspension is not termination" in words
    assert "no later than 1 October 2026" in words


def test_termination_notice_of_two_parties_is_silent_on_others() -> None:
    slots = changed("termination_notice", without=("other_parties",))
    words = words_of(compose("termination_notice", ("en",), slots))
    assert "only our participation ends" not in words
    full = words_of(compose("termination_notice", ("en",), example("termination_notice")))
    assert "only our participation ends" in full
    assert "No. 02-03/72" in full


def test_termination_resolution_ends_five_ties_in_one_act() -> None:
    kind = "termination_resolution"
    paper = compose(kind, ("uk", "en"), example(kind))
    words = words_of(paper)
    assert "Харківська міська рада ВИРІШИЛА:" in words
    for place in ("Belgorod", "Moscow", "Nizhny Novgorod", "Novosibirsk", "Saint Petersburg"):
        assert f"{place} (Russian Federation)" in words
    assert "a paper with other parties (Minsk): participation in it ends" in words
    numbers = [piece.number for piece in paper.pieces if piece.block == "clause"]
    assert numbers == [f"{count}." for count in range(1, 9)]


def test_termination_resolution_as_an_order_of_one_official() -> None:
    kind = "termination_resolution"
    words = words_of(compose(kind, ("uk",), changed(kind, official=everywhere("голова"))))
    assert "голова (uk)" in words
    assert "Розпорядження про припинення партнерських зв’язків" in words
    assert "ЗОБОВ’ЯЗУЮ:" in words
    assert "ВИРІШИЛА" not in words
    assert "позачергова сесія" not in words


def test_termination_resolution_on_belarus_does_not_cite_the_ban_on_the_aggressor() -> None:
    kind = "termination_resolution"
    belarus = everywhere("Республіка Білорусь")
    tie = {"partner": everywhere("місто Несвіж"), "country": belarus}
    slots = changed(kind, without=("aggressor_state",), ties=[tie])
    words = words_of(compose(kind, ("uk",), slots))
    assert "місто Несвіж (uk) (Республіка Білорусь (uk))." in words
    assert "3668-IX" not in words


def test_termination_resolution_without_number_or_day_is_a_draft() -> None:
    kind = "termination_resolution"
    slots = changed(kind, without=("number", "effective_on", "explanation"))
    paper = compose(kind, ("uk",), slots)
    assert paper.pieces[0].texts == ("Проєкт",)
    assert "з дня набрання чинності цим актом" in words_of(paper)
    assert not [piece for piece in paper.pieces if piece.block == "annex"]


def test_thank_you_letter_without_goods_is_silent_on_stores() -> None:
    kind = "thank_you_letter"
    words = words_of(compose(kind, ("en",), changed(kind, without=("aid",))))
    assert "We have received" not in words
    assert "where the aid is kept" not in words
    assert "where the aid is kept" in words_of(compose(kind, ("en",), example(kind)))


@every_kind
def test_french_text_keeps_its_double_signs_on_the_line(kind: str) -> None:
    texts = [
        text
        for piece in compose(kind, ("fr",), example(kind)).pieces
        if piece.block != "meta"
        for text in piece.texts
    ]
    assert [text for text in texts if re.search(" [:;?!»]|« ", text)] == []
