"""Acts on steps one by one: who may, what is refused, what is taken back, what the audit keeps."""

import datetime as dt

import pytest

from factories import GDYNIA, SMOLENSK, ZHYTOMYR
from living import an_office
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.partnering.models import Approval, ReturnReason, StepDeadline, StepRecord
from mistok.partnering.procedure import services
from mistok.partnering.procedure.partners import places_of
from mistok.partnering.procedure.states import State
from mistok.partnering.procedure.steps import Aim
from mistok.provenance.models import AuditEvent, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.guarding import Counterpart
from mistok.registry.life import life_between
from mistok.registry.services import tell_event
from office_cast import join
from procedure_cast import TODAY, Walk, a_walk, the_two

pytestmark = pytest.mark.django_db
MINSK, ROME = "geonames:625144", "geonames:3169070"


def refused(error, code, act, /, *args, **fields):
    with pytest.raises(error) as caught:
        act(*args, **fields)
    assert caught.value.code == code
    return caught.value


@pytest.fixture
def people():
    return the_two()


@pytest.fixture
def walk(people):
    return a_walk(people)


def opening(people, **fields):
    sound = {"actor": people.home.officer, "office": people.home.office, "kind": "solidarity"}
    return {**sound, "partners": [people.partner.place], **fields}


def own(people, walk, step, **fields):
    sound = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    return {**sound, "side": 1, "step": step, "on": walk.day, **fields}


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"partners": [SMOLENSK]}, NotAllowed, "partner_barred"),
        ({"counterpart": Counterpart.BUSINESS}, Invalid, "out_of_scope_itc"),
        ({"kind": "friends"}, Invalid, "kind_unknown"),
        ({"kind": "twinning", "options": {"form": "declaration"}}, Invalid, "paper_needed"),
        ({"options": {"form": "handshake"}}, Invalid, "option_unknown"),
        ({"side_options": {"order": "never"}}, Invalid, "option_unknown"),
        ({"partners": ["geonames:999999999"]}, NotFound, "place_unknown"),
        ({"aim": Aim.TERMINATION, "tie": "tie_aaaaaaaaaaaa"}, NotFound, "tie_unknown"),
    ],
)
def test_opening_that_cannot_be_is_refused_and_audited(people, fields, kind, code):
    refused(kind, code, services.open_run, **opening(people, **fields))
    assert AuditEvent.objects.get(verb="refused_open_run").after["code"] == code


def test_opening_by_those_who_may_not_is_refused(people):
    for actor in (
        people.stranger,
        people.coordinator,
        people.partner.officer,
        people.home.approver,
    ):
        with pytest.raises(NotAllowed):
            services.open_run(**opening(people, actor=actor))


def test_doubtful_partner_is_warned_of_and_not_refused(people):
    run = services.open_run(**opening(people, partners=[MINSK]))
    event = AuditEvent.objects.get(verb="open_run", subject=run.public_id)
    assert "think twice" in event.after["warnings"][0]


def test_same_side_twice_and_too_many_sides_are_refused(people):
    twice = [people.partner.place, people.partner.place]
    refused(Invalid, "side_twice", services.open_run, **opening(people, partners=twice))
    refused(Invalid, "too_many_sides", places_of, [GDYNIA, ROME], most=1)


def test_second_run_between_the_same_sides_is_refused_while_one_goes_on(people, walk):
    told = refused(Conflict, "run_open_already", services.open_run, **opening(people))
    assert told.details == {"run": walk.run.public_id}


def test_partner_is_sought_first_and_named_later(people):
    run = services.open_run(**opening(people, partners=[]))
    common = {"actor": people.home.officer, "office": people.home.office, "run": run}
    on = TODAY - dt.timedelta(days=9)
    blocked = refused(
        Conflict, "paper_missing", services.submit, **common, side=1, step="search_mandate", on=on
    )
    assert "search mandate" in str(blocked)
    contact = {"side": 0, "step": "contact", "on": on}
    assert run.tie == ""
    assert "no second side" in str(
        refused(Conflict, "step_blocked", services.do_step, **common, **contact)
    )
    side = services.add_side(**common, partner=people.partner.place)
    assert (side.position, side.template, side.office) == (2, "DE", "")
    refused(NotAllowed, "partner_barred", services.add_side, **common, partner=SMOLENSK)


