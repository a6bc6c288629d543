"""Forms of acts on a need: why, how much, from when on."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.needs.lines import Passage, earliest
from mistok.needs.models import Need
from mistok.web.needs.fields import AmountField, day
from mistok.web.needs.guard_present import LetPassForm
from mistok.web.needs.words import day_words, steps_text

LONGEST_REASON = 400


class PlainForm(forms.Form):
    """A form without questions: its button says all."""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)


class ReasonForm(PlainForm):
    """Why; the other side reads it."""

    def __init__(
        self, data: Any = None, *, needed: bool = True, help_text: str = "", **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["reason"] = _text(
            _("Reason"), help_text or _("The other side reads it."), needed=needed
        )


class WithdrawForm(PlainForm):
    """Why it is no longer asked for, and how much of it."""

    def __init__(self, need: Need, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["amount"] = AmountField(
            unit=need.unit,
            label=_("How much is no longer needed"),
            help_text=_("Empty means all that is still open: %(open)s.")
            % {"open": steps_text(need.still_open, need.unit)},
            required=False,
        )
        self.fields["reason"] = _text(_("Reason"), _("It is kept with the act."))


class PublishForm(LetPassForm):
    """From when on everybody may read it."""

    def __init__(self, dangers: Sequence[Passage], data: Any = None, **more: Any) -> None:
        super().__init__(dangers, data, **more)
        first = day_words(earliest(timezone.localdate()))
        self.fields["not_before"] = day(
            _("Not before"), _("Empty means %(day)s, after the usual delay.") % {"day": first}
        )


def _text(label: Any, help_text: Any = "", *, needed: bool = True) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=needed,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
