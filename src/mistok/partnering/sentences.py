"""Reasons in sentences for people: one for each criterion, from the numbers behind it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mistok.matching import Reason
from mistok.matching.declared import CRITERIA as DECLARED
from mistok.partnering.labels import DESCRIPTIONS, LABELS, POSITIONS
from mistok.partnering.profiles.sentences import fact_sentence
from mistok.registry.gazetteer import the_world

__all__ = ["DESCRIPTIONS", "LABELS", "grouped", "rounded", "sentence", "shared_names"]

SAME_SIZE = 1.1
"""Populations that differ by less than this factor are told as one number."""


def sentence(reason: Reason) -> str:
    """The reason in the reader's language."""
    facts = dict(reason.facts)
    if reason.criterion == "wishes":
        return _wishes(facts)
    if reason.criterion in DECLARED:
        return fact_sentence(reason.criterion, facts)
    return SENTENCES[reason.criterion](facts)


def _wishes(facts: dict[str, Any]) -> str:
    """Your wishes about them, and theirs about you."""
    theirs = {
        name.removeprefix("their_"): said for name, said in facts.items() if name[:6] == "their_"
    }
    own = {name: said for name, said in facts.items() if name[:6] != "their_"}
    if not theirs or "unknown" in theirs:
        return fact_sentence("wishes", own)
    told = _("Their wishes: %(said)s") % {"said": fact_sentence("wishes", theirs)}
    return told if "unknown" in own else f"{fact_sentence('wishes', own)} {told}"


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


def _prominence(facts: dict[str, Any]) -> str:
    if facts["capital"]:
        return _("The capital of its country.")
    names = ngettext("known by %(count)s name", "known by %(count)s names", facts["names"]) % {
        "count": facts["names"]
    }
    if facts["seat"]:
        return _("The centre of its region, %(names)s.") % {"names": names}
    return _("In the world’s languages it is %(names)s.") % {"names": names}


def _distance(facts: dict[str, Any]) -> str:
    if "unknown" in facts:
        return _("Where one of the two lies is not known.")
    return _("%(km)s km away as the crow flies.") % {"km": grouped(round(facts["km"]))}


def _habit(facts: dict[str, Any]) -> str:
    country = _country(facts["country"])
    if not facts["ties"]:
        return _("No tie with %(country)s is known yet.") % {"country": country}
    return ngettext(
        "%(ties)s of %(of)s known ties of your country is with %(country)s.",
        "%(ties)s of %(of)s known ties of your country are with %(country)s.",
        facts["ties"],
    ) % {"ties": facts["ties"], "of": facts["of"], "country": country}


def _region(facts: dict[str, Any]) -> str:
    if facts["ties"]:
        return ngettext(
            "%(ties)s of %(of)s known ties of your region is with theirs.",
            "%(ties)s of %(of)s known ties of your region are with theirs.",
            facts["ties"],
        ) % {"ties": facts["ties"], "of": facts["of"]}
    return ngettext(
        "No tie between the regions is known; theirs has %(count)s with your country.",
        "No tie between the regions is known; theirs has %(count)s with your country.",
        facts["with_country"],
    ) % {"count": facts["with_country"]}


def _surroundings(facts: dict[str, Any]) -> str:
    if not facts["count"]:
        return _("No neighbour of yours is tied there.")
    return _("Neighbours of yours have partners there: %(names)s.") % {
        "names": names_of(facts["places"], facts["count"])
    }


def _experience(facts: dict[str, Any]) -> str:
    if not facts["ties"]:
        return _("No foreign tie of this place is known.")
    return ngettext(
        "Keeps %(ties)s foreign tie already.",
        "Keeps %(ties)s foreign ties already.",
        facts["ties"],
    ) % {"ties": facts["ties"]}


def _load(facts: dict[str, Any]) -> str:
    if not facts["ties"]:
        return _("No tie with your country is known: free for a first one.")
    return ngettext(
        "Has %(ties)s tie with your country already.",
        "Has %(ties)s ties with your country already.",
        facts["ties"],
    ) % {"ties": facts["ties"]}


