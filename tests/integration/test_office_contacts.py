"""A told contact waits until a coordinator has asked on the checked one, or found it elsewhere."""

import dataclasses

import pytest

from factories import BUCHA
from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.services import confirm_contacts, refuse_contacts, set_contacts
from mistok.accounts.services.evidence import Evidence
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent
from office_cast import CALL, NUMBER, an_office, join, person, the_cast

pytestmark = pytest.mark.django_db
NEW = "+380412999999"
ON_THE_OLD_NUMBER = Evidence(kind="call_back", channel=NUMBER, seen="Yes, the number is new.")


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def checker(people):
    return Actor(user=people.coordinator)


def tell(people, **contacts):
    return set_contacts(actor=Actor(user=people.officer), office=people.home, **contacts)


def test_new_number_waits_and_the_checked_one_stays_in_force(people):
    office = tell(people, callback_phone=NEW, official_site="zt-rada.gov.ua")
    assert (office.callback_phone, office.told_phone) == (NUMBER, NEW)
    assert (office.official_site, office.told_site) == ("", "https://zt-rada.gov.ua")
    assert office.told_anew
    event = AuditEvent.objects.get(verb="set_contacts")
    assert event.after == {"told": ["callback_phone", "official_site"]}


def test_told_contact_equal_to_the_checked_one_changes_nothing(people):
    tell(people, callback_phone=NEW)
    office = tell(people, callback_phone="+380 412 481212")
    assert (office.callback_phone, office.told_phone, office.told_anew) == (NUMBER, "", False)


def test_claimed_office_tells_its_contacts_too():
    office, user = an_office(BUCHA, state="claimed"), person("bucha")
    join(user, office, "officer")
    set_contacts(actor=Actor(user=user), office=office, official_email="Rada@Bucha.example")
    assert (office.told_email, office.official_email) == ("rada@bucha.example", "")


def test_told_contacts_come_into_force_after_a_call_on_the_checked_number(people, checker):
    tell(people, callback_phone=NEW, official_email="rada@zt.example")
    office = confirm_contacts(actor=checker, office=people.home, evidence=ON_THE_OLD_NUMBER)
    assert (office.callback_phone, office.official_email) == (NEW, "rada@zt.example")
    assert (office.told_phone, office.told_email, office.told_anew) == ("", "", False)
    check = office.checks.get()
    event = AuditEvent.objects.get(verb="confirm_contacts")
    assert event.after == {
        "in_force": ["callback_phone", "official_email"],
        "check": check.public_id,
    }


def test_call_on_the_new_number_alone_proves_nothing(people, checker):
    tell(people, callback_phone=NEW)
    evidence = dataclasses.replace(ON_THE_OLD_NUMBER, channel=NEW)
    with pytest.raises(Invalid) as refused:
        confirm_contacts(actor=checker, office=people.home, evidence=evidence)
    assert refused.value.code == "found_at_missing"
    people.home.refresh_from_db()
    assert (people.home.callback_phone, people.home.told_phone) == (NUMBER, NEW)
    found = dataclasses.replace(evidence, found_at=CALL.found_at)
    assert confirm_contacts(actor=checker, office=people.home, evidence=found).callback_phone == NEW


def test_told_contacts_are_struck_with_a_reason(people, checker):
    tell(people, callback_phone=NEW)
    with pytest.raises(Invalid):
        refuse_contacts(actor=checker, office=people.home, reason="")
    refuse_contacts(actor=checker, office=people.home, reason="They know nothing of it.")
    assert (people.home.callback_phone, people.home.told_anew) == (NUMBER, False)
    assert AuditEvent.objects.filter(verb="refused_refuse_contacts").count() == 1


def test_nothing_waits(people, checker):
    for act in (
        lambda: confirm_contacts(actor=checker, office=people.home, evidence=ON_THE_OLD_NUMBER),
        lambda: refuse_contacts(actor=checker, office=people.home, reason="No."),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "contacts_changed"


def test_contact_that_was_told_meanwhile_is_not_put_in_force_unseen(people, checker):
    tell(people, callback_phone=NEW)
    seen = Office.objects.get(pk=people.home.pk)
    tell(people, callback_phone="+380412000000")
    with pytest.raises(Conflict) as refused:
        confirm_contacts(actor=checker, office=seen, evidence=ON_THE_OLD_NUMBER)
    assert refused.value.code == "contacts_changed"
    assert Office.objects.get(pk=people.home.pk).callback_phone == NUMBER


@pytest.mark.parametrize(
    ("contacts", "code"),
    [
        ({"callback_phone": "412 999"}, "phone_invalid"),
        ({"official_email": "rada"}, "mail_invalid"),
        ({"official_site": "javascript:alert(1)"}, "site_invalid"),
    ],
)
def test_contact_that_cannot_be_one_is_refused(people, contacts, code):
    with pytest.raises(Invalid) as refused:
        tell(people, **contacts)
    assert refused.value.code == code


@pytest.mark.parametrize("who", ["storekeeper", "coordinator", "partner_officer"])
def test_contacts_are_told_by_the_office_itself(people, who):
    with pytest.raises(NotAllowed):
        set_contacts(actor=Actor(user=getattr(people, who)), office=people.home, callback_phone=NEW)


def test_contacts_are_not_confirmed_by_a_member_nor_for_an_office_that_cannot_act(people, checker):
    tell(people, callback_phone=NEW)
    join(people.coordinator, people.home, "auditor")
    with pytest.raises(NotAllowed) as refused:
        confirm_contacts(actor=checker, office=people.home, evidence=ON_THE_OLD_NUMBER)
    assert refused.value.code == "own_office"
    Office.objects.filter(pk=people.home.pk).update(state="suspended")
    people.home.refresh_from_db()
    with pytest.raises(NotAllowed) as refused:
        confirm_contacts(
            actor=Actor(user=people.of_all), office=people.home, evidence=ON_THE_OLD_NUMBER
        )
    assert refused.value.code == "office_suspended"
