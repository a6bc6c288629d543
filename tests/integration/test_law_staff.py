"""Rules in the staff pages: stewards read, administrators add, nobody changes."""

import pytest
from django.contrib.auth.models import Permission

from mistok.accounts.models import User
from mistok.law.models import DayOff, Rule
from mistok.law.services import load_rules
from mistok.provenance.models import AuditEvent
from signing import enters

pytestmark = pytest.mark.django_db
ADD = "/staff/law/rule/add/"
DAY = "/staff/law/dayoff/add/"
FORM = {
    "code": "R22",
    "effective_from": "2026-06-01",
    "value": "10",
    "unit": "working",
    "standing": "verified",
    "rolls_standing": "unknown",
    "source_title": "Letter of the ministry",
    "url": "https://example.org/letter",
}


@pytest.fixture
def administrator():
    person = User(email="law@example.org", is_staff=True)
    person.set_unusable_password()
    person.save()
    names = ("add_rule", "view_rule", "add_dayoff", "view_dayoff")
    person.user_permissions.set(Permission.objects.filter(codename__in=names))
    return person


@pytest.fixture(autouse=True)
def rules():
    load_rules()


def test_steward_reads_rules_and_days_and_adds_none(client, cast):
    enters(client, cast.coordinator)
    page = client.get("/staff/law/rule/").content.decode()
    assert "approval of the draft agreement by the ministry" in page
    found = client.get("/staff/law/rule/", {"q": "redistribution"}).content.decode()
    assert "R07-M" in found
    assert "R01" not in found
    assert client.get("/staff/law/dayoff/").status_code == 200
    assert (
        client.get(f"/staff/law/rule/{Rule.objects.get(code='R22').pk}/change/").status_code == 200
    )
    for address, form in ((ADD, FORM), (DAY, {})):
        assert client.get(address).status_code == 403
        assert client.post(address, form).status_code == 403


def test_administrator_adds_a_version(client, administrator):
    enters(client, administrator)
    assert 'value="30"' not in client.get(ADD).content.decode()
    empty = client.get(ADD, {"code": "R01"}).content.decode()
    assert 'value="30"' in empty
    answer = client.post(ADD, FORM)
    assert answer.status_code == 302
    row = Rule.objects.get(origin="administrator")
    assert (row.code, row.value, row.unit, row.added_by) == (
        "R22",
        10,
        "working",
        administrator.public_id,
    )
    assert row.titles["uk"] == "надсилання підписаної угоди на реєстрацію"
    assert AuditEvent.objects.get(verb="add_rule_version").subject == row.public_id
    assert client.get(f"/staff/law/rule/{row.pk}/change/").status_code == 200


def test_administrator_adds_a_rule_of_her_own(client, administrator):
    enters(client, administrator)
    form = FORM | {"code": "R40", "titles_en": "an answer", "titles_uk": "відповідь"}
    assert "For a new rule give its title" in client.post(ADD, form).content.decode()
    form |= {"jurisdiction": "PL", "tells": "due", "starts_en": "the letter"}
    assert client.post(ADD, form).status_code == 302
    row = Rule.objects.get(code="R40")
    assert (row.titles["uk"], row.starts, row.notes) == ("відповідь", {"en": "the letter"}, {})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "ftp://example.org"}, "https://"),
        ({"effective_to": "2026-05-01"}, "cannot end"),
        ({"code": "r22"}, "not a rule"),
        ({"unit": "none"}, "unit of time"),
        ({"effective_from": "soon"}, "valid date"),
    ],
)
def test_unsound_form_is_shown_again_with_the_reason(client, administrator, wrong, said):
    enters(client, administrator)
    answer = client.post(ADD, FORM | wrong)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Rule.objects.filter(origin="administrator").exists()


def test_nobody_changes_or_deletes_a_rule(client, administrator):
    root = User.objects.create_superuser("root@example.org", "a long and quiet bridge")
    row = Rule.objects.get(code="R01")
    for person in (administrator, root):
        enters(client, person)
        assert client.post(f"/staff/law/rule/{row.pk}/change/", FORM).status_code == 403
        assert client.post(f"/staff/law/rule/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        client.post("/staff/law/rule/", bulk)
    row.refresh_from_db()
    assert row.value == 30


def test_administrator_overrides_a_day(client, administrator):
    enters(client, administrator)
    form = {"country": "UA", "date": "2026-08-24", "name": "Independence Day", "source": "order"}
    assert "No calendar" in client.post(DAY, form | {"country": "QQ"}).content.decode()
    assert client.post(DAY, form | {"date": ""}).status_code == 200
    assert client.post(DAY, form).status_code == 302
    row = DayOff.objects.get()
    assert (row.country, row.works, row.added_by) == ("UA", False, administrator.public_id)
    assert AuditEvent.objects.filter(verb="add_day_off").count() == 1
    assert "Independence Day" in client.get("/staff/law/dayoff/").content.decode()
