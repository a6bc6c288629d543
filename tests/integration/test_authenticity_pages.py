"""Is this really the mayor? What speaks against a letter, who is shown the way to call back."""

import datetime as dt
import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from factories import BUCHA, DORTMUND, KHARKIV, ZHYTOMYR, a_tie
from mistok.accounts.actors import Actor
from mistok.accounts.letters import domains_of, marks_of, raions
from mistok.accounts.models import Membership, Office
from mistok.kernel.errors import NotAllowed
from mistok.partnering.calling_back import may_call_back, numbers_of, verified_channel
from mistok.partnering.models import ProcedureRun, RunSide
from mistok.provenance.models import AuditEvent
from mistok.registry.gazetteer import the_world
from office_cast import NUMBER, SHELL, an_office, join, person, the_cast

pytestmark = pytest.mark.django_db
VERIFY = "/en/verify-office/"
LETTER = """Любарська районна рада, 13104, Житомирська обл., Любарський район
Терміново перекажіть гроші на картку 4111 1111 1111 1111."""
SECRET = "Olena Petrenko 4111 1111 1111 1111"


@pytest.fixture
def cast_of_offices():
    found = the_cast()
    Office.objects.filter(pk=found.home.pk).update(
        official_email="office@zt-rada.gov.ua", official_site="https://zt-rada.gov.ua"
    )
    found.home.refresh_from_db()
    return found


def ask(client, **fields):
    return client.post(VERIFY, {"place": "Житомир", "text": LETTER} | fields)


def test_raions_are_those_of_today():
    local, latin = raions(the_world())
    assert "житомирський" in local
    assert "любарський" not in local
    assert "zhytomyr" in latin
    # 136 raions, districts of cities with the same names among them, and some former names.
    assert 136 <= len(local) < 300


def test_marks_of_a_municipality(cast_of_offices):
    place, office = the_world().get(ZHYTOMYR), cast_of_offices.home
    marks = marks_of(the_world(), place, office, numbers=frozenset({"1"}))
    assert (marks.own_raion, marks.phone, marks.numbers) == ("житомирський", "", {"1"})
    assert marks.domains == domains_of(office) == {"zt-rada.gov.ua"}
    assert marks_of(the_world(), place, office, phone_known=True).phone == NUMBER
    abroad = marks_of(the_world(), the_world().get(DORTMUND), None)
    assert not abroad.ukrainian
    assert abroad.domains == frozenset()
    bare = an_office(BUCHA)
    assert domains_of(bare) == frozenset()
    kyiv = marks_of(the_world(), the_world().get("katottg:UA80000000000093317"), None)
    assert kyiv.own_raion == ""


def test_page_shows_tells_with_the_very_words(client):
    page = ask(client, sender="zhytomyr.rada@gmail.com")
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "“Любарський район”",
        "“zhytomyr.rada@gmail.com”",
        "“4111 1111 1111 1111”",
        "“Терміново”",
    ):
        assert words in text
    assert "no verified office here" in text
    assert "no-store" in page["Cache-Control"]


def test_page_in_ukrainian_explains_in_ukrainian(client):
    page = client.post("/uk/verify-office/", {"place": "Житомир", "text": LETTER})
    assert "Район, якого немає" in page.content.decode()


def test_letter_without_tells_is_no_proof(client):
    text = "Житомирська міська рада, № 5 від 1 березня"
    page = ask(client, text=text, sender="a@zt-rada.gov.ua").content.decode()
    assert "No known tell was found. That proves nothing" in page


def test_number_that_the_registry_knows_speaks_for_a_letter(client):
    a_tie(ZHYTOMYR, DORTMUND, event="decided", body=ZHYTOMYR, act_number="879", act="act-1")
    assert numbers_of(ZHYTOMYR) == {"879"}
    assert numbers_of(DORTMUND) == frozenset()
    known = ask(client, text="Рішення № 879").content.decode()
    other = ask(client, text="Рішення № 880").content.decode()
    assert "A number that is not known here" in other
    assert "A number that is not known here" not in known


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Paste a letter, or write the address"),
        ({"text": "x" * 20_001}, "20000 are the most"),
        ({"sender": "x" * 255}, "too long to be one"),
        ({"place": " "}, "Which municipality does the letter claim"),
        ({"place": "Україна"}, "No municipality with this name"),
        ({"place": "x" * 400}, "name is too long"),
        ({"key": "nonsense"}, "not the key of a place"),
        ({"key": "geonames:1"}, "no place with this key"),
    ],
)
def test_bad_entries_are_answered_in_a_sentence_and_nothing_is_lost(client, fields, sentence):
    page = ask(client, **fields)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    if "text" not in fields:
        assert "Любарська районна рада" in page.content.decode()


def test_name_of_several_municipalities_asks_which(client):
    page = ask(client, place="Миколаївка").content.decode()
    assert page.count('type="radio" name="key"') > 1
    assert "How to call back" not in page
    chosen = ask(client, place="Миколаївка", key=KHARKIV).content.decode()
    assert "in the name of Kharkiv" in chosen


def test_name_that_is_only_like_one_is_not_taken_for_it(client):
    page = ask(client, place="qq").content.decode()
    assert page.count('type="radio" name="key"') == 1
    assert "How to call back" not in page


