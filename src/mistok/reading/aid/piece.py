"""An item while it is being read, with the words it stands in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """An item with its words `first` to `last` (excluded); `sure` is lower for unknown goods.

    An empty `what` stands for words that were looked at and are no item. `bare` goods have no
    number of their own.
    """

    first: int
    last: int
    what: str
    quantity: float | None
    unit: str
    bound: str = ""
    mark: str = ""
    sure: float = 1.0
    bare: bool = False


def nothing(first: int, last: int) -> Piece:
    """Words that are no item and need not be looked at again."""
    return Piece(first, last, "", None, "")
