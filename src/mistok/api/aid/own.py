"""Which consignment a program means: one of its own office, or one that its office offers."""

from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid.consignments import readable, writable
from mistok.aid.models import Consignment
from mistok.api.tokens import token_of
from mistok.kernel.errors import NotFound


def own(actor: Actor, consignment_id: str) -> Consignment:
    """A consignment that comes to the token's office.

    Raises NotFound (`consignment_unknown`) for what is not there and what is not its own, and
    NotAllowed where the office itself cannot act: that is nothing to search for.
    """
    check_can(actor, Permission.READ_AID, office=token_of(actor).office)
    return readable(actor, consignment_id)


def own_or_offered(actor: Actor, consignment_id: str) -> Consignment:
    """One whose lines the token's office may write: its own, or what it offers. Raises as `own`."""
    try:
        return own(actor, consignment_id)
    except NotFound:
        return writable(actor, consignment_id)


def office_with(public_id: str) -> Office:
    """A verified office. Raises NotFound (code `office_unknown`)."""
    office = Office.objects.verified().filter(public_id=public_id).first()
    if office is None:
        raise NotFound(
            _("There is no verified office with this id. Look for the municipality by its name."),
            code="office_unknown",
        )
    return office
