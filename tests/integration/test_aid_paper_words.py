"""What people write into papers of aid beside the record, and what the record does not let go."""

from decimal import Decimal

import aid_cast
import pytest
from aid_cast import a_line_entry, ago, refuses
from papers_cast import (
    beds,
    content,
    counted,
    goods,
    in_the_books,
    made,
    on_its_way,
    text_of,
)

from mistok.aid.acts import Member, file_report
from mistok.aid.consignments import LotEntry
from mistok.aid.papers import known_slots, make_paper, open_slots, with_words
from mistok.aid.papers.given_words import MOST_WORDS
from mistok.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
BOTH = ("uk", "en")


@pytest.fixture
def row(people):
    """A gift of beds and of blankets for the office's own services."""
    blankets = a_line_entry("100", item="blanket", end_user="administration")
    return goods(people.home, beds(), blankets, abroad=True)


def told(kind, known=None, languages=BOTH, **words):
    return with_words(
        kind, languages, known or {}, {k.replace("_at_", "."): v for k, v in words.items()}
    )


def test_words_of_one_language_stand_beside_those_of_another():
    slots = told("need_letter", purpose_at_uk="ремонт", purpose_at_en="repair")
    assert slots == {"purpose": {"uk": "ремонт", "en": "repair"}}
    known = {"title": {"uk": "Beds", "en": "Beds"}}
    slots = told("donation_letter", known, title_at_uk="Ліжка", remarks="  ")
    assert slots == {"title": {"uk": "Ліжка", "en": "Beds"}}
    assert known == {"title": {"uk": "Beds", "en": "Beds"}}


def test_words_without_a_language_stand_in_all_and_the_special_ones_over_them():
    slots = told("donation_letter", purpose="Winter", purpose_at_uk="Зима")
    assert slots["purpose"] == {"uk": "Зима", "en": "Winter"}
    assert told("goods_list", receiver_code="04053625") == {"receiver_code": "04053625"}


def test_names_are_written_in_the_letters_of_each_language():
    slots = told("need_letter", languages=("uk", "en", "de"), signatory="Олена Коваль")
    assert slots["signatory"] == {"uk": "Олена Коваль", "en": "Olena Koval", "de": "Olena Kowal"}
    slots = told("need_letter", signatory_at_uk="Олена Коваль", signatory_at_en="Helen Koval")
    assert slots["signatory"] == {"uk": "Олена Коваль", "en": "Helen Koval"}
    assert told("need_letter", signatory_at_en="Erika")["signatory"] == {"en": "Erika"}


def test_offices_that_are_known_come_in_the_other_languages():
    slots = told("need_letter", signatory_office_at_uk="міський голова")
    assert (
        slots["signatory_office"] == {"uk": "міський голова", "en": "Mayor"}
        or slots["signatory_office"]["en"].casefold() == "mayor"
    )
    slots = told("need_letter", signatory_office_at_uk="завідувач складу громади")
    assert slots["signatory_office"] == {"uk": "завідувач складу громади"}


def test_lists_are_written_a_line_each_and_put_together():
    slots = told(
        "goods_list", papers_at_uk="пакувальний лист\n\nліцензія", papers_at_en="packing list"
    )
    assert slots["papers"] == [
        {"uk": "пакувальний лист", "en": "packing list"},
        {"uk": "ліцензія"},
    ]
    known = {"users": [{"uk": "лікарні", "en": "hospitals"}]}
    slots = told("need_letter", known, users_at_uk="пацієнти")
    assert slots["users"] == [{"uk": "пацієнти", "en": "hospitals"}]
    two = {"users": [{"uk": "а", "en": "a"}, {"uk": "б", "en": "b"}]}
    slots = told("need_letter", two, users_at_uk="в", users_at_en="c")
    assert slots["users"] == [{"uk": "в", "en": "c"}]
    assert told("goods_list", papers="one\ntwo")["papers"][1] == {"uk": "two", "en": "two"}


def test_rows_take_words_one_by_one_or_all_together():
    known = {"lines": [{"name": {"uk": "ліжка"}}, {"name": {"uk": "ковдри"}}]}
    slots = with_words(
        "distribution_plan",
        ("uk",),
        known,
        {
            "lines.acquirer.uk": "Школа",
            "lines.2.acquirer.uk": "Лікарня",
            "lines.2.acquirer_code": "1",
        },
    )
    assert [one["acquirer"]["uk"] for one in slots["lines"]] == ["Школа", "Лікарня"]
    assert slots["lines"][1]["acquirer_code"] == "1"
    assert "acquirer" not in known["lines"][0]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("acceptance_act", "number"),
        ("acceptance_act", "members.1.name"),
        ("acceptance_act", "lines.1.received"),
        ("acceptance_act", "date"),
        ("need_letter", "lines.amount"),
        ("need_letter", "lines.1.2.note"),
        ("need_letter", "lines.one.note"),
        ("need_letter", "lines.1111.note"),
        ("need_letter", "nothing"),
        ("need_letter", "purpose.1"),
        ("need_letter", "uk"),
        ("need_letter", ""),
        ("issue_sheet", "lines.1.settlement.uk"),
        ("proforma_invoice", "total_value"),
    ],
)
def test_what_the_record_tells_takes_no_words(kind, name):
    with refuses(Invalid, "paper_words_unknown"):
        with_words(kind, BOTH, {"lines": [{}]}, {name: "100"})


def test_too_many_words_are_refused():
    many = {f"lines.{number}.note": "x" for number in range(MOST_WORDS + 1)}
    with refuses(Invalid, "paper_words_unknown"):
        with_words("need_letter", BOTH, {}, many)


