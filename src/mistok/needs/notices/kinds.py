"""What people are told of: each kind with its sentence, its params and whose work it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mistok.accounts.permissions import Permission

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice.

    `work`: who has this right in an office is told. `params`: what the sentence holds; each is
    text, a number, or texts by language, and never the name of a person: `who` and `to` are
    municipalities or organisations ("a citizen" where one gives in her own name), `day` an ISO
    day, the others words of a need, amount, offer or letter.
    """

    sentence: "StrPromise"
    params: tuple[str, ...]
    work: Permission


P = Permission

KINDS: Mapping[str, Kind] = {
    "need_question": Kind(
        _("%(who)s asks a question about your need “%(what)s”."), ("who", "what"), P.WRITE_NEED
    ),
    "need_reply": Kind(
        _("%(who)s has replied about the need “%(what)s”."), ("who", "what"), P.COMMIT_HELP
    ),
    "commitment_made": Kind(
        _("%(who)s commits %(amount)s for your need “%(what)s”."),
        ("who", "what", "amount"),
        P.ACCEPT_HELP,
    ),
    "commitment_proposed": Kind(
        _("%(who)s proposes %(amount)s for the need “%(what)s” and waits for your answer."),
        ("who", "what", "amount"),
        P.ACCEPT_HELP,
    ),
    "commitment_accepted": Kind(
        _("%(who)s has accepted %(amount)s for the need “%(what)s”. Both sides count on it now."),
        ("who", "what", "amount"),
        P.COMMIT_HELP,
    ),
    "commitment_declined": Kind(
        _("%(who)s has declined %(amount)s for the need “%(what)s”. The reason stands there."),
        ("who", "what", "amount"),
        P.COMMIT_HELP,
    ),
    "commitment_withdrawn": Kind(
        _("The commitment of %(amount)s by %(who)s for the need “%(what)s” was taken back."),
        ("who", "what", "amount"),
        P.ACCEPT_HELP,
    ),
    "commitment_kept": Kind(
        _("The commitment of %(amount)s by %(who)s for the need “%(what)s” was kept."),
        ("who", "what", "amount"),
        P.COMMIT_HELP,
    ),
    "giver_erased": Kind(
        _(
            "The person who entered the commitment of %(amount)s for your need “%(what)s” has had "
            "her data erased and cannot be asked any more. Take it back if nothing comes."
        ),
        ("what", "amount"),
        P.ACCEPT_HELP,
    ),
    "need_withdrawn": Kind(
        _("%(who)s has withdrawn the need “%(what)s”. Do not prepare anything more for it."),
        ("who", "what"),
        P.COMMIT_HELP,
    ),
    "publication_due": Kind(
        _("From %(day)s on the public may read of your need “%(what)s”. Check it before."),
        ("what", "day"),
        P.PUBLISH_NEED,
    ),
    "appeal_submitted": Kind(
        _("The letter of appeal “%(title)s” waits for your approval."),
        ("title",),
        P.APPROVE_APPEAL,
    ),
    "appeal_returned": Kind(
        _("The letter of appeal “%(title)s” was sent back to you with the reasons."),
        ("title",),
        P.WRITE_APPEAL,
    ),
    "appeal_approved": Kind(
        _("The letter of appeal “%(title)s” is approved under number %(number)s. Send it now."),
        ("title", "number"),
        P.SEND_APPEAL,
    ),
    "letter_received": Kind(
        _("%(who)s has sent you letter of appeal %(number)s."), ("who", "number"), P.ANSWER_APPEAL
    ),
    "letter_replaced": Kind(
        _("%(who)s has corrected letter of appeal %(number)s. Use the newest version only."),
        ("who", "number"),
        P.ANSWER_APPEAL,
    ),
    "letter_recalled": Kind(
        _("%(who)s has recalled letter of appeal %(number)s. Do not act on it any more."),
        ("who", "number"),
        P.ANSWER_APPEAL,
    ),
    "letter_failed": Kind(
        _(
            "The letter of appeal “%(title)s” could not be delivered by mail to %(to)s. "
            "Check the address, or print the letter and hand it over."
        ),
        ("title", "to"),
        P.SEND_APPEAL,
    ),
    "letter_acknowledged": Kind(
        _("%(who)s confirms that the letter of appeal “%(title)s” has come."),
        ("who", "title"),
        P.WRITE_APPEAL,
    ),
    "letter_refused": Kind(
        _("%(who)s cannot help with what the letter of appeal “%(title)s” asks for."),
        ("who", "title"),
        P.WRITE_APPEAL,
    ),
    "letter_question": Kind(
        _("%(who)s asks a question about the letter of appeal “%(title)s”."),
        ("who", "title"),
        P.WRITE_APPEAL,
    ),
    "letter_reply": Kind(
        _("%(who)s has replied about letter of appeal %(number)s."),
        ("who", "number"),
        P.ANSWER_APPEAL,
    ),
    "offer_matches": Kind(
        _("%(who)s offers “%(what)s”. It may meet your need “%(need)s”."),
        ("who", "what", "need"),
        P.WRITE_NEED,
    ),
    "need_matches": Kind(
        _("%(who)s needs “%(what)s”. Your offer “%(offer)s” may meet it."),
        ("who", "what", "offer"),
        P.WRITE_OFFER,
    ),
}
"""By the word that a notice keeps."""
