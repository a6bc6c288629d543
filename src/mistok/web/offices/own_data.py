"""What is kept about a person, taken away as a file or erased; what stays, and why."""

from typing import Any

from django.utils import timezone

from mistok.accounts.models import User
from mistok.accounts.permissions import Role
from mistok.accounts.personal_data import purposes
from mistok.accounts.selectors import memberships_of
from mistok.web.offices.places import card_of
from mistok.web.offices.words import moment_words
from mistok.web.words import in_language


def own_data_context(person: User) -> dict[str, Any]:
    """The purposes for which personal data is kept here, each with its ground and its time."""
    told = [
        (in_language(one.purpose), in_language(one.legal_ground), in_language(one.retention))
        for one in purposes()
    ]
    return {
        "address": person.email,
        "since": moment_words(person.date_joined),
        "purposes": told,
        "unconfirmed": any(one.standing == "unverified" for one in purposes()),
    }


def erasing_context(person: User) -> dict[str, Any]:
    """What would end with the person, and where nobody would be left."""
    now = timezone.now()
    mine = list(memberships_of(person))
    offices = {one.office.pk: one.office for one in mine if one.office is not None}
    alone = [
        card_of(office)
        for office in offices.values()
        if not office.memberships.current(now).exclude(person=person).exists()
    ]
    ending = [
        (card_of(one.office) if one.office else None, one.get_role_display())
        for one in mine
        if one.office is not None or one.role == Role.COORDINATOR
    ]
    return {"address": person.email, "ending": ending, "alone": alone}