def test_acts_take_no_number_and_other_papers_do():
    assert "number" in {slot.name for slot in open_slots("need_letter")}
    assert "number" not in {slot.name for slot in open_slots("issue_sheet")}


def test_paper_of_an_act_that_nobody_names_knows_the_sides_alone(people, row):
    slots = known_slots(row, "acceptance_act", ["uk"])
    assert "members" not in slots
    assert slots["receiver"]["uk"] == "Житомирська міська рада"


def test_plan_knows_the_acquirer_where_the_office_takes_the_goods_itself(people, row):
    with refuses(Invalid, "paper_incomplete") as caught:
        make_paper(
            actor=people.home.officer, consignment=row, kind="distribution_plan", languages=["uk"]
        )
    assert caught.value.details["missing"] == ["lines.1.acquirer"]


def test_plan_divides_a_line_among_several(people, row):
    shares = {"shares.1": "25; Школа № 3; 01234567; Житомир\n\n 15;Лікарня № 2 "}
    paper = make_paper(
        actor=people.home.officer,
        consignment=row,
        kind="distribution_plan",
        languages=["uk"],
        words=shares | {"shares.9": "1; nobody"},
    )
    lines = paper.slots["lines"]
    assert [one["amount"] for one in lines] == ["25", "15", "100"]
    assert lines[0]["acquirer_code"] == "01234567"
    assert lines[0]["settlement"] == {"uk": "Житомир"}
    assert "settlement" not in lines[1]
    assert "Школа № 3" in text_of(content(paper.pdf))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30; one\n11; two", "shares_exceed_line"),
        ("25", "share_unreadable"),
        ("25;  ", "share_unreadable"),
        ("many; School", "amount_malformed"),
        ("2.5; School", "amount_not_whole"),
        ("0; School", "amount_zero"),
        ("\n".join(["1; School"] * 101), "share_unreadable"),
    ],
)
def test_shares_that_cannot_be(people, row, text, code):
    with refuses(Invalid, code):
        made(people.home, row, "distribution_plan", ("uk",), words={"shares.1": text})
    assert not row.papers.exists()


def test_shares_of_a_line_without_an_exact_number_are_not_added_up(people):
    line = a_line_entry("10", item="blanket", bound=">")
    row = goods(people.home, line)
    paper = made(people.home, row, "distribution_plan", ("uk",), words={"shares.1": "40; Школа"})
    assert paper.slots["lines"][0]["amount"] == "40"


def test_item_of_a_list_in_one_language_alone_is_told_as_missing(people, row):
    with refuses(Invalid, "paper_incomplete") as caught:
        made(people.home, row, "need_letter", words={"users.uk": "а\nб\nв"})
    assert caught.value.details["missing"] == ["users.3.en"]


def test_name_of_goods_in_a_further_language(people):
    line = a_line_entry(
        "3",
        item="",
        names={"en": "Tents", "uk": "Намети"},
        cluster="shelter",
        unit="piece",
        unit_value=Decimal(9),
        currency="EUR",
    )
    row = goods(people.home, line)
    words = {"purpose.de": "Hilfe", "lines.1.name.de": "Zelte"}
    read = text_of(content(made(people.home, row, "donation_letter", ("de",), words=words).pdf))
    assert "Zelte" in read
    assert "Tents" in text_of(
        content(
            made(people.home, row, "donation_letter", ("de",), words={"purpose.de": "Hilfe"}).pdf
        )
    )


def test_duties_that_have_no_word_stand_as_they_were_written(people):
    row = on_its_way(people.home, goods(people.home, beds()))
    driver = Member(name="Петро Ткач", duty="водій громади")
    counted(people.home, row, commission=(*aid_cast.COMMISSION, driver), day=ago(30))
    paper = made(people.home, row, "acceptance_act")
    member = paper.slots["members"][3]
    assert member["duty"] == {"uk": "водій громади", "en": "водій громади"}
    assert member["name"]["en"] == "Petro Tkach"


def test_who_signed_the_act_signs_its_paper(people):
    row = on_its_way(people.home, goods(people.home, beds()))
    counted(people.home, row, signed_by="Іван Бойко")
    paper = made(people.home, row, "acceptance_act", words={"signatory": "Somebody Else"})
    assert paper.slots["signatory"]["en"] == "Ivan Boiko"


def test_report_that_was_filed_gives_its_number(people):
    row = in_the_books(people.home, beds())
    file_report(
        actor=people.home.officer, consignment=row, number="R-7", filed_on=ago(3), final=False
    )
    paper = made(people.home, row, "aid_report", words={"number": ""})
    assert paper.slots["number"] == "R-7"
    assert paper.slots["period_to"] == ago(3).isoformat()


def test_cell_in_one_language_alone_is_told_as_missing(people, row):
    words = {"lines.acquirer.uk": "Школа", "lines.acquirer.en": ""}
    with refuses(Invalid, "paper_incomplete") as caught:
        made(people.home, row, "distribution_plan", words=words)
    assert caught.value.details["missing"] == ["lines.1.acquirer.en"]
    assert "line 1, in English" in str(caught.value)


def test_line_of_one_batch_is_one_row(people):
    lot = LotEntry(number=Decimal(30), batch="B7", expires_on=ago(-400))
    line = a_line_entry("30", item="blanket", lots=(lot,))
    (first,) = made(people.home, goods(people.home, line), "packing_list").slots["lines"]
    assert (first["amount"], first["batch"], first["expiry"]) == ("30", "B7", ago(-400).isoformat())
