"""Parts of the forms: dates as people write them, bodies, votes, signatures, terms."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.provenance.values import TIE_KINDS
from mistok.registry.guarding import Counterpart, Party
from mistok.registry.lifecycle import Guard
from mistok.web.labels import FIELD_LABELS, PAPER_LABELS, VOTE_LABELS
from mistok.web.living.labels import (
    BODY_KIND_LABELS,
    COUNTERPART_LABELS,
    ENDING_LABELS,
    MODE_LABELS,
    RENEWAL_LABELS,
    SITTING_LABELS,
)
from mistok.web.procedure.fields import choice, count, line, pick, several, text
from mistok.web.words import by_name, kind_label, label_of

_DOTTED = re.compile(r"(?P<bound>[<>~]?)(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", re.ASCII)
MOST_MEMBERS = 9999
DATE_HELP = gettext_lazy("A day, a month or a year: 2023-02-09, 09.02.2023, 2023-02 or 2023.")
MINISTRY, OTHER = "ministry", "other"


class PartialDateField(forms.CharField):
    """A date of any precision, as ISO 8601 or as day.month.year; kept as ISO text."""

    def __init__(self, label: Any, help_text: Any = DATE_HELP) -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=20)

    def clean(self, value: Any) -> str:
        """ISO text; a refusal says how to write a date."""
        plain = re.sub(r"\s", "", super().clean(value))
        dotted = _DOTTED.fullmatch(plain)
        if dotted:
            bound, day, month, year = dotted.groups()
            parts = [year, *(part.zfill(2) for part in (month, day) if part)]
            plain = bound + "-".join(parts)
        try:
            return str(PartialDate.parse_or_none(plain) or "")
        except Invalid as refusal:
            raise forms.ValidationError(
                _(
                    "“%(date)s” is no date. Write a year, a month or a day: 2022, 2022-05 or "
                    "2022-05-17."
                )
                % {"date": value}
            ) from refusal


@dataclass(frozen=True, slots=True)
class Ground:
    """What a form knows of the tie: its parties, its kind, and the papers that were signed."""

    parties: tuple[Party, ...]
    kind: str = "unknown"
    papers: tuple[tuple[str, str], ...] = ()
    """References of papers with their names."""


Fields = dict[str, forms.Field]
NONE = ("", gettext_lazy("not stated"))


def _named(labels: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(code, name) for name, code in by_name((str(v), k) for k, v in labels.items())]


def _when(_ground: Ground) -> Fields:
    planned = forms.BooleanField(
        label=gettext_lazy("It is planned and has not happened yet"), required=False
    )
    return {"date": PartialDateField(gettext_lazy("Date")), "planned": planned}


def _who(ground: Ground) -> Fields:
    bodies = [
        NONE,
        *((party.key, party.name) for party in ground.parties),
        (MINISTRY, gettext_lazy("Ministry for Development of Communities and Territories")),
        (OTHER, gettext_lazy("another body, named below")),
    ]
    kinds = [NONE, *BODY_KIND_LABELS.items()]
    return {
        "body": _wished(pick(gettext_lazy("Whose body acted"), bodies)),
        "body_other": line(gettext_lazy("Its name, if it is another")),
        "body_kind": _wished(pick(gettext_lazy("What body it was"), kinds)),
        "act_number": line(gettext_lazy("Number of the act"), most=80),
        "sitting": _wished(pick(gettext_lazy("Sitting"), [NONE, *SITTING_LABELS.items()])),
        "ground": line(
            gettext_lazy("Legal ground"),
            gettext_lazy("For a military administration: the act that gave it the powers."),
        ),
    }


def _votes(_ground: Ground) -> Fields:
    counts = {f"votes_{name}": count(label, most=MOST_MEMBERS) for name, label in VOTES.items()}
    return counts | {"total": count(gettext_lazy("Members of the council in all"))}


VOTES = {
    name: VOTE_LABELS[name] for name in ("for", "against", "abstained", "not_voting", "absent")
}


def votes_text(counts: Sequence[int | None]) -> str:
    """Counts as sources write them: five where the last two were told, else three; or none."""
    if all(one is None for one in counts):
        return ""
    whole = any(one is not None for one in counts[3:])
    return "/".join(str(one or 0) for one in (counts if whole else counts[:3]))


def _kind(ground: Ground) -> Fields:
    words = _named({code: kind_label(code) for code in TIE_KINDS - {"unknown"}})
    field = _wished(pick(gettext_lazy("What kind of tie"), [NONE, *words]))
    field.initial = "" if ground.kind == "unknown" else ground.kind
    return {"kind": field}


def _topics(_ground: Ground) -> Fields:
    return {"fields": several(gettext_lazy("What it is about"), _named(FIELD_LABELS))}


def _paper(_ground: Ground) -> Fields:
    instrument = _wished(pick(gettext_lazy("What kind of paper"), [NONE, *_named(PAPER_LABELS)]))
    return {"instrument": instrument}


def _replaced(ground: Ground) -> Fields:
    papers = [("", gettext_lazy("none")), *ground.papers]
    replaced = _wished(pick(gettext_lazy("Which paper it replaces"), papers))
    return _paper(ground) | {"supersedes": replaced}


def _signatures(ground: Ground) -> Fields:
    found: Fields = {
        "signed_by": choice(
            gettext_lazy("Who has signed"),
            [
                ("all", gettext_lazy("all partners, on that day")),
                ("some", gettext_lazy("some of them, or on different days: as told below")),
            ],
        )
    }
    found["signed_by"].initial = "all"
    found["signed_by"].required = False
    return found | {
        "place": line(gettext_lazy("Place of signing"), most=120),
        "mode": _wished(pick(gettext_lazy("Signed how"), [NONE, *MODE_LABELS.items()])),
    }


def _each(ground: Ground) -> Fields:
    """Signatures one by one."""
    found: Fields = {}
    for number, party in enumerate(ground.parties):
        name = {"name": party.name}
        found |= {
            f"signed_{number}": forms.BooleanField(
                label=_("%(name)s has signed") % name, required=False
            ),
            f"signed_on_{number}": PartialDateField(_("Day (%(name)s)") % name, ""),
            f"person_{number}": line(_("Who signed for %(name)s") % name, most=120),
        }
    if len(ground.parties) > 2:
        needed = gettext_lazy("How many signatures the paper needs, if not all")
        found["signatures_needed"] = count(needed, most=99)
    return found


def _term(_ground: Ground) -> Fields:
    return {
        "effective_on": PartialDateField(gettext_lazy("In force from"), ""),
        "end_date": PartialDateField(gettext_lazy("Until"), ""),
        "renewal": _wished(pick(gettext_lazy("Renewal"), [NONE, *RENEWAL_LABELS.items()])),
        "review_date": PartialDateField(gettext_lazy("To be reviewed on"), ""),
    }


def _run_out(ground: Ground) -> Fields:
    term = _term(ground)
    return {name: term[name] for name in ("end_date", "renewal")}


def _reason(_ground: Ground) -> Fields:
    return {"reason": text(gettext_lazy("Reason"), most=400)}


def _pause(ground: Ground) -> Fields:
    review = PartialDateField(gettext_lazy("To be looked at again on"))
    return _reason(ground) | {"review_date": review}


def _ending(ground: Ground) -> Fields:
    ways = [NONE, *ENDING_LABELS.items()]
    return {
        "ending": _wished(pick(gettext_lazy("How it was ended"), ways)),
        **_reason(ground),
        "notice": line(
            gettext_lazy("How the other side was told"),
            gettext_lazy("For example: letter of the mayor, No. 01-12/345."),
        ),
        "notice_on": PartialDateField(gettext_lazy("Day of that notice"), ""),
    }


def _note(_ground: Ground) -> Fields:
    return {
        "note": text(
            gettext_lazy("Note"),
            gettext_lazy("A sentence for readers. No private names, numbers or addresses."),
            most=400,
        )
    }


def _vouched(guard: Guard, label: Any) -> Callable[[Ground], Fields]:
    return lambda _ground: {f"declared_{guard}": forms.BooleanField(label=label, required=False)}


def _wished(field: Any) -> Any:
    field.required = False
    return field


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a form: its heading, and its fields once the tie is known."""

    legend: Any
    make: Callable[[Ground], Fields]
    short: bool = False
    """Whether its answers are so short that several stand in one line."""
    folded: bool = False
    """Whether it is asked seldom, and so lies folded until somebody opens it."""


