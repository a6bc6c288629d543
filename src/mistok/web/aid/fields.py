"""Fields of forms about aid: amounts in the unit of a line, commissions, days, places."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.acts import ACCOUNTANT, Member
from mistok.kernel.errors import Invalid, Refusal
from mistok.needs.items import convert
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.web.needs.fields import AmountField
from mistok.web.needs.sentences import told
from mistok.web.procedure.fields import day, line, text
from mistok.web.registry.present import country_name
from mistok.web.words import lang
from mistok.world import Place, Verdict

HEAD, MEMBER = "head", "member"
DUTIES = {
    HEAD: gettext_lazy("head of the commission"),
    ACCOUNTANT: gettext_lazy("accountant"),
    MEMBER: gettext_lazy("member"),
}
"""Duties of a commission by code; another is shown as it was written."""
MOST_SUGGESTED = 5


class AidForm(forms.Form):
    """A form of these pages, which takes files too and writes no colons."""

    def __init__(self, data: Any = None, files: Any = None, **more: Any) -> None:
        super().__init__(data, files, label_suffix="", **more)


class StepsField(AmountField):
    """How many of `unit`, as whole thousandths of it; "2,5 t" where kilograms are the unit too."""

    def clean(self, value: Any) -> int | None:
        """Thousandths; none where nothing was written. Nought is an amount here."""
        if str(value or "").strip() in ("0", "0.0", "0,0"):
            return 0
        read = super().clean(value)
        if read is None:
            return None
        try:
            return int(convert(read, self.unit).number * STEPS_PER_UNIT)
        except Invalid as refusal:
            raise forms.ValidationError(told(refusal), code=refusal.code) from refusal


class PlaceField(forms.CharField):
    """A municipality or settlement by its name or key; gives the key.

    `country` narrows the search to one.
    """

    def __init__(self, *, country: str = "", **more: Any) -> None:
        box = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=200, widget=box, **more)
        self.country = country

    def clean(self, value: Any) -> str:
        """The key of the place that is surely meant; empty for nothing."""
        asked = super().clean(value)
        return _key_of(asked, self.country) if asked else ""


def _key_of(asked: str, country: str) -> str:
    try:
        if ":" in asked:
            return the_world().get(resolve_place(asked)[0]).key
        answer = the_world().resolve(asked, country=country or None, limit=MOST_SUGGESTED)
    except Refusal as refusal:
        raise forms.ValidationError(told(refusal), code=refusal.code) from refusal
    best = answer.best
    if best is not None and answer.verdict in (Verdict.SURE, Verdict.PROBABLY):
        return best.place.key
    names = "; ".join(_named(match.place) for match in answer.matches)
    if not names:
        raise forms.ValidationError(
            _("No place has this name. Write it as on a map, or write its key."),
            code="place_unknown",
        )
    raise forms.ValidationError(
        _("Several places may be meant. Write the key of yours: %(places)s.") % {"places": names},
        code="place_not_sure",
    )


def _named(place: Place) -> str:
    name = f"{place.name_in(lang())}, {country_name(place.country, lang())}"
    return f"{name} ({place.key})"


def money(label: Any, help_text: Any = "", *, needed: bool = False, places: int = 2) -> Any:
    """An amount of money, or a rate."""
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=needed,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=places,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "12"}),
    )


def plain_number(number: Decimal | None) -> str:
    """A number as a field takes it in either language: no groups, no noughts at its end."""
    return "" if number is None else f"{number.normalize():f}"


def day_of_act(label: Any, help_text: Any = "") -> Any:
    """The day of an act: today unless another is written."""
    return day(label, help_text, needed=True, now=True)


class CommissionMixin(forms.Form):
    """Who took part: an accountant, a head, and at least one more (D4-10)."""

    commission_needed = True

    def commission_fields(self) -> dict[str, forms.Field]:
        """Names of the three duties, and of everybody else."""
        needed = self.commission_needed
        return {
            "accountant": line(gettext_lazy("Accountant"), needed=needed),
            "head": line(gettext_lazy("Head of the commission"), needed=needed),
            "members": text(
                gettext_lazy("Further members"),
                gettext_lazy("One a line: name, and after a comma what she is."),
                needed=needed,
            ),
        }

    def commission(self) -> tuple[Member, ...]:
        """Everybody who was named, with her duty."""
        told_of = self.cleaned_data
        named = [(told_of.get("head", ""), HEAD), (told_of.get("accountant", ""), ACCOUNTANT)]
        for row in told_of.get("members", "").splitlines():
            name, _comma, duty = row.partition(",")
            named.append((name, duty.strip()[:100] or MEMBER))
        return tuple(
            Member(name=name.strip()[:200], duty=duty) for name, duty in named if name.strip()
        )

    @cached_property
    def commission_rows(self) -> list[forms.BoundField]:
        """The fields of the commission, for the page."""
        return [self[name] for name in ("head", "accountant", "members")]


def duty_word(duty: str) -> str:
    """A duty in the reader's language, where we have a word for it."""
    return str(DUTIES.get(duty, duty))


def picked(label: Any, choices: Sequence[tuple[str, Any]], help_text: Any = "") -> Any:
    """Any number of many, each to be ticked."""
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )
