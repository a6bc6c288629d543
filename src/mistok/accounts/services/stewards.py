"""Stewards: who is let in at /staff/, and with which rights."""

from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.kernel.errors import Conflict, Invalid

STEWARDS = "stewards"
ROOMS_TO_SEE = ("registry", "provenance", "law", "needs", "partnering", "ingest")
ACTS = (
    "change_source",
    "coordinate_rounds",
    "change_declaredprofile",
    "add_returnreason",
    "change_returnreason",
    "add_zone",
    "change_zone",
    "review_readings",
)
"""What stewards may do besides looking; coordinators of rounds are stewards until offices exist."""


@transaction.atomic
def create_steward(*, email: str, password: str) -> User:
    """Let a person in at /staff/, with the rights of a steward and no more.

    Raises Invalid for a bad address or a weak password, Conflict when the person exists.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), code="steward_invalid") from error
    if User.objects.filter(email=email).exists():
        raise Conflict(
            _("%(email)s has an account already. Sign in, or ask for a new password.")
            % {"email": email},
            code="person_exists",
        )
    person = User(email=email, is_staff=True)
    person.set_password(password)
    person.save()
    person.groups.add(stewards())
    return person


def stewards() -> Group:
    """The group of stewards, with the rights that it should have today."""
    group, _created = Group.objects.get_or_create(name=STEWARDS)
    group.permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=ROOMS_TO_SEE, codename__startswith="view_"
        )
        | Permission.objects.filter(content_type__app_label__in=ROOMS_TO_SEE, codename__in=ACTS)
    )
    return group
