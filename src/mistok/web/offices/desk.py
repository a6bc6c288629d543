"""The desk of an office: what is to do today, its calendar, and who did what."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_acts, check_can
from mistok.accounts.selectors import audit_of_office
from mistok.kernel.errors import NotAllowed
from mistok.partnering.models import CalendarFeed
from mistok.partnering.procedure.selectors import invited, names_of
from mistok.partnering.procedure.services import renew_feed
from mistok.provenance.models import AuditEvent
from mistok.web.aid.links import desk_of_aid
from mistok.web.needs.links import desk_of_needs, doors_of_desk
from mistok.web.offices.acting import Act, Acts, Doing, Done, can_but_for_factor, factor_wanted
from mistok.web.offices.contacts import contact_lines
from mistok.web.offices.handing_over import may_open_cards
from mistok.web.offices.matters import open_steps, run_url, sleeping, unspoken
from mistok.web.offices.people import may_see_people
from mistok.web.offices.places import card_of
from mistok.web.offices.words import moment_words, office_badge, verb_words
from mistok.web.registry.lists import paged
from mistok.web.words import StateBadge


def frame(doing: Doing, here: str) -> dict[str, Any]:
    """What every page of an office shows: whose it is, how far it is believed, where to go."""
    office = doing.office
    return {
        "office": office,
        "place": card_of(office),
        "badge": office_badge(office),
        "verified": moment_words(office.verified_at),
        "waits": _why_it_waits(doing),
        "acts_now": office.state == OfficeState.VERIFIED,
        "factor": factor_wanted(doing),
        "rooms": _rooms(doing, here),
    }


def _why_it_waits(doing: Doing) -> str:
    """Why the office cannot act, told to its people in the sentence of a refusal."""
    if not can(doing.actor, Permission.READ_WORKING_PAPERS, office=doing.office):
        return ""
    try:
        check_acts(doing.office)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _rooms(doing: Doing, here: str) -> list[tuple[str, str, bool]]:
    reads = can(doing.actor, Permission.READ_WORKING_PAPERS, office=doing.office)
    rooms = (
        ("desk", _("Desk"), reads),
        ("people", _("People"), may_see_people(doing)),
        ("contacts", _("Contacts"), reads),
        ("hand_over", _("Hand-over"), may_open_cards(doing)),
        ("tokens", _("Programs"), can_but_for_factor(doing, Permission.KEEP_TOKENS)),
        ("audit", _("Who did what"), can_but_for_factor(doing, Permission.SEE_AUDIT)),
        ("coordinate", _("Coordinate"), can_but_for_factor(doing, Permission.VERIFY_OFFICE)),
    )
    address = [doing.office.public_id]
    return [
        (reverse(f"offices:{name}", args=address), label, name == here)
        for name, label, allowed in rooms
        if allowed
    ]


def desk_context(doing: Doing) -> dict[str, Any]:
    """What is to do, the soonest first. Raises NotAllowed for whoever is not of the office."""
    office = doing.office
    check_can(doing.actor, Permission.READ_WORKING_PAPERS, office=office)
    today = timezone.localdate()
    steps = open_steps(office, today)
    may_confirm = can(doing.actor, Permission.CONFIRM_FACTS, office=office)
    feed = CalendarFeed.objects.filter(office=office.public_id).first()
    return {
        "steps": [one for one in steps if not one.later],
        "later": [one for one in steps if one.later],
        "invited": [(names_of(run), run_url(run.public_id)) for run in invited(office)],
        "unspoken": unspoken(office, "living:confirm" if may_confirm else "registry:tie"),
        "sleeping": sleeping(office, today),
        "needs": desk_of_needs(office),
        "aid": desk_of_aid(office) if can(doing.actor, Permission.READ_AID, office=office) else [],
        "doors": doors_of_desk(doing.actor, office),
        "contacts": contact_lines(office),
        "feed_made": moment_words(feed.made_at) if feed else "",
    }


def _do_renew(doing: Doing) -> Done:
    token = renew_feed(actor=doing.actor, office=doing.office)
    address = doing.request.build_absolute_uri(reverse("offices:calendar", args=[token]))
    return Done(
        _("Here is the address of the calendar. An older one has ended."), {"feed": address}
    )


ACTS: Acts = {"renew_feed": Act(do=_do_renew, right=lambda _doing: None)}


def audit_context(doing: Doing) -> dict[str, Any]:
    """Who did what to the office and in its name, newest first. Raises NotAllowed."""
    pager, page = paged(doing.request, audit_of_office(doing.actor, doing.office))
    names = _names(doing.office)
    return {"pager": pager, "events": [_event(one, names) for one in page]}


def _names(office: Office) -> dict[str, str]:
    """People and programs of the office by reference; of others that is all that is shown."""
    people = User.objects.filter(memberships__office=office).distinct()
    names = {person.public_id: person.name for person in people}
    programs = office.tokens.values_list("public_id", "name")
    return names | {key: _("the program “%(name)s”") % {"name": name} for key, name in programs}


def _outside(actor: str) -> str:
    if not actor.startswith(("person_", "token_")):
        return actor
    return _("Somebody outside of the office (%(reference)s)") % {"reference": actor}


def _event(one: AuditEvent, names: dict[str, str]) -> dict[str, Any]:
    told = [str(one.after[name]) for name in ("reason", "sentence") if one.after.get(name)]
    refused = one.verb.startswith("refused_") and "code" in one.after
    # In older trails what a decision rests on is an event of its own under the decision's verb.
    checked = {"check", "kind"} <= set(one.after) and "state" not in one.after
    return {
        "at": one.at,
        "who": names.get(one.actor) or _outside(one.actor),
        "act": verb_words("keep_check" if checked else one.verb),
        "about": "" if one.subject.startswith("office_") else one.subject,
        "told": told,
        "badge": StateBadge("refused", _("refused"), "clay", "✕") if refused else None,
    }
