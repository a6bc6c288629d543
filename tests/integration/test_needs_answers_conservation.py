"""Conservation: whatever is done in whatever order, the sums of needs and offers hold."""

import contextlib
from dataclasses import replace
from decimal import Decimal

import needs_cast
import pytest
from answers_cast import adds_up, again, an_offer
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from needs_cast import a_need, steps

from mistok.kernel.errors import Refusal
from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry, OfferEntry
from mistok.needs.lines import change_need, entry_of, withdraw_need
from mistok.needs.models import Commitment

pytestmark = pytest.mark.django_db
people = needs_cast.needy
NUMBER = st.integers(1, 6)
FLAG = st.booleans()
ACTS = st.one_of(
    st.tuples(st.just("commit"), NUMBER, FLAG, st.sampled_from(["", "", "Lamps"]), FLAG),
    st.tuples(st.just("propose"), NUMBER, FLAG, FLAG),
    st.tuples(st.just("accept"), NUMBER, FLAG),
    st.tuples(st.just("withdraw"), NUMBER, FLAG),
    st.tuples(st.sampled_from(["decline", "keep"]), NUMBER, FLAG),
    st.tuples(st.sampled_from(["ask_less", "ask", "change"]), NUMBER),
    st.tuples(st.just("close")),
)
FIRST = (("propose", 3, False, False), ("propose", 2, True, False), ("commit", 6, True, "", False))
"""Every history begins with something that waits for a word."""


class History:
    """One need and one offer, and everything that two offices can do with them."""

    def __init__(self, people, asked=8, offered=6):
        self.asker, self.giver = people.home.officer, people.partner.officer
        self.office = people.partner.office
        self.need = a_need(people.home, asked)
        self.offer = an_offer(people.partner, offered)

    def do(self, act, *given):
        with contextlib.suppress(Refusal):
            getattr(self, act)(*given)

    def commit(self, number, beyond, instead, all_of_it):
        number = None if all_of_it else Decimal(number)
        entry = CommitmentEntry(number=number, beyond_open=beyond, instead=instead)
        answers.commit(actor=self.giver, need=self.need, giver=self.office, entry=entry)

    def propose(self, number, by_asker, beyond):
        answers.propose_from_offer(
            actor=self.asker if by_asker else self.giver,
            offer=self.offer,
            need=self.need,
            amount=Decimal(number),
            entry=CommitmentEntry(beyond_open=beyond),
        )

    def _row(self, number, *states):
        """One that the act may fit, else any: what does not fit must be refused."""
        rows = list(Commitment.objects.filter(need=self.need).order_by("pk"))
        fitting = [row for row in rows if row.state in states] or rows
        return fitting[number % len(fitting)]

    def accept(self, number, more):
        row = self._row(number, "proposed")
        who = self.giver if row.asks == "giver" else self.asker
        surplus = Decimal(number) if more else None
        before = again(self.need).asked
        agreed = steps(number) if more and row.asks == "asker" else row.surplus
        answers.accept_commitment(actor=who, commitment=row, surplus=surplus)
        # Only the word of both sides raises what is asked, and by no more than both have said.
        assert again(self.need).asked - before == again(row).surplus <= max(agreed, 0)

    def decline(self, number, _more):
        row = self._row(number, "proposed")
        who = self.giver if row.asks == "giver" else self.asker
        answers.decline_commitment(actor=who, commitment=row)

    def withdraw(self, number, by_asker):
        who = self.asker if by_asker else self.giver
        answers.withdraw_commitment(actor=who, commitment=self._row(number, "made"), reason="No.")

    def keep(self, number, _more):
        answers.keep_commitment(actor=self.asker, commitment=self._row(number, "made"))

    def ask_less(self, number):
        withdraw_need(
            actor=self.asker, need=again(self.need), reason="Bought.", amount=steps(number)
        )

    def ask(self, number):
        need = again(self.need)
        entry = replace(entry_of(need), number=Decimal(number))
        change_need(actor=self.asker, need=need, entry=entry)

    def change(self, number):
        entry = OfferEntry(number=Decimal(number), item=self.offer.item)
        answers.change_offer(actor=self.giver, offer=again(self.offer), entry=entry)

    def close(self):
        answers.close_offer(actor=self.giver, offer=again(self.offer))


@settings(max_examples=12)
@given(st.lists(ACTS, min_size=5, max_size=9))
def test_every_history_adds_up(people, acts):
    with transaction.atomic():
        history = History(people)
        for act, *given_ in [*FIRST, *acts]:
            asked = again(history.need).asked
            history.do(act, *given_)
            need = adds_up(history.need)
            adds_up(history.offer)
            if act not in ("accept", "ask"):
                assert need.asked <= asked
            open_ones = need.commitments.filter(state="made")
            assert (need.state == "fulfilled") <= (not open_ones.exists() and not need.still_open)
        transaction.set_rollback(True)
