"""The form of an offer: what, how much, from when, for whom."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mistok.accounts.models import Office
from mistok.needs.answers import OfferEntry
from mistok.needs.items import LANGUAGES, clusters, items
from mistok.needs.models import Offer
from mistok.needs.models.lines import NeedKind, Season
from mistok.web.needs.fields import (
    FIRST,
    chosen,
    day,
    read_amount,
    texts,
    texts_of,
    unit_choices,
)
from mistok.web.needs.words import field_choices, number_of
from mistok.web.procedure.fields import line, several
from mistok.web.registry.present import country_name
from mistok.web.words import by_name, lang, language_name

PARTS = (
    ("item", *(f"text_{code}" for code in FIRST), "amount", "unit"),
    ("kind", "cluster", "season"),
    ("available_from", "available_until", "lands", "condition", "transport"),
    ("restricted", "public"),
)
PLAIN = (
    *("item", "kind", "cluster", "season", "available_from", "available_until"),
    *("condition", "transport", "restricted", "public"),
)
ALWAYS = "UA"
"""A country that is there to be chosen whether or not it has an office yet."""


class OfferForm(forms.Form):
    """Everything that an offer says. Where an item is chosen, kind, field and unit are its own
    unless others are told.
    """

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", auto_id="offer-%s", **more)
        self.fields.update(_fields())
        for code in LANGUAGES:
            field = self.fields[f"text_{code}"]
            field.label = f"{field.label} ({language_name(code)})"

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Headings with the fields under them."""
        heads = (
            _("What you offer, and how much"),
            _("If it is not in the catalogue"),
            _("When, for whom, in what condition"),
            _("Who may read it"),
        )
        return [
            (head, [self[name] for name in names]) for head, names in zip(heads, PARTS, strict=True)
        ]

    def folded(self) -> list[forms.BoundField]:
        """The same words in further languages."""
        return [self[f"text_{code}"] for code in LANGUAGES if code not in FIRST]

    def clean(self) -> dict[str, Any]:
        """The amount exact; without an item the words, kind and field say what it is."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        unit = told.get("unit") or _unit_of(told.get("item", ""))
        if told.get("amount"):
            try:
                told["exact"] = read_amount(told["amount"], unit)
            except ValidationError as error:
                self.add_error("amount", error)
        if not told.get("item"):
            if not texts_of("text", told):
                sentence = _("Write what you offer, or choose it from the catalogue.")
                self.add_error(f"text_{lang()}", sentence)
            if not told.get("cluster"):
                self.add_error("cluster", _("Choose the field of help."))
        return told

    def entry(self) -> OfferEntry:
        """The answers of a valid form."""
        told = self.cleaned_data
        exact = told["exact"]
        return OfferEntry(
            number=exact.number,
            unit=exact.unit,
            text=texts_of("text", told),
            countries=tuple(told["lands"]),
            **{name: told[name] for name in PLAIN},
        )


def answers_of(offer: Offer) -> Mapping[str, Any]:
    """An offer as the form shows it."""
    return {
        **{name: getattr(offer, name) for name in PLAIN},
        **{f"text_{code}": text for code, text in offer.text.items()},
        "amount": number_of(offer.amount),
        "unit": offer.unit,
        "lands": offer.countries,
    }


def _unit_of(code: str) -> str:
    return next((one.unit for one in items() if one.code == code), "")


def _fields() -> dict[str, forms.Field]:
    plain = _("No addresses, no persons, no units of the army: others will read it.")
    own = _("as the catalogue has it")
    return {
        "item": forms.ChoiceField(
            label=_("From the catalogue"),
            required=False,
            choices=[("", _("not in the catalogue: in words below")), *item_choices(lang())],
        ),
        **texts("text", _("In your words"), plain, most=300),
        "amount": forms.CharField(
            label=_("How much"),
            help_text=_("One exact number: 8 or 2.5. A unit may stand beside it."),
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        ),
        "unit": chosen(pgettext("amount", "Unit"), unit_choices(), empty=own, needed=False),
        "kind": chosen(_("Kind"), NeedKind.choices, empty=own, needed=False),
        "cluster": chosen(_("Field of help"), field_choices(lang()), empty=own, needed=False),
        "season": chosen(_("When it is of use"), Season.choices, empty=own, needed=False),
        "available_from": day(_("Available from")),
        "available_until": day(_("Available until")),
        "lands": several(_("For which countries (none: for every country)"), _countries()),
        "condition": line(
            _("Condition"), _("For example: used, 2014, in working order."), most=400
        ),
        "transport": line(
            _("Who carries it"), _("For example: we bring it to the border."), most=200
        ),
        "restricted": forms.BooleanField(
            label=_("Never public (dual use, or sensitive for another reason)"), required=False
        ),
        "public": forms.BooleanField(
            label=_("Everybody may read it, not our partners alone"), required=False
        ),
    }


@cache
def item_choices(language: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Items of the catalogue by name, under their fields of help."""
    return tuple(
        (
            one.names[language][:1].upper() + one.names[language][1:],
            tuple(
                (code, name)
                for name, code in by_name(
                    (i.name(language), i.code) for i in items(cluster=one.code)
                )
            ),
        )
        for one in clusters()
    )


def _countries() -> list[tuple[str, str]]:
    codes = {ALWAYS, *Office.objects.verified().values_list("country", flat=True)}
    return [(code, name) for name, code in by_name((country_name(c, lang()), c) for c in codes)]
