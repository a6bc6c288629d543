"""Forms of acts by which goods leave the store, and what the form of every act asks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.acts import DisposalRow, IssueRow
from mistok.aid.lifecycle import Account
from mistok.aid.models import AidLine, Balance, Lot
from mistok.needs.models.lines import EndUser
from mistok.web.aid.fields import (
    AidForm,
    CommissionMixin,
    PlaceField,
    StepsField,
    day_of_act,
)
from mistok.web.aid.words import account_word, amount_of, line_name
from mistok.web.needs.fields import chosen, whole
from mistok.web.needs.words import steps_text
from mistok.web.procedure.fields import line, text

MOST_PEOPLE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The fields about one lot or line, under its name."""

    id: str
    name: str
    more: str
    fields: list[forms.BoundField]
    folded: list[forms.BoundField]


class ActForm(AidForm, CommissionMixin):
    """What every act asks: its day, where, who signs, remarks; a commission where it needs one."""

    with_commission = True

    def after_fields(self) -> dict[str, forms.Field]:
        """What comes after the rows."""
        settlement = PlaceField(
            label=gettext_lazy("Settlement where it was done"),
            help_text=gettext_lazy("By name or key; no street, no building."),
            required=False,
            country="UA",
        )
        commission = self.commission_fields() if self.with_commission else {}
        return {
            **commission,
            "settlement": settlement,
            "signed_by": line(gettext_lazy("Signed by")),
            "remarks": text(gettext_lazy("Remarks"), most=4000),
        }

    @property
    def first(self) -> list[forms.BoundField]:
        """What comes before the rows."""
        return [self["day"]]

    @property
    def last(self) -> list[forms.BoundField]:
        """What comes after them, without the commission."""
        names = ("settlement", "ground", "signed_by", "remarks")
        return [self[name] for name in names if name in self.fields]

    @property
    def common(self) -> dict[str, Any]:
        """What every service of an act takes."""
        told = self.cleaned_data
        plain = {name: told[name] for name in ("day", "settlement", "remarks", "signed_by")}
        commission = self.commission() if self.with_commission else ()
        return {**plain, "commission": commission}

    def rows(self) -> Iterator[Row]:
        """The rows, in their order."""
        raise LookupError(type(self).__name__)

    def bound(self, prefix: str, names: Sequence[str]) -> list[forms.BoundField]:
        """The fields of one row."""
        return [self[f"{prefix}-{name}"] for name in names if f"{prefix}-{name}" in self.fields]


def lot_name(lot: Lot | None) -> str:
    """A lot by what stands on its boxes: code, batch, serial number."""
    return "" if lot is None else ", ".join(filter(None, (lot.label, lot.batch, lot.serial)))


