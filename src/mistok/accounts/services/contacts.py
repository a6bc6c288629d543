"""The contacts of an office: what it tells, and what a coordinator has checked.

A verified office cannot change its own call-back number at once: whoever takes over one mailbox
would take over the number with it, and could then be called back and confirm whatever he likes.
So the checked number stays in force, and shown to partners, until a coordinator has asked on it.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_acts, check_can
from mistok.accounts.services.evidence import (
    Evidence,
    check_convinces,
    check_no_member,
    keep,
)
from mistok.accounts.services.texts import mail, phone, site, words
from mistok.kernel.errors import Conflict

IN_FORCE = {
    "told_phone": "callback_phone",
    "told_email": "official_email",
    "told_site": "official_site",
}
"""What is told, and where it stands once it is checked."""
_NOTHING: dict[str, object] = {**dict.fromkeys(IN_FORCE, ""), "told_at": None}


def set_contacts(
    *,
    actor: Actor,
    office: Office,
    callback_phone: str = "",
    official_email: str = "",
    official_site: str = "",
    at: dt.datetime | None = None,
) -> Office:
    """Tell the office's contacts, as a whole; what differs from the checked ones waits for a check.

    An empty contact, or one equal to the checked one, changes nothing. Raises NotAllowed without
    the right, Invalid for a number or address that cannot be one.
    """
    with audited(actor, "set_contacts", office.public_id) as act:
        check_can(actor, Permission.SET_CONTACTS, office=office)
        told = {
            "told_phone": phone(callback_phone),
            "told_email": mail(official_email),
            "told_site": site(official_site),
        }
        office.refresh_from_db()
        new = {
            name: value if value != getattr(office, IN_FORCE[name]) else ""
            for name, value in told.items()
        }
        waits = sorted(IN_FORCE[name] for name, value in new.items() if value)
        told_at = (at or timezone.now()) if waits else None
        Office.objects.filter(pk=office.pk).update(**new, told_at=told_at)
        office.refresh_from_db()
        act.done(after={"told": waits})
    return office


def confirm_contacts(
    *, actor: Actor, office: Office, evidence: Evidence, at: dt.datetime | None = None
) -> Office:
    """Put the told contacts in force, after asking on the checked channel or one found elsewhere.

    Raises NotAllowed outside the scope, for a member, and for an office that is not verified;
    Invalid for evidence that does not convince; Conflict when nothing waits.
    """
    with audited(actor, "confirm_contacts", office.public_id) as act:
        _check_may_decide(actor, office)
        found = evidence.checked()
        check_convinces(found, office)
        waits = {IN_FORCE[name]: getattr(office, name) for name in IN_FORCE}
        waits = {name: value for name, value in waits.items() if value}
        _set(office, {**waits, **_NOTHING})
        check = keep(actor, office, found, at or timezone.now())
        act.done(after={"in_force": sorted(waits), "check": check.public_id})
    return office


def refuse_contacts(*, actor: Actor, office: Office, reason: str) -> Office:
    """Strike what was told, with the reason; the checked ones stay. Raises as the confirming."""
    with audited(actor, "refuse_contacts", office.public_id) as act:
        _check_may_decide(actor, office)
        reason = words(reason, what=_("The reason"), most=400)
        _set(office, _NOTHING)
        act.done(after={"reason": without_addresses(reason)})
    return office


def _check_may_decide(actor: Actor, office: Office) -> None:
    check_can(actor, Permission.VERIFY_OFFICE, office=office)
    check_no_member(actor, office)
    check_acts(office)
    if office.told_at is None:
        raise _nothing_waits()


def _set(office: Office, changes: dict[str, object]) -> None:
    """Compare and set: what the office told meanwhile is never put in force unseen."""
    seen = {name: getattr(office, name) for name in (*IN_FORCE, "told_at")}
    if not Office.objects.filter(pk=office.pk, **seen).update(**changes):
        raise _nothing_waits()
    office.refresh_from_db()


def _nothing_waits() -> Conflict:
    return Conflict(
        _("These contacts no longer wait for a check. Open the office again to see them."),
        code="contacts_changed",
    )
