"""The talk about a letter, and its life as a line of days."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import Answer, Commitment, Letter
from mistok.web.answers.words import giver_words, place_name
from mistok.web.appeals.cards import SaidCard
from mistok.web.appeals.line_cards import TOLD, amount_told
from mistok.web.appeals.seats import Seat
from mistok.web.appeals.words import moment_words, number_words
from mistok.web.cards import Moment

TONES = {
    Answer.Kind.ACKNOWLEDGED: "moss",
    Answer.Kind.REFUSED: "clay",
    Answer.Kind.QUESTION: "amber",
    Answer.Kind.REPLY: "river",
}


def answers_of(seat: Seat) -> list[Answer]:
    """What was said, oldest first: all of it to the asker, to a partner its own talk."""
    rows = seat.appeal.answers.select_related("need", "office", "addressee")
    if seat.addressee is not None:
        rows = rows.filter(addressee=seat.addressee)
    return list(rows.prefetch_related("replies").order_by("at", "pk"))


def said_cards(seat: Seat) -> list[SaidCard]:
    """The talk as the page shows it."""
    positions = dict(seat.appeal.lines.values_list("need", "position"))
    return [_said(one, positions) for one in answers_of(seat)]


def _said(one: Answer, positions: dict[int, int]) -> SaidCard:
    position = positions.get(one.need_id or 0)
    return SaidCard(
        id=one.public_id,
        kind=one.kind,
        label=str(Answer.Kind(one.kind).label),
        who=_who(one),
        at=moment_words(one.at),
        text=one.text,
        line=pgettext("letter", "line %(number)s") % {"number": position} if position else "",
        answered=bool(one.replies.all()) or one.kind != Answer.Kind.QUESTION,
    )


def _who(one: Answer) -> str:
    """The municipality that says it, and the name that was given with it."""
    office = one.office.name if one.office else ""
    place = place_name(one.place, office)
    said = one.by_name.removesuffix(f", {one.addressee.name}") if one.addressee else one.by_name
    names = (place, "" if said == office else said)
    return ", ".join(dict.fromkeys(name for name in names if name))


def moments(seat: Seat) -> list[Moment]:
    """The life of the letter, the newest first."""
    told = [*_own_days(seat), *_letters(seat), *_answers(seat), *_commitments(seat)]
    told.sort(key=lambda one: one[0], reverse=True)
    return [
        Moment(date=moment_words(at), date_iso=_iso(at), text=text, url="", tone=tone)
        for at, text, tone in told
    ]


PROPOSES = gettext_lazy("%(name)s proposes %(amount)s")
COMMITS = gettext_lazy("%(name)s commits %(amount)s")
Day = tuple[dt.datetime, str, str]


def _own_days(seat: Seat) -> Iterator[Day]:
    """What the office that writes did with it."""
    appeal, own = seat.appeal, seat.addressee is None
    if own:
        yield appeal.written_at, _("written"), "slate"
    if own and appeal.approved_at:
        number = {"number": number_words(appeal)}
        yield appeal.approved_at, _("approved under number %(number)s") % number, "river"
    if appeal.sent_at:
        yield appeal.sent_at, _("sent"), "moss"
    if appeal.closed_at:
        yield appeal.closed_at, _("closed"), "slate"
    if appeal.recalled_at:
        reason = {"reason": appeal.recall_reason}
        yield appeal.recalled_at, _("recalled: %(reason)s") % reason, "clay"


def _letters(seat: Seat) -> Iterator[Day]:
    """Corrected versions; the first went out when the letter was sent."""
    rows = Letter.objects.filter(addressee__appeal=seat.appeal, number__gt=1)
    if seat.addressee is not None:
        rows = rows.filter(addressee=seat.addressee)
    for one in rows.select_related("addressee"):
        told = {"number": one.number, "name": one.addressee.name}
        yield one.made_at, _("version %(number)s was made for %(name)s") % told, "river"


def _answers(seat: Seat) -> Iterator[Day]:
    for one in answers_of(seat):
        kind = Answer.Kind(one.kind)
        yield one.at, f"{_who(one)}: {kind.label}", TONES[kind]


def _commitments(seat: Seat) -> Iterator[Day]:
    """What was committed in answer to this letter."""
    rows = Commitment.objects.filter(addressee__appeal=seat.appeal).select_related("need")
    for one in rows:
        if seat.addressee is None or one.giver_place == seat.office.place or one.state in TOLD:
            told = {"name": giver_words(one), "amount": amount_told(one.need, one.covers)}
            proposed = one.state == CommitmentState.PROPOSED
            words = (
                _("%(name)s proposes %(amount)s") if proposed else _("%(name)s commits %(amount)s")
            )
            yield one.made_at, str(words) % told, "amber" if proposed else "moss"


def _iso(at: dt.datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes")
