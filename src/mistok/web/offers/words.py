"""Offers in people's words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mistok.needs.items import Amount, amount_words
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import OfferState
from mistok.needs.models import Offer
from mistok.web.answers.amounts import number_of
from mistok.web.needs.words import day_words, thing_of
from mistok.web.registry.present import country_name
from mistok.web.words import StateBadge, lang

LOOKS: Mapping[str, tuple[str, str]] = {
    OfferState.DRAFT: ("slate", "○"),
    OfferState.OPEN: ("moss", "●"),
    OfferState.TAKEN: ("river", "✓"),
    OfferState.CLOSED: ("slate", "✕"),
}


def offer_badge(offer: Offer) -> StateBadge:
    """Where an offer stands."""
    tone, icon = LOOKS[offer.state]
    return StateBadge(offer.state, str(offer.get_state_display()), tone, icon)


def offer_title(offer: Offer, steps: int | None = None) -> str:
    """How much of what: "8 fire engines"; in the words of the office where it is in no list."""
    amount = Amount(number_of(offer.amount if steps is None else steps), offer.unit)
    if offer.item:
        return amount_words(amount, lang(), item_of(offer.item))
    return f"{thing_of('', offer.text)} – {amount_words(amount, lang())}"


def added_words(offer: Offer) -> str:
    """What the office wrote beside the catalogue's name; empty for none."""
    return thing_of("", offer.text) if offer.item and offer.text else ""


def when_words(offer: Offer) -> str:
    """From when and until when; empty for always."""
    since, until = day_words(offer.available_from), day_words(offer.available_until)
    if since and until:
        return _("%(since)s – %(until)s") % {"since": since, "until": until}
    if since:
        return _("from %(day)s") % {"day": since}
    return _("until %(day)s") % {"day": until} if until else ""


def for_words(offer: Offer) -> str:
    """For which countries."""
    names = [country_name(code, lang()) for code in offer.countries]
    return ", ".join(sorted(names)) if names else _("every country")
