"""What an act says, as the slots of its paper: rows by lot or line, commission, ground, days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mistok.aid import clocks
from mistok.aid.lifecycle import Account, ActKind
from mistok.aid.models import AidAct, AidLine, Lot
from mistok.aid.papers.amounts import (
    as_told,
    printed,
    total,
    unit_words,
    worth,
    worth_uah,
)
from mistok.aid.papers.phrases import (
    Languages,
    Texts,
    category,
    everywhere,
    goods,
    paper_of_act,
    person,
    said,
    word_of,
)
from mistok.aid.papers.sides import as_day, party, settlement
from mistok.aid.papers.valuing import valuation_slots

Row = dict[str, Any]
_ON_THE_WAY: Final = frozenset({Account.IN_TRANSIT, Account.CUSTOMS})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One row of an act with the line and lot that it names."""

    told: Mapping[str, Any]
    line: AidLine
    lot: Lot | None
    languages: Languages

    def named(self) -> Row:
        """The goods with their batch, serial number and expiry."""
        return {
            "name": goods(self.line, self.languages),
            "wear": self.line.wear_percent,
            "batch": self.lot.batch if self.lot else "",
            "serial": self.lot.serial if self.lot else "",
            "expiry": as_day(self.lot.expires_on) if self.lot else "",
        }

    def number(self, steps: int) -> str:
        """An amount as it is printed."""
        return printed(steps, self.languages)

    def unit(self, steps: int | None) -> Texts:
        """The unit after it."""
        return unit_words(self.line, steps, self.languages)


def act_slots(act: AidAct, languages: Languages) -> Row:
    """The slots that the paper of an act fills from the act alone."""
    of_kind = _BY_KIND[ActKind(act.kind)]
    return {
        "number": f"{act.number}/{act.year}",
        "date": act.day.isoformat(),
        "ground": everywhere(act.ground, languages) if act.ground else {},
        "remarks": everywhere(act.remarks, languages) if act.remarks else {},
        "signatory": person(act.signed_by, languages) if act.signed_by else {},
        "members": [_member(one, languages) for one in act.commission],
        **of_kind(act, languages),
    }


def _member(one: Mapping[str, str], languages: Languages) -> Row:
    return {
        "name": person(one["name"], languages),
        "duty": word_of("duties", one["duty"], languages),
    }


def items(act: AidAct, languages: Languages) -> list[_Item]:
    """The rows of an act with their lines and lots, in two queries."""
    lines = {line.public_id: line for line in act.consignment.lines.all()}
    lots = {lot.public_id: lot for lot in Lot.objects.filter(line__consignment=act.consignment)}
    return [
        _Item(
            told=row, line=lines[row["line"]], lot=lots.get(row.get("lot", "")), languages=languages
        )
        for row in act.rows
    ]


def _accepted(act: AidAct, languages: Languages) -> Row:
    rows = [_counted(item) for item in items(act, languages)]
    return {"lines": rows, "total_value": total(rows, "value")}


def _counted(item: _Item) -> Row:
    """A row of the inventory; what is above the papers stands in the note."""
    told, languages = item.told, item.languages
    sound = told["received"]
    surplus = {
        lang: f"{printed(told['surplus'], languages)} {unit}"
        for lang, unit in item.unit(told["surplus"]).items()
    }
    notes = [said("surplus", languages, amount=surplus)] if told["surplus"] else []
    notes += [said("more_to_come", languages)] if told["more_to_come"] else []
    return {
        **_compared(item),
        "state": word_of("states", "used" if item.line.used else "new", languages),
        "value": worth(item.line, sound),
        "note": {lang: "; ".join(one[lang] for one in notes) for lang in languages if notes},
    }


def _compared(item: _Item) -> Row:
    """What the papers say beside what came; a line told with a bound is told as it was."""
    told = item.told
    sound = told["received"] - told["surplus"]
    by_papers = sound + told["damaged"] + told["shortage"]
    countable = item.line.countable
    return {
        **item.named(),
        "unit": item.unit(by_papers),
        "declared": item.number(by_papers) if countable else as_told(item.line, item.languages),
        "received": item.number(sound),
        "missing": item.number(told["shortage"]),
        "damaged": item.number(told["damaged"]),
    }


def _differing(act: AidAct, languages: Languages) -> Row:
    rows = [
        _compared(item) | {"surplus": item.number(item.told["surplus"])}
        for item in items(act, languages)
    ]
    return {"lines": rows, "follows": _follows(act, languages)}


def _follows(act: AidAct, languages: Languages) -> Texts:
    """The acceptance that an act belongs to."""
    before = act.follows
    return paper_of_act(before, "acceptance_act", languages) if before else {}


def _issued(act: AidAct, languages: Languages) -> Row:
    return {"lines": [_given(item) for item in items(act, languages)]}


def _given(item: _Item) -> Row:
    told = item.told
    counts = {name: str(told[name]) for name in ("households", "persons") if told[name] is not None}
    return {
        **item.named(),
        "unit": item.unit(told["amount"]),
        "amount": item.number(told["amount"]),
        "settlement": settlement(told["settlement"], item.languages),
        "category": category(told["category"], item.languages),
        **counts,
    }


def _left(act: AidAct, languages: Languages) -> Row:
    """Goods that were passed on, returned or written off, with what they are worth."""
    rows = [_leaving(item) for item in items(act, languages)]
    return {"lines": rows, "total_uah": total(rows, "value_uah")}


def _leaving(item: _Item) -> Row:
    told, account = item.told, item.told["from"]
    whole = told["settles_line"]
    note: Texts = {}
    if account == Account.DAMAGED:
        note = said("damaged", item.languages)
    elif whole or account in _ON_THE_WAY:
        note = said("on_the_way", item.languages)
    steps = told["amount"]
    uncounted = as_told(item.line, item.languages) or "—"
    return {
        **item.named(),
        "unit": item.unit(None if whole else steps),
        "amount": uncounted if whole else item.number(steps),
        "value": None if whole else worth(item.line, steps),
        "value_uah": None if whole else worth_uah(item.line, steps),
        "category": category(item.line.end_user, item.languages),
        "note": note,
    }


def _passed_on(act: AidAct, languages: Languages) -> Row:
    """Who passes on is the office that holds the goods; the days are those that the law gave."""
    consignment = act.consignment
    decided = clocks.deadlines_of(consignment).filter(
        rule__in=(clocks.REDISTRIBUTION, clocks.MEDICAL_REDISTRIBUTION)
    )
    copies = clocks.deadlines_of(consignment).filter(rule=clocks.COPIES, start=act.day)
    return {
        **_left(act, languages),
        "acquirer": party(consignment.office.place, languages),
        "new_acquirer": everywhere(act.rows[0]["to"], languages),
        "decision_due": as_day(decided.values_list("due_on", flat=True).last()),
        "copies_due": as_day(copies.values_list("due_on", flat=True).last()),
    }


_BY_KIND: Final[Mapping[ActKind, Callable[[AidAct, Languages], Row]]] = {
    ActKind.ACCEPTANCE: _accepted,
    ActKind.DISCREPANCY: _differing,
    ActKind.VALUATION: valuation_slots,
    ActKind.ISSUE: _issued,
    ActKind.REDISTRIBUTION: _passed_on,
    ActKind.RETURN: _left,
    ActKind.WRITE_OFF: _left,
}
