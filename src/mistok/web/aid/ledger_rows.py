"""The goods ledger as pages show it: what became of each line, acts with what they moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.ledger import LineSums, sums_of
from mistok.aid.models import AidAct, AidLine, Entry
from mistok.needs.models.lines import EndUser
from mistok.web.aid.act_forms import lot_name
from mistok.web.aid.words import account_word, line_name
from mistok.web.needs.words import steps_text

COLUMNS: Sequence[tuple[str, object]] = (
    ("declared", gettext_lazy("Declared")),
    ("received", gettext_lazy("Received")),
    ("shortage", gettext_lazy("Missing")),
    ("damaged", gettext_lazy("Damaged")),
    ("issued", gettext_lazy("Issued")),
    ("elsewhere", gettext_lazy("Left otherwise")),
    ("on_hand", gettext_lazy("On hand")),
)
"""The columns of the table of sums: code and heading."""
ELSEWHERE = ("redistributed", "returned", "written_off", "lost", "seized")
DETAILS: Sequence[tuple[str, object]] = (
    ("surplus", gettext_lazy("more than declared")),
    ("not_sent", gettext_lazy("not sent yet")),
    ("moving", gettext_lazy("on the way")),
    ("ended_on_way", gettext_lazy("ended on the way")),
    ("redistributed", gettext_lazy("passed on")),
    ("returned", gettext_lazy("returned")),
    ("written_off", gettext_lazy("written off")),
    ("lost", gettext_lazy("lost")),
    ("seized", gettext_lazy("seized")),
    ("damaged_left", gettext_lazy("damaged and still here")),
)
"""What is told under the name of a line, where it is not nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SumsRow:
    """What became of one line: a cell for each column, details, and whether it adds up."""

    name: str
    cells: list[tuple[object, str]]
    details: list[tuple[object, str]]
    adds_up: bool
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry: which lot, how much, from where to where."""

    number: int
    lot: str
    line: str
    source: str
    target: str
    amount: str
    reversed: bool


def sums_rows(lines: Sequence[AidLine]) -> list[SumsRow]:
    """The table of sums of these lines."""
    found = sums_of(lines)
    return [sums_row(line, found[line.pk]) for line in lines]


def sums_row(line: AidLine, sums: LineSums) -> SumsRow:
    """One line of it."""

    def told(steps: int) -> str:
        return steps_text(steps, line.unit)

    amounts = {name: getattr(sums, name) for name, _label in COLUMNS if name != "elsewhere"}
    amounts["elsewhere"] = sum(getattr(sums, name) for name in ELSEWHERE)
    return SumsRow(
        name=f"{line.position}. {line_name(line)}",
        cells=[(label, told(amounts[name])) for name, label in COLUMNS],
        details=[(label, told(steps)) for name, label in DETAILS if (steps := getattr(sums, name))],
        adds_up=sums.adds_up,
        proof=_proof(sums, line.unit),
    )


def _proof(sums: LineSums, unit: str) -> str:
    """The two equations of D4-07, with numbers, as far as there is anything to add."""
    gone = sums.issued + sum(getattr(sums, name) for name in ELSEWHERE)
    arrived = sums.received + sums.damaged + sums.ended_on_way
    if not arrived and not sums.shortage:
        return ""
    return _(
        "Declared and more: %(declared)s = came %(came)s + missing %(missing)s + on the way "
        "%(moving)s. Came: %(came)s = gone %(gone)s + here %(left)s."
    ) % {
        "declared": steps_text(sums.declared + sums.surplus, unit),
        "came": steps_text(arrived, unit),
        "missing": steps_text(sums.shortage, unit),
        "moving": steps_text(sums.moving + sums.not_sent, unit),
        "gone": steps_text(gone, unit),
        "left": steps_text(sums.on_hand + sums.damaged_left, unit),
    }


def entries_of(act: AidAct) -> list[EntryRow]:
    """What an act moved, in the order of the ledger."""
    rows = act.entries.select_related("lot__line").order_by("number")
    turned = set(Entry.objects.filter(reverses__act=act).values_list("reverses", flat=True))
    return [_entry(one, turned=one.pk in turned) for one in rows]


def _entry(one: Entry, *, turned: bool) -> EntryRow:
    target = account_word(one.target)
    if one.category in EndUser.values:
        target = f"{target}: {EndUser(one.category).label}"
    return EntryRow(
        number=one.number,
        lot=lot_name(one.lot),
        line=line_name(one.lot.line),
        source=account_word(one.source),
        target=target,
        amount=steps_text(one.amount, one.lot.unit),
        reversed=turned,
    )
