"""Rows of reported help, made from its statements and not yet written."""

from collections.abc import Sequence

from mistok.provenance.models import Statement
from mistok.provenance.values import SupportReport
from mistok.registry.models import Support
from mistok.registry.rows import Places


def best_report(said: Sequence[Statement]) -> SupportReport:
    """Where several sources tell of one delivery: the words of the most trusted."""
    best = max(said, key=lambda statement: (statement.source.trust, statement.pk))
    return SupportReport.from_text(best.value)


def support_row(subject: str, said: Sequence[Statement], places: Places) -> Support:
    """The row for one report; a giver that is no place keeps its name as text."""
    report = best_report(said)
    giver = places.get(report.giver)
    return Support(
        public_id=subject,
        giver=giver,
        giver_text="" if giver else report.giver_words.get("en", ""),
        receiver=places[report.receiver],
        kind=report.kind,
        status=report.status,
        date=report.date,
        value=report.to_text(),
        restricted=report.restricted,
        statements=sorted(statement.pk for statement in said),
    )
