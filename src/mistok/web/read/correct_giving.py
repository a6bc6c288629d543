"""The forms in which a reviewer corrects what a text seems to tell of help, and of building."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.ingest.documents.checking import MOST_ITEMS, STATUSES
from mistok.ingest.documents.contents import AID, PROJECT, SIDES, number_text
from mistok.web.living.fields import PartialDateField
from mistok.web.read.correct_parties import (
    Content,
    PartiesForm,
    Parts,
    line,
    number,
    plain_number,
)
from mistok.web.read.words import STATUSES as STATUS_WORDS

MORE_ITEMS: Final = 2
"""Empty lines beside the things that are there."""
BOUNDS: Final = (
    ("", gettext_lazy("exactly")),
    (">", gettext_lazy("more than")),
    ("<", gettext_lazy("up to")),
    ("~", gettext_lazy("about")),
)


class GivingForm(PartiesForm):
    """Who gives and who gets; the giver may be in words, for an association or a company."""

    what: str = AID

    def ends(self, content: Content) -> None:
        """Boxes for both."""
        giving, getting = SIDES[self.what]
        self.seat("giver", _("Who gives"), content.get(f"{giving}_party"))
        self.fields["giver_words"] = line(
            _("Or the giver in words"), help_text=_("An association, a company, a state's body.")
        )
        self.seat("receiver", _("Who gets it"), content.get(f"{getting}_party"))
        if not content.get(f"{giving}_party"):
            self.initial["giver_words"] = content.get(giving) or ""

    def end_parts(self) -> Parts:
        """The boxes of both, in parts."""
        giver = [*self.seat_rows("giver"), self["giver_words"]]
        return [(_("Who gives"), giver, []), (_("Who gets it"), self.seat_rows("receiver"), [])]

    def clean(self) -> dict[str, Any]:
        """The places behind the boxes; both ends must be named."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        told |= {"giver_party": self.party("giver"), "receiver_party": self.party("receiver")}
        if not told["receiver_party"] and not self.errors:
            self.add_error("receiver", _("Name the place that gets it."))
        words = (told.get("giver_words") or "").strip()
        if not told["giver_party"] and not words and not self.errors:
            self.add_error("giver", _("Name who gives: a place, or words."))
        return told

    def ends_told(self) -> dict[str, Any]:
        """Both ends as a content tells them."""
        told, (giving, getting) = self.cleaned_data, SIDES[self.what]
        giver, receiver = told["giver_party"], told["receiver_party"]
        return {
            giving: giver["name"] if giver else told["giver_words"].strip(),
            f"{giving}_party": giver,
            getting: receiver["name"],
            f"{getting}_party": receiver,
        }


class AidForm(GivingForm):
    """Help given: what, how much, when, and whether its words are for readers."""

    def __init__(self, content: Content, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.ends(content)
        items = list(content.get("items") or ())[:MOST_ITEMS]
        self.lines: range = range(1, min(len(items) + MORE_ITEMS, MOST_ITEMS) + 1)
        for at in self.lines:
            self._item(at, items[at - 1] if at <= len(items) else {})
        statuses = [(code, str(STATUS_WORDS[code])) for code in STATUSES]
        self.fields["status"] = forms.ChoiceField(label=_("How far it is"), choices=statuses)
        self.fields["date"] = PartialDateField(_("When"))
        self.fields["restricted"] = forms.BooleanField(
            label=_("Goods of dual or military use: readers see general words only"),
            required=False,
        )
        names = ("status", "date", "restricted")
        self.initial.update({name: content.get(name) or "" for name in names})

    def _item(self, at: int, item: Content) -> None:
        """Boxes for one thing that is given."""
        self.fields[f"what_{at}"] = line(_("What"), help_text=_("For money write: money."))
        self.fields[f"bound_{at}"] = forms.ChoiceField(
            label=_("How exactly"), choices=BOUNDS, required=False
        )
        self.fields[f"quantity_{at}"] = number(_("How much"))
        self.fields[f"unit_{at}"] = line(_("Unit or currency"), 30)
        self.initial.update(
            {
                f"what_{at}": item.get("what") or "",
                f"bound_{at}": item.get("bound") or "",
                f"quantity_{at}": number_text(item.get("quantity")),
                f"unit_{at}": item.get("unit") or "",
            }
        )

    @property
    def parts(self) -> Parts:
        """The form in parts, as its template shows it."""
        boxes = ("what", "bound", "quantity", "unit")
        lines: Parts = [
            (_("Thing %(n)s") % {"n": at}, self.rows([f"{box}_{at}" for box in boxes]), [])
            for at in self.lines
        ]
        told = self.rows(["status", "date", "restricted"])
        return [*self.end_parts(), *lines, (_("When, and for whom to read"), told, [])]

    @property
    def content(self) -> dict[str, Any]:
        """The content as corrected."""
        told = self.cleaned_data
        items = [
            {
                "what": told[f"what_{at}"].strip(),
                "quantity": plain_number(told[f"quantity_{at}"]),
                "unit": told[f"unit_{at}"].strip() or None,
                "bound": told[f"bound_{at}"],
            }
            for at in self.lines
            if told[f"what_{at}"].strip()
        ]
        return self.ends_told() | {
            "items": items,
            "status": told["status"],
            "date": told["date"] or None,
            "restricted": told["restricted"],
        }


class ProjectForm(GivingForm):
    """Something to build, rebuild, repair or equip."""

    what = PROJECT

    def __init__(self, content: Content, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.ends(content)
        self.fields["object"] = line(_("What is built, rebuilt, repaired or equipped"))
        self.fields["amount"] = number(_("How much money"))
        self.fields["currency"] = line(_("Currency, three letters"), 3)
        amount = content.get("amount")
        self.initial.update(
            {
                "object": content["object"],
                "amount": number_text(amount),
                "currency": content.get("currency") or "",
            }
        )

    @property
    def parts(self) -> Parts:
        """The form in parts, as its template shows it."""
        told = self.rows(["object", "amount", "currency"])
        return [*self.end_parts(), (_("What it is about"), told, [])]

    @property
    def content(self) -> dict[str, Any]:
        """The content as corrected."""
        told = self.cleaned_data
        return self.ends_told() | {
            "object": told["object"].strip(),
            "amount": plain_number(told["amount"]),
            "currency": told["currency"].strip().upper() or None,
        }
