"""What offices may not tell: parties, dates, votes and steps, each refusal with its sentence."""

import datetime as dt
from dataclasses import replace

import pytest
from walking import BY, DE, FR, MINISTRY, ORDER, RU, RULES, UA, Walk, in_force, refused

from mistok.kernel.errors import Conflict, NotAllowed
from mistok.provenance.values import TieEvent
from mistok.registry.aggressors import AGGRESSOR_STATES, AggressorState
from mistok.registry.guarding.known import Order
from mistok.registry.guarding.votes import check_votes
from mistok.registry.lifecycle import TieState

S = TieState


# Parties and countries


def test_search_mandate_is_told_of_one_party_alone():
    assert Walk(DE).tell("search_mandate", date="2022") == S.SEARCH_MANDATE
    refused("mandate_has_partner", Walk(), "search_mandate", date="2022")


def test_everything_else_needs_a_partner():
    refused("partner_missing", Walk(DE), "contact", date="2022")


@pytest.mark.parametrize("event", ["proposed", "contact", "active", "extended", "not_suspended"])
def test_new_tie_with_the_aggressor_is_refused_with_the_rule(event):
    refusal = refused("partner_barred", Walk(UA, RU), event, NotAllowed, date="2026")
    assert "129-VIII" in str(refusal)
    assert refusal.details == {"country": "RU", "since": "2015-01-27"}


def test_plan_with_the_aggressor_is_refused_even_for_an_early_date():
    walk = Walk(DE, RU, today=dt.date(2010, 1, 1))
    refused("partner_barred", walk, "signed", date="2012", planned=True)


def test_past_tie_with_the_aggressor_is_recorded_as_to_be_ended_and_ended():
    walk = Walk(UA, RU)
    assert walk.tell("signed", date="1990") == S.SIGNED
    assert walk.remarks == ["to_be_ended", "legacy"]
    refused("partner_barred", walk, "active", date="2015-01-27")
    assert walk.tell("severed", date="2022", body=UA.key, ending="mutual") == S.TERMINATED


def test_review_of_a_tie_with_the_aggressor_is_no_new_life():
    walk = in_force(UA, RU)
    assert walk.tell("under_review", date="2022", body=UA.key) == S.UNDER_REVIEW


def test_belarus_only_warns_until_an_administrator_decides_otherwise():
    walk = Walk(UA, BY)
    walk.tell("contact", date="2026")
    assert walk.remarks == ["partner_doubtful"]
    firm = tuple(replace(state, refused=True) for state in AGGRESSOR_STATES)
    walk.rules = replace(RULES, aggressors=firm)
    refused("partner_barred", walk, "exploring", date="2026-11")


def test_aggressor_has_a_first_day():
    assert AggressorState("RU", "Russia", "2015-01-27", "", refused=True).first_day == dt.date(
        2015, 1, 27
    )


# Dates


def test_fact_needs_a_date_that_has_come():
    refused("date_missing", Walk(), "contact")
    refused("future_is_a_plan", Walk(), "contact", date="2027-01-01")
    assert Walk().tell("contact", date="2026-11-22") == S.CONTACT
    assert Walk().tell("contact", date="2026") == S.CONTACT


def test_signature_of_tomorrow_is_a_plan_too():
    tomorrow = ({"party": UA.key, "date": "2026-11-23"},)
    refused("future_is_a_plan", Walk(), "signed", date="2026-11-22", signatures=tomorrow)


def test_plan_is_kept_and_moves_nothing_but_to_negotiation():
    walk = Walk()
    walk.tell("contact", date="2026-01")
    assert walk.tell("signed", date="2027-02-21", planned=True, mode="online") == S.NEGOTIATING
    assert walk.tell("active", planned=True) == S.NEGOTIATING
    refused("plan_has_passed", walk, "signed", date="2026-11-21", planned=True)