class IssueForm(ActForm):
    """One sheet for one category in one settlement: how much of each lot, for how many people."""

    with_commission = False

    def __init__(self, held: Sequence[Balance], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.held = {one.lot.public_id: one for one in held}
        self.fields |= {
            "day": day_of_act(gettext_lazy("Day of the issue")),
            "category": chosen(gettext_lazy("For whom"), EndUser.choices),
            "where": PlaceField(
                label=gettext_lazy("Settlement where it went"),
                help_text=gettext_lazy("By name or key. Persons are counted, never named."),
                country="UA",
            ),
        }
        for prefix, one in self.held.items():
            self.fields |= {f"{prefix}-{name}": field for name, field in _issued(one).items()}
        self.fields |= self.after_fields()
        del self.fields["settlement"]

    @property
    def first(self) -> list[forms.BoundField]:
        """The day and for whom."""
        return [self["day"], self["category"], self["where"]]

    def rows(self) -> Iterator[Row]:
        """One for each lot in the store."""
        for prefix, one in self.held.items():
            yield row_of_lot(
                prefix, one, self.bound(prefix, ("amount", "households", "persons")), []
            )

    def clean(self) -> dict[str, Any]:
        """Something is issued."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.issued():
            self.add_error(None, _("Nothing is written yet. Write how much of one lot at least."))
        return told

    @property
    def common(self) -> dict[str, Any]:
        """The settlement of the sheet is where the goods went."""
        told = self.cleaned_data
        plain = {name: told[name] for name in ("day", "remarks", "signed_by")}
        return {**plain, "settlement": told["where"]}

    def issued(self) -> list[IssueRow]:
        """What was issued, as the service takes it."""
        told = self.cleaned_data
        return [
            IssueRow(
                lot=one.lot,
                amount=told[f"{prefix}-amount"],
                category=told["category"],
                settlement=told["where"],
                households=told[f"{prefix}-households"],
                persons=told[f"{prefix}-persons"],
            )
            for prefix, one in self.held.items()
            if told.get(f"{prefix}-amount") is not None
        ]


def _issued(one: Balance) -> dict[str, forms.Field]:
    return {
        "amount": StepsField(unit=one.lot.unit, label=gettext_lazy("How many"), required=False),
        "households": whole(gettext_lazy("Households"), most=MOST_PEOPLE),
        "persons": whole(gettext_lazy("Persons"), most=MOST_PEOPLE),
    }


def row_of_lot(
    prefix: str,
    one: Balance,
    fields: list[forms.BoundField],
    folded: list[forms.BoundField],
) -> Row:
    """A row about what lies of a lot in an account."""
    held = steps_text(one.amount, one.lot.unit)
    where = account_word(one.account)
    return Row(
        id=prefix,
        name=f"{one.lot.line.position}. {line_name(one.lot.line)}",
        more=f"{lot_name(one.lot)} · {where}: {held}",
        fields=fields,
        folded=folded,
    )


class DisposalForm(ActForm):
    """How much of which lot leaves, on what ground; `lines` were told and never counted.

    `passed_on` asks who gets it, `commission` who decided it.
    """

    def __init__(
        self,
        held: Sequence[Balance],
        lines: Sequence[AidLine] = (),
        data: Any = None,
        *,
        passed_on: bool = False,
        commission: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.with_commission = commission
        self.held = {f"{one.lot.public_id}-{one.account}": one for one in held}
        self.lines = {one.public_id: one for one in lines}
        self.fields["day"] = day_of_act(gettext_lazy("Day of the act"))
        for prefix, one in self.held.items():
            self.fields[f"{prefix}-amount"] = StepsField(
                unit=one.lot.unit, label=gettext_lazy("How many"), required=False
            )
        for prefix in self.lines:
            self.fields[f"{prefix}-whole"] = forms.BooleanField(
                label=gettext_lazy("All of it, as it was never counted"), required=False
            )
        if passed_on:
            self.fields["receiver"] = line(
                gettext_lazy("Who gets it now"),
                gettext_lazy("The institution or municipality, with its consent. No persons."),
                needed=True,
            )
        self.fields["ground"] = text(
            gettext_lazy("Ground"),
            gettext_lazy("On what it rests: the decision, its number and day; what happened."),
            needed=True,
        )
        self.fields |= self.after_fields()

    @property
    def first(self) -> list[forms.BoundField]:
        """The day, and who gets it."""
        return [self[name] for name in ("day", "receiver") if name in self.fields]

    def rows(self) -> Iterator[Row]:
        """One for each lot in each account, then lines that were never counted."""
        for prefix, one in self.held.items():
            yield row_of_lot(prefix, one, self.bound(prefix, ("amount",)), [])
        for prefix, told in self.lines.items():
            yield Row(
                id=prefix,
                name=f"{told.position}. {line_name(told)}",
                more=amount_of(told),
                fields=self.bound(prefix, ("whole",)),
                folded=[],
            )

    def clean(self) -> dict[str, Any]:
        """Something leaves."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.disposed():
            self.add_error(None, _("Nothing is written yet. Write how much of one lot at least."))
        return told

    @property
    def common(self) -> dict[str, Any]:
        """With the ground, and who gets it."""
        told = self.cleaned_data
        names = ("ground", "receiver") if "receiver" in self.fields else ("ground",)
        return {**super().common, **{name: told[name] for name in names}}

    def disposed(self) -> list[DisposalRow]:
        """What leaves, as the service takes it."""
        told = self.cleaned_data
        lots = [
            DisposalRow(lot=one.lot, amount=told[f"{prefix}-amount"], account=Account(one.account))
            for prefix, one in self.held.items()
            if told.get(f"{prefix}-amount") is not None
        ]
        lines = [
            DisposalRow(line=one)
            for prefix, one in self.lines.items()
            if told.get(f"{prefix}-whole")
        ]
        return lots + lines
