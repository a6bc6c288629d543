"""The form of a consignment: what it is, from whom, under which law, how it travels."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.models import Office
from mistok.aid.consignments import ConsignmentEntry
from mistok.aid.lifecycle import Regime
from mistok.aid.models import Consignment
from mistok.aid.models.consignments import REGIMES
from mistok.needs.lines import partner_places
from mistok.needs.models import Need
from mistok.registry.gazetteer import the_world
from mistok.web.aid.fields import AidForm, PlaceField, day_of_act
from mistok.web.needs.fields import chosen
from mistok.web.needs.words import title_of
from mistok.web.procedure.fields import line, text
from mistok.web.words import by_name, lang

PARTS: Sequence[tuple[Any, tuple[str, ...]]] = (
    (gettext_lazy("What comes"), ("title", "day", "regime", "abroad", "series", "restricted")),
    (
        gettext_lazy("Who gives it"),
        ("partner", "place", "donor_name", "donor_contact"),
    ),
    (
        gettext_lazy("How it travels"),
        ("carrier", "route", "unloading", "note"),
    ),
)
PLAIN = (
    *("title", "regime", "abroad", "donor_name", "donor_contact", "carrier", "route"),
    *("unloading", "note", "restricted"),
)
"""Answers that go into the entry as they stand."""
KEPT_CLOSE = gettext_lazy("Your office and the giver read it, nobody else.")


class ConsignmentForm(AidForm):
    """Everything that is told of a consignment as a whole.

    `office` gets it. `of` is the consignment that is changed; a new one has a day. `giver` is the
    office that offers it, which needs not say who gives.
    """

    def __init__(
        self,
        office: Office,
        data: Any = None,
        *,
        of: Consignment | None = None,
        giver: Office | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.office, self.of = office, of
        self.fields |= _what(office, of=of, own=giver is None)
        if giver is None:
            self.fields |= _who(office, of)
        self.fields |= _way()
        if of is not None:
            self.initial = {**answers_of(of), **self.initial}

    @property
    def parts(self) -> list[tuple[Any, list[BoundField], list[BoundField]]]:
        """Headings with their fields, as needs/form_parts.html takes them."""
        rows: list[tuple[Any, list[BoundField], list[BoundField]]] = [
            (legend, [self[name] for name in names if name in self.fields], [])
            for legend, names in PARTS
        ]
        return [row for row in rows if row[1]]

    def clean(self) -> dict[str, Any]:
        """One giver, not two; military aid is never public."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("partner") and found.get("place"):
            self.add_error(
                "place", _("Choose a partner above, or write another municipality, not both.")
            )
        if found.get("regime") == Regime.MILITARY:
            found["restricted"] = True
        return found

    def entry(self) -> ConsignmentEntry:
        """The answers of a valid form."""
        found = self.cleaned_data
        plain = {name: found[name] for name in PLAIN if name in self.fields}
        if self.of is not None and "donor_name" not in self.fields:
            # Whose office gives it is not asked, so it stays as it is.
            plain |= {"donor_name": self.of.donor_name, "donor_place": self.of.donor_place}
        else:
            plain["donor_place"] = found.get("partner") or found.get("place") or ""
        return ConsignmentEntry(series=found.get("series", ""), **plain)


def _what(office: Office, *, of: Consignment | None, own: bool) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "title": line(
            gettext_lazy("Title"),
            gettext_lazy("In a few words: “Hospital beds from Magdeburg”. No street, no route."),
            needed=True,
        ),
        "regime": chosen(gettext_lazy("Under which law it comes"), REGIMES),
        "abroad": forms.BooleanField(
            label=gettext_lazy("It comes from abroad"), required=False, initial=True
        ),
        "restricted": forms.BooleanField(
            label=gettext_lazy("Never show it to the public"), required=False
        ),
    }
    if of is None:
        fields["day"] = day_of_act(
            gettext_lazy("Since when"), gettext_lazy("The day on which it was accepted or offered.")
        )
    standing = standing_needs(office) if own else []
    if standing:
        none = gettext_lazy("none, it comes once")
        fields["series"] = chosen(
            gettext_lazy("Which standing need it serves"), standing, empty=none, needed=False
        )
    return fields


def _who(office: Office, of: Consignment | None) -> dict[str, forms.Field]:
    partners = partner_choices(office)
    label, other = gettext_lazy("A partner"), gettext_lazy("somebody else, named below")
    fields: dict[str, forms.Field] = {}
    if of is not None and of.donor_office_id:
        # Whose office offered it is not changed afterwards.
        return {"donor_contact": _contact()}
    if partners:
        fields["partner"] = chosen(label, partners, empty=other, needed=False)
    return fields | {
        "place": PlaceField(
            label=gettext_lazy("Another municipality"),
            help_text=gettext_lazy("Its name in any language, or its key."),
            required=False,
        ),
        "donor_name": line(
            gettext_lazy("Name of the donor, if it is no municipality"),
            gettext_lazy("Leave all of this empty where nobody knows who gives."),
        ),
        "donor_contact": _contact(),
    }


def _contact() -> Any:
    return line(gettext_lazy("Contact of the donor"), KEPT_CLOSE, most=254)


def _way() -> dict[str, forms.Field]:
    return {
        "carrier": line(gettext_lazy("Carrier"), KEPT_CLOSE),
        "route": line(gettext_lazy("Route and crossing"), KEPT_CLOSE, most=400),
        "unloading": line(gettext_lazy("Place of unloading"), KEPT_CLOSE, most=400),
        "note": text(gettext_lazy("Note"), KEPT_CLOSE),
    }


def partner_choices(office: Office) -> list[tuple[str, str]]:
    """Municipalities with a living tie to an office's own, by name."""
    world, language = the_world(), lang()
    places = [world.get(key) for key in partner_places([office.place])]
    named = by_name((place.name_in(language), place.key) for place in places)
    return [(key, name) for name, key in named]


def standing_needs(office: Office) -> list[tuple[str, str]]:
    """Needs of an office that come back."""
    rows = Need.objects.of(office).exclude(repeat="").order_by("-changed_at", "-pk")
    return [(need.public_id, title_of(need)) for need in rows[:50]]


def answers_of(consignment: Consignment) -> dict[str, Any]:
    """A consignment as the form shows it."""
    plain = {name: getattr(consignment, name) for name in PLAIN}
    series = consignment.series.public_id if consignment.series else ""
    key = consignment.donor_place
    tied = key in {code for code, _name in partner_choices(consignment.office)}
    return plain | {
        "series": series,
        "partner": key if tied else "",
        "place": "" if tied else key,
    }
