"""Declared profiles in sentences: what agrees with a candidate, and what would raise the fit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.matching.declared import Hint
from mistok.partnering.profiles.vocabulary import labels

CRITERION_LABELS = {
    "fields": gettext_lazy("Fields of cooperation"),
    "needs": gettext_lazy("Needs and offers"),
    "likeness": gettext_lazy("Economy and institutions"),
    "languages": gettext_lazy("Languages"),
    "wishes": gettext_lazy("Wishes"),
    "capacity": gettext_lazy("Room for a new partner"),
}

CRITERION_DESCRIPTIONS = {
    "fields": gettext_lazy("One looks for what the other has to give, in both directions."),
    "needs": gettext_lazy("One needs what the other offers, in both directions."),
    "likeness": gettext_lazy("Places with a like economy have much to tell each other."),
    "languages": gettext_lazy("The two offices can write to each other without an interpreter."),
    "wishes": gettext_lazy("The partner is where and as large as is wished for."),
    "capacity": gettext_lazy("The partner has said that it can look after one more."),
}

WISH_LABELS = {
    "countries": gettext_lazy("country"),
    "not_countries": gettext_lazy("country not wished for"),
    "size": gettext_lazy("size"),
    "distance": gettext_lazy("distance"),
}


def fact_sentence(criterion: str, facts: Mapping[str, Any]) -> str:
    """What the facts of one criterion (see `declared.facts`, `wish_facts`) say, in a sentence.

    `capacity` takes `{"free": n}`, or `{"unknown": …}` where nothing was said.
    """
    return SENTENCES[criterion](facts)


def hint_sentence(hint: Hint, shown: int = 5) -> str:
    """A hint as a question of truth: add this, if it is so."""
    words = joined(labels(hint.field, hint.codes), shown)
    if hint.kind == "say":
        return str(SAY[hint.field]) % {"words": words}
    return str(ADD[hint.field]) % {"words": words}


def joined(words: Sequence[str], shown: int = 5) -> str:
    """Words parted by commas; beyond `shown` only how many there are."""
    left = len(words) - shown
    more = [_("%(count)s more") % {"count": left}] if left > 0 else []
    return ", ".join([*words[:shown], *more])


def _fields(facts: Mapping[str, Any]) -> str:
    if "unknown" in facts:
        return _silent(facts["unknown"], _("fields of cooperation"))
    return _both_ways(
        labels("wanted", facts["wanted"]),
        labels("offered", facts["offered"]),
        _("No field is wanted here and offered there, or the other way round."),
    )


def _needs(facts: Mapping[str, Any]) -> str:
    if "unknown" in facts:
        return _silent(facts["unknown"], _("needs and offers"))
    return _both_ways(
        labels("needs", facts["needs"]),
        labels("offers", facts["offers"]),
        _("Nothing is needed here and offered there, or the other way round."),
    )


def _both_ways(there: Sequence[str], back: Sequence[str], none: str) -> str:
    if there and back:
        return _("They can give: %(there)s. You can give: %(back)s.") % {
            "there": joined(there),
            "back": joined(back),
        }
    if there:
        return _("They can give: %(there)s.") % {"there": joined(there)}
    return _("You can give: %(back)s.") % {"back": joined(back)} if back else none


def _likeness(facts: Mapping[str, Any]) -> str:
    if "unknown" in facts:
        return _silent(facts["unknown"], _("economy and institutions"))
    shared = labels("economy", facts["economy"]) + labels("institutions", facts["institutions"])
    if not shared:
        return _("No branch or institution in common is stated.")
    return _("In common: %(names)s.") % {"names": joined(shared)}


def _languages(facts: Mapping[str, Any]) -> str:
    if "unknown" in facts:
        return _silent(facts["unknown"], _("languages"))
    shared = labels("languages", facts["languages"])
    if not shared:
        return _("The two offices state no language in common.")
    return _("Both offices write: %(names)s.") % {"names": joined(shared)}


def _wishes(facts: Mapping[str, Any]) -> str:
    if "unknown" in facts:
        return _("No wish is stated.")
    parts = (
        (_("As wished: %(names)s."), facts["met"]),
        (_("Not as wished: %(names)s."), facts["unmet"]),
        (_("Not known: %(names)s."), facts["unsure"]),
    )
    told = [
        frame % {"names": ", ".join(str(WISH_LABELS[name]) for name in names)}
        for frame, names in parts
        if names
    ]
    return " ".join(told) or _("Nothing speaks against a stated wish.")


def _capacity(facts: Mapping[str, Any]) -> str:
    if "unknown" in facts:
        return _("Whether there is room for a new partner is not said.")
    if facts["free"] <= 0:
        return _("There is no room for a new partner now.")
    return _("Room for new partners: %(count)s.") % {"count": facts["free"]}


def _silent(who: str, what: str) -> str:
    frames = {
        "seeker": _("Your profile says nothing of: %(what)s."),
        "candidate": _("Their profile says nothing of: %(what)s."),
        "both": _("Neither profile says anything of: %(what)s."),
    }
    return frames[who] % {"what": what}


SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "fields": _fields,
    "needs": _needs,
    "likeness": _likeness,
    "languages": _languages,
    "wishes": _wishes,
    "capacity": _capacity,
}

SAY = {
    "wanted": gettext_lazy("You have not said what you look for. They offer: %(words)s."),
    "offered": gettext_lazy("You have not said what you can give. They look for: %(words)s."),
    "needs": gettext_lazy("You have not said what you need. They offer: %(words)s."),
    "offers": gettext_lazy("You have not said what you offer. They need: %(words)s."),
    "economy": gettext_lazy("You have not said what your economy is. Theirs: %(words)s."),
    "institutions": gettext_lazy("You have not named institutions. They have: %(words)s."),
    "languages": gettext_lazy("You have not said your languages. Theirs: %(words)s."),
}

ADD = {
    "wanted": gettext_lazy("They offer: %(words)s. Add it to what you look for, if you do."),
    "offered": gettext_lazy("They look for: %(words)s. Add it to what you can give, if you can."),
    "needs": gettext_lazy("They offer: %(words)s. Add it to what you need, if you do."),
    "offers": gettext_lazy("They need: %(words)s. Add it to what you offer, if you can."),
    "economy": gettext_lazy("Their economy: %(words)s. Add it to yours, if you have it too."),
    "institutions": gettext_lazy("They have: %(words)s. Add it to yours, if you have it too."),
    "languages": gettext_lazy("Their office writes: %(words)s. Add it, if yours does too."),
}