def test_side_is_added_only_before_the_sides_do_anything_together(people, walk):
    walk.to("online_meeting")
    common = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    refused(Conflict, "run_under_way", services.add_side, **common, partner=GDYNIA)


def test_joining_takes_a_named_side_that_is_free(people, walk):
    joining = {"actor": people.partner.officer, "office": people.partner.office, "run": walk.run}
    refused(Conflict, "side_taken", services.join_run, **joining)
    gdynia = an_office(GDYNIA)
    strange = {"actor": gdynia.officer, "office": gdynia.office, "run": walk.run}
    refused(NotAllowed, "not_invited", services.join_run, **strange)
    told = {**strange, "side": 1, "step": "profile", "on": walk.day}
    refused(NotAllowed, "not_your_procedure", services.do_step, **told)


def test_joining_side_chooses_for_itself_until_its_steps_are_done(people):
    run = services.open_run(
        actor=people.partner.officer,
        office=people.partner.office,
        kind="twinning",
        partners=[ZHYTOMYR],
    )
    joining = {"actor": people.home.officer, "office": people.home.office, "run": run}
    services.do_step(
        actor=people.partner.officer,
        office=people.partner.office,
        run=run,
        side=2,
        step="profile",
        on=TODAY,
    )
    choice = {"side_options": {"order": "council_first"}}
    refused(Conflict, "options_fixed", services.join_run, **joining, **choice)
    services.reopen_step(
        actor=people.partner.officer,
        office=people.partner.office,
        run=run,
        side=2,
        step="profile",
        reason="told by mistake",
    )
    assert services.join_run(**joining, **choice).options == {"order": "council_first"}


def test_officer_may_not_sign_nor_approver_do_daily_work(people, walk):
    walk.to("signing")
    signature = {"run": walk.run, "side": 1, "on": walk.day, "person": "A", "post": "Mayor"}
    home = people.home.office
    refused(
        NotAllowed,
        "role_cannot",
        services.record_signature,
        actor=people.home.officer,
        office=home,
        **signature,
    )
    refused(
        NotAllowed,
        "role_cannot",
        services.do_step,
        **own(people, walk, "profile", actor=people.home.approver),
    )
    for actor in (people.stranger, people.coordinator):
        with pytest.raises(NotAllowed):
            services.do_step(**own(people, walk, "profile", actor=actor))


def test_signatures_are_recorded_by_each_side_once(people, walk):
    walk.to("signing")
    walk.sign(sides=[1])
    assert walk.state("signing") is State.WAITING
    refused(Conflict, "signed_already", walk.sign, sides=[1])
    common = {"actor": people.home.approver, "office": people.home.office, "run": walk.run}
    signature = {"on": walk.day, "person": "A", "post": "Mayor"}
    refused(NotAllowed, "not_your_side", services.record_signature, **common, side=2, **signature)
    refused(NotFound, "side_unknown", services.record_signature, **common, side=7, **signature)
    refused(
        Invalid,
        "signatory_missing",
        services.record_signature,
        **common,
        side=1,
        on=walk.day,
        person=" ",
        post="Mayor",
    )
    early = dt.timedelta(days=40)
    refused(Invalid, "day_before_predecessor", walk.sign, on=walk.day - early, sides=[2])
    walk.sign(sides=[2], online=True, place="Dortmund")
    assert walk.state("signing") is State.DONE


def test_signing_taken_back_withdraws_what_it_told_and_is_signed_anew(people, walk):
    walk.to("signing")
    walk.sign()
    told = [r.data["told"]["statement"] for r in walk.run.records.filter(step="signing")]
    services.reopen_step(
        actor=people.home.officer,
        office=people.home.office,
        run=walk.run,
        side=0,
        step="signing",
        reason="the day was wrong",
    )
    standing = Statement.objects.standing().filter(pk__in=told)
    assert not standing.exists()
    assert walk.state("signing") is State.OPEN
    walk.sign(on=walk.day + dt.timedelta(days=1))
    assert walk.state("signing") is State.DONE
    again = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    services.reopen_step(**again, side=0, step="signing", reason="wrong once more")
    assert not Statement.objects.standing().filter(pk__in=told).exists()
    assert walk.state("signing") is State.OPEN


