"""The pages of letters: the register, the story with its acts, what each side reads of it."""

import datetime as dt

import needs_cast
import pytest
from appeals_cast import (
    SITUATION,
    TODAY,
    a_draft,
    a_line,
    an_entry,
    approved,
    dortmund,
    quick_papers,
    sent,
    submitted,
)
from django.test import Client

from factories import GDYNIA
from mistok.accounts.models import Office
from mistok.needs import answers
from mistok.needs.appeals import (
    AddresseeEntry,
    addressees_of,
    correct_appeal,
    entry_of,
    lines_of,
    recall_appeal,
    withdraw_appeal,
)
from mistok.needs.models import Answer, Appeal, Posting
from signing import enters

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers
BY_HAND = AddresseeEntry(place=GDYNIA)
BY_MAIL = AddresseeEntry(place=GDYNIA, email="miasto@gdynia.example")


@pytest.fixture
def quiet_offices(people):
    """Offices without a mail address, so that letters go by hand unless one is told."""
    places = (people.partner.place, people.second.place)
    Office.objects.filter(place__in=places).update(official_email="")
    return people


def as_person(actor):
    client = Client()
    if actor.user.authenticator_set.exists():
        enters(client, actor.user)
    else:
        client.force_login(actor.user)
    return client


def read(client, appeal, status=200, **query):
    response = client.get(f"/en/appeals/{appeal.public_id}/", query)
    assert response.status_code == status
    return response.content.decode()


def do(client, appeal, act, **fields):
    appeal.refresh_from_db()
    told = {"act": act, "version": appeal.version} | fields
    return client.post(f"/en/appeals/{appeal.public_id}/", told)


def acts_in(text):
    names = ("submit", "approve", "return", "send", "correct", "refuse", "close", "recall")
    return {n for n in (*names, "withdraw", "again") if f'name="act" value="{n}"' in text}


# The register -----------------------------------------------------------------------------


def test_register_tells_letters_of_the_office_with_number_state_and_answers(people):
    a_draft(people.home, entry=an_entry(title="For spring"))
    letter = sent(people.home, entry=an_entry(title="For winter")).appeal
    (addressee,) = letter.addressees.all()
    answers.acknowledge(
        actor=people.partner.officer, office=people.partner.office, addressee=addressee
    )
    text = as_person(people.home.officer).get("/en/appeals/").content.decode()
    assert "For spring" in text
    assert "For winter" in text
    assert f"1/{TODAY.year}" in text
    assert "Dortmund" in text
    assert "1 received it" in text
    assert "/en/appeals/new/?office=" in text


def test_register_of_the_partner_has_what_went_out_to_it_and_no_drafts(people):
    a_draft(people.home, entry=an_entry(title="For spring"))
    sent(people.home, entry=an_entry(title="For winter"))
    text = as_person(people.partner.officer).get("/uk/appeals/").content.decode()
    assert "For winter" in text
    assert "For spring" not in text
    assert "/uk/appeals/new/" not in text


def test_register_says_what_waits_for_whom(people):
    submitted(people.home)
    approved(people.home)
    letter = sent(people.home).appeal
    (addressee,) = letter.addressees.all()
    office = as_person(people.home.officer)
    assert "Waits for your answer" in _register(as_person(people.partner.officer))
    answers.ask(
        actor=people.partner.officer,
        office=people.partner.office,
        addressee=addressee,
        text="Which voltage?",
    )
    text = _register(office)
    for words in ("Waits for the approver", "Is to be sent", "A question or a proposal waits"):
        assert words in text


def _register(client):
    return client.get("/en/appeals/").content.decode()


def test_register_without_an_office_shows_the_way_to_one(people):
    text = _register(as_person(people.stranger))
    assert "You belong to no office yet" in text
    assert Client().get("/en/appeals/").status_code == 302


# Who reads a letter -----------------------------------------------------------------------


def test_draft_is_read_by_its_own_office_alone(people):
    draft = a_draft(people.home)
    assert "Winter 2026" in read(as_person(people.home.officer), draft)
    for other in (people.partner.officer, people.coordinator, people.stranger):
        read(as_person(other), draft, status=404)
    assert as_person(people.home.officer).get("/en/appeals/appeal_x/").status_code == 404


