"""Whether this very session has shown a second factor, and not only that the person has one."""

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from mistok.accounts import mfa
from mistok.accounts.models import User


def used_second_factor(request: HttpRequest) -> bool:
    """Whether a passkey, an app's code or a recovery code was shown since this session began.

    A session that began before the factor was set up has shown none: it may be in other hands.
    """
    person = request.user
    if not isinstance(person, User) or not mfa.has_second_factor(person):
        return False
    return any(one["method"] == "mfa" for one in get_authentication_records(request, person))
