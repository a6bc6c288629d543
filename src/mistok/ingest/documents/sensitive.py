"""Goods of which public words say no more than what they are for: dual use, military, grids.

Names of the needs' catalogue come first (its flags), then stems in the reader's four languages for
what the catalogue does not hold. A reviewer may tick what was missed, and untick nothing silently.
"""

import re
from collections.abc import Mapping
from typing import Final

from mistok.needs.items import find_item
from mistok.needs.items.model import RESTRICTED

Words = Mapping[str, str]
PROTECTION: Final[Words] = {
    "en": "communication and protective equipment",
    "uk": "засоби зв’язку та захисту",
}
POWER: Final[Words] = {
    "en": "equipment for power and heat supply",
    "uk": "обладнання для електро- й теплопостачання",
}
"""The same words as in the starter files."""

_PROTECTION: Final = re.compile(
    r"\b(?:drones?\b|(?:quadro)?copters?\b|uavs?\b|night[- ]vision|thermal (?:imag|camera|sight)"
    r"|(?:body|bullet)[- ]?(?:armou?r|proof)|bulletproof|flak (?:jacket|vest)|ballistic|"
    r"weapon|ammunition|rifle|armou?red|military|gas masks?\b|demining|mine[- ]clear|"
    r"(?:means of )?communications?(?: equipment)?$|means of communication|radio (?:set|station)|"
    r"walkie|starlink|satellite (?:phone|terminal)|jammer|"
    r"дрон|коптер|квадрокоптер|безпілотник|бпла|тепловізор|нічного бачення|бронежилет|"
    r"бронешолом|плит[иа]? до бронежилет|зброї|зброя|боєприпас|набої|броньован|військов|"
    r"протигаз|розмінуван|засоб\w* зв['’]язку|радіостанц|рації|рацій|старлінк|глушник|"
    r"drohnen?\b|wärmebild|nachtsicht|schutzwest|kugelsicher|waffen|munition|gepanzert|"
    r"militär|gasmask|minenräum|funkgerät|kommunikationsmittel|"
    r"drony?\b|dronów|noktowizor|termowizor|kamizelk\w* kuloodporn|kuloodporn|hełm\w* balist|"
    r"broń\b|broni\b|amunicj|opancerzon|wojskow|masek? gazow|rozminow|radiostacj|krótkofalów|"
    r"środk\w* łączności)",
    re.IGNORECASE,
)
_POWER: Final = re.compile(
    r"(?:power|electric\w*|auto)?transformers?\b|substation|switchgear|turbine|cogenerat|"
    r"boiler (?:house|plant)|трансформатор|підстанц|турбін|когенерац|котельн|розподільч|"
    r"umspannwerk|schaltanlage|blockheizkraft|podstacj|turbin|kogenerac|kotłown|rozdzielni",
    re.IGNORECASE,
)
_LEAST: Final = 0.75
"""How sure the catalogue must be that a word means one of its items."""


def public_words(what: str) -> Words:
    """Words for readers in place of goods that must not be told; none where all may be told."""
    if _PROTECTION.search(what) or _is_flagged(what):
        return PROTECTION
    return POWER if _POWER.search(what) else {}


def _is_flagged(what: str) -> bool:
    found = find_item(what[:200], limit=1)
    return bool(found) and found[0].score >= _LEAST and bool(RESTRICTED & found[0].item.flags)
