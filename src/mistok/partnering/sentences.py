"""Reasons in sentences for people: one for each criterion, from the numbers behind it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from mistok.matching import Reason
from mistok.registry.gazetteer import the_world

SAME_SIZE = 1.1
"""Populations that differ by less than this factor are told as one number."""

LABELS = {
    "size": gettext_lazy("Size"),
    "distance": gettext_lazy("Distance"),
    "habit": gettext_lazy("Habit between the countries"),
    "appetite": gettext_lazy("Experience with ties"),
    "shared_partners": gettext_lazy("Shared partners"),
    "load": gettext_lazy("Load"),
}

DESCRIPTIONS = {
    "size": gettext_lazy("Places of like size have like tasks."),
    "distance": gettext_lazy("The nearer, the easier it is to visit each other."),
    "habit": gettext_lazy("Countries that have many ties already know how to make one."),
    "appetite": gettext_lazy("A place that keeps ties is likelier to make another."),
    "shared_partners": gettext_lazy("Partners in common can introduce the two to each other."),
    "load": gettext_lazy("Many ties with your country leave less time for one more."),
}


def sentence(reason: Reason) -> str:
    """The reason in the reader's language."""
    return SENTENCES[reason.criterion](dict(reason.facts))


def _size(facts: dict[str, Any]) -> str:
    own, other = facts["seeker_population"], facts["candidate_population"]
    if "unknown" in facts:
        return _("How many people live in one of the two is not known.")
    if max(own, other) <= SAME_SIZE * min(own, other):
        return _("Both have about %(count)s inhabitants.") % {"count": rounded(max(own, other))}
    return _("%(other)s inhabitants there, %(own)s here.") % {
        "other": rounded(other),
        "own": rounded(own),
    }


def _distance(facts: dict[str, Any]) -> str:
    if "unknown" in facts:
        return _("Where one of the two lies is not known.")
    return _("%(km)s km away as the crow flies.") % {"km": grouped(round(facts["km"]))}


def _habit(facts: dict[str, Any]) -> str:
    code = the_world().columns.country_codes[facts["country"]]
    country = the_world().country_name(code, (get_language() or "en")[:2])
    if not facts["ties"]:
        return _("No tie with %(country)s is known yet.") % {"country": country}
    return ngettext(
        "%(ties)s of %(of)s known ties of your country is with %(country)s.",
        "%(ties)s of %(of)s known ties of your country are with %(country)s.",
        facts["ties"],
    ) % {"ties": facts["ties"], "of": facts["of"], "country": country}


def _appetite(facts: dict[str, Any]) -> str:
    if not facts["ties"]:
        return _("No foreign tie of this place is known.")
    return ngettext(
        "Keeps %(ties)s foreign tie already.",
        "Keeps %(ties)s foreign ties already.",
        facts["ties"],
    ) % {"ties": facts["ties"]}


def _shared(facts: dict[str, Any]) -> str:
    if not facts["count"]:
        return _("No partner in common is known.")
    names = shared_names(facts["partners"])
    return _("In common: %(names)s.") % {"names": names}


def _load(facts: dict[str, Any]) -> str:
    if not facts["ties"]:
        return _("No tie with your country is known: free for a first one.")
    return ngettext(
        "Has %(ties)s tie with your country already.",
        "Has %(ties)s ties with your country already.",
        facts["ties"],
    ) % {"ties": facts["ties"]}


def shared_names(indices: Sequence[int], shown: int = 4) -> str:
    """Names of shared partners, the telling ones first; the rest as a number."""
    language = (get_language() or "en")[:2]
    names = [the_world().place_at(index).name_in(language) for index in indices[:shown]]
    left = len(indices) - len(names)
    more = [_("%(count)s more") % {"count": left}] if left else []
    return ", ".join([*names, *more])


def rounded(number: int) -> str:
    """Two leading figures, as people say a population: 261,624 is "260 000"."""
    digits = len(str(number))
    return grouped(round(number, 2 - digits)) if digits > 2 else str(number)


def grouped(number: int) -> str:
    """Thousands parted by narrow spaces, as both languages allow."""
    return f"{number:,}".replace(",", "\u202f")


SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "size": _size,
    "distance": _distance,
    "habit": _habit,
    "appetite": _appetite,
    "shared_partners": _shared,
    "load": _load,
}
