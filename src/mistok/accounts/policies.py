"""Whether a person may do an act, here and now. Denied unless a rule allows it.

`check_can` raises NotAllowed with the reason and what to do next; `can` asks without raising.
Which role may do which act is a table in `mistok.accounts.permissions`.
"""

from collections.abc import Iterator, Sequence

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mistok.accounts import mfa, sentences
from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import LIVING, OfficeState
from mistok.accounts.models import AccessToken, Membership, Office, User
from mistok.accounts.once import once
from mistok.accounts.permissions import (
    BINDING,
    EVERYBODY,
    NEEDS_MFA,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    needs_second_factor,
)
from mistok.accounts.scopes import WORLD, PlaceScope
from mistok.kernel.errors import NotAllowed

Somebody = Actor | User | AnonymousUser | None

STEWARD_RIGHTS = {
    Permission.COORDINATE_ROUNDS: "partnering.coordinate_rounds",
    Permission.KEEP_WAITING_LIST: "partnering.coordinate_rounds",
    Permission.KEEP_SHORTLIST: "partnering.coordinate_rounds",
    Permission.ANSWER_ROUND: "partnering.coordinate_rounds",
    Permission.EDIT_PROFILE: "partnering.change_declaredprofile",
    Permission.REVIEW_READINGS: "ingest.review_readings",
    Permission.KEEP_FEEDS: "ingest.review_readings",
    Permission.IMPORT_LISTS: "ingest.review_readings",
}
"""What a steward does as if she coordinated the whole world, with the right of /staff/ for it."""

AT_THE_SHELL = ROLE_PERMISSIONS[Role.COORDINATOR] | EVERYBODY | {Permission.KEEP_TOKENS}
"""What somebody at the shell may do: who runs the server sets up the programs that it serves."""


def check_can(
    person: Somebody,
    permission: Permission,
    *,
    office: Office | None = None,
    place: PlaceScope | None = None,
) -> None:
    """Raise NotAllowed unless this person may do this act for this office or place.

    `office` is the office in whose name the act is done. `place` is where its matter lies, for
    the scope of coordinators; of an office it is known. With a place alone, the person's own
    office of that very municipality counts. Without both, only the scope "world" is wide enough.

    An actor at the shell and a superuser may do what a coordinator of the world may (and the shell
    keeps tokens); a superuser needs the second factor for it too. Whoever acts in a session must
    have shown it there. The holder of a signed link has no right here: what a link is good for is
    told where it is made.
    A program with a token may do what the token's role may, in its own verified office, and never
    what needs a second factor: nobody has shown one.
    """
    if isinstance(person, Actor):
        if person.shell and permission in AT_THE_SHELL:
            return
        if person.token is not None:
            _check_token(person.token, permission, office, place)
            return
        person = person.user
    user = _signed_in(person)
    if permission in EVERYBODY or _is_steward(user, permission):
        return
    place = place_of(office) if office is not None else place
    refused: NotAllowed | None = None
    for way in _ways(user, permission, office, place):
        refused = _obstacle(user, permission, way)
        if refused is None:
            return
    raise refused or _no_way(user, permission, office, place)


def can(
    person: Somebody,
    permission: Permission,
    *,
    office: Office | None = None,
    place: PlaceScope | None = None,
) -> bool:
    """Whether `check_can` would let it pass."""
    try:
        check_can(person, permission, office=office, place=place)
    except NotAllowed:
        return False
    return True


def place_of(office: Office) -> PlaceScope:
    """Where the municipality of an office lies."""
    return PlaceScope(office.place, office.country, office.region)


def check_acts(office: Office) -> None:
    """Raise NotAllowed unless this office may bind its municipality today."""
    if office.state != OfficeState.VERIFIED:
        raise sentences.office_cannot(office)


def _check_token(
    token: AccessToken, permission: Permission, office: Office | None, place: PlaceScope | None
) -> None:
    """A token that has ended says so first: whoever holds it may have kept it too long."""
    if not token.is_living(timezone.now()):
        raise sentences.token_over(token)
    if not _is_meant(token.office, office, place):
        raise sentences.token_elsewhere(token.office)
    if permission in NEEDS_MFA:
        raise sentences.token_without_factor(permission)
    role = Role(token.role)
    if permission not in ROLE_PERMISSIONS[role]:
        raise sentences.token_role_cannot(role, permission)
    if token.office.contested or token.office.state != OfficeState.VERIFIED:
        raise sentences.office_cannot(token.office)


def _signed_in(person: User | AnonymousUser | None) -> User:
    if not isinstance(person, User):
        raise sentences.sign_in_needed()
    if person.erased_at is not None or not person.is_active:
        raise sentences.account_closed()
    return person


def _is_steward(user: User, permission: Permission) -> bool:
    """Both are needed: the right, and being of the staff that is let in at /staff/."""
    right = STEWARD_RIGHTS.get(permission)
    return right is not None and user.is_staff and user.has_perm(right)


def _ways(
    user: User, permission: Permission, office: Office | None, place: PlaceScope | None
) -> Iterator[Membership]:
    """The memberships by which this act might be done, the office's own before a coordinator's."""
    covering = place.scopes if place is not None else {WORLD}
    now = timezone.now()
    current = [one for one in _memberships(user) if one.is_current(now)]
    allowed = [one for one in current if permission in ROLE_PERMISSIONS[Role(one.role)]]
    yield from (one for one in allowed if one.office and _is_meant(one.office, office, place))
    yield from (one for one in allowed if one.office is None and one.scope in covering)
    if user.is_superuser and permission in ROLE_PERMISSIONS[Role.COORDINATOR]:
        yield Membership(person=user, role=Role.COORDINATOR, scope=WORLD)


def _memberships(user: User) -> Sequence[Membership]:
    """All of a person with their offices, ended ones and those to come too."""
    mine = user.memberships.select_related("office")
    return once(("memberships", user.pk), lambda: list(mine))


def _is_meant(own: Office, office: Office | None, place: PlaceScope | None) -> bool:
    if office is not None:
        return own.pk == office.pk
    return place is not None and own.place == place.key


def _obstacle(user: User, permission: Permission, way: Membership) -> NotAllowed | None:
    """What still stands in the way: the state of the office, then the second factor."""
    office = way.office
    if office is not None and _must_wait(office, permission):
        return sentences.office_cannot(office)
    if not needs_second_factor(Role(way.role), permission):
        return None
    if not mfa.has_second_factor(user):
        return sentences.second_factor_needed()
    return None if mfa.has_shown_it(user) else sentences.second_factor_not_shown()


def _must_wait(office: Office, permission: Permission) -> bool:
    if office.state not in LIVING or office.contested:
        return True
    return permission in BINDING and office.state != OfficeState.VERIFIED


def _no_way(
    user: User, permission: Permission, office: Office | None, place: PlaceScope | None
) -> NotAllowed:
    """Why nothing gives the right: the role, the time of a membership, the scope, the office."""
    now = timezone.now()
    mine = _memberships(user)
    here = [one for one in mine if one.office and _is_meant(one.office, office, place)]
    current = [one for one in here if one.is_current(now)]
    able = [one for one in here if permission in ROLE_PERMISSIONS[Role(one.role)]]
    if current and not able:
        return sentences.role_cannot(permission)
    if any(one.since > now for one in able):
        return sentences.not_yet_begun()
    if able:
        return sentences.membership_ended()
    coordinates = any(one.office is None and one.is_current(now) for one in mine)
    if coordinates and permission in ROLE_PERMISSIONS[Role.COORDINATOR]:
        return sentences.outside_scope(permission)
    return sentences.not_yours(permission)
