"""At /staff/ only a steward may look, and nobody may change statements or audit events."""

import pytest
from django.apps import apps
from django.urls import reverse

from factories import DORTMUND, TODAY, ZHYTOMYR, a_source, a_support, a_tie
from mistok.accounts.adapter import confirm_address
from mistok.accounts.models import User
from mistok.accounts.services import create_steward, stewards
from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.models import AuditEvent, Source, Statement
from mistok.provenance.services import judge, record
from mistok.registry.models import Tie
from signing import STRONG, code_of, enters, sign_in, with_app

pytestmark = pytest.mark.django_db
ADMINISTERED = [
    "partnering.round",
    "partnering.proposal",
    "partnering.passedover",
    "partnering.seeking",
    "partnering.declaredprofile",
    "partnering.matchrun",
    "partnering.suggestion",
    "partnering.shortlistentry",
    "provenance.source",
    "provenance.retrieval",
    "provenance.statement",
    "provenance.judgement",
    "provenance.auditevent",
    "registry.municipality",
    "registry.tie",
    "registry.act",
    "registry.decision",
    "registry.instrument",
    "registry.support",
]


@pytest.fixture
def records():
    a_tie(ZHYTOMYR, DORTMUND, event="severed", act="act-1", body=ZHYTOMYR)
    a_tie(ZHYTOMYR, DORTMUND, source=a_source("news"))
    a_support(a_source("page"))
    judge(actor="a", left=ZHYTOMYR, right=DORTMUND, verdict="different", reason="no", at=TODAY)
    record(actor="a", verb="look", subject="x")


def address(label, act, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{act}", args=args)


@pytest.mark.parametrize("who", ["owner", "partner", "stranger"])
def test_only_stewards_are_let_in(client, cast, who):
    enters(client, getattr(cast, who))
    response = client.get("/staff/")
    assert (response.status_code, response["Location"]) == (302, "/staff/login/?next=/staff/")
    assert client.get("/staff/login/").status_code == 403


def test_visitor_is_asked_to_sign_in(client):
    assert client.get("/staff/")["Location"] == "/staff/login/?next=/staff/"
    response = client.get("/staff/login/?next=/staff/")
    assert response["Location"] == "/en/account/login/?next=/staff/"


@pytest.mark.parametrize("label", ADMINISTERED)
def test_steward_reads_every_record(client, cast, records, label):
    enters(client, cast.coordinator)
    assert client.get(address(label, "changelist")).status_code == 200
    row = apps.get_model(label).objects.first()
    if row is not None:
        assert client.get(address(label, "change", row.pk)).status_code == 200
    assert client.get(address(label, "changelist"), {"q": "Zhytomyr"}).status_code in (200, 302)


@pytest.mark.parametrize("label", ADMINISTERED)
def test_nobody_adds_or_deletes_records(client, cast, records, label):
    """Not the steward, and not even a superuser."""
    root = User.objects.create(email="root@example.org", is_staff=True, is_superuser=True)
    row = apps.get_model(label).objects.first()
    for person in (cast.coordinator, root):
        enters(client, person)
        assert client.get(address(label, "add")).status_code == 403
        assert client.post(address(label, "add"), {}).status_code == 403
        if row is not None:
            answer = client.post(address(label, "delete", row.pk), {"post": "yes"})
            assert answer.status_code == 403
            bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            client.post(address(label, "changelist"), bulk)
            assert apps.get_model(label).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", [Statement, AuditEvent, Tie])
def test_nobody_changes_statements_audit_events_or_ties(client, cast, records, model):
    root = User.objects.create(email="root@example.org", is_staff=True, is_superuser=True)
    row = model.objects.first()
    before = model.objects.filter(pk=row.pk).values().get()
    changes = {"value": "x", "actor": "x", "state": "idea", "verb": "x", "visibility": "public"}
    for person in (cast.coordinator, root):
        enters(client, person)
        answer = client.post(address(model._meta.label_lower, "change", row.pk), changes)
        assert answer.status_code == 403
    assert model.objects.filter(pk=row.pk).values().get() == before


def test_steward_changes_the_trust_in_a_source_and_nothing_else(client, cast, records):
    enters(client, cast.coordinator)
    source = Source.objects.get(slug="minutes")
    form = {"kind": "news", "trust": "1", "licence": "", "title": "Changed", "slug": "changed"}
    client.post(address("provenance.source", "change", source.pk), form)
    source.refresh_from_db()
    assert (source.trust, source.slug, source.title) == (1, "minutes", "Minutes minutes")


def test_steward_has_the_rights_to_look_and_eight_to_act():
    names = set(stewards().permissions.values_list("codename", flat=True))
    assert {name for name in names if not name.startswith("view_")} == {
        "change_source",
        "review_readings",
        "coordinate_rounds",
        "change_declaredprofile",
        "add_returnreason",
        "change_returnreason",
        "add_zone",
        "change_zone",
    }
    assert {"view_tie", "view_statement", "view_auditevent"} <= names


def test_steward_is_made_once_with_a_lower_case_address():
    person = create_steward(email=" Olena@Example.org ", password=STRONG)
    assert (person.email, str(person), person.is_superuser) == ("olena@example.org",) * 2 + (False,)
    assert person.check_password(STRONG)
    assert person.has_perm("registry.view_tie")
    with pytest.raises(Conflict) as refused:
        create_steward(email="OLENA@example.org", password=STRONG)
    assert refused.value.code == "person_exists"


@pytest.mark.parametrize(
    ("email", "password"),
    [("no address", STRONG), ("a@example.org", "short"), ("a@example.org", "1234567890123")],
)
def test_steward_with_a_bad_address_or_password_is_refused(email, password):
    with pytest.raises(Invalid) as refused:
        create_steward(email=email, password=password)
    assert str(refused.value).endswith(".")
    assert not User.objects.exists()


def test_steward_signs_in_with_a_second_factor(client):
    create_steward(email="olena@example.org", password=STRONG)
    with_app(confirm_address(User.objects.get()))
    response = sign_in(client, next="/staff/")
    assert response["Location"] == "/en/account/2fa/authenticate/"
    assert client.get("/staff/").status_code == 302
    response = client.post(response["Location"], {"code": code_of()})
    assert (response.status_code, response["Location"]) == (302, "/staff/")
    assert client.get("/staff/").status_code == 200


def test_person_of_django_has_no_rights_and_a_superuser_every_one():
    person = User.objects.create_user("Taras@Example.org", STRONG)
    assert (person.email, person.is_staff) == ("taras@example.org", False)
    root = User.objects.create_superuser("root@example.org", STRONG)
    assert root.is_staff
    assert root.has_perm("registry.view_tie")
