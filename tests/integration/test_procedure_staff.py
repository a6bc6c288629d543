"""The list of reasons of return at /staff/: kept through the service, never deleted."""

import pytest
from django.urls import reverse

from mistok.accounts.models import User
from mistok.kernel.errors import Invalid
from mistok.partnering.models import ReturnReason
from mistok.partnering.procedure.services import keep_reason
from mistok.provenance.models import AuditEvent
from procedure_cast import a_walk, the_two
from signing import enters

pytestmark = pytest.mark.django_db
SOUND = {"code": "no-term", "title_en": "No term", "title_uk": "Немає строку"}


@pytest.fixture
def root(client):
    person = User.objects.create(email="root@example.org", is_staff=True, is_superuser=True)
    enters(client, person)
    return person


def test_administrator_adds_and_retires_a_reason_and_deletes_none(client, root):
    add = reverse("admin:partnering_returnreason_add")
    assert client.post(add, SOUND | {"body": "ministry_of_communities"}).status_code == 302
    reason = ReturnReason.objects.get()
    assert (reason.title("uk"), reason.body) == ("Немає строку", "ministry_of_communities")
    change = reverse("admin:partnering_returnreason_change", args=[reason.pk])
    assert b"No term" in client.get(change).content
    answer = client.post(change, {**SOUND, "title_en": "Term missing", "retired": "on"})
    assert answer.status_code == 302
    reason.refresh_from_db()
    assert (reason.code, reason.title("en"), reason.retired) == ("no-term", "Term missing", True)
    delete = reverse("admin:partnering_returnreason_delete", args=[reason.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    events = AuditEvent.objects.filter(verb="keep_reason")
    assert {event.actor for event in events} == {root.public_id}
    assert client.post(add, SOUND | {"code": "No Term"}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": "No term!"}, "code_malformed"),
        ({"title_uk": " "}, "title_missing"),
        ({"body": "tax_office"}, "word_unknown"),
    ],
)
def test_reason_that_cannot_be_kept_is_refused(fields, code):
    with pytest.raises(Invalid) as caught:
        keep_reason(actor="shell: tests", **SOUND | fields)
    assert caught.value.code == code


def test_runs_and_acts_are_read_without_notes(client, root):
    walk = a_walk(the_two()).to("online_meeting")
    record = walk.run.records.first()
    for model, row in (("procedurerun", walk.run), ("steprecord", record)):
        assert client.get(reverse(f"admin:partnering_{model}_changelist")).status_code == 200
        page = client.get(reverse(f"admin:partnering_{model}_change", args=[row.pk]))
        assert page.status_code == 200
        assert record.actor.encode() not in page.content
        assert client.post(reverse(f"admin:partnering_{model}_add"), {}).status_code == 403
