"""From the code on a box to the page where its goods are received or issued."""

import re

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.aid.acts import to_count
from mistok.aid.lifecycle import Account
from mistok.aid.models import Balance, Lot
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.web.aid.words import line_name
from mistok.web.procedure.seats import may
from mistok.web.store.desk import IN_BOOKS

GROUP, LENGTH = 4, 12
_READ_WRONGLY = str.maketrans("018", "OIB")
"""The codes have no 0, 1 and 8: whoever reads one has read a letter."""


def tidy(text: str) -> str:
    """A code as it stands on the box, however it was typed: "mfrg gzdf my2w" too.

    Raises Invalid (`box_code_malformed`) for what can be none.
    """
    letters = re.sub(r"[\s.–—-]", "", text).upper().translate(_READ_WRONGLY)
    if not re.fullmatch(rf"[A-Z2-7]{{{LENGTH}}}", letters):
        raise Invalid(
            _(
                "This is no code of a box: it has twelve letters and digits in three groups, for "
                "example MFRG-GZDF-MY2W. Type it as it stands under the square."
            ),
            code="box_code_malformed",
        )
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def leads_to(request: HttpRequest, label: str) -> str:
    """The page for this box: to receive it while it is on the way, to issue from it afterwards.

    Raises Invalid for no code, NotFound alike for a box that is not there or not of her office,
    Conflict (`box_empty`) when nothing of it is left.
    """
    lot = Lot.objects.select_related("line__consignment", "office").filter(label=tidy(label))
    found = lot.first()
    if found is None or not may(Actor(user=request.user), Permission.READ_AID, found.office):
        raise NotFound(
            _("No box of your office has this code. Compare it with the label letter by letter."),
            code="box_unknown",
        )
    office, consignment = found.office.public_id, found.line.consignment
    if any(one.lot == found for one in to_count(consignment)):
        address = reverse("store:receive", args=(office, consignment.public_id))
        return f"{address}?lot={found.label}#count-{found.label}"
    if Balance.objects.filter(lot=found, account=Account.STORE, amount__gt=0).exists():
        if consignment.state in IN_BOOKS:
            return f"{reverse('store:issue', args=(office,))}?lot={found.label}"
        return f"{reverse('store:store', args=(office,))}#lot-{found.label}"
    raise Conflict(
        _("Nothing of “%(what)s” with this code is in the store any more.")
        % {"what": line_name(found.line)},
        code="box_empty",
    )
