"""In which language one writes to a municipality."""

from mistok.papers import LANGUAGES
from mistok.registry.gazetteer import the_world


def language_of(country: str) -> str:
    """The first language of the country where papers are made in it, else English."""
    first = the_world().languages(country).first or ""
    return first if first in LANGUAGES else "en"
