"""The tables of consignments and goods: whole, without dead ends, and as the documents show."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from mistok.aid.lifecycle import (
    AFTER_RECEIPT,
    CODED,
    CUSTOMS_STATES,
    ENDED,
    FINAL,
    HELD,
    MOVEMENTS,
    MOVING,
    SOURCES,
    TRANSITIONS,
    WITHOUT_GOODS,
    WITHOUT_LINES,
    WRITABLE,
    Account,
    ActKind,
    Regime,
    State,
)
from mistok.aid.models.acts import ACT_KINDS
from mistok.aid.models.consignments import REGIMES, STATES
from mistok.aid.reference import (
    CLOCKS,
    MEANINGS,
    accounts_diagram,
    aid_states_page,
    states_diagram,
)
from mistok.config.reference import MADE

ROOT = Path(__file__).resolve().parents[3]
BEGINS = {State.OFFERED, State.ACCEPTED}
STRAIGHT = [
    State.OFFERED,
    State.ACCEPTED,
    State.CODE_ISSUED,
    State.DECLARED,
    State.DISPATCHED,
    State.EXPORT_CLEARED,
    State.AT_BORDER,
    State.CUSTOMS_CLEARED,
    State.RECEIVED,
    State.ON_BALANCE,
    State.DISTRIBUTING,
    State.DISTRIBUTED,
    State.REPORTED,
    State.CLOSED,
]


def test_every_word_of_the_tables_has_its_label():
    assert {value for value, _label in STATES} == set(State) == set(TRANSITIONS) == set(MEANINGS)
    assert {value for value, _label in REGIMES} == set(Regime)
    assert {value for value, _label in ACT_KINDS} == set(ActKind) == set(MOVEMENTS)


@pytest.mark.parametrize("state", State)
def test_every_meaning_is_a_sentence(state):
    assert MEANINGS[state][0].isupper()
    assert MEANINGS[state].endswith(".")


def test_the_straight_way_goes_step_by_step():
    for before, after in pairwise(STRAIGHT):
        assert after in TRANSITIONS[before]


def test_every_state_is_reached_and_comes_to_an_end():
    reached, ends = set(BEGINS), set(ENDED)
    for _round in TRANSITIONS:
        reached |= {after for state in reached for after in TRANSITIONS[state]}
        ends |= {state for state, after in TRANSITIONS.items() if after & ends}
    assert reached == ends == set(State)


def test_only_ended_consignments_stay_where_they_are():
    assert {state for state, after in TRANSITIONS.items() if not after} == ENDED


def test_nothing_comes_back_from_the_store_to_the_road():
    for state in AFTER_RECEIPT:
        assert not TRANSITIONS[state] & (MOVING | CUSTOMS_STATES | WRITABLE)


def test_groups_of_states_fit_together():
    assert HELD < AFTER_RECEIPT
    assert not WRITABLE & (MOVING | AFTER_RECEIPT)
    assert not MOVING & AFTER_RECEIPT
    assert WITHOUT_LINES < WITHOUT_GOODS
    assert not CODED & WITHOUT_GOODS


def test_goods_only_come_out_of_sources_and_only_go_into_final_accounts():
    moves = {move for kind in MOVEMENTS.values() for move in kind}
    targets, sources = {target for _source, target in moves}, {source for source, _ in moves}
    assert not targets & SOURCES
    assert not sources & FINAL
    assert sources | targets == set(Account)
    assert all(source != target for source, target in moves)


def test_goods_reach_the_store_from_every_account_on_the_way():
    for account in (Account.DONOR, Account.IN_TRANSIT, Account.CUSTOMS):
        assert (account, Account.STORE) in MOVEMENTS[ActKind.ACCEPTANCE]


def test_the_diagram_draws_every_step_and_no_other():
    drawn = [line.strip() for line in states_diagram().splitlines()[1:]]
    steps = [f"[*] --> {state}" for state in BEGINS]
    for state, following in TRANSITIONS.items():
        steps += [f"{state} --> {after}" for after in following or ["[*]"]]
    assert sorted(drawn) == sorted(steps)


def test_the_diagram_of_accounts_draws_every_movement_once():
    drawn = {}
    for line in accounts_diagram().splitlines()[1:]:
        source, kinds, target = re.fullmatch(r" +(\w+) -->\|([\w, ]+)\| (\w+)", line).groups()
        drawn[source, target] = set(kinds.split(", "))
    told = {}
    for kind, moves in MOVEMENTS.items():
        for source, target in moves:
            told.setdefault((source.value, target.value), set()).add(kind.value)
    assert drawn == told


def test_the_page_in_the_documents_is_what_the_tables_say():
    page = aid_states_page(MADE)
    assert (ROOT / "docs" / "reference" / "aid-states.md").read_text(encoding="utf-8") == page
    for rule, _begins, _ends in CLOCKS:
        assert f"`{rule}`" in page
    assert "{" not in page
