"""What the room of aid keeps about a person: she takes it away, and it is forgotten with her."""

import json
import secrets
from types import SimpleNamespace

import aid_cast
import pytest
from aid_cast import (
    COMMISSION,
    TODAY,
    a_consignment,
    ago,
    in_state,
)
from django.apps import apps
from django.db import connection
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import AccessToken, KeptAnswer, User
from mistok.accounts.personal_data import personal_fields, purposes
from mistok.accounts.services import Answer, answer_once, erase_person, export_own_data, make_token
from mistok.aid import ledger, own_data
from mistok.aid.consignments import add_vehicle
from mistok.aid.lifecycle import State
from mistok.aid.models import (
    AidAct,
    AidDeadline,
    AidFile,
    AidPaper,
    AidPublication,
    AidReminder,
    AidReport,
    Consignment,
    Entry,
    FileReview,
    Passage,
    Recipient,
    Vehicle,
)
from office_cast import person

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
NOW = timezone.now()
STAYS = {
    "aid.AidAct.commission": "an official paper",
    "aid.AidAct.signed_by": "an official paper",
    "aid.AidPaper.slots": "an official paper",
}
"""Personal fields that nobody's own data holds, and why."""


def columns(tables):
    """`app.Model.field` of everything by which rows are found or that is told."""
    return {
        f"{rows.model._meta.label}.{name.split('__')[0]}"
        for rows, names in tables.values()
        for name in (*names.split(), *(child for child in _asked(rows)))
    }


def _asked(rows):
    """The columns of a query's conditions."""
    return [one.lhs.target.name for one in rows.query.where.children if hasattr(one, "lhs")]


@pytest.fixture
def busy(people):
    """A person who has left traces in every table of the room, as the officer of Zhytomyr."""
    olena = people.home.officer
    me, mail = olena.person.public_id, olena.person.email
    row = in_state(people.home, a_consignment(people.home), State.REPORTED)
    Consignment.objects.filter(pk=row.pk).update(donor_contact=f"Olena, {mail.upper()}")
    truck = add_vehicle(
        actor=olena, consignment=a_consignment(people.home), kind="van", driver=f"Olena <{mail}>"
    )
    photo = AidFile.objects.create(
        public_id=f"file_{secrets.token_hex(6)}",
        consignment=row,
        kind="photo",
        name="photo.jpg",
        file="photo.jpg",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        uploaded_by=me,
        uploaded_at=NOW,
    )
    FileReview.objects.create(file=photo, shown=False, reason="A plate is seen.", by=me, at=NOW)
    AidPaper.objects.create(
        public_id=f"paper_{secrets.token_hex(6)}",
        consignment=row,
        kind="packing_list",
        number=1,
        languages=["uk"],
        slots={"signatory": "Olena Kravets"},
        template_version=1,
        readers="both",
        pdf="x.pdf",
        pdf_sha256="0" * 64,
        made_by=me,
        made_at=NOW,
    )
    AidPublication.objects.create(
        public_id=f"publication_{secrets.token_hex(6)}",
        consignment=row,
        rules="1",
        not_before=TODAY,
        approved_by=me,
        approved_at=NOW,
    )
    day = AidDeadline.objects.create(
        public_id=f"deadline_{secrets.token_hex(6)}",
        consignment=row,
        rule="R05",
        start=ago(30),
        due_on=TODAY,
        correction_reason="Customs told another day.",
        corrected_by=me,
        computed_at=NOW,
    )
    for days, sent_at in ((7, NOW), (1, None)):
        AidReminder.objects.create(
            deadline=day,
            days_before=days,
            person=me,
            queued_at=NOW,
            sent_at=sent_at,
        )
    return SimpleNamespace(person=olena.person, actor=olena, row=row, truck=truck)


def erase(actor):
    """The person erases herself; others of the module's tests go on with the object they have."""
    row = User.objects.get(pk=actor.person.pk)
    erase_person(actor=Actor(user=row), person=row)


def everything_kept():
    """All rows of all tables as one text."""
    tables = set(connection.introspection.table_names())
    kept = [model for model in apps.get_models() if model._meta.db_table in tables]
    return "\n".join(str(row) for model in kept for row in model._base_manager.values())


def ledger_rows():
    return [
        sorted(map(str, model._base_manager.values_list()))
        for model in (AidAct, Entry, Passage, AidReport, Recipient, AidPaper, AidFile)
    ]


def test_person_takes_away_what_the_room_keeps_about_her(busy):
    told = export_own_data(actor=busy.actor)["aid"]
    assert {name for name, rows in told.items() if not rows} == set()
    assert told["contact_of_consignments"][0]["public_id"] == busy.row.public_id
    assert told["driver_of_vehicles"][0]["public_id"] == busy.truck.public_id
    assert {one["kind"] for one in told["aid_acts"]} == {"dispatch", "clearance"}
    assert [one["shown"] for one in told["file_reviews"]] == [False]
    assert [one["days_before"] for one in told["aid_reminders"]] == [7, 1]
    assert [one["number"] for one in told["recipients"]] == ["12345"]


