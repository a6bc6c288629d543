"""The thread of a need and the story of a letter: in order, and to each what she may see."""

import datetime as dt
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import a_letter, a_publication, addressed, refused
from django.core.files.base import ContentFile
from django.utils import timezone
from needs_cast import a_need, steps, tie_with

from mistok.accounts.actors import Actor
from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, LineAnswer, LinkAnswer, TakenBack
from mistok.needs.lines import open_need, withdraw_need
from mistok.needs.models import Letter, Posting

pytestmark = pytest.mark.django_db
people = needs_cast.needy


def kinds(entries):
    return [one.kind for one in entries]


def commit(people, need, number=None, **fields):
    return answers.commit(
        actor=people.partner.officer,
        need=need,
        giver=people.partner.office,
        entry=CommitmentEntry(number=None if number is None else Decimal(number), **fields),
    )


@pytest.fixture
def told(people):
    """A need with everything that can happen to it."""
    tie_with(people.home, people.second)
    need = a_need(people.home, 8, item="ambulance", state="draft")
    need = open_need(actor=people.home.officer, need=need)
    a_publication(need)
    question = answers.ask(
        actor=people.partner.officer, office=people.partner.office, need=need, text="Which plugs?"
    )
    answers.reply(actor=people.home.officer, office=people.home.office, to=question, text="Type F.")
    row = commit(people, need, 10, beyond_open=True, note="By lorry.")
    answers.accept_commitment(actor=people.home.officer, commitment=row)
    answers.withdraw_commitment(
        actor=people.partner.officer, commitment=row, reason="The truck is broken."
    )
    other = commit(people, need, 1, instead="A used van")
    answers.decline_commitment(actor=people.home.officer, commitment=other, reason="Too old.")
    made = answers.commit_privately(
        actor=people.stranger,
        need=need,
        giver="citizen",
        name="Anna Schmidt",
        entry=CommitmentEntry(number=Decimal(2), note="From my garage."),
    )
    private = answers.confirm_by_link(token=made.token)
    answers.keep_commitment(actor=people.home.officer, commitment=private)
    withdraw_need(actor=people.home.officer, need=need, reason="Bought.", amount=steps(1))
    return need


WHOLE = [
    "need_opened",
    "question",
    "reply",
    "proposed",
    "accepted",
    "withdrawn",
    "proposed",
    "declined",
    "unconfirmed",
    "confirmed",
    "kept",
    "need_withdrawn",
]


def test_asking_office_and_its_coordinator_see_all_in_order(people, told):
    for who in (people.home.officer, people.coordinator):
        found = answers.thread_of(told, viewer=who)
        assert kinds(found) == WHOLE
        assert [one.at for one in found] == sorted(one.at for one in found)
        assert all(one.sentence.endswith(".") for one in found)
    by_kind = {one.kind: one for one in found}
    assert (by_kind["accepted"].who, by_kind["accepted"].side) == ("Zhytomyr", "asker")
    assert by_kind["accepted"].params["giver"] == "Dortmund"
    assert by_kind["withdrawn"].text == "The truck is broken."
    assert by_kind["declined"].text == "Too old."
    assert by_kind["confirmed"].who == "Anna Schmidt"
    assert by_kind["unconfirmed"].text == "From my garage."
    assert by_kind["reply"].side == "asker"


def test_giver_sees_her_own_side_and_of_others_what_was_agreed(people, told):
    found = answers.thread_of(told, viewer=people.partner.officer)
    assert kinds(found) == [one for one in WHOLE if one != "unconfirmed"]
    confirmed = next(one for one in found if one.kind == "confirmed")
    assert (confirmed.who, confirmed.text) == ("a citizen", "")


def test_other_partner_hears_no_talk_and_reads_no_notes(people, told):
    found = answers.thread_of(told, viewer=people.second.officer)
    assert kinds(found) == [
        "need_opened",
        "accepted",
        "withdrawn",
        "confirmed",
        "kept",
        "need_withdrawn",
    ]
    assert not any(one.text for one in found)
    assert "Anna" not in str(found)


def test_public_reads_what_was_agreed_and_no_names(people, told):
    for who in (None, people.nobody, people.elsewhere):
        found = answers.thread_of(told, viewer=who)
        assert kinds(found) == ["accepted", "withdrawn", "confirmed", "kept"]
        assert {one.who for one in found} == {"Zhytomyr", "Dortmund", "a citizen"}
        assert not any(one.text for one in found)
    assert answers.thread_of(a_need(people.home, 3)) == ()


def test_person_sees_what_she_gave_herself(people, told):
    found = answers.thread_of(told, viewer=people.stranger)
    mine = [one for one in found if one.kind == "unconfirmed"]
    assert [one.text for one in mine] == ["From my garage."]
    assert "question" not in kinds(found)
    shell = Actor(shell="tests")
    assert kinds(answers.thread_of(told, viewer=shell)) == WHOLE


def a_made_letter(addressee, number=1):
    return Letter.objects.create(
        public_id=f"letter_{addressee.pk}{number}",
        addressee=addressee,
        number=number,
        code=f"C{addressee.pk}{number}",
        languages=["de"],
        slots={},
        template_version=1,
        pdf=ContentFile(b"%PDF", name="l.pdf"),
        pdf_sha256="0" * 64,
        docx=ContentFile(b"PK", name="l.docx"),
        docx_sha256="0" * 64,
        signature="s",
        key="k",
        made_by="tests",
        made_at=timezone.now(),
    )