def test_letter_that_went_out_is_read_by_addressee_and_coordinator_and_nobody_else(people):
    letter = sent(people.home).appeal
    assert "Letter from" in read(as_person(people.partner.officer), letter)
    assert "Winter 2026" in read(as_person(people.coordinator), letter)
    for other in (people.second.officer, people.elsewhere, people.stranger):
        read(as_person(other), letter, status=404)


def test_addressee_sees_neither_other_addressees_nor_their_talk(quiet_offices):
    people = quiet_offices
    letter = sent(people.home, addressees=[dortmund(email="ob@dortmund.example"), BY_MAIL]).appeal
    for one, work in zip(
        letter.addressees.order_by("pk"), (people.partner, people.second), strict=True
    ):
        answers.ask(
            actor=work.officer,
            office=work.office,
            addressee=one,
            text=f"A question of {work.office.name}",
        )
    text = read(as_person(people.partner.officer), letter)
    assert "A question of Dortmund" in text
    assert "A question of Gdynia" not in text
    assert "miasto@gdynia.example" not in text
    assert acts_in(text) == set()


# The way of a letter ----------------------------------------------------------------------


def test_letter_goes_its_way_by_the_acts_of_its_page(quiet_offices):
    people = quiet_offices
    officer, approver = as_person(people.home.officer), as_person(people.home.approver)
    letter = a_draft(people.home)
    assert acts_in(read(officer, letter)) == {"submit", "withdraw"}
    assert do(officer, letter, "submit").status_code == 302
    assert acts_in(read(officer, letter)) == {"withdraw"}
    assert acts_in(read(approver, letter)) == {"approve", "return"}
    assert do(approver, letter, "return", reason="The amounts are wrong.").status_code == 302
    assert "The amounts are wrong." in read(officer, letter)
    assert do(officer, letter, "submit").status_code == 302
    assert do(approver, letter, "approve").status_code == 302
    letter.refresh_from_db()
    assert letter.number == 1
    assert acts_in(read(officer, letter)) == {"send", "withdraw"}
    page = do(officer, letter, "send")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "/answer/" in page.content.decode()
    assert "/answer/" not in read(officer, letter)
    assert acts_in(read(officer, letter)) == {"close", "recall"}
    assert do(officer, letter, "close").status_code == 302
    assert do(officer, letter, "recall", reason="A slip.").status_code == 302
    assert "A slip." in read(as_person(people.partner.officer), letter)


def test_act_without_the_right_or_in_another_state_is_refused_with_a_sentence(people):
    officer, letter = as_person(people.home.officer), submitted(people.home)
    response = do(officer, letter, "approve")
    assert response.status_code == 400
    assert "does not say what to do" in response.content.decode()
    withdraw_appeal(actor=people.home.officer, appeal=letter)
    assert do(officer, letter, "withdraw").status_code == 400


def test_act_on_a_page_that_is_out_of_date_says_what_changed(people):
    officer, letter = as_person(people.home.officer), a_draft(people.home)
    response = officer.post(
        f"/en/appeals/{letter.public_id}/", {"act": "submit", "version": letter.version + 5}
    )
    assert response.status_code == 409
    assert "Not recorded" in response.content.decode()


def test_letter_that_lacks_something_is_not_submitted_and_says_what(people):
    letter = a_draft(people.home, entry=an_entry(signatory={}))
    page = do(as_person(people.home.officer), letter, "submit")
    assert page.status_code == 400
    text = page.content.decode()
    assert "Name of the signatory" in text
    assert "thing is to be done" in text or "things are to be done" in text


def test_reason_is_asked_for(people):
    letter = submitted(people.home)
    page = do(as_person(people.home.approver), letter, "return", reason=" ")
    assert page.status_code == 400
    assert "Nothing was recorded" in page.content.decode()


