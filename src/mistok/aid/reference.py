"""The page docs/reference/aid-states.md: the life of a consignment and its goods, from tables."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from mistok.aid.clocks import (
    CODE,
    COPIES,
    IMPORT,
    MEDICAL_REDISTRIBUTION,
    MONTHLY,
    NO_REPORT,
    OFFSETS,
    PUBLICATION_OF_PROPERTY,
    REDISTRIBUTION,
    REPORT,
    RETENTION,
    TRANSPORT,
)
from mistok.aid.lifecycle import (
    CODED,
    CUSTOMS_STATES,
    ENDED,
    FINAL,
    HELD,
    MOVEMENTS,
    MOVING,
    SOURCES,
    TRANSITIONS,
    WITHOUT_GOODS,
    WITHOUT_LINES,
    WRITABLE,
    Account,
    ActKind,
    State,
)
from mistok.aid.models.acts import ACT_KINDS
from mistok.aid.models.consignments import REGIMES, STATES

S, A = State, Account

MEANINGS: Final[Mapping[State, str]] = {
    S.OFFERED: "A giver offers it; giver and receiver both may write its lines.",
    S.ACCEPTED: "The receiver takes it; from here on the receiver alone writes.",
    S.CODE_ISSUED: "The state's system gave its unique code for a list of goods.",
    S.DECLARED: "At least one vehicle has its declaration.",
    S.DISPATCHED: "The goods are on the way; each lot is in transit in the ledger.",
    S.EXPORT_CLEARED: "The country of the giver has let it out.",
    S.AT_BORDER: "It stands at the border.",
    S.CUSTOMS_CLEARED: "All its declarations that stand are cleared; the report's clock runs.",
    S.RECEIVED: "A commission has counted it, and nothing is on the way any more.",
    S.ON_BALANCE: "Every line has a value and stands in the books.",
    S.DISTRIBUTING: "A part was issued.",
    S.DISTRIBUTED: "Nothing is in the store any more.",
    S.REPORTED: "The final report on presence and distribution was filed.",
    S.CLOSED: "Nothing is owed and nothing is left; its papers are kept.",
    S.REFUSED: "It was declined or taken back before it came.",
    S.CODE_EXPIRED: "The code ran out before the goods were declared.",
    S.DECLARATION_EXPIRED: "Every declaration ran out before it was cleared.",
    S.SEIZED: "Customs or police hold it.",
    S.LOST: "It was lost on the way.",
    S.RETURNED: "It went back to the giver.",
}

CLOCKS: Final[tuple[tuple[str, str, str], ...]] = (
    (CODE, "a code is recorded", "the consignment is cleared, or the code ends"),
    (IMPORT, "a declaration is recorded", "it is cleared, or runs out"),
    (REPORT, "a declaration is cleared", "the final report is filed"),
    (REDISTRIBUTION, "redistribution is asked for", "it is decided"),
    (MEDICAL_REDISTRIBUTION, "the same for medical goods", "it is decided"),
    (COPIES, "an act of redistribution", "the copies are filed"),
    (PUBLICATION_OF_PROPERTY, "technical assistance is received", "it is published"),
    (TRANSPORT, "buses, trolleybuses or trams are received", "the consignment ends"),
    (MONTHLY, "humanitarian aid is received", "a report is filed"),
    (RETENTION, "the consignment is closed", "never: the term only passes"),
)


def aid_states_page(made: str) -> str:
    """The page; `made`: the line that says that the page is generated."""
    return (
        f"# States of consignments, and the goods ledger\n\n{made}\n"
        "Which rules of law the states heed stands in [rules](rules.md).\n"
        + _states()
        + _ledger()
        + _clocks()
    )


def states_diagram() -> str:
    """The states of a consignment as a Mermaid diagram."""
    lines = ["stateDiagram-v2", *(f"    [*] --> {one}" for one in (S.OFFERED, S.ACCEPTED))]
    for state, following in TRANSITIONS.items():
        ends: list[str] = sorted(following) or ["[*]"]
        lines += [f"    {state} --> {after}" for after in ends]
    return "\n".join(lines) + "\n"


def accounts_diagram() -> str:
    """Between which accounts goods move, and by which acts, as a Mermaid diagram."""
    ways: dict[tuple[Account, Account], list[ActKind]] = {}
    for kind, moves in MOVEMENTS.items():
        for move in moves:
            ways.setdefault(move, []).append(kind)
    arrows = (
        f"    {source} -->|{', '.join(sorted(kinds))}| {target}"
        for (source, target), kinds in sorted(ways.items())
    )
    return "\n".join(["flowchart LR", *arrows]) + "\n"


def _states() -> str:
    labels = dict(STATES)
    rows = [
        (f"`{state}`", str(labels[state]), MEANINGS[state], _codes(sorted(following)))
        for state, following in TRANSITIONS.items()
    ]
    regimes = dict(REGIMES)
    return (
        f"\n## A consignment\n\n```mermaid\n{states_diagram()}```\n\n"
        + _table(("state", "shown as", "meaning", "may be followed by"), rows)
        + f"\nLines are written while it is {_either(WRITABLE)}. It is on the way while it is "
        f"{_either(MOVING)}: then no time, route, crossing, carrier or plate leaves the two "
        f"offices. Goods lie in the store while it is {_either(HELD)}. It ends as "
        f"{_either(ENDED)}.\n\n"
        f"What never crosses a border has none of {_codes(sorted(CUSTOMS_STATES))}. The code is "
        f"asked for {_either(CODED)} from abroad from the first day of rule {CODE}, and not while "
        "rule R26 (paper declarations) holds. "
        f"{_names(WITHOUT_LINES, regimes)} is recorded without lines; "
        f"{_names(WITHOUT_GOODS, regimes)} have no goods for the ledger.\n"
    )


def _ledger() -> str:
    labels = dict(ACT_KINDS)
    rows = [
        (
            f"`{kind}`",
            str(labels[kind]),
            ", ".join(f"`{source}` → `{target}`" for source, target in sorted(moves)) or "–",
        )
        for kind, moves in MOVEMENTS.items()
    ]
    return (
        f"\n## The goods ledger\n\n```mermaid\n{accounts_diagram()}```\n\n"
        + _table(("act", "shown as", "moves goods"), rows)
        + f"\nGoods come from {_either(SOURCES)}, whose balances alone may be below zero. They "
        f"leave {_either(FINAL)} by a reversal alone, which turns every entry of an act round, "
        "once.\n"
    )


def _clocks() -> str:
    rows = [(f"`{rule}`", begins, ends) for rule, begins, ends in CLOCKS]
    days = ", ".join(str(days) for days in OFFSETS)
    return (
        "\n## Days that are due\n\n"
        + _table(("rule", "begins when", "ends when"), rows)
        + f"\nA day is computed once and kept with the version of its rule. While a report "
        f"(`{REPORT}`) is late, no new declaration can be recorded (`{NO_REPORT}`). Mails remind "
        f"{days} days before a day that is due (below zero: after it).\n"
    )


def _names(regimes: Iterable[StrEnum], labels: Mapping[str, object]) -> str:
    words = " and ".join(str(labels[regime]).split(" (")[0] for regime in sorted(regimes))
    return words[:1].upper() + words[1:]


def _either(states: Iterable[StrEnum]) -> str:
    *most, last = (f"`{state}`" for state in sorted(states))
    return " or ".join(filter(None, (", ".join(most), last)))


def _codes(states: Iterable[StrEnum]) -> str:
    return ", ".join(f"`{state}`" for state in states)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    cells = [" | ".join(cell.replace("|", "\\|") for cell in line) for line in lines]
    return "".join(f"| {line} |\n" for line in cells)
