"""Boxes of the forms of correction: parties by key or name, numbers as people write them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.web.needs.act_forms import PlainForm
from mistok.web.read.cards import is_country, party_card
from mistok.web.registry.present import country_name
from mistok.web.words import lang
from mistok.world import Place, Verdict

Content = Mapping[str, Any]
Parts = list[tuple[str, list[Any], list[Any]]]
"""A form in parts: legend, fields, folded fields (needs/form_parts.html)."""
LEVELS: Final = {
    "country": "country",
    "region": "region",
    "district": "district",
    "hromada": "hromada",
}
"""What a party is by the kind of its place; anything else is a city."""


def line(label: Any, most: int = 200, help_text: Any = "") -> forms.CharField:
    box = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, required=False, max_length=most, help_text=help_text, widget=box
    )


class PartiesForm(PlainForm):
    """A form with boxes for places: `NAME` (key or name), `NAME_country`, `NAME_own`."""

    title = ""

    def seat(self, name: str, label: Any, party: Content | None) -> None:
        """Boxes for one place, filled with the party that is there."""
        key = (party or {}).get("key") or ""
        told = party_card(party) if party else None
        if told is not None and key:
            label = f"{label}: {told.name}, {told.country}"
        self.fields[name] = line(
            label, help_text=_("A key such as geonames:2935517, or a name. Empty is nobody.")
        )
        self.fields[f"{name}_country"] = line(_("Its country, two letters"), 2)
        self.fields[f"{name}_own"] = forms.BooleanField(
            label=_("No gazetteer has this place: keep it by this name and country"),
            required=False,
        )
        if party:
            self.initial[name] = key or party["name"]
            self.initial[f"{name}_country"] = party["country"]

    def party(self, name: str) -> dict[str, str] | None:
        """The party that the boxes name; None for empty ones, or with an error beside them."""
        asked = (self.cleaned_data.get(name) or "").strip()
        country = (self.cleaned_data.get(f"{name}_country") or "").strip().upper()
        if not asked:
            return None
        if self.cleaned_data.get(f"{name}_own"):
            return self._own(name, asked, country)
        try:
            return _known(asked, country)
        except forms.ValidationError as error:
            self.add_error(name, error)
            return None

    def _own(self, name: str, asked: str, country: str) -> dict[str, str] | None:
        if len(country) == 2 and is_country(country):
            return {"key": "", "name": asked, "country": country, "level": "city"}
        self.add_error(f"{name}_country", _("Write the country's two letters, for example DE."))
        return None

    def rows(self, names: Sequence[str]) -> list[Any]:
        """Bound fields by name."""
        return [self[name] for name in names]

    def seat_rows(self, name: str) -> list[Any]:
        """The boxes of one place."""
        return self.rows([name, f"{name}_country", f"{name}_own"])


def _known(asked: str, country: str) -> dict[str, str]:
    """The party of a key, or of a name that surely means one place. Raises ValidationError."""
    try:
        if ":" in asked or asked.startswith("place_"):
            return _of_key(asked)
        answer = the_world().resolve(asked, country=country or None, limit=6)
    except Refusal as refusal:
        raise forms.ValidationError(_("There is no place with this key or name.")) from refusal
    best = answer.best
    if best is not None and answer.verdict == Verdict.SURE:
        return party_of(best.place)
    names = "; ".join(
        f"{match.place.name_in(lang())}, {country_name(match.place.country, lang())} "
        f"({match.place.key})"
        for match in answer.matches
    )
    if not names:
        raise forms.ValidationError(_("No place has this name. Write it as on a map, or its key."))
    raise forms.ValidationError(
        _("Several places may be meant. Write the key of the right one: %(places)s.")
        % {"places": names}
    )


def _of_key(asked: str) -> dict[str, str]:
    key, row = resolve_place(asked)
    if row is not None and key.startswith("place_"):
        return {"key": key, "name": row.name, "country": row.country, "level": "city"}
    return party_of(the_world().get(key))


def party_of(place: Place) -> dict[str, str]:
    """A place as a party of a content."""
    level = LEVELS.get(place.kind, "city")
    return {"key": place.key, "name": place.name, "country": place.country, "level": level}


def number(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=6,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "12"}),
    )


def plain_number(number: Decimal | None) -> int | float | None:
    """A number as a reading holds it: whole, or with its places."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)