def test_danger_in_a_text_is_let_pass_by_the_approver_with_a_reason_only(people):
    words = {"situation": SITUATION | {"uk": "Склад за координатами 50.2547, 28.6587 горить."}}
    entry = an_entry(words=an_entry().words | words)
    letter = submitted(people.home, entry=entry)
    approver = as_person(people.home.approver)
    assert 'name="pass1"' in read(approver, letter)
    assert do(approver, letter, "approve").status_code == 400
    assert do(approver, letter, "approve", pass1="It stood in the news.").status_code == 302
    letter.refresh_from_db()
    assert letter.state == "approved"
    assert letter.overruled[0]["reason"] == "It stood in the news."


def test_second_factor_must_have_been_shown_to_approve(people):
    letter = submitted(people.home)
    client = Client()
    client.force_login(people.home.approver.user)
    page = do(client, letter, "approve")
    assert page.status_code == 403
    assert "mfa" in page.content.decode() or "reauthenticate" in page.content.decode()


def test_correction_is_read_and_sent_by_the_approver(people):
    letter = sent(people.home, addressees=[dortmund(email="ob@dortmund.example")]).appeal
    for _turn in range(2):
        told = {"lines": lines_of(letter), "addressees": addressees_of(letter)}
        entry = an_entry(title=entry_of(letter).title, recipient_code="04053625")
        correct_appeal(actor=people.home.officer, appeal=letter, entry=entry, **told)
        approver = as_person(people.home.approver)
        text = read(approver, letter)
        assert {"correct", "refuse"} <= acts_in(text)
        assert "04053625" in text
        if _turn == 0:
            assert do(approver, letter, "refuse", reason="It was right.").status_code == 302
            letter.refresh_from_db()
            assert letter.correction == {}
    assert do(approver, letter, "correct").status_code == 302
    text = read(approver, letter)
    assert "Version 2" in text
    assert "no longer counts" in text
    assert "version 2 was made for Dortmund" in text


def test_correction_that_goes_by_hand_shows_its_link(quiet_offices):
    people = quiet_offices
    letter = sent(people.home, addressees=[BY_HAND]).appeal
    correct_appeal(
        actor=people.home.officer,
        appeal=letter,
        entry=an_entry(recipient_code="04053625"),
        lines=lines_of(letter),
        addressees=addressees_of(letter),
    )
    page = do(as_person(people.home.approver), letter, "correct")
    assert "Print and hand over" in page.content.decode()


# Mails ------------------------------------------------------------------------------------


def test_mails_are_told_with_their_failure_and_sent_again_to_a_better_address(people):
    letter = sent(people.home, addressees=[dortmund(email="gone@dortmund.example")]).appeal
    officer, (mail,) = as_person(people.home.officer), Posting.objects.all()
    assert "Waits to be sent" in read(officer, letter)
    now = mail.queued_at
    rows = Posting.objects.filter(pk=mail.pk)
    rows.update(tries=2, failure="server_away: OSError", next_try_at=now + dt.timedelta(hours=1))
    text = read(officer, letter)
    assert "could not be reached" in text
    assert "tried 2 times" in text
    rows.update(tries=1, failure="recipient_refused: 550 no such user", dropped_at=now)
    text = read(officer, letter)
    assert "The mailbox takes no mail: 550 no such user" in text
    assert "again" in acts_in(text)
    name = f"{mail.letter.public_id} letter gone@dortmund.example"
    fields = {"mail": name, "email": "ob@dortmund.example"}
    assert do(officer, letter, "again", **fields).status_code == 302
    text = read(officer, letter)
    assert "ob@dortmund.example" in text
    assert "It was sent to another address instead" in text
    assert do(officer, letter, "again", mail="letter_x letter a@b.example").status_code == 400
    Posting.objects.update(sent_at=now, dropped_at=None, failure="unheard of")
    assert "unheard of" in read(officer, letter)


# Both sides -------------------------------------------------------------------------------