def _ukraine(facts: dict[str, Any]) -> str:
    if not facts["ties"]:
        return _("No tie with Ukraine is known: it may have time.")
    return ngettext(
        "Has %(ties)s tie with Ukraine already.",
        "Has %(ties)s ties with Ukraine already.",
        facts["ties"],
    ) % {"ties": facts["ties"]}


def _affinity(facts: dict[str, Any]) -> str:
    if not facts["of"]:
        return _("Whom it chooses is not known: no tie of it is.")
    if facts["ties"]:
        return ngettext(
            "%(ties)s of its %(of)s known ties is with your country.",
            "%(ties)s of its %(of)s known ties are with your country.",
            facts["ties"],
        ) % {"ties": facts["ties"], "of": facts["of"]}
    if facts["like"] >= 1:
        return _("It has partners of your size in countries that choose as yours does.")
    return _("Its partners are unlike you so far.")


def _own_ties(facts: dict[str, Any]) -> str:
    country = _country(facts["country"])
    if "km" in facts:
        return _("You have a partner %(km)s km from there.") % {"km": grouped(round(facts["km"]))}
    if not facts["ties"]:
        return _("You have no partner in %(country)s yet.") % {"country": country}
    return ngettext(
        "You have %(ties)s tie with %(country)s already.",
        "You have %(ties)s ties with %(country)s already.",
        facts["ties"],
    ) % {"ties": facts["ties"], "country": country}


def _shared(facts: dict[str, Any]) -> str:
    if not facts["count"]:
        return _("No partner in common is known.")
    return _("In common: %(names)s.") % {"names": shared_names(facts["partners"])}


def _chain(facts: dict[str, Any]) -> str:
    if not facts["count"]:
        return _("None of its partners shares a partner with you.")
    return _("Partners of theirs that share a partner with you: %(names)s.") % {
        "names": names_of(facts["places"], facts["count"])
    }


def _namesake(facts: dict[str, Any]) -> str:
    return _("The two bear one name.") if facts["same"] else _("The names differ.")


def _language(facts: dict[str, Any]) -> str:
    told = (
        (1.0, _("The first language of both countries is the same.")),
        (0.75, _("The two countries share an official language.")),
        (0.5, _("The languages of the two countries are close relatives.")),
        (0.25, _("The languages of the two countries are distant relatives.")),
    )
    said = (text for least, text in told if facts["likeness"] >= least)
    return next(said, _("The languages of the two countries are not related."))


def _clock(facts: dict[str, Any]) -> str:
    if "unknown" in facts:
        return _("The time of day of one of the two is not known.")
    if not facts["hours"]:
        return _("The clock shows the same hour in both.")
    return _("The clocks are %(hours)s h apart.") % {"hours": f"{facts['hours']:g}"}


def _position(facts: dict[str, Any]) -> str:
    if not facts["shared"]:
        return _("Nothing special about the position of both is alike.")
    return _("Both are alike: %(positions)s.") % {
        "positions": ", ".join(str(POSITIONS[bits]) for bits in facts["shared"])
    }


def _country(number: int) -> str:
    code = the_world().columns.country_codes[number]
    return the_world().country_name(code, _language_code())


def _language_code() -> str:
    return (get_language() or "en")[:2]


def shared_names(indices: Sequence[int], shown: int = 4) -> str:
    """Names of shared partners, the telling ones first; the rest as a number."""
    return names_of(indices[:shown], len(indices))


def names_of(indices: Sequence[int], count: int) -> str:
    """Names of some places, and of how many more there are."""
    names = [the_world().place_at(index).name_in(_language_code()) for index in indices]
    left = count - len(names)
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
    "prominence": _prominence,
    "distance": _distance,
    "habit": _habit,
    "region": _region,
    "surroundings": _surroundings,
    "experience": _experience,
    "appetite": _experience,
    "load": _load,
    "ukraine": _ukraine,
    "affinity": _affinity,
    "own_ties": _own_ties,
    "shared_partners": _shared,
    "chain": _chain,
    "namesake": _namesake,
    "language": _language,
    "clock": _clock,
    "position": _position,
}
