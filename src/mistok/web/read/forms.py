"""Forms of reading: a text, a file or an address; a reason; several proposals at once."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.ingest.documents.deciding import LONGEST_REASON
from mistok.web.living.fields import PartialDateField
from mistok.web.needs.act_forms import PlainForm
from mistok.web.read.words import REASONS

MOST_BYTES: Final = 10 * 1024 * 1024
LONGEST_PASTED: Final = 2_000_000


class ReadForm(PlainForm):
    """What is to be read: one of a pasted text, a file, an address (for who signed in)."""

    text = forms.CharField(
        label=gettext_lazy("The text"),
        help_text=gettext_lazy("Paste an article, a council's paper or a list of partners."),
        required=False,
        max_length=LONGEST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        help_text=gettext_lazy("A page (HTML), PDF, DOCX or plain text, up to 10 megabytes."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.pdf,.docx,.txt,.md,text/*"}),
    )
    address = forms.URLField(
        label=gettext_lazy("Or the address of a page"),
        help_text=gettext_lazy("Only public pages. It is fetched once, now."),
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Who published it"), required=False, max_length=200
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, signed_in: bool, **more: Any
    ) -> None:
        super().__init__(data, files=files, **more)
        self.fields["published"] = PartialDateField(
            gettext_lazy("When it was published"),
            gettext_lazy(
                "A day, a month or a year: 2023-02-09, 2023-02 or 2023. Leave it empty where the "
                "text prints its own date."
            ),
        )
        if not signed_in:
            del self.fields["address"]

    def clean(self) -> dict[str, Any]:
        """Exactly one way; a file of a bearable size."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        ways = [name for name in ("text", "file", "address") if _is_there(told.get(name))]
        if len(ways) > 1:
            raise forms.ValidationError(
                _("One thing at a time: leave the other boxes empty."), code="several_ways"
            )
        if not ways and not self.errors:
            raise forms.ValidationError(
                _("There is nothing to read yet. Paste a text, or choose a file."),
                code="nothing_to_read",
            )
        file = told.get("file")
        if file is not None and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 10 megabytes. Paste its text."))
        return told


def _is_there(told: Any) -> bool:
    return bool(told.strip()) if isinstance(told, str) else told is not None


class RejectForm(PlainForm):
    """Why a proposal is rejected: a common reason, words, or both."""

    choice = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In your words"), required=False, max_length=LONGEST_REASON - 100
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        chosen = self.fields["choice"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - declared so above
        chosen.choices = [("", _("Choose, or write your own"))] + [
            (code, str(words)) for code, words in REASONS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """One of both at least."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("choice") and not (told.get("words") or "").strip() and not self.errors:
            raise forms.ValidationError(
                _("Say why it is rejected: whoever meets the same claim again reads it."),
                code="reason_missing",
            )
        return told

    @property
    def reason(self) -> str:
        """The whole reason, as it is kept."""
        told = self.cleaned_data
        common = str(REASONS.get(told["choice"], ""))
        return " ".join(part for part in (common, told["words"].strip()) if part)


class SeveralForm(PlainForm):
    """Which of the open proposals are accepted at once; all, unless some are left out."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Accept these"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, rows: Sequence[tuple[str, str]], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 - declared so above
        chosen.choices = list(rows)
        chosen.initial = [value for value, _label in rows]

    @property
    def versions(self) -> dict[str, int]:
        """The chosen proposals by public id, with the versions that were seen."""
        parts = (value.rpartition(":") for value in self.cleaned_data["chosen"])
        return {public_id: int(version) for public_id, _colon, version in parts}
