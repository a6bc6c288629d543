"""Papers by their pages: the form from the kind's slots, mistakes at their field, files, plans."""

import hashlib
import html
import io
import re

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from mistok.papers import kinds, slots_of
from mistok.partnering.models import Measure, PaperVersion, SignedScan
from mistok.provenance.models import AuditEvent
from mistok.web.procedure.slots import mistakes, read_slots, views
from paper_forms import example, form_of
from procedure_cast import PDF, TODAY, a_walk, the_two

pytestmark = pytest.mark.django_db
DAY = TODAY.isoformat()


@pytest.fixture(autouse=True)
def papers_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def people():
    return the_two()


@pytest.fixture
def walk(people):
    return a_walk(people)


def browser(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def url(name, walk, *args):
    return reverse(f"procedure:{name}", args=[walk.run.public_id, *args]).replace("/uk/", "/en/", 1)


def text_of(response):
    return html.unescape(response.content.decode())


def version_of(walk):
    walk.run.refresh_from_db()
    return walk.run.version


def made(client, walk, kind, **more):
    fields = form_of(kind) | {"act": "make", "side": "1", "version": version_of(walk)} | more
    return client.post(url("paper", walk, kind), fields)


@pytest.mark.parametrize("kind", kinds())
def test_form_of_each_kind_says_again_what_it_was_told(kind):
    data = QueryDict(mutable=True)
    data.update(form_of(kind))
    slots = read_slots(data, kind, ["uk", "de"])
    assert mistakes(kind, ["uk", "de"], slots) == {}
    again = QueryDict(mutable=True)
    for slot in views(kind, ["uk", "de"], slots):
        boxes = [
            *slot.inputs,
            *(b for row in slot.rows for _l, _r, found in row.groups for b in found),
        ]
        again.update({box.name: box.value for box in boxes})
        if slot.several:
            again.update({f"rows.{slot.name}": str(len(slot.rows))})
        assert all(box.label and box.id for box in boxes)
    assert read_slots(again, kind, ["uk", "de"]) == slots


@pytest.mark.parametrize("kind", kinds())
def test_empty_form_names_every_needed_field_and_no_other(kind):
    slots = read_slots(QueryDict("left=uk&right=de"), kind, ["uk", "de"])
    needed = {slot.name for slot in slots_of(kind) if slot.required}
    assert set(mistakes(kind, ["uk", "de"], slots)) == needed


def test_form_is_filled_from_the_record_in_both_languages(people, walk):
    text = text_of(browser(people.home.officer).get(url("paper", walk, "agreement")))
    for value in ("Житомир", "Schytomyr", "Дортмунд", "Dortmund", "Україна", "Deutschland"):
        assert f'value="{value}"' in text
    assert 'lang="uk"' in text
    assert "It binds politically" in text


def test_row_is_added_and_languages_change_without_losing_a_word(people, walk):
    client, address = browser(people.home.officer), url("paper", walk, "agreement")
    fields = form_of("agreement") | {"side": "1"}
    more = text_of(client.post(address, fields | {"more": "purposes"}))
    count = len(example("agreement")["purposes"])
    assert f'name="rows.purposes" value="{count + 1}"' in more
    assert example("agreement")["purposes"][0]["de"] in more
    other = text_of(client.post(address, fields | {"right": "en", "act": "languages"}))
    assert example("agreement")["purposes"][0]["uk"] in other
    assert 'name="purposes.1.en"' in other
    assert 'name="purposes.1.de"' not in other
    assert not PaperVersion.objects.exists()


def test_missing_and_wrong_fields_are_told_at_their_place_in_the_readers_language(people, walk):
    client = browser(people.home.officer)
    fields = form_of("agreement") | {"act": "make", "side": "1", "version": version_of(walk)}
    del fields["copies"]
    answer = client.post(url("paper", walk, "agreement"), fields)
    text = text_of(answer)
    assert answer.status_code == 400
    assert 'href="#part-copies"' in text
    assert re.search(r'id="error-copies">“[^”]+” is empty\. Fill it in', text)
    assert AuditEvent.objects.get(verb="refused_make_paper").after["code"] == "slot_missing"
    wrong = client.post(url("paper", walk, "agreement"), fields | {"copies": "two"})
    assert "is no number" in text_of(wrong)
    assert 'value="two"' in text_of(wrong)
    gone = form_of("agreement") | {"act": "preview", "side": "1", "date": "someday"}
    assert "is no day" in text_of(client.post(url("paper", walk, "agreement"), gone))
    half = form_of("agreement") | {"act": "preview", "side": "1", "notice_period.de": ""}
    assert "empty in this language: German" in text_of(
        client.post(url("paper", walk, "agreement"), half)
    )


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        ("draft_resolution", "cost.amount", "much", "is no amount"),
        ("agreement", "notice_period.uk", "x" * 600, "500 letters are the most"),
        ("agreement", "rows.parties", "1", "needs at least 2 lines"),
        ("agreement", "parties.2.seat.de", "", "Parties 2, Seat"),
        ("agreement", "grounds.1.date", "once", "is no day"),
    ],
)
def test_wrong_field_is_told_by_its_kind(people, walk, kind, name, value, words):
    fields = form_of(kind) | {"act": "preview", "side": "1"} | {name: value}
    answer = browser(people.home.officer).post(url("paper", walk, kind), fields)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert f'id="error-{name.removeprefix("rows.").split(".")[0]}"' in text_of(answer)