@pytest.fixture
def letter(people, settings, tmp_path):
    """A letter to two, answered by one through a link, corrected, closed."""
    settings.MISTOK_DATA = tmp_path
    need = a_need(people.home, 8, item="ambulance")
    appeal = a_letter(people.home, [need], people.second)
    quiet = addressed(appeal, people.partner)
    addressee = appeal.addressees.first()
    now = timezone.now()
    first = a_made_letter(addressee)
    Posting.objects.create(
        letter=first, to="a@example.org", queued_at=now, next_try_at=now, sent_at=now
    )
    lost = a_made_letter(quiet)
    Posting.objects.create(
        letter=lost, to="b@example.org", queued_at=now, next_try_at=now, dropped_at=now
    )
    made = answers.make_link(addressee)
    line = LineAnswer(need=need.public_id, entry=CommitmentEntry(number=Decimal(2)))
    row = answers.answer_by_link(
        token=made.token, entry=LinkAnswer(name="A. Nowak", lines=(line,), question="Which?")
    ).commitments[0]
    a_made_letter(addressee, 2)
    newer = answers.make_link(addressee)
    back = TakenBack(commitment=row.public_id, reason="The truck is broken.")
    answers.answer_by_link(token=newer.token, entry=LinkAnswer(taken_back=(back,)))
    return appeal, need, newer.link


def test_asking_office_sees_the_whole_story_of_its_letter(people, letter):
    found = answers.story_of(letter[0], viewer=people.home.officer)
    assert kinds(found) == [
        "letter_written",
        "letter_approved",
        "letter_sent",
        "letter_made",
        "letter_made",
        "mail_sent",
        "mail_failed",
        "acknowledged",
        "question",
        "made",
        "letter_replaced",
        "withdrawn",
    ] or set(kinds(found)) == {
        "letter_written", "letter_approved", "letter_sent", "letter_made", "mail_sent",
        "mail_failed", "acknowledged", "question", "made", "letter_replaced", "withdrawn",
    }  # fmt: skip
    assert all(one.sentence.endswith(".") for one in found)
    made = next(one for one in found if one.kind == "made")
    assert (made.who, made.side) == ("Gdynia", "giver")


def test_addressee_sees_its_own_part_by_its_office_and_by_its_link(people, letter):
    appeal, need, link = letter
    for seen in ({"viewer": people.second.officer}, {"link": link}):
        found = answers.story_of(appeal, **seen)
        assert set(kinds(found)) == {
            "letter_sent", "letter_made", "letter_replaced", "acknowledged", "question", "made",
            "withdrawn",
        }  # fmt: skip
        assert kinds(found).count("letter_made") == 1
        by_need = answers.thread_of(need, **seen)
        assert "asked_by_letter" in kinds(by_need)
        assert "made" in kinds(by_need)
    found = answers.story_of(appeal, viewer=people.partner.officer)
    assert set(kinds(found)) == {"letter_sent", "letter_made"}
    assert "asked_by_letter" in kinds(answers.thread_of(need, viewer=people.home.officer))


def test_others_see_nothing_of_a_letter_and_nobody_sees_a_draft(people, letter):
    appeal = letter[0]
    for who in (None, people.nobody, people.stranger, people.neighbour.officer, people.elsewhere):
        assert answers.story_of(appeal, viewer=who) == ()
    draft = a_letter(people.home, [letter[1]], people.second, state="draft")
    assert answers.story_of(draft, viewer=people.second.officer) == ()
    assert kinds(answers.story_of(draft, viewer=people.home.officer)) == ["letter_written"]
    assert (
        answers.thread_of(a_need(people.home, 2, state="draft"), viewer=people.second.officer) == ()
    )


def test_recalled_letter_tells_why(people):
    at = timezone.now() + dt.timedelta(minutes=1)
    appeal = a_letter(
        people.home, [a_need(people.home, 3)], people.partner, state="recalled", recalled_at=at
    )
    found = answers.story_of(appeal, viewer=people.partner.officer)
    assert (found[-1].kind, found[-1].text) == ("letter_recalled", "It was forged.")


def test_council_reads_what_its_city_promised_and_kept(people):
    tie_with(people.neighbour, people.partner)
    need = a_need(people.home, 8)
    commit(people, need, 2)
    row = commit(people, need, 3)
    answers.keep_commitment(actor=people.home.officer, commitment=row)
    commit(people, a_need(people.neighbour, 9, item=""), 4)
    answers.decline_commitment(
        actor=people.home.officer, commitment=commit(people, need, 1, instead="Lamps")
    )
    lamps = commit(people, need, 1, instead="Lamps")
    answers.accept_commitment(actor=people.home.officer, commitment=lamps)
    pump = commit(people, need, 1, instead_item="fire_pump")
    answers.accept_commitment(actor=people.home.officer, commitment=pump)
    found = answers.commitments_of(people.partner.office)
    assert len(found.rows) == 6
    assert found.totals.states == {"made": 4, "kept": 1, "declined": 1}
    assert found.totals.places == {"Bucha": 1, "Zhytomyr": 4}
    sums = {one.what: one for one in found.totals.sums}
    assert len(sums) == 4
    generators = sums["diesel generator up to 75 kVA"]
    assert generators.promised_words == "5\u00a0pieces"
    assert generators.kept_words == "3\u00a0pieces"
    assert "Lamps" in sums
    assert answers.commitments_to(people.home.office).totals.states == {
        "made": 3,
        "kept": 1,
        "declined": 1,
    }
    assert answers.commitments_of(people.second.office).rows == ()


def test_taking_back_needs_its_reason_in_the_story(people, told):
    row = commit(people, told, 1)
    refused(
        "text_missing",
        answers.withdraw_commitment,
        actor=people.partner.officer,
        commitment=row,
        reason="",
    )
