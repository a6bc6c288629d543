"""Long lists of a page in parts, each list with its own number in the address."""

from collections.abc import Sequence
from typing import TypeVar

from django.core.paginator import Paginator
from django.http import HttpRequest

from mistok.web.cards import Pager

Row = TypeVar("Row")
PART = 100


def part_of(
    request: HttpRequest, rows: Sequence[Row], name: str, size: int = PART
) -> tuple[Pager, list[Row]]:
    """The part that the address asks for under this name; a number out of range is the nearest."""
    paginator = Paginator(rows, size)
    part = paginator.get_page(request.GET.get(name))
    return (
        Pager(
            number=part.number,
            pages=paginator.num_pages,
            previous_url=_url(request, name, part.number - 1) if part.has_previous() else "",
            next_url=_url(request, name, part.number + 1) if part.has_next() else "",
            total=paginator.count,
        ),
        list(part.object_list),
    )


def _url(request: HttpRequest, name: str, number: int) -> str:
    query = request.GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"
