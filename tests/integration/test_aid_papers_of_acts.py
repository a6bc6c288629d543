"""Papers of acts: what was counted, valued, issued and disposed of stands as the act has it."""

import io

import aid_cast
import docx
import pytest
from aid_cast import a_line_entry, ago, refuses
from papers_cast import (
    ambulances,
    beds,
    content,
    counted,
    given_out,
    goods,
    in_the_books,
    lots_of,
    made,
    on_its_way,
    text_of,
    valued,
)

from mistok.aid.acts import (
    DisposalRow,
    give_back,
    redistribute,
    request_redistribution,
    reverse,
    write_off,
)
from mistok.aid.lifecycle import Account, State
from mistok.aid.models import Consignment
from mistok.kernel.errors import Invalid

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def from_office(people, *lines, **fields):
    """A consignment that the partner's office gives."""
    row = goods(people.home, *lines, donor_place=people.partner.place, **fields)
    Consignment.objects.filter(pk=row.pk).update(donor_office=people.partner.office)
    row.refresh_from_db()
    return row


def stands_in(paper, *texts):
    read = text_of(content(paper.pdf))
    missing = [text for text in texts if text not in read]
    assert not missing, f"{missing} not in {read}"
    return read


def in_docx(paper):
    """Everything in the DOCX, as one text."""

    document = docx.Document(io.BytesIO(content(paper.docx)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*cells, *(one.text for one in document.paragraphs)])


def test_acceptance_and_discrepancy_stand_as_they_were_counted(people):
    home = people.home
    row = from_office(people, beds(), ambulances())
    on_its_way(home, row)
    counted(home, row, damaged=1, missing=2, remarks="Two boxes were torn.", signed_by="Іван Бойко")
    act = made(home, row, "acceptance_act", actor=home.storekeeper)
    stands_in(
        act,
        "Olena Koval",
        "head of the commission",
        "голова комісії",
        "Two boxes were torn.",
        "Ivan Boiko",
        "WDB9066331S123457",
        "used",
        "Zhytomyr hromada",
    )
    first = act.slots["lines"][0]
    told = {name: first[name] for name in ("declared", "received", "missing", "damaged")}
    assert told == {"declared": "40", "received": "37", "missing": "2", "damaged": "1"}
    assert act.act.kind == "acceptance"
    assert "Two boxes" in in_docx(act)
    differs = made(home, row, "discrepancy_act")
    stands_in(differs, "acceptance act No. 1/", "акт приймання-передачі № 1/")
    assert len(differs.slots["lines"]) == 1
    assert "total_value" not in act.slots


def test_surplus_and_more_to_come_stand_in_the_note(people):
    home = people.home
    row = from_office(people, beds())
    on_its_way(home, row)
    counted(home, row, surplus=3)
    read = stands_in(made(home, row, "acceptance_act"), "above the papers: 3 pieces", "EUR 1,075")
    assert "40" in read
    later = from_office(people, beds())
    on_its_way(home, later)
    lot = lots_of(later)[0]
    aid_cast.accept(
        actor=home.storekeeper,
        consignment=later,
        day=ago(30),
        counted=[aid_cast.Counted(lot=lot, received=10_000, more_to_come=True)],
        commission=aid_cast.COMMISSION,
        key=aid_cast.a_key(),
    )
    stands_in(made(home, later, "acceptance_act"), "the rest is still to come")


def test_goods_told_with_a_bound_are_accepted_as_they_came(people):
    home = people.home
    line = a_line_entry(
        "500",
        item="",
        names={"en": "Clothes", "uk": "Одяг"},
        bound=">",
        cluster="shelter",
        unit="kilogram",
    )
    row = goods(home, line)
    on_its_way(home, row)
    aid_cast.accept(
        actor=home.storekeeper,
        consignment=row,
        day=ago(30),
        counted=[aid_cast.Counted(line=row.lines.get(), received=612_000)],
        commission=aid_cast.COMMISSION,
        key=aid_cast.a_key(),
    )
    first = made(home, row, "acceptance_act").slots["lines"][0]
    assert (first["declared"], first["received"]) == (">500", "612")


def test_line_of_which_nothing_came_has_no_lot(people):
    home = people.home
    line = a_line_entry(
        None, item="", names={"en": "Clothes", "uk": "Одяг"}, cluster="shelter", unit="kilogram"
    )
    row = goods(home, line, beds("2"))
    on_its_way(home, row)
    aid_cast.accept(
        actor=home.storekeeper,
        consignment=row,
        day=ago(30),
        counted=[
            aid_cast.Counted(line=row.lines.get(position=1)),
            aid_cast.Counted(lot=row.lines.get(position=2).lots.get(), received=2000),
        ],
        commission=aid_cast.COMMISSION,
        key=aid_cast.a_key(),
    )
    first = made(home, row, "acceptance_act").slots["lines"][0]
    assert first["received"] == "0"
    assert "declared" not in first


def test_valuation_tells_values_and_the_rate_that_was_kept(people):
    home = people.home
    row = in_the_books(home, beds(), ambulances())
    paper = made(home, row, "valuation_act")
    stands_in(paper, "EUR 25", "43.5", "45,675", "UAH", "fair value, set by the commission")
    assert [rate["rate"] for rate in paper.slots["rates"]] == ["43.5"]
    valued(home, row, worth=("30.00", "EUR"), rate=None, day=ago(27))
    again = made(home, row, "valuation_act")
    assert again.slots["rates"][0]["rate"] == "43.5"
    assert again.number == 2
    valued(home, row, worth=("1000.00", "UAH"), rate=None, day=ago(26))
    assert "rates" not in made(home, row, "valuation_act").slots


