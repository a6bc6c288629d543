"""The form in which a reviewer corrects a tie that a text seems to tell of."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from mistok.ingest.documents.checking import EVENTS
from mistok.ingest.documents.contents import TIE, parties_of
from mistok.ingest.documents.mapping import stage_of
from mistok.web.labels import EVENT_LABELS
from mistok.web.living.fields import PartialDateField
from mistok.web.read.correct_parties import Content, PartiesForm, Parts, line
from mistok.web.read.words import KINDS
from mistok.web.words import label_of, stated_words

MORE_PARTIES: Final = 2
"""Empty seats beside the parties that are there."""


class TieForm(PartiesForm):
    """A tie: who, what it is called, what happened, when; which further stages stay."""

    what: str = TIE

    def __init__(self, content: Content, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        parties = parties_of(TIE, content)
        self.seats: list[str] = [
            f"party_{number}" for number in range(1, len(parties) + MORE_PARTIES + 1)
        ]
        for number, name in enumerate(self.seats):
            party = parties[number] if number < len(parties) else None
            self.seat(name, _("Party %(n)s") % {"n": number + 1}, party)
        kinds = [(code, str(name)) for code, name in KINDS.items()]
        events = [(code, label_of(EVENT_LABELS, code)) for code in EVENTS]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of tie"), choices=kinds)
        self.fields["event"] = forms.ChoiceField(label=_("What happened"), choices=events)
        self.fields["date"] = PartialDateField(_("When"))
        self.fields["planned"] = forms.BooleanField(
            label=_("It is only planned so far"), required=False
        )
        self.fields["label"] = line(_("What the text calls the tie, in its own words"))
        self.history = list(content.get("history") or ())
        if self.history:
            self.fields["stages"] = self._stages()
        names = ("kind", "date", "planned", "label")
        self.initial["event"] = stage_of(content, content)
        self.initial.update({name: content.get(name) or "" for name in names})

    def _stages(self) -> forms.MultipleChoiceField:
        choices = [(str(at), _stage_words(stage)) for at, stage in enumerate(self.history)]
        return forms.MultipleChoiceField(
            label=_("Earlier and planned stages that the text tells"),
            choices=choices,
            initial=[code for code, _words in choices],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def parts(self) -> Parts:
        """The form in parts, as its template shows it."""
        told = ["kind", "event", "date", "planned", "label", *(["stages"] if self.history else [])]
        seats: Parts = [
            (_("Party %(n)s") % {"n": number}, self.seat_rows(name), [])
            for number, name in enumerate(self.seats, 1)
        ]
        return [*seats, (_("What the text tells of them"), self.rows(told), [])]

    def clean(self) -> dict[str, Any]:
        """The parties behind the boxes."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        parties = [party for name in self.seats if (party := self.party(name))]
        if len(parties) < 2 and not self.errors:
            raise forms.ValidationError(_("A tie needs two parties. Name both."))
        return told | {"parties": parties}

    @property
    def content(self) -> dict[str, Any]:
        """The content as corrected."""
        told = self.cleaned_data
        kept = {int(code) for code in told.get("stages") or ()}
        return {
            "a": told["parties"][0],
            "b": told["parties"][1],
            "parties": told["parties"],
            "kind": told["kind"],
            "event": told["event"],
            "date": told["date"] or None,
            "planned": told["planned"],
            "label": told["label"].strip(),
            "history": [stage for at, stage in enumerate(self.history) if at in kept],
        }


def _stage_words(stage: Content) -> str:
    words = [label_of(EVENT_LABELS, stage["event"]), stated_words(stage.get("date") or "")]
    words += [_("planned")] if stage.get("planned") else []
    return ", ".join(word for word in words if word)
