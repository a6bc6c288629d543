"""Ties made by a declaration without a paper (D3-04, F3-03): which kinds, after whose decisions."""

import pytest
from walking import DE, FR, RU, UA, Walk, in_force

from mistok.kernel.errors import Refusal
from mistok.registry.guarding.steps import way_to
from mistok.registry.lifecycle import BY_DECLARATION, TRANSITIONS, TieState, diagram

S = TieState
DECLARED = {"date": "2026-02-21", "instrument": "declaration", "kind": "solidarity"}


def refused(code, walk, **fields):
    """The refusal of a declaration."""
    with pytest.raises(Refusal) as caught:
        walk.tell("active", **(DECLARED | fields))
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    return caught.value


def decided(*sides, parties=(UA, DE)):
    walk = Walk(*parties)
    for side in sides:
        walk.hear("decided", date="2026-01-20", body=side.key, kind="solidarity")
    return walk


@pytest.mark.parametrize("kind", ["solidarity", "contact"])
def test_declaration_after_both_decisions_puts_the_tie_in_force(kind):
    walk = decided(UA, DE)
    assert walk.tell("active", **(DECLARED | {"kind": kind})) == S.ACTIVE
    assert walk.remarks == ["declared_without_paper"]
    assert str(walk.known.view.since) == "2026-02-21"


def test_declaration_of_other_kinds_needs_a_paper():
    refusal = refused("paper_needed", decided(UA, DE), kind="twinning")
    assert "solidarity" in str(refusal)


@pytest.mark.parametrize(
    ("walk", "lacks"),
    [
        (Walk(), ["council_decision", "partner_decision"]),
        (decided(UA), ["partner_decision"]),
        (decided(DE), ["council_decision"]),
    ],
)
def test_declaration_of_one_side_makes_no_tie(walk, lacks):
    refusal = refused("declaration_before_decisions", walk)
    assert refusal.details == {"lacks": lacks}


def test_decision_after_the_declaration_does_not_carry_it():
    refusal = refused("declaration_before_decisions", decided(UA, DE), date="2026-01-19")
    assert refusal.details["lacks"] == ["council_decision", "partner_decision"]


def test_partner_whose_law_asks_for_no_decision_is_vouched_for():
    assert decided(UA).tell("active", **DECLARED, declared=["approvals"]) == S.ACTIVE
    refused("declaration_before_decisions", Walk(), declared=["approvals"])


def test_act_of_a_military_administration_needs_its_ground_here_too():
    walk = decided(DE)
    fields = {"body": UA.key, "body_kind": "military_administration", "date": "2026-01-20"}
    walk.hear("decided", **fields)
    refusal = refused("declaration_before_decisions", walk)
    assert refusal.details["lacks"] == ["legal_ground"]


def test_declaration_from_before_the_law_or_of_others_asks_less():
    assert Walk().tell("active", **(DECLARED | {"date": "2023-02-23"})) == S.ACTIVE
    walk = decided(DE, FR, parties=(DE, FR))
    assert walk.tell("active", **DECLARED) == S.ACTIVE
    assert walk.remarks == []


def test_word_of_a_tie_in_force_or_of_a_plan_is_no_founding_declaration():
    refused("already_so", in_force())
    plan = DECLARED | {"date": "2027", "planned": True}
    assert Walk().tell("active", **plan) == S.IDEA


def test_declaration_with_the_aggressor_is_refused():
    refused("partner_barred", decided(UA, RU, parties=(UA, RU)))


def test_without_the_declaration_a_paper_is_signed_first():
    assert "signed" in str(refused("transition_not_allowed", decided(UA, DE), instrument=""))


def test_way_past_the_signing_is_drawn_apart_from_the_table():
    before, after = BY_DECLARATION
    assert after not in TRANSITIONS[before]
    assert way_to(S.NEGOTIATING, S.ACTIVE, declared=True)[-2:] == BY_DECLARATION
    assert f"    {before} --> {after}: by a declaration of all sides" in diagram()
