"""At /staff/ a steward sees how aid goes, and nothing of what comes, how, or with whom."""

import aid_cast
import pytest
from aid_cast import S, a_consignment, a_line_entry, add_vehicle, in_state
from django.urls import reverse

from mistok.accounts.models import User
from mistok.aid.models import AidDeadline, Consignment, Passage, Recipient
from signing import enters, with_app

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
SECRETS = {
    "title": "canary-title",
    "donor_contact": "canary-contact",
    "carrier": "canary-carrier",
    "route": "canary-route",
    "unloading": "canary-unloading",
    "note": "canary-note",
}


@pytest.fixture
def staff(client):
    root = User.objects.create_superuser("root@example.org", "a long and quiet bridge")
    enters(client, with_app(root))
    return client


@pytest.mark.parametrize("model", [Consignment, Passage, Recipient, AidDeadline])
def test_what_is_restricted_is_on_no_page_and_nothing_can_be_changed(people, staff, model):
    row = a_consignment(people.home, a_line_entry(names={"en": "canary-goods"}), **SECRETS)
    add_vehicle(
        actor=people.home.officer,
        consignment=row,
        kind="truck",
        plate="canary-plate",
        driver="canary-driver",
    )
    in_state(people.home, row, S.CODE_ISSUED)
    name = f"admin:aid_{model._meta.model_name}"
    one = model.objects.order_by("pk").last()
    for address in (reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[one.pk])):
        page = staff.get(address)
        assert page.status_code == 200
        assert b"canary" not in page.content
    assert staff.get(reverse(f"{name}_add")).status_code == 403
    assert staff.post(reverse(f"{name}_delete", args=[one.pk])).status_code == 403
    assert staff.get(reverse(f"{name}_changelist"), {"q": "canary"}).status_code == 200
