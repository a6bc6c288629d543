"""An office is one more way to be the owner of a profile, an answer, a shortlist (ADR 17)."""

import datetime as dt

import pytest

from factories import BUCHA, DORTMUND, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.mfa import in_session
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import NotAllowed
from mistok.partnering.models import Proposal, Round
from mistok.partnering.policies import can, check_can_answer, check_can_coordinate, may_for
from mistok.partnering.profiles.policies import Editor, can_edit, check_can_edit
from mistok.partnering.rounds.lifecycle import Side
from mistok.partnering.rounds.services import close_round, join_waiting_list, publish_round
from mistok.partnering.shortlists import can_keep_shortlists
from mistok.provenance.models import AuditEvent
from office_cast import ZHYTOMYR_OBLAST, join, person, the_cast

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def proposal():
    at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    kept = Round.objects.create(public_id="round_x", title="Autumn", made_at=at, variant="best")
    return Proposal.objects.create(
        public_id="proposal_x",
        round=kept,
        seeker=ZHYTOMYR,
        offerer=DORTMUND,
        fit=0.5,
        seeker_fit=0.5,
        offerer_fit=0.5,
    )


def test_profile_is_edited_by_the_verified_office_and_coordinators_in_scope(people):
    def may(who, key=ZHYTOMYR):
        return can_edit(Editor(user=getattr(people, who)), key)

    assert may("officer")
    assert may("coordinator")
    assert may("of_all", DORTMUND)
    assert not may("officer", BUCHA)
    assert not may("auditor")
    assert not may("partner_officer")
    assert not may("elsewhere")
    assert not may("stranger")
    assert Editor(user=people.officer).name == people.officer.public_id
    Office.objects.filter(pk=people.home.pk).update(state="suspended")
    assert not may("officer")


def test_alias_of_a_municipality_leads_to_its_office(people):
    assert can_edit(Editor(user=people.officer), "geonames:686967")


def test_place_that_is_not_in_the_gazetteer_is_in_nobodys_scope(people):
    for key in ("place_abcdefgh2345", "nonsense", "geonames:1"):
        assert not can_edit(Editor(user=people.coordinator), key)
    assert can_edit(Editor(user=people.of_all), "geonames:1")


def test_answer_is_given_by_the_office_of_that_side(people, proposal):
    def may(who, side=Side.SEEKER):
        actor = Actor(user=getattr(people, who))
        return can(check_can_answer, actor, proposal.public_id, side)

    assert may("officer")
    assert may("coordinator")
    assert may("partner_officer", Side.OFFERER)
    assert not may("officer", Side.OFFERER)
    assert not may("partner_officer")
    assert not may("elsewhere")
    assert not may("approver")
    assert not can(check_can_answer, Actor(user=people.officer), "proposal_gone", Side.SEEKER)
    link = Actor(side_key=f"{proposal.public_id}:seeker")
    assert can(check_can_answer, link, proposal.public_id, Side.SEEKER)
    assert not can(check_can_answer, link, proposal.public_id, Side.OFFERER)


def test_round_is_moved_by_who_coordinates_all_of_its_seekers(people, proposal):
    kept = proposal.round
    for who in ("elsewhere", "officer", "stranger"):
        with pytest.raises(NotAllowed) as refused:
            publish_round(actor=Actor(user=getattr(people, who)), kept=kept)
        assert refused.value.code == "not_a_coordinator"
    assert publish_round(actor=Actor(user=people.coordinator), kept=kept).state == "proposed"
    assert close_round(actor=Actor(user=people.of_all), kept=kept).state == "closed"


def test_rounds_as_a_whole_are_kept_by_coordinators_of_the_world(people):
    assert can(check_can_coordinate, Actor(user=people.of_all))
    assert not can(check_can_coordinate, Actor(user=people.coordinator))
    ukrainian, all_three = (ZHYTOMYR, BUCHA), (ZHYTOMYR, BUCHA, DORTMUND)
    assert can(check_can_coordinate, Actor(user=people.coordinator), *ukrainian)
    assert not can(check_can_coordinate, Actor(user=people.coordinator), *all_three)
    assert can(check_can_coordinate, Actor(user=people.of_all), *all_three)
    oblast = person("oblast")
    join(oblast, None, "coordinator", ZHYTOMYR_OBLAST)
    assert can(check_can_coordinate, Actor(user=oblast), ZHYTOMYR)
    assert not can(check_can_coordinate, Actor(user=oblast), *ukrainian)
    assert not can(check_can_coordinate, Actor(user=oblast), "katottg:UA80000000000093317")
    assert not can(check_can_coordinate, Actor(side_key="proposal_x:seeker"), ZHYTOMYR)


def test_waiting_list_is_kept_by_coordinators_in_scope(people):
    entry = join_waiting_list(
        actor=Actor(user=people.coordinator), key=BUCHA, side=Side.SEEKER, since=DAY
    )
    event = AuditEvent.objects.get(subject=entry.public_id)
    assert event.actor == people.coordinator.public_id
    with pytest.raises(NotAllowed):
        join_waiting_list(
            actor=Actor(user=people.elsewhere), key=ZHYTOMYR, side=Side.SEEKER, since=DAY
        )


def test_shortlist_is_kept_by_the_office_and_its_coordinators(people):
    kept = {
        who: can_keep_shortlists(Actor(user=getattr(people, who)), ZHYTOMYR)
        for who in ("officer", "approver", "coordinator", "auditor", "partner_officer", "stranger")
    }
    assert kept == {
        "officer": True,
        "approver": True,
        "coordinator": True,
        "auditor": False,
        "partner_officer": False,
        "stranger": False,
    }
    assert not may_for(Actor(), Permission.KEEP_SHORTLIST, ZHYTOMYR)


@pytest.mark.parametrize(
    ("factor_is", "shown_is", "code"),
    [(False, False, "second_factor_needed"), (True, False, "second_factor_not_shown")],
)
def test_coordinator_is_told_that_only_her_factor_lacks(
    monkeypatch, people, proposal, factor_is, shown_is, code
):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: factor_is)
    coordinator, stranger = people.coordinator, people.stranger
    with in_session(lambda user: shown_is):
        with pytest.raises(NotAllowed) as profile:
            check_can_edit(Editor(user=coordinator), ZHYTOMYR)
        with pytest.raises(NotAllowed) as answer:
            check_can_answer(Actor(user=coordinator), proposal.public_id, Side.SEEKER)
        with pytest.raises(NotAllowed) as strange:
            check_can_edit(Editor(user=stranger), ZHYTOMYR)
    assert (profile.value.code, answer.value.code) == (code, code)
    assert strange.value.code == "profile_not_yours"
