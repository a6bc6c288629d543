"""Forms of bringing in lists: where it comes from, whose partners it tells."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mistok.ingest.lists import LONGEST_TEXT
from mistok.web.living.fields import PartialDateField
from mistok.web.needs.act_forms import PlainForm

KEPT = ("title", "publisher", "address", "published", "licence", "a_country", "b_country")


class SourceForm(PlainForm):
    """Who says what the table tells; a column of addresses may say it row by row."""

    title = forms.CharField(label=gettext_lazy("Title of the list"), required=False, max_length=400)
    publisher = forms.CharField(
        label=gettext_lazy("Who published it"), required=False, max_length=200
    )
    address = forms.URLField(
        label=gettext_lazy("Where it is published"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    licence = forms.CharField(label=gettext_lazy("Licence"), required=False, max_length=120)
    a_country = forms.CharField(
        label=gettext_lazy("Country of the first party, where no column tells it"),
        required=False,
        max_length=60,
    )
    b_country = forms.CharField(
        label=gettext_lazy("Country of the second party, where no column tells it"),
        required=False,
        max_length=60,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["published"] = PartialDateField(
            gettext_lazy("When it was published"),
            gettext_lazy("A day, a month or a year: the ties existed then."),
        )

    def source(self) -> dict[str, Any]:
        """The source as choices describe it."""
        told = self.cleaned_data
        return {
            "title": told["title"],
            "publisher": told["publisher"],
            "url": told["address"],
            "published": told["published"],
            "licence": told["licence"],
        }

    def held(self) -> dict[str, str]:
        """What holds for every row."""
        sides = ("a_country", "b_country")
        return {name: self.cleaned_data[name] for name in sides if self.cleaned_data[name]}

    def hidden(self) -> list[tuple[str, str]]:
        """What was told, to be sent along with every look."""
        return [(name, str(self.cleaned_data.get(name) or "")) for name in KEPT]

    def told(self) -> str:
        """What is wrong with it, in sentences."""
        return " ".join(
            f"{self.fields[name].label}: {error}"
            for name, errors in self.errors.items()
            for error in errors
        )


class ListForm(PlainForm):
    """A pasted list of one municipality's partners."""

    owner = forms.CharField(
        label=gettext_lazy("Key of the municipality whose partners these are"),
        help_text=gettext_lazy(
            "It stands in the address of its page here, for example katottg:UA… or geonames:…"
        ),
        max_length=60,
    )
    text = forms.CharField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "Paste it as it is: one partner a line or parted by semicolons, countries in brackets "
            "or as headings, years where they are told. A copied table will do."
        ),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    title = forms.CharField(label=gettext_lazy("Title of the list"), max_length=400)
    publisher = forms.CharField(label=gettext_lazy("Who published it"), max_length=200)
    address = forms.URLField(
        label=gettext_lazy("Where it is published"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["published"] = PartialDateField(
            gettext_lazy("When it was published"),
            gettext_lazy("A day, a month or a year: the ties existed then."),
        )
