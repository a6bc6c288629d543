"""Forms for one step: what is asked; whether an answer can be is for the services to say."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mistok.partnering.models import Approval, CouncilDecision, Evaluation, ReturnReason
from mistok.partnering.models.procedure.acts import VOTES
from mistok.partnering.procedure.guards import ASKED
from mistok.partnering.procedure.services.acting import ALSO, MOST_LETTERS
from mistok.partnering.procedure.services.deciding import CRITERIA
from mistok.partnering.procedure.services.signing import standing_signatures
from mistok.partnering.procedure.steps import Step
from mistok.partnering.procedure.voting import MOST_MEMBERS
from mistok.partnering.procedure.words import COOPERATION, CRITERION_LABELS, DETAILS
from mistok.web.labels import PAPER_LABELS
from mistok.web.procedure import fields
from mistok.web.procedure.seats import Seat
from mistok.web.words import label_of

HINTS = {
    "ground": _("The act of parliament that gave these powers, with date and number."),
    "amount": _("“0” for none."),
    "manager": _("The authority, an association, or both."),
}
NOTE_HELP = _("Both sides read it. No private numbers or addresses.")


class StepForm(forms.Form):
    """A form that knows for which seat and step it is."""

    def __init__(self, seat: Seat, step: Step, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.seat, self.step = seat, step
        self.offer()

    def offer(self) -> None:
        """Fill in what there is to ask."""


class SubmitForm(StepForm):
    """When it went out."""

    on = fields.day(_("Day on which it was submitted"), needed=True, now=True)
    note = fields.text(_("Note"), NOTE_HELP)


class DoneForm(StepForm):
    """When it was done, and what the step's guards ask for."""

    on = fields.day(_("Day on which it was done"), needed=True, now=True)

    def offer(self) -> None:
        """One field for each detail; the note comes last."""
        asked = [name for guard in self.step.guards for name in ASKED[guard]]
        for name in asked:
            self.fields[name] = _detail(name, needed=True)
        for name in sorted(ALSO.get(self.step.event, set()) - set(asked)):
            self.fields[name] = _detail(name, needed=False)
        self.fields["note"] = fields.text(_("Note"), NOTE_HELP)


def _detail(name: str, *, needed: bool) -> Any:
    label = DETAILS[name]
    if name in ("review_on", "end_date"):
        return fields.day(label, needed=needed)
    if name == "instrument":
        words = sorted((label_of(PAPER_LABELS, word), word) for word in PAPER_LABELS)
        choices = [("", _("not decided yet")), *((word, shown) for shown, word in words)]
        found = fields.pick(label, choices)
        found.required = False
        return found
    return fields.line(label, HINTS.get(name, ""), needed=needed, most=MOST_LETTERS)


