"""Several at once, each with a connection of its own: nothing is promised twice or lost."""

import contextlib
import random
from decimal import Decimal

import pytest
from answers_cast import a_letter, a_publication, adds_up, again, an_offer
from needs_cast import a_need, steps, the_needy

from mistok.kernel.errors import Refusal
from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, LineAnswer, LinkAnswer
from mistok.needs.models import Commitment
from side_by_side import side_by_side

pytestmark = pytest.mark.django_db
HANDS = 4


@pytest.fixture(scope="module")
def at_once(django_db_setup, django_db_blocker, world, tmp_path_factory):
    """The same people for all tests of this module."""
    folder = tmp_path_factory.mktemp("at-once")
    with django_db_blocker.unblock(), side_by_side(the_needy, folder) as found:
        yield found


def commit(people, need, number, giver=None):
    giver = giver or people.partner
    return answers.commit(
        actor=giver.officer,
        need=need,
        giver=giver.office,
        entry=CommitmentEntry(number=Decimal(number)),
    )


def test_of_many_givers_no_more_are_taken_than_is_open(at_once):
    people = at_once.people
    need = at_once.one(lambda: a_need(people.home, 8))
    found = at_once.do(*[lambda: commit(people, need, 3)] * HANDS)
    assert found.count("more_than_open") == HANDS - 2
    need = at_once.one(lambda: adds_up(need))
    assert (need.still_open, need.committed, need.state) == (steps(2), steps(6), "open")


def test_link_is_good_once(at_once):
    people = at_once.people

    def made():
        need = a_need(people.home, 8)
        letter = a_letter(people.home, [need], people.second)
        return need, answers.make_link(letter.addressees.get()).token

    need, token = at_once.one(made)
    line = LineAnswer(need=need.public_id, entry=CommitmentEntry(number=Decimal(1)))
    answer = LinkAnswer(lines=(line,))
    found = at_once.do(*[lambda: answers.answer_by_link(token=token, entry=answer)] * HANDS)
    assert found.count("link_used") == HANDS - 1
    assert at_once.one(lambda: adds_up(need)).committed == steps(1)


def test_address_is_confirmed_once(at_once):
    people = at_once.people

    def made():
        need = a_need(people.home, 8, item="ambulance")
        a_publication(need)
        return need, answers.commit_privately(
            actor=people.stranger,
            need=need,
            giver="citizen",
            name="Anna",
            entry=CommitmentEntry(number=Decimal(2)),
        )

    need, to_confirm = at_once.one(made)
    found = at_once.do(*[lambda: answers.confirm_by_link(token=to_confirm.token)] * HANDS)
    assert found.count("link_used") == HANDS - 1
    assert at_once.one(lambda: adds_up(need)).committed == steps(2)


def test_what_is_left_of_an_offer_is_given_once(at_once):
    people = at_once.people

    def made():
        offer = an_offer(people.partner, 3)
        rows = [
            answers.propose_from_offer(
                actor=people.partner.officer,
                offer=offer,
                need=a_need(people.home, 2),
                amount=Decimal(2),
            )
            for _number in range(HANDS)
        ]
        return offer, rows

    offer, rows = at_once.one(made)
    acts = [
        lambda row=row: answers.accept_commitment(actor=people.home.officer, commitment=row)
        for row in rows
    ]
    found = at_once.do(*acts)
    assert found.count("offer_taken") == HANDS - 1
    offer = at_once.one(lambda: adds_up(offer))
    assert (offer.left, offer.taken) == (steps(1), steps(2))
    for row in rows:
        at_once.one(lambda row=row: adds_up(row.need))


def test_one_word_is_given_to_a_proposal(at_once):
    people = at_once.people
    need = at_once.one(lambda: a_need(people.home, 5))
    entry = CommitmentEntry(number=Decimal(7), beyond_open=True)
    row = at_once.one(
        lambda: answers.commit(
            actor=people.partner.officer, need=need, giver=people.partner.office, entry=entry
        )
    )
    told = {"actor": people.home.officer, "commitment": row}
    found = at_once.do(
        lambda: answers.accept_commitment(**told),
        lambda: answers.decline_commitment(**told),
        lambda: answers.accept_commitment(**told),
        lambda: answers.withdraw_commitment(
            actor=people.partner.officer, commitment=row, reason="No."
        ),
    )
    assert found[:3].count("commitment_changed") >= 2
    at_once.one(lambda: adds_up(need))
    assert at_once.one(lambda: again(row)).state in ("made", "declined", "withdrawn")


def test_last_two_that_come_at_once_fulfil_the_need(at_once):
    people = at_once.people
    need = at_once.one(lambda: a_need(people.home, 4))
    rows = [at_once.one(lambda: commit(people, need, 2)) for _number in range(2)]
    at_once.do(
        *[
            lambda row=row: answers.keep_commitment(actor=people.home.officer, commitment=row)
            for row in rows
        ]
    )
    assert at_once.one(lambda: adds_up(need)).state == "fulfilled"


@pytest.mark.parametrize("seed", [1, 2])
def test_random_histories_side_by_side_add_up(at_once, seed):
    people = at_once.people
    need = at_once.one(lambda: a_need(people.home, 10))
    offer = at_once.one(lambda: an_offer(people.partner, 6))

    def history(number):
        dice = random.Random(seed * 100 + number)
        for _turn in range(6):
            with contextlib.suppress(Refusal):
                _turn_of(dice, people, need, offer)

    at_once.do(*[lambda number=number: history(number) for number in range(HANDS)])
    need = at_once.one(lambda: adds_up(need))
    offer = at_once.one(lambda: adds_up(offer))
    assert need.asked >= steps(10)
    assert at_once.one(need.commitments.count) > 0


def _turn_of(dice, people, need, offer):
    asker, giver = people.home.officer, people.partner.officer
    row = Commitment.objects.filter(need=need).order_by("?").first()
    act = dice.choice(["commit", "commit", "beyond", "propose", "accept", "withdraw", "keep"])
    if act == "commit":
        commit(people, need, dice.randint(1, 6))
    elif act == "beyond":
        entry = CommitmentEntry(number=Decimal(dice.randint(1, 12)), beyond_open=True)
        answers.commit(actor=giver, need=need, giver=people.partner.office, entry=entry)
    elif act == "propose":
        answers.propose_from_offer(actor=giver, offer=offer, need=need, amount=Decimal(2))
    elif row is not None and act == "accept":
        answers.accept_commitment(actor=asker, commitment=row, surplus=Decimal(4))
    elif row is not None and act == "withdraw":
        answers.withdraw_commitment(actor=giver, commitment=row, reason="No.")
    elif row is not None:
        answers.keep_commitment(actor=asker, commitment=row)
