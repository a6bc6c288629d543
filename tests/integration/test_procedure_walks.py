"""A partnership from the first contact to its renewal, its suspension, its end."""

import datetime as dt

import pytest

from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.partnering.models import (
    CouncilDecision,
    Evaluation,
    ProcedureRun,
    RegistrationRecord,
    StepDeadline,
)
from mistok.partnering.procedure import services
from mistok.partnering.procedure.states import State
from mistok.partnering.procedure.steps import Aim
from mistok.partnering.procedure.voting import Vote
from mistok.provenance.models import AuditEvent
from mistok.registry.life import life_between
from mistok.registry.models import Tie
from procedure_cast import TODAY, Walk, a_walk, the_two

pytestmark = pytest.mark.django_db


def tie_state(walk):
    return Tie.objects.get(public_id=walk.run.tie).state


def refused(error, code, act, /, *args, **fields):
    with pytest.raises(error) as caught:
        act(*args, **fields)
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def people():
    return the_two()


def test_solidarity_partnership_from_contact_to_registration_and_renewal(people):
    walk = a_walk(people).to("registration", 1)
    assert walk.state("signing") is State.DONE
    assert tie_state(walk) == "signed"
    walk.do("registration", 1)
    assert RegistrationRecord.objects.get().number == "R-7"
    walk.to("renewal")
    assert tie_state(walk) == "active"
    assert Evaluation.objects.get().outcome == "extend"
    walk.do("renewal", on=TODAY, data={"number": "77"})
    assert tie_state(walk) == "extended"


def test_tie_is_suspended_and_then_ended_by_one_side(people):
    walk = a_walk(people).to("action_plan")
    common = {"actor": people.home.officer, "office": people.home.office, "tie": walk.run.tie}
    pause = Walk(services.open_run(**common, aim=Aim.SUSPENSION), people.home, people.partner)
    pause.day = TODAY
    pause.to("pause_takes_effect", 1)
    pause.do("pause_takes_effect", 1)
    assert tie_state(walk) == "suspended"
    end = Walk(services.open_run(**common, aim=Aim.TERMINATION), people.home, people.partner)
    end.day = TODAY
    end.to("end_takes_effect", 1)
    end.do("end_takes_effect", 1)
    assert tie_state(walk) == "terminated"
    assert end.course().graph.sides["2"].track.steps == ()


def test_signature_before_approvals_is_refused_told_and_audited(people):
    walk = a_walk(people).to("ministry_order", 1)
    told = refused(Conflict, "step_blocked", walk.sign, sides=[1])
    for word in ("Signing", "Final text"):
        assert word in str(told)
    event = AuditEvent.objects.get(verb="refused_record_signature")
    assert (event.subject, event.actor) == (walk.run.public_id, str(people.home.approver))
    assert event.after["code"] == "step_blocked"
    assert not walk.run.signatures.exists()


def test_step_out_of_order_names_what_is_missing_its_side_and_paper(people):
    walk = a_walk(people, "twinning").to("letter_of_intent")
    told = refused(Conflict, "step_blocked", walk.do, "draft_agreement")
    assert "letter of intent" in str(told).lower()
    council = refused(Conflict, "step_blocked", walk.do, "council_decision", 1)
    assert council.details["blocks"][0]["step"] == "draft_resolution"
    assert "Zhytomyr" in str(council)
    assert "draft resolution" in str(council)


def test_ministry_gets_thirty_days_kept_with_the_version_of_the_rule(people):
    walk = a_walk(people).to("ministry_order", 1)
    for kind in ("agreement", "covering_letter"):
        walk.paper("ministry_order", 1, kind)
    walk.day = TODAY
    common = {"office": people.home.office, "run": walk.run, "side": 1, "on": walk.day}
    services.submit(actor=people.home.officer, **common, step="ministry_order")
    services.submit(actor=people.home.officer, **common, step="justice_opinion")
    kept = {row.rule: row for row in StepDeadline.objects.all()}
    assert kept["R01"].due_on == walk.day + dt.timedelta(days=30)
    assert kept["R02"].due_on == walk.day + dt.timedelta(days=10)
    assert kept["R01"].rule_version
    assert tie_state_internal(walk) == "pending_approvals"


def tie_state_internal(walk):
    return life_between(walk.run.sides.values_list("place", flat=True)).known.state


def test_registration_has_no_day_while_nobody_knows_its_term(people):
    walk = a_walk(people).to("registration", 1)
    state = next(s for s in walk.course().next_steps() if s.ref.code == "registration")
    assert state.due.on is None
    assert "R22" in state.due.why


