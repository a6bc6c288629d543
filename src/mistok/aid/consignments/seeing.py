"""Which consignments somebody may work with: those of the office, and what she offers."""

from django.db.models import QuerySet

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.aid.consignments.refusing import unknown_consignment
from mistok.aid.lifecycle import State
from mistok.aid.models import Consignment


def consignments_of(actor: Actor, office: Office) -> QuerySet[Consignment]:
    """What comes to an office, newest first. Raises NotAllowed."""
    check_can(actor, Permission.READ_AID, office=office)
    return Consignment.objects.of(office).select_related("office", "donor_office", "series")


def given_by(actor: Actor, office: Office) -> QuerySet[Consignment]:
    """What an office gives, newest first; of each it reads the trace alone. Raises NotAllowed."""
    check_can(actor, Permission.READ_AID, office=office)
    return Consignment.objects.given_by(office).select_related("office", "donor_office")


def readable(actor: Actor, public_id: str) -> Consignment:
    """A consignment for who works in the receiving office.

    Raises NotFound (`consignment_unknown`), the same for what is not there and what is not hers.
    """
    found = _with_address(public_id)
    if found is None or not can(actor, Permission.READ_AID, office=found.office):
        raise unknown_consignment()
    return found


def writable(actor: Actor, public_id: str) -> Consignment:
    """A consignment for who may write its lines: the receiver's staff, and the giver's while it is
    only offered. Raises NotFound (`consignment_unknown`)."""
    found = _with_address(public_id)
    if found is None or not _may_write(actor, found):
        raise unknown_consignment()
    return found


def _with_address(public_id: str) -> Consignment | None:
    rows = Consignment.objects.select_related("office", "donor_office", "series")
    return rows.filter(public_id=public_id[:40]).first()


def _may_write(actor: Actor, found: Consignment) -> bool:
    if can(actor, Permission.WRITE_CONSIGNMENT, office=found.office):
        return True
    giver = found.donor_office
    offered = found.state == State.OFFERED
    return offered and giver is not None and can(actor, Permission.GIVE_AID, office=giver)
