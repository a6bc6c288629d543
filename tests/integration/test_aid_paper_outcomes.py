"""The report and the letter of thanks: counts that add up, and nothing that must stay inside."""

from decimal import Decimal

import aid_cast
import pytest
from aid_cast import a_line_entry, ago, refuses
from django.utils import timezone
from papers_cast import (
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

from factories import ZHYTOMYR
from mistok.aid.papers import kinds_for
from mistok.aid.papers.shown import hides_any, shown_lines
from mistok.kernel.errors import Conflict, Invalid
from mistok.needs.models import Zone

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
SECRET = "Night vision canary"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def secret_line():
    return a_line_entry(
        "5",
        item="",
        names={"en": SECRET, "uk": SECRET},
        cluster="shelter",
        unit="piece",
        control_list="dual_use",
        restricted=True,
        end_user="rescue",
    )


@pytest.fixture
def row(people):
    """Beds, blankets and something secret, given out in part."""
    home = people.home
    made_row = in_the_books(home, beds(), a_line_entry("100", item="blanket"), secret_line())
    bed, blanket, secret = lots_of(made_row)
    given_out(
        home,
        made_row,
        (bed, 20, "displaced", home.place, 12, 40),
        (blanket, 40, "displaced", home.place, 12, 40),
        (blanket, 3, "households", home.place, 2, 5),
        (secret, 2, "rescue", home.place, None, None),
    )
    return made_row


def report(people, row, **words):
    return made(people.home, row, "aid_report", words=words)


def test_report_tells_what_came_and_what_is_left(people, row):
    paper = report(people, row)
    assert paper.readers == "both"
    first = paper.slots["lines"][0]
    told = {name: first[name] for name in ("received", "issued", "returned", "held")}
    assert told == {"received": "40", "issued": "20", "returned": "0", "held": "20"}
    issues = paper.slots["issues"]
    assert {one["settlement"]["en"] for one in issues} == {"Zhytomyr"}
    assert [one["amount"] for one in issues] == ["20", "40", "3"]


def test_nothing_restricted_is_in_the_report_and_it_says_so(people, row):
    paper = report(people, row)
    read = text_of(content(paper.pdf))
    assert SECRET not in read
    assert SECRET not in str(paper.slots)
    assert "Some of the goods are not told here" in read
    assert hides_any(row)
    other = report(people, row, remarks="All is told elsewhere.")
    again = report(people, row, **{f"remarks.{k}": v for k, v in other.slots["remarks"].items()})
    assert again.slots["remarks"] == other.slots["remarks"]
    other_read = text_of(content(other.pdf))
    assert "All is told elsewhere." in other_read
    assert "Some of the goods are not told here" in other_read


def test_small_counts_are_hidden_and_each_person_counts_once(people):
    home = people.home
    one = in_the_books(home, beds())
    lot = lots_of(one)[0]
    given_out(
        home,
        one,
        (lot, 20, "displaced", home.place, 12, 40),
        (lot, 5, "displaced", home.place, 11, 30),
        (lot, 5, "health", home.place, None, None),
    )
    issues = report(people, one).slots["issues"]
    assert [(row["amount"], row.get("persons")) for row in issues] == [("25", "70"), ("5", None)]
    small = in_the_books(home, beds())
    given_out(home, small, (lots_of(small)[0], 5, "displaced", home.place, 2, 5))
    paper = report(people, small)
    assert "persons" not in paper.slots["issues"][0]
    assert "total_persons" not in paper.slots


def test_in_a_zone_of_hostilities_the_hromada_stands_for_settlements(people, row):
    Zone.objects.create(
        place=ZHYTOMYR, kind=Zone.Kind.POSSIBLE, since=timezone.localdate(), source="list"
    )
    issues = report(people, row).slots["issues"]
    assert {one["settlement"]["en"] for one in issues} == {"Zhytomyr hromada"}
    displaced = [one for one in issues if "displaced" in one["category"]["en"]]
    assert [one.get("persons") for one in displaced][1:] == [None]


def test_line_of_which_some_went_to_defence_is_not_told(people):
    home = people.home
    row = in_the_books(home, beds(), a_line_entry("100", item="blanket"))
    bed, blanket = lots_of(row)
    given_out(
        home,
        row,
        (bed, 20, "displaced", home.place, None, None),
        (bed, 1, "defence", home.place, None, None),
        (blanket, 9, "displaced", home.place, None, None),
    )
    assert [line.item for line in shown_lines(row)] == ["blanket"]
    paper = report(people, row)
    assert len(paper.slots["lines"]) == 1
    assert len(paper.slots["issues"]) == 1


def test_goods_that_never_leave_the_office_have_no_report(people):
    home = people.home
    row = in_the_books(home, secret_line())
    reasons = {kind.kind: kind.why_not for kind in kinds_for(row)}
    assert "nothing leaves the office" in reasons["aid_report"]
    with refuses(Conflict, "paper_not_yet"):
        report(people, row)
    with refuses(Conflict, "paper_not_yet"):
        made(home, row, "aid_thank_you")


def test_thanks_tell_month_goods_and_counts_without_a_place_closer_than_the_hromada(people, row):
    paper = made(
        people.home,
        row,
        "aid_thank_you",
        ("uk", "de"),
        words={"results.uk": "Тепло.", "results.de": "Warm."},
    )
    read = text_of(content(paper.pdf))
    assert "Місту Дортмунду" in read
    assert "An die Stadt Dortmund" in read
    assert "Sehr geehrte Damen und Herren" in read
    assert SECRET not in read
    assert paper.slots["month"]["uk"].endswith("року")
    assert paper.slots["lines"][0]["amount"] == "40"
    assert ago(30).isoformat() not in str(paper.slots)


def test_thanks_to_a_giver_without_a_place_and_of_few_people(people):
    home = people.home
    row = on_its_way(
        home, goods(home, beds("4"), beds("2"), donor_place="", donor_name="Lions Club")
    )
    first, second = lots_of(row)
    aid_cast.accept(
        actor=home.storekeeper,
        consignment=row,
        day=ago(30),
        commission=aid_cast.COMMISSION,
        counted=[aid_cast.Counted(lot=first, received=4000), aid_cast.Counted(lot=second)],
        key=aid_cast.a_key(),
    )
    valued(home, row, rate=None)
    given_out(home, row, (first, 1, "health", home.place, 0, 0))
    paper = made(home, row, "aid_thank_you")
    assert paper.slots["giver"]["en"] == "Lions Club"
    assert len(paper.slots["lines"]) == 1
    assert "total_persons" not in paper.slots


def test_thanks_need_a_signatory(people, row):
    with refuses(Invalid, "paper_incomplete") as caught:
        made(people.home, row, "aid_thank_you", words={"signatory": ""})
    assert caught.value.details["missing"] == ["signatory"]


def test_large_counts_stand_in_the_letter(people):
    home = people.home
    row = in_the_books(home, beds())
    given_out(home, row, (lots_of(row)[0], 20, "displaced", home.place, 12, 40))
    slots = made(home, row, "aid_thank_you").slots
    assert (slots["total_households"], slots["total_persons"]) == (12, 40)
    damaged = on_its_way(home, goods(home, beds("2", unit_value=Decimal(3))))
    counted(home, damaged, damaged=2)
    valued(home, damaged)
    assert report(people, damaged).slots["lines"][0]["held"] == "2"


def test_letter_without_goods_that_came_is_not_made(people):
    home = people.home
    row = on_its_way(home, goods(home, beds("2")))
    counted(home, row, missing=2)
    with refuses(Invalid, "paper_incomplete") as caught:
        made(home, row, "aid_thank_you")
    assert caught.value.details["missing"] == ["lines"]