def test_money_in_a_rare_currency_is_offered_again(people, walk):
    fields = form_of("draft_resolution") | {"cost.amount": "5", "cost.currency": "SEK"}
    fields |= {"act": "languages", "side": "1"}
    text = text_of(
        browser(people.home.officer).post(url("paper", walk, "draft_resolution"), fields)
    )
    assert "<option selected>SEK</option>" in text


def test_paper_in_one_language_has_one_column(people, walk):
    fields = form_of("search_mandate", ("uk",)) | {"act": "preview", "side": "1"}
    text = text_of(browser(people.home.officer).post(url("paper", walk, "search_mandate"), fields))
    assert 'lang="uk"' in text.split('id="sheet"')[1]
    assert 'lang="de"' not in text


def test_preview_sets_both_languages_side_by_side_and_keeps_nothing(people, walk):
    fields = form_of("letter_of_intent") | {"act": "preview", "side": "1"}
    answer = browser(people.home.officer).post(url("paper", walk, "letter_of_intent"), fields)
    text = text_of(answer)
    assert answer.status_code == 200
    assert "It is not made yet" in text
    sheet = text.split('id="sheet"')[1].split("</section>")[0]
    assert sheet.count('lang="uk"') == sheet.count('lang="de"') > 5
    assert not PaperVersion.objects.exists()


def test_paper_is_made_shown_and_saved_by_all_sides_but_no_stranger(people, walk):
    client = browser(people.home.officer)
    answer = made(client, walk, "letter_of_intent")
    assert answer.status_code == 302, text_of(answer)[:3000]
    paper = PaperVersion.objects.get()
    page = text_of(client.get(answer["Location"]))
    assert paper.pdf_sha256 in page
    assert paper.docx_sha256 in page
    for form, begins in (("paper_pdf", b"%PDF-"), ("paper_docx", b"PK")):
        address = url(form, walk, paper.public_id)
        for actor in (people.home.officer, people.home.approver, people.partner.officer):
            file = browser(actor).get(address)
            content = b"".join(file.streaming_content)
            assert content.startswith(begins)
            assert file["Content-Disposition"].startswith("attachment; filename=")
            assert file["X-Content-Type-Options"] == "nosniff"
            assert file["Cache-Control"] == "private, no-store"
        for actor in (people.stranger, people.coordinator):
            assert browser(actor).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    with pypdfium2.PdfDocument(io.BytesIO(paper.pdf.read())) as document:
        assert len(document) >= 1
    assert hashlib.sha256(paper.pdf.open("rb").read()).hexdigest() == paper.pdf_sha256


def test_internal_paper_is_read_by_its_own_office_only(people, walk):
    answer = made(browser(people.home.officer), walk, "search_mandate")
    paper = PaperVersion.objects.get()
    for name in ("version", "paper_pdf"):
        address = url(name, walk, paper.public_id)
        assert browser(people.home.officer).get(address).status_code == 200
        assert browser(people.partner.officer).get(address).status_code == 404
    assert answer.status_code == 302
    others = text_of(browser(people.partner.officer).get(url("papers", walk)))
    assert paper.public_id not in others


def test_second_version_begins_with_what_the_first_said(people, walk):
    client = browser(people.home.officer)
    made(client, walk, "letter_of_introduction")
    again = text_of(client.get(url("paper", walk, "letter_of_introduction")))
    assert example("letter_of_introduction")["salutation"]["de"] in again
    made(client, walk, "letter_of_introduction")
    assert [one.number for one in PaperVersion.objects.order_by("pk")] == [1, 2]
    other = text_of(client.get(url("paper", walk, "covering_letter")))
    assert example("letter_of_introduction")["contact_unit"]["uk"] in other


