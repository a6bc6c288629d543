"""Signatures, scope, ends and pauses: what must be there first, each refusal with its sentence."""

import datetime as dt
from dataclasses import replace

import pytest
from walking import BY, DE, FR, ORDER, RULES, UA, Walk, in_force, refused

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, Invalid
from mistok.registry.guarding import Counterpart, Scope, scope_of
from mistok.registry.guarding.known import GuardRules, Order
from mistok.registry.lifecycle import TieState

S = TieState


# Signatures


def signed(walk, date="2026-02-21", **fields):
    return walk.tell("signed", **({"date": date, "instrument": "agreement"} | fields))


def consented(*parties, order="2026-01-15", decision="2026-01-20"):
    walk = Walk(*parties)
    walk.hear("approved", date=order, **ORDER)
    walk.hear("decided", date=decision, body=UA.key)
    walk.hear("decided", date="2026-01-10", body=DE.key)
    return walk


def test_signature_after_both_consents_passes():
    assert signed(consented()) == S.SIGNED


@pytest.mark.parametrize(
    ("walk", "lacks"),
    [
        (Walk(), ["ministry_order", "council_decision"]),
        (consented(order="2026-03-01"), ["ministry_order"]),
        (consented(decision="2026-03-01"), ["council_decision"]),
    ],
)
def test_signature_before_the_consents_is_refused_with_what_is_missing(walk, lacks):
    with pytest.raises(Conflict) as caught:
        signed(walk)
    assert caught.value.code == "signature_before_approvals"
    assert caught.value.details == {"party": UA.key, "lacks": lacks}
    assert "unverified" in str(caught.value)


def test_partner_without_decision_is_listed_or_vouched_for():
    walk = Walk()
    walk.hear("approved", date="2026-01-15", **ORDER)
    walk.hear("decided", date="2026-01-20", body=UA.key)
    refused("approvals_missing", walk, "signed", date="2026-02-21", instrument="agreement")
    assert signed(walk, declared=["approvals"]) == S.SIGNED


def test_act_of_a_military_administration_needs_its_ground():
    fields = {"body": UA.key, "body_kind": "military_administration", "date": "2026-01-20"}
    walk = Walk()
    walk.hear("approved", date="2026-01-15", **ORDER)
    walk.hear("decided", **fields)
    refusal = refused("signature_before_approvals", walk, "signed", date="2026-02-21")
    assert refusal.details["lacks"] == ["legal_ground"]
    walk.hear("decided", ground="art. 10(2) of the martial-law act", act_number="7", **fields)
    assert signed(walk, declared=["approvals"]) == S.SIGNED


@pytest.mark.parametrize(
    ("order", "ministry", "council", "allowed"),
    [
        (Order.ANY, "2026-01-20", "2026-01-15", True),
        (Order.MINISTRY_FIRST, "2026-01-15", "2026-01-20", True),
        (Order.MINISTRY_FIRST, "2026-01-20", "2026-01-15", False),
        (Order.COUNCIL_FIRST, "2026-01-20", "2026-01-15", True),
        (Order.COUNCIL_FIRST, "2026-01-15", "2026-01-20", False),
    ],
)
def test_order_of_consents_is_configurable(order, ministry, council, allowed):
    walk = consented(order=ministry, decision=council)
    walk.rules = replace(RULES, order=order)
    if allowed:
        assert signed(walk) == S.SIGNED
    else:
        refusal = refused("signature_before_approvals", walk, "signed", date="2026-02-21")
        assert refusal.details["lacks"] == ["order_of_consents"]


def test_consents_for_an_earlier_paper_do_not_serve_the_next():
    walk = consented()
    signed(walk)
    walk.tell("active", date="2026-03-01")
    fields = {"date": "2026-09-01", "instrument": "agreement", "supersedes": "agreement:2026"}
    refused("signature_before_approvals", walk, "upgraded", body=DE.key, **fields)


def test_paper_from_before_the_law_is_legacy_and_recorded_without_steps():
    walk = Walk()
    assert signed(walk, date="2023-02-23") == S.SIGNED
    assert walk.remarks == ["legacy"]
    assert Walk().tell("active", date="1992") == S.ACTIVE


def test_signing_that_may_lie_after_the_law_is_covered():
    refused("signature_before_approvals", Walk(), "signed", date=">2024", instrument="agreement")


def test_tie_without_a_ukrainian_party_needs_both_decisions_only():
    walk = Walk(DE, FR)
    refused("approvals_missing", walk, "signed", date="2026-02-21", instrument="agreement")
    walk.tell("decided", date="2026-01-10", body=DE.key)
    walk.tell("decided", date="2026-01-11", body=FR.key)
    assert signed(walk) == S.SIGNED


def test_parties_may_sign_on_different_days():
    walk = consented()
    one = ({"party": UA.key, "date": "2026-02-20", "place": "online"},)
    two = ({"party": DE.key, "date": "2026-02-23"},)
    assert signed(walk, date="2026-02-20", signatures=one) == S.APPROVED
    assert walk.remarks == ["signatures_missing"]
    assert signed(walk, date="2026-02-23", signatures=two) == S.SIGNED
    assert walk.remarks == []
    assert str(walk.known.view.since) == "2026-02-23"


def test_ukrainian_signature_is_judged_by_its_own_day():
    walk = consented(decision="2026-02-22")
    one = ({"party": UA.key, "date": "2026-02-20"}, {"party": DE.key, "date": "2026-02-23"})
    refused("signature_before_approvals", walk, "signed", date="2026-02-23", signatures=one)
    two = ({"party": UA.key, "date": "2026-02-22"}, {"party": DE.key})
    assert signed(walk, date="2026-02-23", signatures=two) == S.SIGNED


