"""How work passes from one person to another, and who is responsible for what (D1-06)."""

import datetime as dt
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import HandOver, Office, ResponsibleUnit, UnitRole, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.selectors import hand_over_cards
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import public_id

MOST_ITEMS = 500
LARGEST = 200_000
"""Letters of all items together, as JSON."""


def hand_over(
    *,
    actor: Actor,
    office: Office,
    from_person: User,
    to_person: User | None,
    items: Sequence[Mapping[str, Any]],
    note: str = "",
    at: dt.datetime | None = None,
) -> HandOver:
    """Write the card of what one person leaves open; it stays readable for the office.

    `to_person` is nobody when a successor is still sought. No membership ends by it. Raises
    NotAllowed without the right, Invalid for items without title or too many, Conflict when the
    one never was of the office (`not_a_member`) or the other is not (`successor_no_member`).
    """
    at = at or timezone.now()
    with audited(actor, "hand_over", office.public_id) as act:
        check_can(actor, Permission.HAND_OVER, office=office)
        if not office.memberships.filter(person=from_person).exists():
            raise Conflict(
                _("This person never belonged to the office. Choose one of its members."),
                code="not_a_member",
            )
        if to_person is not None:
            _check_successor(office, from_person, to_person, at)
        card = HandOver.objects.create(
            public_id=public_id("handover", secrets.token_hex(16)),
            office=office,
            from_person=from_person,
            to_person=to_person,
            items=_items(items),
            note=words(note, what=_("The note"), most=4000, needed=False),
            written_by=str(actor),
            at=at,
            taken_at=at if to_person is not None else None,
        )
        act.done(after={"card": card.public_id, **_between(card), "items": len(card.items)})
    return card


def take_over(
    *, actor: Actor, card: HandOver, to_person: User, at: dt.datetime | None = None
) -> HandOver:
    """Name the successor of a card that waited for one. Raises NotAllowed, Conflict."""
    at = at or timezone.now()
    with audited(actor, "take_over", card.office.public_id) as act:
        check_can(actor, Permission.HAND_OVER, office=card.office)
        _check_successor(card.office, card.from_person, to_person, at)
        waiting = HandOver.objects.filter(pk=card.pk, to_person=None)
        if not waiting.update(to_person=to_person, taken_at=at):
            raise Conflict(
                _("Somebody has taken this over already. Open the card again."),
                code="taken_over_already",
            )
        card.refresh_from_db()
        act.done(after={"card": card.public_id, **_between(card)})
    return card


def open_cards(*, actor: Actor, office: Office, card_id: str = "") -> QuerySet[HandOver]:
    """The cards of an office, or the one with this id, to be read now. Raises NotAllowed.

    That somebody from outside read them is kept: a coordinator who replaces whoever left.
    """
    with audited(actor, "read_cards", office.public_id) as act:
        cards = hand_over_cards(actor, office)
        cards = cards.filter(public_id=card_id) if card_id else cards
        if not can(actor, Permission.READ_WORKING_PAPERS, office=office):
            act.done(after={"cards": list(cards.values_list("public_id", flat=True))})
    return cards


def _check_successor(office: Office, from_person: User, to_person: User, at: dt.datetime) -> None:
    members = office.memberships.current(at).filter(person=to_person)
    if to_person == from_person or not members.exists():
        raise Conflict(
            _(
                "The successor must be another member of the office. Invite the person first, or "
                "leave the card open until somebody is there."
            ),
            code="successor_no_member",
        )


def _items(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kept = [dict(item) for item in items]
    titled = all(isinstance(item.get("title"), str) and item["title"].strip() for item in kept)
    if not titled or len(kept) > MOST_ITEMS or len(json.dumps(kept)) > LARGEST:
        raise Invalid(
            _(
                "Each open matter needs a title, and a card holds %(most)s matters at most. "
                "Complete them, or write two cards."
            )
            % {"most": MOST_ITEMS},
            code="items_malformed",
        )
    return kept


def _between(card: HandOver) -> dict[str, str]:
    successor = card.to_person.public_id if card.to_person is not None else ""
    return {"from": card.from_person.public_id, "to": successor}


def name_responsible(
    *,
    actor: Actor,
    office: Office,
    unit: str,
    role: str,
    person_name: str,
    work_contact: str = "",
    person: User | None = None,
    since: dt.date | None = None,
) -> ResponsibleUnit:
    """Name who is responsible for what in a unit; the one before ends on that day and stays.

    Raises NotAllowed without the right, Invalid for an unknown role or a text too long, Conflict
    when the one before began later (`responsible_since`).
    """
    since = since or timezone.localdate()
    with audited(actor, "name_responsible", office.public_id) as act:
        check_can(actor, Permission.NAME_RESPONSIBLE, office=office)
        _check_unit_role(role)
        unit = words(unit, what=_("The unit"), most=200)
        name = words(person_name, what=_("The person's name"), most=200)
        contact = words(work_contact, what=_("The work contact"), most=254, needed=False)
        _end_the_one_before(office, unit, role, since)
        named = ResponsibleUnit.objects.create(
            public_id=public_id("unit", secrets.token_hex(16)),
            office=office,
            unit=unit,
            role=role,
            person=person,
            person_name=name,
            work_contact=contact,
            since=since,
        )
        told = {"responsible": named.public_id, "role": role, "since": since.isoformat()}
        act.done(after=told)
    return named


def _check_unit_role(role: str) -> None:
    if role not in UnitRole.values:
        raise Invalid(
            _("Nobody is responsible for that here. Choose one of the list."),
            code="role_unknown",
        )


def _end_the_one_before(office: Office, unit: str, role: str, since: dt.date) -> None:
    before = office.responsible_units.filter(unit=unit, role=role, until=None)
    if before.filter(since__gt=since).exists():
        raise Conflict(
            _("Somebody is responsible there since a later day. Write a day after that."),
            code="responsible_since",
        )
    before.update(until=since)


def end_responsible(
    *, actor: Actor, named: ResponsibleUnit, until: dt.date | None = None
) -> ResponsibleUnit:
    """End a responsibility without a successor. Raises NotAllowed, Conflict when it has ended."""
    until = until or timezone.localdate()
    with audited(actor, "end_responsible", named.office.public_id) as act:
        check_can(actor, Permission.NAME_RESPONSIBLE, office=named.office)
        running = ResponsibleUnit.objects.filter(pk=named.pk, until=None, since__lte=until)
        if not running.update(until=until):
            raise Conflict(
                _("This has ended already, or began after that day. Open the list again."),
                code="responsible_ended",
            )
        named.refresh_from_db()
        act.done(after={"responsible": named.public_id, "until": until.isoformat()})
    return named
