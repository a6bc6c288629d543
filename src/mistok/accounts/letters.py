"""What a letter is held against: the raions of today and what is known of its office."""

from functools import lru_cache
from urllib.parse import urlsplit

import numpy as np

from mistok.accounts.models import Office
from mistok.accounts.tells import Marks, readable
from mistok.world import Place, World
from mistok.world.model import KINDS

_RAION_WORD = " район"
_LATIN_WORDS = ("raion", "district")


def marks_of(
    world: World,
    place: Place,
    office: Office | None,
    *,
    numbers: frozenset[str] = frozenset(),
    phone_known: bool = False,
) -> Marks:
    """The marks of a municipality; its verified number only for readers who may know it.

    `numbers`: of its acts and papers, as whoever asks knows them.
    """
    local, latin = raions(world)
    own = next((one for one in world.parents(place.key) if one.kind == "district"), None)
    return Marks(
        raions=local,
        latin=latin,
        own_raion=_adjective(own.local_name) if own is not None else "",
        domains=domains_of(office) if office is not None else frozenset(),
        phone=office.callback_phone if office is not None and phone_known else "",
        numbers=numbers,
        ukrainian=place.country == "UA",
    )


def domains_of(office: Office) -> frozenset[str]:
    """The domains of the checked mail and site of an office."""
    mail = office.official_email.partition("@")[2]
    site = (urlsplit(office.official_site).hostname or "").removeprefix("www.")
    return frozenset(readable(domain) for domain in (mail, site) if domain)


@lru_cache(maxsize=2)
def raions(world: World) -> tuple[frozenset[str], frozenset[str]]:
    """Ukraine's raions and districts of cities of today: adjectives, and names in Latin letters.

    A raion that was renamed since 2020 keeps its former name among them: letters still have it.
    """
    columns = world.columns
    ukraine = list(columns.country_codes).index("UA")
    found = (columns.kind == KINDS.index("district")) & (columns.country == ukraine)
    local: set[str] = set()
    latin: set[str] = set()
    for number in np.flatnonzero(found):
        place = world.place_at(int(number))
        for name in (place.local_name, *place.former_names, *place.all_names()):
            if name.endswith(_RAION_WORD):
                local.add(_adjective(name))
            words = name.casefold().split()
            if len(words) > 1 and words[-1] in _LATIN_WORDS:
                latin.add(" ".join(words[:-1]))
    return frozenset(local), frozenset(latin)


def _adjective(name: str) -> str:
    plain = name.removesuffix(_RAION_WORD).casefold()
    return plain.replace("ʼ", "’").replace("'", "’")
