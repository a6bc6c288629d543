"""The reference page of needs, letters, commitments and offers: whole, and true to the tables."""

from pathlib import Path

import pytest

from mistok.config.reference import MADE
from mistok.needs.lifecycle import COUNTING, LIVING_NEEDS
from mistok.needs.reference import LIVES, diagram, need_states_page

ROOT = Path(__file__).resolve().parents[3]
lives = pytest.mark.parametrize("life", LIVES, ids=[life.title for life in LIVES])


@lives
def test_every_state_has_its_label_and_its_sentence(life):
    assert set(life.meanings) == set(life.transitions) == {state for state, _label in life.labels}
    for meaning in life.meanings.values():
        assert meaning[0].isupper()
        assert meaning.endswith(".")


@lives
def test_diagram_draws_every_step_and_no_other(life):
    drawn = [line.strip() for line in diagram(life).splitlines()[1:]]
    steps = [f"[*] --> {start}" for start in life.starts]
    for state, following in life.transitions.items():
        steps += [f"{state} --> {after}" for after in following or ["[*]"]]
    assert sorted(drawn) == sorted(steps)


@lives
def test_every_state_is_reached_and_comes_to_an_end(life):
    reached, ends = set(life.starts), set()
    for _round in life.transitions:
        reached |= {after for state in reached for after in life.transitions[state]}
        ends |= {state for state, after in life.transitions.items() if not after or after & ends}
    assert reached == ends == set(life.transitions)


def test_page_in_the_documents_is_what_the_tables_say():
    page = need_states_page(MADE)
    assert (ROOT / "docs" / "reference" / "need-states.md").read_text(encoding="utf-8") == page
    for state in (*COUNTING, *LIVING_NEEDS):
        assert f"`{state}`" in page
    assert "{" not in page