def test_valuation_without_a_rate_asks_for_hryvnias(people):
    home = people.home
    row = on_its_way(home, goods(home, beds("2")))
    counted(home, row, damaged=2)
    valued(home, row, rate=None)
    with refuses(Invalid, "paper_incomplete") as caught:
        made(home, row, "valuation_act")
    assert caught.value.details["missing"] == ["lines.1.value_uah"]


def test_issue_sheet_names_settlements_and_counts(people):
    home = people.home
    row = in_the_books(home, beds())
    lot = lots_of(row)[0]
    given_out(
        home,
        row,
        (lot, 20, "displaced", home.place, 8, 30),
        (lot, 3, "defence", home.place, None, None),
    )
    paper = made(home, row, "issue_sheet")
    stands_in(paper, "internally displaced people", "Zhytomyr", "30", "defence", "потреби оборони")
    assert paper.readers == "internal"


def test_papers_of_what_left_otherwise(people):
    home = people.home
    row = from_office(people, beds(), ambulances())
    on_its_way(home, row)
    counted(home, row, damaged=1)
    valued(home, row)
    bed, car, _other = lots_of(row)
    told = {"actor": home.approver, "consignment": row, "day": ago(20)}
    told["commission"] = aid_cast.COMMISSION
    redistribute(
        rows=[DisposalRow(lot=bed, amount=2000)],
        ground="letters",
        receiver="Лікарня № 5",
        key=aid_cast.a_key(),
        **told,
    )
    give_back(
        rows=[DisposalRow(lot=car, amount=1000)],
        ground="It does not drive.",
        key=aid_cast.a_key(),
        **told,
    )
    write_off(
        rows=[DisposalRow(lot=bed, amount=1000, account=Account.DAMAGED)],
        ground="Broken frames.",
        key=aid_cast.a_key(),
        **told,
    )
    passed_on = made(home, row, "redistribution_act", words={"acquirer.uk": "", "acquirer.en": ""})
    stands_in(passed_on, "Лікарня № 5", "letter No. 2 of 5 November 2026", "Zhytomyr City Council")
    stands_in(
        made(home, row, "return_act"), "City of Dortmund", "It does not drive.", "WDB9066331S123456"
    )
    stands_in(made(home, row, "write_off_act"), "Broken frames.", "damaged", "UAH 1,087.50")


def test_redistribution_of_humanitarian_aid_tells_the_days_of_the_law(people):
    home = people.home
    row = aid_cast.in_state(home, aid_cast.a_consignment(home, beds("10")), State.ON_BALANCE)
    lot = lots_of(row)[0]
    request_redistribution(actor=home.approver, consignment=row, day=ago(24))
    redistribute(
        actor=home.approver,
        consignment=row,
        day=ago(20),
        ground="letters",
        rows=[DisposalRow(lot=lot, amount=2000)],
        receiver="Hospital",
        key=aid_cast.a_key(),
    )
    slots = made(home, row, "redistribution_act").slots
    assert slots["decision_due"] > ago(24).isoformat()
    assert slots["copies_due"] > ago(20).isoformat()
    assert slots["code"] == row.codes.get().value
    assert slots["declaration"] == row.declarations.get().number


def test_whole_line_that_went_back_from_the_way(people):
    home = people.home
    line = a_line_entry(
        "500",
        item="",
        names={"en": "Clothes", "uk": "Одяг"},
        bound=">",
        cluster="shelter",
        unit="kilogram",
    )
    untold = a_line_entry(
        None, item="", names={"en": "Toys", "uk": "Іграшки"}, cluster="shelter", unit="piece"
    )
    row = from_office(people, line, untold, beds("4"))
    on_its_way(home, row)
    first, second = (row.lines.get(position=one) for one in (1, 2))
    bed = row.lines.get(position=3).lots.get()
    give_back(
        actor=home.approver,
        consignment=row,
        day=ago(30),
        ground="Refused at the border.",
        rows=[
            DisposalRow(line=first),
            DisposalRow(line=second),
            DisposalRow(lot=bed, amount=4000, account=Account.IN_TRANSIT),
        ],
        key=aid_cast.a_key(),
    )
    lines = made(home, row, "return_act").slots["lines"]
    told = {one["name"]["en"]: one["amount"] for one in lines}
    assert told["Clothes"] == ">500"
    assert told["Toys"] == "—"
    assert all(one["note"]["en"].startswith("on the way") for one in lines)


def test_reversed_act_has_no_paper(people):
    home = people.home
    row = in_the_books(home, beds())
    lot = lots_of(row)[0]
    act = given_out(home, row, (lot, 5, "displaced", home.place, None, None))
    other = given_out(home, row, (lot, 6, "displaced", home.place, None, None))
    older = made(home, row, "issue_sheet", act=act)
    assert older.act == act
    assert older.slots["lines"][0]["amount"] == "5"
    reverse(actor=home.approver, act=other, reason="It was another day.", key=aid_cast.a_key())
    with refuses(Invalid, "act_wrong"):
        made(home, row, "issue_sheet", act=other)
    assert made(home, row, "issue_sheet").act == act
