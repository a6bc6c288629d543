"""Chains of papers (D1-02, F1-27, section 9): a tie in force gets a further paper."""

import pytest
from walking import DE, ORDER, UA, Walk, in_force, refused

from mistok.kernel.errors import Conflict
from mistok.registry.guarding import Party
from mistok.registry.lifecycle import TieState
from mistok.registry.signings import partial

S = TieState
DE_TWO = Party("geonames:2886242", "DE", "Köln")
NEXT = {"date": "2026-02-21", "instrument": "agreement", "supersedes": "agreement:2014"}


def consented(walk=None):
    """A tie in force whose sides and ministry have consented to a further paper."""
    walk = walk or in_force()
    walk.tell("approved", date="2026-01-15", **ORDER)
    walk.tell("decided", date="2026-01-20", body=UA.key)
    walk.tell("decided", date="2026-01-21", body=DE.key)
    return walk


def signature(party, day, **fields):
    return NEXT | {"date": day, "signatures": ({"party": party.key, "date": day},)} | fields


def test_further_paper_is_told_as_more_and_names_the_one_that_it_replaces():
    assert consented().tell("upgraded", **NEXT, kind="twinning") == S.UPGRADED


def test_signature_under_a_further_paper_is_refused_with_the_word_for_it():
    refusal = refused("further_paper", consented(), "signed", Conflict, **NEXT)
    assert "Upgraded" in str(refusal)
    assert "Extended" in str(refusal)


@pytest.mark.parametrize("event", ["upgraded", "extended"])
def test_further_paper_is_signed_when_all_have_signed(event):
    walk = consented()
    assert walk.tell(event, **signature(UA, "2026-02-20")) == S.ACTIVE
    assert walk.remarks == ["signatures_missing"]
    assert walk.known.view.since.year == 2014
    assert walk.tell(event, **signature(DE, "2026-02-23")) == TieState(event)
    assert walk.remarks == []


def test_last_signature_must_name_the_paper_that_is_replaced_too():
    walk = consented()
    walk.tell("upgraded", **signature(UA, "2026-02-20"))
    nameless = signature(DE, "2026-02-23", supersedes="")
    assert "Agreement 2014" in str(refused("new_paper_missing", walk, "upgraded", **nameless))


def test_each_further_paper_needs_consents_of_its_own():
    walk = in_force()
    refused("signature_before_approvals", walk, "upgraded", **signature(UA, "2026-02-20"))
    consented(walk)
    for party, day in ((UA, "2026-02-20"), (DE, "2026-02-23")):
        walk.tell("upgraded", **signature(party, day))
    again = {"supersedes": "agreement:2026-02-23"}
    refused("signature_before_approvals", walk, "upgraded", **signature(UA, "2026-05-01", **again))


def test_every_link_of_a_chain_is_signed_by_its_own_signatures():
    walk = consented()
    for party, day in ((UA, "2026-02-20"), (DE, "2026-02-23")):
        walk.tell("extended", **signature(party, day))
    walk.tell("approved", date="2026-05-01", **ORDER)
    for party in (UA, DE):
        walk.tell("decided", date="2026-05-02", body=party.key)
    third = {"supersedes": "agreement:2026-02-23"}
    assert walk.tell("extended", **signature(UA, "2026-05-20", **third)) == S.EXTENDED
    assert walk.remarks == ["signatures_missing"]
    walk.tell("extended", **signature(DE, "2026-05-21", **third))
    assert walk.remarks == []


def test_tie_at_rest_wakes_by_a_further_paper_unless_it_is_suspended():
    walk = consented()
    walk.hear("dormant", date="2026-02-01")
    assert walk.tell("upgraded", **NEXT) == S.UPGRADED
    walk = consented()
    walk.hear("suspended", date="2026-02-01", body=UA.key)
    for event in ("upgraded", "signed"):
        refused("transition_not_allowed", walk, event, **NEXT)
        refused("transition_not_allowed", walk, event, **signature(UA, "2026-02-20"))


def test_first_signature_under_a_further_paper_is_refused_like_the_last():
    refused("further_paper", consented(), "signed", **signature(UA, "2026-02-20"))


def test_signature_under_the_paper_that_is_known_adds_to_it():
    walk = in_force(DE, DE_TWO, since="2014-05-01")
    assert walk.tell("signed", **signature(DE, "2014-05-01")) == S.ACTIVE


def test_decision_of_one_body_that_extends_is_not_half_a_paper():
    walk = Walk()
    walk.hear("active", date="2022")
    walk.tell("extended", date="2024", body=DE.key)
    (told,) = [f for f in walk.known.facts if f.event.event == "extended"]
    assert not partial(told.event, 2)
