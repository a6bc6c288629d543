"""Letters that went out: papers and signatures, verification, corrections, recall, expiry."""

import datetime as dt
import hashlib
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import needs_cast
import pypdfium2
import pytest
from appeals_cast import (
    RECIPIENT,
    SITUATION,
    TODAY,
    a_line,
    an_entry,
    approved,
    dortmund,
    quick_papers,
    sent,
)
from django.db.models import QuerySet

from factories import GDYNIA
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from mistok.needs import answers, appeals
from mistok.needs.appeals import (
    AddresseeEntry,
    FileStanding,
    Overruled,
    Standing,
    close_appeal,
    correct_appeal,
    file_of,
    find_by_file,
    making,
    new_version,
    newest_letters,
    post_letters,
    recall_appeal,
    refuse_correction,
    rotate,
    send_appeal,
    sending,
    standing_of,
    verify,
    verify_file,
    withdraw_appeal,
)
from mistok.needs.models import AnswerLink, Appeal, Letter, Need, Notice, Posting
from mistok.needs.models.appeals import letter_storage

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers
GDYNIA_BY_HAND = AddresseeEntry(place=GDYNIA, greeted_as="city_president", gender="f")
LATER = TODAY + dt.timedelta(days=91)


@pytest.fixture(scope="module")
def two(people):
    """A letter to Dortmund by mail and to Gdynia by hand."""
    people.second.office.official_email = ""
    people.second.office.callback_phone = "+48585550000"
    people.second.office.save()
    return [dortmund(), GDYNIA_BY_HAND]


def refused(refusal, code, act, **told):
    with pytest.raises(refusal) as caught:
        act(**told)
    assert caught.value.code == code, str(caught.value)
    return caught.value


def files():
    folder = letter_storage().path("")
    return {path for path in Path(folder).rglob("*") if path.is_file()}


def told_of(office):
    people = office.officer.user.need_notices.values_list("kind", flat=True)
    return set(people)


# Sending ----------------------------------------------------------------------------------


def test_each_addressee_gets_a_letter_in_its_language(people, two, monkeypatch):
    monkeypatch.undo()
    done = sent(people.home, addressees=two)
    german, polish = done.letters
    assert done.appeal.state == "sent"
    assert (german.languages, polish.languages) == (["uk", "de"], ["uk", "pl"])
    assert german.code != polish.code
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(file_of(polish, "pdf"))
    )
    number = f"1/{TODAY.year}"
    for words in (
        "Gdyni",
        "Prezydent miasta Gdyni",
        "Szanowna Pani Prezydent",
        number,
        polish.code,
    ):
        assert words in text
    assert "Президенту міста Гдині" in text
    paper = docx.Document(io.BytesIO(file_of(polish, "docx")))
    assert "Working copy" not in paper.paragraphs[0].text
    assert hashlib.sha256(file_of(polish, "docx")).hexdigest() == polish.docx_sha256
    assert told_of(people.partner) == {"letter_received"}


def test_who_has_no_mail_is_named_with_a_link_shown_once(people, two, settings):
    settings.MISTOK_ADDRESS = "https://mistok.example"
    done = sent(people.home, addressees=two)
    (posting,), (hand,) = done.postings, done.by_hand
    assert posting.to == people.partner.office.official_email
    assert (hand.name, hand.letter, hand.addressee.email) == ("Gdynia", done.letters[1], "")
    assert hand.link.startswith("https://mistok.example/answer/")
    token = hand.link.removesuffix("/").rpartition("/")[2]
    assert answers.open_link(token).addressee == hand.addressee
    assert done.letters[0].slots["verify_address"].startswith("https://mistok.example/verify/")
    assert "answer" not in str(done.letters[0].slots)
    assert token not in str(AnswerLink.objects.values())


def test_letter_to_a_city_without_office_tells_nobody_on_the_page(people):
    to = AddresseeEntry(place="geonames:3088825", email="urzad@plock.example")
    done = sent(people.home, addressees=[to])
    assert len(done.postings) == 1
    assert not Notice.objects.filter(kind="letter_received").exists()


def test_letters_stay_as_they_are(people):
    (letter,) = sent(people.home).letters
    for act in (letter.save, letter.delete, Letter.objects.all().delete):
        refused(Conflict, "record_kept", act)
    refused(Conflict, "record_kept", Letter.objects.update, number=2)


