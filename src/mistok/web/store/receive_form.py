"""The form that counts what came: one count for each lot or line, then who counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.acts import ACCOUNTANT, Counted, Member, ToCount, to_count
from mistok.aid.models import AidLine, Consignment, Lot
from mistok.needs.items import unit
from mistok.web.aid.fields import HEAD, MEMBER, AidForm, StepsField, day_of_act
from mistok.web.aid.words import amount_of, line_name
from mistok.web.needs.words import steps_text
from mistok.web.procedure.fields import day, line, text
from mistok.web.words import lang

RECEIVED: Final = "received-"
"""How the field of a count begins; what follows names the lot by its code, or the line."""


class CountForm(AidForm):
    """How many of one lot or line are sound, how many are damaged, and whether more will come."""

    def __init__(self, of: ToCount, data: Any = None) -> None:
        super().__init__(data, auto_id=f"count-{name_of(of)}-%s")
        self.of = of
        for name, label in (
            ("received", gettext_lazy("In good order")),
            ("damaged", gettext_lazy("Damaged")),
        ):
            self.fields[name] = StepsField(label=label, unit=of.line.unit, required=False)
        self.fields["more"] = forms.BooleanField(
            label=gettext_lazy("More of it comes with another vehicle"), required=False
        )
        if of.lot is None:
            self.fields["batch"] = line(gettext_lazy("Batch number"), most=60)
            self.fields["expires_on"] = day(gettext_lazy("Use by"))

    def add_prefix(self, field_name: str) -> str:
        """The name in what is sent, by which a replay finds the same lot again."""
        return f"{field_name}-{name_of(self.of)}"

    @property
    def is_counted(self) -> bool:
        """Whether anything was said of it; nothing said leaves it on the way."""
        told = self.cleaned_data
        return told.get("received") is not None or told.get("damaged") is not None

    def counted(self) -> Counted:
        """What the act says of it."""
        told, lot = self.cleaned_data, self.of.lot
        return Counted(
            lot=lot,
            line=self.of.line if lot is None else None,
            batch=told.get("batch", ""),
            expires_on=told.get("expires_on"),
            received=told.get("received") or 0,
            damaged=told.get("damaged") or 0,
            more_to_come=told["more"],
        )


class ActForm(AidForm):
    """Who counted, when, and what is to be noted."""

    day = day_of_act(gettext_lazy("Counted on"))
    remarks = text(gettext_lazy("Note"), gettext_lazy("What is damaged, what was in the way."))
    head = line(gettext_lazy("Head of the commission"), needed=True)
    accountant = line(gettext_lazy("Accountant"), needed=True)
    member = line(gettext_lazy("Third member"), needed=True)
    others = line(
        gettext_lazy("Further members"), gettext_lazy("Names with commas between them."), most=400
    )
    signed_by = line(
        gettext_lazy("Signed by"),
        gettext_lazy("Write your name: it stands in the act."),
        needed=True,
    )

    def commission(self) -> list[Member]:
        """Everybody who counted, each with a duty."""
        told = self.cleaned_data
        named = [(told["head"], HEAD), (told["accountant"], ACCOUNTANT), (told["member"], MEMBER)]
        named += [(name, MEMBER) for name in told["others"].split(",") if name.strip()]
        return [Member(name=name.strip(), duty=duty) for name, duty in named]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One lot or line as the page asks for it."""

    form: CountForm
    name: str
    label: str
    lot: str
    batch: str
    expires: str
    expected: str
    expected_steps: str
    symbol: str
    outcome: str = ""

    @property
    def counts(self) -> list[forms.BoundField]:
        """The two numbers."""
        return [self.form["received"], self.form["damaged"]]

    @property
    def more(self) -> list[forms.BoundField]:
        """What else is asked of a line that is counted for the first time."""
        return [self.form[name] for name in ("batch", "expires_on") if name in self.form.fields]


def name_of(of: ToCount) -> str:
    """A lot by the code on its boxes, a line that has no lot yet by its id."""
    return of.lot.label if of.lot is not None else of.line.public_id


def forms_of(consignment: Consignment, data: QueryDict | None) -> list[CountForm]:
    """The counts to ask for; of what was sent, those that were sent, whatever came since.

    So the same sent again makes the same act, also when nothing is on the way any more.
    """
    waiting = to_count(consignment)
    if data is None:
        return [CountForm(of) for of in waiting]
    known = _elsewhere(consignment, data) | {name_of(of): of for of in waiting}
    sent = [name.removeprefix(RECEIVED) for name in data if name.startswith(RECEIVED)]
    return [CountForm(known[name], data) for name in sent if name in known]


def _elsewhere(consignment: Consignment, data: Iterable[str]) -> dict[str, ToCount]:
    """What was sent and is no longer to be counted: lots and lines of this consignment."""
    names = [name.removeprefix(RECEIVED) for name in data if name.startswith(RECEIVED)]
    lots = Lot.objects.select_related("line").filter(line__consignment=consignment, label__in=names)
    lines = AidLine.objects.filter(consignment=consignment, public_id__in=names)
    return {lot.label: ToCount(line=lot.line, lot=lot) for lot in lots} | {
        one.public_id: ToCount(line=one) for one in lines
    }


def row_of(form: CountForm) -> CountRow:
    """The count of one lot or line in the reader's words; with what is missing, once counted."""
    of = form.of
    symbol = unit(of.line.unit).symbols[lang()]
    expected = amount_of(of.line) if of.moving is None else steps_text(of.moving, of.line.unit)
    return CountRow(
        form=form,
        name=name_of(of),
        label=line_name(of.line),
        lot=of.lot.label if of.lot is not None else "",
        batch=(of.lot.batch or of.lot.serial) if of.lot is not None else "",
        expires=of.lot.expires_on.isoformat() if of.lot and of.lot.expires_on else "",
        expected=expected,
        # A text: as a number it would be written with separators.
        expected_steps="" if of.moving is None else str(of.moving),
        symbol=symbol,
        outcome=_outcome(form),
    )


def _outcome(form: CountForm) -> str:
    """What the count comes to: all here, so many missing, more than on the papers."""
    of = form.of
    if not form.is_bound or not form.is_valid() or not form.is_counted or of.moving is None:
        return ""
    counted = form.counted()
    missing = of.moving - counted.received - counted.damaged
    if missing == 0:
        return _("All of it is here.")
    amount = steps_text(abs(missing), of.line.unit)
    if missing < 0:
        return _("More than on the papers: %(amount)s") % {"amount": amount}
    if counted.more_to_come:
        return _("Still to come: %(amount)s") % {"amount": amount}
    return _("Missing: %(amount)s") % {"amount": amount}
