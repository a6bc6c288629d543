"""From a pasted letter to its tells and the way to call back. Nothing of it is kept."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.letters import marks_of
from mistok.accounts.models import Office
from mistok.accounts.selectors import verified_office
from mistok.accounts.tells import Letter, tells
from mistok.kernel.errors import Invalid, Refusal
from mistok.partnering.calling_back import may_call_back, numbers_of, verified_channel
from mistok.registry.gazetteer import the_world
from mistok.web.refusals import sentence
from mistok.web.registry.present import place_card
from mistok.web.words import in_language
from mistok.world import Place, Verdict

LONGEST = 20_000
LONGEST_LINE = 254
MOST_CHOICES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed into the form, as it was typed."""

    place: str = ""
    key: str = ""
    sender: str = ""
    phone: str = ""
    text: str = ""


def blank_context() -> dict[str, Any]:
    """The empty form."""
    return {
        "asked": Asked(),
        "refusal": "",
        "choices": [],
        "place": None,
        "tells": [],
        "checked": False,
        "channel": None,
        "site": "",
        "office": None,
    }


def asked_context(request: HttpRequest) -> dict[str, Any]:
    """The form with what it found; a bad entry is answered in a sentence, nothing is lost."""
    names = ("place", "key", "sender", "phone", "text")
    asked = Asked(**{name: request.POST.get(name, "") for name in names})
    context = blank_context() | {"asked": asked}
    try:
        _check(asked)
        meant, choices = _meant(asked)
        if meant is None:
            return context | {"choices": [place_card(place) for place in choices]}
        return context | _answer(Actor(user=request.user), asked, meant)
    except Refusal as refusal:
        return context | {"refusal": sentence(refusal)}


def _check(asked: Asked) -> None:
    if not any(part.strip() for part in (asked.sender, asked.phone, asked.text)):
        raise Invalid(
            _("Paste a letter, or write the address it came from, or the number that called."),
            code="letter_empty",
        )
    if len(asked.text) > LONGEST:
        raise Invalid(
            _("The text has %(count)s letters; %(most)s are the most. Paste the letter alone.")
            % {"count": len(asked.text), "most": LONGEST},
            code="text_too_long",
        )
    if max(len(asked.sender), len(asked.phone)) > LONGEST_LINE:
        raise Invalid(
            _("The address or the number is too long to be one. Paste it alone."),
            code="text_too_long",
        )


def _meant(asked: Asked) -> tuple[Place | None, list[Place]]:
    """The municipality that was meant, else none and those to choose from. Raises Invalid."""
    if asked.key:
        return the_world().get(asked.key), []
    if not asked.place.strip():
        raise Invalid(
            _("Which municipality does the letter claim to come from? Write its name."),
            code="place_missing",
        )
    found = the_world().resolve(asked.place, limit=20)
    places = [match.place for match in found.matches if match.place.is_municipality]
    if not places:
        raise Invalid(
            _("No municipality with this name was found. Write it as it stands on the map."),
            code="place_not_found",
        )
    best = found.best
    clear = best is not None and best.place is places[0]
    if clear and found.verdict not in (Verdict.ASK, Verdict.NONE):
        return places[0], []
    return None, places[:MOST_CHOICES]


def _answer(actor: Actor, asked: Asked, place: Place) -> dict[str, Any]:
    office = verified_office(place.key)
    partner = office is not None and may_call_back(actor, office)
    marks = marks_of(the_world(), place, office, numbers=numbers_of(place.key), phone_known=partner)
    letter = Letter(text=asked.text, sender=asked.sender, phone=asked.phone)
    found = [
        {
            "alarm": tell.level == "alarm",
            "title": in_language(tell.title),
            "told": in_language(tell.told),
            "words": tell.words,
        }
        for tell in tells(letter, marks)
    ]
    return {
        "place": place_card(place),
        "tells": found,
        "checked": True,
        "office": office,
        "channel": verified_channel(actor, office) if office is not None and partner else None,
        "site": _site(office),
        "compared": partner or office is None or not asked.phone.strip(),
    }


def _site(office: Office | None) -> str:
    """The checked official site, which is public by its nature."""
    return office.official_site if office is not None else ""
