"""Forms of the pages of offices: what is asked, and how much room there is for the answer.

What an answer must be (a number, an address) is the services' business; here only its shape.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mistok.accounts.models import TOKEN_ROLES, OfficeCheck, UnitRole, User
from mistok.accounts.permissions import OFFICE_ROLES, ROLE_LABELS, Permission, Role
from mistok.kernel.errors import Invalid
from mistok.web.offices.acting import OfficeForm, can_but_for_factor
from mistok.web.offices.matters import open_matters

LARGEST_FILE = 20_000_000
TOO_LARGE = _("The file is larger than 20 megabytes. Choose a smaller one, or leave it out.")


def _line(label: Any, help_text: Any = "", *, needed: bool = False, most: int = 254) -> Any:
    return forms.CharField(label=label, help_text=help_text, required=needed, max_length=most)


def _text(
    label: Any, help_text: Any = "", *, needed: bool = False, most: int = 2000, rows: int = 3
) -> Any:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, required=needed, max_length=most, widget=box
    )


def _day(label: Any, help_text: Any = "") -> Any:
    box = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=help_text, required=False, widget=box, input_formats=["%Y-%m-%d"]
    )


class ReasonForm(OfficeForm):
    """Why; it is kept with the act."""

    reason = _text(
        _("Reason"),
        _("It is kept with the act, and the office reads it. Write no names and no addresses."),
        needed=True,
        most=400,
    )


class WhichForm(OfficeForm):
    """One of the rows of a list, with a reason if one likes."""

    which = forms.CharField(max_length=80, widget=forms.HiddenInput)
    reason = _line(_("Reason, if you like"), most=400)


class ClaimForm(OfficeForm):
    """How the claimant says that the office can be reached."""

    phone = _line(
        _("Telephone of the office"),
        _("With plus and country, for example +380 412 481 212."),
        most=40,
    )
    mail = _line(_("Official mail"), _("The one on the municipality's own page."))
    site = _line(_("Official site"), most=300)
    sure = forms.BooleanField(label=_("I work for this municipality and may speak for it."))


class InviteForm(OfficeForm):
    """Whom, and as what."""

    email = _line(
        _("E-mail address"),
        _("The person signs in with this very address; the invitation is for no other."),
        needed=True,
    )
    role = forms.ChoiceField(label=_("As"))

    def offer(self) -> None:
        """Approvers are invited by approvers and coordinators only; the first one comes first."""
        may = can_but_for_factor(self.doing, Permission.INVITE_APPROVER)
        offered = [role for role in OFFICE_ROLES if may or role is not Role.APPROVER]
        if not self.doing.office.memberships.filter(role=Role.APPROVER, until=None).exists():
            offered.sort(key=lambda role: role is not Role.APPROVER)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, ROLE_LABELS[role]) for role in offered
        ]


class ContactsForm(OfficeForm):
    """All contacts together, as they are in force or told."""

    phone = _line(
        _("Call-back number"),
        _("With plus and country, for example +380 412 481 212."),
        most=40,
    )
    mail = _line(_("Official mail"))
    site = _line(_("Official site"), most=300)

    def offer(self) -> None:
        """What was told last, else what is in force."""
        office = self.doing.office
        self.initial = {
            "phone": office.told_phone or office.callback_phone,
            "mail": office.told_email or office.official_email,
            "site": office.told_site or office.official_site,
        }


class ResponsibleForm(OfficeForm):
    """A unit, what it is responsible for, and its person (D1-06)."""

    unit = _line(
        _("Unit"),
        _("For example: department of international relations."),
        needed=True,
        most=200,
    )
    role = forms.ChoiceField(label=_("Responsible for"), choices=UnitRole.choices)
    person_name = _line(_("Person"), needed=True, most=200)
    work_contact = _line(_("Work contact"), _("No private number, no private address."))
    member = forms.ChoiceField(label=_("Account here"), required=False)
    since = _day(_("Since"), _("Empty means today. Who was responsible before ends on this day."))

    def offer(self) -> None:
        """Members of the office."""
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", _("none")),
            *members_of(self, current=True),
        ]


class EndResponsibleForm(WhichForm):
    """Until when."""

    until = _day(_("Until"), _("Empty means today."))


def members_of(form: OfficeForm, *, current: bool) -> list[tuple[str, str]]:
    """People of the office by name; those who left too, unless only the present are wanted."""
    rows = form.doing.office.memberships.select_related("person")
    rows = rows.current(timezone.now()) if current else rows
    people = {row.person.public_id: row.person.name for row in rows}
    return sorted(people.items(), key=lambda pair: pair[1])


def member(form_value: str) -> User | None:
    """The person of a choice; none for none."""
    return User.objects.filter(public_id=form_value).first() if form_value else None


class TakeOverForm(OfficeForm):
    """Who takes over which card."""

    which = forms.CharField(max_length=80, widget=forms.HiddenInput)
    to_person = forms.ChoiceField(label=_("Successor"))

    def offer(self) -> None:
        """Members of the office; the card is the one of the page."""
        match = self.doing.request.resolver_match
        which = match.kwargs.get("card_id", "") if match else ""
        card = self.doing.office.hand_overs.filter(public_id=which).first()
        leaver = card.from_person.public_id if card else ""
        others = [one for one in members_of(self, current=True) if one[0] != leaver]
        self.initial = {"which": which}
        self.fields["to_person"].choices = others  # type: ignore[attr-defined]


class HandOverForm(OfficeForm):
    """From whom to whom, what is open, and a note."""

    from_person = forms.ChoiceField(label=_("Who leaves or hands over"))
    to_person = forms.ChoiceField(
        label=_("Who takes over"),
        help_text=_("Nobody yet? The card waits, and the office can read it."),
        required=False,
    )
    matters = forms.MultipleChoiceField(
        label=_("What is open"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = _text(
        _("What else is open"),
        _("One matter a line. A day at its end becomes its deadline: Ask for the seal 2026-12-01"),
        most=4000,
    )
    note = _text(
        _("Note to the successor"),
        _("Where the papers lie, whom to ask, what was promised. No passwords."),
        most=4000,
        rows=4,
    )

    def offer(self) -> None:
        """Members past and present, and the matters that are open today."""
        office = self.doing.office
        self.known = {matter.code: matter for matter in open_matters(office)}
        told = {
            "from_person": members_of(self, current=False),
            "to_person": [("", _("nobody yet")), *members_of(self, current=True)],
            "matters": [(matter.code, matter.line) for matter in self.known.values()],
        }
        for name, choices in told.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        me = self.doing.actor.person
        now = [code for code, matter in self.known.items() if not matter.later]
        self.initial = {"matters": now, "from_person": me.public_id if me else ""}

    def clean(self) -> dict[str, Any]:
        """Add the chosen matters as a card keeps them."""
        told = self.cleaned_data
        told["chosen"] = [self.known[code].kept() for code in told.get("matters", [])]
        return told


class EvidenceForm(OfficeForm):
    """What a coordinator found out, and where."""

    kind = forms.ChoiceField(label=_("How you asked"), choices=OfficeCheck.Kind.choices)
    channel = _line(
        _("Number, address or paper"),
        _("The number you called, the address you wrote to, the paper you saw."),
        needed=True,
    )
    found_at = _line(
        _("Where you found it"),
        _("Apart from the claim: a register, the page of the oblast or the ministry."),
        most=400,
    )
    seen = _text(_("What was said or seen"), needed=True)
    evidence = _text(_("More evidence, if any"), most=4000)
    paper = forms.FileField(
        label=_("A file, if there is one"),
        help_text=_("Only its fingerprint (SHA-256) is kept here. Keep the file yourself."),
        required=False,
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OfficeCheck.Outcome.choices)

    def clean_paper(self) -> Any:
        """No larger than what is read here at once."""
        paper = self.cleaned_data["paper"]
        if paper is not None and paper.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return paper


class TokenForm(OfficeForm):
    """What a program is to be, what for, and for how long."""

    name = _line(
        _("What it is for"),
        _("For example: software of the central store. Write no name of a person."),
        needed=True,
        most=100,
    )
    role = forms.ChoiceField(label=_("It acts as"), choices=TOKEN_ROLES)
    days = forms.ChoiceField(label=_("Good for"), initial=180)

    def offer(self) -> None:
        """A month, a season, half a year, a year."""
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in (30, 90, 180, 366)
        ]


def unknown_row() -> Invalid:
    """For a form that names a row which is not there."""
    return Invalid(
        _("This row is not in the list any more. Look at the list again."), code="row_unknown"
    )
