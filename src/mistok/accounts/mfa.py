"""Whether a person has a second factor. The one place that asks the library of sign-in."""

from django.apps import apps

from mistok.accounts.models import User


def has_second_factor(user: User) -> bool:
    """Whether a passkey or an authenticator app is set up; nobody has one without `allauth.mfa`."""
    if not apps.is_installed("allauth.mfa"):
        return False
    # Imported late: without the app its models have no tables to be asked.
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))