_VOUCHED = gettext_lazy("What your office vouches for")
PARTS: Mapping[str, Part] = {
    "when": Part(gettext_lazy("When"), _when),
    "who": Part(gettext_lazy("Who acted"), _who),
    "votes": Part(gettext_lazy("How they voted"), _votes, short=True),
    "kind": Part(gettext_lazy("The tie"), _kind),
    "fields": Part(gettext_lazy("Fields of cooperation"), _topics, folded=True),
    "paper": Part(gettext_lazy("The paper"), _paper),
    "replaced": Part(gettext_lazy("The paper"), _replaced),
    "signatures": Part(gettext_lazy("Signatures"), _signatures),
    "each": Part(gettext_lazy("Signatures one by one"), _each, folded=True),
    "term": Part(gettext_lazy("For how long"), _term, short=True),
    "run_out": Part(gettext_lazy("The term"), _run_out),
    "reason": Part(gettext_lazy("Why"), _reason),
    "pause": Part(gettext_lazy("Why, and until when"), _pause),
    "ending": Part(gettext_lazy("How it ended"), _ending),
    "note": Part(gettext_lazy("In your words"), _note),
    "reviewed": Part(
        _VOUCHED,
        _vouched(Guard.LEGAL_REVIEW, gettext_lazy("The legal review of the draft is done.")),
    ),
    "approvals": Part(
        _VOUCHED,
        _vouched(
            Guard.APPROVALS,
            gettext_lazy("The law of the partner's country asks for no decision of its council."),
        ),
    ),
    "in_force": Part(
        _VOUCHED,
        _vouched(
            Guard.IN_FORCE_CONDITION,
            gettext_lazy("What the paper asks for before it takes effect has happened."),
        ),
    ),
}


def with_whom() -> Fields:
    """With whom a paper is made; only papers with authorities make ties."""
    field = _wished(
        pick(gettext_lazy("With whom the paper is made"), list(COUNTERPART_LABELS.items()))
    )
    field.initial = str(Counterpart.AUTHORITY)
    return {"counterpart": field}


def paper_name(kind: str, date: str) -> str:
    """A paper by kind and stated date."""
    return ", ".join(word for word in (label_of(PAPER_LABELS, kind), date) if word)
