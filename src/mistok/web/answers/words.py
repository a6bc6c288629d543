"""Places and givers in the reader's language."""

from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.needs.models import Commitment
from mistok.registry.gazetteer import the_world
from mistok.web.cards import PlaceCard
from mistok.web.registry.present import place_card


def place_of(key: str) -> PlaceCard:
    """A municipality or region."""
    return place_card(the_world().get(key))


def place_name(key: str, otherwise: str = "") -> str:
    """Its name alone; `otherwise` where the world does not know it."""
    try:
        return place_of(key).name if key else otherwise
    except Refusal:
        return otherwise or key


def giver_words(commitment: Commitment) -> str:
    """Who gives: a municipality by its name in the reader's language, others as they wrote it."""
    if commitment.giver_place:
        return place_name(commitment.giver_place, commitment.giver_name)
    return commitment.giver_name or _("somebody who gave no name")
