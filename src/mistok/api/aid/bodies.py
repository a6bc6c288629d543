"""What programs send about aid, and how services read it."""

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from django.utils.translation import gettext as _
from pydantic import Field, RootModel, model_validator

from mistok.accounts.permissions import Permission
from mistok.accounts.sentences import token_without_factor
from mistok.aid.consignments import ConsignmentEntry, LineEntry, LotEntry
from mistok.aid.lifecycle import ActKind, Regime, State
from mistok.api.shapes import Body, Day, Exact
from mistok.kernel.errors import Invalid
from mistok.needs.models.lines import STEPS_PER_UNIT, EndUser

Short = Annotated[str, Field(max_length=60)]
Line = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=2000)]
Whole = Annotated[int, Field(ge=0, le=2_000_000_000)]
Id = Annotated[str, Field(min_length=1, max_length=40)]
# JSON knows no enumerations, so they are read from their texts also where all else is strict.
RegimeName = Annotated[Regime, Field(strict=False)]
StateName = Annotated[State, Field(strict=False)]
Category = Annotated[EndUser, Field(strict=False)]
PERSONS_ONLY: Final = frozenset(
    {
        ActKind.VALUATION,
        ActKind.REDISTRIBUTION,
        ActKind.RETURN,
        ActKind.WRITE_OFF,
        ActKind.LOSS,
        ActKind.SEIZURE,
        ActKind.REVERSAL,
    }
)
"""Acts that need an approver with a second factor: no program does them."""


def steps_of(number: Decimal, unit: str, counted_in: str, *, field: str) -> int:
    """A number in units as whole thousandths. Raises Invalid (`unit_differs`, `too_many_places`).

    `counted_in` is the unit of the lot or line: a program that thinks in another would be wrong by
    a factor and not know it.
    """
    if unit != counted_in:
        raise Invalid(
            _(
                "“%(field)s” is in %(unit)s, and the goods are counted in %(counted)s. Send the "
                "amount in %(counted)s."
            )
            % {"field": field, "unit": unit, "counted": counted_in},
            code="unit_differs",
            details={"field": field, "unit": unit, "counted_in": counted_in},
        )
    steps = number * STEPS_PER_UNIT
    if steps != int(steps):
        raise Invalid(
            _("“%(field)s” has more than three places. Nothing is counted finer; round it.")
            % {"field": field},
            code="too_many_places",
            details={"field": field},
        )
    return int(steps)


class ConsignmentBody(Body):
    """A consignment that is coming, as its receiver records it or its giver offers it."""

    receiver: Id | None = Field(
        None,
        description="Id of the office to which the token's office offers it; without it the "
        "token's office is the one that receives.",
    )
    title: Line
    regime: RegimeName
    day: Day = Field(description="Since when it stands where `state` says.")
    state: Literal["offered", "accepted"] = "accepted"
    abroad: bool = True
    donor_place: Short = ""
    donor_name: Line = ""
    donor_contact: Annotated[str, Field(max_length=254)] = ""
    series: Id | Literal[""] = Field("", description="Id of the standing need that it serves.")
    carrier: Line = ""
    route: Text = ""
    unloading: Text = ""
    note: Text = ""
    restricted: bool = False

    def entry(self) -> ConsignmentEntry:
        """As the service reads it."""
        return ConsignmentEntry(**self.model_dump(exclude={"day", "state", "receiver"}))


class LotBody(Body):
    """Goods of a line with one batch or serial number."""

    number: Exact
    batch: Short = ""
    serial: Short = ""
    expires_on: Day | None = None


