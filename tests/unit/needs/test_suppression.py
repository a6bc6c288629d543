"""A hidden count can never be recomputed from what is shown; an LP solver tries to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mistok.kernel.errors import Invalid
from mistok.needs.scanning import suppress_list, suppress_table

SMALL = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(0, 200))


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    return {(f"r{i}", f"c{j}"): draw(SMALL) for i in range(rows) for j in range(columns)}


def ranges(shown, equations):
    """What each hidden count can be, by all that is shown: at least one, and sums hold."""
    hidden = [name for name, count in shown.items() if count is None]
    place = {name: i for i, name in enumerate(hidden)}
    matrix, right = np.zeros((len(equations), len(hidden))), np.zeros(len(equations))
    for line, (parts, whole) in enumerate(equations):
        for name, sign in [(part, 1) for part in parts] + [(whole, -1)]:
            if name in place:
                matrix[line, place[name]] += sign
            else:
                right[line] -= sign * shown[name]
    for name in hidden:
        aim = np.zeros(len(hidden))
        aim[place[name]] = 1
        least, most = (
            linprog(sign * aim, A_eq=matrix, b_eq=right, bounds=(1, 1_000_000)) for sign in (1, -1)
        )
        assert least.success
        assert most.success
        yield name, least.fun, -most.fun


def ranges_of(told):
    rows, columns = list(told.row_totals), list(told.column_totals)
    shown = dict(told.cells)
    shown |= {("row", row): count for row, count in told.row_totals.items()}
    shown |= {("column", column): count for column, count in told.column_totals.items()}
    shown["total"] = told.total
    equations = [([(row, column) for column in columns], ("row", row)) for row in rows]
    equations += [([(row, column) for row in rows], ("column", column)) for column in columns]
    equations.append(([("row", row) for row in rows], "total"))
    equations.append(([("column", column) for column in columns], "total"))
    return ranges(shown, equations)


@given(tables())
@settings(max_examples=25, deadline=None)
def test_no_hidden_count_of_a_table_can_be_recomputed(counts):
    told = suppress_table(counts)

    for name, least, most in ranges_of(told):
        assert most - least > 0.5, (name, told)


@given(tables(), st.integers(2, 30))
@settings(max_examples=40)
def test_small_counts_are_hidden_and_all_that_is_shown_is_true(counts, threshold):
    told = suppress_table(counts, threshold)

    for cell, count in counts.items():
        assert told.cells[cell] in (None, count)
        assert (told.cells[cell] is None) or count == 0 or count >= threshold
        assert count or told.cells[cell] == 0
    assert told.total in (None, sum(counts.values()))
    for row, total in told.row_totals.items():
        assert total in (None, sum(n for (r, _), n in counts.items() if r == row))
    for column, total in told.column_totals.items():
        assert total in (None, sum(n for (_, c), n in counts.items() if c == column))


@given(st.lists(SMALL, max_size=6))
@settings(max_examples=25, deadline=None)
def test_no_hidden_count_of_a_list_can_be_recomputed(numbers):
    counts = {f"n{i}": number for i, number in enumerate(numbers)}

    told = suppress_list(counts)

    shown = dict(told.counts) | {"total": told.total}
    for name, least, most in ranges(shown, [(list(counts), "total")]):
        assert most - least > 0.5, (name, told)


def test_a_table_without_small_counts_is_shown_whole():
    told = suppress_table({("a", "x"): 10, ("a", "y"): 0, ("b", "x"): 12, ("b", "y"): 30})

    assert told.total == 52
    assert None not in told.cells.values()
    assert told.row_totals == {"a": 10, "b": 42}


def test_one_small_count_takes_three_others_with_it_and_no_total():
    counts = {(row, column): 50 for row in "abc" for column in "xyz"} | {("a", "x"): 3}

    told = suppress_table(counts)

    assert told.cells["a", "x"] is None
    assert sum(count is None for count in told.cells.values()) == 4
    assert told.total == 403
    assert None not in (*told.row_totals.values(), *told.column_totals.values())


def test_two_ones_in_a_row_need_a_third():
    told = suppress_list({"a": 1, "b": 1, "c": 40})

    assert told.counts["c"] is None or told.total is None


def test_two_fives_hide_each_other():
    told = suppress_list({"a": 5, "b": 5, "c": 40})

    assert told.counts == {"a": None, "b": None, "c": 40}
    assert told.total == 50


def test_missing_cells_are_zero_and_a_lonely_one_takes_its_totals_along():
    told = suppress_table({("a", "x"): 4, ("b", "y"): 40})

    assert told.cells == {("a", "x"): None, ("a", "y"): 0, ("b", "x"): 0, ("b", "y"): 40}
    assert told.row_totals == {"a": None, "b": 40}
    assert told.total is None


def test_nothing_is_nothing():
    assert suppress_table({}).total == 0
    assert suppress_list({}).total == 0


def test_a_threshold_that_hides_nothing_is_refused():
    with pytest.raises(Invalid, match="hides nothing"):
        suppress_list({"a": 1}, threshold=1)


def test_counts_below_zero_are_refused():
    with pytest.raises(Invalid, match="below zero"):
        suppress_table({("a", "x"): -1})
