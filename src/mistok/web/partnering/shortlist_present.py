"""What the page of a shortlist shows, and the acts on it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid, Refusal
from mistok.kernel.ids import is_place_key
from mistok.matching import LATEST, Profile
from mistok.partnering.models.shortlists import LONGEST_NOTE
from mistok.partnering.search import Candidate, fit_between, the_seeker
from mistok.partnering.shortlists import fits_of
from mistok.registry.gazetteer import the_world
from mistok.web.partnering.asking import Asked
from mistok.web.partnering.bars import SHOWN, bar, longest, points, signed_points, told
from mistok.web.partnering.present import anchor
from mistok.web.partnering.profile_hints import own_profile
from mistok.web.partnering.shortlist_keeping import (
    Noted,
    is_stored,
    noted,
    put,
    take_off,
    write,
)
from mistok.web.refusals import sentence
from mistok.web.registry.present import place_card
from mistok.web.words import date_words

TOLD = 0.005
"""A fit that has moved by less than this since it was noted counts as the same."""


def shortlist_context(request: HttpRequest, key: str) -> dict[str, Any]:
    """The candidates in the order in which they were noted, with their fit of today.

    Raises what the search raises for a key that has no partners.
    """
    the_seeker(key)
    entries = _entries(key, noted(request, key), own_profile(request, key))
    return {
        "place": place_card(the_world().get(key)),
        "entries": entries,
        "stored": is_stored(request, key),
        "longest": LONGEST_NOTE,
        "printable": request.GET.get("print") == "1",
        "partners_url": reverse("partnering:partners", args=[key]),
        "compare_url": reverse("partnering:compare", args=[key]),
        "comparable": [one for one in entries if "score" in one],
        "algorithm": LATEST,
    }


def _entries(key: str, listed: list[Noted], own: Profile | None) -> list[dict[str, Any]]:
    """Rows; what can no longer be ranked is told in a sentence and may still be taken off."""
    refused = {one.candidate: _refusal(key, one.candidate) for one in listed}
    sound = [other for other, why in refused.items() if not why]
    fits = fits_of(key=key, others=sound, profile=own) if sound else []
    whole, found = longest(one.fit for one in fits), dict(zip(sound, fits, strict=True))
    return [
        _base(one)
        | (
            {"refusal": refused[one.candidate]}
            if refused[one.candidate]
            else _fit(one, found[one.candidate], whole)
        )
        for one in listed
    ]


def _refusal(key: str, other: str) -> str:
    """Why a place can be nobody's candidate any more; empty for one that can."""
    try:
        return "" if the_seeker(other) != the_seeker(key) else _("It is the municipality itself.")
    except Refusal as refusal:
        return sentence(refusal)


def _base(one: Noted) -> dict[str, Any]:
    return {
        "key": one.candidate,
        "note": one.note,
        "anchor": anchor(one.candidate),
        "added": date_words(PartialDate(*one.added_on.timetuple()[:3])) if one.added_on else "",
    }


def _fit(one: Noted, found: Candidate, whole: float) -> dict[str, Any]:
    return {
        "place": place_card(found.place),
        "score": points(found.fit.score),
        "moved": _moved(one, found),
        "reasons": [bar(reason, whole) for reason in told(found.fit, SHOWN)],
        "tied": found.tied,
    }


def _moved(one: Noted, found: Candidate) -> str:
    """By how many points the fit has moved since it was noted; empty for hardly at all."""
    if one.score is None or abs(found.fit.score - one.score) < TOLD:
        return ""
    return signed_points(found.fit.score - one.score)


def act_on_shortlist(request: HttpRequest, key: str) -> str:
    """Do what the form says; gives the address to go on to, at the row that was touched."""
    act, candidate = next(
        ((name, request.POST[name]) for name in ACTS if request.POST.get(name)), ("", "")
    )
    if act:
        _check_key(candidate)
        ACTS[act](request, key, candidate)
    back = request.POST.get("next", "")
    # A word without a slash would be taken for the name of a page.
    if not (back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)):
        back = reverse("partnering:shortlist", args=[key])
    return f"{back}#{anchor(candidate)}" if act in ("add", "write") else back


def _check_key(candidate: str) -> None:
    if not is_place_key(candidate):
        raise Invalid(
            _("This is not the key of a place. Search for the place by its name."),
            code="key_malformed",
        )


def _add(request: HttpRequest, key: str, candidate: str) -> None:
    asked, own = Asked.of(request.GET), own_profile(request, key)
    found = fit_between(key=key, other=candidate, profile=own, **asked.weights)
    put(request, key, found, asked.label)


def _write(request: HttpRequest, key: str, candidate: str) -> None:
    write(request, key, candidate, request.POST.get("note", ""))


ACTS: dict[str, Callable[[HttpRequest, str, str], None]] = {
    "add": _add,
    "write": _write,
    "remove": take_off,
}
"""Names of the buttons, each with the candidate's key as its value."""
