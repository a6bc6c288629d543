"""The life of an office: claimed by a person, believed, stopped, closed or refused."""

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited, without_addresses
from mistok.accounts.lifecycle import LIVING, OFFICE_TRANSITIONS, OfficeState
from mistok.accounts.models import Membership, Office, OfficeCheck, User
from mistok.accounts.permissions import Permission, Role
from mistok.accounts.policies import check_can
from mistok.accounts.scopes import PlaceScope
from mistok.accounts.services.evidence import (
    Evidence,
    check_convinces,
    check_no_member,
    keep,
)
from mistok.accounts.services.texts import mail, phone, site, words
from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import is_place_key, public_id

MOST_CLAIMS = 3
"""Claims that one person may have waiting: who works for four municipalities asks a coordinator."""


def claim_office(
    *,
    actor: Actor,
    place: PlaceScope,
    name: str,
    phone_told: str = "",
    mail_told: str = "",
    site_told: str = "",
    at: dt.datetime | None = None,
) -> Office:
    """Take a person's claim to the office of a municipality; the person becomes its officer.

    `place` has the canonical key; that it is a municipality is known to the caller, who has the
    gazetteer. A second claim to one municipality is taken too, but then all that wait are
    `contested`: nobody of them can act until a coordinator decides. A verified office acts on, for
    nobody stops it by a claim. Raises NotAllowed for whoever has not signed in, Invalid
    for a malformed key or contact, Conflict for a claim that the person has made already
    (`claimed_already`) and for a fourth that waits (`too_many_claims`).
    """
    at = at or timezone.now()
    with audited(actor, "claim_office", place.key[:64]) as act:
        check_can(actor, Permission.CLAIM_OFFICE)
        if actor.person is None:
            raise sentences.sign_in_needed()
        _check_claim(actor.person, place, at)
        told = {
            "told_phone": phone(phone_told),
            "told_email": mail(mail_told),
            "told_site": site(site_told),
            "name": words(name, what=_("The name of the municipality"), most=200),
        }
        rivals = list(Office.objects.of(place.key).living())
        office = _new_office(actor.person, place, told, bool(rivals), at)
        claimed = {"place": place.key, "contested": office.contested}
        act.done(about=office.public_id, after=claimed)
        for rival in rivals:
            _contest(act, rival, office)
    return office


def _contest(act: Act, rival: Office, office: Office) -> None:
    """Tell an older claim or office of the new one; a claim that waits can do nothing now."""
    waits = rival.state == OfficeState.CLAIMED
    if waits:
        Office.objects.filter(pk=rival.pk).update(contested=True)
    told = {"claimed_too_by": office.public_id, "contested": waits}
    act.done(about=rival.public_id, after=told)


def _check_claim(person: User, place: PlaceScope, at: dt.datetime) -> None:
    if not is_place_key(place.key) or len(place.country) != 2:
        raise Invalid(
            _("“%(key)s” is not the key of a municipality. Find it by its name first.")
            % {"key": place.key[:60]},
            code="key_malformed",
        )
    living = Office.objects.living().filter(memberships__in=person.memberships.current(at))
    if living.filter(place=place.key).exists():
        raise Conflict(
            _("You belong to an office of this municipality already. Open it instead."),
            code="claimed_already",
        )
    if Office.objects.undecided().filter(claimed_by=person).count() >= MOST_CLAIMS:
        raise Conflict(
            _(
                "%(most)s claims of yours wait for a decision already. Wait for the coordinator, "
                "or write to them."
            )
            % {"most": MOST_CLAIMS},
            code="too_many_claims",
        )


def _new_office(
    person: User, place: PlaceScope, told: dict[str, str], contested: bool, at: dt.datetime
) -> Office:
    """The office with its first officer."""
    office = Office.objects.create(
        public_id=public_id("office", secrets.token_hex(16)),
        place=place.key,
        country=place.country,
        region=place.region,
        contested=contested,
        told_at=at if told["told_phone"] or told["told_email"] or told["told_site"] else None,
        claimed_by=person,
        claimed_at=at,
        **told,
    )
    Membership.objects.create(
        public_id=public_id("membership", secrets.token_hex(16)),
        person=person,
        office=office,
        role=Role.OFFICER,
        since=at,
    )
    return office


def keep_check(
    *, actor: Actor, office: Office, evidence: Evidence, at: dt.datetime | None = None
) -> OfficeCheck:
    """Keep what was found out about an office, without deciding: a paper, a call in vain.

    Raises NotAllowed outside the coordinator's scope and for a member of the office, Invalid for
    evidence that cannot be kept.
    """
    with audited(actor, "keep_check", office.public_id) as act:
        check_can(actor, Permission.VERIFY_OFFICE, office=office)
        check_no_member(actor, office)
        found = keep(actor, office, evidence.checked(), at or timezone.now())
        act.done(after=_told(found))
    return found