def test_taking_back_needs_a_reason_and_nothing_after_it(people, walk):
    walk.to("draft_agreement")
    common = {
        "actor": people.home.officer,
        "office": people.home.office,
        "run": walk.run,
        "side": 0,
    }
    refused(
        Conflict,
        "later_steps_done",
        services.reopen_step,
        **common,
        step="contact",
        reason="no",
    )
    refused(Invalid, "reason_missing", services.reopen_step, **common, step="contact", reason=" ")


def test_ministry_sends_back_with_reasons_of_the_list(people, walk):
    ReturnReason.objects.create(code="no-term", titles={"en": "No term", "uk": "Немає строку"})
    ReturnReason.objects.create(code="old", retired=True)
    walk.to("ministry_order", 1)
    for kind in ("agreement", "covering_letter"):
        walk.paper("ministry_order", 1, kind)
    common = own(people, walk, "ministry_order")
    refused(Conflict, "not_submitted", services.return_step, **common, remarks="No term.")
    services.submit(**common)
    refused(Invalid, "reason_missing", services.return_step, **common)
    refused(Invalid, "reason_unknown", services.return_step, **common, reasons=["old"])
    services.return_step(**common, reasons=["no-term"], remarks="Clause 7.")
    approval = Approval.objects.get()
    assert (approval.result, approval.reasons) == ("returned", ["no-term"])
    assert approval.due_on == walk.day + dt.timedelta(days=30)
    assert walk.state("ministry_order", 1) is State.RETURNED
    services.submit(**common)
    answer = {**common, "number": "879"}
    refused(Invalid, "reason_missing", services.record_approval, **answer, result="returned")
    refused(
        Invalid,
        "silence_is_no_consent",
        services.record_approval,
        **answer,
        result=Approval.Result.BY_SILENCE,
    )
    services.record_approval(**answer, result=Approval.Result.REFUSED)
    assert walk.state("ministry_order", 1) is State.RETURNED
    services.submit(**common)
    refused(Invalid, "number_missing", services.record_approval, **common)
    services.record_approval(**answer)
    assert walk.state("ministry_order", 1) is State.DONE
    assert ReturnReason.objects.get(code="no-term").title("uk") == "Немає строку"
    assert ReturnReason.objects.get(code="old").title("uk") == "old"


def test_approver_approves_or_returns_what_another_submitted(people, walk):
    walk.to("draft_resolution", 1)
    common = own(people, walk, "approve_text")
    approver = {**common, "actor": people.home.approver}
    services.submit(**common)
    refused(NotAllowed, "role_cannot", services.return_step, **common, remarks="Too long.")
    services.return_step(**approver, remarks="Too long.")
    services.submit(**common)
    services.do_step(**approver)
    assert walk.state("approve_text", 1) is State.DONE


def test_nobody_approves_what_she_submitted_herself(people, walk):
    both = people.home.approver
    join(both.user, people.home.office, "officer")
    walk.to("draft_resolution", 1)
    common = own(people, walk, "approve_text", actor=both)
    services.submit(**common)
    refused(NotAllowed, "own_submission", services.do_step, **common)


def test_step_with_a_record_of_its_own_is_not_simply_done(people, walk):
    walk.to("council_decision", 1)
    for step, side in (("council_decision", 1), ("signing", 0), ("registration", 1)):
        told = own(people, walk, step, side=side)
        refused(Invalid, "record_needed", services.do_step, **told)
    refused(Invalid, "record_needed", services.submit, **own(people, walk, "signing", side=0))
    refused(
        Invalid, "record_wrong", services.record_approval, **own(people, walk, "council_decision")
    )


