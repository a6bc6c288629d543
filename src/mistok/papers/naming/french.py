"""French names of towns behind "de": elision, and the article of the name that melts into it.

Rules after the Canadian federal guide of legal French (toponymes commençant par « Le » ou « Les »)
and Grevisse, Le bon usage, § 48: "du Havre", "des Sables-d'Olonne", "de La Rochelle", "d'Amiens".
Before h "de" stays whole: the h of Germanic, Arabic and most other foreign names is not mute.
"""

import re
from typing import Final

_MUTE_H: Final = re.compile(
    r"H(?:abère|agondange|allennes|alluin|araucourt|arfleur|ary|autmont|autot|azebrouck|émevillers"
    r"|endaye|énin|enneb|enrichemont|érault|ér(?:icourt|imoncourt|in|ouville)|erblay|irson|yères)"
)
_VOWEL: Final = re.compile(r"[AEIOUÀÂÄÉÈÊËÎÏÔÖŒÙÛÜÆÅØ]|Y(?![aeiouyéè])", re.IGNORECASE)
_GLIDE: Final = re.compile(r"(?:I(?!éna)|Ou)(?=[aeéèoôuy])", re.IGNORECASE)
_ARTICLES: Final = {"Le ": "du ", "Les ": "des "}


def behind_de(name: str) -> str:
    """The name with its preposition: "de Paris", "d’Amiens", "du Havre", "de La Rochelle"."""
    for article, melted in _ARTICLES.items():
        if name.startswith(article):
            return melted + name.removeprefix(article)
    elided = _MUTE_H.match(name) or (_VOWEL.match(name) and not _GLIDE.match(name))
    return f"d’{name}" if elided else f"de {name}"
