"""Forms of comparing: two lists, or one and the registry."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.web.needs.act_forms import PlainForm

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 5_000
"""Of a list sent to the page; longer ones are compared at the shell."""
_ACCEPT: Final = {"accept": ".csv,.gz,.xlsx,.ods,.json"}
WITH: Final = (
    ("registry", gettext_lazy("what the registry holds")),
    ("file", gettext_lazy("another list")),
)


class CompareForm(PlainForm):
    """The first list is a file; the second is the registry or another file."""

    left = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "A table (CSV, XLSX, ODS) with two places a row and their countries, or an answer of "
            "Wikidata (JSON); up to 5,000 rows and 10 megabytes."
        ),
        widget=forms.FileInput(attrs=_ACCEPT),
    )
    beside = forms.ChoiceField(
        label=gettext_lazy("Compare it with"),
        choices=WITH,
        initial="registry",
        widget=forms.RadioSelect,
    )
    right = forms.FileField(
        label=gettext_lazy("The other list"),
        help_text=gettext_lazy("Only when you compare two lists."),
        required=False,
        widget=forms.FileInput(attrs=_ACCEPT),
    )

    def clean(self) -> dict[str, Any]:
        """A second file where one is asked for; files of a bearable size."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("beside") == "file" and not told.get("right") and "right" not in self.errors:
            self.add_error("right", _("Choose the other list, or compare with the registry."))
        for name in ("left", "right"):
            file = told.get(name)
            if file is not None and file.size > MOST_BYTES:
                self.add_error(
                    name, _("The file is larger than 10 megabytes. Compare it at the shell.")
                )
        return told