def test_unknown_step_and_too_long_texts_are_refused(people, walk):
    refused(NotFound, "step_unknown", services.do_step, **own(people, walk, "nowhere"))
    long = own(people, walk, "profile", note="x" * 2001)
    refused(Invalid, "text_too_long", services.do_step, **long)
    pause = own(people, walk, "draft_agreement", side=0, data={"instrument": "x" * 1001})
    refused(Invalid, "text_too_long", services.do_step, **pause)


def test_optional_step_is_left_out_and_a_day_planned(people, walk):
    services.skip_optional(**own(people, walk, "profile", note="We have one."))
    assert walk.state("profile", 1) is State.SKIPPED
    ahead = TODAY + dt.timedelta(days=12)
    services.plan_step(**own(people, walk, "signing", side=0, on=ahead))
    states = {ref.code: state for ref, state in walk.course().states.items()}
    assert states["signing"].planned == ahead
    assert states["signing"].state is State.BLOCKED


def test_registration_needs_number_and_kinds(people, walk):
    walk.to("registration", 1)
    common = own(people, walk, "registration")
    wrong = {"number": "R-1", "kinds": ["cosmic"]}
    refused(Invalid, "word_unknown", services.record_registration, **common, **wrong)
    empty = {"number": " ", "kinds": ["cross_border", "interterritorial"]}
    refused(Invalid, "number_missing", services.record_registration, **common, **empty)


def test_evaluation_needs_known_criteria_and_grounds(people, walk):
    walk.to("evaluation")
    walk.paper("evaluation", 0, "evaluation")
    common = own(people, walk, "evaluation")
    del common["side"]
    told = {"outcome": "extend", "grounds": "x"}
    wrong = {**told, "criteria": {"luck": "much"}}
    refused(Invalid, "word_unknown", services.record_evaluation, **common, **wrong)
    bare = {"outcome": "extend", "grounds": " ", "criteria": {}}
    refused(Invalid, "grounds_missing", services.record_evaluation, **common, **bare)


def test_term_that_runs_out_is_told_with_its_last_day(people, walk):
    walk.to("evaluation").do("evaluation", outcome="let_expire")
    walk.to("ending")
    refused(Invalid, "day_malformed", walk.do, "ending", data={"end_date": "soon"})
    walk.do("ending", on=TODAY, data={"end_date": walk.day.isoformat()})
    assert walk.state("renewal") is State.NOT_NEEDED


def test_closed_run_takes_no_more_and_gives_the_tie_up(people, walk):
    walk.to("draft_agreement")
    common = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    refused(Invalid, "reason_missing", services.close_run, **common, on=walk.day, reason="")
    services.close_run(**common, on=walk.day, reason="The partner has no time.")
    known = life_between(walk.run.sides.values_list("place", flat=True)).known
    assert known.state == "abandoned"
    refused(Conflict, "run_closed", services.do_step, **own(people, walk, "profile"))


def test_closing_a_run_after_the_signing_or_before_any_contact_tells_nothing(people, walk):
    early = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    before = Statement.objects.count()
    services.close_run(**early, on=TODAY, reason="Opened by mistake.")
    assert Statement.objects.count() == before
    signed = a_walk(people).to("registration", 1)
    before = Statement.objects.count()
    services.close_run(**early | {"run": signed.run}, on=TODAY, reason="All is done.")
    assert Statement.objects.count() == before


def test_what_the_registry_knows_already_holds_no_step_up(people, walk):
    walk.to("online_meeting")
    tell_event(
        actor=people.home.officer,
        office=people.home.office,
        parties=[people.home.place, people.partner.place],
        event=TieEvent(
            event="letter_of_intent",
            kind="solidarity",
            date=walk.day.isoformat(),
            instrument="letter_of_intent",
        ),
    )
    walk.do("online_meeting")
    walk.do("letter_of_intent", on=walk.day)
    record = walk.run.records.get(step="letter_of_intent")
    assert record.data["told"] == {"code": "already_told"}


