"""Pages of papers: what can be made and what is missing, making it, versions, pack, labels."""

import re

import pytest
import web_aid_cast as cast
from papers_cast import (
    a_photo,
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
)
from web_aid_cast import browser, main_of, page, send

from living import a_member
from mistok.aid.models import AidPaper, Consignment
from mistok.aid.papers import EVIDENCE

pytestmark = pytest.mark.django_db
people = cast.needy
PURPOSE = {"purpose.uk": "зимова допомога", "purpose.de": "Winterhilfe"}


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def home(people):
    """The receiving office, with a storekeeper of its own."""
    people.home.storekeeper = a_member(people.home.office, "storekeeper")
    return people.home


def from_office(people, *lines, **fields):
    row = goods(people.home, *lines, donor_place=people.partner.place, **fields)
    Consignment.objects.filter(pk=row.pk).update(donor_office=people.partner.office)
    row.refresh_from_db()
    return row


@pytest.fixture
def row(people, home):
    """Beds that Dortmund's office gives, on paper."""
    return from_office(people, beds(), regime="humanitarian_aid", abroad=True)


@pytest.fixture
def counted_row(people, home):
    """Beds that came, one of them damaged."""
    found = on_its_way(home, from_office(people, beds()))
    counted(home, found, damaged=1)
    return found


def papers(row, more=""):
    return f"{row.public_id}/papers/{more}"


def test_list_tells_what_can_be_made_and_what_is_missing(people, row):
    told = page(browser(people.home.officer), papers(row))
    assert "Still to be told: Acquirer; Purpose." in told
    assert "Still to be told: EDRPOU code of the recipient." in told
    assert "It is made from an act. Record the act first." in told
    assert "Everything that it needs is here." in told
    assert "Boxes get their codes with the dispatch." in told
    assert "Nothing was accepted yet" in told
    assert "Papers" in page(browser(people.home.officer), f"{row.public_id}/")


def test_officer_makes_a_paper_and_loads_it_down(people, row):
    client = browser(people.home.officer)
    path = papers(row, "new/donation_letter/")
    shown = client.get(f"/en/aid/{path}").content.decode()
    assert 'name="purpose.uk"' in shown
    assert 'name="purpose.de"' in shown
    assert "Stadt Dortmund" in shown
    answer = send(client, path, "make", **PURPOSE, **{"lines.1.note.uk": ""})
    assert answer["Location"] == f"/en/aid/{papers(row)}"
    paper = AidPaper.objects.get(consignment=row)
    assert paper.languages == ["uk", "de"]
    assert "Winterhilfe" in text_of(content(paper.pdf))
    told = client.get(f"/en/aid/{papers(row)}").content.decode()
    assert paper.pdf_sha256 in told
    got = client.get(f"/en/aid/{papers(row)}{paper.public_id}/pdf/")
    assert b"".join(got.streaming_content) == content(paper.pdf)
    assert got["Content-Disposition"] == 'attachment; filename="donation_letter-1.pdf"'
    assert got["Cache-Control"] == "private, no-store"
    got = client.get(f"/en/aid/{papers(row)}{paper.public_id}/docx/")
    assert b"".join(got.streaming_content) == content(paper.docx)
    assert "version 1" in page(client, path)


def test_form_says_what_is_missing_and_keeps_what_was_typed(people, row):
    client = browser(people.home.officer)
    path = papers(row, "new/donation_letter/")
    answer = send(client, path, "make", 400, **{"purpose.uk": "зимова допомога"})
    assert "Purpose: This field is required." in main_of(answer)
    assert "зимова допомога" in answer.content.decode()
    assert not AidPaper.objects.exists()
    answer = send(client, path, "make", 400, **{"purpose.uk": "x" * 501})
    assert "Nothing was recorded yet" in main_of(answer)
    answer = send(client, papers(row, "new/distribution_plan/"), "make", 400)
    assert "Still to be told: Acquirer, official name (line 1)" in main_of(answer)


def test_nothing_is_asked_that_the_record_knows(people, row):
    client = browser(people.home.officer)
    told = page(client, papers(row, "new/packing_list/"))
    assert "Everything that it needs is here." in told
    send(client, papers(row, "new/packing_list/"), "make")
    assert AidPaper.objects.get().slots["giver"]["de"] == "Stadt Dortmund"


