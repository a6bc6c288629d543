"""Addressees of a letter with what was made for them, what went out, and how it fared."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Addressee, Appeal, Letter, Posting
from mistok.web.answers.words import place_name
from mistok.web.appeals.cards import AddresseeCard, LetterCard, PostingCard
from mistok.web.appeals.seats import Seat
from mistok.web.appeals.words import GREETED, moment_words
from mistok.web.registry.present import country_name, place_url, tie_url
from mistok.web.words import StateBadge, lang, language_name


def addressee_cards(seat: Seat) -> list[AddresseeCard]:
    """All of them for the office that writes; its own for one that got the letter."""
    rows = seat.appeal.addressees.prefetch_related("letters__postings")
    if seat.addressee is not None:
        rows = rows.filter(pk=seat.addressee.pk)
    return [_card(seat, one) for one in rows]


def _card(seat: Seat, one: Addressee) -> AddresseeCard:
    own = seat.addressee is None
    letters = list(one.letters.all())
    postings = [posting for letter in letters for posting in letter.postings.all()] if own else []
    return AddresseeCard(
        anchor=one.public_id,
        name=place_name(one.place, one.name),
        country=country_name(one.country, lang()),
        url=place_url(one.place),
        language=language_name(one.language),
        greeted=_greeted(one),
        email=one.email if own else "",
        tie_url=tie_url(one.tie) if one.tie else "",
        acknowledged=moment_words(one.acknowledged_at),
        letters=tuple(_letter(seat.appeal, letter, letters) for letter in letters),
        postings=tuple(_posting(one) for one in postings),
        by_hand=own and bool(letters) and not one.email,
    )


def _greeted(one: Addressee) -> str:
    words = [str(GREETED.get(one.greeted_as, "")) if one.greeted_as else "", one.person]
    return ", ".join(word for word in words if word)


def _letter(appeal: Appeal, letter: Letter, letters: Iterable[Letter]) -> LetterCard:
    newest = max(one.number for one in letters)
    args = [letter.public_id]
    return LetterCard(
        number=letter.number,
        made=moment_words(letter.made_at),
        code=letter.code,
        languages=" + ".join(language_name(code) for code in letter.languages),
        sha256=letter.pdf_sha256,
        verify_url=reverse("verify:letter", args=[letter.code]),
        pdf_url=reverse("appeals:letter_pdf", args=args),
        docx_url=reverse("appeals:letter_docx", args=args),
        signature_url=reverse("appeals:letter_sig", args=args),
        stands=letter.number == newest and appeal.state != AppealState.RECALLED,
    )


def _posting(one: Posting) -> PostingCard:
    """Where a mail stands, told so that it needs no colour."""
    what = str(Posting.Kind(one.kind).label)
    if one.sent_at:
        badge = StateBadge("sent", _("sent"), "moss", "✓")
        told = _("%(what)s, %(at)s") % {"what": what, "at": moment_words(one.sent_at)}
    elif one.dropped_at:
        badge = StateBadge("given_up", pgettext("mail", "given up"), "clay", "✕")
        told = _("%(what)s, after %(tries)s tries, %(at)s") % {
            "what": what,
            "tries": one.tries,
            "at": moment_words(one.dropped_at),
        }
    elif one.tries:
        badge = StateBadge("failed", _("did not go yet"), "amber", "◐")
        told = _("%(what)s, tried %(tries)s times; next try %(at)s") % {
            "what": what,
            "tries": one.tries,
            "at": moment_words(one.next_try_at),
        }
    else:
        badge = StateBadge("queued", _("waits to be sent"), "slate", "○")
        told = _("%(what)s, since %(at)s") % {"what": what, "at": moment_words(one.queued_at)}
    return PostingCard(to=one.to, badge=badge, told=told, failure=failure_words(one.failure))


FAILURES = {
    "recalled": gettext_lazy("The letter was recalled before this mail went out."),
    "replaced": gettext_lazy("A corrected letter took its place before this mail went out."),
    "another_address": gettext_lazy("It was sent to another address instead."),
    "recipient_refused": gettext_lazy("The mailbox takes no mail: %(words)s"),
    "server_refused": gettext_lazy("The mail server refused it: %(words)s"),
    "server_away": gettext_lazy("The mail server could not be reached."),
    "letter_file_missing": gettext_lazy("The file of the letter is missing on the server."),
    "letter_file_altered": gettext_lazy("The file of the letter was altered on the server."),
}


def failure_words(failure: str) -> str:
    """Why a mail did not go, in a sentence; the words of a mail server stay as they are."""
    code, _colon, words = failure.partition(": ")
    if code not in FAILURES:
        return failure
    return str(FAILURES[code]) % {"words": words}