def test_date_before_the_act_that_it_follows_is_refused():
    walk = in_force(since="2014-05-01")
    refused("date_before_its_act", walk, "severed", date="2013", body=UA.key, ending="mutual")
    walk = Walk()
    walk.hear("submitted", date="2026-05-01", body=MINISTRY)
    refused("date_before_its_act", walk, "returned", date="2026-04-30", body=MINISTRY)
    walk = Walk()
    walk.hear("submitted", body=MINISTRY)
    assert walk.tell("returned", date="2026-04-30", body=MINISTRY) == S.NEGOTIATING


@pytest.mark.parametrize("field", ["end_date", "review_date", "effective_on"])
def test_term_before_the_paper_that_sets_it_is_refused(field):
    refused("term_before_its_act", Walk(), "signed", date="2020", **{field: "2019"})


def test_two_events_that_one_day_cannot_order_are_refused():
    walk = in_force()
    walk.hear("suspended", date="2022-03-02", body=UA.key)
    refused("order_unclear", walk, "active", date="2022-03-02")
    assert walk.tell("active", date="2022-03-03") == S.ACTIVE


# Votes


@pytest.mark.parametrize(
    ("votes", "total", "code"),
    [
        ("30/0/0/0/9", "42", "votes_do_not_add_up"),
        ("38/1/1", "39", "votes_do_not_add_up"),
        ("5/5", "", "vote_not_carried"),
        ("20/0/0/0/20", "40", "majority_missing"),
        ("20/0/0/0/20", "", "majority_missing"),
    ],
)
def test_vote_that_cannot_be_is_refused(votes, total, code):
    fields = {"date": "2026", "body": UA.key, "votes": votes, "total": total}
    refusal = refused(code, Walk(), "decided", **fields)
    assert ("unverified" in str(refusal)) == (code == "majority_missing")


@pytest.mark.parametrize(
    ("votes", "total", "body"),
    [
        ("30/0/0/0/9", "39", UA.key),
        ("30/0/1/5/5", "41", UA.key),
        ("38/1/1", "44", DE.key),
        ("14/0", "", DE.key),
        ("20/0/0/0/30", "50", DE.key),
        ("14/0", "", UA.key),
    ],
)
def test_vote_that_adds_up_passes(votes, total, body):
    walk = Walk()
    assert walk.tell("decided", date="2026", body=body, votes=votes, total=total) == S.NEGOTIATING
    assert walk.remarks == []


def test_majority_rule_out_of_force_is_a_remark():
    walk = Walk(rules=replace(RULES, majority=False))
    walk.tell("decided", date="2026", body=UA.key, votes="20/0/0/0/20")
    assert walk.remarks == ["majority_not_asked"]


def test_majority_is_asked_of_councils_alone():
    told = TieEvent(event="decided", votes="1/0/0/0/5", body_kind="executive")
    assert check_votes(told, "UA", RULES) == []
    assert check_votes(TieEvent(event="decided"), "UA", RULES) == []


def test_recommendation_of_a_committee_is_no_decision():
    fields = {"date": "2023-01-10", "body": DE.key, "body_kind": "board"}
    refused("recommendation_is_no_decision", Walk(), "decided", **fields)
    assert Walk().tell("proposed", **fields) == S.IDEA
    refused("body_missing", Walk(), "decided", date="2023")


# Steps


def test_step_out_of_order_lists_what_comes_first():
    refusal = refused("transition_not_allowed", Walk(), "under_review", Conflict, date="2026")
    assert refusal.details["steps"][-2:] == ["signed", "active"]
    assert "awaiting approvals; decided, not yet signed; signed; in force" in str(refusal)


def test_step_that_the_table_does_not_have_names_those_that_it_has():
    walk = in_force()
    walk.tell("suspended", date="2022", body=UA.key, reason="war", review_date="2027")
    refusal = refused("transition_not_allowed", walk, "under_review", date="2023", reason="war")
    assert "First come: in force." in str(refusal)
    refusal = refused("transition_not_allowed", walk, "signed", date="2023")
    assert "in force; expired; replaced; ended" in str(refusal)


