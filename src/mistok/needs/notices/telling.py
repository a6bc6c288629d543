"""A notice for everybody whom a matter concerns, but for the one who did it."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Role, roles_with
from mistok.accounts.selectors import people_at_work
from mistok.needs.models import Notice
from mistok.needs.notices.kinds import KINDS


def tell(
    *,
    kind: str,
    subject: str,
    params: Mapping[str, Any],
    offices: Collection[Office] = (),
    people: Collection[User] = (),
    roles: Collection[Role] | None = None,
    but: Actor | User | None = None,
    once: bool = False,
    at: dt.datetime | None = None,
) -> int:
    """Keep a notice for each of these people and of those who do this work in these offices.

    `subject`: the public id of the need, appeal, offer or commitment that it is about, whose page
    the notice opens. `roles`: in place of those that have the right of the kind. `but`: who did
    the act is not told of it. `once`: whoever was told this very thing before is not told again.
    Nobody gets it twice, and who is erased or inactive gets nothing. Gives how many are told.
    Raises ValueError for an unknown kind or params that its sentence does not have.
    """
    known = KINDS.get(kind)
    if known is None or set(params) != set(known.params):
        wanted = f"the params {', '.join(known.params)}" if known else "a kind of KINDS"
        raise ValueError(f"A notice {kind!r} with {sorted(params)} was told. Give {wanted}.")
    if roles is None:
        roles = roles_with(known.work)
    told = {person.pk: person for person in people_at_work(offices, roles)}
    told |= {one.pk: one for one in people if one.is_active and one.erased_at is None}
    doer = but.person if isinstance(but, Actor) else but
    if doer is not None:
        told.pop(doer.pk, None)
    kept = {"kind": kind, "subject": subject, "params": dict(sorted(params.items()))}
    if once:
        for known_to in Notice.objects.filter(person__in=told, **kept).values_list("person"):
            told.pop(known_to[0], None)
    at = at or timezone.now()
    rows = [Notice(person=told[key], at=at, **kept) for key in sorted(told)]
    return len(Notice.objects.bulk_create(rows))
