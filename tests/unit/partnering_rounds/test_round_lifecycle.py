"""The tables of transitions: whole, without dead ends that are not meant, and told in the docs."""

from itertools import product

import pytest

from mistok.partnering.rounds.lifecycle import (
    ANSWER_TRANSITIONS,
    IN_LINE,
    PUBLISHED,
    ROUND_TRANSITIONS,
    WAIT_TRANSITIONS,
    Answer,
    RoundState,
    Wait,
    diagram,
    state_of_answers,
)

TABLES = [
    (ROUND_TRANSITIONS, RoundState),
    (ANSWER_TRANSITIONS, Answer),
    (WAIT_TRANSITIONS, Wait),
]


@pytest.mark.parametrize(("table", "states"), TABLES)
def test_table_knows_every_state_and_all_are_reached(table, states):
    assert set(table) == set(states)
    reached, fresh = set(), {next(iter(table))}
    while fresh:
        reached |= fresh
        fresh = set().union(*(table[state] for state in fresh)) - reached
    assert reached == set(states)


@pytest.mark.parametrize(("table", "states"), TABLES)
def test_every_life_can_end(table, states):
    ends = {state for state in states if not table[state]}
    for _step in states:
        ends |= {state for state in states if table[state] & ends}
    assert ends == set(states)


def test_state_of_answers_is_that_of_the_stricter_side():
    for seeker, offerer in product(Answer, repeat=2):
        state = state_of_answers(seeker, offerer)
        assert state is state_of_answers(offerer, seeker)
        assert (state is Answer.DECLINED) == (Answer.DECLINED in (seeker, offerer))
        assert (state is Answer.ACCEPTED) == (seeker is offerer is Answer.ACCEPTED)


def test_drafts_and_what_was_taken_back_are_not_published():
    assert set(RoundState) - set(PUBLISHED) == {RoundState.DRAFT, RoundState.WITHDRAWN}


def test_nobody_stands_in_line_who_has_left_for_good():
    assert {state for state in Wait if WAIT_TRANSITIONS[state]} == set(IN_LINE)


@pytest.mark.parametrize(("table", "_states"), TABLES)
def test_diagram_in_the_guide_is_that_of_the_table(root, table, _states):
    guide = (root / "docs" / "how-to" / "run-a-round.md").read_text(encoding="utf-8")
    assert diagram(table) in guide
