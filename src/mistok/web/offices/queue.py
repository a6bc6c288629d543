"""What coordinators do with offices: claims that wait, each claim, contacts, stops and ends."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OFFICE_TRANSITIONS, OfficeState
from mistok.accounts.models import Office, OfficeCheck, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.selectors import scopes_of, waiting_offices
from mistok.accounts.services import (
    Evidence,
    close_office,
    confirm_contacts,
    decide_claim,
    keep_check,
    refuse_contacts,
    reinstate_office,
    suspend_office,
)
from mistok.web.offices.acting import Act, Acts, Doing, Done, can_but_for_factor, needs
from mistok.web.offices.contacts import contact_lines
from mistok.web.offices.forms import EvidenceForm, ReasonForm
from mistok.web.offices.places import card_of
from mistok.web.offices.words import age_words, moment_words, office_badge
from mistok.web.registry.lists import paged

CHECKS = {
    OfficeCheck.Outcome.CONFIRMED: ("moss", "●"),
    OfficeCheck.Outcome.DENIED: ("clay", "✕"),
    OfficeCheck.Outcome.UNREACHED: ("amber", "○"),
}


def queue_context(request: HttpRequest) -> dict[str, Any]:
    """What waits in the coordinator's scope, the oldest first; then the offices that work.

    Raises NotAllowed for whoever coordinates nothing.
    """
    actor = Actor(user=request.user)
    scopes = scopes_of(actor)
    if not scopes:
        raise sentences.not_yours(Permission.VERIFY_OFFICE)
    waiting = list(waiting_offices(actor))
    working = Office.objects.in_scopes(*scopes).exclude(state=OfficeState.CLAIMED)
    pager, page = paged(request, _named(working, request.GET.get("q", "").strip()))
    claims = [one for one in waiting if one.state == OfficeState.CLAIMED]
    fought = _contested_places(claims)
    return {
        "contested": [_row(one) for one in claims if one.place in fought],
        "claims": [_row(one) for one in claims if one.place not in fought],
        "changed": [_row(one) for one in waiting if one.state == OfficeState.VERIFIED],
        "working": [_row(one) for one in page],
        "pager": pager,
        "query": request.GET.get("q", "")[:200],
    }


def _contested_places(claims: Sequence[Office]) -> set[str]:
    """Municipalities that more than one office says to speak for, the first claim's too."""
    living = Office.objects.living().filter(place__in=[one.place for one in claims])
    counted = living.order_by().values_list("place").annotate(count=Count("pk"))
    return {place for place, count in counted if count > 1}


def _named(offices: "QuerySet[Office]", query: str) -> "QuerySet[Office]":
    found = offices.filter(name__icontains=query[:200]) if query else offices
    return found.order_by("name", "pk")


def _row(office: Office) -> dict[str, Any]:
    since = office.told_at if office.state == OfficeState.VERIFIED else office.claimed_at
    return {
        "id": office.public_id,
        "place": card_of(office),
        "state": office_badge(office),
        "claimed": moment_words(office.claimed_at),
        "age": age_words(since or office.claimed_at, timezone.now()),
    }


def office_context(doing: Doing) -> dict[str, Any]:
    """One office as its coordinator sees it: the claim, its rivals, what was found out.

    Raises NotAllowed outside the scope; without a second factor the page may be read.
    """
    office = doing.office
    if not can_but_for_factor(doing, Permission.VERIFY_OFFICE):
        check_can(doing.actor, Permission.VERIFY_OFFICE, office=office)
    state = OfficeState(office.state)
    following = OFFICE_TRANSITIONS[state]
    rivals = Office.objects.of(office.place).living().exclude(pk=office.pk)
    return _row(office) | {
        "claimant": _claimant(office),
        "verified": moment_words(office.verified_at),
        "ended": moment_words(office.ended_at),
        "contacts": contact_lines(office),
        "told_at": moment_words(office.told_at),
        "rivals": [_row(one) | {"claimant": _claimant(one)} for one in rivals],
        "checks": [_check(one) for one in office.checks.all()],
        "decides": state is OfficeState.CLAIMED,
        "rechecks": state is OfficeState.VERIFIED and office.told_anew,
        "may_suspend": OfficeState.SUSPENDED in following,
        "may_reinstate": state is OfficeState.SUSPENDED,
        "may_close": OfficeState.CLOSED in following,
        "may_invite": state is OfficeState.VERIFIED
        and can_but_for_factor(doing, Permission.INVITE_APPROVER),
        "no_approver": not office.memberships.filter(role="approver", until=None).exists(),
    }