def test_negotiation_needs_a_draft():
    walk = Walk()
    walk.tell("contact", date="2026-01")
    refusal = refused("draft_missing", walk, "negotiating", date="2026-02")
    assert refusal.details == {"guards": ["draft"]}
    assert walk.tell("negotiating", date="2026-02", instrument="agreement") == S.NEGOTIATING


def test_draft_known_from_before_is_enough():
    walk = Walk()
    walk.hear("proposed", date="2026-01", instrument="memorandum")
    assert walk.tell("negotiating", date="2026-02") == S.NEGOTIATING


def test_letter_of_intent_is_a_letter():
    walk = Walk()
    refused("letter_missing", walk, "letter_of_intent", date="2026", instrument="agreement")
    protocol = {"date": "2026", "instrument": "protocol_of_intent"}
    assert walk.tell("letter_of_intent", **protocol) == S.LETTER_OF_INTENT


def test_submission_needs_the_legal_review():
    walk = Walk()
    sent = {"date": "2026-03", "body": MINISTRY, "instrument": "agreement"}
    refused("legal_review_missing", walk, "submitted", **sent)
    assert walk.tell("submitted", **sent, declared=["legal_review"]) == S.PENDING_APPROVALS


def test_several_missing_papers_are_listed_together():
    refusal = refused("review_due_missing", in_force(), "upgraded", date="2026-05")
    assert refusal.details["guards"] == ["review_due", "review_outcome", "new_paper"]


def test_summary_of_approvals_lists_who_has_not_consented():
    walk = Walk(UA, DE, FR)
    walk.tell("decided", date="2026-01-10", body=UA.key)
    walk.hear("submitted", date="2026-01-11", body=MINISTRY)
    walk.hear("submitted", date="2026-01-12", body=FR.key)
    refusal = refused("approvals_missing", walk, "approved", date="2026-02")
    for paper in ("ministry's order", "Dortmund", "Strasbourg", MINISTRY):
        assert paper in str(refusal)
    walk.tell("approved", date="2026-01-20", **ORDER)
    walk.tell("decided", date="2026-01-25", body=FR.key)
    refused("approvals_missing", walk, "approved", date="2026-02")
    assert walk.tell("approved", date="2026-02", declared=["approvals"]) == S.APPROVED


def test_decisions_of_all_sides_make_it_approved():
    walk = Walk()
    assert walk.tell("decided", date="2026-01-10", body=DE.key) == S.NEGOTIATING
    assert walk.tell("approved", date="2026-01-15", **ORDER) == S.PENDING_APPROVALS
    assert walk.tell("decided", date="2026-01-20", body=UA.key) == S.APPROVED


def test_councils_may_decide_before_the_ministry_unless_a_rule_says_otherwise():
    sent = {"body": MINISTRY, "instrument": "agreement", "declared": ["legal_review"]}
    walk = Walk()
    walk.tell("decided", date="2026-01-10", body=DE.key)
    walk.rules = replace(RULES, order=Order.MINISTRY_FIRST)
    refused("approvals_missing", walk, "decided", date="2026-01-20", body=UA.key)
    walk.rules = RULES
    assert walk.tell("decided", date="2026-01-20", body=UA.key) == S.APPROVED
    refused("signature_before_approvals", walk, "signed", date="2026-01-21")
    assert walk.tell("submitted", date="2026-01-22", **sent) == S.PENDING_APPROVALS
    assert walk.tell("approved", date="2026-02-20", **ORDER) == S.APPROVED
    assert walk.tell("signed", date="2026-02-21", instrument="agreement") == S.SIGNED


def test_more_of_an_earlier_stage_does_not_move_a_tie():
    walk = Walk()
    walk.tell("decided", date="2026-01-10", body=DE.key)
    assert walk.tell("contact", date="2025-05") == S.NEGOTIATING


