"""Papers, signatures, stages, terms and zones: small pure rules beside the life cycle."""

import pytest
from walking import DE, MINISTRY, UA, Walk, fact_of

from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.values import TieEvent
from mistok.registry.facts import fact_id
from mistok.registry.guarding import Exposure, exposure_of, without_local_detail
from mistok.registry.guarding.zones import zone_of
from mistok.registry.lifecycle import Guard, TieState, shortest
from mistok.registry.paper_states import (
    PAPER_TRANSITIONS,
    PaperState,
    paper_diagram,
    paper_state,
)
from mistok.registry.projection import disagreements
from mistok.registry.reference import MEANINGS, tie_states_page
from mistok.registry.stages import decides
from mistok.registry.terms import paper_reference, parse_reference, terms_of

S = TieState
KHERSON = "katottg:UA65100150000057191"
TIE = "tie_mfrggzdfmy2w"


# Papers


def test_every_paper_begins_as_a_draft_and_ends():
    ends = {state for state, nexts in PAPER_TRANSITIONS.items() if not nexts}
    assert ends == {PaperState.EXPIRED, PaperState.TERMINATED, PaperState.SUPERSEDED}
    for state in PaperState:
        assert shortest(PAPER_TRANSITIONS, PaperState.DRAFT, state)
        assert any(shortest(PAPER_TRANSITIONS, state, end) for end in ends)


def test_diagram_of_papers_draws_every_transition():
    drawn = {line.strip() for line in paper_diagram().splitlines()}
    for state, nexts in PAPER_TRANSITIONS.items():
        assert {f"{state} --> {following}" for following in nexts or ["[*]"]} <= drawn
    assert "[*] --> draft" in drawn


@pytest.mark.parametrize(
    ("tie", "superseded", "binding", "state"),
    [
        (S.SIGNED, False, True, PaperState.SIGNED),
        (S.ACTIVE, False, True, PaperState.IN_FORCE),
        (S.SUSPENDED, False, True, PaperState.IN_FORCE),
        (S.TERMINATED, False, True, PaperState.TERMINATED),
        (S.EXPIRED, False, True, PaperState.EXPIRED),
        (S.ACTIVE, True, True, PaperState.SUPERSEDED),
        (S.ACTIVE, False, False, PaperState.SIGNED),
    ],
)
def test_signed_paper_stands_as_its_tie_does(tie, superseded, binding, state):
    assert paper_state(tie, superseded=superseded, binding=binding) is state


def test_page_of_states_tells_every_guard_and_state():
    page = tie_states_page("made\n")
    assert set(MEANINGS) == set(Guard)
    assert all(meaning in page for meaning in MEANINGS.values())
    assert all(f"`{state}`" in page for state in (*TieState, *PaperState))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("memorandum:2022-03-09", ("", "memorandum", "2022-03-09")),
        (f"{TIE}/charter:2023", (TIE, "charter", "2023")),
        ("charter", ("", "charter", "")),
        ("", ("", "", "")),
    ],
)
def test_reference_to_a_paper_is_read(text, parts):
    assert parse_reference(text) == parts
    assert paper_reference("charter", "2023") == "charter:2023"


# Terms


def test_term_is_the_last_word_on_it_and_ends_with_the_tie():
    walk = Walk()
    walk.hear("signed", date="2022", end_date="2024-12-31", renewal="automatic")
    walk.hear("extended", date="2024", end_date="2027-06-30", review_date="2027-04")
    terms = walk.known.view.terms
    assert (terms.ends_on, terms.renewal, terms.review_on) == ("2027-06-30", "", "2027-04")
    walk.hear("under_review", date="2027-04-10")
    assert walk.known.view.terms.review_on == ""
    walk.hear("signed", date="2030", planned=True, end_date="2040")
    assert walk.known.view.terms.ends_on == "2027-06-30"
    assert terms_of(walk.known.facts, S.TERMINATED).ends_on == ""


# Signatures and stages


def test_signatures_by_different_parties_are_no_contradiction():
    walk = Walk(DE, UA)
    for party, day in ((DE, "2023-02-09"), (UA, "2023-02-23")):
        walk.hear("signed", date=day, signatures=({"party": party.key},))
    assert disagreements(walk.known.facts) == []
    walk.hear("signed", date="2023-02-10", signatures=({"party": DE.key},))
    (clash,) = disagreements(walk.known.facts)
    assert clash.about == "date:signed"


def test_tie_begins_with_the_last_signature():
    walk = Walk(DE, UA)
    walk.hear("signed", date="2023-02-09", signatures=({"party": DE.key},))
    assert (walk.state, walk.known.view.since) == (S.APPROVED, None)
    assert walk.known.view.kind == "unknown"
    walk.hear("signed", date="2023-02-23", signatures=({"party": UA.key},))
    assert (walk.state, str(walk.known.view.since)) == (S.SIGNED, "2023-02-23")


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({"event": "decided", "body": DE.key}, True),
        ({"event": "decided", "body": "the chamber"}, True),
        ({"event": "decided"}, False),
        ({"event": "decided", "body": DE.key, "body_kind": "committee"}, False),
        ({"event": "decided", "body": MINISTRY, "body_kind": "ministry"}, False),
        ({"event": "approved", "body": DE.key}, True),
        ({"event": "approved", "body": MINISTRY}, False),
        ({"event": "approved", "body": UA.key, "body_kind": "ministry"}, False),
        ({"event": "contact", "body": DE.key}, False),
    ],
)
def test_decision_of_a_side_is_told_from_advice_and_consent(fields, counts):
    assert decides(fact_of(**fields)) is counts


