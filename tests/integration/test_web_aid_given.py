"""What the office that gives reads: the trace of one consignment, and all that it gave."""

import re

import pytest
import seeing_cast as cast
from acts_cast import a_consignment as a_plain_consignment
from acts_cast import a_line, ago, count, give_out, send, the_lot, to_people, valued
from django.utils import timezone
from needs_cast import steps
from seeing_cast import a_paper, a_photo, in_store
from web_aid_cast import browser, main_of, offered, page, text_of

from factories import BUCHA
from mistok.aid.acts import Counted, review_file
from mistok.aid.models import Consignment, Passage

pytestmark = pytest.mark.django_db
people = cast.seers


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def given(people):
    return f"given/{people.giver.office.public_id}/"


def distributed(people):
    """Of a hundred beds four are damaged and six missing; eighty are given out."""
    row = a_plain_consignment(people.home, giver=people.giver, note="NOTE-OF-THE-RECEIVER")
    a_line(row, 100, gross_grams=1_250_000)
    a_line(row, 5, restricted=True, name="RADIO SETS")
    send(people.home, row)
    count(
        people.home,
        row,
        Counted(lot=the_lot(row), received=steps(90), damaged=steps(4)),
        Counted(lot=the_lot(row, 2), received=steps(5)),
    )
    valued(people.home, row)
    give_out(
        people.home,
        row,
        to_people(
            the_lot(row), 60, category="displaced", settlement=BUCHA, persons=120, households=40
        ),
        to_people(the_lot(row), 20, category="health", persons=4),
        to_people(the_lot(row), 5, category="households", persons=30),
    )
    Passage.objects.create(
        consignment=row,
        before="distributing",
        after="distributing",
        day=ago(2),
        note="WORDS-OF-THE-RECEIVER",
        by="somebody@example.org",
        at=timezone.now(),
    )
    return Consignment.objects.get(pk=row.pk)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_giver_follows_its_consignment_from_offer_to_people(people, language):
    row = distributed(people)
    for actor in (people.giver.officer, people.giver.approver):
        client = browser(actor)
        told = page(client, f"{row.public_id}/", language=language)
        assert row.title in told
        for amount in ("100", "90", "6", "4", "85", "120", "40"):
            assert re.search(rf"\b{amount}\b", told), amount
        for inside in ("NOTE-OF", "WORDS-OF", "RADIO", "somebody@", BUCHA, "Bucha", "Olena Koval"):
            assert inside not in text_of(client.get(f"/{language}/aid/{row.public_id}/"))
    if language == "en":
        assert "not told" in told
        assert "Of 1 restricted line nothing is told here" in told
        assert "Internally displaced people" in told
        assert "folding bed: 60 pcs" in told
        assert "Being distributed." in told
        assert "No paper for both sides is made yet" in told
        assert "No photo was let pass yet" in told


def test_giver_that_only_offered_reads_its_lines_and_its_way(people):
    row = offered(people.giver, people.home)
    client = browser(people.giver.officer)
    told = page(client, f"{row.public_id}/")
    assert "1. Folding beds 10 pcs" in told
    assert "To whom it went" not in told
    assert "Lines" in told
    page(client, f"{row.public_id}/lines/")
    row.lines.all().delete()
    assert "No line is written yet" in page(client, f"{row.public_id}/")
    Consignment.objects.filter(pk=row.pk).update(state="accepted")
    assert "/lines/" not in text_of(client.get(f"/en/aid/{row.public_id}/"))


def test_giver_takes_papers_for_both_and_photos_that_were_let_pass(people):
    row = in_store(people)
    a_paper(row, "packing_list", docx="x.docx")
    a_paper(row, "evidence_pack")
    a_paper(row, "need_letter", readers="internal")
    shown, kept = a_photo(people, row, name="PLATE-AA1234BB.png"), a_photo(people, row)
    of_line = a_photo(people, row, line=row.lines.get())
    for photo in (shown, of_line):
        review_file(actor=people.home.approver, file=photo, shown=True)
    client = browser(people.giver.officer)
    told, body = page(client, f"{row.public_id}/"), text_of(client.get(f"/en/aid/{row.public_id}/"))
    assert "Packing list PDF" in told
    assert "Evidence of aid (PDF)" in told
    assert "Need letter" not in told
    assert "Photo 1 Photo 2: folding bed" in told
    assert "PLATE" not in body
    assert kept.public_id not in body
    for url in re.findall(rf'href="(/en/aid/{row.public_id}/files/[^"]+)"', body):
        answer = client.get(url)
        assert answer.status_code == (302 if url.endswith("login/") else 200)
        assert "PLATE" not in str(answer.headers)
    page(client, f"{row.public_id}/files/{kept.public_id}/", 404)


def test_trace_is_for_the_giving_office_alone(people):
    row = in_store(people)
    unknown = page(browser(), "consignment_ffffffffffff/", 404)
    for actor in (people.second.officer, people.stranger, people.coordinator, None):
        assert page(browser(actor), f"{row.public_id}/", 404) == unknown
    for actor in (people.home.officer, people.home.auditor):
        assert "What you gave, and what became of it" not in page(
            browser(actor), f"{row.public_id}/"
        )


def test_military_aid_is_not_even_the_givers_to_read(people):
    row = in_store(people)
    Consignment.objects.filter(pk=row.pk).update(regime="military_aid", restricted=True)
    page(browser(people.giver.officer), f"{row.public_id}/", 404)
    assert row.title not in page(browser(people.giver.officer), given(people))


def test_council_reads_all_that_its_office_gave(people):
    distributed(people)
    in_store(people, {"cluster": "health", "gross_grams": None}, title="Ambulances")
    offered(people.giver, people.home, title="Still to come")
    in_store(people, giver=False, title="Of somebody else")
    told = page(browser(people.giver.approver), given(people))
    assert "3 consignments, 1,250 kg" in told
    for words in ("Ambulances", "Still to come", "Not received yet", "By receiver", "Zhytomyr"):
        assert words in told
    assert "Of somebody else" not in told
    assert "1 restricted line is not told here" in told
    assert "RADIO" not in told
    assert "100 pcs 90 pcs 6 pcs 4 pcs 85 pcs" in told
    assert "All that we gave, to print" in page(
        browser(people.giver.officer), f"desk/{people.giver.office.public_id}/?side=gives"
    )


@pytest.mark.parametrize("language", ["en", "uk"])
def test_office_that_gave_nothing_reads_what_will_stand_there(people, language):
    told = page(browser(people.giver.officer), given(people), language=language)
    assert people.giver.office.name in told or "Дортмунд" in told
    if language == "en":
        assert "Your office gives no consignment here yet" in told


def test_what_an_office_gave_is_for_its_members_alone(people):
    in_store(people)
    unknown = main_of(browser(people.stranger).get("/en/aid/given/office_ffffffffffff/"))
    for actor in (people.home.officer, people.second.officer, people.stranger, people.coordinator):
        assert page(browser(actor), given(people), 404) == unknown
    assert browser().get(f"/en/aid/{given(people)}").status_code == 302
