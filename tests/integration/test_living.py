"""Offices at work on their ties: who may tell, what is refused and kept, what both sides see."""

import datetime as dt

import pytest

from factories import DORTMUND, GDYNIA, SMOLENSK, ZHYTOMYR, a_source, a_tie
from living import ORDER, a_member, an_office
from mistok.accounts.actors import Actor
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.law.models import Rule
from mistok.provenance.models import AuditEvent, Source, Statement
from mistok.provenance.services import withdraw_statement
from mistok.provenance.values import TieEvent
from mistok.registry.life import life_of, ties_with_dates
from mistok.registry.lifecycle import TieState
from mistok.registry.models import Confirmation, Instrument, ShowConsent, Tie, TieLife
from mistok.registry.services import (
    agree_to_show,
    confirm,
    merge_municipalities,
    rebuild,
    tell_event,
    tie_subject,
)
from mistok.registry.services.rules import rules_on

pytestmark = pytest.mark.django_db
TIE = tie_subject([ZHYTOMYR, DORTMUND])
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.fixture
def here():
    return an_office(ZHYTOMYR)


@pytest.fixture
def there():
    return an_office(DORTMUND)


def refused(code, kind, act):
    """The refusal of an act, which leaves nothing behind but its trace."""
    before = (Statement.objects.count(), Confirmation.objects.count())
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert (Statement.objects.count(), Confirmation.objects.count()) == before
    return caught.value


def traces(verb):
    return list(AuditEvent.objects.filter(verb=verb).values_list("after", flat=True))


# Telling


def test_office_is_a_source_of_its_own(here):
    told = here.tell("signed", DORTMUND, date="2023-02-23", kind="solidarity")
    source = Source.objects.get(kind="office")
    assert (source.title, source.trust) == ("Office of Zhytomyr", 4)
    assert Statement.objects.get(pk=told.statement).source == source
    assert (told.tie, told.version) == (TIE, 1)
    tie = Tie.objects.get(public_id=TIE)
    assert (tie.state, tie.since, tie.sources_count) == ("signed", "2023-02-23", 1)


def test_act_is_recorded_without_names_of_people(here):
    signatures = ({"party": ZHYTOMYR, "person": "Olena Koval"}, {"party": DORTMUND})
    here.tell("signed", DORTMUND, date="2023-02-23", signatures=signatures)
    (after,) = traces("tell_event")
    assert after["what"] == "signed 2023-02-23"
    assert (after["before"], after["after"], after["version"]) == ("idea", "signed", 1)
    assert "Koval" not in str(list(AuditEvent.objects.values()))
    assert AuditEvent.objects.get(verb="tell_event").actor.startswith("person_")


def test_refusal_is_recorded_with_code_and_sentence(here):
    refused("partner_barred", NotAllowed, lambda: here.tell("contact", SMOLENSK, date="2026-01"))
    (after,) = traces("refused_tell_event")
    assert after["code"] == "partner_barred"
    assert "129-VIII" in after["sentence"]
    assert not TieLife.objects.exists()


def test_event_is_told_once(here):
    told = here.tell("signed", DORTMUND, date="2023")
    refused("already_so", Conflict, lambda: here.tell("signed", DORTMUND, date="2023"))
    plan = {"date": "2027", "planned": True}
    here.tell("expired", DORTMUND, **plan)
    refused("already_told", Conflict, lambda: here.tell("expired", DORTMUND, **plan))
    statement = Statement.objects.get(pk=told.statement)
    withdraw_statement(actor="a", statement=statement, reason="wrong year", at=NOW)
    again = refused(
        "told_and_withdrawn", Conflict, lambda: here.tell("signed", DORTMUND, date="2023")
    )
    assert "wrong year" in str(again)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("contact", {}),
        ("decided", {"body": ZHYTOMYR}),
        ("signed", {"planned": True, "date": "2099"}),
    ],
)
def test_officer_tells_daily_events_and_the_approver_does_not(here, event, fields):
    stated = {"date": "2026-01", **fields}
    refused(
        "role_cannot",
        NotAllowed,
        lambda: here.tell(event, DORTMUND, **stated, actor=here.approver),
    )
    here.tell(event, DORTMUND, **stated, actor=here.officer)


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("suspended", {"body": ZHYTOMYR, "reason": "silence", "review_date": "2027"}),
        ("severed", {"body": ZHYTOMYR, "ending": "mutual"}),
    ],
)
def test_approver_binds_and_the_officer_does_not(here, event, fields):
    a_tie(event="active", date="2014")
    stated = {"date": "2026-01", **fields}
    refused(
        "role_cannot", NotAllowed, lambda: here.tell(event, DORTMUND, **stated, actor=here.officer)
    )
    here.tell(event, DORTMUND, **stated, actor=here.approver)