def test_paper_of_a_stale_form_is_refused_with_what_changed(people, walk):
    client, seen = browser(people.home.officer), version_of(walk)
    walk.do("profile", 2)
    answer = made(client, walk, "letter_of_intent", version=seen)
    assert answer.status_code == 409
    assert "Profile in English" in text_of(answer)
    assert example("letter_of_intent")["areas"][0]["uk"] in text_of(answer)


def test_approver_reads_the_form_page_but_makes_no_paper(people, walk):
    client = browser(people.home.approver)
    assert "written by the officers" in text_of(client.get(url("paper", walk, "agreement")))
    assert made(client, walk, "agreement").status_code == 403
    assert client.get(url("paper", walk, "treaty")).status_code == 404


def scan(client, walk, content=PDF, name="signed.pdf", **more):
    fields = {
        "act": "scan",
        "version": version_of(walk),
        "kind": "agreement",
        "side": "1",
        "of": "",
        "signed_on": DAY,
        "signatories": "Iryna Koval, mayor\nT. Westphal, Oberbürgermeister",
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(url("scans", walk), fields | more)


def test_scan_is_kept_with_hash_day_and_hands_and_saved_again(people, walk):
    client = browser(people.home.officer)
    assert scan(client, walk).status_code == 302
    kept = SignedScan.objects.get()
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert kept.signatories[1] == {"person": "T. Westphal", "post": "Oberbürgermeister"}
    page = text_of(client.get(url("scans", walk)))
    assert kept.sha256[:16] in page
    file = browser(people.partner.officer).get(url("scan", walk, kept.public_id))
    assert file["Content-Type"] == "application/pdf"
    assert b"".join(file.streaming_content) == PDF
    assert browser(people.stranger).get(url("scan", walk, kept.public_id)).status_code == 404
    assert client.get(url("scan", walk, "scan_aaaaaaaaaaaa")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.pdf", "is empty"),
        (b"MZ\x90\x00 a program", "paper.pdf", "is no whole PDF"),
        (PDF, "paper.png", "is not what its name says"),
        (PDF + b" " * (15 * 1024 * 1024), "large.pdf", "MB are the most"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused_and_audited(people, walk, content, name, words):
    answer = scan(browser(people.home.officer), walk, content, name)
    assert answer.status_code == 400
    assert words in text_of(answer)
    assert "Iryna Koval" in text_of(answer)
    assert AuditEvent.objects.filter(verb="refused_upload_scan").exists()
    assert not SignedScan.objects.exists()


def test_plan_measures_report_by_their_pages(people, walk):
    client, plans = browser(people.home.officer), url("plans", walk)
    begun = {"act": "begin", "year": "2027", "goal": "clean water"}
    assert client.post(plans, begun | {"version": version_of(walk)}).status_code == 302
    address = url("plan", walk, 2027)
    measure = {
        "act": "measure",
        "title": "Two pumps",
        "field": "water",
        "owner-1": "water works",
        "starts_on": "2027-02-01",
        "ends_on": "2027-05-01",
        "source-1": "city",
        "amount-1": "1 500,50",
        "currency-1": "eur",
        "indicator": "pumps at work",
        "target": "2",
    }
    assert client.post(address, measure | {"version": version_of(walk)}).status_code == 302
    kept = Measure.objects.get()
    assert kept.budget == [{"source": "city", "amount": "1500.50", "currency": "EUR"}]
    wrong = client.post(address, measure | {"version": version_of(walk), "amount-1": "much"})
    assert wrong.status_code == 400
    assert "is no amount" in text_of(wrong)
    report = {"act": "report"}
    early = client.post(address, report | {"version": version_of(walk)})
    assert "Still planned: Two pumps" in text_of(early)
    change = {"act": "change-1", "state": "done", "actual": "2", "result": "both run"}
    assert client.post(address, change | {"version": version_of(walk)}).status_code == 302
    text = text_of(client.get(address))
    assert "1\u202f500.50" in text
    goal = {"act": "goal", "goal": "cleaner water"}
    assert client.post(address, goal | {"version": version_of(walk)}).status_code == 302
    assert client.post(address, report | {"version": version_of(walk)}).status_code == 302
    after = text_of(browser(people.partner.officer).get(address))
    assert "the plan stands" in after
    assert 'name="act"' not in after
    assert client.get(url("plan", walk, 2031)).status_code == 404
    assert "2027" in text_of(client.get(plans))
