"""Pages of offices: every page for every person, forms, what strangers never read."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from factories import BUCHA, DORTMUND, SMOLENSK, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.models import Invitation, Membership, Office, OfficeCheck
from mistok.accounts.services import claim_office, invite, name_responsible, set_contacts
from mistok.provenance.models import AuditEvent
from office_cast import NUMBER, PLACES
from office_rooms import address, post, signed_in, text_of, the_rooms
from signing import with_app

pytestmark = pytest.mark.django_db
CANARIES = {
    "first_name": "Canaryname",
    "last_name": "Canarysurname",
    "email": "canary-mail@example.org",
}
EVIDENCE = {
    "kind": "call_back",
    "channel": "+380 (412) 48-12-12",
    "found_at": "https://decentralization.ua/newgromada/3940",
    "seen": "The head of the department knows of it.",
    "evidence": "",
    "outcome": "confirmed",
}
MEMBERS = {"officer", "approver", "storekeeper", "auditor"}
SEE_AUDIT = {"officer", "approver", "auditor", "coordinator", "of_all"}
COORDINATORS = {"coordinator", "of_all"}
EVERYBODY = {
    *("officer approver storekeeper auditor donor partner_officer".split()),
    *("coordinator elsewhere of_all stranger".split()),
}
ROOMS = {
    "{home}/": MEMBERS,
    "{home}/people/": MEMBERS | COORDINATORS,
    "{home}/contacts/": MEMBERS,
    "{home}/handover/": MEMBERS,
    "{home}/handover/{card}/": MEMBERS,
    "{home}/audit/": SEE_AUDIT,
    "queue/": COORDINATORS | {"elsewhere"},
    "queue/{home}/": COORDINATORS,
    "queue/{claim}/": COORDINATORS,
    f"claim/{BUCHA}/": EVERYBODY,
    f"claim/{ZHYTOMYR}/": EVERYBODY,
}


@pytest.fixture
def people():
    return the_rooms()


@pytest.mark.parametrize("path", ROOMS)
def test_every_page_for_every_person(client, people, path):
    for name in sorted(EVERYBODY):
        signed_in(client, getattr(people, name))
        for language in ("en", "uk"):
            answer = client.get(address(people, path, language))
            expected = 200 if name in ROOMS[path] else 403
            assert (name, answer.status_code) == (name, expected)
            assert expected == 403 or "no-store" in answer["Cache-Control"]
            titles = re.findall(r"<title>([^<]*)</title>", text_of(answer))
            assert len(titles) == 1
            assert titles[0].strip(" ·") != "Mistok"
        if expected == 403:
            assert 'class="button"' in text_of(answer)


@pytest.mark.parametrize("path", ROOMS)
def test_who_has_not_signed_in_is_asked_to_and_comes_back(client, people, path):
    for method in (client.get, client.post):
        answer = method(address(people, path))
        assert answer.status_code == 302
        assert answer.url.startswith("/en/account/login/?next=/en/offices/")


@pytest.mark.parametrize(
    "path",
    ["office_nothere/", "x/", "queue/office_nothere/", "{home}/handover/nothere/", "claim/x:1/"],
)
def test_what_is_not_there_is_told(client, people, path):
    answer = signed_in(client, people.officer).get(address(people, path))
    assert answer.status_code in (400, 404)
    assert 'class="button"' in text_of(answer)


def test_check_is_kept_without_a_decision(client, people):
    signed_in(client, people.coordinator, factor=True)
    answer = post(
        client, people, "queue/{claim}/", "keep_check", **EVIDENCE | {"outcome": "denied"}
    )
    assert answer.status_code == 302
    assert "denied" in text_of(client.get(answer.url))
    people.claim.refresh_from_db()
    assert people.claim.state == "claimed"


@pytest.mark.parametrize("query", ["\x00", " ", "!!!", "0" * 300])
def test_search_for_what_is_no_name_answers_in_a_sentence(client, people, query):
    answer = client.get("/en/offices/", {"q": query})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["", "?q=Zhytomyr", "?q=Житомир", f"?q={'x' * 300}"])
def test_list_is_read_by_everybody_and_names_no_people(client, people, path):
    for language in ("en", "uk"):
        answer = client.get(f"/{language}/offices/{path}")
        assert answer.status_code == 200
    names = [line.place.key for line in answer.context["offices"]]
    assert (ZHYTOMYR in names) == ("x" not in path)
    assert BUCHA not in names


def test_list_shows_ones_own_office_and_the_queue(client, people):
    answer = signed_in(client, people.officer).get("/en/offices/")
    assert [url for *_told, url in answer.context["mine"]] == [address(people, "{home}/")]
    assert not answer.context["coordinates"]
    assert signed_in(client, people.coordinator).get("/en/offices/").context["coordinates"]
    claimer = signed_in(client, people.claim.claimed_by)
    Membership.objects.create(
        public_id="m_1", person=people.claim.claimed_by, office=people.claim, role="officer",
        since=timezone.now(),
    )  # fmt: skip
    Office.objects.filter(pk=people.claim.pk).update(contested=True)
    (own,) = claimer.get("/en/offices/").context["mine"]
    assert own[-1] == address(people, f"claim/{BUCHA}/")


def test_public_pages_hold_nothing_private(client, people):
    """Planted in every field that is not for the public; the list and the place show none."""
    officer = people.officer
    for name, value in CANARIES.items():
        setattr(officer, name, value)
    officer.save()
    Office.objects.filter(pk=people.home.pk).update(
        claimed_by=officer,
        callback_phone="+380999000111",
        official_email="canary-official@example.org",
        official_site="https://public.example.org/",
        told_phone="+380999000222",
        told_email="canary-told@example.org",
        told_site="https://canary-told.example.org/",
        verified_at=timezone.now(),
    )
    people.home.refresh_from_db()
    name_responsible(
        actor=Actor(user=officer), office=people.home, unit="canary-unit", role="legal",
        person_name="Canaryperson", work_contact="canary-contact@example.org",
    )  # fmt: skip
    invite(
        actor=Actor(user=officer),
        office=people.home,
        email="canary-guest@example.org",
        role="donor",
    )
    signed_in(client, people.stranger)
    for path in (
        "offices/",
        "offices/?q=Zhytomyr",
        f"places/{ZHYTOMYR}/",
        f"offices/claim/{ZHYTOMYR}/",
    ):
        text = text_of(client.get(f"/en/{path}"))
        assert "canary" not in text.lower().replace(people.stranger.email, "")
        assert "+380999" not in text
        assert officer.public_id not in text
    assert "https://public.example.org/" in text_of(client.get("/en/offices/"))


def test_place_tells_of_its_office_or_how_to_claim_it(client, people):
    Office.objects.filter(pk=people.home.pk).update(verified_at=timezone.now())
    assert "Office:" in text_of(client.get(f"/en/places/{ZHYTOMYR}/"))
    text = text_of(client.get(f"/en/places/{BUCHA}/"))
    assert "No office yet" in text
    assert address(people, f"claim/{BUCHA}/") in text
    assert "claim/" not in text_of(client.get(f"/en/places/{SMOLENSK}/"))


# Claims -----------------------------------------------------------------------------------


CLAIM = {"phone": "+380 450 000 002", "mail": "", "site": "", "sure": "on"}


def test_claim_is_taken_told_as_contested_and_shown(client, people):
    signed_in(client, people.stranger)
    path = f"claim/{BUCHA}/"
    assert client.get(address(people, path)).context["others"] == 1
    answer = post(client, people, path, "claim_office", **CLAIM)
    assert (answer.status_code, answer.url) == (302, address(people, path))
    office = Office.objects.get(claimed_by=people.stranger)
    assert (office.place, office.country, office.region) == tuple(
        getattr(PLACES[BUCHA], name) for name in ("key", "country", "region")
    )
    answer = client.get(address(people, path))
    assert "Another office claims this municipality too" in text_of(answer)
    first = signed_in(client, people.claim.claimed_by).get(address(people, path))
    assert "Another office claims this municipality too" in text_of(first)
    signed_in(client, people.stranger)
    desk = client.get(f"/en/offices/{office.public_id}/")
    assert desk.status_code == 403
    assert "office_contested" in text_of(desk)


@pytest.mark.parametrize(
    ("fields", "status", "kept"),
    [({"sure": ""}, 400, "+380 450 000 002"), ({"phone": "12"}, 400, 'value="12"')],
)
def test_claim_that_cannot_be_taken_keeps_what_was_typed(client, people, fields, status, kept):
    signed_in(client, people.stranger)
    answer = post(client, people, f"claim/{BUCHA}/", "claim_office", **CLAIM | fields)
    assert answer.status_code == status
    assert kept in text_of(answer)
    assert 'role="alert"' in text_of(answer)
    assert "Error:" in text_of(answer).partition("</title>")[0]


def test_claim_twice_is_refused_in_a_sentence(client, people):
    signed_in(client, people.stranger)
    post(client, people, f"claim/{DORTMUND}/", "claim_office", **CLAIM)
    answer = post(client, people, f"claim/{DORTMUND}/", "claim_office", **CLAIM)
    assert answer.status_code == 409
    assert Office.objects.filter(claimed_by=people.stranger).count() == 1


@pytest.mark.parametrize(
    ("key", "status"), [(SMOLENSK, 403), ("iso:DE", 400), ("geonames:686967", 302)]
)
def test_claim_is_for_municipalities_and_not_of_an_aggressor_state(client, people, key, status):
    signed_in(client, people.stranger)
    answer = client.get(address(people, f"claim/{key}/"), follow=False)
    assert answer.status_code == status
    if status == 302:
        assert answer.url == address(people, f"claim/{ZHYTOMYR}/")


def test_refused_claim_tells_the_reason_and_can_be_made_again(client, people):
    signed_in(client, people.of_all, factor=True)
    answer = post(client, people, "queue/{claim}/", "refuse_office", reason="Nobody knew of it.")
    assert answer.status_code == 302
    signed_in(client, people.claim.claimed_by)
    answer = client.get(address(people, f"claim/{BUCHA}/"))
    assert "Nobody knew of it." in text_of(answer)
    assert post(client, people, f"claim/{BUCHA}/", "claim_office", **CLAIM).status_code == 302
    assert Office.objects.of(BUCHA).living().count() == 1


# Coordinators -----------------------------------------------------------------------------


def test_queue_groups_what_waits_in_the_scope(client, people):
    claim_office(actor=Actor(user=people.stranger), place=PLACES[BUCHA], name="Буча")
    set_contacts(
        actor=Actor(user=people.officer), office=people.home, callback_phone="+380412000000"
    )
    signed_in(client, people.coordinator)
    told = client.get("/en/offices/queue/").context
    assert [row["place"].key for row in told["contested"]] == [BUCHA, BUCHA]
    assert told["claims"] == []
    assert [row["id"] for row in told["changed"]] == [people.home.public_id]
    assert re.fullmatch(r"for \d+ days", told["contested"][0]["age"])
    assert told["contested"][1]["age"] == "since today"
    signed_in(client, people.elsewhere)
    told = client.get("/en/offices/queue/?q=dort").context
    assert [row["id"] for row in told["working"]] == [people.partner.public_id]
    assert told["contested"] == told["changed"] == []


def test_claim_is_verified_by_a_call_and_its_file_is_not_kept(client, people):
    signed_in(client, people.coordinator, factor=True)
    paper = SimpleUploadedFile("scan.pdf", b"letter")
    answer = post(client, people, "queue/{claim}/", "verify_office", **EVIDENCE, paper=paper)
    assert (answer.status_code, answer.url) == (302, address(people, "queue/{claim}/"))
    people.claim.refresh_from_db()
    assert (people.claim.state, people.claim.callback_phone) == ("verified", NUMBER)
    check = OfficeCheck.objects.get()
    assert check.sha256 == hashlib.sha256(b"letter").hexdigest()
    text = text_of(client.get(answer.url))
    assert check.sha256[:16] in text
    assert "Invite the approver" in text


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"found_at": ""}, "Write where you found"),
        ({"kind": "document"}, "does not verify an office"),
        ({"outcome": "unreached"}, "has not confirmed it"),
        ({"channel": ""}, "not complete"),
    ],
)
def test_evidence_that_does_not_convince_keeps_what_was_typed(client, people, fields, code):
    signed_in(client, people.coordinator, factor=True)
    answer = post(client, people, "queue/{claim}/", "verify_office", **EVIDENCE | fields)
    assert answer.status_code == 400
    assert code in text_of(answer)
    assert EVIDENCE["seen"] in text_of(answer)
    people.claim.refresh_from_db()
    assert people.claim.state == "claimed"


def test_file_that_is_too_large_is_refused(client, people, monkeypatch):
    monkeypatch.setattr("mistok.web.offices.forms.LARGEST_FILE", 3)
    signed_in(client, people.coordinator, factor=True)
    paper = SimpleUploadedFile("scan.pdf", b"letter")
    answer = post(client, people, "queue/{claim}/", "keep_check", **EVIDENCE, paper=paper)
    assert answer.status_code == 400
    assert "20 megabytes" in text_of(answer)
    assert not OfficeCheck.objects.exists()


def test_second_decision_on_one_claim_sees_the_first(client, people):
    signed_in(client, people.coordinator, factor=True)
    post(client, people, "queue/{claim}/", "verify_office", **EVIDENCE)
    answer = post(client, people, "queue/{claim}/", "refuse_office", reason="Too late.")
    assert answer.status_code == 409
    assert "is verified now" in text_of(answer)
    assert answer.context["badge"].code == "verified"


def test_office_is_suspended_reinstated_and_closed(client, people):
    signed_in(client, people.coordinator, factor=True)
    states = []
    for act in ("suspend_office", "reinstate_office", "close_office"):
        assert post(client, people, "queue/{home}/", act, reason="A doubt.").status_code == 302
        people.home.refresh_from_db()
        states.append(people.home.state)
    assert states == ["suspended", "verified", "closed"]
    assert post(client, people, "queue/{home}/", "close_office", reason="").status_code == 400
    assert signed_in(client, people.officer).get(address(people, "{home}/")).status_code == 403


def test_new_contacts_are_checked_or_struck(client, people):
    for act, fields, phone in (
        ("refuse_contacts", {"reason": "Not known there."}, NUMBER),
        ("confirm_contacts", EVIDENCE, "+380412000000"),
    ):
        officer = Actor(user=people.officer)
        set_contacts(actor=officer, office=people.home, callback_phone="+380412000000")
        signed_in(client, people.coordinator, factor=True)
        assert "New contacts to check" in text_of(client.get(address(people, "queue/{home}/")))
        assert post(client, people, "queue/{home}/", act, **fields).status_code == 302
        people.home.refresh_from_db()
        assert (people.home.callback_phone, people.home.told_anew) == (phone, False)


def test_without_a_second_factor_the_coordinator_reads_and_is_told_what_is_missing(client, people):
    signed_in(client, people.coordinator)
    answer = client.get(address(people, "queue/{claim}/"))
    assert "/account/2fa/" in text_of(answer)
    answer = post(client, people, "queue/{claim}/", "verify_office", **EVIDENCE)
    assert answer.status_code == 403
    assert "/account/2fa/" in text_of(answer)
    assert EVIDENCE["seen"] in text_of(answer)
    assert AuditEvent.objects.get().after["code"] == "second_factor_needed"


def test_session_that_has_not_shown_the_factor_does_not_bind(client, people):
    signed_in(client, people.approver, factor=True)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert "/2fa/reauthenticate/" in text_of(client.get(address(people, "{home}/people/")))
    fields = {"email": "new@example.org", "role": "approver"}
    answer = post(client, people, "{home}/people/", "invite", **fields)
    assert answer.status_code == 403
    assert "/2fa/reauthenticate/?next=/en/offices/" in text_of(answer)
    event = AuditEvent.objects.get()
    assert (event.verb, event.after["code"]) == ("refused_invite", "second_factor_not_shown")
    assert post(client, people, "{home}/people/", "invite", **fields | {"role": "donor"})
    assert Invitation.objects.get().role == "donor"


def test_coordinator_writes_a_profile_only_in_a_session_that_has_shown_the_factor(client, people):
    path = f"/en/places/{ZHYTOMYR}/profile/edit/"
    with_app(people.coordinator)
    assert signed_in(client, people.coordinator).get(path).status_code == 403
    assert signed_in(client, people.coordinator, factor=True).get(path).status_code == 200