class LineBody(Body):
    """One kind of goods; `number` in units of `unit`, weights in kilograms."""

    names: dict[str, Line]
    item: Short = ""
    cluster: Annotated[str, Field(max_length=40)] = ""
    hs6: Annotated[str, Field(max_length=6)] = ""
    uktzed: Annotated[str, Field(max_length=10)] = ""
    unit: Annotated[str, Field(max_length=30)] = ""
    number: Exact | None = None
    bound: Literal["", ">", "<", "~"] = ""
    packages: Whole | None = None
    pieces: Whole | None = None
    net_kg: Exact | None = None
    gross_kg: Exact | None = None
    unit_value: Exact | None = None
    currency: Annotated[str, Field(max_length=3)] = ""
    value_basis: Annotated[str, Field(max_length=24)] = ""
    uah_rate: Exact | None = None
    rate_day: Day | None = None
    used: bool = False
    wear_percent: Whole | None = None
    produced_on: Day | None = None
    lots: list[LotBody] = Field([], max_length=500)
    control_list: Annotated[str, Field(max_length=8)] = ""
    licence: Annotated[str, Field(max_length=80)] = ""
    end_user: Category = EndUser.ADMINISTRATION
    restricted: bool = False
    commitment: Id | Literal[""] = ""
    expected: Whole | None = Field(None, description="Version of the consignment that was read.")

    def entry(self) -> LineEntry:
        """As the service reads it."""
        plain = self.model_dump(exclude={"lots", "expected"})
        lots = tuple(LotEntry(**one.model_dump()) for one in self.lots)
        return LineEntry(**plain, lots=lots)


class PassageBody(Body):
    """On to another state, where no act, code or declaration does it."""

    state: StateName
    day: Day
    note: Text = ""
    expected: Whole | None = Field(None, description="Version of the consignment that was read.")


class MemberBody(Body):
    """Somebody of a commission; `duty` of one of them is `accountant`."""

    name: Line
    duty: Line


class ActBody(Body):
    """What every act says."""

    day: Day
    settlement: Short = ""
    remarks: Annotated[str, Field(max_length=4000)] = ""
    signed_by: Line = ""
    commission: list[MemberBody] = Field([], max_length=20)
    expected: Whole | None = Field(None, description="Version of the consignment that was read.")


class CountedBody(Body):
    """What was counted of a lot, or of a line that was told without an exact number."""

    lot: Id | None = None
    line: Id | None = None
    unit: Annotated[str, Field(max_length=30)]
    received: Exact = Decimal(0)
    damaged: Exact = Decimal(0)
    shortage: Exact | None = Field(None, description="Without it: all that is still on the way.")
    more_to_come: bool = False
    batch: Short = ""
    serial: Short = ""
    expires_on: Day | None = None


class AcceptanceBody(ActBody):
    """Goods that came were counted by a commission of three at least."""

    kind: Literal["acceptance"]
    rows: list[CountedBody] = Field(min_length=1, max_length=500)


class IssueRowBody(Body):
    """How much went to a category in a settlement: counts, and never a name."""

    lot: Id
    amount: Exact
    unit: Annotated[str, Field(max_length=30)]
    category: Category
    settlement: Short
    households: Whole | None = None
    persons: Whole | None = None


class IssueBody(ActBody):
    """Goods left the store for those they are for."""

    kind: Literal["issue"]
    ground: Text = ""
    rows: list[IssueRowBody] = Field(min_length=1, max_length=500)


class DispatchBody(Body):
    """The goods have left the giver: what is declared is on its way from now on."""

    kind: Literal["dispatch"]
    day: Day
    expected: Whole | None = None


class ClearanceBody(Body):
    """Customs has cleared what a declaration names."""

    kind: Literal["clearance"]
    declaration: Id
    day: Day
    customs_office: Line = ""
    expected: Whole | None = None


AnyAct = Annotated[
    AcceptanceBody | IssueBody | DispatchBody | ClearanceBody, Field(discriminator="kind")
]


class EntriesBody(RootModel[AnyAct]):
    """An act of one of four kinds; what it moves stands in the entries of the answer."""

    @model_validator(mode="before")
    @classmethod
    def _by_a_program(cls, told: Any) -> Any:
        kind = told.get("kind") if isinstance(told, dict) else None
        if isinstance(kind, str) and kind in PERSONS_ONLY:
            right = Permission.DISPOSE_OF_GOODS
            raise token_without_factor(
                Permission.REVERSE_ENTRY if kind == ActKind.REVERSAL else right
            )
        return told
