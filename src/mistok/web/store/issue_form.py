"""The form that gives something out: which lot, how much, for whom, where; counts and no names."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.models import Office
from mistok.aid.acts import IssueRow
from mistok.aid.models import Lot
from mistok.kernel.errors import Refusal
from mistok.needs.models.lines import EndUser
from mistok.web.aid.fields import AidForm, StepsField, day_of_act
from mistok.web.needs.sentences import told
from mistok.web.procedure.fields import count, line, text
from mistok.web.store.boxes import tidy
from mistok.web.store.places import is_place, named, settlements_of

Choices = list[tuple[str, Any]]


class IssueForm(AidForm):
    """One lot to one category in one settlement."""

    either = ("lot", "label", "settlement", "elsewhere")
    """One of two is needed, so that none of them is called optional."""

    lot = forms.CharField(
        label=gettext_lazy("What"), required=False, widget=forms.Select, max_length=20
    )
    label = forms.CharField(
        label=gettext_lazy("Or the code on the box"),
        help_text=gettext_lazy("Twelve letters and digits, for example MFRG-GZDF-MY2W."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    amount = forms.CharField(
        label=gettext_lazy("How much"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("For whom"), choices=[("", gettext_lazy("Choose one")), *EndUser.choices]
    )
    settlement = forms.CharField(
        label=gettext_lazy("Settlement"), required=False, widget=forms.Select, max_length=40
    )
    elsewhere = line(
        gettext_lazy("Or another place, by its name"),
        gettext_lazy("Only when it is not in the list."),
    )
    households = count(gettext_lazy("Households"), most=1_000_000)
    persons = count(gettext_lazy("Persons"), most=1_000_000)
    day = day_of_act(gettext_lazy("Given out on"))
    remarks = text(gettext_lazy("Note"), gettext_lazy("No names of those who got it."))
    signed_by = line(gettext_lazy("Given out by"), gettext_lazy("Your name."), needed=True)

    def __init__(self, office: Office, lots: Choices, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="issue-%s", **more)
        self.office = office
        self._choose("lot", [("", _("Choose one")), *lots])
        self._choose("settlement", [("", _("Choose one")), *settlements_of(office)])

    def _choose(self, name: str, choices: Choices) -> None:
        widget = self.fields[name].widget
        widget.choices = choices

    def clean(self) -> dict[str, Any]:
        """The lot by its code, the amount in its unit, the settlement by its key."""
        told_of = super().clean() or self.cleaned_data
        lot = self._lot(told_of.get("label") or told_of.get("lot", ""))
        if lot is not None:
            told_of["found"] = lot
            told_of["steps"] = self._steps(told_of.get("amount", ""), lot)
        told_of["place"] = self._place(told_of.get("settlement", ""), told_of.get("elsewhere", ""))
        return told_of

    def row(self) -> IssueRow:
        """What the act says."""
        told_of = self.cleaned_data
        return IssueRow(
            lot=told_of["found"],
            amount=told_of["steps"],
            category=told_of["category"],
            settlement=told_of["place"],
            households=told_of["households"],
            persons=told_of["persons"],
        )

    def _lot(self, code: str) -> Lot | None:
        if not code:
            self.add_error("lot", _("Choose what was given out, or type the code on its box."))
            return None
        try:
            label = tidy(code)
        except Refusal as refusal:
            self.add_error("label", told(refusal))
            return None
        lots = Lot.objects.select_related("line__consignment__office", "office")
        found = lots.filter(office=self.office, label=label).first()
        if found is None:
            self.add_error("label", _("No box of your office has this code."))
        return found

    def _steps(self, text_: str, lot: Lot) -> int | None:
        try:
            return StepsField(unit=lot.unit, required=True).clean(text_)
        except forms.ValidationError as refusal:
            if text_:
                self.add_error("amount", refusal)
            return None

    def _place(self, key: str, name: str) -> str:
        if name:
            meant = named(name, self.office)
            if meant.sure:
                return meant.sure
            self._choose("settlement", [*settlements_of(self.office), *meant.choices])
            lines = _("Several places may be meant. Choose yours in the list of settlements.")
            none = _("No place has this name. Write it as on a map, or choose in the list.")
            self.add_error("elsewhere", lines if meant.choices else none)
            return ""
        if not key:
            self.add_error("settlement", _("Choose the settlement, or write its name below."))
        elif not is_place(key):
            self.add_error("settlement", _("There is no place with this key. Choose another."))
        return key
