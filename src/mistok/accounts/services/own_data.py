"""A person takes away everything that is kept about her, and what she did."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.holders import Tables, holders
from mistok.accounts.models import AccessToken, HandOver, Invitation, OfficeCheck, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.erasure import sign_in_rows
from mistok.provenance.models import AuditEvent

_PERSON = "public_id email first_name last_name language date_joined last_login is_staff"
_CHECK = "public_id office__name kind channel found_at seen evidence sha256 outcome at"
_CARD = "public_id office__name from_person__public_id to_person__public_id note items at taken_at"
_SECRET = frozenset({"id", "data", "key", "token", "session_key", "user_id"})
"""Columns of the libraries of sign-in that prove who somebody is: nobody takes them away."""


def export_own_data(*, actor: Actor) -> dict[str, Any]:
    """Everything kept about the person who asks, in words that JSON can hold.

    Raises NotAllowed for whoever has not signed in.
    """
    with audited(actor, "export_own_data", str(actor)) as act:
        check_can(actor, Permission.EXPORT_OWN_DATA)
        if actor.person is None:
            raise sentences.sign_in_needed()
        act.done()
        told = _everything(actor.person)
    plain: dict[str, Any] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return plain


def _everything(person: User) -> dict[str, Any]:
    """One list of rows for each table that tells of the person, by the columns named."""
    me = person.public_id
    hers = Invitation.objects.filter(Q(email=person.email) | Q(accepted_by=person))
    cards = HandOver.objects.filter(Q(from_person=person) | Q(to_person=person) | Q(written_by=me))
    did = AuditEvent.objects.filter(Q(actor__in=(me, person.email)) | Q(subject=me))
    tables: dict[str, tuple[QuerySet[Any], str]] = {
        "memberships": (
            person.memberships.all(),
            "public_id office__public_id office__name role scope since until",
        ),
        "invitations": (hers, "public_id office__name role email invited_at accepted_at"),
        # Without the address that she invited, which is somebody else's.
        "invitations_made": (
            Invitation.objects.filter(invited_by=me),
            "public_id office__name role invited_at accepted_at",
        ),
        "responsibilities": (
            person.responsibilities.all(),
            "public_id unit role person_name work_contact since until",
        ),
        "claims": (
            person.claimed_offices.all(),
            "public_id place name state claimed_at told_phone told_email told_site",
        ),
        "checks_made": (OfficeCheck.objects.filter(checked_by=me), _CHECK),
        "hand_over_cards": (cards, _CARD),
        "tokens": (
            AccessToken.objects.filter(Q(made_by=me) | Q(ended_by=me)),
            "public_id office__name role name made_at expires_at ended_at",
        ),
        "audit_events": (did, "at actor verb subject before after"),
    }
    elsewhere = {one.room: _told(one.tables(person)) for one in holders()}
    (own,) = _rows(User.objects.filter(pk=person.pk), _PERSON)
    return {"person": own, **_told(tables), **elsewhere, "sign_in": _sign_in(person)}


def _told(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    return {name: _rows(rows, columns) for name, (rows, columns) in tables.items()}


def _rows(rows: QuerySet[Any], names: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*names.split()))


def _sign_in(person: User) -> dict[str, list[dict[str, Any]]]:
    """What the libraries of sign-in keep, without what would let somebody sign in."""
    found: dict[str, list[dict[str, Any]]] = {}
    for rows in sign_in_rows(person):
        meta = rows.model._meta
        names = [one.attname for one in meta.concrete_fields if one.attname not in _SECRET]
        found[meta.label_lower] = _rows(rows, " ".join(names))
    return found