def test_council_before_ministry_where_the_side_chose_so(people):
    walk = a_walk(people, side_options={"order": "council_first"}).to("council_decision", 1)
    assert walk.state("ministry_order", 1) is State.BLOCKED
    walk.do("council_decision", 1)
    assert walk.state("ministry_order", 1) is State.OPEN


def test_military_administration_acts_in_place_of_the_council_with_its_ground(people):
    walk = a_walk(people).to("council_decision", 1)
    refused(Invalid, "ground_missing", walk.do, "military_act", 1, data={"number": "5"})
    walk.do("military_act", 1)
    assert walk.state("council_decision", 1) is State.NOT_NEEDED
    walk.to("signing")
    walk.sign(on=walk.day)
    assert tie_state(walk) == "signed"


def test_votes_that_do_not_add_up_are_refused(people):
    walk = a_walk(people).to("council_decision", 1)
    common = ("council_decision", 1)
    told = refused(Invalid, "votes_do_not_add_up", walk.do, *common, vote=Vote("30/0/0/0/9", 42))
    assert "39" in str(told)
    refused(Conflict, "majority_missing", walk.do, *common, vote=Vote("15/1/0/0/23", 39))
    refused(Invalid, "votes_malformed", walk.do, *common, vote=Vote("thirty", 39))
    refused(Invalid, "total_impossible", walk.do, *common, vote=Vote("30/0/0/0/9", 0))
    fell = {"adopted": False, "vote": Vote("5/30/0/0/9", 42)}
    refused(Invalid, "votes_do_not_add_up", walk.do, *common, **fell)
    assert not CouncilDecision.objects.exists()


def test_three_way_vote_abroad_and_motion_that_fell(people):
    walk = a_walk(people).to("council_decision", 2)
    walk.do("council_decision", 2, adopted=False, vote=Vote("10/30/1"))
    assert walk.state("council_decision", 2) is State.RETURNED
    review = dt.date(2027, 6, 30)
    walk.do(
        "council_decision",
        2,
        vote=Vote("38/1/1", 43),
        review_on=review,
        texts={"url": "https://example.org/1", "control_by": "Committee"},
    )
    fell, adopted = CouncilDecision.objects.all()
    assert (fell.adopted, adopted.adopted) == (False, True)
    assert (adopted.votes, adopted.votes_absent, adopted.total_composition) == ("38/1/1", None, 43)
    walk.to("evaluation")
    state = next(s for s in walk.course().next_steps() if s.ref.code == "evaluation")
    assert state.due.on == review


def test_decision_with_impossible_words_or_days_is_refused(people):
    walk = a_walk(people).to("council_decision", 2)
    wrong = {
        "word_unknown": {"texts": {"sitting": "secret"}},
        "url_malformed": {"texts": {"url": "javascript:alert(1)"}},
        "term_before_its_act": {"review_on": dt.date(2020, 1, 1)},
    }
    for code, fields in wrong.items():
        refused(Invalid, code, walk.do, "council_decision", 2, **fields)


def test_side_without_an_office_is_told_for_and_marked(people):
    walk = a_walk(people, joined=False).to("registration", 1)
    records = {(r.position, r.step): r for r in walk.run.records.all()}
    assert records[2, "council_decision"].told
    assert not records[1, "council_decision"].told
    assert tie_state(walk) == "signed"


def test_other_sides_step_is_refused_once_its_office_has_joined(people):
    walk = a_walk(people).to("draft_resolution", 2)
    told = refused(
        NotAllowed,
        "not_your_side",
        services.do_step,
        actor=people.home.officer,
        office=people.home.office,
        run=walk.run,
        side=2,
        step="draft_resolution",
        on=walk.day,
    )
    assert "Dortmund" in str(told)


def test_two_sides_at_once_the_second_sees_what_changed(people):
    walk = a_walk(people)
    seen = ProcedureRun.objects.get(pk=walk.run.pk).version
    common = {"run": walk.run, "on": walk.day, "expected": seen}
    services.do_step(
        actor=people.partner.officer,
        office=people.partner.office,
        side=2,
        step="self_assessment",
        **common,
    )
    told = refused(
        Conflict,
        "run_changed",
        services.do_step,
        actor=people.home.officer,
        office=people.home.office,
        side=1,
        step="profile",
        **common,
    )
    assert "Dortmund" in str(told)
    assert "own situation" in str(told)
    assert [change["step"] for change in told.details["changes"]] == ["self_assessment"]
    assert walk.state("profile", 1) is State.OPEN
