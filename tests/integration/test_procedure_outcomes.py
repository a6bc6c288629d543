"""What a procedure makes of a tie: declared ties, further papers, outcomes of an evaluation."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.utils import translation

from factories import GDYNIA, ZHYTOMYR
from later_templates import a_second_version
from living import an_office
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.partnering.models import ProcedureRun
from mistok.partnering.procedure import services
from mistok.partnering.procedure.outcomes import OUTCOMES, what_follows
from mistok.partnering.procedure.reminders import remind
from mistok.partnering.procedure.selectors import desk, invited, run_view, runs_of
from mistok.partnering.procedure.states import State
from mistok.partnering.procedure.steps import Aim
from mistok.registry.life import chain_of, life_between
from mistok.registry.models import Tie
from mistok.web.procedure.run_page import follows
from procedure_cast import GIVEN, TODAY, Walk, a_walk, the_two

pytestmark = pytest.mark.django_db


def refused(error, code, act, /, *args, **fields):
    with pytest.raises(error) as caught:
        act(*args, **fields)
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def people():
    return the_two()


def known(walk):
    return life_between(walk.run.sides.values_list("place", flat=True)).known


def test_tie_declared_without_a_paper_is_in_force(people):
    walk = a_walk(people, options={"form": "declaration"}).to("declaration")
    assert known(walk).state == "approved"
    walk.do("declaration")
    tie = Tie.objects.get(public_id=walk.run.tie)
    assert (tie.state, tie.kind) == ("active", "solidarity")
    assert not tie.instruments.filter(kind="declaration").exists()
    walk.to("evaluation")


def test_declaration_is_an_act_of_an_approver(people):
    walk = a_walk(people, options={"form": "declaration"}).to("declaration")
    declaring = {"office": people.home.office, "run": walk.run, "side": 0, "on": walk.day}
    refused(
        NotAllowed,
        "role_cannot",
        services.do_step,
        actor=people.home.officer,
        step="declaration",
        **declaring,
    )
    assert known(walk).state == "approved"


def test_declaration_taken_back_takes_the_tie_out_of_force(people):
    walk = a_walk(people, options={"form": "declaration"}).to("declaration")
    walk.do("declaration")
    back = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    services.reopen_step(**back, side=0, step="declaration", reason="It was never held.")
    assert known(walk).state == "approved"


# Further papers


def a_tie_of(people, kind="twinning", **fields):
    """A tie of the two that is in force since before the law."""
    told = {"kind": kind, "date": "2021-05-01", "instrument": "memorandum", **fields}
    people.home.tell("signed", people.partner.place, **told)
    people.home.tell("active", people.partner.place, kind=kind, date="2021-06")


@pytest.mark.parametrize(("kind", "state"), [("twinning", "extended"), ("partnership", "upgraded")])
def test_tie_in_force_gets_a_further_paper(people, kind, state):
    a_tie_of(people)
    walk = a_walk(people, kind).to("signing")
    assert known(walk).state == "active"
    walk.sign()
    tie = Tie.objects.get(public_id=walk.run.tie)
    assert (tie.state, tie.kind) == (state, kind)
    old, new = [link.paper for link in chain_of(tie)]
    assert (old.kind, old.state) == ("memorandum", "superseded")
    assert (new.kind, new.supersedes) == ("agreement", "memorandum:2021-05-01")
    assert new.signatures.count() == 2
    walk.day += dt.timedelta(days=1)
    walk.to("action_plan")
    assert known(walk).state == "active"


def test_tie_without_any_paper_gets_its_first(people):
    people.home.tell("active", people.partner.place, kind="solidarity", date="2022-05")
    walk = a_walk(people, "twinning").to("signing")
    walk.sign()
    assert known(walk).state == "upgraded"


def test_paper_of_a_tie_that_was_drafted_as_a_memorandum_is_extended_by_its_own_name(people):
    walk = a_walk(people).to("draft_agreement")
    walk.do("draft_agreement", data={"instrument": "memorandum"})
    walk.to("renewal").do("renewal", on=TODAY, data={"number": "77"})
    assert known(walk).state == "extended"


def test_run_that_is_given_up_leaves_a_tie_in_force_as_it_is(people):
    a_tie_of(people)
    walk = a_walk(people, "partnership").to("draft_agreement")
    walk.do("draft_agreement")
    closing = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    services.close_run(**closing, on=TODAY, reason="The old paper is enough.")
    assert known(walk).state == "active"
    assert ProcedureRun.objects.get(pk=walk.run.pk).closed_at


def test_councils_may_decide_before_the_ministry(people):
    walk = a_walk(people, side_options={"order": "council_first"}).to("registration", 1)
    assert known(walk).state == "signed"


# Suspension and end: the partner sits there at once


@pytest.fixture
def made(people):
    """A tie in force, made in a procedure in which both offices sat."""
    return a_walk(people, options={"form": "declaration"}).to("action_plan")


def begin(people, made, aim=Aim.SUSPENSION):
    common = {"actor": people.home.officer, "office": people.home.office, "tie": made.run.tie}
    walk = Walk(services.open_run(**common, aim=aim), people.home, people.partner)
    walk.day = TODAY
    return walk


def test_partner_sits_in_the_suspension_at_once_and_is_told(people, made):
    pause = begin(people, made)
    home, partner = pause.run.sides.all()
    assert (partner.office, partner.initiator) == (people.partner.office.public_id, False)
    assert home.initiator
    assert pause.run in runs_of(people.partner.office)
    assert pause.run not in invited(people.partner.office)
    with translation.override("uk"):
        remind(TODAY)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    told = {people.partner.officer.user.email, people.partner.approver.user.email}
    assert told == set(letters)
    assert "has begun to suspend" in letters[people.partner.officer.user.email].subject
    assert pause.run.public_id in letters[people.partner.officer.user.email].body
    mail.outbox.clear()
    remind(TODAY)
    assert not mail.outbox


def test_end_by_one_side_needs_no_consent_and_the_partner_may_reply(people, made):
    end = begin(people, made, Aim.TERMINATION)
    end.to("end_takes_effect", 1)
    end.do("end_notice", 1)
    assert {item.step.code for item in desk(people.partner.office) if item.run == end.run} == {
        "end_reply"
    }
    reply = {"run": end.run, "side": 1, "step": "end_reply", "on": TODAY}
    refused(
        NotAllowed,
        "not_your_side",
        services.do_step,
        actor=people.home.officer,
        office=people.home.office,
        **reply,
    )
    services.do_step(actor=people.partner.officer, office=people.partner.office, **reply)
    end.do("end_takes_effect", 1)
    assert known(end).state == "terminated"


def test_partner_does_not_close_what_the_other_side_decides(people, made):
    end = begin(people, made, Aim.TERMINATION)
    closing = {"run": end.run, "on": TODAY, "reason": "We do not want it."}
    partner = {"actor": people.partner.officer, "office": people.partner.office}
    told = refused(NotAllowed, "not_your_procedure", services.close_run, **partner, **closing)
    assert "Zhytomyr" in str(told)
    services.close_run(actor=people.home.officer, office=people.home.office, **closing)


def test_letter_of_a_procedure_that_was_closed_is_not_sent(people, made):
    end = begin(people, made, Aim.TERMINATION)
    home = {"actor": people.home.officer, "office": people.home.office}
    services.close_run(**home, run=end.run, on=TODAY, reason="Opened by mistake.")
    remind(TODAY)
    assert not mail.outbox


def test_letter_of_an_end_says_so(people, made):
    begin(people, made, Aim.TERMINATION)
    remind(TODAY)
    assert "has begun to end your tie" in mail.outbox[0].subject


def test_office_that_is_no_longer_verified_does_not_sit_there(people, made):
    Office.objects.filter(pk=people.partner.office.pk).update(state=OfficeState.SUSPENDED)
    assert begin(people, made).run.sides.get(position=2).office == ""


def test_office_that_never_took_part_is_named_and_invited(people):
    made = a_walk(people, joined=False, options={"form": "declaration"}).to("action_plan")
    pause = begin(people, made)
    assert pause.run.sides.get(position=2).office == ""
    assert pause.run in invited(people.partner.office)
    assert not remind(TODAY).sent


@pytest.mark.parametrize(
    ("aim", "first", "notice", "reply", "effect"),
    [
        (Aim.SUSPENSION, "pause_decision", "pause_notice", "pause_reply", "pause_takes_effect"),
        (Aim.TERMINATION, "end_decision", "end_notice", "end_reply", "end_takes_effect"),
    ],
)
def test_decision_notice_and_effect_come_in_this_order(
    people, made, aim, first, notice, reply, effect
):
    walk = begin(people, made, aim)
    walk.day = TODAY - dt.timedelta(days=9)
    walk.to(first, 1)
    early, later = walk.day, walk.day + dt.timedelta(days=2)
    refused(Conflict, "step_blocked", walk.do, notice, 1)
    walk.do(first, 1, on=later)
    refused(Invalid, "day_before_predecessor", walk.do, notice, 1, on=early)
    walk.do(notice, 1, on=later)
    refused(Invalid, "day_before_predecessor", walk.do, effect, 1, on=early)
    walk.do(effect, 1, on=later)
    known_end = [f.event for f in known(walk).facts if f.event.event in ("suspended", "severed")]
    assert [event.notice_on for event in known_end] == [later.isoformat()]
    replied = {"actor": people.partner.officer, "office": people.partner.office}
    services.do_step(**replied, run=walk.run, side=1, step=reply, on=later)


# Evaluation


def evaluated(people, outcome):
    walk = a_walk(people, options={"form": "declaration"}).to("evaluation")
    walk.do("evaluation", outcome=outcome)
    return walk


@pytest.mark.parametrize(("outcome", "state"), [("extend", "extended"), ("let_expire", "expired")])
def test_finding_opens_the_step_that_tells_its_event(people, outcome, state):
    walk = evaluated(people, outcome)
    following = OUTCOMES[outcome].step
    other = {"renewal": "ending", "ending": "renewal"}[following]
    assert (walk.state(following), walk.state(other)) == (State.OPEN, State.NOT_NEEDED)
    told = refused(Conflict, "step_not_needed", walk.do, other)
    assert "evaluation" in str(told)
    data = {"number": "77"} if outcome == "extend" else GIVEN
    walk.do(following, on=TODAY, data=data)
    assert known(walk).state == state
    assert follows(walk.run) == what_follows(outcome) == ""


@pytest.mark.parametrize("outcome", ["upgrade", "change", "end"])
def test_finding_that_another_procedure_carries_out_leaves_no_step_open(people, outcome):
    walk = evaluated(people, outcome)
    assert {walk.state("renewal"), walk.state("ending")} == {State.NOT_NEEDED}
    assert known(walk).state == "active"
    assert follows(walk.run) == what_follows(outcome) != ""
    if OUTCOMES[outcome].aim is Aim.TIE:
        home = {"actor": people.home.officer, "office": people.home.office}
        services.close_run(**home, run=walk.run, on=TODAY, reason="A new paper follows.")
        assert a_walk(people, "twinning").run.aim == Aim.TIE
    else:
        assert begin(people, walk, Aim.TERMINATION).run.aim == Aim.TERMINATION


def test_finding_taken_back_opens_both_ways_again(people):
    walk = evaluated(people, "end")
    home = {"actor": people.home.officer, "office": people.home.office}
    services.reopen_step(**home, run=walk.run, side=0, step="evaluation", reason="Misread.")
    walk.do("evaluation", outcome="extend")
    assert walk.state("renewal") is State.OPEN


# Versions of templates


def test_run_goes_on_under_the_version_with_which_it_began(people, tmp_path):
    gdynia = an_office(GDYNIA)
    walk = a_walk(people, joined=False)
    with a_second_version(tmp_path):
        joining = {"actor": people.partner.officer, "office": people.partner.office}
        services.join_run(**joining, run=walk.run)
        side = services.add_side(**joining, run=walk.run, partner=GDYNIA)
        assert (side.template, side.template_version) == ("PL", "1")
        called = [state for ref, state in walk.course().states.items() if ref.code == "call_back"]
        assert all(state.step.optional for state in called)
        newer = {track.name: track.newer_template for track in run_view(walk.run).tracks}
        assert newer == {"Zhytomyr": True, "Dortmund": False, "Gdynia": True}
        fresh = services.open_run(
            actor=gdynia.officer, office=gdynia.office, kind="twinning", partners=[ZHYTOMYR]
        )
        assert {side.template_version for side in fresh.sides.all()} == {"2"}
        assert [side.template for side in fresh.sides.all()] == ["xx", "UA"]


def test_runs_from_before_versions_had_numbers_go_on_under_the_first(people):
    walk = a_walk(people)
    walk.run.sides.update(template_version="0123456789ab")
    migration = import_module("mistok.partnering.migrations.0007_versions_of_templates")
    migration.number(apps, None)
    assert {side.template_version for side in walk.run.sides.all()} == {"1"}
    assert run_view(walk.run).next_steps
