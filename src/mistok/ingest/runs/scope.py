"""Who may bring in which rows: a coordinator those with a party in the scope, others everything."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.scopes import WORLD, PlaceScope
from mistok.accounts.selectors import scopes_of
from mistok.kernel.errors import NotAllowed
from mistok.provenance.services import Assertion
from mistok.registry.gazetteer import the_world

IMPORT = Permission.IMPORT_LISTS


class Scope:
    """What one actor may bring in, asked row by row without a look at the database."""

    def __init__(self, actor: Actor) -> None:
        """Raises NotAllowed for somebody who may bring in nothing at all."""
        self._wide = can(actor, IMPORT)
        self._scopes = frozenset[str]() if self._wide else scopes_of(actor) - {WORLD}
        self._known: dict[str, bool] = {}
        if not self._wide and not any(may_in(actor, scope) for scope in self._scopes):
            check_can(actor, IMPORT)

    @property
    def mark(self) -> str:
        """What makes the same list another import: a narrower scope takes other rows of it."""
        return ",".join(sorted(self._scopes))

    def check(self, assertions: Iterable[Assertion]) -> None:
        """Raise NotAllowed (`outside_scope`) unless a party of the row lies in the scope."""
        if self._wide:
            return
        places = {one.subject: one.value for one in assertions if one.prop.name == "country"}
        parties = [one.value for one in assertions if one.prop.name == "party"]
        if not any(self._covers(key, places.get(key, "")) for key in parties):
            raise NotAllowed(
                _(
                    "No party of this tie lies in the area that you coordinate. Leave the row to "
                    "a coordinator of one of its countries."
                ),
                code="outside_scope",
            )

    def _covers(self, key: str, country: str) -> bool:
        if key not in self._known:
            world = the_world()
            canonical = None if country else world.canonical(key)
            place = PlaceScope(key, country)
            if canonical is not None:
                place = PlaceScope.of(world.get(canonical))
            self._known[key] = bool(self._scopes & place.scopes)
        return self._known[key]


def may_in(actor: Actor, scope: str) -> bool:
    """Whether the actor may bring in lists about this country or region."""
    return can(actor, IMPORT, place=PlaceScope(scope, scope))


def imports_anywhere(actor: Actor) -> bool:
    """Whether bringing in lists is for this actor at all."""
    return can(actor, IMPORT) or any(may_in(actor, scope) for scope in scopes_of(actor) - {WORLD})