def decide_claim(
    *,
    actor: Actor,
    office: Office,
    verify: bool,
    evidence: Evidence | None = None,
    reason: str = "",
    at: dt.datetime | None = None,
) -> Office:
    """Verify a claim by what a second channel confirmed, or refuse it with a reason.

    The number or address that confirmed becomes the office's verified channel. Raises NotAllowed
    outside the coordinator's scope and for whoever is of the office, Invalid for evidence that
    does not convince or a missing reason, Conflict when the claim is decided already or another
    office of this municipality is verified (`office_verified_already`).
    """
    at = at or timezone.now()
    verb = "verify_office" if verify else "refuse_office"
    with audited(actor, verb, office.public_id) as act:
        check_can(actor, Permission.VERIFY_OFFICE, office=office)
        check_no_member(actor, office)
        evidence = evidence.checked() if evidence is not None else None
        contacts = _verified_by(office, evidence, at) if verify else {}
        told = _told(keep(actor, office, evidence, at)) if evidence is not None else {}
        if verify:
            _move(act, office, OfficeState.VERIFIED, told, **contacts)
            others = Office.objects.of(office.place).undecided().exclude(pk=office.pk)
            others.update(contested=True)
        else:
            _end(act, office, OfficeState.REFUSED, told | {"reason": _reason(reason)}, at)
    return office


def _verified_by(office: Office, evidence: Evidence | None, at: dt.datetime) -> dict[str, object]:
    """What changes in an office that this evidence verifies. Raises Invalid, Conflict."""
    if evidence is None:
        raise Invalid(
            _("Nothing was found out yet. Call back first, and write down what you heard."),
            code="evidence_missing",
        )
    if office.state != OfficeState.CLAIMED:
        raise _decided(office)
    check_convinces(evidence, office)
    by_phone = evidence.kind == OfficeCheck.Kind.CALL_BACK
    contacts: dict[str, object] = {
        "callback_phone": evidence.channel if by_phone else "",
        "official_email": "" if by_phone else evidence.channel,
        # What the claim told and the call confirmed needs no second check.
        "told_phone": "" if office.told_phone == evidence.channel else office.told_phone,
        "told_email": "" if office.told_email == evidence.channel else office.told_email,
    }
    left = contacts["told_phone"] or contacts["told_email"] or office.told_site
    told_at = office.told_at if left else None
    return contacts | {"verified_at": at, "contested": False, "told_at": told_at}


def suspend_office(*, actor: Actor, office: Office, reason: str) -> Office:
    """Stop a verified office from acting, with the reason; it goes on reading.

    Raises NotAllowed outside the scope, Invalid without a reason, Conflict in another state.
    """
    with audited(actor, "suspend_office", office.public_id) as act:
        check_can(actor, Permission.SUSPEND_OFFICE, office=office)
        _move(act, office, OfficeState.SUSPENDED, {"reason": _reason(reason)})
    return office


def reinstate_office(*, actor: Actor, office: Office, reason: str) -> Office:
    """Let a suspended office act again; raises as `suspend_office`, and for its own members."""
    with audited(actor, "reinstate_office", office.public_id) as act:
        check_can(actor, Permission.SUSPEND_OFFICE, office=office)
        check_no_member(actor, office)
        if office.state == OfficeState.CLAIMED:
            raise _decided(office)
        _move(act, office, OfficeState.VERIFIED, {"reason": _reason(reason)})
    return office


def close_office(
    *, actor: Actor, office: Office, reason: str, at: dt.datetime | None = None
) -> Office:
    """Close an office for good: its memberships end, what it did stays. Raises as the others."""
    with audited(actor, "close_office", office.public_id) as act:
        check_can(actor, Permission.CLOSE_OFFICE, office=office)
        _end(act, office, OfficeState.CLOSED, {"reason": _reason(reason)}, at or timezone.now())
    return office


def _end(
    act: Act, office: Office, to: OfficeState, told: Mapping[str, str], at: dt.datetime
) -> None:
    """No way back: members leave, invitations are void, a rival claim is no longer contested."""
    _move(act, office, to, told, ended_at=at, contested=False)
    office.memberships.current(at).update(until=at)
    office.invitations.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    rivals = Office.objects.of(office.place).living()
    if rivals.count() == 1:
        rivals.update(contested=False)


def _move(
    act: Act, office: Office, to: OfficeState, told: Mapping[str, str], **changes: object
) -> None:
    """Compare and set, with the one event of the act, which says also what was `told`.

    The database itself keeps a municipality from having two.
    """
    before = OfficeState(office.state)
    if to not in OFFICE_TRANSITIONS[before]:
        raise _decided(office)
    try:
        with transaction.atomic():
            moved = Office.objects.filter(pk=office.pk, state=before).update(state=to, **changes)
    except IntegrityError as error:
        raise Conflict(
            _(
                "Another office of %(office)s is verified already. Look at both: close the one "
                "that is not the municipality's, then decide."
            )
            % {"office": office.name},
            code="office_verified_already",
        ) from error
    if not moved:
        raise _decided(office)
    office.refresh_from_db()
    act.done(before={"state": before}, after={"state": to} | dict(told))


def _decided(office: Office) -> Conflict:
    now = Office.objects.get(pk=office.pk)
    known = now.state in LIVING
    return Conflict(
        _("The office of %(office)s is %(state)s now, so this cannot be done. Open it again.")
        % {"office": office.name, "state": now.get_state_display()},
        code="office_state" if known else "office_ended",
    )


def _reason(text: str) -> str:
    return without_addresses(words(text, what=_("The reason"), most=400))


def _told(check: OfficeCheck) -> dict[str, str]:
    """What an audit event says of a check: never a number, an address or a name."""
    return {"check": check.public_id, "kind": check.kind, "outcome": check.outcome}
