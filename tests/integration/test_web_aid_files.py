"""Files and photos of a consignment: added, read by whom, reviewed, sent as files alone."""

import io

import pytest
import web_aid_cast as cast
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from web_aid_cast import PDF, browser, main_of, page, send

from mistok.aid.models import AidFile, Consignment, FileReview

pytestmark = pytest.mark.django_db
people = cast.needy


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def files(consignment):
    return f"{consignment.public_id}/files/"


def a_pdf(name="letter.pdf", data=PDF):
    return SimpleUploadedFile(name, data, "application/pdf")


def a_photo(name="IMG_1.jpg"):
    told = io.BytesIO()
    Image.new("RGB", (80, 60), "white").save(told, "JPEG")
    return SimpleUploadedFile(name, told.getvalue(), "image/jpeg")


def a_kept_photo(people, made):
    send(browser(people.home.officer), files(made), "add", kind="photo", file=a_photo())
    return AidFile.objects.get(consignment=made, kind="photo")


def test_file_is_kept_and_sent_back_as_a_file(people):
    made = cast.coming(people.home)
    client = browser(people.home.officer)
    send(client, files(made), "add", kind="need_letter", file=a_pdf())
    kept = AidFile.objects.get()
    assert "letter.pdf" in page(client, files(made))
    answer = client.get(f"/en/aid/{files(made)}{kept.public_id}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "letter" not in answer["Content-Disposition"].replace("need_letter", "")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (a_pdf("tool.pdf", b"MZ\x90\x00" + b"\x00" * 200), "tool.pdf|not"),
        (a_pdf("empty.pdf", b""), "empty"),
        (None, "This field is required"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused(people, file, sentence):
    made = cast.coming(people.home)
    told = {"kind": "need_letter"} | ({"file": file} if file else {})
    answer = send(browser(people.home.officer), files(made), "add", 400, **told)
    assert any(part in main_of(answer) for part in sentence.split("|"))
    assert not AidFile.objects.exists()


def test_same_file_sent_twice_is_kept_once(people):
    made = cast.coming(people.home)
    client = browser(people.home.officer)
    told = {"act": "add", "key": "abcdefabcdef", "version": str(made.version), "kind": "invoice"}
    for _ in range(2):
        answer = client.post(f"/en/aid/{files(made)}", told | {"file": a_pdf()})
        assert answer.status_code == 302
    assert AidFile.objects.count() == 1


def test_file_belongs_to_a_line_or_an_act(people):
    made = cast.inland(people.home)
    line, act = made.lines.get(), made.acts.get()
    client = browser(people.home.officer)
    send(
        client,
        files(made),
        "add",
        kind="waybill",
        file=a_pdf(),
        line=line.public_id,
        of_act=act.public_id,
    )
    kept = AidFile.objects.get()
    assert (kept.line, kept.act) == (line, act)
    assert "letter.pdf" in page(client, f"{made.public_id}/")


def test_giver_sees_a_photo_only_after_a_review(people):
    made = cast.offered(people.partner, people.home)
    photo = a_kept_photo(people, made)
    giver, approver = browser(people.partner.officer), browser(people.home.approver, factor=True)
    path = f"{files(made)}{photo.public_id}/"
    assert "IMG_1.jpg" not in page(giver, files(made))
    page(giver, path, 404)
    assert "Not reviewed yet" in page(approver, files(made))
    review = f"{files(made)}?review={photo.public_id}"
    answer = send(approver, review, "review", 400, shown="no", reason="")
    assert "reason" in main_of(answer).lower()
    send(approver, review, "review", shown="yes")
    # How the other office calls its file stays there; what it is, and the file itself, do not.
    assert "IMG_1.jpg" not in page(giver, files(made))
    assert photo.public_id in giver.get(f"/en/aid/{files(made)}").content.decode()
    assert giver.get(f"/en/aid/{path}").status_code == 200
    send(approver, review, "review", shown="no", reason="A plate can be read.")
    page(giver, path, 404)
    assert "A plate can be read." in page(approver, files(made))
    assert FileReview.objects.count() == 2


def test_giver_adds_its_papers_and_reads_no_internal_ones(people):
    made = cast.offered(people.partner, people.home)
    giver, officer = browser(people.partner.officer), browser(people.home.officer)
    send(giver, files(made), "add", kind="invoice", file=a_pdf("invoice.pdf"))
    send(officer, files(made), "add", kind="distribution_plan", file=a_pdf("plan.pdf"))
    told = page(giver, files(made))
    assert "invoice.pdf" in told
    assert "plan.pdf" not in told
    plan = AidFile.objects.get(kind="distribution_plan")
    page(giver, f"{files(made)}{plan.public_id}/", 404)
    send(giver, files(made), "add", 400, kind="need_letter", file=a_pdf())
    assert "invoice.pdf" in page(officer, files(made))


def test_who_adds_which_kinds(people):
    made = cast.coming(people.home)
    who = cast.crew(people)
    shown = who.storekeeper.get(f"/en/aid/{files(made)}").content.decode()
    assert 'value="photo"' in shown
    assert 'value="need_letter"' not in shown
    assert "Add a file" not in page(who.auditor, files(made))
    send(who.auditor, files(made), "add", 400, kind="photo", file=a_photo())
    send(who.storekeeper, files(made), "add", kind="photo", file=a_photo())
    assert AidFile.objects.get().kind == "photo"


def test_nobody_reviews_but_who_approves(people):
    made = cast.coming(people.home)
    photo = a_kept_photo(people, made)
    who = cast.crew(people)
    path = f"{files(made)}?review={photo.public_id}"
    assert "Review a photo" not in page(who.officer, path)
    send(who.officer, path, "review", 400, shown="yes")
    without = browser(people.home.approver)
    answer = send(without, path, "review", 403, shown="yes")
    assert "Show your second factor" in main_of(answer)
    assert not FileReview.objects.exists()


def test_strangers_get_no_file_and_learn_nothing(people):
    made = cast.coming(people.home)
    photo = a_kept_photo(people, made)
    who = cast.crew(people)
    path = f"{files(made)}{photo.public_id}/"
    for client in (who.partner, who.coordinator, who.stranger):
        told = page(client, path, 404)
        assert told == page(client, "consignment_aaaaaaaaaaaa/files/aidfile_aaaaaaaaaaaa/", 404)
    assert who.anonymous.get(f"/en/aid/{path}").status_code == 302
    page(who.officer, f"{files(made)}aidfile_aaaaaaaaaaaa/", 404)


def test_closed_consignment_takes_no_more_files(people):
    made = cast.coming(people.home)
    Consignment.objects.filter(pk=made.pk).update(state="closed")
    client = browser(people.home.officer)
    assert "Add a file" not in page(client, files(made))
    send(client, files(made), "add", 409, kind="invoice", file=a_pdf())
    assert not AidFile.objects.exists()


@pytest.mark.parametrize("language", ["en", "uk"])
def test_page_renders_in_both_languages(people, language):
    made = cast.coming(people.home)
    a_kept_photo(people, made)
    client = browser(people.home.approver, factor=True)
    assert "IMG_1.jpg" in page(client, files(made), language=language)
