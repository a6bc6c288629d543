"""The life cycle of a tie as data: closed, complete, drawn as it is."""

import pytest

from mistok.provenance.values import EVENTS
from mistok.registry.lifecycle import (
    BEFORE_SIGNING,
    ENDED,
    EVENT_ORDER,
    IN_FORCE,
    RESTING,
    STATE_AFTER,
    TRANSITIONS,
    TieState,
    diagram,
)
from mistok.registry.projection import STARTS, STOPS


def reachable(start):
    seen, todo = {start}, [start]
    while todo:
        new = TRANSITIONS[todo.pop()] - seen
        seen |= new
        todo += new
    return seen


def test_every_state_is_reached_from_an_idea():
    assert reachable(TieState.IDEA) == set(TieState)


def test_transitions_lead_to_states_only_and_never_to_themselves():
    assert set(TRANSITIONS) == set(TieState)
    for state, nexts in TRANSITIONS.items():
        assert nexts <= set(TieState) - {state}


def test_states_belong_to_one_stage_each():
    stages = [*BEFORE_SIGNING, *IN_FORCE, *RESTING, *ENDED]
    assert sorted(stages) == sorted(TieState)


def test_ended_ties_never_live_again():
    for state in ENDED:
        assert reachable(state) <= set(ENDED)


def test_every_event_leads_to_a_state():
    assert set(STATE_AFTER) == EVENTS
    assert set(STATE_AFTER.values()) <= set(TieState)
    assert sorted(EVENT_ORDER, key=EVENT_ORDER.__getitem__) == list(STATE_AFTER)


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_event_starts_stops_or_prepares(event):
    state = STATE_AFTER[event]
    assert (event in STARTS) == (state in IN_FORCE)
    assert (event in STOPS) == (state in (*RESTING, *ENDED))


def test_diagram_draws_every_transition():
    drawn = {line.strip() for line in diagram().splitlines()}
    for state, nexts in TRANSITIONS.items():
        for following in nexts or ["[*]"]:
            assert f"{state} --> {following}" in drawn
    assert "[*] --> idea" in drawn
    assert len(drawn) == 3 + sum(len(nexts) or 1 for nexts in TRANSITIONS.values())
