"""What givers, needs and amounts are called, for readers of every language."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mistok.needs.items import LANGUAGES
from mistok.needs.items import item as item_of
from mistok.needs.lines import own_words, words_of
from mistok.needs.lines.refusing import reader_language, told_amount
from mistok.needs.models import Commitment, Need, Offer
from mistok.needs.models.answers import Giver


def public_name(row: Commitment) -> str:
    """Who gives, as everybody may read it: a municipality by its name, nobody else by hers."""
    if row.giver == Giver.MUNICIPALITY:
        return row.giver_name
    return _("a citizen") if row.giver == Giver.CITIZEN else _("an organisation")


def name_by_language(row: Commitment) -> str | Mapping[str, str]:
    """The same for a notice, which is read in any language later."""
    if row.giver == Giver.MUNICIPALITY:
        return row.giver_name
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = public_name(row)
    return found


def need_by_language(need: Need) -> Mapping[str, str]:
    """A line in one text, by language."""
    return {lang: words_of(need, lang) for lang in LANGUAGES}


def amount_by_language(row: Commitment, need: Need) -> Mapping[str, str]:
    """What a commitment counts for, by language."""
    return {lang: told_amount(row.covers, need.unit, lang) for lang in LANGUAGES}


def words_on(need: Need) -> str:
    """A line in one text, in the language that is on."""
    return words_of(need, reader_language())


def offer_words(offer: Offer, lang: str = "") -> str:
    """What is offered, without its amount: the item's name and the office's own words."""
    lang = lang or reader_language()
    if not offer.item:
        return own_words(offer.text, lang)
    said = (item_of(offer.item).name(lang), offer.text.get(lang, ""))
    return ", ".join(part for part in said if part)


def offer_by_language(offer: Offer) -> Mapping[str, str]:
    """What is offered, by language."""
    return {lang: offer_words(offer, lang) for lang in LANGUAGES}
