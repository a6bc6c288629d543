"""A comparison kept for the people who judge it: its pairs as rows, earlier judgements found again.

Who may bring in lists may compare them. Nothing of the registry is changed by a comparison.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.ingest.comparing.entries import Entry
from mistok.ingest.comparing.lists import Listed
from mistok.ingest.comparing.matching import Found, Pair, counts
from mistok.ingest.comparing.placing import Seat
from mistok.ingest.comparing.telling import packed
from mistok.ingest.models import ComparedPair, Comparison
from mistok.ingest.runs.scope import imports_anywhere
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash, public_id
from mistok.provenance.models import Judgement

MOST_EVENTS: Final = 12
CHUNK: Final = 500
RULES: Final = "1"
"""The version of the rules: with other rules the same lists are another comparison."""


def keep(
    *,
    actor: Actor,
    left: Listed,
    right: Listed,
    pairs: Sequence[Pair],
    at: dt.datetime | None = None,
) -> Comparison:
    """Keep a comparison and its pairs; the very same lists again give the one that is there.

    What somebody judged of the same rows before is taken over. Raises NotAllowed, and Invalid
    (`nothing_to_compare`) when a list holds no row that could be read.
    """
    mark = content_hash("compare", RULES, left.sha256, right.sha256)
    ident = public_id("comparison", mark)
    with audited(actor, "compare_lists", ident) as act:
        check_may_compare(actor)
        _check_rows(left, right)
        found = Comparison.objects.filter(mark=mark).first()
        if found is not None:
            return found
        row = Comparison.objects.create(
            public_id=ident,
            mark=mark,
            left_name=left.name[:200],
            right_name=right.name[:200],
            left_rows=len(left.rows),
            right_rows=len(right.rows),
            made_by=str(actor)[:254],
            made_at=at or timezone.now(),
        )
        ComparedPair.objects.bulk_create(_rows(row, pairs), batch_size=CHUNK)
        act.done(after={"rows": [len(left.rows), len(right.rows)], **counts(pairs)})
    return row


def check_may_compare(actor: Actor) -> None:
    """Raise NotAllowed unless this actor may bring in lists somewhere."""
    if not imports_anywhere(actor):
        check_can(actor, Permission.IMPORT_LISTS)


def _check_rows(left: Listed, right: Listed) -> None:
    for listed in (left, right):
        if not listed.rows:
            raise Invalid(
                _("%(name)s holds no row that names two parties, so there is nothing to compare.")
                % {"name": listed.name},
                code="nothing_to_compare",
            )


def _rows(comparison: Comparison, pairs: Sequence[Pair]) -> Iterator[ComparedPair]:
    before = _judged_before(pairs)
    for number, pair in enumerate(pairs, 1):
        row = ComparedPair(
            comparison=comparison,
            number=number,
            found=pair.found,
            left=told_entry(pair.left),
            right=told_entry(pair.right),
            why=packed(pair.why),
            score=pair.score,
            verdict=Judgement.Verdict.SAME if pair.found is Found.SAME else "",
        )
        judged = before.get(_ends(pair))
        if judged is not None:
            row.verdict, row.judged_by, row.judged_at = judged.verdict, judged.actor, judged.at
        yield row


Ends = tuple[str, str]


def _ends(pair: Pair) -> Ends:
    return (pair.left.id if pair.left else "", pair.right.id if pair.right else "")


def _judged_before(pairs: Iterable[Pair]) -> Mapping[Ends, Judgement]:
    """The standing judgement on each two ids, the last where there are several."""
    open_ones = [_ends(pair) for pair in pairs if pair.left and pair.right]
    lefts = list({left for left, _right in open_ones})
    found: dict[Ends, Judgement] = {}
    for start in range(0, len(lefts), CHUNK):
        rows = Judgement.objects.filter(
            left__in=lefts[start : start + CHUNK], withdrawn_at__isnull=True
        )
        found |= {(row.left, row.right): row for row in rows.order_by("at", "pk")}
    return found


def told_entry(entry: Entry | None) -> dict[str, Any] | None:
    """An entry as it is kept and shown: who, what happened, which rows of the list say so."""
    if entry is None:
        return None
    return {
        "id": entry.id,
        "rows": [row.id for row in entry.rows][:MOST_EVENTS],
        "line": entry.rows[0].line,
        "parties": [_told_seat(seat) for seat in entry.seats],
        "events": [
            {
                "event": row.event.event,
                "kind": row.event.kind,
                "date": str(row.event.date or ""),
                "as_of": str(row.event.as_of or ""),
            }
            for row in entry.rows[:MOST_EVENTS]
        ],
        "source": entry.rows[0].source,
        "note": entry.rows[0].note,
    }


def _told_seat(seat: Seat) -> dict[str, str]:
    return {
        "name": seat.told.name,
        "country": seat.told.country,
        "key": seat.key,
        "place": seat.name,
        "how": seat.how,
    }
