"""Days that rules of law give to steps: computed once, kept with the rule's version (D8-02)."""

import datetime as dt

from mistok.kernel.errors import Refusal
from mistok.law.selectors import deadline
from mistok.law.versions import Deadline
from mistok.partnering.models import ProcedureRun, StepDeadline
from mistok.partnering.procedure.states import DueDay

Key = tuple[str, dt.date, str]


class KeptDeadlines:
    """What `Course` asks for days: those that are kept first, new ones from the law in force.

    A rule whose value nobody knows gives no day, but the sentence that says so. `fresh` holds
    what was computed and is not kept yet.
    """

    def __init__(self, run: ProcedureRun) -> None:
        self.run = run
        self.fresh: dict[Key, Deadline] = {}
        self._asked: dict[Key, DueDay] = {}
        # Later rows come last, so that a recomputed day wins.
        self._kept: dict[Key, dt.date] = {
            (row.rule, row.start, row.country): row.due_on for row in run.deadlines.all()
        }

    def __call__(self, rule: str, start: dt.date, country: str) -> DueDay:
        """The day that the rule gives for this start; the law is asked once for each."""
        key = (rule, start, country)
        if key in self._kept:
            return DueDay(self._kept[key], rule)
        if key not in self._asked:
            self._asked[key] = self._by_law(rule, start, country)
        return self._asked[key]

    def _by_law(self, rule: str, start: dt.date, country: str) -> DueDay:
        try:
            found = deadline(rule, start, country=country or None)
        except Refusal as refusal:
            return DueDay(None, rule, str(refusal))
        self.fresh[rule, start, country] = found
        return DueDay(found.due_on, rule)

    def keep(self, at: dt.datetime) -> None:
        """Write down what is fresh; inside the transaction of the act that needed it."""
        for (rule, start, country), found in self.fresh.items():
            StepDeadline.objects.create(
                run=self.run,
                rule=rule,
                rule_version=found.version,
                start=start,
                country=country,
                due_on=found.due_on,
                computed_at=at,
            )
        self.fresh.clear()


def recomputed(row: StepDeadline) -> Deadline | None:
    """What the law says today of a kept day, where that differs; none where it says the same."""
    try:
        found = deadline(row.rule, row.start, country=row.country or None)
    except Refusal:
        return None
    return None if found.due_on == row.due_on else found