def test_paper_that_lies_with_somebody_is_pending_whoever_decided():
    walk = Walk()
    walk.hear("submitted", date="2026-01-10", body=MINISTRY)
    for side in (UA, DE):
        walk.hear("decided", date="2026-01-05", body=side.key)
    assert walk.state == S.PENDING_APPROVALS
    walk.hear("approved", date="2026-01-09", body=MINISTRY)
    assert walk.state == S.PENDING_APPROVALS
    walk.hear("approved", date="2026-01-20", body=MINISTRY)
    assert walk.state == S.APPROVED


def test_consent_of_one_body_is_not_the_consent_of_all():
    walk = Walk()
    assert walk.hear("approved", date="2025-05-19", body=MINISTRY) == S.PENDING_APPROVALS
    assert walk.hear("approved", date="2025-06") == S.APPROVED


def test_already_dormant_tie_is_not_told_dormant_again():
    walk = Walk()
    walk.hear("active", date="2014")
    walk.tell("dormant", date="2020")
    with pytest.raises(Conflict) as caught:
        walk.tell("dormant", date="2019")
    assert caught.value.code == "already_so"


def test_fact_keeps_its_id_whoever_tells_it():
    one = TieEvent(event="signed", date="2023", note={"en": "as told"}, as_of="2024")
    assert fact_id(one) == fact_id(TieEvent(event="signed", date="2023"))
    other = TieEvent(event="signed", date="2023", signatures=({"party": DE.key},))
    assert fact_id(one) != fact_id(other)
    assert fact_of(event="signed", date="2023").id == fact_id(one)


# Who sees what


@pytest.mark.parametrize(
    ("fields", "party", "exposure"),
    [
        ({"event": "decided"}, DE.key, Exposure.PUBLIC),
        ({"event": "decided"}, KHERSON, Exposure.PUBLIC),
        ({"event": "contact"}, DE.key, Exposure.INTERNAL),
        ({"event": "contact"}, KHERSON, Exposure.RESTRICTED),
        ({"event": "signed", "planned": True}, DE.key, Exposure.INTERNAL),
        ({"event": "under_review"}, DE.key, Exposure.INTERNAL),
        ({"event": "under_review", "body": DE.key}, DE.key, Exposure.PUBLIC),
    ],
)
def test_official_acts_are_public_and_talks_are_not(fields, party, exposure):
    assert exposure_of(TieEvent(**fields), [UA.key, party]) is exposure


def test_places_of_meeting_near_hostilities_are_not_kept():
    told = TieEvent(
        event="signed",
        place="Kherson",
        signatures=({"party": KHERSON, "place": "the town hall", "date": "2023"},),
    )
    kept = without_local_detail(told, [KHERSON, DE.key])
    assert (kept.place, kept.signatures) == ("", ({"party": KHERSON, "date": "2023"},))
    assert without_local_detail(told, [UA.key, DE.key]) is told


def test_zones_follow_the_dated_list():
    assert zone_of(KHERSON) == "active"
    assert zone_of("katottg:UA01000000000013043") == "occupied"
    assert zone_of(UA.key) == ""


# Values


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"body_kind": "senate"}, "word_unknown"),
        ({"ending": "divorce"}, "word_unknown"),
        ({"sitting": "secret"}, "word_unknown"),
        ({"renewal": "perhaps"}, "word_unknown"),
        ({"end_date": "soon"}, "date_malformed"),
        ({"total": "0"}, "count_malformed"),
        ({"total": "many"}, "count_malformed"),
        ({"total": "1234567890"}, "count_malformed"),
        ({"signatures_needed": "-1"}, "count_malformed"),
        ({"signatures": ({"person": "Olena"},)}, "signature_malformed"),
        ({"signatures": ({"party": "geonames:1", "shoe": "9"},)}, "signature_malformed"),
        ({"signatures": ({"party": "geonames:1", "date": "now"},)}, "date_malformed"),
        ({"signatures": ({"party": "geonames:1", "person": "x" * 201},)}, "text_too_long"),
        ({"reason": "x" * 401}, "text_too_long"),
    ],
)
def test_value_that_cannot_be_is_refused(fields, code):
    with pytest.raises(Invalid) as caught:
        TieEvent(event="signed", **fields)
    assert caught.value.code == code


def test_signatures_come_back_from_their_text():
    told = TieEvent(event="signed", signatures=({"party": "geonames:1", "date": "2023"},))
    assert TieEvent.from_text(told.to_text()) == told
    assert TieEvent.from_text(told.to_text()).signed_by == {"geonames:1"}


def test_fields_of_offices_leave_older_texts_as_they_are():
    text = TieEvent(event="signed", kind="twinning", date="2023").to_text()
    assert text == '{"date":"2023","event":"signed","kind":"twinning","planned":false}'