def test_addressee_says_that_it_came_and_each_side_replies(people):
    letter = sent(people.home).appeal
    partner, home = as_person(people.partner.officer), as_person(people.home.officer)
    assert f"/en/appeals/{letter.public_id}/answer/" in read(partner, letter)
    assert do(partner, letter, "acknowledge").status_code == 302
    assert "The sender knows that it came" in read(partner, letter)
    (addressee,) = letter.addressees.all()
    question = answers.ask(
        actor=people.partner.officer,
        office=people.partner.office,
        addressee=addressee,
        text="Which voltage?",
    )
    assert "Not answered yet" in read(home, letter).replace("not answered", "Not answered")
    assert do(home, letter, f"reply-{question.public_id}", text="400 V").status_code == 302
    reply = Answer.objects.get(kind="reply")
    assert "400 V" in read(partner, letter)
    assert do(partner, letter, f"reply-{reply.public_id}", text="Good.").status_code == 302
    assert do(home, letter, "reply-answer_x", text="no").status_code == 400


def test_commitments_stand_beside_their_lines_for_both_sides(people):
    letter = sent(
        people.home,
        lines=[a_line(people.home, 8), a_line(people.home, 3, item="ambulance")],
        addressees=[dortmund(), AddresseeEntry(place=GDYNIA)],
    ).appeal
    first, second = (line.need for line in letter.lines.order_by("position"))
    own, other = letter.addressees.order_by("pk")
    common = {"actor": people.partner.officer, "giver": people.partner.office, "addressee": own}
    told = answers.CommitmentEntry(number=needs_cast.Decimal(3), arrives_on=TODAY, note="By rail.")
    answers.commit(need=first, entry=told, **common)
    answers.commit(
        actor=people.second.officer,
        giver=people.second.office,
        addressee=other,
        need=second,
        entry=answers.CommitmentEntry(number=needs_cast.Decimal(1), instead="a van"),
    )
    home = read(as_person(people.home.officer), letter)
    assert "a van" in home
    assert "Waits for your word" in home
    assert "By rail." in home
    assert "commits 3" in home
    assert "proposes 1" in home
    partner = read(as_person(people.partner.officer), letter)
    assert "Your office has answered" in partner
    second_side = read(as_person(people.second.officer), letter)
    assert "By rail." not in second_side
    assert "Dortmund" in second_side


def test_addressee_is_told_when_a_letter_no_longer_counts(people):
    letter, partner = sent(people.home).appeal, as_person(people.partner.officer)
    Appeal.objects.filter(pk=letter.pk).update(valid_until=TODAY - dt.timedelta(days=1))
    assert "Its day has passed" in read(partner, letter)
    assert "Its day has passed" in read(as_person(people.home.officer), letter)
    Appeal.objects.filter(pk=letter.pk).update(state="closed")
    assert "has closed this letter" in read(partner, letter)
    letter.refresh_from_db()
    recall_appeal(actor=people.home.officer, appeal=letter, reason="A slip.")
    text = read(partner, letter)
    assert "has recalled this letter" in text
    assert "/answer/" not in text


# Letters as files -------------------------------------------------------------------------


def test_files_go_to_the_office_and_to_the_addressee_of_that_letter_alone(quiet_offices):
    people = quiet_offices
    first, second = sent(people.home, addressees=[dortmund(), BY_HAND]).letters
    home, partner = as_person(people.home.officer), as_person(people.partner.officer)
    base = f"/en/appeals/letters/{first.public_id}"
    for form, begin in (("pdf", b"%PDF-"), ("docx", b"PK"), ("sig", b"Mistok letter of appeal")):
        answer = home.get(f"{base}.{form}")
        assert b"".join(answer.streaming_content).startswith(begin)
        assert "no-store" in answer["Cache-Control"]
    assert partner.get(f"{base}.pdf").status_code == 200
    assert partner.get(f"/en/appeals/letters/{second.public_id}.pdf").status_code == 404
    for other in (people.neighbour.officer, people.stranger):
        assert as_person(other).get(f"{base}.pdf").status_code == 404
    assert home.get("/en/appeals/letters/letter_x.pdf").status_code == 404
    assert Client().get(f"{base}.pdf").status_code == 302


def test_letter_is_read_word_for_word_and_one_at_a_time(quiet_offices):
    people = quiet_offices
    letter = sent(people.home, addressees=[dortmund(), BY_HAND]).appeal
    home = as_person(people.home.officer)
    assert "fünften Winter" in read(home, letter)
    text = read(home, letter, shown=GDYNIA)
    assert "piątą zimę" in text
    assert "fünften Winter" not in text
