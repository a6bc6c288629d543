"""The claim to an office, and the invitation into one: what the person sees before and after."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import LIVING, OfficeState
from mistok.accounts.models import Invitation, Office, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, place_of
from mistok.accounts.scopes import PlaceScope
from mistok.accounts.services import accept_invitation, claim_office
from mistok.accounts.services.belonging import invitation_of
from mistok.provenance.models import AuditEvent
from mistok.web.offices.acting import Act, Acts, Doing, Done
from mistok.web.offices.forms import ClaimForm
from mistok.web.offices.places import card_of, office_line
from mistok.web.offices.words import age_words, moment_words, office_badge
from mistok.web.registry.present import place_card
from mistok.world import Place


def new_claim(request: HttpRequest, place: Place) -> Doing:
    """The office that a claim would make, not kept yet."""
    scope, name = PlaceScope.of(place), place.local_name or place.name
    office = Office(place=scope.key, country=scope.country, region=scope.region, name=name)
    return Doing(request=request, actor=Actor(user=request.user), office=office)


def claim_context(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The form, or how far the person's own claim is; that others claim it too is told."""
    person = request.user
    claims = list(Office.objects.of(place.key).order_by("-claimed_at", "-pk"))
    own = [one for one in claims if one.claimed_by_id == person.pk]
    mine = next((one for one in own if one.state in LIVING), None)
    refused = next((one for one in own if one.state == OfficeState.REFUSED), None)
    others = [one for one in claims if one.state in LIVING and one != mine]
    return {
        "place": place_card(place),
        "line": office_line(place),
        "mine": _claim(mine, person) if mine else None,
        "refused": "" if mine or refused is None else _reason(refused),
        "others": len(others),
    }


def _claim(office: Office, person: Any) -> dict[str, Any]:
    return {
        "id": office.public_id,
        "badge": office_badge(office),
        "claimed": moment_words(office.claimed_at),
        "age": age_words(office.claimed_at, timezone.now()),
        "contested": office.contested,
        "waits": office.state == OfficeState.CLAIMED,
        "may_open": can(person, Permission.READ_WORKING_PAPERS, office=office),
    }


def _reason(office: Office) -> str:
    told = AuditEvent.objects.filter(subject=office.public_id, verb="refuse_office")
    found = [event.after.get("reason", "") for event in told]
    return next(filter(None, found), _("No reason was kept."))


def _do_claim(doing: Doing) -> Done:
    told, office = doing.told, doing.office
    made = claim_office(
        actor=doing.actor,
        place=place_of(office),
        name=office.name,
        phone_told=told["phone"],
        mail_told=told["mail"],
        site_told=told["site"],
    )
    if made.contested:
        return Done(_("Your claim is taken. Another office claims this municipality too."))
    return Done(_("Your claim is taken. A coordinator calls the municipality back."))


ACTS: Acts = {"claim_office": Act(do=_do_claim, right=lambda _doing: None, form=ClaimForm)}


def invitation_context(request: HttpRequest, invitation: Invitation) -> dict[str, Any]:
    """Into which office and as what; why not, where it is too late or for somebody else."""
    person = request.user
    another = isinstance(person, User) and person.email != invitation.email
    return {
        "place": card_of(invitation.office),
        "role": invitation.get_role_display(),
        "until": moment_words(invitation.expires_at),
        "spent": _spent(invitation),
        "another": another,
        "signed_in": isinstance(person, User),
    }


def _spent(invitation: Invitation) -> str:
    """Why an invitation leads nowhere any more; empty while it is open."""
    if invitation.accepted_at is not None:
        return _(
            "This invitation was used on %(day)s. If it was not you, tell the office: somebody "
            "else has opened your link."
        ) % {"day": moment_words(invitation.accepted_at)}
    if invitation.withdrawn_at is not None:
        return _("This invitation was withdrawn. Ask the office whether there is a newer one.")
    if not invitation.is_open(timezone.now()):
        return _("This invitation was good until %(day)s. Ask the office for a new one.") % {
            "day": moment_words(invitation.expires_at)
        }
    return ""


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation; whoever has not signed in does so first, and comes back."""
    if not isinstance(request.user, User):
        return redirect_to_login(request.path)
    member = accept_invitation(actor=Actor(user=request.user), token=token)
    office = invitation_of(token).office
    told = {"office": card_of(office).name, "role": member.get_role_display()}
    messages.success(request, _("You belong to the office of %(office)s: %(role)s.") % told)
    if can(request.user, Permission.READ_WORKING_PAPERS, office=office):
        return redirect("offices:desk", public_id=office.public_id)
    return redirect("offices:offices")