def test_languages_are_chosen_before(people, row):
    client = browser(people.home.officer)
    path = papers(row, "new/packing_list/?left=pl&right=")
    shown = client.get(f"/en/aid/{path}").content.decode()
    assert 'name="remarks.pl"' in shown
    assert 'name="remarks.uk"' not in shown
    send(client, path, "make")
    assert AidPaper.objects.get().languages == ["pl"]
    shown = client.get(f"/en/aid/{papers(row, 'new/packing_list/?left=xx')}").content.decode()
    assert 'name="remarks.en"' in shown


def test_plan_is_divided_on_the_page(people, row):
    client = browser(people.home.officer)
    path = papers(row, "new/distribution_plan/")
    assert "Divided among several acquirers" in page(client, path)
    answer = send(client, path, "make", 400, **{"shares.1": "50; Школа"})
    assert "The shares of line 1" in main_of(answer)
    send(client, path, "make", **{"shares.1": "10; Школа; 01234567; Житомир\n30; Лікарня"})
    paper = AidPaper.objects.get()
    assert [one["amount"] for one in paper.slots["lines"]] == ["10", "30"]


def test_words_of_earlier_papers_are_offered_again(people, row, home):
    client = browser(people.home.officer)
    made(home, row, "goods_list")
    made(home, row, "donation_letter", ("uk", "de"), words=PURPOSE)
    shown = client.get(f"/en/aid/{papers(row, 'new/need_letter/')}").content.decode()
    assert 'value="04053625"' in shown
    assert "зимова допомога" in shown
    other = from_office(people, beds(), abroad=True)
    shown = client.get(f"/en/aid/{papers(other, 'new/need_letter/')}").content.decode()
    assert 'value="04053625"' in shown
    assert "зимова допомога" not in shown


def test_paper_that_cannot_be_made_says_why(people, row):
    client = browser(people.home.officer)
    assert "Record the act first" in page(client, papers(row, "new/acceptance_act/"))
    assert "There is no paper at this address" in page(client, papers(row, "new/love/"), 404)


def test_storekeeper_makes_papers_of_acts_alone(people, home, counted_row):
    client = browser(home.storekeeper)
    told = page(client, papers(counted_row))
    assert "Make the evidence pack" not in told
    send(client, papers(counted_row, "new/acceptance_act/"), "make")
    assert AidPaper.objects.get().kind == "acceptance_act"
    answer = client.get(f"/en/aid/{papers(counted_row, 'new/need_letter/')}")
    assert answer.status_code == 403
    assert "Acceptance act" in page(client, f"{counted_row.public_id}/")


def test_act_is_chosen_where_there_are_several(people, home):
    row = in_the_books(home, beds())
    lot = lots_of(row)[0]
    first = given_out(home, row, (lot, 3, "displaced", home.place, None, None))
    given_out(home, row, (lot, 4, "displaced", home.place, None, None))
    client = browser(home.officer)
    path = papers(row, f"new/issue_sheet/?act={first.public_id}&left=uk&right=")
    assert "issue sheet No. 2/" in page(client, path)
    send(client, path, "make")
    assert AidPaper.objects.get(kind="issue_sheet").act == first
    send(client, papers(row, "new/issue_sheet/"), "make")
    assert AidPaper.objects.filter(kind="issue_sheet").latest("pk").act != first


def test_officer_makes_the_evidence_pack_and_the_giver_reads_it(people, home, counted_row):
    client, giver = browser(home.officer), browser(people.partner.officer)
    a_photo(home, counted_row, shown=None)
    send(client, papers(counted_row), "pack", language="de")
    pack = AidPaper.objects.get(kind=EVIDENCE)
    assert pack.languages == ["uk", "de"]
    told = page(giver, papers(counted_row))
    assert "Evidence of aid" in told
    assert "Make the evidence pack" not in told
    got = giver.get(f"/en/aid/{papers(counted_row)}{pack.public_id}/pdf/")
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert giver.get(f"/en/aid/{papers(counted_row)}{pack.public_id}/docx/").status_code == 404
    assert "Evidence of aid" in page(client, papers(counted_row))


def test_giver_makes_its_own_papers_and_sees_no_inner_ones(people, row, home):
    inner = made(home, row, "need_letter")
    giver = browser(people.partner.officer)
    told = page(giver, papers(row))
    assert "Donation letter" in told
    assert "Need letter" not in told
    assert "Valuation act" not in told
    path = papers(row, "new/donation_letter/")
    assert 'name="purpose.de"' in giver.get(f"/en/aid/{path}").content.decode()
    send(giver, path, "make", **PURPOSE)
    letter = AidPaper.objects.get(kind="donation_letter")
    assert letter.languages == ["de", "uk"]
    assert giver.get(f"/en/aid/{papers(row, 'new/need_letter/')}").status_code == 404
    assert giver.get(f"/en/aid/{papers(row)}{inner.public_id}/pdf/").status_code == 404


