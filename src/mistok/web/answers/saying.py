"""What was said to a letter or a need, and what is about to be said, in rows for a page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.needs.items import Amount, amount_words
from mistok.needs.models import Addressee, Answer, Commitment
from mistok.web.answers.answer_form import AnswerForm
from mistok.web.answers.lines_form import ALTERNATIVE, CANNOT, FULL, LineWord
from mistok.web.answers.need_view import NeedView
from mistok.web.answers.words import giver_words, place_name
from mistok.web.appeals.words import commitment_badge
from mistok.web.needs.words import day_words, thing_of
from mistok.web.offices.words import moment_words
from mistok.web.words import lang

Told = tuple[str, str, str]
"""A label, what is said, and its language where that is not the page's."""
_TONES = {
    Answer.Kind.ACKNOWLEDGED: "moss",
    Answer.Kind.REFUSED: "clay",
    Answer.Kind.QUESTION: "amber",
    Answer.Kind.REPLY: "river",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """One word that was said: when, what, by whom, about which line."""

    at: str
    tone: str
    label: str
    who: str = ""
    about: str = ""
    text: str = ""
    url: str = ""


def said_by(addressee: Addressee, *, linked: bool) -> list[SaidRow]:
    """Everything that this addressee said to its letter, oldest first.

    `linked`: whether the reader may open the pages of its commitments.
    """
    answers = addressee.answers.select_related("need")
    commitments = addressee.commitments.select_related("need")
    rows = [(one.at, answer_row(one)) for one in answers]
    rows += [(one.made_at, commitment_row(one, linked=linked)) for one in commitments]
    return [row for _at, row in sorted(rows, key=lambda pair: pair[0])]


def answer_row(answer: Answer) -> SaidRow:
    """An acknowledgement, a refusal, a question or a reply."""
    return SaidRow(
        at=moment_words(answer.at),
        tone=_TONES[Answer.Kind(answer.kind)],
        label=str(answer.get_kind_display()),
        who=answer.by_name or place_name(answer.place),
        about=thing_of(answer.need.item, answer.need.text) if answer.need else "",
        text=answer.text,
    )


def commitment_row(commitment: Commitment, *, linked: bool) -> SaidRow:
    """A commitment as one word of the talk."""
    badge = commitment_badge(commitment.state)
    return SaidRow(
        at=moment_words(commitment.made_at),
        tone=badge.tone,
        label=badge.label,
        who=giver_words(commitment),
        about=commitment_words(commitment),
        text=commitment.note,
        url=reverse("answers:commitment", args=[commitment.public_id]) if linked else "",
    )


def commitment_words(commitment: Commitment, view: NeedView | None = None) -> str:
    """What is committed, in one line; something else is named with what it counts for.

    `view`: the need as the reader may read it; whole unless told.
    """
    need = view or NeedView(commitment.need, True)
    asked = need.words(commitment.covers)
    if commitment.form == Commitment.Form.ALTERNATIVE:
        return _("%(instead)s, instead of %(asked)s") % {
            "instead": commitment.instead or thing_of(commitment.instead_item, {}),
            "asked": asked,
        }
    return asked


def about_to_say(form: AnswerForm) -> list[Told]:
    """The whole answer before it is sent."""
    told = form.cleaned_data
    rows: list[Told] = []
    if form.refuses:
        rows.append((_("The letter"), _("You cannot help. %(why)s") % {"why": told["reason"]}, ""))
    else:
        rows.append((_("The letter"), _("You say that it has come."), ""))
    rows += [line_told(word) for word in form.words()]
    if told.get("question"):
        rows.append((_("Your question"), told["question"], ""))
    if told.get("name"):
        rows.append((_("Who answers"), f"{told['name']}, {told['role']}", ""))
    return rows


def line_told(word: LineWord) -> Told:
    label = f"{word.line.number}. {word.line.words}"
    parts = [word_words(word)]
    if word.how != CANNOT and word.arrives_on:
        parts.append(_("expected on %(day)s") % {"day": day_words(word.arrives_on)})
    return label, "\n".join(filter(None, (", ".join(parts), word.note))), ""


def word_words(word: LineWord) -> str:
    """What is said to one line."""
    told = _word_words(word)
    return _("%(told)s (more than is open)") % {"told": told} if word.beyond else told


def _word_words(word: LineWord) -> str:
    if word.how == CANNOT:
        return _("We cannot")
    if word.how == FULL:
        return _("In full: %(amount)s") % {"amount": word.line.left_words}
    amount = counted(word)
    if word.how == ALTERNATIVE:
        told = {"instead": word.instead, "amount": amount}
        return _("Instead: %(instead)s. It counts for %(amount)s") % told
    return _("A part: %(amount)s") % {"amount": amount}


def counted(word: LineWord) -> str:
    """For how much of the line it counts, in words."""
    return amount_words(Amount(word.number, word.line.need.unit), lang())
