"""Aid as the desk of an office shows it: what comes, what lies there, which days are late."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.aid.clocks import board
from mistok.aid.lifecycle import HELD, MOVING, State
from mistok.aid.models import Consignment
from mistok.web.needs.links import DeskLine


def desk_of_aid(office: Office) -> list[DeskLine]:
    """Consignments of an office, and its days of the law that are late or near."""
    here = [office.public_id]
    desk, days = reverse("aid:desk", args=here), reverse("aid:deadlines", args=here)
    mine = Consignment.objects.of(office)
    offered = mine.filter(state=State.OFFERED).count()
    late = sum(row.state == "late" for row in board(office, timezone.localdate()))
    return [
        DeskLine(
            _("Consignments that are offered to you"),
            f"{desk}?state=offered",
            offered,
            waits=bool(offered),
        ),
        DeskLine(
            _("Consignments on the way"),
            f"{desk}?state=on_the_way",
            mine.filter(state__in=[state.value for state in MOVING]).count(),
        ),
        DeskLine(
            _("Consignments in the store"),
            f"{desk}?state=in_store",
            mine.filter(state__in=[state.value for state in HELD]).count(),
        ),
        DeskLine(_("Days of aid that are late"), days, late, waits=bool(late)),
        DeskLine(
            _("Consignments that you give"),
            f"{desk}?side=gives",
            Consignment.objects.given_by(office).living().count(),
        ),
    ]
