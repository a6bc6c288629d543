"""Rounds kept and answered: who may, in which state, and what follows from two acceptances."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import DORTMUND, GDYNIA, TODAY, ZHYTOMYR
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.partnering import admin as partnering_admin
from mistok.partnering.models import PassedOver, Proposal, Round, Seeking
from mistok.partnering.policies import (
    Actor,
    can,
    check_can_answer,
    check_can_coordinate,
    side_key,
)
from mistok.partnering.rounds import links
from mistok.partnering.rounds.lifecycle import (
    ANSWER_TRANSITIONS,
    ROUND_TRANSITIONS,
    Answer,
    RoundState,
    Side,
    Wait,
    state_of_answers,
)
from mistok.partnering.rounds.links import actor_of_token, answer_token, proposal_of_token
from mistok.partnering.rounds.selectors import (
    published_rounds,
    round_by_id,
    shown_proposals,
    shown_unserved,
)
from mistok.partnering.rounds.sentences import SENTENCES, unserved_sentence
from mistok.partnering.rounds.services import (
    answer_proposal,
    close_round,
    join_waiting_list,
    publish_round,
    save_round,
    withdraw_round,
)
from mistok.provenance.models import AuditEvent
from mistok.registry.models import Tie

pytestmark = pytest.mark.django_db
OSKIL = "katottg:UA63040130000098894"
SHELL = Actor(shell="tests")


def side_of(key, named=True):
    return SimpleNamespace(key=key, named=named)


def an_outcome(*pairs, unserved=(), idle=(), hidden=()):
    """What a run came to, as far as keeping it needs: pairs of keys, those without anybody."""
    return SimpleNamespace(
        variant="best",
        algorithm="fit-1+round-1",
        input_hash="0" * 64,
        figures=lambda: {"welfare": 1.5},
        pairs=[
            SimpleNamespace(
                seeker=side_of(seeker, seeker not in hidden),
                offerer=side_of(offerer, offerer not in hidden),
                fit=0.5,
                seeker_fit=0.6,
                offerer_fit=0.4,
            )
            for seeker, offerer in pairs
        ],
        unserved=[
            SimpleNamespace(
                seeker=side_of(key, key not in hidden),
                reason="offerers_full",
                facts={"best": [{"offerer": DORTMUND, "missing": 0.1}]},
            )
            for key in unserved
        ],
        idle=[side_of(key, key not in hidden) for key in idle],
    )


def a_round(*pairs, publish=True, **more):
    kept = save_round(
        actor=SHELL,
        title="Spring",
        outcome=an_outcome(*(pairs or [(ZHYTOMYR, GDYNIA)]), **more),
        at=TODAY,
    )
    return publish_round(actor=SHELL, kept=kept) if publish else kept


@pytest.fixture
def proposal(db):
    """The only pair of a published round: Zhytomyr seeks, Gdynia offers."""
    return a_round().proposals.get()


@pytest.fixture
def people(cast, proposal):
    """Owner and partner hold the links of the two sides; coordinator and stranger sign in."""
    return SimpleNamespace(
        owner=actor_of_token(answer_token(proposal, Side.SEEKER)),
        partner=actor_of_token(answer_token(proposal, Side.OFFERER)),
        coordinator=Actor(user=cast.coordinator),
        stranger=Actor(user=cast.stranger),
        nobody=Actor(user=AnonymousUser()),
    )


def answer(actor, proposal, side=Side.SEEKER, accept=True, **more):
    return answer_proposal(actor=actor, proposal=proposal, side=side, accept=accept, **more)


@pytest.mark.parametrize("who", ["owner", "coordinator"])
def test_side_answers_by_its_link_and_the_coordinator_for_it(people, proposal, who):
    answered = answer(getattr(people, who), proposal, reason=" with pleasure ", at=TODAY)
    assert (answered.seeker_answer, answered.offerer_answer) == ("accepted", "open")
    assert (answered.seeker_reason, answered.seeker_answered_at) == ("with pleasure", TODAY)
    assert answered.state is Answer.OPEN
    event = AuditEvent.objects.get(verb="answer_proposal")
    assert (event.subject, event.actor) == (proposal.public_id, str(getattr(people, who)))


@pytest.mark.parametrize("who", ["partner", "stranger", "nobody"])
def test_nobody_else_answers_for_a_side(people, proposal, who):
    with pytest.raises(NotAllowed) as refused:
        answer(getattr(people, who), proposal)
    assert refused.value.code == "not_your_answer"
    proposal.refresh_from_db()
    assert proposal.seeker_answer == "open"
    assert not AuditEvent.objects.filter(verb="answer_proposal").exists()


def test_link_of_another_proposal_opens_nothing_here(people):
    other = a_round((OSKIL, DORTMUND)).proposals.get()
    with pytest.raises(NotAllowed):
        answer(people.owner, other)


def test_rights_of_a_coordinator_are_staff_active_and_permitted(cast):
    assert can(check_can_coordinate, Actor(user=cast.coordinator))
    assert can(check_can_coordinate, SHELL)
    assert not can(check_can_coordinate, Actor())
    assert not can(check_can_answer, Actor(), "proposal_x", Side.SEEKER)
    for right in ("is_staff", "is_active"):
        person = type(cast.coordinator).objects.get(pk=cast.coordinator.pk)
        setattr(person, right, False)
        assert not can(check_can_coordinate, Actor(user=person))
    cast.stranger.is_staff = True
    assert not can(check_can_coordinate, Actor(user=cast.stranger))


def test_actors_are_named_in_audit_events(cast):
    assert str(Actor(user=cast.owner)) == cast.owner.public_id
    assert str(Actor(side_key="proposal_x:seeker")) == "link: proposal_x:seeker"
    assert str(Actor(user=AnonymousUser())) == str(Actor()) == "nobody"
    assert str(Actor.at_the_shell()).startswith("shell: ")


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (publish_round, {}),
        (close_round, {}),
        (withdraw_round, {"reason": "a mistake"}),
    ],
)
@pytest.mark.parametrize("who", ["owner", "partner", "stranger"])
def test_rounds_are_moved_by_coordinators_only(people, proposal, act, more, who):
    with pytest.raises(NotAllowed) as refused:
        act(actor=getattr(people, who), kept=proposal.round, **more)
    assert refused.value.code == "not_a_coordinator"


def test_rounds_are_kept_by_coordinators_only(people):
    with pytest.raises(NotAllowed):
        save_round(actor=people.owner, title="Mine", outcome=an_outcome())


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_round_without_a_title_that_fits_is_refused(title):
    with pytest.raises(Invalid, match="title"):
        save_round(actor=SHELL, title=title, outcome=an_outcome())


def test_link_is_good_for_sixty_days_and_one_side(proposal, monkeypatch):
    token = answer_token(proposal, Side.OFFERER)
    assert proposal_of_token(token) == (proposal, Side.OFFERER)
    assert actor_of_token(token).side_key == side_key(proposal.public_id, Side.OFFERER)
    monkeypatch.setattr(links, "MAX_AGE", -1)
    with pytest.raises(NotAllowed) as refused:
        proposal_of_token(token)
    assert refused.value.code == "link_expired"


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "", lambda t: "x" + t])
def test_spoilt_link_is_refused(proposal, spoil):
    with pytest.raises(NotAllowed) as refused:
        proposal_of_token(spoil(answer_token(proposal, Side.SEEKER)))
    assert refused.value.code == "link_broken"


def test_link_signed_for_something_else_is_refused(proposal):
    with pytest.raises(NotAllowed):
        proposal_of_token(signing.dumps([proposal.public_id, "seeker"]))


def test_link_whose_proposal_is_gone_is_told(proposal):
    token = answer_token(proposal, Side.SEEKER)
    Proposal.objects.all().delete()
    with pytest.raises(NotFound):
        proposal_of_token(token)


def test_two_acceptances_are_a_first_contact_and_no_tie(people, proposal):
    places = [(ZHYTOMYR, Side.SEEKER), (GDYNIA, Side.OFFERER), (ZHYTOMYR, Side.OFFERER)]
    entries = [
        join_waiting_list(actor=SHELL, key=key, side=side, since=dt.date(2026, 1, 1), at=TODAY)
        for key, side in places
    ]
    answer(people.owner, proposal, at=TODAY)
    assert not Seeking.objects.exclude(state=Wait.WAITING).exists()
    accepted = answer(people.partner, proposal, Side.OFFERER, at=TODAY)
    assert accepted.state is Answer.ACCEPTED
    found = [Seeking.objects.get(pk=entry.pk) for entry in entries]
    assert [entry.state for entry in found] == ["contacted", "contacted", "waiting"]
    assert [entry.first_contact_on for entry in found] == [TODAY.date(), TODAY.date(), None]
    assert AuditEvent.objects.filter(verb="record_first_contact").count() == 2
    assert not Tie.objects.exists()


def test_municipalities_that_are_on_no_list_may_accept(people, proposal):
    answer(people.owner, proposal)
    assert answer(people.partner, proposal, Side.OFFERER).state is Answer.ACCEPTED


def test_yes_may_be_taken_back_until_the_other_side_has_said_yes(people, proposal):
    answer(people.owner, proposal)
    assert answer(people.owner, proposal, accept=False).state is Answer.DECLINED
    with pytest.raises(Conflict, match="declined"):
        answer(people.partner, proposal, Side.OFFERER)


def test_yes_of_both_is_not_taken_back(people, proposal):
    answer(people.owner, proposal)
    answer(people.partner, proposal, Side.OFFERER)
    with pytest.raises(Conflict, match="Both sides have accepted"):
        answer(people.owner, proposal, accept=False)


def test_same_answer_a_second_time_is_told(people, proposal):
    answer(people.owner, proposal)
    with pytest.raises(Conflict, match="already"):
        answer(people.owner, proposal)


def test_answer_to_what_was_declined_in_between_is_too_late(people, proposal):
    stale = Proposal.objects.get(pk=proposal.pk)
    answer(people.partner, proposal, Side.OFFERER, accept=False)
    with pytest.raises(Conflict) as refused:
        answer(people.owner, stale)
    assert refused.value.code == "answered_already"
    assert stale.offerer_answer == "declined"


def test_reason_that_is_too_long_is_refused(people, proposal):
    with pytest.raises(Invalid, match="401"):
        answer(people.owner, proposal, reason="x" * 401)


@pytest.mark.parametrize("state", ["draft", "closed", "withdrawn"])
def test_answers_are_taken_only_while_the_round_is_proposed(people, proposal, state):
    Round.objects.update(state=state)
    with pytest.raises(Conflict) as refused:
        answer(people.owner, proposal)
    assert refused.value.code == "round_not_proposed"


ACTS = st.lists(st.tuples(st.sampled_from(list(Side)), st.booleans()), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_answers_follow_the_table_whatever_is_tried(db, acts):
    with transaction.atomic():
        proposal = a_round().proposals.get()
        said = dict.fromkeys(Side, Answer.OPEN)
        for side, accept in acts:
            after = Answer.ACCEPTED if accept else Answer.DECLINED
            over = state_of_answers(*said.values()) is not Answer.OPEN
            if over or after not in ANSWER_TRANSITIONS[said[side]]:
                with pytest.raises(Conflict):
                    answer(SHELL, proposal, side, accept)
            else:
                said[side] = after
                assert answer(SHELL, proposal, side, accept).state is state_of_answers(
                    *said.values()
                )
        proposal.refresh_from_db()
        assert {side: getattr(proposal, f"{side}_answer") for side in Side} == said
        transaction.set_rollback(True)


MOVES = {
    RoundState.PROPOSED: publish_round,
    RoundState.CLOSED: close_round,
    RoundState.WITHDRAWN: lambda **who: withdraw_round(**who, reason="a mistake"),
}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(list(MOVES)), max_size=5))
def test_rounds_follow_the_table_whatever_is_tried(db, moves):
    with transaction.atomic():
        kept, state = a_round(publish=False), RoundState.DRAFT
        for to in moves:
            if to in ROUND_TRANSITIONS[state]:
                state = to
                MOVES[to](actor=SHELL, kept=kept)
            else:
                with pytest.raises(Conflict):
                    MOVES[to](actor=SHELL, kept=kept)
            assert Round.objects.get(pk=kept.pk).state == state
        transaction.set_rollback(True)


def test_round_that_moved_on_in_between_is_not_moved_twice():
    kept = a_round(publish=False)
    stale = Round.objects.get(pk=kept.pk)
    publish_round(actor=SHELL, kept=kept)
    with pytest.raises(Conflict) as refused:
        withdraw_round(actor=SHELL, kept=stale, reason="a mistake")
    assert refused.value.code == "round_changed"
    assert Round.objects.get().state == "proposed"


def test_round_is_not_taken_back_without_a_reason():
    with pytest.raises(Invalid, match="reason"):
        withdraw_round(actor=SHELL, kept=a_round(), reason=" ")


def test_reason_of_a_withdrawal_is_kept():
    kept = withdraw_round(actor=SHELL, kept=a_round(), reason="wrong file")
    assert kept.state == "withdrawn"
    assert AuditEvent.objects.get(verb="withdraw_round").after["reason"] == "wrong file"


def test_kept_round_holds_pairs_and_those_without_anybody():
    kept = a_round((ZHYTOMYR, GDYNIA), unserved=[OSKIL], idle=[DORTMUND], hidden=[OSKIL])
    assert kept.figures == {"welfare": 1.5}
    assert list(kept.proposals.values_list("seeker", "offerer", "fit")) == [(ZHYTOMYR, GDYNIA, 0.5)]
    rows = PassedOver.objects.values_list("municipality", "side", "reason", "named")
    assert set(rows) == {
        (OSKIL, "seeker", "offerers_full", False),
        (DORTMUND, "offerer", "not_given", True),
    }


def test_ids_of_proposals_tell_nothing_of_their_pair():
    ids = {a_round(publish=False).proposals.get().public_id for _again in range(2)}
    assert len(ids) == 2


def test_public_sees_no_draft_and_nothing_taken_back():
    draft, proposed = a_round(publish=False), a_round((OSKIL, GDYNIA))
    gone = withdraw_round(actor=SHELL, kept=a_round((OSKIL, DORTMUND)), reason="a mistake")
    assert published_rounds() == [proposed]
    assert round_by_id(proposed.public_id) == proposed
    for hidden in (draft.public_id, gone.public_id, "round_x", "'"):
        with pytest.raises(NotFound):
            round_by_id(hidden)
    assert round_by_id(draft.public_id, reveal=True) == draft


def test_public_sees_no_name_that_is_not_to_be_told():
    kept = a_round(
        (ZHYTOMYR, DORTMUND), (OSKIL, GDYNIA), unserved=[OSKIL], idle=[DORTMUND], hidden=[OSKIL]
    )
    open_pair, hidden_pair = shown_proposals(kept=kept, lang="en")
    assert (open_pair.seeker.shown, open_pair.fit) == ("Zhytomyr", 0.5)
    assert (
        hidden_pair.seeker.shown
        == "a rural hromada of 10–20 thousand inhabitants in Kharkiv Oblast"
    )
    assert (hidden_pair.seeker.key, hidden_pair.seeker.lat, hidden_pair.fit) == ("", None, None)
    assert hidden_pair.offerer.shown == "Gdynia"
    (seeker,) = shown_unserved(kept=kept, lang="en")
    (offerer,) = shown_unserved(kept=kept, lang="en", side=Side.OFFERER)
    assert "Oskil" not in seeker.party.shown
    assert "Dortmund" not in seeker.sentence
    assert (offerer.side, offerer.party.shown) == (Side.OFFERER, "Dortmund")


def test_coordinator_sees_every_name():
    kept = a_round((OSKIL, GDYNIA), unserved=[ZHYTOMYR], hidden=[OSKIL, ZHYTOMYR])
    (pair,) = shown_proposals(kept=kept, lang="uk", reveal=True)
    assert (pair.seeker.shown, pair.seeker.key, pair.fit) == ("Оскіл", OSKIL, 0.5)
    (row,) = shown_unserved(kept=kept, lang="en", reveal=True)
    assert "Dortmund (0.100 short)" in row.sentence


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_reason_has_a_sentence_that_names_nobody_in_public(reason):
    facts = {"best": [{"offerer": DORTMUND, "missing": 0.1}]}
    public = unserved_sentence(reason, facts, reveal=False)
    assert public.endswith(".")
    assert "Dortmund" not in public
    assert unserved_sentence(reason, facts).startswith(public)


@pytest.mark.parametrize("model", [Round, Proposal, PassedOver, Seeking])
def test_steward_looks_at_rounds_and_changes_nothing(rf, cast, model):
    a_round()
    request = rf.get("/staff/")
    request.user = cast.coordinator
    page = partnering_admin.admin.site.get_model_admin(model)
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
    assert page.get_queryset(request).count() == model.objects.count()
    row = {"municipality": OSKIL, "public_id": "seeking_x", "title": "Spring"}
    names = {field.name for field in model._meta.fields}
    assert str(model(**{name: value for name, value in row.items() if name in names}))


@pytest.mark.parametrize(
    "change",
    [
        {"seeker_answer": "accepted"},
        {"offerer_answered_at": TODAY},
        {"seeker_answer": "perhaps", "seeker_answered_at": TODAY},
    ],
)
def test_database_keeps_answer_and_time_together(proposal, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(**change)


def test_database_knows_the_states_of_a_round(proposal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.update(state="forgotten")
