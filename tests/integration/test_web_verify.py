"""Pages on which anybody checks a letter: by its code, by its file, and by oneself."""

import datetime as dt

import needs_cast
import pytest
from appeals_cast import TODAY, an_entry, dortmund, quick_papers, sent
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mistok.accounts.models import Office
from mistok.needs.appeals import (
    addressees_of,
    correct_appeal,
    file_of,
    lines_of,
    new_version,
    published_keys,
    recall_appeal,
)
from mistok.needs.appeals.codes import new_code
from mistok.needs.models import Appeal
from mistok.web.verify import limiting

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers
PAGE = "/en/verify/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def letter(people):
    return sent(people.home, addressees=[dortmund(email="ob@dortmund.example")]).letters[0]


def look(code, status=200, language="en"):
    response = Client().get(f"/{language}/verify/{code}/")
    assert response.status_code == status
    return response.content.decode()


def upload(content, address=PAGE, *, name="letter.pdf", **fields):
    file = SimpleUploadedFile(name, content)
    return Client().post(address, {"file": file} | fields)


def test_genuine_letter_is_told_with_sender_addressee_and_whom_to_call(people, letter):
    text = look(letter.code)
    assert "Genuine" in text
    for fact in ("Zhytomyr", "Dortmund", f"1/{TODAY.year}", "+380412481212", letter.key):
        assert fact in text
    assert people.home.office.official_email in text
    assert "Житомир" in look(letter.code, language="uk")


def test_strangers_are_not_told_what_is_asked_for(letter):
    text = look(letter.code)
    assert "generator" not in text.casefold()
    assert "winter" not in text.casefold()
    assert "ob@dortmund.example" not in text


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("A", "А")]
)
def test_code_is_understood_however_it_was_typed(letter, typed):
    assert "Genuine" in look(typed(letter.code))


def test_code_of_the_form_leads_to_its_page(letter):
    response = Client().post(PAGE, {"code": letter.code.lower()})
    assert response.status_code == 302
    assert response["Location"] == f"/en/verify/{letter.code}/"


def test_slip_and_unknown_code_are_told_apart():
    assert "a sign is missing or wrong" in look("K7QM-2XWD-94TQ", 404)
    code = new_code()
    text = look(code, 404)
    assert "No letter with this code was ever sent" in text
    assert 'name="code"' in text
    assert Client().post(PAGE, {"code": code}).status_code == 404
    assert Client().post(f"/en/verify/{code}/", {}).status_code == 404


def test_recalled_replaced_expired_and_closed_letters_say_so(people, letter):
    appeal = letter.addressee.appeal
    appeal.refresh_from_db()
    correct_appeal(
        actor=people.home.officer,
        appeal=appeal,
        entry=an_entry(recipient_code="04053625"),
        lines=lines_of(appeal),
        addressees=addressees_of(appeal),
    )
    newer = new_version(actor=people.home.approver, appeal=appeal).letters[0]
    assert "Replaced by a newer letter" in look(letter.code)
    text = look(newer.code)
    assert "Genuine" in text
    assert "version 2" in text
    Appeal.objects.filter(pk=appeal.pk).update(valid_until=TODAY - dt.timedelta(days=1))
    assert "Genuine, but its day has passed" in look(newer.code)
    Appeal.objects.filter(pk=appeal.pk).update(state="closed")
    assert "closed: it takes no answers any more" in look(newer.code)
    appeal.refresh_from_db()
    recall_appeal(actor=people.home.officer, appeal=appeal, reason="A slip.")
    text = look(newer.code)
    assert "Recalled by its sender" in text
    assert "A slip." not in text


def test_record_that_does_not_bear_its_signature_is_told_as_altered(letter, monkeypatch):
    monkeypatch.setattr("mistok.needs.appeals.verifying.holds", lambda *_told: False)
    assert "Altered" in look(letter.code)


def test_office_that_is_no_longer_verified_is_not_vouched_for(letter):
    Office.objects.update(state="suspended")
    text = look(letter.code)
    assert "+380412481212" not in text
    assert "has no verified number here today" in text


# Files ------------------------------------------------------------------------------------


def test_file_is_compared_byte_for_byte(letter):
    content, address = file_of(letter, "pdf"), f"/en/verify/{letter.code}/"
    assert "The file is unchanged" in upload(content, address).content.decode()
    text = upload(content[:-1] + b"!", address).content.decode()
    assert "</span> The file was altered</h1>" in text
    assert "itself: genuine" in text
    text = upload(file_of(letter, "docx"), address).content.decode()
    assert "An unsigned working copy" in text


def test_genuine_file_of_another_letter_is_told(people, letter):
    other = sent(people.home).letters[0]
    response = upload(file_of(other, "pdf"), f"/en/verify/{letter.code}/")
    assert "Another letter" in response.content.decode()


def test_file_alone_finds_its_letter(letter):
    content = file_of(letter, "pdf")
    text = upload(content).content.decode()
    assert letter.code in text
    assert "The file is unchanged" in text
    response = upload(content + b"\n")
    assert response.status_code == 404
    assert "none of the letters" in response.content.decode()
    assert "The file was altered" in upload(content + b"\n", code=letter.code).content.decode()


def test_file_that_is_none_or_too_large_is_refused_in_a_sentence(letter, monkeypatch):
    assert upload(b"GIF89a").status_code == 400
    address = f"/en/verify/{letter.code}/"
    assert "no PDF" in upload(b"GIF89a", address).content.decode()
    monkeypatch.setattr("mistok.web.verify.files.MOST_BYTES", 10)
    response = upload(b"%PDF-1.7 and much more")
    assert response.status_code == 400
    assert "larger than 5 megabytes" in response.content.decode()
    assert Client().post(address, {}).status_code == 400
    response = Client().post(PAGE, {"code": " "})
    assert response.status_code == 400
    assert "Type the code of the letter, or choose its PDF" in response.content.decode()


# Keys, limits -----------------------------------------------------------------------------


def test_keys_are_published_with_the_way_to_check_by_oneself(letter):
    text = Client().get(PAGE).content.decode()
    (key, *_older) = published_keys()
    assert key.id in text
    assert "openssl pkeyutl -verify" in text
    answer = Client().get(f"/en/verify/keys/{key.id}.pem")
    assert answer.content.decode() == key.pem
    assert Client().get("/en/verify/keys/ed25519-0.pem").status_code == 404


def test_page_without_keys_says_so(monkeypatch):
    monkeypatch.setattr("mistok.web.verify.present.published_keys", tuple)
    assert "there is no key" in Client().get(PAGE, {"code": "K7"}).content.decode()


def test_guessing_is_stopped_and_looking_up_is_not(letter, monkeypatch):
    for _turn in range(limiting.MISSES):
        look("K7QM-2XWD-94TQ", 404)
    response = Client().get("/en/verify/K7QM-2XWD-94TQ/")
    assert response.status_code == 429
    assert "too often" in response.content.decode()
    cache.clear()
    monkeypatch.setattr(limiting, "LOOKUPS", 2)
    for _turn in range(2):
        look(letter.code)
    assert Client().get(f"/en/verify/{letter.code}/").status_code == 429
    assert Client().post(PAGE, {"code": letter.code}).status_code == 429


def test_count_that_left_the_cache_begins_anew(letter, monkeypatch):
    def gone(_name):
        raise ValueError

    look(letter.code)
    monkeypatch.setattr(limiting.cache, "incr", gone)
    look(letter.code)
