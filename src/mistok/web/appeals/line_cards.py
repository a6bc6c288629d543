"""Lines of a letter with what was committed against each, and by whom."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.needs.items import LANGUAGES, Amount, amount_text
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines import words_of
from mistok.needs.models import AppealLine, Commitment, Need
from mistok.needs.models.answers import Giver
from mistok.web.answers.words import giver_words
from mistok.web.appeals.cards import Given, LineCard
from mistok.web.appeals.seats import Seat
from mistok.web.appeals.words import commitment_badge
from mistok.web.procedure.words import day_words
from mistok.web.words import StateBadge, lang

TOLD = (CommitmentState.PROPOSED, CommitmentState.MADE, CommitmentState.KEPT)
"""What others than the two sides of a commitment learn of it."""


def line_cards(seat: Seat) -> list[LineCard]:
    """Every line of the letter, in its order."""
    rows = seat.appeal.lines.select_related("need").prefetch_related("need__commitments")
    return [_line(seat, one) for one in rows]


def _line(seat: Seat, line: AppealLine) -> LineCard:
    need = line.need
    given = [one for one in need.commitments.all() if _visible(seat, one)]
    return LineCard(
        number=line.position,
        url=reverse("needs:need", args=[need.public_id]),
        words=words_of(need, lang()),
        asked=amount_told(need, line.amount),
        committed=amount_told(need, need.committed),
        still_open=amount_told(need, need.still_open),
        percent=round(100 * need.committed / (need.asked - need.withdrawn or 1)),
        priority=need.get_priority_display(),
        needed_by=day_words(need.needed_by),
        given=tuple(_given(seat, need, one) for one in _in_order(given)),
    )


def amount_told(need: Need, steps: int) -> str:
    """Thousandths of a need's unit as a table shows them."""
    told = lang() if lang() in LANGUAGES else "en"
    return amount_text(Amount(need.number(steps), need.unit), told)


def _visible(seat: Seat, one: Commitment) -> bool:
    """The asker sees everything; a partner its own, and what stands of others."""
    if seat.addressee is None:
        return one.state != CommitmentState.UNCONFIRMED
    return one.giver_place == seat.office.place or one.state in TOLD


def _in_order(given: Iterable[Commitment]) -> list[Commitment]:
    return sorted(given, key=lambda one: (one.made_at, one.pk))


def _badge(seat: Seat, one: Commitment) -> StateBadge:
    """Where a commitment stands; whose word is awaited is told to those whose it is."""
    badge = commitment_badge(one.state)
    asked = "asker" if seat.addressee is None else "giver"
    if one.asks == asked and (seat.addressee is None or one.giver_place == seat.office.place):
        return replace(badge, label=_("waits for your word"))
    return badge


def _given(seat: Seat, need: Need, one: Commitment) -> Given:
    own = seat.addressee is None or one.giver_place == seat.office.place
    return Given(
        giver=giver_words(one) if own or one.giver != Giver.CITIZEN else _("a citizen"),
        amount=amount_told(need, one.covers),
        badge=_badge(seat, one),
        url=reverse("answers:commitment", args=[one.public_id]) if own else "",
        form=one.instead or one.get_form_display(),
        arrives=day_words(one.arrives_on),
        note=one.note if own else "",
    )