def test_letter_is_sent_once_and_by_who_may(people):
    appeal = approved(people.home)
    before = files()
    for actor in (people.home.approver, people.partner.officer, people.nobody):
        with pytest.raises(NotAllowed):
            send_appeal(actor=actor, appeal=appeal)
    version = appeal.version
    refused(
        Conflict,
        "appeal_changed",
        send_appeal,
        actor=people.home.officer,
        appeal=appeal,
        expected=version - 1,
    )
    assert files() == before
    send_appeal(actor=people.home.officer, appeal=appeal, expected=version)
    refused(Conflict, "appeal_state", send_appeal, actor=people.home.officer, appeal=appeal)
    assert Letter.objects.filter(addressee__appeal=appeal).count() == 1


def test_letter_withdrawn_while_its_papers_were_made_leaves_nothing(people, monkeypatch):
    appeal, before = approved(people.home), files()
    make = sending.make_letters

    def meanwhile(*told):
        made = make(*told)
        withdraw_appeal(actor=people.home.officer, appeal=Appeal.objects.get(pk=appeal.pk))
        return made

    monkeypatch.setattr(sending, "make_letters", meanwhile)
    refused(Conflict, "appeal_state", send_appeal, actor=people.home.officer, appeal=appeal)
    assert files() == before
    assert not Letter.objects.filter(addressee__appeal=appeal).exists()


def test_paper_that_fails_takes_those_made_before_with_it(people, two, monkeypatch):
    appeal, before = approved(people.home, addressees=two), files()
    papers = iter([making.to_pdf, None])

    def second_fails(paper):
        make = next(papers)
        if make is None:
            raise Unavailable("No space is left.", code="data_full")
        return make(paper)

    monkeypatch.setattr(making, "to_pdf", second_fails)
    refused(Unavailable, "data_full", send_appeal, actor=people.home.officer, appeal=appeal)
    appeal.refresh_from_db()
    assert (files(), appeal.state) == (before, "approved")


def test_letter_that_would_come_too_late_is_not_sent(people):
    appeal = approved(people.home)
    late = dt.datetime.combine(LATER, dt.time(12), dt.UTC)
    refused(
        Conflict, "letter_lapsed", send_appeal, actor=people.home.officer, appeal=appeal, at=late
    )


def test_committed_lines_go_out_and_withdrawn_ones_do_not(people):
    appeal = approved(people.home)
    need = Need.objects.filter(pk=appeal.lines.get().need_id)
    need.update(state="withdrawn", still_open=0, withdrawn=8000)
    refused(Conflict, "line_not_open", send_appeal, actor=people.home.officer, appeal=appeal)
    need.update(state="committed", committed=8000, withdrawn=0)
    assert send_appeal(actor=people.home.officer, appeal=appeal).letters


# Verification -----------------------------------------------------------------------------


def test_code_tells_the_letter_and_whom_to_call_back(people):
    (letter,) = sent(people.home).letters
    verdict = verify(letter.code.lower().replace("-", " "))
    assert (verdict.state, verdict.letter, verdict.version) == (Standing.GENUINE, letter, 1)
    assert verdict.sender == "Житомирська міська територіальна громада"
    assert (verdict.number, verdict.date) == (f"1/{TODAY.year}", TODAY)
    assert (verdict.addressee, verdict.addressee_place) == ("Dortmund", people.partner.place)
    assert (verdict.callback_phone, verdict.office_verified) == ("+380412481212", True)
    assert verdict.key == appeals.published_keys()[0].id
    assert standing_of(letter) == Standing.GENUINE


def test_nobody_vouches_for_an_office_that_is_no_longer_verified(people):
    (letter,) = sent(people.home).letters
    type(people.home.office).objects.filter(pk=people.home.office.pk).update(state="suspended")
    verdict = verify(letter.code)
    assert (verdict.state, verdict.office_verified) == (Standing.GENUINE, False)
    assert verdict.callback_phone == verdict.official_site == ""


def test_unknown_code_and_slip_are_told_apart(people):
    known = "HDAM-FTW3-AX23"
    assert verify(known).state == Standing.UNKNOWN
    assert not verify(known).mistyped
    slip = verify("HDAM-FTW3-AX24 ")
    assert (slip.state, slip.mistyped, slip.code) == (Standing.UNKNOWN, True, "HDAM-FTW3-AX24")


