"""One-time links: a letter is answered without an account, once, in time, by whom it went to."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_letter, adds_up, again, refused
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from needs_cast import TODAY, a_need, steps

from mistok.accounts.models import Office
from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, LineAnswer, LinkAnswer, TakenBack
from mistok.needs.models import AnswerLink, Appeal, Commitment, Notice
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = needs_cast.needy
NOW = timezone.now()


def line(need, number=None, **fields):
    given = CommitmentEntry(number=None if number is None else Decimal(number), **fields)
    return LineAnswer(need=need.public_id, entry=given)


@pytest.fixture
def letter(people):
    """Two lines, asked of Gdynia, which has an office that does not matter here."""
    needs = [a_need(people.home, 8), a_need(people.home, 3, item="ambulance")]
    appeal = a_letter(people.home, needs, people.second)
    addressee = appeal.addressees.get()
    made = answers.make_link(addressee)
    return appeal, addressee, needs, made


def test_whole_form_is_kept_in_one_act_and_the_link_is_used_up(people, letter):
    appeal, addressee, needs, made = letter
    opened = answers.open_link(made.token)
    assert (opened.appeal, opened.addressee, opened.lines) == (appeal, addressee, tuple(needs))
    answered = answers.answer_by_link(
        token=made.token,
        entry=LinkAnswer(
            name="A. Nowak",
            lines=(line(needs[1]), line(needs[0], 2)),
            question="Do you need the manuals?",
        ),
    )
    assert [one.kind for one in answered.answers] == ["acknowledged", "question"]
    assert [one.state for one in answered.commitments] == ["made", "made"]
    row = answered.commitments[0]
    assert (row.giver_place, row.giver_name, row.giver_email) == (
        people.second.place,
        "Gdynia",
        "post@dortmund.example",
    )
    assert (row.giver_office, row.addressee, row.form) == (None, addressee, "full")
    assert answered.answers[1].by_name == "A. Nowak, Gdynia"
    assert again(addressee).acknowledged_at is not None
    assert (adds_up(needs[0]).still_open, adds_up(needs[1]).state) == (steps(6), "committed")
    event = AuditEvent.objects.get(verb="answer_by_link", subject=appeal.public_id)
    assert event.actor == f"link: {made.link.public_id}"
    assert "Nowak" not in str(event.after)
    assert made.token not in str(list(AnswerLink.objects.values()))
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert {"commitment_made", "letter_acknowledged", "letter_question"} <= kinds


def test_replayed_link_is_refused_and_told_when_it_was_used_and_what_was_said(letter):
    _appeal, _addressee, needs, made = letter
    answers.answer_by_link(
        token=made.token, entry=LinkAnswer(name="A. Nowak", lines=(line(needs[0], 2),))
    )
    for act in (
        lambda: answers.open_link(made.token),
        lambda: answers.answer_by_link(token=made.token, entry=LinkAnswer()),
    ):
        told = refused("link_used", act)
        assert told.details["who"] == "A. Nowak, Gdynia"
        assert ", Gdynia: received; " in str(told)
        assert TODAY.isoformat() in str(told)
        assert told.details["said"][1].startswith("2\u00a0diesel generators")
    events = AuditEvent.objects.filter(verb__startswith="refused_")
    assert events.exists()
    assert not any("Nowak" in str(event.after) for event in events)
    assert adds_up(needs[0]).still_open == steps(6)


def test_one_line_that_cannot_be_committed_keeps_all_and_the_link_stays_good(letter):
    _appeal, addressee, needs, made = letter
    for wrong, code in (
        (line(needs[0], 9), "more_than_open"),
        (LineAnswer(need="need_abcdefgh2345", entry=CommitmentEntry()), "line_unknown"),
        (line(needs[1], 1), "line_twice"),
    ):
        entry = LinkAnswer(lines=(line(needs[1], 1), wrong))
        told = refused(code, answers.answer_by_link, token=made.token, entry=entry)
        if code == "more_than_open":
            assert told.details["need"] == needs[0].public_id
    contradiction = LinkAnswer(lines=(line(needs[1], 1),), refusal="No money.")
    refused("answer_contradicts", answers.answer_by_link, token=made.token, entry=contradiction)
    assert not Commitment.objects.exists()
    assert again(addressee).acknowledged_at is None
    answers.answer_by_link(token=made.token, entry=LinkAnswer(refusal="We have no money."))
    assert [one.kind for one in addressee.answers.all()] == ["acknowledged", "refused"]


def test_what_was_promised_by_a_link_is_taken_back_by_the_next_one(people, letter):
    _appeal, addressee, needs, made = letter
    first = answers.answer_by_link(
        token=made.token, entry=LinkAnswer(lines=(line(needs[0], 2),))
    ).commitments[0]
    by_office = answers.commit(
        actor=people.second.officer,
        need=needs[1],
        giver=people.second.office,
        entry=CommitmentEntry(),
        addressee=addressee,
    )
    newer = answers.make_link(addressee)
    assert answers.open_link(newer.token).before == (first, by_office)
    back = TakenBack(commitment=by_office.public_id, reason="No.")
    entry = LinkAnswer(taken_back=(back,))
    refused("commitment_unknown", answers.answer_by_link, token=newer.token, entry=entry)
    back = TakenBack(commitment=first.public_id, reason="The truck is broken.")
    entry = LinkAnswer(taken_back=(back,), lines=(line(needs[0], 1),))
    answered = answers.answer_by_link(token=newer.token, entry=entry)
    assert [one.state for one in answered.taken_back] == ["withdrawn"]
    assert [one.kind for one in answered.answers] == []
    assert adds_up(needs[0]).committed == steps(1)
    gone = TakenBack(commitment="commitment_abcdefgh2345", reason="No.")
    last = answers.make_link(addressee)
    entry = LinkAnswer(taken_back=(gone,))
    refused("commitment_unknown", answers.answer_by_link, token=last.token, entry=entry)


def test_office_that_came_later_takes_back_what_its_municipality_promised_by_a_link(people, letter):
    _appeal, _addressee, needs, made = letter
    entry = LinkAnswer(lines=(line(needs[0], 2),))
    row = answers.answer_by_link(token=made.token, entry=entry).commitments[0]
    row = answers.withdraw_commitment(
        actor=people.second.officer, commitment=row, reason="The truck is broken."
    )
    assert row.state == "withdrawn"


def test_link_of_a_town_without_an_office_is_its_only_way(people, letter):
    _appeal, _addressee, needs, made = letter
    Office.objects.filter(pk=people.second.office.pk).update(state="closed")
    entry = LinkAnswer(lines=(line(needs[0], 2),))
    row = answers.answer_by_link(token=made.token, entry=entry).commitments[0]
    for who in (people.second.officer, people.stranger, people.nobody):
        refused(
            "not_your_commitment",
            answers.withdraw_commitment,
            actor=who,
            commitment=row,
            reason="No.",
        )
    row = answers.withdraw_commitment(actor=people.home.officer, commitment=row, reason="No.")
    assert row.state == "withdrawn"


def test_link_is_good_for_thirty_days_or_until_the_day_of_the_letter(people, letter):
    appeal, addressee, _needs, made = letter
    assert made.link.expires_at - made.link.made_at == dt.timedelta(days=30)
    late = made.link.expires_at + dt.timedelta(seconds=1)
    refused("link_expired", answers.open_link, made.token, at=late)
    entry = LinkAnswer()
    refused("link_expired", answers.answer_by_link, token=made.token, entry=entry, at=late)
    Appeal.objects.filter(pk=appeal.pk).update(valid_until=TODAY)
    addressee = again(addressee)
    newer = answers.make_link(addressee)
    assert newer.link.expires_at.date() == TODAY + dt.timedelta(days=1)
    assert "void" in str(refused("link_void", answers.open_link, made.token))
    Appeal.objects.filter(pk=appeal.pk).update(state="recalled", recall_reason="Forged.")
    refused("letter_recalled", answers.open_link, newer.token)
    refused("letter_recalled", answers.answer_by_link, token=newer.token, entry=entry)
    assert again(newer.link).used_at is None


def test_unknown_token_opens_nothing(people):
    for act in (answers.open_link, answers.link_of):
        refused("link_unknown", act, "x" * 43)
    refused("link_unknown", answers.answer_by_link, token="", entry=LinkAnswer())
    refused("link_unknown", answers.confirm_by_link, token="\0")


def test_new_link_goes_only_to_the_address_that_the_letter_went_to(settings, letter):
    settings.MISTOK_MAIL_HOST = "mail.example.org"
    _appeal, addressee, _needs, made = letter
    answers.answer_by_link(token=made.token, entry=LinkAnswer())
    assert answers.send_new_link(token=made.token)
    (sent,) = mail.outbox
    assert sent.to == ["post@dortmund.example"]
    token = sent.body.split("/answer/")[1].split("/")[0]
    assert answers.open_link(token).addressee == addressee
    assert answers.link_of(made.token) == made.link
    answers.send_new_link(token=token)
    answers.send_new_link(token=made.token)
    refused("too_many_links_today", answers.send_new_link, token=made.token)
    later = timezone.now() + dt.timedelta(days=1, minutes=1)
    assert answers.renew_link(token=made.token, at=later)


def test_letter_on_paper_has_no_address_to_send_a_link_to(letter):
    _appeal, addressee, _needs, _made = letter
    addressee.email = ""
    addressee.save()
    made = answers.make_link(addressee)
    refused("link_has_no_address", answers.renew_link, token=made.token)
    assert not answers.mail_link(made)


def test_mail_that_does_not_go_is_told(settings, monkeypatch, letter):
    made = letter[3]
    assert not answers.mail_link(made)
    settings.MISTOK_MAIL_HOST = "mail.example.org"

    def down(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", down)
    assert not answers.mail_link(made)


def test_link_that_lost_a_race_is_told_by_whom_it_was_used(monkeypatch, letter):
    """The other answer comes after this one has looked, and before it takes the link."""
    from mistok.needs.answers import answering

    made, needs = letter[3], letter[2]
    looked = answering.known_link

    def looked_too_early(token):
        link = looked(token)
        monkeypatch.setattr(answering, "known_link", looked)
        answers.answer_by_link(token=token, entry=LinkAnswer(lines=(line(needs[0], 2),)))
        return link

    monkeypatch.setattr(answering, "known_link", looked_too_early)
    entry = LinkAnswer(lines=(line(needs[0], 3),))
    refused("link_used", answers.answer_by_link, token=made.token, entry=entry)
    assert adds_up(needs[0]).committed == steps(2)
