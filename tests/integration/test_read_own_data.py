"""What reading and review keep about a person: she takes it away, and it leads to nobody after."""

import pytest
import read_cast
from read_cast import first, sent

from mistok.accounts.personal_data import purposes
from mistok.accounts.services import erase_person, export_own_data
from mistok.ingest.documents.services import reject
from mistok.ingest.own_data import tables

pytestmark = pytest.mark.django_db
fake, ground, crew = read_cast.fake, read_cast.ground, read_cast.crew


def test_person_takes_away_what_she_sent_and_judged(crew, fake):
    document = sent(crew.stranger)
    reject(actor=crew.of_ukraine, proposal=first(document), reason="Not said.")
    (one,) = export_own_data(actor=crew.stranger)["ingest"]["documents"]
    assert (one["public_id"], one["text"]) == (document.public_id, document.text)
    (judged,) = export_own_data(actor=crew.of_ukraine)["ingest"]["judged_proposals"]
    assert (judged["state"], judged["reason"]) == ("rejected", "Not said.")
    assert export_own_data(actor=crew.owner)["ingest"]["documents"] == []


def test_erased_person_leaves_a_reference_that_leads_to_nobody(crew, fake):
    document = sent(crew.stranger)
    erase_person(actor=crew.stranger, person=crew.stranger.person)
    document.refresh_from_db()
    assert document.added_by == crew.stranger.person.public_id
    assert "@" not in document.added_by


def test_every_table_that_names_a_person_is_in_the_register(crew):
    registered = {name for one in purposes() for name in one.fields}
    asked = {
        f"{rows.model._meta.label}.{rows.query.where.children[0].lhs.target.name}"
        for rows, _names in tables(crew.stranger.person).values()
    }
    assert asked <= registered
    assert {"ingest.Document.text", "ingest.Proposal.content"} <= registered
