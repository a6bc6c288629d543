"""Where steps stand: order, alternatives, optional steps, dates, sides; any order of acts."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mistok.kernel.errors import Conflict, Invalid, NotFound, Refusal
from mistok.partnering.procedure.allowing import check_act
from mistok.partnering.procedure.engine import Course
from mistok.partnering.procedure.graph import SHARED, Graph, Ref, Side
from mistok.partnering.procedure.states import Act, DueDay, Facts, State, What
from mistok.partnering.procedure.steps import (
    Aim,
    Bar,
    Doer,
    DueRule,
    Role,
    Step,
    Track,
)
from mistok.partnering.procedure.templates import country_template, template

TODAY = dt.date(2026, 11, 22)
A, B = "a", "b"


def day(number):
    """The day so many days before today."""
    return TODAY - dt.timedelta(days=100 - number)


def in_ten_days(rule, start, country):
    """A rule book that gives ten days for every rule but R22, which nobody knows."""
    if rule == "R22":
        return DueDay(None, rule, "not known")
    return DueDay(start + dt.timedelta(days=10), rule)


def step(code, **fields):
    return Step(**({"code": code, "titles": {"en": code}, "phase": "prepare"} | fields))


def track(*steps, left_out=(), chosen=()):
    return Track("test", "1", steps, tuple(left_out), frozenset(chosen))


def course(*acts, a=(), b=(), shared=(), one_sided=False, today=TODAY, **facts):
    """A run of two sides whose tracks are the given steps."""
    sides = [Side(A, "Alpha", "UA", a if isinstance(a, Track) else track(*a))]
    if not one_sided:
        sides.append(Side(B, "Beta", "DE", b if isinstance(b, Track) else track(*b)))
    return Course(
        Facts(
            sides=sides,
            shared=track(*shared),
            acts=acts,
            today=today,
            deadline=in_ten_days,
            **facts,
        )
    )


def act(code, what=What.DONE, on=None, side=A, silent=False):
    return Act(Ref(side, code), what, on or day(10), silent)


def refusal(found, wanted):
    with pytest.raises(Refusal) as refused:
        check_act(found, wanted)
    return refused.value


def standing(found, code, side=A):
    return found.states[Ref(side, code)].state


FIRST, SECOND = step("first"), step("second", after=("first",))


def test_step_is_blocked_until_what_comes_first_is_done():
    assert standing(course(a=[FIRST, SECOND]), "second") is State.BLOCKED
    assert standing(course(act("first"), a=[FIRST, SECOND]), "second") is State.OPEN


def test_step_out_of_order_is_refused_naming_step_side_and_paper():
    first = step("first", papers=("covering_letter",))
    refused = refusal(course(a=[first, SECOND]), act("second"))
    assert isinstance(refused, Conflict)
    assert refused.code == "step_blocked"
    for word in ("first", "Alpha", "covering letter"):
        assert word in str(refused)
    assert refused.details["blocks"] == [
        {"why": "step", "side": A, "step": "first", "papers": ["covering_letter"]}
    ]


def test_unknown_step_is_refused():
    assert isinstance(refusal(course(a=[FIRST]), act("nowhere")), NotFound)


def test_done_step_is_not_done_again():
    assert refusal(course(act("first"), a=[FIRST]), act("first")).code == "step_done"


def test_shared_step_waits_for_both_sides_and_needs_two():
    together = step("together", side=Doer.BOTH, after=("phase:prepare",), phase="contact")
    found = course(act("first"), a=[FIRST], b=[FIRST], shared=[together])
    assert [block.ref for block in found.blocks(Ref(SHARED, "together"))] == [Ref(B, "first")]
    alone = course(act("first"), a=[FIRST], shared=[together], one_sided=True)
    assert [block.why for block in alone.blocks(Ref(SHARED, "together"))] == ["partner"]
    assert "no second side" in str(refusal(alone, act("together", side=SHARED)))


def test_side_waits_for_a_shared_step_and_for_a_part_of_its_track():
    shared = step("together", side=Doer.BOTH, phase="contact")
    mine = step("mine", phase="draft", after=("together", "phase:prepare"))
    found = course(a=[FIRST, mine], b=[FIRST], shared=[shared])
    assert {block.ref for block in found.blocks(Ref(A, "mine"))} == {
        Ref(SHARED, "together"),
        Ref(A, "first"),
    }


def test_step_that_a_kind_lacks_is_passed_through():
    third = step("third", after=("second",))
    lacking = track(FIRST, third, left_out=[SECOND])
    assert [block.ref.code for block in course(a=lacking).blocks(Ref(A, "third"))] == ["first"]


def test_unknown_predecessor_is_a_broken_template():
    with pytest.raises(KeyError):
        course(a=[SECOND])


def test_optional_step_does_not_block_but_what_is_before_it_does():
    maybe = step("maybe", optional=True, after=("first",))
    last = step("last", after=("maybe",))
    assert [b.ref.code for b in course(a=[FIRST, maybe, last]).blocks(Ref(A, "last"))] == ["first"]
    found = course(act("first"), a=[FIRST, maybe, last])
    assert (standing(found, "maybe"), standing(found, "last")) == (State.OPEN, State.OPEN)


def test_optional_step_that_was_passed_is_left_out_and_too_late():
    maybe = step("maybe", optional=True)
    last = step("last", after=("maybe",))
    found = course(act("last"), a=[maybe, last])
    assert standing(found, "maybe") is State.SKIPPED
    assert refusal(found, act("maybe")).code == "step_passed"


def test_optional_step_that_lies_outside_blocks_until_left_out():
    maybe = step("maybe", optional=True, role=Role.OUTSIDE)
    last = step("last", after=("maybe",))
    waiting = act("maybe", What.SUBMITTED)
    assert standing(course(waiting, a=[maybe, last]), "last") is State.BLOCKED
    left_out = act("maybe", What.SKIPPED, day(20))
    check_act(course(waiting, a=[maybe, last]), left_out)
    found = course(waiting, left_out, a=[maybe, last])
    assert standing(found, "maybe") is State.SKIPPED
    assert refusal(found, act("maybe")).code == "step_left_out"
    # A step left out today holds up nothing that happened before.
    check_act(found, act("last", on=day(5)))


def test_required_step_is_not_left_out():
    assert refusal(course(a=[FIRST]), act("first", What.SKIPPED)).code == "not_optional"


def test_alternative_takes_the_place_of_a_step():
    council = step("council", alternatives=("order",))
    order = step("order", alternatives=("council",))
    after = step("after", after=("council",))
    none = course(a=[council, order, after])
    assert [block.ref.code for block in none.blocks(Ref(A, "after"))] == ["council"]
    found = course(act("order", on=day(7)), a=[council, order, after])
    assert standing(found, "council") is State.NOT_NEEDED
    assert standing(found, "after") is State.OPEN
    assert found.floor[Ref(A, "after")] == day(7)
    assert refusal(found, act("council")).code == "step_not_needed"


def test_alternative_that_others_stand_on_is_not_taken_back():
    council = step("council", alternatives=("order",))
    order = step("order", alternatives=("council",))
    after = step("after", after=("council",))
    found = course(act("order"), act("after"), a=[council, order, after])
    assert refusal(found, act("order", What.REOPENED)).code == "later_steps_done"


def test_only_one_of_two_alternatives_is_named_as_missing():
    council = step("council", alternatives=("order",))
    order = step("order", alternatives=("council",))
    after = step("after", after=("council", "order"))
    blocks = course(a=[council, order, after]).blocks(Ref(A, "after"))
    assert [block.ref.code for block in blocks] == ["council"]


ASKED = step("asked", role=Role.OUTSIDE, submitted_first=True, due=DueRule("R01", "submitted"))


def test_submission_waits_outside_and_starts_the_time():
    found = course(act("asked", What.SUBMITTED, TODAY), a=[ASKED])
    assert standing(found, "asked") is State.WAITING
    assert found.states[Ref(A, "asked")].due == DueDay(TODAY + dt.timedelta(days=10), "R01")
    assert not found.states[Ref(A, "asked")].overdue(TODAY)
    assert found.states[Ref(A, "asked")].overdue(TODAY + dt.timedelta(days=11))
    assert refusal(found, act("asked", What.SUBMITTED, TODAY)).code == "step_submitted"
    check_act(found, act("asked", on=TODAY))


def test_answer_before_submission_is_refused():
    assert refusal(course(a=[ASKED]), act("asked")).code == "not_submitted"
    assert refusal(course(a=[ASKED]), act("asked", What.RETURNED)).code == "not_submitted"
    assert refusal(course(a=[FIRST]), act("first", What.SUBMITTED)).code == "not_submittable"


def test_returned_step_is_open_again_and_its_time_starts_anew():
    acts = [act("asked", What.SUBMITTED, day(1)), act("asked", What.RETURNED, day(3))]
    found = course(*acts, a=[ASKED])
    assert standing(found, "asked") is State.RETURNED
    assert refusal(found, act("asked", What.SUBMITTED, day(2))).code == "day_before_predecessor"
    again = course(*acts, act("asked", What.SUBMITTED, day(5)), a=[ASKED])
    assert again.due(Ref(A, "asked")).on == day(15)


def test_step_inside_another_needs_only_its_submission():
    inside = step("inside", after=("submitted:asked",), optional=True)
    assert [b.why for b in course(a=[ASKED, inside]).blocks(Ref(A, "inside"))] == ["under_way"]
    refused = refusal(course(a=[ASKED, inside]), act("inside"))
    assert "must be submitted first" in str(refused)
    found = course(act("asked", What.SUBMITTED, day(4)), a=[ASKED, inside])
    assert standing(found, "inside") is State.OPEN
    assert found.floor[Ref(A, "inside")] == day(4)


def test_due_day_counts_from_another_step_and_says_when_nobody_knows():
    late = step("late", after=("first",), due=DueRule("R22", "first"))
    assert course(a=[FIRST, late]).due(Ref(A, "late")) is None
    found = course(act("first"), a=[FIRST, late]).states[Ref(A, "late")]
    assert (found.due.on, found.due.why) == (None, "not known")
    assert not found.overdue(TODAY)


def test_day_that_a_decision_set_comes_before_the_rule():
    review = step("review", after=("first",), due=DueRule("R12", "first"))
    found = course(act("first"), a=[FIRST, review], given={"R12": dt.date(2027, 6, 30)})
    assert found.due(Ref(A, "review")).on == dt.date(2027, 6, 30)


def test_period_before_a_step_is_kept():
    notice = step("notice", bars=Bar("signing", "R10"))
    other = step("other", bars=Bar("signing", "R10"))
    signing = step("signing", side=Doer.BOTH, after=("phase:prepare",), phase="signing")
    told = [act("notice", on=day(95)), act("other", on=day(90))]
    found = course(*told, a=[notice, other], shared=[signing])
    block = found.blocks(Ref(SHARED, "signing"))[0]
    assert (block.why, block.until) == ("period", day(105))
    assert "R10" in str(refusal(found, act("signing", side=SHARED)))
    early = course(act("notice", on=day(50)), a=[notice, FIRST], shared=[signing])
    assert early.earliest(Ref(A, "first")) is None
    later = course(*told, a=[notice, other], shared=[signing], today=day(120))
    assert refusal(later, act("signing", on=day(99), side=SHARED)).code == "too_early"
    check_act(later, act("signing", on=day(105), side=SHARED))


def test_silence_is_consent_only_where_a_rule_says_so_and_after_its_time():
    quiet = step("quiet", role=Role.OUTSIDE, submitted_first=True, silence="R11")
    found = course(act("quiet", What.SUBMITTED, day(80)), a=[quiet])
    silent = act("quiet", on=day(90), silent=True)
    assert refusal(found, silent).code == "silence_not_over"
    check_act(found, act("quiet", on=day(91), silent=True))
    plain = course(act("asked", What.SUBMITTED, day(80)), a=[ASKED])
    assert refusal(plain, act("asked", on=day(99), silent=True)).code == "silence_is_no_consent"
    unknown = step("quiet", role=Role.OUTSIDE, submitted_first=True, silence="R22")
    never = course(act("quiet", What.SUBMITTED, day(80)), a=[unknown])
    assert "not known" in str(refusal(never, act("quiet", on=TODAY, silent=True)))


def test_papers_are_asked_of_sides_that_have_an_office_here():
    paper = step("paper", papers=("draft_resolution",))
    assert refusal(course(a=[paper]), act("paper")).code == "paper_missing"
    check_act(course(a=[paper], papers={(A, "draft_resolution")}), act("paper"))
    assert refusal(course(a=[paper], papers={(B, "draft_resolution")}), act("paper")).details == {
        "papers": ["draft_resolution"]
    }
    told = Side(B, "Beta", "DE", track(paper), tells=False)
    facts = course(a=[paper]).facts
    found = Course(
        Facts(
            sides=[facts.sides[0], told], shared=track(), acts=(), today=TODAY, deadline=in_ten_days
        )
    )
    check_act(found, act("paper", side=B))


def test_paper_made_for_all_sides_serves_each_sides_step():
    paper = step("paper", papers=("agreement",))
    check_act(course(a=[paper], papers={(SHARED, "agreement")}), act("paper"))


def test_shared_step_takes_a_paper_of_any_side():
    paper = step("paper", side=Doer.BOTH, papers=("letter_of_intent",))
    check_act(course(shared=[paper], papers={(B, "letter_of_intent")}), act("paper", side=SHARED))


def test_dates_do_not_run_backwards_nor_ahead():
    found = course(act("first", on=day(10)), a=[FIRST, SECOND])
    refused = refusal(found, act("second", on=day(9)))
    assert isinstance(refused, Invalid)
    assert refused.code == "day_before_predecessor"
    ahead = act("second", on=TODAY + dt.timedelta(days=2))
    assert refusal(found, ahead).code == "day_in_the_future"
    check_act(found, act("second", on=day(10)))


def test_planned_day_is_to_come_and_changes_nothing():
    plan = act("second", What.PLANNED, TODAY + dt.timedelta(days=9))
    check_act(course(a=[FIRST, SECOND]), plan)
    found = course(plan, a=[FIRST, SECOND])
    assert found.states[Ref(A, "second")].planned == plan.on
    assert standing(found, "second") is State.BLOCKED
    assert refusal(found, act("second", What.PLANNED, day(1))).code == "day_in_the_past"
    assert refusal(course(act("first"), a=[FIRST]), act("first", What.PLANNED)).code == "step_done"


def test_step_is_taken_back_only_while_nothing_stands_on_it():
    found = course(act("first"), a=[FIRST, SECOND])
    check_act(found, act("first", What.REOPENED))
    again = course(act("first"), act("first", What.REOPENED), a=[FIRST, SECOND])
    assert standing(again, "first") is State.OPEN
    assert refusal(again, act("first", What.REOPENED)).code == "nothing_to_reopen"
    later = course(act("first"), act("second"), a=[FIRST, SECOND])
    refused = refusal(later, act("first", What.REOPENED))
    assert refused.code == "later_steps_done"
    assert refused.details == {"steps": [[A, "second"]]}


def test_act_on_a_step_that_a_newer_template_dropped_is_passed_over():
    assert standing(course(act("gone"), a=[FIRST]), "first") is State.OPEN


def test_next_steps_are_those_that_can_go_on():
    found = course(act("asked", What.SUBMITTED), a=[ASKED, FIRST, SECOND])
    assert {state.ref.code for state in found.next_steps()} == {"asked", "first"}


def test_step_of_the_other_side_needs_one():
    theirs = step("theirs", side=Doer.OTHER)
    assert course(a=[theirs], one_sided=True).blocks(Ref(A, "theirs"))[0].why == "partner"
    assert not course(a=[theirs]).blocks(Ref(A, "theirs"))


def full_run(countries, kind, form="paper"):
    shared = template("shared")
    chosen = shared.chosen({"form": form})
    sides = tuple(
        Side(str(place), code, code, country_template(code).track(Aim.TIE, kind, {}, chosen))
        for place, code in enumerate(countries, 1)
    )
    papers = {(side.id, paper) for side in sides for s in side.track.steps for paper in s.papers}
    papers |= {("1", paper) for s in shared.steps[Aim.TIE] for paper in s.papers}
    return sides, shared.track(Aim.TIE, kind, {"form": form}), papers


def seen(sides, shared, papers, acts, today):
    return Course(
        Facts(
            sides=sides,
            shared=shared,
            acts=acts,
            today=today,
            deadline=in_ten_days,
            papers=papers,
        )
    )


def consistent(found):
    """Every step that was done has its predecessors settled, and not later than itself."""
    for ref in found.graph.order:
        if found.done_on(ref) is None:
            continue
        for edge in found.graph.edges[ref]:
            assert found.settled[edge.before] or edge.under_way, (ref, edge)
            before = found.done_on(edge.before) or found.replaced_on(edge.before)
            if before is not None and not edge.under_way:
                assert before <= found.done_on(ref)
        assert found.floor[ref] is None or found.floor[ref] <= found.done_on(ref)


@given(
    countries=st.lists(
        st.sampled_from(["UA", "DE", "PL", "FR", "IT", "LT", "GB", "US", "JP"]),
        min_size=2,
        max_size=3,
    ),
    kind=st.sampled_from(["twinning", "solidarity", "project", "network"]),
    form=st.sampled_from(["paper", "declaration"]),
    data=st.data(),
)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_any_order_of_allowed_acts_ends_in_a_consistent_run(countries, kind, form, data):
    sides, shared, papers = full_run(countries, kind, form)
    refs = sorted(Graph(sides, shared).steps)
    acts = []
    today = TODAY
    for _turn in range(data.draw(st.integers(5, 40))):
        today += dt.timedelta(days=data.draw(st.integers(0, 20)))
        found = seen(sides, shared, papers, acts, today)
        going = [state.ref for state in found.next_steps()]
        wanted = Act(
            data.draw(st.sampled_from(going or refs) | st.sampled_from(refs)),
            data.draw(st.sampled_from([What.DONE, What.DONE, What.SUBMITTED, *What])),
            today - dt.timedelta(days=data.draw(st.integers(0, 3))),
        )
        try:
            check_act(found, wanted)
        except Refusal:
            continue
        acts.append(wanted)
        consistent(
            Course(Facts(sides=sides, shared=shared, acts=acts, today=today, deadline=in_ten_days))
        )


@pytest.mark.parametrize(
    "countries", [("UA", "DE"), ("UA", "IT", "FR"), ("UA", "US"), ("PL", "JP")]
)
@pytest.mark.parametrize(("kind", "form"), [("twinning", "paper"), ("solidarity", "declaration")])
def test_every_run_can_be_carried_to_its_end(countries, kind, form):
    sides, shared, papers = full_run(countries, kind, form)
    acts, today = [], TODAY
    for _turn in range(400):
        found = Course(
            Facts(
                sides=sides,
                shared=shared,
                acts=acts,
                today=today,
                deadline=in_ten_days,
                papers=papers,
            )
        )
        if found.states[Ref(SHARED, "yearly_report")].state is State.DONE:
            break
        today += dt.timedelta(days=1)
        going = found.next_steps()
        state = next((s for s in going if not s.step.optional), None)
        if state is not None:
            waits = state.step.submitted_first and state.state is not State.WAITING
            acts.append(
                Act(state.ref, What.SUBMITTED if waits else What.DONE, today - dt.timedelta(days=1))
            )
            check_act(found, acts[-1])
    assert standing(found, "yearly_report", SHARED) is State.DONE