def test_returned_paper_is_negotiated_until_it_is_sent_again():
    walk = Walk()
    sent = {"body": MINISTRY, "declared": ["legal_review"], "instrument": "agreement"}
    walk.tell("submitted", date="2026-03-01", **sent)
    assert walk.tell("returned", date="2026-03-20", body=MINISTRY) == S.NEGOTIATING
    assert walk.tell("submitted", date="2026-04-01", **sent) == S.PENDING_APPROVALS


def test_entry_into_force_is_awaited_or_declared():
    walk = Walk(DE, FR)
    walk.hear("signed", date="2026-05-01", effective_on="2026-09-01", instrument="convention")
    refused("in_force_condition_missing", walk, "active", date="2026-06-01")
    declared = {"declared": ["in_force_condition"]}
    assert walk.tell("active", date="2026-06-01", **declared) == S.ACTIVE


def test_entry_into_force_on_the_day_passes():
    walk = Walk(DE, FR)
    walk.hear("signed", date="2026-05-01", effective_on="2026-09-01")
    assert walk.tell("active", date="2026-09-01") == S.ACTIVE


def test_same_state_is_not_told_twice():
    refused("already_so", in_force(), "active", date="2026")


def test_review_is_due_or_asked_for():
    walk = in_force()
    refused("review_due_missing", walk, "under_review", date="2026-05")
    assert walk.tell("under_review", date="2026-05", reason="new mayor") == S.UNDER_REVIEW
    refused("review_outcome_missing", walk, "active", date="2026-06")
    assert walk.tell("active", date="2026-06", act_number="14") == S.ACTIVE
    walk = Walk()
    walk.hear("signed", date="2020", review_date="2026-04")
    walk.hear("active", date="2020")
    assert walk.tell("under_review", date="2026-05") == S.UNDER_REVIEW


def test_new_paper_names_the_one_that_it_replaces():
    walk = in_force(since="2014-05-01")
    fields = {"date": "2024", "body": DE.key, "instrument": "resolution"}
    refusal = refused("new_paper_missing", walk, "extended", **fields)
    assert "Agreement 2014-05-01" in str(refusal)
    refused("new_paper_missing", walk, "extended", **fields, supersedes="agreement:2013")
    refused("new_paper_missing", walk, "extended", **fields, supersedes="charter:2014")
    assert walk.tell("extended", **fields, supersedes="agreement:2014") == S.EXTENDED
    again = {"date": "2025", "body": DE.key, "instrument": "resolution"}
    assert walk.tell("extended", **again, supersedes="resolution") == S.EXTENDED


def test_tie_without_papers_is_extended_by_a_decision_alone():
    walk = Walk()
    walk.hear("active", date="2022")
    assert walk.tell("extended", date="2024", body=DE.key) == S.EXTENDED


def test_steps_to_the_next_paper_leave_a_tie_in_force():
    walk = in_force()
    for event in ("proposed", "contact", "negotiating"):
        assert walk.tell(event, date="2025-05", kind="twinning") == S.ACTIVE
    assert walk.tell("decided", date="2025-05-22", body=DE.key, kind="twinning") == S.ACTIVE


def test_what_lies_before_is_history():
    walk = in_force(since="2014")
    assert walk.tell("contact", date="2012") == S.ACTIVE
    walk = Walk()
    walk.hear("severed", date="2022-05-11", body=UA.key)
    assert walk.tell("signed", date="1990") == S.TERMINATED
    refused("tie_is_over", walk, "contact", date="2023")
    refused("tie_is_over", walk, "signed", planned=True)


def test_ended_tie_without_a_date_takes_no_history():
    walk = Walk()
    walk.hear("severed")
    refusal = refused("tie_is_over", walk, "contact", date="2001")
    assert "date not stated" in str(refusal)