def test_approver_without_a_second_factor_does_not_bind(here):
    bare = a_member(here.office, "approver")
    with pytest.raises(NotAllowed):
        here.tell("signed", DORTMUND, date="2023", actor=bare)
    assert not Statement.objects.exists()


def test_sleeping_tie_is_taken_up_again_by_the_officer(here):
    a_tie(event="dormant", date="2020")
    a_tie(event="active", date="2014")
    told = here.tell("active", DORTMUND, date="2026-01", actor=here.officer)
    assert (told.passage.before, told.passage.after) == (TieState.DORMANT, TieState.ACTIVE)


def test_office_that_is_not_verified_tells_nothing(here):
    here.office.state = "claimed"
    here.office.save()
    with pytest.raises(NotAllowed):
        here.tell("contact", DORTMUND, date="2026-01", actor=here.officer)


def test_stranger_and_nobody_tell_nothing(here, there):
    stranger = a_member(there.office, "officer")
    for actor in (stranger, Actor()):
        with pytest.raises(NotAllowed):
            here.tell("contact", GDYNIA, date="2026-01", actor=actor)


def test_office_tells_of_its_own_ties_only(here, there):
    def of_others():
        tell_event(
            actor=here.officer,
            office=here.office,
            parties=[DORTMUND, GDYNIA],
            event=TieEvent(event="contact", date="2026-01"),
        )

    refused("not_a_party", NotAllowed, of_others)


def test_act_of_the_partner_is_told_with_a_word_that_he_should_confirm(here):
    told = here.tell("decided", DORTMUND, date="2026-01", body=DORTMUND)
    assert [remark.code for remark in told.passage.remarks] == ["partner_to_confirm"]
    own = here.tell("decided", GDYNIA, date="2026-01", body=ZHYTOMYR)
    assert own.passage.remarks == ()


def test_alias_of_a_party_is_the_party(here):
    settlement = "geonames:686967"
    told = here.tell("decided", DORTMUND, date="2026-01", body=settlement)
    assert TieEvent.from_text(Statement.objects.get(pk=told.statement).value).body == ZHYTOMYR


# Concurrent changes


def test_second_of_two_at_once_sees_what_changed_and_loses_nothing(here, there):
    seen = here.life(DORTMUND).version
    there.tell("decided", ZHYTOMYR, date="2026-02-09", body=DORTMUND, expected=seen)
    conflict = refused(
        "life_changed",
        Conflict,
        lambda: here.tell("decided", DORTMUND, date="2026-02-10", body=ZHYTOMYR, expected=seen),
    )
    assert "decided 2026-02-09" in str(conflict)
    (change,) = conflict.details["changes"]
    assert change["office"] == there.office.public_id
    now = conflict.details["version"]
    here.tell("approved", DORTMUND, date="2026-02-08", **ORDER)
    seen = here.life(DORTMUND).version
    assert seen == now + 1
    here.tell("decided", DORTMUND, date="2026-02-10", body=ZHYTOMYR, expected=seen)
    assert here.state(DORTMUND) == TieState.APPROVED


def test_refused_telling_takes_no_version(here):
    here.tell("contact", DORTMUND, date="2026-01")
    with pytest.raises(Conflict):
        here.tell("negotiating", DORTMUND, date="2026-02", expected=1)
    assert here.life(DORTMUND).version == 1


def test_end_of_several_ties_looks_at_every_version(here):
    for partner in (DORTMUND, GDYNIA):
        a_tie(ZHYTOMYR, partner, event="active", date="2014")
    here.tell("contact", GDYNIA, date="2012")
    end = {"date": "2026-01", "body": ZHYTOMYR, "ending": "mutual"}
    refused("life_changed", Conflict, lambda: here.end(DORTMUND, GDYNIA, expected=[0, 0], **end))
    assert here.state(DORTMUND) == TieState.ACTIVE
    told = here.end(DORTMUND, GDYNIA, expected=[0, 1], **end)
    assert [one.version for one in told] == [1, 2]
    assert traces("refused_end_ties")


