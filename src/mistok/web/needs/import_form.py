"""What counts for all rows of a spreadsheet that do not say it themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mistok.needs.items import LANGUAGES
from mistok.needs.lines import LineDefaults
from mistok.needs.models.lines import EndUser, Priority
from mistok.web.needs.fields import chosen, day
from mistok.web.needs.words import field_choices
from mistok.web.words import lang, language_name

NAMES = ("language", "priority", "end_user", "cluster", "needed_by")


class DefaultsForm(forms.Form):
    """Language, priority, field of help, for whom, by when.

    `typed`: what was typed before, when other things were asked for. `own_words`: whether there
    are rows without an item, whose field of help must be told.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        language: str = "",
        own_words: bool = False,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        initial = {
            "language": language or lang(),
            "priority": Priority.IMPORTANT,
            "end_user": EndUser.ADMINISTRATION,
        }
        initial |= {name: typed[name] for name in NAMES if typed and name in typed}
        super().__init__(data, label_suffix="", auto_id="all-%s", initial=initial)
        self.fields.update(
            {
                "language": chosen(
                    _("Language of the file"),
                    [(code, language_name(code)) for code in LANGUAGES],
                    _("In which its own words are written."),
                ),
                "priority": chosen(_("Priority"), Priority.choices),
                "end_user": chosen(_("For whom"), EndUser.choices),
                "cluster": chosen(
                    _("Field of help"),
                    field_choices(lang()),
                    _("For rows whose thing is not in the catalogue."),
                    empty=_("Choose one"),
                    needed=own_words,
                ),
                "needed_by": day(_("Needed by")),
            }
        )

    def defaults(self) -> LineDefaults:
        """The answers of a valid form."""
        return LineDefaults(**self.cleaned_data)