def test_nothing_of_others_is_taken_away(people, busy):
    Consignment.objects.filter(pk=busy.row.pk).update(donor_contact="anna@example.org")
    text = json.dumps(export_own_data(actor=busy.actor)["aid"])
    for other in ("anna@example.org", *(one.name for one in COMMISSION)):
        assert other not in text
    assert not any(export_own_data(actor=people.stranger)["aid"].values())
    mine = export_own_data(actor=people.home.storekeeper)["aid"]
    assert {name for name, rows in mine.items() if rows} == {"aid_acts", "entries", "passages"}


def test_every_personal_field_of_the_room_is_told_or_stays_for_a_reason(busy):
    personal = {name for name in personal_fields() if name.startswith("aid.")}
    registered = {name for one in purposes() for name in one.fields if name.startswith("aid.")}
    assert registered == personal
    assert personal - columns(own_data.tables(busy.person)) == set(STAYS)


def test_erased_person_is_nowhere_but_in_official_papers(busy):
    address, before = busy.person.email, ledger_rows()
    assert address in everything_kept()
    erase(busy.actor)
    assert address.lower() not in everything_kept().lower()
    assert Consignment.objects.get(pk=busy.row.pk).donor_contact == ""
    assert Vehicle.objects.get(pk=busy.truck.pk).driver == ""
    assert not AidReminder.objects.filter(sent_at=None, dropped_at=None).exists()
    assert AidReminder.objects.filter(sent_at=None).count() == 1
    # The ledger and its papers say what they said; the reference leads to nobody.
    assert ledger_rows() == before
    assert AidPaper.objects.get().slots == {"signatory": "Olena Kravets"}
    assert COMMISSION[0].name in str(AidAct.objects.get(kind="acceptance").commission)
    assert ledger.check().chain_ok


@pytest.mark.parametrize("contact", ["{mail}", "Olena {mail}.", "<{MAIL}>, +380", "x;{mail};y"])
def test_address_among_words_is_found(people, contact):
    row, mail = a_consignment(people.home), people.stranger.person.email
    Consignment.objects.filter(pk=row.pk).update(
        donor_contact=contact.format(mail=mail, MAIL=mail.upper())
    )
    erase(people.stranger)
    assert Consignment.objects.get(pk=row.pk).donor_contact == ""


@pytest.mark.parametrize("contact", ["not-{mail}", "a.{mail}", "{mail}.ua", "{mail}ia", "Olena"])
def test_contact_of_another_stays(people, contact):
    row, mail = a_consignment(people.home), people.stranger.person.email
    told = contact.format(mail=mail)
    Consignment.objects.filter(pk=row.pk).update(donor_contact=told)
    erase(people.stranger)
    assert Consignment.objects.get(pk=row.pk).donor_contact == told


def test_tokens_go_on_and_name_her_by_a_reference(people):
    approver = people.home.approver
    made = make_token(actor=approver, office=people.home.office, role="officer", name="Store")
    told = export_own_data(actor=approver)["tokens"]
    assert [one["public_id"] for one in told] == [made.token.public_id]
    assert made.secret not in json.dumps(told)
    erase(approver)
    kept = AccessToken.objects.get()
    assert (kept.made_by, kept.ended_at) == (approver.person.public_id, None)


def test_kept_answers_of_programs_lose_her_address(people):
    made = make_token(
        actor=people.home.approver, office=people.home.office, role="officer", name="Store"
    )
    mail = people.stranger.person.email
    for key, contact in (("one", f"Anna {mail}"), ("two", f"not-{mail}")):
        answer_once(
            token=made.token,
            key=key,
            request="POST /api/v1/consignments",
            body_hash="0" * 64,
            do=lambda contact=contact: Answer(201, {"lines": [1, "Beds"], "to": [contact]}),
        )
    erase(people.stranger)
    one, two = KeptAnswer.objects.order_by("pk")
    assert one.answer == {"lines": [1, "Beds"], "to": [""]}
    assert two.answer == {"lines": [1, "Beds"], "to": [f"not-{mail}"]}
    assert one.status == 201


def test_namesake_is_not_forgotten(people):
    other = person("somebody.else", first_name="Olena", last_name="Kravets")
    truck = add_vehicle(
        actor=people.home.officer,
        consignment=a_consignment(people.home),
        kind="van",
        driver="Olena Kravets",
    )
    erase(Actor(user=other))
    assert Vehicle.objects.get(pk=truck.pk).driver == "Olena Kravets"
