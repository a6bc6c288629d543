"""Why something was not told: at its field where it has one, and what changed in the meantime."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid, Refusal
from mistok.web.labels import EVENT_LABELS, PAPER_LABELS
from mistok.web.refusals import sentence
from mistok.web.words import date_words

FIELD_OF = {
    "date_missing": "date",
    "date_malformed": "date",
    "future_is_a_plan": "date",
    "plan_has_passed": "date",
    "date_before_its_act": "date",
    "order_unclear": "date",
    "term_not_over": "date",
    "in_force_condition_missing": "date",
    "votes_do_not_add_up": "total",
    "vote_not_carried": "votes_for",
    "majority_missing": "votes_for",
    "body_missing": "body",
    "act_missing": "body",
    "review_outcome_missing": "body",
    "recommendation_is_no_decision": "body_kind",
    "way_of_ending_missing": "ending",
    "suspension_incomplete": "review_date",
    "review_due_missing": "reason",
    "term_unknown": "end_date",
    "renews_itself": "renewal",
    "out_of_scope_itc": "counterpart",
    "letter_missing": "instrument",
    "draft_missing": "instrument",
    "new_paper_missing": "supersedes",
    "legal_review_missing": "declared_legal_review",
    "approvals_missing": "declared_approvals",
    "words_missing": "words",
    "words_too_long": "words",
    "correction_missing": "verdict",
    "verdict_unknown": "verdict",
}
"""Where on a form a refusal is shown; one that is not here stands at the head of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an office told while somebody else was writing."""

    what: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """Why an act was not done: a sentence, fields to mend, changes to look at first."""

    message: str
    status: int = 400
    code: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    """Address of the field on the page, and what is wrong with it."""
    changes: list[Change] = field(default_factory=list)

    @property
    def factor(self) -> str:
        """Whether a second factor would help."""
        return self.code if self.code in FACTOR_CODES else ""


def incomplete(form: forms.Form) -> Mistake:
    """A form with answers that cannot be read."""
    message = _("Something is missing or cannot be read. Nothing was recorded yet.")
    return Mistake(message=message, fields=addresses(form))


def mistake_of(refusal: Refusal, form: forms.Form | None = None) -> Mistake:
    """A refusal as a page shows it; at its field, where the form has it."""
    message = sentence(refusal)
    changes = [_change(one) for one in refusal.details.get("changes", [])]
    if refusal.code == "life_changed":
        message = _(
            "While you were writing, somebody else told something of this tie. Nothing of yours is "
            "lost: it stands below. Look at what is new, then send yours again."
        )
    name = FIELD_OF.get(refusal.code) or refusal.details.get("field", "")
    if form is not None and name in form.fields:
        form.add_error(name, message)
    return Mistake(
        message=message,
        status=refusal.status,
        code=refusal.code,
        fields=addresses(form) if form is not None else [],
        changes=changes,
    )


def addresses(form: forms.Form) -> list[tuple[str, str]]:
    """Every field with a mistake: where it stands on the page, and the sentence."""
    return [
        (f"{bound.auto_id}-field", str(error))
        for bound in form
        if not bound.is_hidden
        for error in bound.errors
    ]


def _change(told: dict[str, Any]) -> Change:
    office = Office.objects.filter(public_id=told.get("office", "")).first()
    return Change(what=told_words(str(told["what"])), office=office.name if office else "")


def told_words(what: str) -> str:
    """The codes of an audit event in words: event, date, kind of paper; numbers as they are."""
    return " ".join(_words_of(what.replace(":", "").split()))


VERDICTS = {
    "confirmed": lambda: _("confirmed:"),
    "corrected": lambda: _("corrected:"),
    "disputed": lambda: _("disputed:"),
}


def _words_of(codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        if code in VERDICTS:
            yield VERDICTS[code]()
        elif code == "(planned)":
            yield f"({_('planned')})"
        elif code in EVENT_LABELS or code in PAPER_LABELS:
            yield str((EVENT_LABELS | PAPER_LABELS)[code])
        else:
            yield _date_or(code)


def _date_or(code: str) -> str:
    try:
        return date_words(PartialDate.parse(code))
    except Invalid:
        return code
