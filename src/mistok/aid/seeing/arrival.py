"""When consignments came: the last acceptance that stands, or a word where no goods are counted."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Max

from mistok.aid.lifecycle import WITHOUT_GOODS, ActKind, State
from mistok.aid.models import AidAct, Consignment, Passage


def received_on(consignment: Consignment) -> dt.date | None:
    """The day on which the last of it was accepted; none for what never came."""
    return received_days([consignment]).get(consignment.pk)


def received_days(consignments: Iterable[Consignment]) -> Mapping[int, dt.date]:
    """The same for many in two queries, by the number of the consignment.

    A commission accepts goods; of money somebody says that it was received.
    """
    counted = {one.pk: one.regime not in WITHOUT_GOODS for one in consignments}
    goods = [number for number, with_goods in counted.items() if with_goods]
    others = [number for number, with_goods in counted.items() if not with_goods]
    accepted = AidAct.objects.filter(consignment__in=goods, kind=ActKind.ACCEPTANCE).exclude(
        followed_by__kind=ActKind.REVERSAL
    )
    told = Passage.objects.filter(consignment__in=others, after=State.RECEIVED)
    return {
        number: day
        for rows in (accepted, told)
        for number, day in rows.order_by()
        .values_list("consignment")
        .annotate(last=Max("day"))
        .values_list("consignment", "last")
    }
