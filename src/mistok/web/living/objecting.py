"""The form by which an office corrects or disputes one fact."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.provenance.values import TIE_KINDS, TieEvent
from mistok.registry.facts import Fact, fact_id
from mistok.registry.models import Confirmation
from mistok.web.living.fields import PartialDateField
from mistok.web.procedure.fields import choice, line, pick, text
from mistok.web.words import by_name, kind_label

Verdict = Confirmation.Verdict


class ObjectionForm(forms.Form):
    """Corrected or disputed, in words; how it was, where that is a date, a kind or a number."""

    verdict = choice(
        gettext_lazy("What is wrong with it"),
        [
            (Verdict.CORRECTED, gettext_lazy("It was otherwise: as filled in below")),
            (Verdict.DISPUTED, gettext_lazy("It is not so")),
        ],
    )
    words = text(
        gettext_lazy("In your words"),
        gettext_lazy("The partner and every reader see this sentence beside the fact."),
        most=400,
    )
    date = PartialDateField(gettext_lazy("The right date"))
    kind = pick(gettext_lazy("The right kind of tie"), [])
    act_number = line(gettext_lazy("The right number of the act"), most=80)

    def __init__(self, fact: Fact, data: Any = None, **more: Any) -> None:
        event = fact.event
        initial = {"date": event.date, "kind": event.kind, "act_number": event.act_number}
        super().__init__(data, initial=initial, **more)
        self.fact = fact
        kinds = by_name((kind_label(code), code) for code in TIE_KINDS)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (code, name) for name, code in kinds
        ]
        self.fields["kind"].required = False

    def clean(self) -> dict[str, Any]:
        """A correction changes something."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("verdict") == Verdict.CORRECTED and not self.errors and self._same():
            self.add_error(
                "verdict",
                _(
                    "Nothing below is changed. Fill in the right date, kind or number, or "
                    "choose “It is not so”."
                ),
            )
        return told

    def _same(self) -> bool:
        return fact_id(self._as_told()) == self.fact.id

    def _as_told(self) -> TieEvent:
        told = self.cleaned_data
        return replace(
            self.fact.event,
            date=told.get("date", ""),
            kind=told.get("kind") or self.fact.event.kind,
            act_number=told.get("act_number", ""),
            note={},
            as_of="",
        )

    @property
    def correction(self) -> TieEvent | None:
        """How it was, as the office's own words; none for a dispute."""
        return self._as_told() if self.cleaned_data["verdict"] == Verdict.CORRECTED else None
