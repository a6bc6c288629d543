"""The data files: every pair of tracks makes a run, every word is known, the page is theirs."""

import itertools
import json

import pytest

from later_templates import a_second_version
from mistok.accounts.permissions import ROLE_PERMISSIONS, Role
from mistok.kernel.errors import Invalid, Unavailable
from mistok.papers import kinds, slots_of
from mistok.partnering.models import Evaluation
from mistok.partnering.procedure.graph import Graph, Side
from mistok.partnering.procedure.guards import ASKED, GUARDS
from mistok.partnering.procedure.measures import MEASURE_TRANSITIONS, MeasureState
from mistok.partnering.procedure.outcomes import OUTCOMES, what_follows
from mistok.partnering.procedure.reference import procedures_page
from mistok.partnering.procedure.rights import needed
from mistok.partnering.procedure.states import What
from mistok.partnering.procedure.steps import KIND_GROUPS, PHASES, Aim, Step
from mistok.partnering.procedure.templates import (
    DATA,
    changed_since,
    check_words,
    codes,
    country_template,
    fingerprints,
    template,
    versions,
)
from mistok.partnering.procedure.words import BODIES, PAPERS
from mistok.provenance.values import TIE_KINDS

COUNTRIES = ("UA", "DE", "PL", "FR", "IT", "LT", "LV", "EE", "GB", "US")
SPOKEN = {"DE": "de", "PL": "pl", "FR": "fr"}
ALL = ("shared", *codes())


def steps():
    return [(code, step) for code in ALL for aim in Aim for step in template(code).steps[aim]]


def test_every_country_has_a_side_and_all_others_go_the_general_way():
    assert set(codes()) == {*COUNTRIES, "xx"}
    assert country_template("JP").code == "xx"
    assert country_template("UA").code == "UA"


@pytest.mark.parametrize("kind", sorted(TIE_KINDS))
def test_every_pair_of_countries_makes_a_run(kind):
    shared = template("shared")
    forms = ("paper", "declaration") if kind in KIND_GROUPS["light"] else ("paper",)
    for form, (one, two) in itertools.product(
        forms, itertools.combinations_with_replacement(codes(), 2)
    ):
        chosen = shared.chosen({"form": form})
        sides = [
            Side(name, code, code, template(code).track(Aim.TIE, kind, {}, chosen))
            for name, code in (("a", one), ("b", two))
        ]
        graph = Graph(sides, shared.track(Aim.TIE, kind, {"form": form}))
        assert len(graph.order) == len(graph.steps)


@pytest.mark.parametrize("aim", [Aim.SUSPENSION, Aim.TERMINATION])
@pytest.mark.parametrize("code", codes())
def test_every_country_can_suspend_and_end(aim, code):
    track = template(code).track(aim, "twinning")
    assert Graph([Side("a", code, code, track)], template("shared").track(aim, "twinning")).order


@pytest.mark.parametrize("order", ["ministry_first", "council_first", "side_by_side"])
def test_order_of_ministry_and_council_is_a_choice(order):
    chosen = template("shared").chosen({})
    track = template("UA").track(Aim.TIE, "twinning", {"order": order}, chosen)
    by_code = {step.code: track.predecessors(step) for step in track.steps}
    assert ("ministry_order" in by_code["council_decision"]) == (order == "ministry_first")
    assert ("council_decision" in by_code["ministry_order"]) == (order == "council_first")


def test_unknown_choice_is_refused():
    for options in ({"order": "never"}, {"colour": "blue"}):
        with pytest.raises(Invalid) as caught:
            template("UA").chosen(options)
        assert caught.value.code == "option_unknown"


def test_every_step_speaks_the_languages_of_its_readers():
    for code, step in steps():
        wanted = {"en", "uk"} | ({SPOKEN[code]} if code in SPOKEN else set())
        if code == "shared":
            wanted |= set(SPOKEN.values())
        assert wanted <= set(step.titles), (code, step.code)
    assert template("UA").steps[Aim.TIE][0].title("it") == template("UA").steps[Aim.TIE][0].title(
        "en"
    )


def test_every_step_says_where_it_comes_from_and_how_sure_that_is():
    for code, step in steps():
        assert step.origin, (code, step.code)
        if step.standing == "verified":
            assert any(origin.dated or origin.url or origin.text for origin in step.origin)


