"""What the page of a revival kit shows, and the warning on the page of a sleeping tie."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.accounts.scopes import PlaceScope
from mistok.partnering.revival import Kit, idea_told
from mistok.registry.aggressors import AGGRESSOR_STATES
from mistok.registry.dormancy import SHIPPED, Level, Part
from mistok.registry.models import Municipality, Tie
from mistok.registry.sleeping import WATCHED, Sleeper, sleepers
from mistok.web.cards import Choice
from mistok.web.registry.present import page_url, place_card, tie_row, tie_url
from mistok.web.words import in_language, lang, stated_words

LEVELS = {
    Level.AWAKE: gettext_lazy("awake"),
    Level.QUIET: gettext_lazy("quiet"),
    Level.ASLEEP: gettext_lazy("asleep"),
}
PARTS = {
    "silence": gettext_lazy("Silence"),
    "contacts": gettext_lazy("Contacts"),
    "missed": gettext_lazy("Missed days"),
    "anniversary": gettext_lazy("Anniversary"),
}
_SWEPT = frozenset(state.country for state in AGGRESSOR_STATES)


def sleep_notice(tie: Tie) -> dict[str, str]:
    """For the page of a tie: why it seems to sleep, and the way to its kit; empty while awake."""
    parties = [seat.municipality for seat in tie.parties.all()]
    if tie.state not in WATCHED or any(row.country in _SWEPT for row in parties):
        return {}
    (sleeper,) = sleepers([tie], timezone.localdate())
    if not sleeper.asleep:
        return {}
    return {
        "told": sleeper.dormancy.parts[0].told,
        "url": page_url("reviving:revive", tie.public_id),
    }


def revive_context(request: HttpRequest, kit: Kit) -> dict[str, Any]:
    """Everything that reviving/revive.html shows."""
    sleeper = kit.sleeper
    names = {row.key: row.name_in(lang()) for row in (kit.sender, *kit.others)}
    inside = _is_concerned(request, kit)
    return {
        "tie": tie_row(sleeper.tie),
        "tie_url": tie_url(sleeper.tie.public_id),
        "asleep": sleeper.asleep,
        "level": str(LEVELS[sleeper.dormancy.level]),
        "points": round(100 * sleeper.dormancy.score),
        "parts": [_part(part, inside) for part in sleeper.dormancy.parts],
        "anniversary": _anniversary(sleeper),
        "senders": [
            Choice(
                value=f"?from={row.key}",
                label=row.name_in(lang()),
                selected=row.pk == kit.sender.pk,
            )
            for row in (kit.sender, *kit.others)
        ],
        "sender": place_card(kit.sender),
        "drafts": kit.drafts,
        "ideas": [idea_told(idea, names, lang()) for idea in kit.ideas],
        "undeclared": [_profile(row) for row in kit.undeclared],
        "check": [in_language(item) for item in kit.check],
        "standing": in_language(SHIPPED.source),
        "verify_url": reverse("authenticity:verify"),
        "meeting_url": reverse("authenticity:first_meeting"),
    }


def _part(part: Part, inside: bool) -> dict[str, Any]:
    return {
        "label": str(PARTS[part.code]),
        "told": part.told,
        "points": round(100 * part.value * part.weight),
        "weight": round(100 * part.weight),
        "details": part.details if inside else (),
    }


def _anniversary(sleeper: Sleeper) -> dict[str, Any]:
    coming = sleeper.dormancy.anniversary
    if coming is None:
        return {}
    iso = coming.on.isoformat()
    return {"iso": iso, "words": stated_words(iso), "years": coming.years}


def _profile(row: Municipality) -> dict[str, str]:
    """Whose wishes are not known; only municipalities of the gazetteer can declare them."""
    url = "" if row.key.startswith("place_") else page_url("profiles:profile", row.key)
    return {"name": row.name_in(lang()), "url": url}


def _is_concerned(request: HttpRequest, kit: Kit) -> bool:
    """Of an office of a side, or a coordinator of one: they see how single sides are reached."""
    actor = Actor(user=request.user)
    sides = (kit.sender, *kit.others)
    places = (PlaceScope(row.key, row.country, row.region) for row in sides)
    return actor.person is not None and any(
        can(actor, permission, place=place)
        for place in places
        for permission in (Permission.READ_WORKING_PAPERS, Permission.COORDINATE_ROUNDS)
    )