def test_paper_may_need_fewer_signatures_than_it_has_parties():
    walk = Walk(DE, FR, BY)
    own = ({"party": DE.key}, {"party": FR.key})
    rule = {"signatures_needed": "2", "declared": ["approvals"]}
    assert signed(walk, signatures=own, **rule) == S.SIGNED


def test_stranger_cannot_sign():
    strange = ({"party": FR.key},)
    refused("signatory_unknown", Walk(), "signed", date="2020", signatures=strange)


# Scope


def test_paper_with_a_business_is_out_of_scope_and_makes_no_tie():
    for counterpart in (Counterpart.BUSINESS, Counterpart.INTERNATIONAL_ORGANISATION):
        assert scope_of([UA, DE], None, RULES, counterpart) is Scope.OUT_OF_SCOPE
        refusal = refused(
            "out_of_scope_itc", Walk(), "contact", Invalid, date="2026", counterpart=counterpart
        )
        assert "3668-IX" in str(refusal)


def test_scope_of_a_paper():
    new, old = PartialDate(2026), PartialDate(2024, 12, 31)
    assert scope_of([UA, DE], new, RULES) is Scope.COVERED
    assert scope_of([UA, DE], None, RULES, Counterpart.ASSOCIATION) is Scope.COVERED
    assert scope_of([UA, DE], old, RULES) is Scope.LEGACY
    assert scope_of([FR, DE], new, RULES) is Scope.NOT_UKRAINIAN


# Ends and pauses

END = {"date": "2022-05-11", "body": UA.key, "ending": "mutual"}


def test_end_of_a_tie_that_never_was_is_refused():
    walk = Walk()
    walk.hear("decided", date="2022", body=DE.key)
    refused("tie_never_was", walk, "severed", **END)
    refused("tie_never_was", walk, "dormant", date="2022-05")
    assert walk.tell("abandoned", date="2022-05") == S.ABANDONED


def test_second_end_is_refused_with_the_date_of_the_first():
    walk = in_force()
    walk.tell("severed", **END)
    refusal = refused("already_ended", walk, "severed", **(END | {"date": "2022-06"}))
    assert "2022-05-11" in str(refusal)
    refused("already_ended", walk, "abandoned", date="2023")


def test_end_without_a_date_in_the_sources_is_an_end_all_the_same():
    walk = Walk()
    walk.hear("severed")
    assert "date not stated" in str(refused("already_ended", walk, "severed", **END))


def test_end_needs_its_act_and_its_way():
    walk = in_force()
    refused("act_missing", walk, "severed", date="2022", ending="mutual")
    refused("way_of_ending_missing", walk, "severed", date="2022", body=UA.key)
    refused("way_of_ending_missing", walk, "severed", **(END | {"ending": "expiry"}))
    assert walk.tell("severed", date="2022", act_number="02-03/72", ending="by_law") == S.TERMINATED
    assert walk.remarks == []


def test_unilateral_end_asks_for_notice():
    walk = in_force()
    walk.tell("severed", **(END | {"ending": "unilateral"}))
    assert walk.remarks == ["notice_missing"]
    walk = in_force()
    walk.tell("severed", **(END | {"ending": "unilateral", "notice": "in writing"}))
    assert walk.remarks == []


def test_notice_was_sent_while_there_was_a_tie():
    walk = in_force(since="2014-05-01")
    told = END | {"ending": "unilateral", "notice": "in writing"}
    refused("future_is_a_plan", walk, "severed", **told, notice_on="2026-12-01")
    refusal = refused("notice_before_the_tie", walk, "severed", **told, notice_on="2013")
    assert refusal.details == {"field": "notice_on"}
    assert walk.tell("severed", **told, notice_on="2022-05-20") == S.TERMINATED


def test_suspension_needs_act_reason_and_review_and_is_no_end():
    walk = in_force()
    refusal = refused("suspension_incomplete", walk, "suspended", date="2022-03")
    assert str(refusal).count(";") == 2
    whole = {"date": "2022-03", "act_number": "5", "reason": "silence", "review_date": "2027"}
    assert walk.tell("suspended", **whole) == S.SUSPENDED
    assert walk.remarks == ["suspended_is_not_ended"]
    assert walk.known.view.terms.review_on == "2027"
    assert walk.tell("active", date="2023") == S.ACTIVE


def test_term_must_be_known_and_over():
    walk = in_force()
    refused("term_unknown", walk, "expired", date="2026")
    walk = in_force(end_date="2026-06-30")
    refused("term_not_over", walk, "expired", date="2026-06-29")
    assert walk.tell("expired", date="2026-06-30") == S.EXPIRED
    refused("already_ended", walk, "severed", **(END | {"date": "2026-07"}))
    assert walk.tell("superseded", date="2026-08") == S.SUPERSEDED


def test_tie_that_renews_itself_does_not_expire_until_the_clause_is_denied():
    walk = in_force(end_date="2026-06-30", renewal="automatic")
    refused("renews_itself", walk, "expired", date="2026-07")
    assert walk.tell("expired", date="2026-07", renewal="none") == S.EXPIRED


def test_dormant_is_a_warning_from_which_a_tie_wakes():
    walk = in_force()
    assert walk.tell("dormant", date="2024") == S.DORMANT
    assert walk.remarks == ["dormant_is_a_warning"]
    assert walk.tell("active", date="2025") == S.ACTIVE


def test_plan_to_end_ends_nothing():
    walk = in_force()
    assert walk.tell("severed", planned=True, date="2027") == S.ACTIVE


def test_rules_default_to_any_order_and_a_majority():
    rules = GuardRules(itc_from=dt.date(2025, 1, 1))
    assert (rules.order, rules.majority) == (Order.ANY, True)