def test_nothing_to_end_is_refused(here):
    refused("nothing_to_end", Invalid, lambda: here.end())


# What is shown


def test_negotiation_is_internal_until_both_agree(here, there):
    here.tell("contact", DORTMUND, date="2026-01")
    there.tell("negotiating", ZHYTOMYR, date="2026-02", instrument="agreement")
    assert not Tie.objects.exists()
    assert set(Statement.objects.values_list("visibility", flat=True)) == {"internal"}
    parties = [ZHYTOMYR, DORTMUND]
    one = {"actor": here.officer, "office": here.office, "parties": parties}
    assert not agree_to_show(**one)
    assert not agree_to_show(**one)
    assert ShowConsent.objects.count() == 1
    assert agree_to_show(actor=there.officer, office=there.office, parties=parties)
    assert Tie.objects.get().state == "negotiating"
    assert not ShowConsent.objects.exists()
    assert traces("show_statements")
    here.tell("returned", DORTMUND, date="2026-03", body=DORTMUND)
    assert Tie.objects.get().facts.count() == 2


def test_nothing_told_is_nothing_to_show(here, there):
    parties = [ZHYTOMYR, DORTMUND]
    act = {"actor": here.officer, "office": here.office, "parties": parties}
    refused("nothing_to_show", NotFound, lambda: agree_to_show(**act))


def test_official_act_makes_the_parties_public_and_leaves_the_talks_internal(here):
    here.tell("contact", DORTMUND, date="2026-01")
    here.tell("decided", DORTMUND, date="2026-02", body=ZHYTOMYR)
    tie = Tie.objects.get()
    assert [fact.event for fact in tie.facts.all()] == ["decided"]
    facts = [fact.event.event for fact in life_of(tie).known.facts]
    assert facts == ["contact", "decided"]


def test_rebuild_gives_the_same_from_what_offices_told(here, there, snapshot):
    here.tell("decided", DORTMUND, date="2026-01-20", body=ZHYTOMYR)
    here.tell("approved", DORTMUND, date="2026-01-21", **ORDER)
    there.tell("decided", ZHYTOMYR, date="2026-01-22", body=DORTMUND)
    term = {"end_date": "2028-12-31", "renewal": "automatic", "review_date": "2027-12"}
    place = {"place": "Dortmund", "effective_on": "2026-03-01", "mode": "in person"}
    here.tell("signed", DORTMUND, date="2026-02-01", instrument="agreement", **term, **place)
    here.confirm(DORTMUND, fact=here.fact(DORTMUND, event="signed").id)
    before = snapshot()
    rebuild()
    assert snapshot() == before
    paper = Instrument.objects.get()
    assert (paper.ends_on, paper.renewal, paper.review_on) == ("2028-12-31", "automatic", "2027-12")
    assert (paper.effective_on, paper.place, paper.mode) == ("2026-03-01", "Dortmund", "in person")
    assert [tie.public_id for tie in ties_with_dates(ZHYTOMYR)] == [TIE]
    assert ties_with_dates(SMOLENSK) == []


# Confirming


@pytest.fixture
def fact(here):
    a_tie(event="signed", date="2023-02-09", kind="solidarity", instrument="agreement")
    return here.fact(DORTMUND, event="signed").id


def test_each_party_confirms_a_fact(here, there, fact):
    here.confirm(DORTMUND, fact=fact, actor=here.officer)
    there.confirm(ZHYTOMYR, fact=fact)
    rows = Confirmation.objects.current()
    assert {(row.party, row.verdict) for row in rows} == {
        (ZHYTOMYR, "confirmed"),
        (DORTMUND, "confirmed"),
    }
    assert here.life(DORTMUND).version == 2
    assert all(after["what"].startswith("confirmed: signed") for after in traces("confirm_fact"))


def test_changed_mind_keeps_the_earlier_word(here, fact):
    here.confirm(DORTMUND, fact=fact)
    refused("said_already", Conflict, lambda: here.confirm(DORTMUND, fact=fact))
    here.confirm(DORTMUND, fact=fact, verdict="disputed", words="It was two weeks later.")
    assert Confirmation.objects.count() == 2
    (current,) = Confirmation.objects.current()
    assert current.verdict == "disputed"


