"""Evidence is written once, withdrawn with a reason, and never erased."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from factories import DORTMUND, GDYNIA, ORIGIN, TODAY, ZHYTOMYR, a_source, a_tie, tie_evidence
from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.models import AuditEvent, Judgement, Retrieval, Source, Statement
from mistok.provenance.reference import request_reference
from mistok.provenance.services import (
    Assertion,
    judge,
    observe,
    record,
    record_retrieval,
    register_source,
    source_id,
    withdraw_statement,
    withdraw_unseen,
)
from mistok.provenance.vocabulary import PARTY, SUPPORT, Prop
from mistok.registry.models import Tie
from mistok.registry.services import project_ties

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=2)


def a_statement():
    a_tie()
    return Statement.objects.get(prop="event")


def test_observing_again_only_moves_last_seen():
    evidence = tie_evidence(a_source(), ZHYTOMYR, DORTMUND)
    assert observe(assertions=evidence, origin=ORIGIN, seen_at=TODAY) == 3
    assert observe(assertions=[*evidence, *evidence], origin=ORIGIN, seen_at=LATER) == 0
    seen = set(Statement.objects.values_list("first_seen", "last_seen"))
    assert seen == {(TODAY, LATER)}


def test_observing_an_older_reading_moves_nothing():
    evidence = tie_evidence(a_source(), ZHYTOMYR, DORTMUND)
    observe(assertions=evidence, origin=ORIGIN, seen_at=LATER)
    observe(assertions=evidence, origin=ORIGIN, seen_at=TODAY)
    assert set(Statement.objects.values_list("last_seen", flat=True)) == {LATER}


def test_observing_what_was_withdrawn_leaves_it_withdrawn():
    source = a_source()
    observe(assertions=tie_evidence(source, ZHYTOMYR, DORTMUND), origin=ORIGIN, seen_at=TODAY)
    statement = Statement.objects.get(prop="event")
    withdraw_statement(actor="a", statement=statement, reason="misread", at=TODAY)
    assert (
        observe(assertions=tie_evidence(source, ZHYTOMYR, DORTMUND), origin=ORIGIN, seen_at=LATER)
        == 0
    )
    assert Statement.objects.standing().filter(prop="event").count() == 0


def test_what_an_import_brings_no_more_is_withdrawn_and_may_come_back():
    source = a_source()
    first = tie_evidence(source, ZHYTOMYR, DORTMUND)
    observe(assertions=first, origin="files", seen_at=TODAY)
    observe(assertions=tie_evidence(source, ZHYTOMYR, GDYNIA), origin="else", seen_at=TODAY)
    assert withdraw_unseen(actor="a", origin="files", since=LATER) == {first[0].subject}
    assert Statement.objects.standing().filter(origin="files").count() == 0
    assert Statement.objects.standing().filter(origin="else").count() == 3
    assert observe(assertions=first, origin="files", seen_at=LATER) == 0
    assert Statement.objects.standing().filter(origin="files").count() == 3
    assert withdraw_unseen(actor="a", origin="files", since=LATER) == set()
    assert AuditEvent.objects.get(verb="withdraw_unseen").after == {"statements": 3}


def test_observing_nothing_writes_nothing():
    assert observe(assertions=[], origin=ORIGIN, seen_at=TODAY) == 0


def test_same_thing_from_another_source_is_another_statement():
    for slug in ("minutes", "news"):
        observe(
            assertions=tie_evidence(a_source(slug), ZHYTOMYR, DORTMUND),
            origin=ORIGIN,
            seen_at=TODAY,
        )
    assert Statement.objects.count() == 6


def test_assertion_outside_the_vocabulary_is_refused():
    source = a_source()
    other = Prop("party", "tie", str)
    for subject, prop in (("support_x", PARTY), ("tie_x", other)):
        with pytest.raises(Invalid) as refused:
            Assertion(source=source, subject=subject, prop=prop, value=ZHYTOMYR)
        assert refused.value.code == "prop_unknown"
    with pytest.raises(Invalid) as refused:
        Assertion(source=source, subject="support_x", prop=SUPPORT, value="{}")
    assert refused.value.code == "value_malformed"


def test_visibility_follows_property_and_restriction():
    source = a_source()
    text = '{"giver":"a","kind":"goods","public_what":{"en":"x"},"receiver":"b","status":"total"}'
    said = [
        Assertion(
            source=source, subject=f"support_{n}", prop=SUPPORT, value=text, restricted=n == 1
        )
        for n in range(2)
    ]
    observe(assertions=said, origin=ORIGIN, seen_at=TODAY)
    found = Statement.objects.order_by("subject").values_list("visibility", flat=True)
    assert list(found) == ["public", "restricted"]
    assert Statement.objects.public().get().subject == "support_0"


def test_statement_of_an_unknown_visibility_cannot_be_stored():
    statement = a_statement()
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(visibility="secret")


def test_source_registered_again_keeps_its_id_and_takes_the_new_words():
    first = a_source(title="Minutes")
    again = a_source(title="Minutes, corrected")
    assert (again.pk, again.public_id) == (first.pk, source_id("minutes"))
    assert Source.objects.get().title == "Minutes, corrected"


def test_source_with_a_trust_outside_one_to_five_cannot_be_stored():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_source(trust=6)


def test_retrieval_of_the_same_bytes_is_kept_once():
    source = a_source()
    first = record_retrieval(source=source, at=dt.date(2026, 11, 22), sha256="a" * 64, note="n")
    again = record_retrieval(source=source, at=dt.date(2026, 11, 23), sha256="a" * 64)
    assert first.pk == again.pk
    record_retrieval(source=source, at=dt.date(2026, 11, 23), sha256="b" * 64)
    assert Retrieval.objects.count() == 2
    assert again.url == source.url
    assert str(again) == "minutes 2026-11-22"


def test_statement_withdrawn_leaves_the_page_and_stays_in_the_evidence():
    statement = a_statement()
    withdraw_statement(actor="coordinator", statement=statement, reason=" misread ", at=TODAY)
    project_ties(subjects=[statement.subject])
    assert not Tie.objects.exists()
    kept = Statement.objects.get(pk=statement.pk)
    assert (kept.withdrawn_at, kept.withdrawn_reason) == (TODAY, "misread")
    event = AuditEvent.objects.get(verb="withdraw_statement")
    assert (event.actor, event.subject) == ("coordinator", statement.pk)


def test_statement_is_not_withdrawn_without_a_reason():
    statement = a_statement()
    with pytest.raises(Invalid) as refused:
        withdraw_statement(actor="a", statement=statement, reason="  ", at=TODAY)
    assert refused.value.code == "reason_missing"
    assert Statement.objects.standing().filter(pk=statement.pk).exists()


def test_statement_is_withdrawn_once():
    statement = a_statement()
    withdraw_statement(actor="a", statement=statement, reason="misread", at=TODAY)
    with pytest.raises(Conflict) as refused:
        withdraw_statement(actor="b", statement=statement, reason="again", at=LATER)
    assert refused.value.code == "statement_withdrawn"
    assert AuditEvent.objects.filter(verb="withdraw_statement").count() == 1


def test_statement_withdrawn_by_the_database_needs_a_reason():
    statement = a_statement()
    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(withdrawn_at=TODAY)


def test_statement_cannot_be_deleted():
    statement = a_statement()
    with pytest.raises(Conflict):
        statement.delete()
    assert Statement.objects.filter(pk=statement.pk).exists()


def test_statements_cannot_be_deleted_in_bulk():
    statement = a_statement()
    with pytest.raises(Conflict):
        Statement.objects.filter(pk=statement.pk).delete()


def test_judgement_is_kept_with_its_ground_and_an_audit_event():
    made = judge(actor="a", left="x", right="y", verdict="same", reason=" one town ", at=TODAY)
    assert Judgement.objects.get() == made
    assert made.reason == "one town"
    assert AuditEvent.objects.get().after["right"] == "y"


def test_judgement_without_a_ground_is_refused():
    with pytest.raises(Invalid) as refused:
        judge(actor="a", left="x", right="y", verdict="different", reason="", at=TODAY)
    assert "different" in str(refused.value)
    assert not Judgement.objects.exists()


def test_judgement_of_an_unknown_verdict_cannot_be_stored():
    with pytest.raises(IntegrityError), transaction.atomic():
        judge(actor="a", left="x", right="y", verdict="maybe", reason="why", at=TODAY)


def test_audit_event_carries_the_reference_of_its_request():
    token = request_reference.set("abc123")
    try:
        event = record(actor="a", verb="look", subject="x", before={"a": 1})
    finally:
        request_reference.reset(token)
    assert (event.request_ref, event.before, event.after) == ("abc123", {"a": 1}, {})


def test_audit_event_is_never_changed_or_deleted():
    event = record(actor="a", verb="look", subject="x")
    for act in (
        event.save,
        event.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(actor="b"),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "audit_kept"
    assert AuditEvent.objects.get().actor == "a"


def test_audit_events_stand_newest_first():
    first, second = (record(actor="a", verb=verb, subject="x") for verb in ("one", "two"))
    assert list(AuditEvent.objects.all()) == [second, first]


@pytest.mark.parametrize("slug", ["minutes", "news"])
def test_source_names_itself(slug):
    source = register_source(slug=slug, title="T", publisher="P", kind="news", trust=2)
    assert str(source) == "P: T"
