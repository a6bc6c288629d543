"""The wartime guard before a line becomes visible: what its texts give away, and who let it pass.

A danger is taken out, or let pass by who may publish, with a reason. What was let pass once stays
so while its words stay; of it only a mark and the reason are kept, never the passage itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mistok.accounts.auditing import without_addresses
from mistok.accounts.models import Office
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash
from mistok.needs.lines.entries import FIELDS, NeedEntry
from mistok.needs.models import Need
from mistok.needs.scanning import Finding, Kind, Level, scan
from mistok.provenance.models import AuditEvent

LONGEST_REASON: Final = 400
_MARK: Final = 16
SCANNED: Final = ("text", "specification", "delivery_note")

KINDS: Final[Mapping[Kind, Any]] = {
    Kind.COORDINATES: gettext_lazy("coordinates"),
    Kind.STREET_ADDRESS: gettext_lazy("an address"),
    Kind.VEHICLE_PLATE: gettext_lazy("the plate of a vehicle"),
    Kind.PHONE: gettext_lazy("a telephone number"),
    Kind.MILITARY_UNIT: gettext_lazy("a military unit"),
    Kind.ROUTE: gettext_lazy("a route or a crossing of the border"),
    Kind.TRANSPORT_TIME: gettext_lazy("the time of a transport"),
    Kind.STORAGE: gettext_lazy("where aid is stored or unloaded"),
    Kind.INFRASTRUCTURE: gettext_lazy("a critical object"),
    Kind.PERSONAL_DATA: gettext_lazy("a person's data"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding in one text of a line. `mark` names it by field, reason and words alone."""

    field: str
    lang: str
    finding: Finding

    @property
    def danger(self) -> bool:
        """Whether it must be taken out or let pass."""
        return self.finding.level is Level.DANGER

    @property
    def mark(self) -> str:
        """What a form sends back for a passage that is let pass."""
        told = (self.field, self.lang, self.finding.why, self.finding.excerpt)
        return content_hash(*told)[:_MARK]


@dataclass(frozen=True, slots=True)
class LetPass:
    """A danger that an approver lets pass, with her reason."""

    mark: str
    reason: str


def passages(line: Need | NeedEntry, office: Office) -> tuple[Passage, ...]:
    """Everything that the guard finds in the texts of a line, field by field.

    The office's own call-back number, mail and site are no findings.
    """
    found: list[Passage] = []
    for field in SCANNED:
        value = getattr(line, field)
        texts = value if isinstance(value, Mapping) else {"": value}
        found += passages_in(field, texts, office)
    return tuple(found)


def passages_in(field: str, texts: Mapping[str, str], office: Office) -> list[Passage]:
    """What the guard finds in one field, by language ("" where it has none)."""
    allowed = frozenset(contacts_of(office))
    return [
        Passage(field, lang, finding)
        for lang, text in texts.items()
        for finding in scan(text, allowed=allowed)
    ]


def contacts_of(office: Office) -> list[str]:
    """What the office gives to be called back: verified contacts only."""
    known = (office.callback_phone, office.official_email, office.official_site)
    return [contact for contact in known if contact]


def check_guard(
    found: Iterable[Passage], overruled: Sequence[LetPass], before: frozenset[str] = frozenset()
) -> list[dict[str, str]]:
    """What an audit event or publication keeps of the dangers that are let pass.

    `before`: marks that were let pass earlier. Raises Invalid: `dangerous_text` (details
    `passages`: field, language, mark, reason code, excerpt) for a danger that nobody let pass,
    `text_missing` for one without a reason.
    """
    reasons = {one.mark: _reason(one) for one in overruled}
    dangers = [one for one in found if one.danger]
    left = [one for one in dangers if one.mark not in reasons and one.mark not in before]
    if left:
        raise _dangerous(left)
    return [
        {"mark": one.mark, "field": one.field, "why": one.finding.why, "reason": reasons[one.mark]}
        for one in dangers
        if one.mark in reasons
    ]


def let_pass_before(need: Need) -> frozenset[str]:
    """Marks of dangers that an approver let pass when the line was shown or changed."""
    verbs = ("open_need", "change_need")
    events = AuditEvent.objects.filter(subject=need.public_id, verb__in=verbs)
    return frozenset(one["mark"] for event in events for one in event.after.get("overruled", []))


def _reason(one: LetPass) -> str:
    told = words(one.reason, what=_("The reason for letting it pass"), most=LONGEST_REASON)
    return without_addresses(told)


def _dangerous(left: Sequence[Passage]) -> Invalid:
    """The sentence names kinds only: it is kept in the audit, and the passages must not be."""
    kinds = dict.fromkeys(str(KINDS[one.finding.kind]) for one in left)
    places = dict.fromkeys(str(FIELDS[one.field]) for one in left)
    return Invalid(
        ngettext(
            "%(count)s passage gives away what others must not see: %(kinds)s (in: %(places)s). "
            "Take it out, or let the approver confirm it with a reason.",
            "%(count)s passages give away what others must not see: %(kinds)s (in: %(places)s). "
            "Take them out, or let the approver confirm them with a reason.",
            len(left),
        )
        % {"count": len(left), "kinds": ", ".join(kinds), "places": ", ".join(places)},
        code="dangerous_text",
        details={
            "passages": [
                {
                    "field": one.field,
                    "lang": one.lang,
                    "mark": one.mark,
                    "why": one.finding.why,
                    "excerpt": one.finding.excerpt,
                }
                for one in left
            ]
        },
    )
