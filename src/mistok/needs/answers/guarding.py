"""The wartime guard before words of an answer or offer become visible to others (D7-08)."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from mistok.accounts.auditing import without_addresses
from mistok.accounts.models import Office
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Invalid
from mistok.needs.lines.guarding import (
    KINDS,
    LONGEST_REASON,
    LetPass,
    Passage,
    contacts_of,
    passages_in,
)
from mistok.needs.models import Offer
from mistok.needs.scanning import Finding, Level, scan


def check_harmless(*texts: str, allowed: Collection[str] = ()) -> None:
    """Raise Invalid (`dangerous_text`) for a text with a danger; in a talk nothing is let pass.

    `allowed`: numbers and addresses that the offices give themselves. What may not be written
    can be told by telephone.
    """
    known = frozenset(allowed)
    found = [one for text in texts for one in scan(text, allowed=known)]
    dangers = [one for one in found if one.level is Level.DANGER]
    if dangers:
        raise Invalid(
            _("This gives away what others must not see: %(kinds)s. Take it out, or telephone.")
            % {"kinds": _kinds(dangers)},
            code="dangerous_text",
            details={
                "passages": [{"why": one.why, "excerpt": one.excerpt} for one in dangers],
            },
        )


def passages_of_offer(offer: Offer) -> tuple[Passage, ...]:
    """Everything that the guard finds in the texts of an offer."""
    office = offer.office
    return (
        *passages_in("text", offer.text, office),
        *passages_in("condition", {"": offer.condition}, office),
        *passages_in("transport", {"": offer.transport}, office),
    )


def let_pass(
    found: Iterable[Passage], overruled: Sequence[LetPass], before: Iterable[dict[str, str]] = ()
) -> list[dict[str, str]]:
    """What is kept of the dangers in an offer that an approver let pass, now or earlier.

    Raises Invalid: `dangerous_text` for a danger that nobody let pass, `text_missing` for one
    without a reason.
    """
    earlier = {one["mark"]: one for one in before}
    reasons = {one.mark: _reason(one) for one in overruled}
    dangers = [one for one in found if one.danger]
    left = [one for one in dangers if one.mark not in reasons and one.mark not in earlier]
    if left:
        raise Invalid(
            _(
                "This gives away what others must not see: %(kinds)s. Take it out, or let the "
                "approver confirm it with a reason."
            )
            % {"kinds": _kinds(one.finding for one in left)},
            code="dangerous_text",
            details={"passages": [_told(one) for one in left]},
        )
    return [
        {"mark": one.mark, "field": one.field, "why": one.finding.why, "reason": reasons[one.mark]}
        if one.mark in reasons
        else earlier[one.mark]
        for one in dangers
    ]


def allowed_of(*offices: Office | None) -> list[str]:
    """What the guard lets pass by itself: the verified contacts of these offices."""
    return [known for one in offices if one is not None for known in contacts_of(one)]


def _reason(one: LetPass) -> str:
    told = words(one.reason, what=_("The reason for letting it pass"), most=LONGEST_REASON)
    return without_addresses(told)


def _kinds(found: Iterable[Finding]) -> str:
    """Kinds only: the sentence is kept in the audit, and the passages must not be."""
    return ", ".join(dict.fromkeys(str(KINDS[one.kind]) for one in found))


def _told(one: Passage) -> dict[str, str]:
    return {
        "field": one.field,
        "lang": one.lang,
        "mark": one.mark,
        "why": one.finding.why,
        "excerpt": one.finding.excerpt,
    }
