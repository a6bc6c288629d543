"""Words and badges of letters for pages."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.needs.lifecycle import AppealState, CommitmentState
from mistok.needs.models import Appeal
from mistok.needs.models.answers import COMMITMENT_STATES
from mistok.needs.models.appeals import APPEAL_STATES
from mistok.web.procedure.words import day_words
from mistok.web.words import StateBadge

LOOKS = {
    AppealState.DRAFT: ("slate", "○"),
    AppealState.IN_REVIEW: ("amber", "◐"),
    AppealState.APPROVED: ("river", "▶"),
    AppealState.SENT: ("moss", "✓"),
    AppealState.CLOSED: ("slate", "■"),
    AppealState.RECALLED: ("clay", "✕"),
    AppealState.WITHDRAWN: ("slate", "✕"),
}
COMMITMENT_LOOKS = {
    CommitmentState.UNCONFIRMED: ("slate", "○"),
    CommitmentState.PROPOSED: ("amber", "◐"),
    CommitmentState.MADE: ("moss", "●"),
    CommitmentState.KEPT: ("moss", "✓"),
    CommitmentState.WITHDRAWN: ("clay", "✕"),
    CommitmentState.DECLINED: ("clay", "✕"),
}
GREETED = {
    "": gettext_lazy("nobody by name"),
    "mayor": gettext_lazy("mayor"),
    "city_head": gettext_lazy("mayor of a city in Ukraine (міський голова)"),
    "burgomaster": gettext_lazy("mayor (Bürgermeister, burmistrz, bourgmestre)"),
    "lord_mayor": gettext_lazy("lord mayor (Oberbürgermeister)"),
    "city_president": gettext_lazy("president of a city (prezydent miasta)"),
    "commune_head": gettext_lazy("head of a commune (wójt)"),
    "hromada_head": gettext_lazy("head of a hromada (голова громади)"),
    "council_chair": gettext_lazy("chair of a council"),
    "county_head": gettext_lazy("head of a county (Landrat, starosta)"),
}
"""How a letter greets: the offices that `papers.naming.OFFICES` names."""
GENDERS = {"": gettext_lazy("not known"), "f": gettext_lazy("a woman"), "m": gettext_lazy("a man")}


def expired(appeal: Appeal, today: dt.date | None = None) -> bool:
    """Whether the day has passed until which a letter that went out is good."""
    day = today or timezone.localdate()
    return (
        appeal.state == AppealState.SENT
        and appeal.valid_until is not None
        and appeal.valid_until < day
    )


def appeal_badge(appeal: Appeal) -> StateBadge:
    """The badge of a letter's state: word, sign and tone."""
    if expired(appeal):
        return StateBadge("expired", _("its day has passed"), "amber", "◔")
    state = AppealState(appeal.state)
    tone, icon = LOOKS[state]
    return StateBadge(state, str(dict(APPEAL_STATES)[state.value]), tone, icon)


def commitment_badge(state: str) -> StateBadge:
    """The badge of a commitment's state."""
    tone, icon = COMMITMENT_LOOKS[CommitmentState(state)]
    return StateBadge(state, str(dict(COMMITMENT_STATES)[state]), tone, icon)


def number_words(appeal: Appeal) -> str:
    """The number in the register, for example 12/2026; empty before the approval."""
    return f"{appeal.number}/{appeal.year}" if appeal.number else ""


def moment_words(at: dt.datetime | None) -> str:
    """A day and the time of day in the reader's words; empty for none."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{day_words(local.date())}, {local:%H:%M}"
