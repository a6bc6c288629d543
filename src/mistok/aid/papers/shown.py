"""Lines that papers for others may tell of; of the rest nothing leaves the receiving office."""

from mistok.aid.acts.distributing import living_distributions
from mistok.aid.consignments import is_controlled, living_lines
from mistok.aid.models import AidLine, Consignment
from mistok.needs.models.lines import EndUser


def shown_lines(consignment: Consignment) -> list[AidLine]:
    """Lines that are not restricted, controlled or for defence.

    A line of which something was issued to defence is not told either: what is missing between
    the amount issued and the categories that are named would tell how much.
    """
    defence = living_distributions(consignment).filter(category=EndUser.DEFENCE)
    kept = set(defence.values_list("line_id", flat=True))
    return [line for line in living_lines(consignment) if not _hidden(line, kept)]


def hides_any(consignment: Consignment) -> bool:
    """Whether some of the goods are not told of."""
    return len(shown_lines(consignment)) < len(living_lines(consignment))


def _hidden(line: AidLine, kept: set[int]) -> bool:
    return line.restricted or is_controlled(line) or line.pk in kept
