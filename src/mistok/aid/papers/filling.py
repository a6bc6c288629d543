"""What of a paper the record knows: sides, goods, acts, ledger; all else is asked of a person."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from mistok.aid.models import AidAct, Consignment
from mistok.aid.papers.act_slots import act_slots
from mistok.aid.papers.goods import goods_slots
from mistok.aid.papers.kinds import KINDS
from mistok.aid.papers.outcomes import report_slots, thanks_slots
from mistok.aid.papers.phrases import Languages
from mistok.aid.papers.sides import sides
from mistok.papers import Slot, slots_of


def known_slots(
    consignment: Consignment,
    kind: str,
    languages: Languages,
    *,
    act: AidAct | None = None,
    today: dt.date | None = None,
) -> dict[str, Any]:
    """Slots of this kind of paper that the record fills, in the form that mistok.papers takes.

    `act`: the act that the paper is of, for kinds that are made from one. Without an act the day
    of the paper is `today`.
    """
    day = today or timezone.localdate()
    asked = {slot.name: slot for slot in slots_of(kind)}
    offered: dict[str, Any] = {"date": day.isoformat(), **sides(consignment, languages)}
    if act is not None:
        offered |= act_slots(act, languages)
    elif kind == "aid_report":
        offered |= report_slots(consignment, languages, day)
    elif kind == "aid_thank_you":
        offered |= thanks_slots(consignment, languages)
    elif KINDS[kind].act is None:
        wanted = frozenset(field.name for field in asked["lines"].fields)
        offered |= goods_slots(consignment, wanted, languages)
    return {
        name: _fitting(asked[name], value)
        for name, value in offered.items()
        if name in asked and value not in (None, "", {}, [])
    }


def _fitting(slot: Slot, value: Any) -> Any:
    """Rows with the cells alone that this paper asks for and that hold something."""
    if slot.type != "rows":
        return value
    wanted = {field.name for field in slot.fields}
    return [_cells(row, wanted) for row in value]


def _cells(row: Mapping[str, Any], wanted: set[str]) -> dict[str, Any]:
    return {
        name: cell for name, cell in row.items() if name in wanted and cell not in (None, "", {})
    }
