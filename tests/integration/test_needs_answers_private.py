"""Citizens and organisations: public needs only, an address that is sure, no name in public."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_letter, a_publication, adds_up, again, refused
from django.core import mail
from django.utils import timezone
from needs_cast import TODAY, a_need, steps

from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, LinkAnswer, private
from mistok.needs.models import Commitment, Need, Notice, Publication

pytestmark = pytest.mark.django_db
people = needs_cast.needy


@pytest.fixture
def need(people):
    found = a_need(people.home, 8, item="ambulance")
    a_publication(found)
    return found


def give(people, need, number=2, **fields):
    entry = CommitmentEntry(
        number=Decimal(number),
        beyond_open=fields.pop("beyond_open", False),
        instead=fields.pop("instead", ""),
    )
    sound = {
        "actor": people.stranger,
        "need": need,
        "giver": "citizen",
        "name": "Anna Schmidt",
        "email": "anna@example.org",
        "entry": entry,
    }
    return answers.commit_privately(**sound | fields)


def test_it_counts_once_the_address_is_confirmed(settings, people, need):
    settings.MISTOK_MAIL_HOST = "mail.example.org"
    made = give(people, need)
    row = made.commitment
    assert (row.state, row.giver, row.giver_email) == ("unconfirmed", "citizen", "anna@example.org")
    assert again(need).still_open == steps(8)
    assert not Notice.objects.exists()
    assert answers.mail_link(made)
    (sent,) = mail.outbox
    assert sent.to == ["anna@example.org"]
    assert made.token in sent.body
    opened = answers.open_link(made.token)
    assert (opened.commitment, opened.lines) == (row, ())
    row = answers.confirm_by_link(token=made.token)
    assert row.state == "made"
    assert adds_up(need).still_open == steps(6)
    notice = Notice.objects.get()
    assert notice.params["who"]["en"] == "a citizen"
    assert "Anna" not in str(notice.params)
    told = refused("link_used", answers.confirm_by_link, token=made.token)
    assert told.details["said"] == ["the commitment was confirmed"]
    assert adds_up(need).still_open == steps(6)


def test_own_address_is_taken_where_no_other_is_told(people, need):
    made = give(people, need, email="", giver="organisation")
    assert made.link.email == people.stranger.person.email
    assert answers.public_name(made.commitment) == "an organisation"


def test_more_than_is_open_and_other_things_go_before_the_asker(people, need):
    beyond = give(people, need, 10, beyond_open=True)
    other = give(people, need, 1, instead="A used van")
    row = answers.confirm_by_link(token=beyond.token)
    assert (row.state, row.asks, row.surplus) == ("proposed", "asker", steps(2))
    assert answers.confirm_by_link(token=other.token).state == "proposed"
    row = answers.accept_commitment(actor=people.home.officer, commitment=row)
    assert adds_up(need).asked == steps(10)
    assert Notice.objects.filter(person=people.stranger.person, kind="commitment_accepted").exists()
    row = answers.withdraw_commitment(actor=people.stranger, commitment=row, reason="No.")
    assert adds_up(need).asked == steps(8)


def test_surplus_that_is_needed_by_now_counts_at_once(people, need):
    made = give(people, need, 10, beyond_open=True)
    Need.objects.filter(pk=need.pk).update(asked=steps(12), still_open=steps(12))
    row = answers.confirm_by_link(token=made.token)
    assert (row.state, row.surplus) == ("made", 0)


def test_what_others_have_given_meanwhile_is_told(people, need):
    made = give(people, need, 5)
    answers.commit(
        actor=people.partner.officer,
        need=need,
        giver=people.partner.office,
        entry=CommitmentEntry(number=Decimal(4)),
    )
    refused("more_than_open", answers.confirm_by_link, token=made.token)
    assert again(made.link).used_at is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "set"}, "unit_changed"),
        ({"restricted": True}, "need_unknown"),
        ({"state": "withdrawn", "still_open": 0, "withdrawn": 8000}, "need_withdrawn"),
    ],
)
def test_need_that_is_another_by_then_is_not_counted(people, need, change, code):
    made = give(people, need)
    Need.objects.filter(pk=need.pk).update(**change)
    refused(code, answers.confirm_by_link, token=made.token)


def test_publication_taken_back_ends_it(people, need):
    made = give(people, need)
    Publication.objects.update(withdrawn_at=timezone.now())
    refused("need_unknown", answers.confirm_by_link, token=made.token)
    refused("need_unknown", give, people, need)


def test_commitment_taken_back_before_it_was_confirmed(people, need):
    made = give(people, need)
    answers.withdraw_commitment(actor=people.stranger, commitment=made.commitment, reason="No.")
    refused("commitment_changed", answers.confirm_by_link, token=made.token)
    refused(
        "not_your_commitment",
        answers.withdraw_commitment,
        actor=people.second.officer,
        commitment=made.commitment,
        reason="No.",
    )


def test_who_may_give_and_what_must_be_told(people, need):
    refused("sign_in_needed", give, people, need, actor=people.nobody)
    refused("sign_in_needed", give, people, need, actor=needs_cast.Actor(shell="tests"))
    refused("giver_unknown", give, people, need, giver="municipality")
    refused("mail_invalid", give, people, need, email="anna")
    refused("text_missing", give, people, need, name=" ")
    refused("need_changed", give, people, need, expected=need.version + 1)
    refused("need_unknown", give, people, a_need(people.home, 3))
    later = a_need(people.home, 3, item="ambulance")
    a_publication(later, not_before=TODAY + dt.timedelta(days=3))
    refused("need_unknown", give, people, later)


def test_nobody_floods_mailboxes_or_the_board(people, need, monkeypatch):
    for _mail in range(private.MOST_MAILS_A_DAY):
        give(people, need)
    told = refused("too_many_mails_today", give, people, need, email="Anna@Example.org")
    assert "3 mails" in str(told)
    monkeypatch.setattr(private, "MOST_A_DAY", 3)
    refused("too_many_commitments_today", give, people, need, email="other@example.org")
    later = timezone.now() + dt.timedelta(days=1, minutes=1)
    assert give(people, need, at=later).commitment.state == "unconfirmed"
    assert Commitment.objects.count() == private.MOST_MAILS_A_DAY + 1


def test_link_is_good_for_what_it_was_made_for_and_for_a_week(people, need):
    made = give(people, need)
    entry = LinkAnswer()
    refused("link_confirms", answers.answer_by_link, token=made.token, entry=entry)
    refused("link_confirms", answers.renew_link, token=made.token)
    refused("link_unknown", answers.link_of, made.token)
    late = timezone.now() + dt.timedelta(days=8)
    refused("link_expired", answers.confirm_by_link, token=made.token, at=late)
    appeal = a_letter(people.home, [need], people.partner)
    to_letter = answers.make_link(appeal.addressees.get())
    refused("link_answers", answers.confirm_by_link, token=to_letter.token)
