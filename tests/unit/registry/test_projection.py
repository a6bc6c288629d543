"""From evidence to what people read: rules that hold for any evidence."""

from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.dates import PartialDate
from mistok.provenance.values import EVENTS, TIE_KINDS, TieEvent
from mistok.registry.lifecycle import BEFORE_SIGNING, ENDED, IN_FORCE, RESTING, TieState
from mistok.registry.projection import (
    STARTS,
    STOPS,
    Evidence,
    disagreements,
    gather,
    project,
    state_of,
)

BODIES = ["", "geonames:1", "geonames:2", "the chamber"]
DATES = ["", "2014", "<2014", "~2015", "2022-02", ">2022-02", "2022-03-01", "2023-02-09", "2025"]


def events(**fixed):
    choices = {
        "event": st.sampled_from(sorted(EVENTS)),
        "kind": st.sampled_from(["twinning", "solidarity", "unknown"]),
        "date": st.sampled_from(DATES),
        "as_of": st.sampled_from(DATES),
        "planned": st.booleans(),
        "body": st.sampled_from(BODIES),
    }
    return st.builds(TieEvent, **(choices | fixed))


@st.composite
def evidence(draw, **fixed):
    said = draw(st.lists(events(**fixed), max_size=8))
    published = st.sampled_from(DATES).map(PartialDate.parse_or_none)
    return [
        Evidence(f"s{number}", event, draw(st.integers(1, 5)), draw(published))
        for number, event in enumerate(said)
    ]


def state(said, parties=2):
    return state_of(gather(said), parties=parties)


@given(st.data())
def test_order_of_evidence_changes_nothing(data):
    said = data.draw(evidence())
    other = data.draw(st.permutations(said))
    assert project(gather(other), parties=2) == project(gather(said), parties=2)
    assert disagreements(gather(other)) == disagreements(gather(said))


@given(evidence())
def test_every_statement_stands_behind_one_fact(said):
    behind = [statement for fact in gather(said) for statement in fact.statements]
    assert sorted(behind) == sorted(item.statement for item in said)


@given(evidence(), events(planned=st.just(True)))
def test_planned_fact_never_puts_a_tie_in_force(said, plan):
    before = state(said)
    after = state([*said, Evidence("plan", plan, 5, None)])
    assert (after in IN_FORCE) == (before in IN_FORCE)
    assert after == before or {after, before} <= set(BEFORE_SIGNING)


@given(evidence())
def test_tie_in_force_has_a_start_that_happened(said):
    started = any(e.event.event in STARTS and not e.event.planned for e in said)
    assert started or state(said) not in IN_FORCE


@given(evidence())
def test_tie_stopped_has_a_stop_that_happened(said):
    stopped = any(e.event.event in STOPS and not e.event.planned for e in said)
    assert stopped or state(said) not in (*RESTING, *ENDED)


@given(evidence(planned=st.just(False)))
def test_withdrawing_every_stop_puts_a_started_tie_in_force(said):
    left = [item for item in said if item.event.event not in STOPS]
    assert (state(left) in IN_FORCE) == any(item.event.event in STARTS for item in left)


@given(evidence(), st.integers(0, 7))
def test_withdrawn_statement_leaves_no_trace(said, position):
    left = [item for number, item in enumerate(said) if number != position]
    view = project(gather(left), parties=2)
    assert all(f"s{position}" not in fact.statements for fact in view.facts)


@given(evidence())
def test_second_source_of_a_fact_adds_a_statement_and_no_fact(said):
    again = [Evidence(f"{e.statement}b", e.event, e.trust, e.published) for e in said]
    once, twice = gather(said), gather([*said, *again])
    assert len(twice) == len(once)
    assert state_of(twice, parties=2) == state_of(once, parties=2)


@given(evidence())
def test_disagreement_is_between_two_facts_or_more_of_the_tie(said):
    facts = gather(said)
    for item in disagreements(facts):
        assert len(item.facts) > 1
        assert all(fact in facts for fact in item.facts)


@given(evidence())
def test_disagreements_do_not_depend_on_the_order_of_facts(said):
    def content(facts):
        return {(item.about, frozenset(fact.statements for fact in item.facts)) for item in facts}

    facts = gather(said)
    assert content(disagreements(facts[::-1])) == content(disagreements(facts))


@given(evidence())
def test_since_and_until_are_dates_of_what_happened(said):
    view = project(gather(said), parties=2)
    told = {fact.when for fact in view.facts if not fact.event.planned}
    assert view.since in told | {None}
    assert view.until in told | {None}
    assert view.until is None or view.state in (*RESTING, *ENDED)
    assert view.kind in TIE_KINDS


