"""Words of the pages of reading: kinds, how sure the reader is, why nothing was found."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mistok.accounts.models import Membership, User
from mistok.accounts.permissions import Role
from mistok.ingest.documents.queue import confidence_word
from mistok.ingest.models import Proposal
from mistok.web.words import StateBadge, language_name

SIGNS: Final = {"tie": "⌒", "aid": "→", "project": "⌂"}
"""A sign for each thing that a text tells, so that colour never speaks alone."""
WHATS: Final[Mapping[str, Any]] = {
    "tie": gettext_lazy("tie"),
    "aid": gettext_lazy("help given"),
    "project": gettext_lazy("building and repair"),
}
KINDS: Final[Mapping[str, Any]] = {
    "twinning": gettext_lazy("twinning"),
    "partner": gettext_lazy("partnership"),
    "solidarity": gettext_lazy("solidarity partnership"),
    "friendship": gettext_lazy("friendship"),
    "cooperation": gettext_lazy("cooperation"),
    "memorandum": gettext_lazy("memorandum or letter of intent"),
    "unknown": gettext_lazy("kind not stated"),
}
"""What a text calls a pair, the words of the reader."""
CONFIDENCE: Final[Mapping[str, tuple[Any, str, str]]] = {
    "sure": (gettext_lazy("the reader is sure"), "moss", "●"),
    "likely": (gettext_lazy("the reader thinks it likely"), "amber", "◐"),
    "unsure": (gettext_lazy("the reader is unsure"), "clay", "○"),
}
STATES: Final[Mapping[str, tuple[str, str]]] = {
    Proposal.State.OPEN: ("river", "○"),
    Proposal.State.ACCEPTED: ("moss", "✓"),
    Proposal.State.CORRECTED: ("moss", "✎"),
    Proposal.State.REJECTED: ("clay", "✕"),
    Proposal.State.SUPERSEDED: ("slate", "↻"),
}
REASONS: Final[Mapping[str, Any]] = {
    "not_said": gettext_lazy("The text does not say this."),
    "wrong_place": gettext_lazy("Another place of the same name is meant."),
    "no_tie": gettext_lazy("What the text tells is no tie between municipalities."),
    "only_planned": gettext_lazy("It was only proposed or planned."),
    "wrong_date": gettext_lazy("The date or the event is wrong, and the right one is not known."),
    "not_trusted": gettext_lazy("The source is not to be trusted in this."),
    "dangerous": gettext_lazy("It must not become public while the war goes on."),
}
"""Common reasons of a rejection; words of one's own can follow."""
AGAINST: Final[Mapping[str, Any]] = {
    "date": gettext_lazy("Other sources give another date for it:"),
    "kind": gettext_lazy("Other sources call it another kind of tie:"),
    "ended": gettext_lazy("Other sources say that this tie was ended or suspended:"),
    "in_force": gettext_lazy("Other sources say that this tie is in force:"),
}
STATUSES: Final[Mapping[str, Any]] = {
    "delivered": gettext_lazy("delivered"),
    "promised": gettext_lazy("promised"),
    "total": gettext_lazy("total over a period"),
}
AGE_WORDS: Final = (
    gettext_lazy("under a day"),
    gettext_lazy("1–2 days"),
    gettext_lazy("3–6 days"),
    gettext_lazy("1–4 weeks"),
    gettext_lazy("1–3 months"),
    pgettext_lazy("waiting", "over 3 months"),
)
"""In the order of `queue.ages`."""
_WALL: Final = re.compile(
    r"cookie|captcha|javascript|enable js|are you (?:a )?human|access denied|subscribe to (?:read|"
    r"continue)|підписк|увімкніть|datenschutz|einwillig|zgod[aęy] na",
    re.IGNORECASE,
)
_SHORT_LETTERS, _WALL_LETTERS = 60, 1_500


def confidence_badge(confidence: float) -> StateBadge:
    """How sure the reader is, in words; the number stays with programs."""
    word = confidence_word(confidence)
    label, tone, icon = CONFIDENCE[word]
    return StateBadge(word, str(label), tone, icon)


def proposal_badge(proposal: Proposal) -> StateBadge:
    """Where a proposal stands."""
    tone, icon = STATES[proposal.state]
    return StateBadge(proposal.state, proposal.get_state_display(), tone, icon)


def why_empty(text: str, lang: str, notes: Sequence[str]) -> str:
    """One sentence for a text that proposes nothing."""
    plain = text.strip()
    if "no_words" in notes or not plain:
        return _(
            "There are no words in it that can be read. A scanned paper is a picture: paste its "
            "text, or ask for the file that it was printed from."
        )
    if len(plain) < _WALL_LETTERS and _WALL.search(plain):
        return _(
            "This looks like the notice before a page, not like the page itself. Open the page, "
            "copy its text and paste it here."
        )
    if len(plain) < _SHORT_LETTERS:
        return _("The text is too short to tell of two places and what is between them.")
    if "language_not_read" in notes:
        return _(
            "The text seems to be in %(language)s. Texts are read in English, Ukrainian, German "
            "and Polish only."
        ) % {"language": language_name(lang)}
    return _(
        "No sentence of it says of two named municipalities that they are, become or cease to be "
        "partners, that one helps the other, or builds something for it. General words on "
        "cooperation, visits and networks are not proposed."
    )


def who_words(decided_by: str, me: str) -> str:
    """Who judged, by role: a name says less to most readers, and a reference nothing."""
    if decided_by == me:
        return _("you")
    if decided_by.startswith("shell: "):
        return _("whoever runs this server")
    person = User.objects.filter(public_id=decided_by).first()
    if person is not None and person.is_staff:
        return _("a steward")
    rows = Membership.objects.filter(person=person, role=Role.COORDINATOR)
    coordinates = person is not None and rows.exists()
    return _("a coordinator") if coordinates else _("a reviewer")
