"""The talk about letters and needs: received, no, questions, replies; who hears what."""

import needs_cast
import pytest
from answers_cast import a_letter, a_publication, again, refused
from needs_cast import a_need

from mistok.needs import answers
from mistok.needs.answers import talking
from mistok.needs.models import Answer, Notice

pytestmark = pytest.mark.django_db
people = needs_cast.needy


@pytest.fixture
def addressee(people):
    need = a_need(people.home, 8)
    return a_letter(people.home, [need], people.partner).addressees.get()


def sides(work):
    return {"actor": work.officer, "office": work.office}


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("person__email", flat=True))


def test_letter_is_acknowledged_once_however_often_it_is_said(people, addressee):
    first = answers.acknowledge(**sides(people.partner), addressee=addressee)
    second = answers.acknowledge(**sides(people.partner), addressee=addressee)
    assert first == second
    assert Answer.objects.get() == first
    assert again(addressee).acknowledged_at == first.at
    assert (first.by_name, first.place) == ("Dortmund", people.partner.place)
    assert told("letter_acknowledged") == {people.home.officer.person.email}


def test_mark_without_a_word_is_given_its_word(people, addressee):
    addressee.acknowledged_at = addressee.appeal.sent_at
    addressee.save()
    assert answers.acknowledge(**sides(people.partner), addressee=addressee).kind == "acknowledged"


def test_refusal_has_its_reason(people, addressee):
    refuse = {**sides(people.partner), "addressee": addressee}
    refused("text_missing", answers.refuse, **refuse, reason=" ")
    assert answers.refuse(**refuse, reason="The council has no money.").kind == "refused"
    assert told("letter_refused") == {people.home.officer.person.email}


def test_question_is_replied_to_and_replied_again(people, addressee):
    question = answers.ask(**sides(people.partner), text="Which plugs?", addressee=addressee)
    reply = answers.reply(**sides(people.home), to=question, text="Type F.")
    more = answers.reply(**sides(people.partner), to=reply, text="Good.")
    assert (reply.replies_to, more.replies_to) == (question, reply)
    assert told("letter_question") == {people.home.officer.person.email}
    assert told("letter_reply") == {
        people.home.officer.person.email,
        people.partner.officer.person.email,
    }
    refused("talk_unknown", answers.reply, **sides(people.second), to=more, text="And us?")


def test_question_about_a_need_of_which_there_is_no_letter(people):
    need = a_need(people.home, 8)
    ask = {"text": "Which plugs?", "need": need}
    question = answers.ask(**sides(people.partner), **ask)
    reply = answers.reply(**sides(people.home), to=question, text="Type F.")
    assert told("need_question") == {people.home.officer.person.email}
    assert told("need_reply") == {people.partner.officer.person.email}
    answers.reply(**sides(people.partner), to=reply, text="Good.")
    assert told("need_reply") > {people.partner.officer.person.email}
    refused("need_unknown", answers.ask, **sides(people.second), **ask)
    refused("own_need", answers.ask, **sides(people.home), **ask)
    refused("about_nothing", answers.ask, **sides(people.partner), text="Who?")
    a_publication(need)
    assert answers.ask(**sides(people.second), **ask).need == need


def test_who_has_no_office_here_hears_a_reply_by_other_ways(people, addressee):
    question = answers.ask(**sides(people.partner), text="Which plugs?", addressee=addressee)
    people.partner.office.state = "closed"
    people.partner.office.save()
    answers.reply(**sides(people.home), to=question, text="Type F.")
    assert not told("letter_reply")
    people.partner.office.state = "verified"


@pytest.mark.parametrize("act", ["acknowledge", "refuse", "ask"])
def test_who_may_speak(people, addressee, act):
    words = {"refuse": {"reason": "No."}, "ask": {"text": "Why?"}}.get(act, {})
    do = getattr(answers, act)
    given = {"addressee": addressee, **words}
    refused("letter_unknown", do, **sides(people.second), **given)
    for who in (people.stranger, people.home.officer, people.nobody):
        with pytest.raises(Exception, match=r"\."):
            do(actor=who, office=people.partner.office, **given)
    addressee.appeal.state = "recalled"
    refused("letter_recalled", do, **sides(people.partner), **given)
    assert not Answer.objects.exists()


def test_words_that_give_something_away_are_not_kept(people, addressee):
    told_text = "Unload at 50.45123, 30.52345 please"
    ask = {**sides(people.partner), "addressee": addressee}
    refused("dangerous_text", answers.ask, **ask, text=told_text)
    number = "Ring +380412481212"
    assert answers.ask(**ask, text=number).text == number
    refused("dangerous_text", answers.ask, **ask, text="Ring +380501234567")
    refused("text_too_long", answers.ask, **ask, text="x" * 4001)


def test_flood_of_words_is_stopped(people, addressee, monkeypatch):
    monkeypatch.setattr(talking, "MOST_A_DAY", 2)
    ask = {**sides(people.partner), "addressee": addressee, "text": "Well?"}
    answers.ask(**ask)
    question = answers.ask(**ask)
    refused("too_many_words_today", answers.ask, **ask)
    assert answers.reply(**sides(people.home), to=question, text="Wait.").kind == "reply"
