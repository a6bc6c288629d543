"""Forms of a filed report and of the reversal of an act."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mistok.web.aid.fields import AidForm, day_of_act
from mistok.web.procedure.fields import line, text


class ReportForm(AidForm):
    """The report on presence and distribution, as the state's system took it."""

    number = line(gettext_lazy("Number of the report"), needed=True, most=60)
    filed_on = day_of_act(gettext_lazy("Filed on"))
    final = forms.BooleanField(
        label=gettext_lazy("Nothing is left to report: this is the last one"), required=False
    )


class ReversalForm(AidForm):
    """Why an act is reversed, and on which day."""

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields |= {
            "day": day_of_act(gettext_lazy("Day of the reversal")),
            "reason": text(
                gettext_lazy("Reason"),
                gettext_lazy("It is kept with the reversal. Both acts stay."),
                needed=True,
            ),
        }
