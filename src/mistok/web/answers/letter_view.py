"""A letter of appeal as its addressee reads it here: head, lines, whether it is genuine."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.kernel.errors import Refusal
from mistok.needs.appeals import verify
from mistok.needs.lifecycle import AppealState, NeedState
from mistok.needs.lines import words_of
from mistok.needs.models import Addressee, Appeal, AppealLine, Letter, Need
from mistok.papers import compose
from mistok.web.answers.lines_form import LineAsked
from mistok.web.answers.words import place_of
from mistok.web.cards import PlaceCard
from mistok.web.offices.words import day_words, moment_words
from mistok.web.procedure.preview import PieceView, pieces_of
from mistok.web.words import StateBadge

SECRET_SLOTS = frozenset({"answer_address"})
"""What a letter holds and no page shows: its link answers in the name of the addressee."""
OF_FILES = frozenset({"copy"})
"""Pieces that speak of the file that they stand in."""
_LOOKS: Mapping[str, tuple[str, str]] = {
    "genuine": ("moss", "✓"),
    "replaced": ("amber", "◐"),
    "expired": ("amber", "◌"),
    "recalled": ("clay", "✕"),
    "unknown": ("clay", "✕"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """The head of a letter; `told` says in a sentence what `state` means."""

    sender: PlaceCard
    addressee: str
    number: str
    date: str
    valid_until: str
    language: str
    state: StateBadge
    told: str
    call_back: str
    mail: str
    site: str
    verify_url: str
    preview: list[PieceView]


def letter_view(addressee: Addressee, letter: Letter) -> LetterView:
    """The letter that went to this addressee last."""
    appeal = addressee.appeal
    office = appeal.office
    state = verify(letter.code).state
    tone, icon = _LOOKS[state]
    label, told = _told(state)
    return LetterView(
        sender=place_of(office.place),
        addressee=addressee.name,
        number=f"{appeal.number}/{appeal.year}",
        date=moment_words(letter.made_at),
        valid_until=day_words(appeal.valid_until),
        language=addressee.language,
        state=StateBadge(state, label, tone, icon),
        told=told,
        call_back=office.callback_phone,
        mail=office.official_email,
        site=office.official_site,
        verify_url=reverse("verify:letter", args=[letter.code]),
        preview=_preview(letter),
    )


def _told(state: str) -> tuple[str, str]:
    told = {
        "genuine": (
            _("genuine"),
            _("This letter was made here by the verified office of the municipality that asks."),
        ),
        "replaced": (
            _("replaced"),
            _("A newer version of this letter went out. Below you read what is asked today."),
        ),
        "expired": (
            _("expired"),
            _("The letter is genuine, and the day until which it was good has passed."),
        ),
        "recalled": (
            _("recalled"),
            _("The letter is genuine, and the municipality that asked has recalled it."),
        ),
    }
    unknown = _("We do not know this letter. Call the municipality back before you answer.")
    return told.get(state, (_("unknown"), unknown))


def _preview(letter: Letter) -> list[PieceView]:
    """The words of the letter itself; nothing where an old template cannot be composed again."""
    slots = {name: value for name, value in letter.slots.items() if name not in SECRET_SLOTS}
    try:
        paper = compose(
            "letter_of_appeal", letter.languages, slots, version=letter.template_version
        )
    except Refusal:
        return []
    return [piece for piece in pieces_of(paper) if piece.block not in OF_FILES]


def shut(appeal: Appeal, today: dt.date) -> str:
    """Why a letter takes no answer any more, in a sentence; empty while it does."""
    if appeal.state == AppealState.RECALLED:
        told = {"day": moment_words(appeal.recalled_at), "reason": appeal.recall_reason}
        return _("This letter was recalled on %(day)s. The reason: %(reason)s") % told
    if appeal.state != AppealState.SENT:
        told = {"day": moment_words(appeal.closed_at)}
        return _("This letter was closed on %(day)s. It takes no answers any more.") % told
    if appeal.valid_until and appeal.valid_until < today:
        return _(
            "This letter was good until %(day)s. Ask the municipality whether it still needs help."
        ) % {"day": day_words(appeal.valid_until)}
    return ""


def lines_of(appeal: Appeal, language: str) -> list[LineAsked]:
    """The lines of a letter in its language, with what is open of each today."""
    rows = appeal.lines.select_related("need").order_by("position")
    return [_line(row, language) for row in rows]


def _line(row: AppealLine, language: str) -> LineAsked:
    need = row.need
    return LineAsked(
        number=row.position,
        need=need,
        words=words_of(need, language, steps=row.amount),
        lang=language,
        facts=tuple(need_facts(need)),
        asked=row.amount,
        open=need.still_open,
        closed=_closed(need),
    )


def _closed(need: Need) -> str:
    told = {
        NeedState.WITHDRAWN: _("Nothing is asked of this line any more: it was withdrawn."),
        NeedState.FULFILLED: _("This line is fulfilled. Nothing more is asked."),
    }
    return told.get(NeedState(need.state), "")


def need_facts(need: Need) -> list[tuple[str, str]]:
    """What else is told of a need, with its label; empty ones are left out."""
    months, wear = need.shelf_life_months, need.wear_percent
    least = ngettext("at least %(n)s month", "at least %(n)s months", months or 0)
    told = [
        (_("Priority"), str(need.get_priority_display())),
        (_("Needed by"), day_words(need.needed_by)),
        (_("Season"), "" if need.season == "none" else str(need.get_season_display())),
        (_("For whom"), str(need.get_end_user_display())),
        (_("Shelf life left"), least % {"n": months} if months else ""),
        (_("Wear"), _("at most %(n)s %%") % {"n": wear} if wear is not None else ""),
        (_("Delivery"), need.delivery_note),
    ]
    return [(label, value) for label, value in told if value]
