"""Whatever offices tell, a tie keeps to the table, and the registry reads what the guards said."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from walking import DE, MINISTRY, UA, Walk

from mistok.kernel.errors import Refusal
from mistok.provenance.values import EVENTS
from mistok.registry.guarding.steps import CHECKS, DECLARABLE, way_to
from mistok.registry.lifecycle import (
    ENDED,
    GUARDS,
    STATE_AFTER,
    TRANSITIONS,
    Guard,
    TieState,
    path,
)

S = TieState
EVENT_FOR = {
    S.SEARCH_MANDATE: "search_mandate",
    S.PENDING_APPROVALS: "submitted",
    S.TERMINATED: "severed",
} | {state: state.value for state in S if state.value in EVENTS and state is not S.SEARCH_MANDATE}
WHOLE = {
    "decided": {"body": DE.key},
    "letter_of_intent": {"instrument": "letter_of_intent"},
    "negotiating": {"instrument": "agreement"},
    "submitted": {"body": MINISTRY, "body_kind": "ministry", "declared": ["legal_review"]},
    "returned": {"body": MINISTRY, "body_kind": "ministry"},
    "under_review": {"body": DE.key, "reason": "asked by the council"},
    "active": {"body": DE.key},
    "extended": {"body": DE.key},
    "upgraded": {"body": DE.key},
    "suspended": {"body": UA.key, "reason": "no answer", "review_date": "2099"},
    "severed": {"body": UA.key, "ending": "mutual"},
    "expired": {"end_date": "1991"},
}
"""What each event needs beside its date, so that its guards are met."""


def day(number):
    """The day of the nth event of a walk."""
    return (dt.date(2025, 6, 1) + dt.timedelta(days=3 * number)).isoformat()


def prepare(walk, goal, number):
    """Everything that must be there before an edge of the table can be told."""
    if goal in (S.APPROVED, S.SIGNED):
        order = {"body": MINISTRY, "body_kind": "ministry", "act_number": "879"}
        for fields in (
            {"event": "approved", **order},
            {"event": "decided", "body": UA.key},
            {"event": "decided", "body": DE.key},
        ):
            walk.hear(date=day(number), kind="partnership", trust=4, **fields)


def supersedes(walk):
    """The last paper of the walk, which a new one must name."""
    papers = [
        f.event for f in walk.known.starts if f.event.event in ("signed", "extended", "upgraded")
    ]
    last = papers[-1] if papers else None
    return f"{last.instrument or 'agreement'}:{last.date}" if last else ""


@settings(max_examples=40)
@given(st.data())
def test_walk_along_the_table_is_told_event_by_event(data):
    walk, number = Walk(), 0
    walk.tell("proposed", date=day(0))
    assert walk.state == S.IDEA
    while number < 12:
        nexts = sorted(TRANSITIONS[walk.state] - {S.SEARCH_MANDATE})
        if not nexts:
            break
        goal = data.draw(st.sampled_from(nexts))
        number += 1
        event = "returned" if walk.state is S.PENDING_APPROVALS and goal is S.NEGOTIATING else None
        event = event or EVENT_FOR[goal]
        prepare(walk, goal, number - 0.5)
        if walk.state == goal:
            continue
        fields = WHOLE.get(event, {}) | (
            {"supersedes": supersedes(walk)} if goal in (S.EXTENDED, S.UPGRADED) else {}
        )
        assert walk.tell(event, date=day(number), **fields) == goal


def ways(before, after):
    return before == after or bool(way_to(before, after))


EVENTS_OF_OFFICES = st.fixed_dictionaries(
    {
        "event": st.sampled_from(sorted(EVENTS - {"search_mandate"})),
        "kind": st.sampled_from(["twinning", "solidarity"]),
        "date": st.sampled_from(
            ["1997", "2007-09-15", "2022-05", "2025-06-13", "2026", "2026-02-03"]
        ),
        "planned": st.booleans(),
        "body": st.sampled_from(["", UA.key, DE.key, MINISTRY]),
        "body_kind": st.sampled_from(["", "council", "ministry", "board"]),
        "instrument": st.sampled_from(["", "agreement", "letter_of_intent", "resolution"]),
        "act_number": st.sampled_from(["", "879"]),
        "ending": st.sampled_from(["", "mutual", "unilateral"]),
        "reason": st.sampled_from(["", "silence"]),
        "review_date": st.sampled_from(["", "2027"]),
        "end_date": st.sampled_from(["", "2026-01-01"]),
        "supersedes": st.sampled_from(["", "agreement:2025"]),
        "signatures": st.sampled_from([(), ({"party": UA.key},), ({"party": DE.key},)]),
        "declared": st.sampled_from([(), tuple(sorted(DECLARABLE))]),
    }
)


@settings(max_examples=150)
@given(st.lists(EVENTS_OF_OFFICES, max_size=14))
def test_random_walk_never_leaves_the_table(told):
    walk = Walk()
    for fields in told:
        before, facts = walk.state, walk.known.facts
        try:
            after = walk.tell(**fields)
        except Refusal:
            assert walk.known.facts == facts
        else:
            assert ways(before, after)
            if before in ENDED:
                assert after in ENDED


def test_every_guard_has_a_check_and_every_guarded_step_is_in_the_table():
    assert set(CHECKS) == set(Guard)
    assert all(following in TRANSITIONS[state] for state, following in GUARDS)
    assert {guard for guards in GUARDS.values() for guard in guards} == set(Guard)


def test_every_state_has_an_event_that_tells_it():
    assert set(STATE_AFTER.values()) == set(S)


def test_shortest_way_follows_the_table_and_ends_where_there_is_none():
    assert path(S.IDEA, S.NEGOTIATING) == (S.IDEA, S.CONTACT, S.EXPLORING, S.NEGOTIATING)
    assert path(S.ACTIVE, S.EXTENDED) == (S.ACTIVE, S.UNDER_REVIEW, S.EXTENDED)
    assert path(S.TERMINATED, S.ACTIVE) == ()
    assert way_to(S.EXTENDED, S.EXTENDED) == (S.EXTENDED, S.UNDER_REVIEW, S.EXTENDED)
