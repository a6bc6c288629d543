"""How urgent a need is, in the words of each language of the letters."""

from collections.abc import Mapping
from typing import Final

from mistok.papers.format import Texts

PRIORITIES: Final[Mapping[str, Texts]] = {
    "life_saving": {
        "uk": "життєво необхідно",
        "en": "life-saving",
        "de": "lebenswichtig",
        "pl": "ratuje życie",
        "fr": "vitale",
    },
    "urgent": {
        "uk": "терміново",
        "en": "urgent",
        "de": "dringend",
        "pl": "pilne",
        "fr": "urgente",
    },
    "important": {
        "uk": "важливо",
        "en": "important",
        "de": "wichtig",
        "pl": "ważne",
        "fr": "importante",
    },
}
"""By code; French agrees with "priorité"."""
