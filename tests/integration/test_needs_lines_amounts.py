"""Asked = open + committed + withdrawn, and the state agrees, whatever happens in what order."""

import dataclasses
from decimal import Decimal

import needs_cast
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from needs_cast import a_need, steps

from mistok.kernel.errors import Conflict, Invalid, Refusal
from mistok.needs.lifecycle import NEED_TRANSITIONS, NeedState
from mistok.needs.lines import change_need, entry_of, give_back, take, withdraw_need
from mistok.needs.lines.amounts import MOST_STEPS
from mistok.needs.models import Need

pytestmark = pytest.mark.django_db
people = needs_cast.needy


def refused(error, code, act, /, *given, **fields):
    with pytest.raises(error) as caught:
        act(*given, **fields)
    assert caught.value.code == code, caught.value
    return caught.value


def parts(need):
    found = Need.objects.get(pk=need.pk)
    return found.asked, found.still_open, found.committed, found.withdrawn, str(found.state)


def test_what_is_taken_is_committed_and_comes_back(people):
    need = a_need(people.home, 8)
    take(need, steps(3))
    assert parts(need) == (8000, 5000, 3000, 0, "open")
    take(need, steps(5))
    assert (need.state, parts(need)) == ("committed", (8000, 0, 8000, 0, "committed"))
    give_back(need, steps(1))
    assert parts(need) == (8000, 1000, 7000, 0, "open")
    assert need.version == 1


def test_more_than_is_open_is_told_with_what_is_open(people):
    need = a_need(people.home, 8, committed=6)
    conflict = refused(Conflict, "more_than_open", take, need, steps(3))
    assert conflict.details == {"wanted": "3", "open": "2", "unit": "piece"}
    assert "2\u00a0pieces" in str(conflict)
    take(need, steps(2))
    conflict = refused(Conflict, "more_than_open", take, need, steps(3))
    assert conflict.details["open"] == "0"
    refused(Conflict, "more_than_committed", give_back, need, steps(9))


def test_a_surplus_raises_what_is_asked_and_is_a_new_version(people):
    need = a_need(people.home, 8)
    take(need, steps(10), raise_asked_by=steps(2))
    assert parts(need) == (10000, 0, 10000, 0, "committed")
    assert need.version == 2
    take(need, steps(1), raise_asked_by=steps(1))
    assert parts(need) == (11000, 0, 11000, 0, "committed")
    Need.objects.filter(pk=need.pk).update(asked=MOST_STEPS, committed=MOST_STEPS)
    refused(Conflict, "asked_too_large", take, need, steps(1), raise_asked_by=steps(1))


@pytest.mark.parametrize(("number", "raised"), [(0, 0), (-1, 0), (1, 2), (1, -1)])
def test_nothing_is_no_amount(people, number, raised):
    need = a_need(people.home)
    refused(Invalid, "amount_zero", take, need, steps(number), raise_asked_by=steps(raised))
    if not raised:
        refused(Invalid, "amount_zero", give_back, need, steps(number))


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("draft", "need_not_open"),
        ("withdrawn", "need_withdrawn"),
        ("fulfilled", "need_fulfilled"),
    ],
)
def test_a_line_that_does_not_live_gives_and_takes_nothing(people, state, code):
    need = a_need(people.home, state=state, committed=8 if state == "fulfilled" else 0)
    for act in (take, give_back):
        refused(Conflict, code, act, need, steps(1))


def test_who_holds_an_old_copy_is_told_how_the_line_stands(people):
    need = a_need(people.home, 8)
    old = Need.objects.get(pk=need.pk)
    withdraw_need(actor=people.home.officer, need=need, reason="Bought")
    refused(Conflict, "need_withdrawn", take, old, steps(1))
    assert old.state == "withdrawn"


@dataclasses.dataclass
class Model:
    """What the line should be, reckoned without a database."""

    asked: int
    committed: int = 0
    withdrawn: int = 0

    @property
    def open(self):
        return self.asked - self.committed - self.withdrawn

    @property
    def state(self):
        if self.open:
            return "open"
        return "committed" if self.committed else "withdrawn"

    def does(self, verb, number):
        """Whether the act is possible; if so it is done."""
        if self.state == "withdrawn":
            return False
        if verb == "take":
            possible = number <= self.open
            self.committed += number if possible else 0
        elif verb == "surplus":
            possible = True
            self.asked, self.committed = self.asked + number, self.committed + number
        elif verb == "back":
            possible = number <= self.committed
            self.committed -= number if possible else 0
        elif verb == "withdraw":
            possible = number <= self.open
            self.withdrawn += number if possible else 0
        else:
            possible = number >= self.committed + self.withdrawn and (
                number > self.withdrawn or self.committed > 0
            )
            self.asked = number if possible else self.asked
        return possible


ACTS = {
    "take": lambda people, need, number: take(need, number),
    "surplus": lambda people, need, number: take(need, number, raise_asked_by=number),
    "back": lambda people, need, number: give_back(need, number),
    "withdraw": lambda people, need, number: withdraw_need(
        actor=people.home.officer, need=need, reason="x", amount=number
    ),
    "ask": lambda people, need, number: change_need(
        actor=people.home.officer,
        need=need,
        entry=dataclasses.replace(entry_of(need), number=Decimal(number) / 1000),
    ),
}
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(["take", "take", "take", "surplus", "back", "back", "withdraw", "ask"]),
        st.integers(min_value=1, max_value=6).map(steps),
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_amounts_are_kept_under_any_history(people, history):
    need, model = a_need(people.home, 6), Model(steps(6))
    for verb, number in history:
        before = need.state
        try:
            ACTS[verb](people, need, number)
            done = True
        except Refusal:
            done = False
        assert done == model.does(verb, number), (verb, number)
        found = (model.asked, model.open, model.committed, model.withdrawn, model.state)
        assert parts(need) == found
        assert need.state == before or need.state in NEED_TRANSITIONS[NeedState(before)]