def test_tie_that_was_never_in_force_is_not_ended(people, walk):
    walk.to("final_text")
    common = {"actor": people.home.officer, "office": people.home.office, "aim": Aim.TERMINATION}
    refused(Conflict, "tie_not_in_force", services.open_run, **common, tie=walk.run.tie)
    gdynia = an_office(GDYNIA)
    strange = {**common, "actor": gdynia.officer, "office": gdynia.office}
    refused(NotAllowed, "not_a_party", services.open_run, **strange, tie=walk.run.tie)


def test_records_are_written_once(people, walk):
    services.do_step(**own(people, walk, "profile"))
    record = StepRecord.objects.get()
    refused(Conflict, "record_kept", record.save)
    refused(Conflict, "record_kept", record.delete)
    refused(Conflict, "record_kept", StepRecord.objects.all().delete)
    refused(Conflict, "record_kept", StepRecord.objects.all().update, note="x")


def test_kept_days_change_only_by_an_explicit_act(people, walk):
    walk.to("ministry_order", 1)
    for kind in ("agreement", "covering_letter"):
        walk.paper("ministry_order", 1, kind)
    services.submit(**own(people, walk, "ministry_order", on=TODAY))
    common = {"actor": people.home.officer, "office": people.home.office, "run": walk.run}
    assert services.recompute_deadlines(**common) == []
    (kept,) = StepDeadline.objects.filter(rule="R01")
    # As if an administrator had corrected the rule since.
    StepDeadline.objects.create(
        run=walk.run,
        rule="R01",
        rule_version="rule_old",
        start=kept.start,
        country=kept.country,
        due_on=kept.due_on + dt.timedelta(days=5),
        computed_at=kept.computed_at,
    )
    StepDeadline.objects.create(
        run=walk.run,
        rule="R22",
        rule_version="rule_old",
        start=kept.start,
        country="UA",
        due_on=kept.due_on,
        computed_at=kept.computed_at,
    )
    (changed,) = services.recompute_deadlines(**common)
    assert (changed.rule, changed.due_on) == ("R01", kept.due_on)


def test_search_mandate_is_told_of_the_own_municipality_alone(people, walk):
    walk.do("search_mandate", 1)
    told = walk.run.records.get(step="search_mandate").data["told"]
    assert told["parties"] == 1
    assert walk.run.tie == ""


def test_what_the_registry_refuses_the_step_does_not_record(people, walk):
    walk.to("draft_agreement")
    event = {"kind": "solidarity", "date": walk.day.isoformat()}
    people.home.tell("abandoned", people.partner.place, **event)
    before = walk.run.records.count()
    refused(Conflict, "tie_is_over", walk.do, "draft_agreement")
    assert walk.run.records.count() == before
    assert AuditEvent.objects.get(verb="refused_do_step").after["code"] == "tie_is_over"


def test_day_planned_for_the_ministry_tells_nobody(people, walk):
    before = Statement.objects.count()
    ahead = TODAY + dt.timedelta(days=3)
    services.plan_step(**own(people, walk, "ministry_order", on=ahead))
    assert Statement.objects.count() == before


def test_italian_notice_thirty_days_before_signing_and_consent_by_silence(people):
    rome = an_office(ROME)
    run = services.open_run(**opening(people, kind="twinning", partners=[ROME]))
    services.join_run(actor=rome.officer, office=rome.office, run=run)
    walk = Walk(run, people.home, rome)
    walk.day = TODAY - dt.timedelta(days=35)
    walk.to("foreign_ministry_answer", 2)
    common = {"actor": rome.officer, "office": rome.office, "run": run, "side": 2}
    answer = {**common, "step": "foreign_ministry_answer"}
    services.submit(**answer, on=walk.day)
    silence = {**answer, "result": Approval.Result.BY_SILENCE}
    early = walk.day + dt.timedelta(days=3)
    refused(Conflict, "silence_not_over", services.record_approval, **silence, on=early)
    walk.day += dt.timedelta(days=14)
    services.record_approval(**silence, on=walk.day)
    assert Approval.objects.get(authority="foreign_ministry").result == "by_silence"
    walk.to("final_text")
    walk.do("final_text")
    told = refused(Conflict, "step_blocked", walk.sign)
    assert "R10" in str(told)