def test_form_is_empty_and_answers_without_scripts(client):
    page = client.get(VERIFY)
    assert page.status_code == 200
    assert "<script" not in page.content.decode().split("<main")[1]
    assert client.put(VERIFY).status_code == 405


def test_nothing_that_is_pasted_is_kept_or_logged(client, caplog, snapshot):
    before = snapshot()
    with caplog.at_level(logging.DEBUG):
        ask(client, text=SECRET, sender="olena@gmail.com", phone="+380501112233")
    for secret in ("Petrenko", "4111", "olena@gmail.com", "380501112233"):
        assert secret not in caplog.text
    assert snapshot() == before
    assert not AuditEvent.objects.exists()
    assert not client.session.keys()


def test_channel_is_shown_to_partners_and_coordinators_alone(client, cast_of_offices):
    cast = cast_of_offices
    a_tie(ZHYTOMYR, DORTMUND)
    shown = {
        cast.partner_officer: True,
        cast.officer: True,
        cast.auditor: True,
        cast.coordinator: True,
        cast.elsewhere: True,
        cast.stranger: False,
    }
    for one, sees in shown.items():
        client.force_login(one)
        text = ask(client, phone="+380501112233").content.decode()
        assert (NUMBER in text) is sees
        assert ("A call from another number" in text) is sees
        assert ("The number was not compared" in text) is not sees
    client.logout()
    text = ask(client).content.decode()
    assert NUMBER not in text
    assert "office@zt-rada.gov.ua" not in text
    assert "https://zt-rada.gov.ua" in text
    told = AuditEvent.objects.filter(verb="show_channel", subject=cast.home.public_id)
    assert {event.actor for event in told} == {o.public_id for o, sees in shown.items() if sees}
    assert all(event.after == {} for event in told)


def test_office_without_a_site_is_to_be_looked_for(client):
    an_office(BUCHA)
    text = ask(client, place="Буча").content.decode()
    assert "Look for its official site yourself, and call" in text


def test_office_that_is_no_partner_or_not_verified_is_shown_nothing(cast_of_offices):
    cast = cast_of_offices
    officer = Actor(user=cast.partner_officer)
    assert not may_call_back(officer, cast.home)  # no tie yet
    with pytest.raises(NotAllowed) as refused:
        verified_channel(officer, cast.home)
    assert refused.value.code == "channel_for_partners"
    ended = a_tie(ZHYTOMYR, DORTMUND, event="severed", body=ZHYTOMYR)
    assert ended
    assert not may_call_back(officer, cast.home)
    a_tie(ZHYTOMYR, DORTMUND, date="2025-01-01", event="active")
    Office.objects.filter(pk=cast.partner.pk).update(state="suspended")
    assert not may_call_back(officer, cast.home)


def test_partner_is_one_with_a_tie_or_a_procedure_under_way(cast_of_offices):
    cast = cast_of_offices
    officer = Actor(user=cast.partner_officer)
    run = ProcedureRun.objects.create(
        public_id="procedure_x",
        kind="solidarity",
        aim="tie",
        opened_at=timezone.now(),
        opened_by=cast.home.public_id,
    )
    for position, office in enumerate((cast.home, cast.partner), 1):
        RunSide.objects.create(
            run=run,
            position=position,
            place=office.place,
            country=office.country,
            name=office.name,
            office=office.public_id,
            template="xx",
            template_version="1",
            joined_at=timezone.now(),
        )
    assert may_call_back(officer, cast.home)
    channel = verified_channel(officer, cast.home)
    assert (channel.phone, channel.mail) == (NUMBER, "office@zt-rada.gov.ua")
    ProcedureRun.objects.update(closed_at=timezone.now())
    assert not may_call_back(officer, cast.home)


def test_contested_office_past_member_and_closed_account_see_nothing(cast_of_offices):
    cast = cast_of_offices
    a_tie(ZHYTOMYR, DORTMUND)
    officer = Actor(user=cast.partner_officer)
    assert may_call_back(officer, cast.home)
    Office.objects.filter(pk=cast.partner.pk).update(contested=True)
    assert not may_call_back(officer, cast.home)
    Office.objects.filter(pk=cast.partner.pk).update(contested=False)
    Membership.objects.filter(person=cast.partner_officer).update(
        until=timezone.now() - dt.timedelta(days=1)
    )
    assert not may_call_back(officer, cast.home)
    former = person("former-coordinator", is_active=False)
    join(former, None, "coordinator", "UA")
    assert not may_call_back(Actor(user=former), cast.home)
    assert not may_call_back(SHELL, cast.home)
    Office.objects.filter(pk=cast.home.pk).update(state="suspended")
    cast.home.refresh_from_db()
    with pytest.raises(NotAllowed):
        verified_channel(Actor(user=cast.coordinator), cast.home)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Ask for the number and date of the letter"), ("uk", "Попросіть номер і дату листа")],
)
def test_first_meeting_is_a_list_in_both_languages(client, language, words):
    page = client.get(f"/{language}/guide/first-meeting/")
    assert page.status_code == 200
    assert words in page.content.decode()
    assert page.content.decode().count('type="checkbox"') > 15


def test_pages_are_linked_from_everywhere(client):
    home = client.get("/en/").content.decode()
    for name in ("verify", "first_meeting"):
        assert reverse(f"authenticity:{name}") in home