def test_every_paper_and_body_has_its_words():
    asked = {kind for _code, step in steps() for kind in step.papers}
    # A letter of appeal is sent between partners and papers of aid belong to a consignment; no
    # procedure asks for them.
    aid = {kind for kind in kinds() if "consignment" in {slot.name for slot in slots_of(kind)}}
    assert asked <= set(PAPERS) == set(kinds()) - {"letter_of_appeal"} - aid
    assert {step.outside for _code, step in steps()} - {""} <= set(BODIES)
    assert set(ASKED) == set(GUARDS)


def test_rules_that_the_issue_names_stand_at_their_steps():
    found = {
        (code, step.code): (step.due, step.bars, step.silence, step.rules) for code, step in steps()
    }
    assert found["UA", "ministry_order"][0].rule == "R01"
    assert found["UA", "justice_opinion"][0].rule == "R02"
    assert found["UA", "registration"][0].rule == "R22"
    assert found["UA", "council_decision"][3] == ("R17",)
    notices = [key for key, value in found.items() if value[1] and value[1].rule == "R10"]
    assert len(notices) == 3
    assert found["IT", "foreign_ministry_answer"][2] == "R11"
    assert found["FR", "prefect_transmission"][3] == ("R27",)
    assert found["shared", "evaluation"][0].rule == "R12"


def test_word_that_nothing_understands_is_refused():
    sound = {"code": "x", "titles": {"en": "x"}, "phase": PHASES[0]}
    check_words(Step(**sound))
    for wrong in (
        {"phase": "nowhere"},
        {"standing": "sure"},
        {"guards": ("luck",)},
        {"event": "party"},
        {"kinds": frozenset({"friends"})},
        {"outcomes": ("divorce",)},
    ):
        with pytest.raises(ValueError, match="nothing here understands"):
            check_words(Step(**sound | wrong))


def test_every_act_on_every_step_can_be_done_by_somebody():
    for _code, step in steps():
        for what in What:
            right = needed(step, what)
            assert any(right in ROLE_PERMISSIONS[role] for role in Role), (step.code, what)


def test_step_of_an_approver_is_never_an_officers():
    for _code, step in steps():
        if step.role == "approver":
            right = needed(step, What.DONE)
            assert right in ROLE_PERMISSIONS[Role.APPROVER]
            assert right not in ROLE_PERMISSIONS[Role.OFFICER], step.code


def test_guards_ask_for_what_is_stated():
    for name, guard in GUARDS.items():
        full = dict.fromkeys(ASKED[name], "told")
        guard(full)
        for missing in ASKED[name]:
            with pytest.raises(Invalid) as caught:
                guard(full | {missing: " "})
            assert caught.value.code == f"{missing}_missing"


def test_what_was_shipped_is_never_changed():
    """Copy a shipped version to the next number, change it there, and add its hashes here."""
    shipped = json.loads((DATA / "shipped.json").read_text("utf-8"))
    assert {version: fingerprints(version) for version in versions()} == shipped


def test_older_version_stays_beside_the_newest(tmp_path):
    with a_second_version(tmp_path):
        old, new = template("UA", "1"), template("UA")
        assert (old.version, new.version) == ("1", "2")
        assert old.steps[Aim.TIE] != new.steps[Aim.TIE]
        assert (country_template("PL", "1").code, country_template("PL").code) == ("PL", "xx")
        changed = {code for code in ("UA", "PL", "DE", "shared") if changed_since(code, "1")}
        assert changed == {"UA", "PL"}
        assert not changed_since("UA", "2")
    assert versions() == ("1",)


def test_version_that_this_program_does_not_have_is_said():
    with pytest.raises(Unavailable) as caught:
        template("UA", "99")
    assert caught.value.code == "template_version_missing"


def test_every_outcome_of_an_evaluation_leads_to_one_event():
    assert set(OUTCOMES) == set(Evaluation.Outcome.values)
    shared = {step.code: step for step in template("shared").steps[Aim.TIE]}
    for outcome, following in OUTCOMES.items():
        assert bool(following.step) != bool(following.aim)
        if following.step:
            step = shared[following.step]
            assert (step.event, step.outcomes) == (following.event, (outcome,))
    assert OUTCOMES["end"].event == "severed"
    assert what_follows("") == ""


def test_ended_measure_stays_ended():
    assert not MEASURE_TRANSITIONS[MeasureState.DONE]
    assert set(MEASURE_TRANSITIONS) == set(MeasureState)


def test_page_of_procedures_is_what_the_data_tell(root):
    path = root / "docs" / "reference" / "procedures.md"
    assert path.read_text(encoding="utf-8") == procedures_page()