def test_everybody_else_learns_nothing(people, row, home):
    paper = made(home, row, "packing_list")
    addresses = [
        papers(row),
        papers(row, "new/packing_list/"),
        papers(row, f"{paper.public_id}/pdf/"),
        papers(row, f"{paper.public_id}/docx/"),
        f"{row.public_id}/labels/",
        f"{row.public_id}/checklist/",
    ]
    crew = cast.crew(people)
    for client in (crew.second, crew.coordinator, crew.stranger):
        for path in addresses:
            assert client.get(f"/en/aid/{path}").status_code == 404, path
    for path in addresses:
        answer = crew.anonymous.get(f"/en/aid/{path}")
        assert answer.status_code == 302
        assert "/account/" in answer["Location"]


def test_auditor_reads_and_makes_nothing(people, row, home):
    paper = made(home, row, "packing_list")
    auditor = browser(a_member(home.office, "auditor"))
    told = page(auditor, papers(row))
    assert "Packing list" in told
    assert "Everything that it needs is here" not in told
    assert "Labels for the boxes" not in told
    assert auditor.get(f"/en/aid/{papers(row)}{paper.public_id}/pdf/").status_code == 200
    assert auditor.get(f"/en/aid/{papers(row, 'new/packing_list/')}").status_code == 403


def test_paper_of_another_consignment_is_not_found(people, row, home):
    other = from_office(people, beds())
    paper = made(home, other, "packing_list")
    client = browser(home.officer)
    assert client.get(f"/en/aid/{papers(row)}{paper.public_id}/pdf/").status_code == 404


def test_labels_are_printed_by_both(people, home):
    row = from_office(people, beds())
    client = browser(home.officer)
    assert client.get(f"/en/aid/{row.public_id}/labels/").status_code == 409
    on_its_way(home, row)
    assert "Sheets of labels" in page(client, papers(row))
    for one in (client, browser(people.partner.officer)):
        answer = one.get(f"/en/aid/{row.public_id}/labels/")
        assert answer["Content-Type"] == "application/pdf"
        assert lots_of(row)[0].label in text_of(answer.content)
        assert "labels.pdf" in answer["Content-Disposition"]
    assert "Sheets of labels" in page(browser(people.partner.officer), papers(row))


def test_checklist_says_what_is_needed_and_where_that_stands(people, row):
    client = browser(people.partner.officer)
    told = page(client, f"{row.public_id}/checklist/")
    assert "Germany: up to 1,000 EUR and 1,000 kg" in told
    assert "needed" in told
    assert "Read in the source" in told
    assert "ihk" in client.get(f"/en/aid/{row.public_id}/checklist/").content.decode()
    inland = from_office(people, beds())
    assert "leave no country" in page(
        browser(people.home.officer), f"{inland.public_id}/checklist/"
    )
    unweighed = from_office(people, beds("1", gross_kg=None, net_kg=None), abroad=True)
    told = page(client, f"{unweighed.public_id}/checklist/")
    assert "Value or weight is not told" in told
    uk = page(client, f"{row.public_id}/checklist/", language="uk")
    assert "Німеччина" in uk


def test_pages_read_in_ukrainian_too(people, row):
    client = browser(people.home.officer)
    told = page(client, papers(row), language="uk")
    assert "Дарчий лист" in told
    told = page(client, papers(row, "new/need_letter/"), language="uk")
    assert "Набувач" in told


def test_form_sent_by_a_script_cannot_change_what_the_record_tells(people, row):
    client = browser(people.home.officer)
    path = papers(row, "new/packing_list/?left=en&right=")
    send(client, path, "make", **{"lines.1.amount": "4000", "total_packages": "9"})
    paper = AidPaper.objects.get()
    assert paper.slots["lines"][0]["amount"] == "40"
    assert paper.slots["total_packages"] == 4


def test_ids_of_fields_are_told_once(people, row):
    shown = browser(people.home.officer).get(f"/en/aid/{papers(row, 'new/need_letter/')}")
    ids = re.findall(r' id="([^"]+)"', shown.content.decode())
    assert len(ids) == len(set(ids))


def test_pack_that_is_asked_for_too_early_is_refused(people, row):
    client = browser(people.home.officer)
    answer = client.post(f"/en/aid/{papers(row)}", {"act": "pack", "language": "en", "key": "k1"})
    assert answer.status_code == 409
    assert "Nothing was accepted yet" in main_of(answer)
    assert not AidPaper.objects.exists()
