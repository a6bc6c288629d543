"""A municipality without its name: what kind, how large, in which oblast, and nothing nearer."""

from functools import cache

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.registry.gazetteer import the_world
from mistok.world import Place

CROWD = 5
"""So many municipalities at least must fit a description; else it says less."""
SORTS = {
    "rural": gettext_lazy("a rural hromada"),
    "settlement": gettext_lazy("a settlement hromada"),
    "urban": gettext_lazy("an urban hromada"),
    "other": gettext_lazy("a municipality"),
}
_SORT_OF_WORD = {"сільська": "rural", "селищна": "settlement", "міська": "urban"}
BANDS = (
    (1_000, gettext_lazy("under a thousand")),
    (2_000, gettext_lazy("1–2 thousand")),
    (5_000, gettext_lazy("2–5 thousand")),
    (10_000, gettext_lazy("5–10 thousand")),
    (20_000, gettext_lazy("10–20 thousand")),
    (50_000, gettext_lazy("20–50 thousand")),
    (100_000, gettext_lazy("50–100 thousand")),
    (200_000, gettext_lazy("100–200 thousand")),
    (500_000, gettext_lazy("200–500 thousand")),
    (1_000_000, gettext_lazy("500 thousand to a million")),
)
"""Populations below the number, in words."""
ABOVE = gettext_lazy("over a million")
_EDGES = np.array([edge for edge, _words in BANDS])


def description(place: Place, lang: str) -> str:
    """For example “a rural hromada of 5–10 thousand inhabitants in Kharkiv Oblast”.

    Says only as much as at least five municipalities have in common: else the size is left out,
    then the kind of hromada, then the oblast.
    """
    country = the_world().country_name(place.country, lang)
    if not place.region:
        return _("%(what)s in %(where)s") % {"what": SORTS["other"], "where": country}
    region = the_world().get(place.region).name_in(lang)
    sort, fits = SORTS[sort_of(place)], _fitting(place)
    if fits["sized"]:
        told = {"what": sort, "band": band(place.population), "where": region}
        return _("%(what)s of %(band)s inhabitants in %(where)s") % told
    if fits["sorted"]:
        return _("%(what)s in %(where)s") % {"what": sort, "where": region}
    where = region if fits["regional"] else country
    return _("%(what)s in %(where)s") % {"what": SORTS["other"], "where": where}


def sort_of(place: Place) -> str:
    """`rural`, `settlement` or `urban` for a hromada, by the codifier; else `other`."""
    words = (place.official_name or "").split()
    known = len(words) >= 3 and words[-2:] == ["територіальна", "громада"]
    return _SORT_OF_WORD.get(words[-3], "other") if known else "other"


def band(population: int | None) -> str:
    """The size in words; empty where it is not known."""
    if population is None:
        return ""
    number = int(np.searchsorted(_EDGES, population, side="right"))
    return str(BANDS[number][1] if number < len(BANDS) else ABOVE)


def _fitting(place: Place) -> dict[str, bool]:
    """Which descriptions of the place fit enough municipalities of its region."""
    columns = the_world().columns
    region = int(columns.region[the_world().index(place.key)])
    there, sorts = _municipalities(region)
    alike = there[sorts == sort_of(place)]
    number = np.searchsorted(_EDGES, place.population or 0, side="right")
    sizes = np.searchsorted(_EDGES, columns.population[alike], side="right")
    sized = place.population is not None and int((sizes == number).sum()) >= CROWD
    return {"sized": sized, "sorted": len(alike) >= CROWD, "regional": len(there) >= CROWD}


@cache
def _municipalities(region: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.str_]]:
    """The municipalities of a region by position in the world, and what sort each is."""
    columns = the_world().columns
    there = np.flatnonzero(columns.is_municipality & (columns.region == region))
    return there, np.array([sort_of(the_world().place_at(i)) for i in there.tolist()], dtype=str)
