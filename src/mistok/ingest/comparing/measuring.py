"""How good the decisions are on labelled pairs of rows: pairwise precision and recall. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mistok.ingest.comparing.matching import DECIDED, PROPOSED, Pair
from mistok.kernel.errors import Invalid

Ends = tuple[str, str]
TRUE, FALSE = frozenset(("1", "same", "yes", "true")), frozenset(("0", "different", "no", "false"))


@dataclass(frozen=True, slots=True)
class Measure:
    """What was decided beside what is right, in pairs of rows.

    `proposed` are right pairs that a person is asked about; `wrong` and `missed` name the rows.
    """

    right: int = 0
    proposed: int = 0
    labelled: int = 0
    wrong: tuple[Ends, ...] = field(default=())
    missed: tuple[Ends, ...] = field(default=())

    @property
    def precision(self) -> float:
        """Of what was decided to be one tie, how much is; 1 where nothing was decided."""
        decided = self.right + len(self.wrong)
        return self.right / decided if decided else 1.0

    @property
    def recall(self) -> float:
        """Of what is one tie, how much was decided to be; 1 where nothing is."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def recall_with_proposals(self) -> float:
        """The same, if a person confirms what is proposed."""
        return (self.right + self.proposed) / self.labelled if self.labelled else 1.0

    def as_json(self) -> dict[str, object]:
        """The measure for programs."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "recall_with_proposals": round(self.recall_with_proposals, 4),
            "labelled_same": self.labelled,
            "right": self.right,
            "wrong": [list(ends) for ends in self.wrong],
            "missed": [list(ends) for ends in self.missed],
        }


def read_labels(text: str) -> dict[Ends, bool]:
    """Labels from CSV with the columns left, right and same (0 or 1), more may follow.

    Raises Invalid (`labels_malformed`) with the line.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    labels: dict[Ends, bool] = {}
    for row in reader:
        left, right = (row.get("left") or "").strip(), (row.get("right") or "").strip()
        same = (row.get("same") or "").strip().casefold()
        if not left or not right or same not in TRUE | FALSE:
            raise Invalid(
                f"Line {reader.line_num} of the labels cannot be read. It needs the id of a row of "
                "each list and 1 or 0, in the columns left, right and same.",
                code="labels_malformed",
                details={"line": reader.line_num},
            )
        labels[left, right] = same in TRUE
    if not labels:
        raise Invalid(
            "The file of labels holds none. Write the columns left, right and same.",
            code="labels_malformed",
        )
    return labels


def measure(pairs: Iterable[Pair], labels: Mapping[Ends, bool]) -> Measure:
    """Compare decisions with labels.

    Rows that are labelled are labelled wholly: a decision about two of them that no label allows
    is wrong. Decisions about other rows are not counted.
    """
    pairs = list(pairs)
    decided = set(_ends(pair for pair in pairs if pair.found in DECIDED))
    proposed = set(_ends(pair for pair in pairs if pair.found in PROPOSED))
    same = {ends for ends, is_same in labels.items() if is_same}
    lefts, rights = {left for left, _right in labels}, {right for _left, right in labels}
    known = {(left, right) for left, right in decided if left in lefts and right in rights}
    return Measure(
        right=len(known & same),
        proposed=len(proposed & same - decided),
        labelled=len(same),
        wrong=tuple(sorted(known - same)),
        missed=tuple(sorted(same - decided)),
    )


def _ends(pairs: Iterable[Pair]) -> Iterator[Ends]:
    """Every row of one entry with every row of the other."""
    for pair in pairs:
        ours = pair.left.rows if pair.left else ()
        theirs = pair.right.rows if pair.right else ()
        yield from ((left.id, right.id) for left in ours for right in theirs)