def test_correction_stands_beside_what_it_corrects(here, fact):
    right = TieEvent(
        event="signed", date="2023-02-23", kind="solidarity", instrument="agreement", mode="online"
    )
    row = here.confirm(
        DORTMUND, fact=fact, verdict="corrected", words="Online, on the 23rd.", correction=right
    )
    assert Statement.objects.get(pk=row.correction).value == right.to_text()
    told = {f.event.date for f in here.life(DORTMUND).known.facts}
    assert told == {"2023-02-09", "2023-02-23"}
    assert here.state(DORTMUND) == TieState.SIGNED


def test_correction_is_guarded_and_needs_the_right_of_its_event(here, fact):
    wrong = TieEvent(event="signed", date="2099", kind="solidarity")
    said = {"fact": fact, "verdict": "corrected", "words": "Later.", "correction": wrong}
    refused("future_is_a_plan", Invalid, lambda: here.confirm(DORTMUND, **said))
    right = TieEvent(event="signed", date="2023-02-23", kind="solidarity")
    said = said | {"correction": right, "actor": here.officer}
    refused("role_cannot", NotAllowed, lambda: here.confirm(DORTMUND, **said))
    assert len(traces("refused_confirm_fact")) == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"verdict": "maybe"}, "verdict_unknown"),
        ({"verdict": "disputed"}, "words_missing"),
        ({"verdict": "disputed", "words": "x" * 401}, "words_too_long"),
        ({"verdict": "corrected", "words": "No."}, "correction_missing"),
        ({"words": "Yes.", "correction": TieEvent(event="signed")}, "correction_missing"),
    ],
)
def test_unclear_word_is_refused(here, fact, said, code):
    refused(code, Invalid, lambda: here.confirm(DORTMUND, fact=fact, **said))


def test_fact_that_is_not_told_cannot_be_confirmed(here, fact):
    refused("fact_unknown", NotFound, lambda: here.confirm(DORTMUND, fact="fact_aaaaaaaaaaaa"))


def test_confirmation_from_an_old_page_is_refused(here, there, fact):
    there.confirm(ZHYTOMYR, fact=fact, expected=0)
    conflict = refused(
        "life_changed", Conflict, lambda: here.confirm(DORTMUND, fact=fact, expected=0)
    )
    assert "confirmed: signed 2023-02-09" in str(conflict)


def test_office_of_another_place_confirms_nothing(fact):
    gdynia = an_office(GDYNIA)

    def act():
        confirm(
            actor=gdynia.officer,
            office=gdynia.office,
            parties=[ZHYTOMYR, DORTMUND],
            fact=fact,
            verdict="confirmed",
        )

    refused("not_a_party", NotAllowed, act)


def test_confirmation_outlives_a_merge_of_ties(here, fact):
    a_tie(ZHYTOMYR, GDYNIA, source=a_source("other"), event="active", date="2014")
    polish = here.fact(GDYNIA, event="active").id
    here.confirm(GDYNIA, fact=polish)
    other = "geonames:3099434"
    merge_municipalities(actor="a", keep=other, drop=GDYNIA, reason="a test")
    assert here.life(other).version == here.life(GDYNIA).version


# Rules


def test_rules_come_from_the_law():
    rules = rules_on(dt.date(2026, 11, 22))
    assert rules.itc_from == dt.date(2025, 1, 1)
    assert (rules.majority, rules.majority_standing) == (True, "unverified")
    assert not rules_on(dt.date(1996, 1, 1)).majority


def test_administrator_moves_the_day_of_the_law_by_a_version(here):
    rules_on(dt.date(2026, 11, 22))
    row = Rule.objects.filter(code="R01").first()
    fields = {f.name: getattr(row, f.name) for f in Rule._meta.concrete_fields}
    fresh = {"id": None, "public_id": "rule_aaaaaaaaaaaa", "origin": "administrator"}
    fields |= fresh | {"first_day": dt.date(2024, 12, 28), "effective_from": "2024-12-28"}
    Rule(**fields).save()
    assert rules_on(dt.date(2026, 11, 22)).itc_from == dt.date(2024, 12, 28)
    refused(
        "signature_before_approvals",
        Conflict,
        lambda: here.tell("signed", DORTMUND, date="2024-12-29", instrument="agreement"),
    )
