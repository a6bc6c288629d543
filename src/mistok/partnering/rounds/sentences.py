"""Why a seeker got nobody, and what classes are called, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mistok.registry.gazetteer import the_world

CLASSES = {
    "everyone": gettext_lazy("everyone"),
    "rural": gettext_lazy("rural hromadas"),
    "front_line": gettext_lazy("front-line hromadas"),
    "never_partnered": gettext_lazy("without a partner so far"),
}


def class_label(name: str) -> str:
    """A class in words; one that the coordinator made up is shown as it was written."""
    return str(CLASSES.get(name, name.replace("_", " ")))


def unserved_sentence(reason: str, facts: Mapping[str, Any], *, reveal: bool = True) -> str:
    """Why somebody got nobody. Without `reveal` no other municipality is named."""
    return SENTENCES[reason](facts if reveal else {})


def _no_capacity(_facts: Mapping[str, Any]) -> str:
    return _("It stands in the round with a capacity of 0, so it takes nobody now.")


def _nobody_allowed(_facts: Mapping[str, Any]) -> str:
    return _("Every offerer is excluded: by its country, by a wish, or by a tie that exists.")


def _offerers_full(facts: Mapping[str, Any]) -> str:
    best = facts.get("best", [])
    if not best:
        return _("All that it may have are full with pairs that fit better or that a floor needs.")
    named = ", ".join(
        _("%(name)s (%(missing).3f short)")
        % {"name": _name(one["offerer"]), "missing": one["missing"]}
        for one in best
    )
    return _(
        "All that it may have are full with pairs that fit better or that a floor needs. The "
        "nearest were: %(named)s."
    ) % {"named": named}


def _no_positive_fit(_facts: Mapping[str, Any]) -> str:
    return _("No offerer that it may have fits it at all.")


def _not_given(_facts: Mapping[str, Any]) -> str:
    return _("No seeker of this round was given to it.")


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "no_capacity_of_own": _no_capacity,
    "nobody_allowed": _nobody_allowed,
    "offerers_full": _offerers_full,
    "no_positive_fit": _no_positive_fit,
    "not_given": _not_given,
}


def _name(key: str) -> str:
    return the_world().get(key).name_in((get_language() or "en")[:2])
