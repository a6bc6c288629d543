"""Entries of a thread or story: what happened when, by whom, and how it is told to this reader."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.needs.answers.naming import public_name
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines import told_amount
from mistok.needs.lines.visibility import reading_offices
from mistok.needs.models import Answer, AnswerLink, Commitment
from mistok.provenance.models import AuditEvent

SENTENCES = {
    "need_opened": _("%(who)s showed the need to its partners."),
    "need_changed": _("%(who)s changed the need."),
    "need_withdrawn": _("%(who)s withdrew what was open of the need."),
    "need_fulfilled": _("%(who)s says that everything has come."),
    "need_published": _("%(who)s made the need public."),
    "publication_withdrawn": _("%(who)s took the publication back."),
    "asked_by_letter": _("%(who)s asked for it by letter %(number)s."),
    "acknowledged": _("%(who)s confirms that the letter has come."),
    "refused": _("%(who)s cannot help."),
    "question": _("%(who)s asks."),
    "reply": _("%(who)s replies."),
    "unconfirmed": _("%(who)s promised %(amount)s; the address is not confirmed yet."),
    "made": _("%(who)s committed %(amount)s."),
    "proposed": _("%(who)s proposed %(amount)s, which waits for the other side."),
    "accepted": _("%(who)s accepted %(amount)s of %(giver)s."),
    "confirmed": _("%(who)s confirmed the address: %(amount)s count now."),
    "declined": _("%(who)s declined %(amount)s of %(giver)s."),
    "withdrawn": _("%(who)s took %(amount)s of %(giver)s back."),
    "kept": _("%(who)s received %(amount)s of %(giver)s."),
    "letter_written": _("%(who)s wrote the letter."),
    "letter_approved": _("%(who)s approved the letter under number %(number)s."),
    "letter_sent": _("%(who)s sent the letter."),
    "letter_made": _("The letter to %(to)s was made."),
    "letter_replaced": _("The letter to %(to)s was corrected: version %(version)s."),
    "mail_sent": _("The letter went to %(to)s by mail."),
    "mail_failed": _("The letter could not be delivered to %(to)s by mail."),
    "letter_recalled": _("%(who)s recalled the letter."),
    "letter_closed": _("%(who)s closed the letter."),
}
"""By the kind of an entry."""
_AGREED = (CommitmentState.MADE.value, CommitmentState.KEPT.value)
_TURNS = {
    (CommitmentState.PROPOSED.value, CommitmentState.MADE.value): "accepted",
    (CommitmentState.UNCONFIRMED.value, CommitmentState.MADE.value): "confirmed",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `kind` is a key of SENTENCES; `side` "asker" or "giver".

    `subject`: the public id of the answer, commitment, letter or need. `text`: words that
    somebody wrote, which are shown as they are.
    """

    kind: str
    at: dt.datetime
    side: str
    who: str
    subject: str
    text: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """In the language that is on."""
        return str(SENTENCES[self.kind]) % {"who": self.who, **self.params}


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of what happened to the needs of one office.

    `asker`: everything of the asking side. `places`: municipalities for which the viewer reads.
    `partner`: what partners are shown. `person`: whom a person's own commitments belong to.
    """

    asker: bool = False
    places: frozenset[str] = frozenset()
    partner: bool = False
    person: str = ""

    def is_party(self, row: Commitment) -> bool:
        """Whether the viewer is of either side of a commitment."""
        own = row.giver_place in self.places if row.giver_place else row.made_by == self.person
        return self.asker or own

    def hears(self, answer: Answer, sides: Iterable[str]) -> bool:
        """Whether the viewer takes part in the talk in which a word was said."""
        return self.asker or not self.places.isdisjoint(sides)


def sight_of(
    office: Office, viewer: Actor | None, link: AnswerLink | None, *, partner: bool
) -> Sight:
    """What a viewer, or the holder of a link to a letter, may see of an office's needs."""
    places = frozenset({link.addressee.place}) if link is not None and link.addressee else None
    if viewer is None:
        return Sight(places=places or frozenset(), partner=places is not None)
    own = reading_offices(viewer, Permission.READ_NEEDS)
    read = {one.place for one in own if one.state == OfficeState.VERIFIED}
    return Sight(
        asker=can(viewer, Permission.READ_NEEDS, office=office),
        places=frozenset(read) | (places or frozenset()),
        partner=partner,
        person=viewer.person.public_id if viewer.person is not None else "",
    )


def entry_of_answer(answer: Answer, asker: str) -> Entry:
    """A word of the talk."""
    side = "asker" if answer.place == asker else "giver"
    return Entry(
        str(answer.kind), answer.at, side, answer.by_name, answer.public_id, text=answer.text
    )


def entries_of_commitments(rows: Iterable[Commitment], sight: Sight) -> list[Entry]:
    """What happened to commitments, from their audit events; as the viewer may see it.

    Others than the two sides see what was agreed, without notes and names of persons.
    """
    known = {row.public_id: row for row in rows}
    events: dict[str, list[AuditEvent]] = {key: [] for key in known}
    for event in AuditEvent.objects.filter(subject__in=known, after__has_key="state").order_by(
        "pk"
    ):
        events[event.subject].append(event)
    found = []
    for key, row in known.items():
        found += _life(row, events[key], sight)
    return found


def _life(row: Commitment, events: list[AuditEvent], sight: Sight) -> list[Entry]:
    party = sight.is_party(row)
    states = ["", *(event.after["state"] for event in events)]
    found = []
    for (before, after), event in zip(pairwise(states), events, strict=True):
        agreed = after in _AGREED or before in _AGREED
        if party or agreed:
            found.append(_step(row, before, after, event, party))
    return found


def _step(row: Commitment, before: str, after: str, event: AuditEvent, party: bool) -> Entry:
    kind = _TURNS.get((before, after), after)
    asker = event.after.get("office") == row.need.office.public_id
    giver = row.giver_name if party else public_name(row)
    return Entry(
        kind,
        event.at,
        "asker" if asker else "giver",
        row.need.office.name if asker else giver,
        row.public_id,
        text=_text(row, before, after) if party else "",
        params={
            "amount": told_amount(event.after["covers"], event.after["unit"]),
            "giver": giver,
        },
    )


def _text(row: Commitment, before: str, after: str) -> str:
    """What the giver wrote at first, or why it ended."""
    if not before:
        return "\n".join(part for part in (row.instead, row.note) if part)
    ended = (CommitmentState.DECLINED, CommitmentState.WITHDRAWN)
    return row.reason if after in ended else ""