class ReturnForm(StepForm):
    """Why it came back."""

    on = fields.day(_("Day on which it came back"), needed=True, now=True)
    reasons = fields.several(_("Reasons"), [])
    remarks = fields.text(_("In words"), _("What is to be mended, so that it can go out again."))

    def offer(self) -> None:
        """The reasons that an administrator keeps, those of this body and of any."""
        lang = get_language() or "en"
        rows = ReturnReason.objects.filter(retired=False, body__in=("", self.step.outside))
        choices = [(row.code, row.title(lang)) for row in rows]
        if choices:
            self.fields["reasons"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["reasons"]


class SkipForm(StepForm):
    """Why it is left out."""

    on = fields.day(_("Day"), needed=True, now=True)
    note = fields.text(_("Why it is left out"), needed=True)


class PlanForm(StepForm):
    """For when."""

    on = fields.day(_("Planned for"), needed=True)
    note = fields.text(_("Note"), NOTE_HELP)


class ReopenForm(StepForm):
    """Why it is taken back."""

    reason = fields.text(
        _("Why it is taken back"),
        _("The reason is kept. What the step told the registry is withdrawn."),
        needed=True,
    )


class DecisionForm(StepForm):
    """What a council decided, and how it voted."""

    on = fields.day(_("Day of the decision"), needed=True, now=True)
    adopted = fields.choice(_("Outcome"), [("yes", _("adopted")), ("no", _("voted down"))])
    number = fields.line(_("Number"), most=80)
    sitting = fields.choice(_("Sitting"), CouncilDecision.Sitting.choices)
    votes_for = fields.count(_("For"), most=MOST_MEMBERS)
    votes_against = fields.count(_("Against"), most=MOST_MEMBERS)
    votes_abstained = fields.count(_("Abstained"), most=MOST_MEMBERS)
    votes_not_voting = fields.count(_("Did not vote"), most=MOST_MEMBERS)
    votes_absent = fields.count(_("Absent"), most=MOST_MEMBERS)
    total = fields.count(_("Members of the council in all"), most=MOST_MEMBERS * 10)
    title = fields.line(_("Title of the decision"), most=400)
    body = fields.line(_("Who decided"), _("Empty means the council of this side."))
    url = fields.line(_("Address of the decision"), _("With https:// in front."), most=1000)
    authorised_signatory = fields.line(_("Who may sign"))
    control_by = fields.line(_("Who controls that it is carried out"))
    review_on = fields.day(_("Evaluation ordered for"))
    ends_on = fields.day(_("End ordered for"))
    initial_words = {"adopted": "yes", "sitting": CouncilDecision.Sitting.ORDINARY}

    def offer(self) -> None:
        """What is so most of the time."""
        self.initial = {**self.initial_words, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Counts that nobody told stay unknown; of those that were told no one may be missing."""
        told = super().clean() or self.cleaned_data
        counts = [told.get(name) for name in VOTES]
        if any(one is not None for one in counts):
            for name in VOTES[:3]:
                if told.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Write 0 where nobody voted so."))
        told["votes"] = votes_text(counts)
        return told


def votes_text(counts: list[int | None]) -> str:
    """Counts as sources write them: five where absence was told, else three; empty for none."""
    if all(one is None for one in counts):
        return ""
    whole = any(one is not None for one in counts[3:])
    return "/".join(str(one or 0) for one in (counts if whole else counts[:3]))


class ApprovalForm(StepForm):
    """The answer of a body outside."""

    on = fields.day(_("Day of the answer"), needed=True, now=True)
    result = fields.choice(_("Answer"), [])
    number = fields.line(_("Number of its act"), most=80)
    act_kind = fields.line(_("Kind of its act"), _("For example: order, letter."), most=80)
    remarks = fields.text(_("Remarks"))

    def offer(self) -> None:
        """Silence is an answer only where a rule says so."""
        Result = Approval.Result
        offered = [Result.GRANTED, *([Result.BY_SILENCE] if self.step.silence else [])]
        choices = [(one.value, one.label) for one in (*offered, Result.REFUSED)]
        self.fields["result"].choices = choices  # type: ignore[attr-defined]
        self.initial = {"result": Result.GRANTED.value, **self.initial}


class RegistrationForm(StepForm):
    """The entry in the state's list."""

    on = fields.day(_("Day of the registration"), needed=True, now=True)
    number = fields.line(_("Number in the list"), needed=True, most=80)
    kinds = fields.several(_("Kinds of cooperation"), COOPERATION.items(), needed=True)
    sphere = fields.text(_("Sphere"), most=1000)
    duration = fields.line(_("Duration"), most=400)
    ends_on = fields.day(_("Valid until"))


class EvaluationForm(StepForm):
    """What an evaluation found."""

    on = fields.day(_("Day of the evaluation"), needed=True, now=True)
    outcome = fields.choice(_("Outcome"), Evaluation.Outcome.choices)
    grounds = fields.text(_("Grounds"), needed=True)

    def offer(self) -> None:
        """A text for each criterion (D1-08)."""
        for name in CRITERIA:
            self.fields[name] = fields.text(CRITERION_LABELS[name])


class SignatureForm(StepForm):
    """One side signed."""

    side = fields.choice(_("Which side signed"), [])
    on = fields.day(_("Day of the signature"), needed=True, now=True)
    person = fields.line(_("Who signed"), needed=True)
    post = fields.line(_("In which office"), _("For example: mayor."), needed=True)
    mode = fields.choice(_("How"), [("here", _("in person")), ("online", _("online"))])
    place = fields.line(_("Place"), most=120)

    def offer(self) -> None:
        """Own sides that have not signed yet."""
        signed = {one.position for one in standing_signatures(self.seat.run)}
        open_sides = [one for one in self.seat.own_sides if one.position not in signed]
        offered = open_sides or self.seat.own_sides
        own = self.seat.side
        self.fields["side"].choices = [  # type: ignore[attr-defined]
            (str(one.position), one.shown) for one in offered
        ]
        first = own if own in offered else offered[0]
        self.initial = {"mode": "here", "side": str(first.position), **self.initial}
