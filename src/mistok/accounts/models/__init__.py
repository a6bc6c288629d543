"""People, offices, and how the two belong together. Nothing is deleted: it ends on a day.

A model lists its fields that tell of a living person in `PERSONAL`; each of them stands in the
register of personal data (`data/personal_data.json` of its room), or a test fails.
"""

from mistok.accounts.models.belonging import (
    HandOver,
    Invitation,
    Membership,
    ResponsibleUnit,
    UnitRole,
)
from mistok.accounts.models.offices import Office, OfficeCheck
from mistok.accounts.models.people import PersonManager, User, new_person_id
from mistok.accounts.models.tokens import TOKEN_ROLES, AccessToken, KeptAnswer

__all__ = [
    "TOKEN_ROLES",
    "AccessToken",
    "HandOver",
    "Invitation",
    "KeptAnswer",
    "Membership",
    "Office",
    "OfficeCheck",
    "PersonManager",
    "ResponsibleUnit",
    "UnitRole",
    "User",
    "new_person_id",
]
