"""Mails of letters: what they say, and a queue that loses nothing and sends nothing twice."""

import datetime as dt
import json
import smtplib

import needs_cast
import pytest
from aiosmtpd.controller import Controller
from appeals_cast import TODAY, an_entry, dortmund, quick_papers, sent
from django.core import mail
from django.utils import timezone

from factories import GDYNIA
from mistok.config import working
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.needs import answers
from mistok.needs.appeals import (
    AddresseeEntry,
    addressees_of,
    correct_appeal,
    entry_of,
    file_of,
    lines_of,
    new_version,
    post_again,
    post_letters,
    posting,
    recall_appeal,
    waiting_mails,
)
from mistok.needs.models import AnswerLink, Notice, Posting
from mistok.provenance.models import AuditEvent
from signing import Mailbox, free_port, mail_server

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers
NOW = timezone.now()
GDYNIA_BY_MAIL = AddresseeEntry(place=GDYNIA, greeted_as="mayor", email="miasto@gdynia.example")


def later(hours=0, minutes=0):
    return timezone.now() + dt.timedelta(hours=hours, minutes=minutes, seconds=1)


def counts(posted):
    return posted.sent, posted.failed, posted.given_up


def text_of(letter):
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


class Refusing(Mailbox):
    """A server that refuses one mailbox for good and another for now."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("gone"):
            return "550 5.1.1 no such user gone@dortmund.example here"
        if address.startswith("busy"):
            return "451 4.7.1 come back later"
        if address.startswith("drop"):
            session.transport = None
            server.transport.close()
            return "421 4.3.0 good bye"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.6.0 your content"
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def refusing(settings):
    mailbox, port = Refusing(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    yield mailbox
    controller.stop()


# What they say ----------------------------------------------------------------------------


def test_mail_is_bilingual_with_the_letter_and_a_link_that_answers_it(people, settings):
    settings.MISTOK_ADDRESS = "https://mistok.example"
    (letter,) = sent(people.home).letters
    with mail_server(settings) as box:
        assert counts(post_letters()) == (1, 0, 0)
        assert counts(post_letters()) == (0, 0, 0)
    (got,) = box
    number = f"1/{TODAY.year}"
    assert got["Subject"].strip() == f"Hilfegesuch Nr. {number} (Hromada Schytomyr)"
    assert got["To"] == people.partner.office.official_email
    assert got["Reply-To"] == people.home.office.official_email
    assert got["Message-ID"].endswith("@mistok.example>")
    text = text_of(got)
    assert text.startswith("Sehr geehrter Herr Oberbürgermeister,\n\nhiermit übersenden")
    assert text.index("Sehr geehrter") < text.index("Шановний пане обербургомістре!")
    assert text.count(f"https://mistok.example/verify/{letter.code}/") == 2
    token = text.partition("https://mistok.example/answer/")[2].partition("/")[0]
    assert answers.open_link(token).addressee == letter.addressee
    (attached,) = got.iter_attachments()
    assert attached.get_filename() == f"1-{TODAY.year}-{letter.code}.pdf"
    assert attached.get_content() == file_of(letter, "pdf")
    row = Posting.objects.get()
    assert (row.tries, row.failure) == (1, "")
    assert AuditEvent.objects.filter(verb="mail_letter", actor="shell: worker").count() == 1


def test_corrected_letter_says_that_it_replaces_the_first(people, settings):
    appeal = sent(people.home).appeal
    told = {"lines": lines_of(appeal), "addressees": addressees_of(appeal)}
    correct_appeal(actor=people.home.officer, appeal=appeal, entry=entry_of(appeal), **told)
    new_version(actor=people.home.approver, appeal=appeal)
    with mail_server(settings) as box:
        assert counts(post_letters()) == (1, 0, 0)
    assert box[0]["Subject"].strip().startswith("Berichtigt: Hilfegesuch")
    assert "Es ersetzt die frühere Fassung" in text_of(box[0])


def test_recall_is_told_by_mail_with_its_reason(people, settings):
    done = sent(people.home, entry=an_entry(contact_mail="rada@zhytomyr.example"))
    with mail_server(settings) as box:
        post_letters()
        recall_appeal(actor=people.home.officer, appeal=done.appeal, reason="Список хибний.")
        assert counts(post_letters()) == (1, 0, 0)
    assert box[1]["Subject"].strip().startswith("Zurückgezogen: Hilfegesuch")
    assert box[1]["Reply-To"] == "rada@zhytomyr.example"
    text = text_of(box[1])
    assert text.count("Список хибний.") == 2
    assert done.letters[0].code in text
    assert not list(box[1].iter_attachments())


def test_mail_of_an_office_without_address_names_none_to_reply_to(people, settings):
    office = people.home.office
    before = office.official_email
    office.official_email = ""
    office.save()
    done = sent(people.home, entry=an_entry(contact_mail="rada@zhytomyr.example"))
    type(done.appeal).objects.update(contact_mail="")
    with mail_server(settings) as box:
        post_letters()
    assert box[0]["Reply-To"] is None
    office.official_email = before


# The queue --------------------------------------------------------------------------------


def test_server_that_is_down_is_tried_again_after_ever_longer_pauses(people, settings):
    done = sent(people.home, addressees=[dortmund(), GDYNIA_BY_MAIL])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = False
    at, pauses = later(), []
    for _turn in range(4):
        assert counts(post_letters(at)) == (0, 2, 0)
        assert counts(post_letters(at)) == (0, 0, 0)
        row = Posting.objects.order_by("pk").first()
        pauses.append(row.next_try_at - at)
        at = row.next_try_at
    assert pauses == sorted(set(pauses))
    assert row.failure == "server_away: ConnectionRefusedError"
    assert [one.tries for one in waiting_mails(done.appeal)] == [4, 4]
    with mail_server(settings) as box:
        assert counts(post_letters(at)) == (2, 0, 0)
    assert len(box) == 2
    assert not waiting_mails(done.appeal)


def test_mail_is_given_up_after_many_tries_and_shown_and_told(people, settings):
    done = sent(people.home)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    Posting.objects.update(tries=posting.MOST_TRIES - 1)
    assert counts(post_letters()) == (0, 1, 1)
    (row,) = waiting_mails(done.appeal)
    assert row.dropped_at is not None
    notice = Notice.objects.get(kind="letter_failed", person=people.home.officer.user)
    assert notice.params == {"title": "Winter 2026", "to": "Dortmund"}


def test_refused_mailbox_is_given_up_at_once_and_a_busy_one_is_not(people, refusing):
    done = sent(
        people.home,
        addressees=[
            dortmund(email="gone@dortmund.example"),
            AddresseeEntry(place=GDYNIA, email="busy@gdynia.example"),
        ],
    )
    assert counts(post_letters()) == (0, 2, 1)
    gone, busy = done.postings
    gone.refresh_from_db()
    busy.refresh_from_db()
    assert gone.failure.startswith("recipient_refused: 550 5.1.1 no such user … here")
    assert (gone.dropped_at is None, busy.dropped_at) == (False, None)
    assert busy.failure == "recipient_refused: 451 4.7.1 come back later"
    assert refusing == []


def test_link_of_a_mail_that_failed_is_void_and_the_next_has_its_own(people, refusing, settings):
    done = sent(people.home, addressees=[dortmund(email="busy@dortmund.example")])
    post_letters()
    assert [link.withdrawn_at is None for link in AnswerLink.objects.all()] == [False]
    Posting.objects.update(to="mayor@dortmund.example")
    assert counts(post_letters(later(hours=1))) == (1, 0, 0)
    assert AnswerLink.objects.filter(withdrawn_at=None, addressee__appeal=done.appeal).count() == 1


def test_server_that_hangs_up_or_refuses_one_mail_does_not_keep_the_others(people, refusing):
    done = sent(
        people.home,
        addressees=[
            dortmund(email="drop@dortmund.example"),
            AddresseeEntry(place=GDYNIA, email="spam@gdynia.example"),
            AddresseeEntry(place="geonames:3088825", email="urzad@plock.example"),
        ],
    )
    assert counts(post_letters()) == (1, 2, 0)
    assert [got["To"] for got in refusing] == ["urzad@plock.example"]
    failures = {one.to: one.failure for one in waiting_mails(done.appeal)}
    assert failures["drop@dortmund.example"].startswith(("server_away: ", "recipient_refused: 421"))
    assert failures["spam@gdynia.example"] == "server_refused: 554"


def test_file_altered_on_the_disk_is_not_mailed(people, settings):
    (letter,) = sent(people.home).letters
    letter.pdf.storage.delete(letter.pdf.name)
    with mail_server(settings) as box:
        assert counts(post_letters()) == (0, 1, 0)
    assert box == []
    assert Posting.objects.get().failure == "letter_file_missing"


def test_of_two_workers_at_once_one_sends(people, settings, monkeypatch):
    sent(people.home)
    opened = posting._opened

    def other_first(connection):
        monkeypatch.setattr(posting, "_opened", opened)
        assert counts(post_letters()) == (1, 0, 0)
        return opened(connection)

    monkeypatch.setattr(posting, "_opened", other_first)
    assert counts(post_letters()) == (0, 0, 0)
    assert len(mail.outbox) == 1


def test_machine_that_stopped_half_way_sends_after_the_pause(people, monkeypatch):
    sent(people.home)

    def stop(*told, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(posting, "_send", stop)
        with pytest.raises(KeyboardInterrupt):
            post_letters()
    assert counts(post_letters()) == (0, 0, 0)
    assert counts(post_letters(later(minutes=5))) == (1, 0, 0)


def test_letter_that_was_recalled_in_the_meantime_is_not_mailed(people):
    done = sent(people.home)
    recall_appeal(actor=people.home.officer, appeal=done.appeal, reason="The list was wrong.")
    assert counts(post_letters(later())) == (0, 0, 0)
    assert mail.outbox == []


# Trying again -----------------------------------------------------------------------------


def test_mail_that_was_given_up_is_sent_again_to_a_better_address(people, refusing):
    done = sent(people.home, addressees=[dortmund(email="gone@dortmund.example")])
    post_letters()
    (row,) = done.postings
    act = {"actor": people.home.officer, "posting": row}
    same = post_again(**act)
    assert (same.pk, same.dropped_at, same.tries) == (row.pk, None, 0)
    better = post_again(**act, email="Mayor@Dortmund.example")
    assert (better.to, better.letter) == ("mayor@dortmund.example", row.letter)
    assert counts(post_letters(later())) == (1, 0, 0)
    assert done.appeal.addressees.get().email == "mayor@dortmund.example"
    row.refresh_from_db()
    assert row.failure == "another_address"
    for posting_, code in ((better, "mail_sent"), (row, "mail_sent")):
        with pytest.raises((Conflict, Invalid)) as refusal:
            post_again(actor=people.home.officer, posting=posting_, email="mayor@dortmund.example")
        assert refusal.value.code == code


def test_who_may_not_send_may_not_send_again(people):
    (row,) = sent(people.home).postings
    with pytest.raises(NotAllowed):
        post_again(actor=people.partner.officer, posting=row)


def test_neither_a_recalled_nor_a_replaced_letter_is_sent_again(people):
    done = sent(people.home)
    appeal, (row,) = done.appeal, done.postings
    told = {"lines": lines_of(appeal), "addressees": addressees_of(appeal)}
    correct_appeal(actor=people.home.officer, appeal=appeal, entry=entry_of(appeal), **told)
    again = new_version(actor=people.home.approver, appeal=appeal)
    with pytest.raises(Conflict) as refusal:
        post_again(actor=people.home.officer, posting=row)
    assert refusal.value.code == "letter_replaced"
    post_letters()
    recall_appeal(actor=people.home.officer, appeal=appeal, reason="The list was wrong.")
    with pytest.raises(Conflict) as refusal:
        post_again(actor=people.home.officer, posting=row)
    assert refusal.value.code == "letter_recalled"
    word = Posting.objects.get(kind="recall", letter=again.letters[0])
    assert post_again(actor=people.home.officer, posting=word).failure == ""


def test_word_of_a_recall_that_failed_is_tried_again(people, refusing):
    done = sent(people.home, addressees=[dortmund(email="mayor@dortmund.example")])
    post_letters()
    recall_appeal(actor=people.home.officer, appeal=done.appeal, reason="The list was wrong.")
    Posting.objects.filter(kind="recall").update(to="busy@dortmund.example")
    assert counts(post_letters()) == (0, 1, 0)
    Posting.objects.filter(kind="recall").update(to="mayor@dortmund.example")
    assert counts(post_letters(later(minutes=5))) == (1, 0, 0)


# The worker -------------------------------------------------------------------------------


def test_worker_does_one_turn_and_tells_the_counts(people, mistok):
    sent(people.home)
    answer = mistok("worker", "--once", "--json")
    assert answer.status == 0
    told = json.loads(answer.out)
    assert told["letters"] == {"sent": 1, "failed": 0, "given_up": 0}
    assert set(told) == set(working.JOBS)
    assert "letters: sent 1, failed 0, given_up 0; announcements: told 0; notices: " in answer.err
    assert answer.err.count("\n") == 1
    again = mistok("worker", "--once")
    assert (again.out, "letters: sent 0" in again.err) == ("", True)


def test_worker_goes_on_until_its_input_is_closed_whatever_fails(mistok, monkeypatch):
    turns = iter([False, False, True])

    def letters():
        raise smtplib.SMTPException("not ours")

    monkeypatch.setattr(working, "_wait", lambda seconds, until_closed: next(turns))
    quiet = {"notices": lambda: {"sent": 0}, "reminders": lambda: {"sent": 0}}
    monkeypatch.setattr(working, "JOBS", {"letters": letters, **quiet})
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    answer = mistok("worker", "--json", "--until-closed")
    told = [json.loads(line) for line in answer.out.splitlines()]
    assert [set(one) for one in told] == [
        {"letters", "notices", "reminders"},
        {"letters", "notices"},
        {"letters", "notices"},
    ]
    assert all(one["letters"] == {"broken": 1} for one in told)
    monkeypatch.setattr(working, "JOBS", quiet)
    turns = iter([True])
    assert mistok("worker").err == ""


def test_pause_that_is_none_is_refused(mistok):
    answer = mistok("worker", "--every", "0")
    assert (answer.status, answer.err.count("\n")) == (1, 1)
