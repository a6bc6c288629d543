"""Tables of the evidence pack: what came, what became of it, to whom it went, which papers there
are. Of restricted goods nothing is in them, and no settlement, person or store.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from mistok.aid import ledger
from mistok.aid.acts import distribution_table
from mistok.aid.models import AidLine, AidPaper, Consignment
from mistok.aid.models.consignments import Bound
from mistok.aid.models.files import Readers
from mistok.aid.papers.amounts import unit_words
from mistok.aid.papers.phrases import Languages, category, goods
from mistok.needs.items import number_text
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.papers import template
from mistok.papers.wording import day_in_words

TABLE: Final = Path(__file__).parent / "data" / "evidence_words.json"
NOTHING: Final = "—"
PROOFS: Final = ("acceptance_act", "discrepancy_act")
"""Papers of the receiving office whose fingerprints the giver gets, so that it can ask for them."""
CAME: Final = ("surplus", "received", "shortage", "damaged", "on_the_way", "ended_on_way")
BECAME: Final = ("issued", "redistributed", "returned", "written_off", "lost", "seized", "left")
_ALWAYS: Final = frozenset({"received", "shortage", "damaged", "issued", "left"})
"""Columns that stand there also when they are nought: that nothing is missing is told, too."""

Cell = list[str]
Row = list[Cell]
Figures = Mapping[str, int]


def told(name: str, languages: Languages, /, **filled: object) -> Cell:
    """One text of the pack in each language."""
    return [str(texts()[name][lang]).format(**filled) for lang in languages]


@cache
def texts() -> Mapping[str, Any]:
    """All texts of the pack; read once a process, since they are part of the code."""
    found: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def figures_of(lines: Sequence[AidLine]) -> list[Figures]:
    """What the ledger says of each line, by the names of the columns; it adds up."""
    sums = ledger.sums_of(lines)
    return [_figures(sums[line.pk]) for line in lines]


def _figures(sums: ledger.LineSums) -> Figures:
    """What never reached the store is told as such, and again as lost, returned or seized."""
    return {
        "declared": sums.declared,
        "surplus": sums.surplus,
        "received": sums.received,
        "shortage": sums.shortage,
        "damaged": sums.damaged,
        "on_the_way": sums.moving + sums.not_sent,
        "ended_on_way": sums.ended_on_way,
        "left": sums.on_hand + sums.damaged_left,
        **{name: getattr(sums, name) for name in BECAME[:-1]},
    }


def came_table(
    lines: Sequence[AidLine], figures: Sequence[Figures], languages: Languages
) -> list[Row]:
    """Goods, unit, what the papers said, what came; titles first."""
    columns = _columns(CAME, figures)
    rows = [
        [
            *_named(line, one["declared"], languages),
            _declared(line, one["declared"], languages),
            *_numbers(columns, one, languages),
        ]
        for line, one in zip(lines, figures, strict=True)
    ]
    return [_titles(("goods", "unit", "declared", *columns), languages), *rows]


def became_table(
    lines: Sequence[AidLine], figures: Sequence[Figures], languages: Languages
) -> list[Row]:
    """Goods, unit, and where all that came is now; titles first."""
    columns = _columns(BECAME, figures)
    rows = [
        [*_named(line, one["declared"], languages), *_numbers(columns, one, languages)]
        for line, one in zip(lines, figures, strict=True)
    ]
    return [_titles(("goods", "unit", *columns), languages), *rows]


def whom_table(
    consignment: Consignment, lines: Sequence[AidLine], languages: Languages
) -> list[Row]:
    """Categories with what they got, households and persons; small counts hidden. Empty: nobody."""
    table = distribution_table(consignment, for_whom="donor", lines=lines)
    if not table.categories:
        return []
    rows = []
    for code in table.categories:
        parts = [row for row in table.amounts if row.category == code]
        got = [[_got(row.line, row.amount, lang) for row in parts] for lang in languages]
        rows.append(
            [
                list(category(code, languages).values()),
                ["\n".join(one) for one in got],
                _count(table.households_by_category[code], languages),
                _count(table.persons_by_category[code], languages),
            ]
        )
    return [_titles(("category", "goods", "households", "persons"), languages), *rows]


def papers_table(consignment: Consignment, languages: Languages) -> list[Row]:
    """Papers that both sides read, and the proofs that the recipient keeps, with their hashes."""
    rows = consignment.papers.order_by("kind", "number")
    found = [_paper(row, languages) for row in rows if _is_listed(row)]
    names = ("paper", "version", "made_on", "sha256")
    return [_titles(names, languages), *found] if found else []


def number(steps: int, language: str) -> str:
    """Thousandths of a unit as the language writes them."""
    return number_text(Decimal(steps) / STEPS_PER_UNIT, language)


def _is_listed(paper: AidPaper) -> bool:
    return paper.docx_sha256 != "" and (paper.readers == Readers.BOTH or paper.kind in PROOFS)


def _paper(paper: AidPaper, languages: Languages) -> Row:
    titles = template(paper.kind).title
    kept = paper.readers != Readers.BOTH
    return [
        [
            f"{titles[lang]} ({texts()['kept'][lang]})" if kept else titles[lang]
            for lang in languages
        ],
        [str(paper.number)] * len(languages),
        [day_in_words(paper.made_at.date(), lang) for lang in languages],
        [paper.pdf_sha256] * len(languages),
    ]


def _columns(names: Iterable[str], figures: Sequence[Figures]) -> list[str]:
    return [name for name in names if name in _ALWAYS or any(one[name] for one in figures)]


def _titles(names: Iterable[str], languages: Languages) -> Row:
    return [told(name, languages) for name in names]


def _named(line: AidLine, steps: int, languages: Languages) -> Row:
    return [
        list(goods(line, languages).values()),
        list(unit_words(line, steps, languages).values()),
    ]


def _declared(line: AidLine, steps: int, languages: Languages) -> Cell:
    """As it was told, with its bound; what nobody told is a dash."""
    if line.countable:
        return [number(steps, lang) for lang in languages]
    if line.amount is None:
        return [NOTHING] * len(languages)
    return [f"{Bound(line.bound).value} {number(line.amount, lang)}" for lang in languages]


def _numbers(columns: Iterable[str], figures: Figures, languages: Languages) -> Row:
    return [[number(figures[name], lang) for lang in languages] for name in columns]


def _got(line: AidLine, steps: int, language: str) -> str:
    name = goods(line, [language])[language]
    unit = unit_words(line, steps, [language])[language]
    return str(texts()["got"][language]).format(
        name=name, amount=number(steps, language), unit=unit
    )


def _count(count: int | None, languages: Languages) -> Cell:
    return [NOTHING if count is None else number_text(Decimal(count), lang) for lang in languages]
