"""The whole answer to a letter: whether it came, its lines, a question, who answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.needs.answers.entries import LineAnswer, LinkAnswer, TakenBack
from mistok.needs.lines import words_of
from mistok.needs.models import Commitment
from mistok.web.answers.lines_form import CANNOT, LineAsked, LinesForm
from mistok.web.procedure.fields import choice, line, text
from mistok.web.words import lang

RECEIVED, REFUSED = "received", "refused"


class AnswerForm(LinesForm):
    """`by_link`: whoever answers has no account and gives a name; `earlier`: own commitments,
    which may be taken back.
    """

    word = choice(
        gettext_lazy("The letter as a whole"),
        [
            (RECEIVED, gettext_lazy("We have received it. What we can say to its lines is below.")),
            (REFUSED, gettext_lazy("We cannot help with anything in this letter.")),
        ],
    )
    reason = text(
        gettext_lazy("Reason, if you cannot help"),
        gettext_lazy("A sentence is enough. Whoever asked reads it."),
    )
    question = text(gettext_lazy("A question"), gettext_lazy("Whoever asked reads it and replies."))

    def __init__(
        self,
        lines: Sequence[LineAsked],
        data: Any = None,
        *,
        by_link: bool,
        earlier: Sequence[Commitment] = (),
        **more: Any,
    ) -> None:
        more["initial"] = {"word": RECEIVED} | more.get("initial", {})
        super().__init__(lines, data, **more)
        self.earlier = {f"back-{one.public_id}": one for one in earlier}
        self.fields |= {name: _back(one) for name, one in self.earlier.items()}
        if by_link:
            self.fields |= _who_answers()

    @property
    def refuses(self) -> bool:
        """Whether the whole letter is refused."""
        return bool(self.cleaned_data.get("word") == REFUSED)

    def head(self) -> list[forms.BoundField]:
        """The fields about the letter as a whole."""
        return [self["word"], self["reason"]]

    def last(self) -> list[forms.BoundField]:
        """What is asked after the lines."""
        names = ("question", "name", "role")
        return [self[name] for name in names if name in self.fields]

    def backs(self) -> list[forms.BoundField]:
        """Earlier commitments, each with a place for the reason why it is taken back."""
        return [self[name] for name in self.earlier]

    def clean(self) -> dict[str, Any]:
        """A refusal has its reason, and promises nothing."""
        told = super().clean()
        if self.refuses and not told.get("reason"):
            self.add_error("reason", _("Write why, in a sentence."))
        if self.refuses and any(word.commits for word in self.words()):
            self.add_error(
                "word",
                _(
                    "You commit something below, so you can help. Choose “We have received it”, "
                    "or take back what you wrote to the lines."
                ),
            )
        return told

    def answer(self) -> LinkAnswer:
        """As the service takes it, the whole form at once."""
        told = self.cleaned_data
        return LinkAnswer(
            name=", ".join(filter(None, (told.get("name", ""), told.get("role", "")))),
            lines=tuple(
                LineAnswer(need=word.line.need.public_id, entry=word.entry)
                for word in self.words()
                if word.commits
            ),
            refusal="" if self._commits else self.refusal(),
            question="\n\n".join(filter(None, (told.get("question", ""), self._besides()))),
            taken_back=tuple(
                TakenBack(commitment=one.public_id, reason=told[name])
                for name, one in self.earlier.items()
                if told.get(name)
            ),
        )

    def refusal(self) -> str:
        """Why the letter is refused, or which of its lines; empty for neither."""
        if self.refuses:
            return str(self.cleaned_data["reason"])
        lines = [word for word in self.words() if word.how == CANNOT]
        told = "\n".join(
            ": ".join(filter(None, (f"{word.line.number}. {word.line.words}", word.note)))
            for word in lines
        )
        # A kept text has no space that does not break.
        return told.replace("\xa0", " ").replace("\u202f", " ")

    @property
    def _commits(self) -> bool:
        return any(word.commits for word in self.words())

    def _besides(self) -> str:
        """With which lines one cannot help, where one helps with others: no refusal of it all."""
        lines = self.refusal() if self._commits else ""
        return _("We cannot help with:\n%(lines)s") % {"lines": lines} if lines else ""


def _back(commitment: Commitment) -> forms.Field:
    told = {"thing": words_of(commitment.need, lang(), steps=commitment.covers)}
    field: forms.Field = line(
        _("Take back what you committed: %(thing)s") % told,
        _("Write the reason, and it is taken back. Leave it empty, and it stands."),
        most=400,
    )
    return field


def _who_answers() -> dict[str, forms.Field]:
    return {
        "name": line(
            _("Your name"),
            _("It stands beside your answer. Whoever asked sees it, the public does not."),
            needed=True,
            most=60,
        ),
        "role": line(
            _("Your office"), _("For example: head of the mayor's office."), needed=True, most=58
        ),
    }
