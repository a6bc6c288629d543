"""A vote in its counts, checked by the registry's guard (D2-07, F2-24, R17)."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.partnering.models.procedure.acts import VOTES
from mistok.provenance.values import TieEvent, parse_votes
from mistok.registry.guarding.votes import check_votes
from mistok.registry.services.rules import rules_on

MOST_MEMBERS = 10_000


@dataclass(frozen=True, slots=True)
class Vote:
    """Counts as sources write them ("30/0/0/0/9", "38/1/1", empty where unknown), and how many
    members the council has in all."""

    text: str = ""
    total: int | None = None

    def check(self, country: str, on: dt.date, *, adopted: bool) -> None:
        """Raise unless the counts add up and, where the motion was adopted, carried it."""
        counts = parse_votes(self.text)
        whole = len(counts) == len(VOTES)
        if self.total is not None and not 0 < self.total <= MOST_MEMBERS:
            raise Invalid(
                _("A council of %(total)s members cannot be. Correct the total composition.")
                % {"total": self.total},
                code="total_impossible",
            )
        if adopted:
            total = str(self.total) if self.total else ""
            event = TieEvent(event="decided", votes=self.text, total=total, body_kind="council")
            check_votes(event, country, rules_on(on))
            return
        cast = sum(counts.values())
        if counts and self.total and (cast != self.total if whole else cast > self.total):
            raise Invalid(
                _("The vote %(votes)s has %(cast)s voices, the council has %(total)s members.")
                % {"votes": self.text, "cast": cast, "total": self.total},
                code="votes_do_not_add_up",
            )

    def columns(self) -> dict[str, int | None]:
        """The counts by the columns of a decision; what nobody told stays unknown."""
        counts = list(parse_votes(self.text).values())
        found: dict[str, int | None] = dict.fromkeys(VOTES)
        found |= dict(zip(VOTES, counts, strict=False))
        whole = len(counts) == len(VOTES)
        total = self.total or (sum(counts) if whole else None)
        return {**found, "total_composition": total}