def test_letter_expires_with_its_last_day_and_a_closed_one_stays_genuine(people):
    done = sent(people.home)
    (letter,) = done.letters
    assert verify(letter.code, LATER - dt.timedelta(days=1)).state == Standing.GENUINE
    assert verify(letter.code, LATER).state == Standing.EXPIRED
    close_appeal(actor=people.home.officer, appeal=done.appeal)
    verdict = verify(letter.code)
    assert (verdict.state, verdict.closed) == (Standing.GENUINE, True)


def test_file_is_genuine_to_the_byte_only(people, two):
    german, polish = sent(people.home, addressees=two).letters
    pdf = file_of(german, "pdf")
    for place in (10, len(pdf) // 2, len(pdf) - 1):
        altered = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert verify_file(german.code, altered) == FileStanding.ALTERED == "altered"
        assert find_by_file(altered) is None
    assert verify_file(german.code, pdf) == FileStanding.GENUINE == "genuine"
    assert verify_file(german.code, file_of(german, "docx")) == FileStanding.WORKING_COPY
    assert verify_file(polish.code, pdf) == FileStanding.OTHER_LETTER
    assert verify_file("HDAM-FTW3-AX23", pdf) == FileStanding.UNKNOWN
    assert verify_file("", pdf) == FileStanding.UNKNOWN
    assert find_by_file(pdf) == german


def test_record_that_was_tampered_with_does_not_bear_its_signature(people):
    (letter,) = sent(people.home).letters
    QuerySet(Letter).filter(pk=letter.pk).update(pdf_sha256="0" * 64)
    assert verify(letter.code).state == Standing.ALTERED


def test_letters_stay_genuine_when_the_key_changes(people):
    first = sent(people.home).letters[0]
    new = rotate()
    second = sent(people.home).letters[0]
    assert (first.key != second.key, second.key) == (True, new.id)
    assert verify(first.code).state == verify(second.code).state == Standing.GENUINE


def test_file_that_is_gone_or_altered_on_the_disk_is_not_given_out(people):
    (letter,) = sent(people.home).letters
    path = letter.pdf.storage.path(letter.pdf.name)
    Path(path).write_bytes(Path(path).read_bytes() + b" ")
    refused(Unavailable, "letter_file_altered", file_of, letter=letter, kind="pdf")
    letter.pdf.storage.delete(letter.pdf.name)
    refused(NotFound, "letter_file_missing", file_of, letter=letter, kind="pdf")


# Corrections ------------------------------------------------------------------------------


def correction(people, done, **changes):
    told = {
        "entry": appeals.entry_of(done.appeal),
        "lines": appeals.lines_of(done.appeal),
        "addressees": appeals.addressees_of(done.appeal),
    }
    return correct_appeal(actor=people.home.officer, appeal=done.appeal, **told | changes)


def test_corrected_version_replaces_the_old_one_in_every_way(people, two):
    done = sent(people.home, addressees=two, lines=[a_line(people.home, 8, 8)])
    old = done.letters[0]
    line = replace(appeals.lines_of(done.appeal)[0], amount=Decimal(3))
    to = [replace(dortmund(), gender="f"), GDYNIA_BY_HAND]
    correction(people, done, lines=[line], addressees=to, entry=an_entry(title="Corrected"))
    assert verify(old.code).state == Standing.GENUINE
    assert len(appeals.sources_of_correction(done.appeal)) == 2
    again = new_version(actor=people.home.approver, appeal=done.appeal)
    new = again.letters[0]
    assert (new.number, new.addressee, new.slots["needs"][0]["quantity"]) == (2, old.addressee, "3")
    assert new.slots["salutation"]["de"] == "Sehr geehrte Frau Oberbürgermeisterin,"
    assert new.slots["number"] == old.slots["number"]
    assert (done.appeal.title, done.appeal.correction) == ("Corrected", {})
    assert verify(old.code).state == Standing.REPLACED
    assert verify(old.code).replaced_at == new.made_at
    assert verify(new.code).state == Standing.GENUINE
    assert newest_letters(done.appeal) == again.letters
    assert Posting.objects.get(letter=old).failure == "replaced"
    assert len(again.by_hand) == 1
    assert "letter_replaced" in told_of(people.partner)


def test_correction_needs_another_pair_of_eyes(people):
    done = sent(people.home)
    act = {"actor": people.home.approver, "appeal": done.appeal}
    assert appeals.sources_of_correction(done.appeal) == ()
    refused(Conflict, "no_correction", new_version, **act)
    correction(people, done)
    with pytest.raises(NotAllowed):
        new_version(actor=people.home.officer, appeal=done.appeal)
    kept = done.appeal.correction | {"by": str(people.home.approver)}
    Appeal.objects.filter(pk=done.appeal.pk).update(correction=kept)
    refused(NotAllowed, "own_letter", new_version, **act)


def test_correction_is_refused_with_a_reason(people):
    done = sent(people.home)
    correction(people, done)
    act = {"actor": people.home.approver, "appeal": done.appeal}
    refuse_correction(**act, reason="The first was right.")
    assert (done.appeal.correction, done.appeal.returned_because) == ({}, "The first was right.")
    refused(Conflict, "no_correction", refuse_correction, **act, reason="again")


def test_correction_changes_neither_lines_nor_addressees(people, two, monkeypatch):
    done = sent(people.home)
    other = [a_line(people.home)]
    refused(Invalid, "correction_changes_lines", correction, people=people, done=done, lines=other)
    refused(
        Invalid,
        "correction_changes_addressees",
        correction,
        people=people,
        done=done,
        addressees=two,
    )
    monkeypatch.undo()
    words = {"situation": SITUATION | {"de": "Danke 🙏"}, "recipient": RECIPIENT}
    entry = an_entry(words=words)
    refused(Invalid, "sign_unprintable", correction, people=people, done=done, entry=entry)
    words = {"situation": {"uk": SITUATION["uk"]}, "recipient": RECIPIENT}
    entry = an_entry(words=words, valid_until=None)
    refused(Invalid, "letter_not_whole", correction, people=people, done=done, entry=entry)
    done.appeal.refresh_from_db()
    assert done.appeal.correction == {}


def test_danger_in_a_correction_is_let_pass_by_the_approver_alone(people):
    done = sent(people.home)
    street = f"{SITUATION['uk']} Склад на вул. Київській, 77."
    words = {"situation": SITUATION | {"uk": street}, "recipient": RECIPIENT}
    correction(people, done, entry=an_entry(words=words))
    act = {"actor": people.home.approver, "appeal": done.appeal}
    refusal = refused(Invalid, "text_dangerous", new_version, **act)
    passed = [Overruled(key=one["key"], reason="Known.") for one in refusal.details["passages"]]
    new_version(**act, overruled=passed)
    assert [one["reason"] for one in done.appeal.overruled] == ["Known."] * len(passed)


# Recall -----------------------------------------------------------------------------------


def test_recalled_letter_says_so_at_once_and_its_links_are_void(people, two):
    done = sent(people.home, addressees=two)
    token = done.by_hand[0].link.removesuffix("/").rpartition("/")[2]
    recall_appeal(actor=people.home.approver, appeal=done.appeal, reason="A forged list.")
    verdict = verify(done.letters[0].code, LATER)
    assert (verdict.state, verdict.recalled_at) == (Standing.RECALLED, done.appeal.recalled_at)
    with pytest.raises(Conflict):
        answers.open_link(token)
    posting = Posting.objects.get(letter=done.letters[0])
    assert (posting.failure, posting.dropped_at) == ("recalled", done.appeal.recalled_at)
    assert not Posting.objects.filter(kind="recall").exists()
    assert "letter_recalled" in told_of(people.partner)
    act = {"actor": people.home.officer, "appeal": done.appeal, "reason": "again"}
    refused(Conflict, "appeal_state", recall_appeal, **act)


def test_everybody_who_was_mailed_a_letter_is_told_of_its_recall(people, two):
    mailed = [dortmund(), replace(GDYNIA_BY_HAND, email="miasto@gdynia.example")]
    done = sent(people.home, addressees=mailed)
    post_letters()
    recall_appeal(actor=people.home.officer, appeal=done.appeal, reason="The list was wrong.")
    queued = Posting.objects.filter(kind="recall", sent_at=None)
    assert {one.to for one in queued} == {one.to for one in done.postings}


def test_reason_of_a_recall_is_needed_and_gives_nothing_away(people):
    done = sent(people.home)
    act = {"actor": people.home.officer, "appeal": done.appeal}
    refused(Invalid, "text_missing", recall_appeal, **act, reason=" ")
    refused(Invalid, "text_dangerous", recall_appeal, **act, reason="Склад на вул. Київській, 77")
    recall_appeal(**act, reason="Вулиця Київська зачинена.")
    assert Notice.objects.filter(kind="letter_recalled", subject=done.appeal.public_id).exists()