def told(*words, trust=3):
    """Evidence from short words: event date [kind] [body] ["planned"]."""
    made = []
    for number, text in enumerate(words):
        event, date, *rest = text.split()
        fields = dict(zip(("kind", "body"), rest, strict=False))
        planned = fields.get("body") == "planned"
        if planned:
            del fields["body"]
        event = TieEvent(event=event, date=date.strip("-"), planned=planned, **fields)
        made.append(Evidence(f"s{number}", event, trust, None))
    return made


def test_tie_without_evidence_is_an_idea():
    assert state([]) == TieState.IDEA


def test_tie_decided_by_one_side_is_under_negotiation():
    assert state(told("decided 2022-06 twinning geonames:1")) == TieState.NEGOTIATING


def test_tie_decided_by_all_sides_is_approved():
    both = told("decided 2022-06 twinning geonames:1", "decided 2022-07 twinning geonames:2")
    assert state(both) == TieState.APPROVED
    assert state(both, parties=3) == TieState.NEGOTIATING


def test_tie_with_a_planned_signing_is_under_negotiation():
    assert state(told("signed 2023-02-09 solidarity planned")) == TieState.NEGOTIATING


def test_tie_ended_stays_ended_though_a_list_still_names_it():
    assert state(told("active - twinning", "severed 2022-03 twinning")) == TieState.TERMINATED


def test_tie_ended_lives_again_after_a_dated_new_start():
    assert state(told("severed 2022-03 twinning", "signed 2024 twinning")) == TieState.SIGNED


def test_tie_ended_on_an_unknown_day_is_not_revived():
    assert state(told("severed - twinning", "signed 2024 twinning")) == TieState.TERMINATED


def test_of_two_stops_of_one_date_the_better_source_counts():
    suspended = told("suspended 2022-03 twinning", trust=2)
    ended = [Evidence("e", told("severed 2022-03 twinning")[0].event, 5, None)]
    assert state(suspended + ended) == TieState.TERMINATED
    assert state(ended + suspended) == TieState.TERMINATED


def test_kind_is_that_of_the_latest_word_on_the_tie():
    said = told(
        "signed 2023-02-23 solidarity", "signed 2025-07-09 twinning", "decided 2026 project"
    )
    assert project(gather(said), parties=2).kind == "twinning"
    assert project(gather(told("proposed 2026 project")), parties=2).kind == "project"
    assert project(gather(told("proposed 2026")), parties=2).kind == "unknown"


def test_since_is_the_more_exact_of_dates_that_agree():
    said = told("signed 2023 solidarity", "signed 2023-02-23 solidarity")
    assert str(project(gather(said), parties=2).since) == "2023-02-23"


def test_until_is_the_date_of_the_end():
    said = told("signed 1990 twinning", "severed 2022-03-01 twinning")
    view = project(gather(said), parties=2)
    assert (str(view.since), str(view.until)) == ("1990", "2022-03-01")


def test_dates_of_one_signing_that_cannot_both_be_true_disagree():
    said = told(
        "signed 2023-02-09 solidarity", "signed 2023-02-23 solidarity", "signed 2023 network"
    )
    item = disagreements(gather(said))[0]
    assert item.about == "date:signed"
    assert [fact.event.date for fact in item.facts] == ["2023-02-09", "2023-02-23"]


def test_kinds_of_one_signing_disagree():
    said = told("signed 2023-03 twinning", "signed 2023-03-11 partnership", "signed 2020 network")
    (item,) = disagreements(gather(said))
    assert item.about == "kind:signed"
    assert {fact.event.kind for fact in item.facts} == {"twinning", "partnership"}


def test_plan_that_proved_wrong_is_shown_beside_what_came():
    said = told("signed 2023-02-09 solidarity planned", "signed 2023-02-23 solidarity")
    (item,) = disagreements(gather(said))
    assert item.about == "plan:signed"
    assert [fact.event.planned for fact in item.facts] == [True, False]


def test_plan_that_came_true_is_no_disagreement():
    said = told("signed 2023 solidarity planned", "signed 2023-02-23 solidarity")
    assert disagreements(gather(said)) == []


def test_end_and_suspension_disagree():
    said = told("suspended 2022-03 twinning", "not_suspended 2022-03 twinning")
    assert [item.about for item in disagreements(gather(said))] == ["ending"]


def test_fact_without_a_date_stands_where_its_source_speaks():
    event = TieEvent(event="active", as_of="2022-09")
    undated = TieEvent(event="contact")
    facts = gather(
        [
            Evidence("a", event, 3, PartialDate(2024)),
            Evidence("b", undated, 3, PartialDate(2023)),
            Evidence("c", TieEvent(event="offered"), 3, None),
        ]
    )
    assert [fact.event.event for fact in facts] == ["offered", "active", "contact"]
    assert [str(fact.placed or "") for fact in facts] == ["", "2022-09", "2023"]
