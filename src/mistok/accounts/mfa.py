"""Whether a person has a second factor, and has shown it in the session that acts.

The one place that asks the library of sign-in. What a session has shown is known to the door
alone (`mistok.web.account`), which says so here for as long as a request lasts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps

from mistok.accounts.models import User
from mistok.accounts.once import once

_session: ContextVar[Callable[[User], bool] | None] = ContextVar("session", default=None)


def has_second_factor(user: User) -> bool:
    """Whether a passkey or an authenticator app is set up; nobody has one without `allauth.mfa`."""
    if not apps.is_installed("allauth.mfa"):
        return False
    # Imported late: without the app its models have no tables to be asked.
    from allauth.mfa.utils import is_mfa_enabled

    return once(("second factor", user.pk), lambda: bool(is_mfa_enabled(user)))


@contextmanager
def in_session(shown: Callable[[User], bool]) -> Iterator[None]:
    """Until the block ends, what is done is done in a session; `shown` answers for its person."""
    before = _session.set(shown)
    try:
        yield
    finally:
        _session.reset(before)


def has_shown_it(user: User) -> bool:
    """Whether the session that acts has shown this person's factor; at the shell there is none."""
    shown = _session.get()
    return shown is None or shown(user)
