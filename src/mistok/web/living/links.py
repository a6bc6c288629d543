"""Ways into these pages from the pages that everybody reads; only for those who may."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.provenance.models import Statement
from mistok.registry.life import life_between
from mistok.registry.models import Tie
from mistok.web.living.seats import readable_offices, told_parties, why_not
from mistok.web.words import lang, state_badge

TELLING = (Permission.TELL_EVENT, Permission.SIGN)
Links = list[dict[str, str]]


def tie_links(request: HttpRequest, tie: Tie) -> dict[str, Any]:
    """What a member of a partner's office may do with this tie."""
    keys = {seat.municipality.key for seat in tie.parties.all()}
    actor = Actor(user=request.user)
    own = [office for office in readable_offices(actor) if office.place in keys]
    links: Links = []
    if _may(actor, own, Permission.CONFIRM_FACTS):
        links.append(_link(_("Confirm or correct what is told"), "living:confirm", tie.public_id))
    if _may(actor, own, *TELLING):
        links.append(_link(_("Tell what happened"), "living:tell", tie.public_id))
    return {"office_links": links}


def place_links(request: HttpRequest, key: str) -> dict[str, Any]:
    """What a member of the municipality's office may do, and ties that only its parties see."""
    actor = Actor(user=request.user)
    own = [office for office in readable_offices(actor) if office.place == key]
    links: Links = []
    for office in own:
        query = urlencode({"office": office.public_id})
        if _may(actor, [office], *TELLING):
            links.append({"label": _("Tell of a tie that is missing here"), "url": _new(query)})
        if _may(actor, [office], Permission.END_TIE):
            url = f"{reverse('living:end')}?{query}"
            links.append({"label": _("End several ties by one act"), "url": url})
    return {"office_links": links, "own_ties": _unshown(key) if own else []}


def _new(query: str) -> str:
    return f"{reverse('living:new')}?{query}"


def _link(label: str, view: str, tie: str) -> dict[str, str]:
    return {"label": label, "url": reverse(view, args=[tie])}


def _may(actor: Actor, offices: Sequence[Office], *rights: Permission) -> bool:
    """Whether one of the rights is there, but for the second factor that is asked for later."""
    return any(not why_not(actor, right, one) for one in offices for right in rights)


def _unshown(key: str) -> list[dict[str, Any]]:
    """Ties of a municipality of which nothing is public yet, for its own office."""
    standing = Statement.objects.standing()
    named = standing.filter(prop="party", value=key, subject__startswith="tie_")
    shown = standing.public().filter(prop="event", subject=OuterRef("subject"))
    told = standing.filter(prop="event", subject=OuterRef("subject"))
    subjects = named.filter(Exists(told), ~Exists(shown)).values_list("subject", flat=True)
    return [_row(subject, key) for subject in sorted(set(subjects))]


def _row(subject: str, key: str) -> dict[str, Any]:
    life = life_between(told_parties(subject), lang())
    return {
        "names": " – ".join(party.name for party in life.known.parties if party.key != key),
        "state": state_badge(life.known.state),
        "url": reverse("living:confirm", args=[subject]),
    }
