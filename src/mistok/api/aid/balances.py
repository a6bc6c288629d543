"""The operation that tells what an office holds."""

from django.http import HttpRequest
from ninja import Router

from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid.models import Lot
from mistok.api.aid import telling
from mistok.api.aid.answers import BalancePage
from mistok.api.aid.own import own
from mistok.api.pages import Turned, page_of
from mistok.api.shapes import PROBLEMS
from mistok.api.tokens import actor_of, must_show, token_of

router = Router(tags=["balances"])


@router.get(
    "",
    auth=must_show,
    response={200: BalancePage, **PROBLEMS},
    summary="Lots of the token's office and where they are",
)
def list_balances(request: HttpRequest, turn: Turned, consignment: str = "") -> BalancePage:
    """The newest lot first; `consignment` narrows the list to one consignment of the office."""
    actor = actor_of(request)
    office = token_of(actor).office
    check_can(actor, Permission.READ_AID, office=office)
    rows = Lot.objects.of(office)
    if consignment:
        rows = rows.filter(line__consignment=own(actor, consignment))
    found, following = page_of(rows, turn)
    return BalancePage(items=telling.lots(found), next=following)
