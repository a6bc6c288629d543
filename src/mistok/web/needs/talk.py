"""Who helps with a need, and what was asked and replied about it, as far as one may read it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from mistok.accounts.permissions import Permission
from mistok.needs.answers import Entry, public_name, thread_of
from mistok.needs.lifecycle import COUNTING, CommitmentState
from mistok.needs.models import Commitment, Need
from mistok.needs.models.answers import COMMITMENT_STATES, Giver
from mistok.registry.gazetteer import the_world
from mistok.web.needs.need_seat import NeedSeat
from mistok.web.needs.words import day_words, steps_text
from mistok.web.offices.words import moment_words
from mistok.web.registry.present import place_url
from mistok.web.words import StateBadge, lang

TALK = ("question", "reply")
TONES = {
    "question": "amber",
    "proposed": "amber",
    "unconfirmed": "slate",
    "made": "moss",
    "accepted": "moss",
    "confirmed": "moss",
    "kept": "moss",
    "need_fulfilled": "moss",
    "withdrawn": "clay",
    "declined": "clay",
    "refused": "clay",
    "need_withdrawn": "clay",
}
"""How an entry looks; all others are plain."""
LOOKS = {
    CommitmentState.UNCONFIRMED: ("slate", "◌"),
    CommitmentState.PROPOSED: ("amber", "◐"),
    CommitmentState.MADE: ("moss", "●"),
    CommitmentState.KEPT: ("moss", "✓"),
    CommitmentState.WITHDRAWN: ("clay", "✕"),
    CommitmentState.DECLINED: ("clay", "✕"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLine:
    """One commitment as a row: who, how much, when, where it stands."""

    giver: str
    giver_url: str
    amount: str
    form: str
    instead: str
    arrives: str
    note: str
    state: StateBadge
    made: str
    url: str
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened or was said, and where its reader replies to it."""

    at: str
    at_iso: str
    tone: str
    sentence: str
    text: str
    reply_url: str = ""


def commitments_of(seat: NeedSeat, need: Need) -> list[CommitmentLine]:
    """Commitments that this reader may know: all for the two sides, for others those that count."""
    rows = need.commitments.select_related("giver_office")
    own = {office.pk for office in seat.partners}
    return [
        _line(seat, need, row, sides=seat.own is not None or row.giver_office_id in own)
        for row in rows
        if seat.own is not None or row.giver_office_id in own or row.state in COUNTING
    ]


def _line(seat: NeedSeat, need: Need, row: Commitment, *, sides: bool) -> CommitmentLine:
    tone, icon = LOOKS[CommitmentState(row.state)]
    return CommitmentLine(
        giver=_giver(row, named=sides),
        giver_url=place_url(row.giver_place) if row.giver_place else "",
        amount=steps_text(row.covers, need.unit),
        form=str(row.get_form_display()),
        instead=row.instead,
        arrives=day_words(row.arrives_on),
        note=row.note if sides else "",
        state=StateBadge(row.state, str(dict(COMMITMENT_STATES)[row.state]), tone, icon),
        made=moment_words(row.made_at),
        url=reverse("answers:commitment", args=[row.public_id]) if sides else "",
        counts=row.state in COUNTING,
    )


def _giver(row: Commitment, *, named: bool) -> str:
    """A municipality by its name in the reader's language; nobody else by hers but to the sides."""
    if row.giver_place:
        return the_world().get(row.giver_place).name_in(lang())
    return row.giver_name if named and row.giver != Giver.MUNICIPALITY else public_name(row)


def story_of(seat: NeedSeat, need: Need) -> list[Happened]:
    """What happened to the need and what was said, oldest first, as far as one may know it."""
    return [
        Happened(
            at=moment_words(one.at),
            at_iso=timezone.localdate(one.at).isoformat(),
            tone=TONES.get(one.kind, "river"),
            sentence=one.sentence,
            text=one.text,
            reply_url=_reply_url(seat, one),
        )
        for one in thread_of(need, viewer=seat.actor)
    ]


def _reply_url(seat: NeedSeat, one: Entry) -> str:
    """Where the other side replies to what was said; whoever said it adds nothing here."""
    if one.kind not in TALK:
        return ""
    right = Permission.ANSWER_APPEAL
    other = seat.may(right) if one.side == "giver" else bool(seat.helpers(right))
    if not other:
        return ""
    return f"{reverse('answers:ask', args=[seat.public_id])}?question={one.subject}"
