"""Labels for boxes: the code of a lot to scan or type, the goods, which box of how many.

Nothing on a label tells of a place, a route or who gets it: whoever finds a box learns what is in
it at most, and of goods that are never public not even that.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.aid.consignments import is_controlled
from mistok.aid.models import Consignment, Lot
from mistok.aid.papers.making import acting_giver, check_languages
from mistok.aid.papers.phrases import goods, said
from mistok.aid.papers.typesetting import typeset
from mistok.kernel.errors import Conflict
from mistok.papers.codes import code_of

MOST_OF_A_LOT: Final = 120
"""Boxes of a lot that are numbered one by one; of more, one label with an open number."""
MOST_LABELS: Final = 1200
"""A hundred sheets."""
LONGEST_NAME: Final = 70
_OPEN: Final = "___"


def box_labels(
    *, actor: Actor, consignment: Consignment, languages: Sequence[str] = ("uk", "en")
) -> bytes:
    """Sheets of A4 with labels for the lots of a consignment, twelve to a sheet, as PDF.

    A line of one lot whose packages are told gets a label for each box. Who works with aid in the
    receiving office and who gives in the giving one may print them. Raises NotAllowed, Conflict
    (`no_lots_yet`), Invalid (`languages_wrong`).
    """
    if acting_giver(actor, consignment) is None:
        check_can(actor, _right(actor, consignment), office=consignment.office)
    check_languages(languages, most=2)
    rows = Lot.objects.filter(line__consignment=consignment).select_related("line")
    lots = list(rows.order_by("line__position", "pk"))
    if not lots:
        raise Conflict(
            _("No box has a code yet: codes come with the dispatch. Record the dispatch first."),
            code="no_lots_yet",
        )
    labels = [label for lot in lots for label in _labels(lot, _alone(lot, lots), languages)]
    if len(labels) > MOST_LABELS:
        labels = [_label(lot, [], languages) for lot in lots]
    data = {"title": "Labels", "languages": list(languages), "labels": labels}
    return typeset("labels.typ", data)


def _right(actor: Actor, consignment: Consignment) -> Permission:
    """Whoever receives goods or writes the consignment."""
    stores = can(actor, Permission.RECEIVE_GOODS, office=consignment.office)
    return Permission.RECEIVE_GOODS if stores else Permission.WRITE_CONSIGNMENT


def _alone(lot: Lot, lots: Sequence[Lot]) -> bool:
    """Whether all boxes of its line are of this lot."""
    return sum(other.line_id == lot.line_id for other in lots) == 1


def _labels(lot: Lot, alone: bool, languages: Sequence[str]) -> Iterator[dict[str, Any]]:
    count = lot.line.packages if alone else None
    if count is None:
        yield _label(lot, [], languages)
        return
    numbers = [_OPEN] if count > MOST_OF_A_LOT else [str(one) for one in range(1, count + 1)]
    for number in numbers:
        filled = {
            "number": dict.fromkeys(languages, number),
            "count": dict.fromkeys(languages, str(count)),
        }
        yield _label(lot, list(said("box", languages, **filled).values()), languages)


def _label(lot: Lot, box: list[str], languages: Sequence[str]) -> dict[str, Any]:
    hidden = lot.line.restricted or is_controlled(lot.line)
    names = [] if hidden else list(goods(lot.line, languages).values())
    return {
        "label": lot.label,
        "image": code_of(address_of(lot)),
        "names": [_short(name) for name in dict.fromkeys(names)],
        "box": box,
    }


def address_of(lot: Lot) -> str:
    """Where the code on a box leads: the page on which its goods are received or issued."""
    return f"{settings.MISTOK_ADDRESS}/store/box/{lot.label}/"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