def _claimant(office: Office) -> dict[str, str]:
    person: User = office.claimed_by
    return {"name": person.name, "email": "" if person.erased_at else person.email}


def _check(one: OfficeCheck) -> dict[str, Any]:
    tone, icon = CHECKS[OfficeCheck.Outcome(one.outcome)]
    return {
        "kind": one.get_kind_display(),
        "outcome": one.get_outcome_display(),
        "tone": tone,
        "icon": icon,
        "channel": one.channel,
        "found_at": one.found_at,
        "seen": one.seen,
        "evidence": one.evidence,
        "sha256": one.sha256,
        "by": one.checked_by,
        "at": moment_words(one.at),
    }


def evidence_of(told: Mapping[str, Any]) -> Evidence:
    """The form as evidence; of a file only its fingerprint is taken."""
    paper = told["paper"]
    digest = hashlib.sha256()
    for piece in paper.chunks() if paper else ():
        digest.update(piece)
    names = ("kind", "channel", "found_at", "seen", "evidence", "outcome")
    return Evidence(
        **{name: told[name] for name in names}, sha256=digest.hexdigest() if paper else ""
    )


def _do_keep(doing: Doing) -> Done:
    keep_check(actor=doing.actor, office=doing.office, evidence=evidence_of(doing.told))
    return Done(_("The check is kept. Nothing is decided by it."))


def _do_verify(doing: Doing) -> Done:
    evidence = evidence_of(doing.told)
    decide_claim(actor=doing.actor, office=doing.office, verify=True, evidence=evidence)
    return Done(_("The office is verified. Now invite its first approver: people, below."))


def _do_refuse(doing: Doing) -> Done:
    reason = doing.told["reason"]
    decide_claim(actor=doing.actor, office=doing.office, verify=False, reason=reason)
    return Done(_("The claim is refused. The claimant sees the reason."))


def _do_suspend(doing: Doing) -> Done:
    suspend_office(actor=doing.actor, office=doing.office, reason=doing.told["reason"])
    return Done(_("The office is suspended: it reads, and does nothing that binds."))


def _do_reinstate(doing: Doing) -> Done:
    reinstate_office(actor=doing.actor, office=doing.office, reason=doing.told["reason"])
    return Done(_("The office may act again."))


def _do_close(doing: Doing) -> Done:
    close_office(actor=doing.actor, office=doing.office, reason=doing.told["reason"])
    return Done(_("The office is closed, and its memberships have ended. What it did stays."))


def _do_confirm(doing: Doing) -> Done:
    evidence = evidence_of(doing.told)
    confirm_contacts(actor=doing.actor, office=doing.office, evidence=evidence)
    return Done(_("The told contacts are in force now."))


def _do_refuse_contacts(doing: Doing) -> Done:
    refuse_contacts(actor=doing.actor, office=doing.office, reason=doing.told["reason"])
    return Done(_("The told contacts are struck. Those in force stay."))


_VERIFY = needs(Permission.VERIFY_OFFICE)
_SUSPEND = needs(Permission.SUSPEND_OFFICE)
ACTS: Acts = {
    "keep_check": Act(do=_do_keep, right=_VERIFY, form=EvidenceForm),
    "verify_office": Act(do=_do_verify, right=_VERIFY, form=EvidenceForm),
    "refuse_office": Act(do=_do_refuse, right=_VERIFY, form=ReasonForm),
    "suspend_office": Act(do=_do_suspend, right=_SUSPEND, form=ReasonForm),
    "reinstate_office": Act(do=_do_reinstate, right=_SUSPEND, form=ReasonForm),
    "close_office": Act(do=_do_close, right=needs(Permission.CLOSE_OFFICE), form=ReasonForm),
    "confirm_contacts": Act(do=_do_confirm, right=_VERIFY, form=EvidenceForm),
    "refuse_contacts": Act(do=_do_refuse_contacts, right=_VERIFY, form=ReasonForm),
}
