"""What offices tell of the life of their ties: guarded, written down as their own words, projected.

An office is a source like any other: what it tells are statements of kind "office", and the
registry stays a projection of all statements. Guards refuse what cannot be; a refusal is audited.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Invalid, NotAllowed
from mistok.kernel.ids import is_place_key, public_id
from mistok.provenance.services import (
    record,
)
from mistok.provenance.values import TieEvent
from mistok.registry.guarding import (
    Case,
    Counterpart,
    Passage,
    Remark,
    passage,
    without_local_detail,
)
from mistok.registry.guarding.declaring import is_declaration
from mistok.registry.guarding.signing import is_signing
from mistok.registry.life import Life, life_between, party_of
from mistok.registry.lifecycle import RESTING, Guard
from mistok.registry.services.changing import next_version
from mistok.registry.services.office_words import write_down
from mistok.registry.services.places import tie_subject
from mistok.registry.services.projecting import project_ties
from mistok.registry.services.rules import rules_on

NEEDED = {
    "severed": Permission.END_TIE,
    "superseded": Permission.END_TIE,
    "expired": Permission.END_TIE,
    "suspended": Permission.SUSPEND_TIE,
    "decided": Permission.RECORD_DECISION,
    "approved": Permission.RECORD_DECISION,
}
"""What a person must be allowed to tell these events; signatures and revivals see `needed_for`."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of what an office told."""

    tie: str
    statement: str
    passage: Passage
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who tells, when, and what the office vouches for beyond papers."""

    actor: Actor
    office: Office
    today: dt.date
    declared: frozenset[Guard] = frozenset()
    counterpart: Counterpart = Counterpart.AUTHORITY


def tell_event(
    *,
    actor: Actor,
    office: Office,
    parties: Sequence[str],
    event: TieEvent,
    expected: int | None = None,
    declared: Collection[Guard] = (),
    counterpart: Counterpart = Counterpart.AUTHORITY,
    today: dt.date | None = None,
) -> Told:
    """An office tells one event in the life of a tie of its municipality.

    `parties`: keys of all parties, or of the own municipality alone for a search mandate;
    `expected`: the version of the life that the form showed. Negotiation stays internal until
    both sides agree to show it, official acts are public. Raises NotAllowed, Invalid and Conflict
    with the codes of `registry.guarding`; nothing is written then but the audit of the refusal.
    """
    telling = Telling(
        actor=actor,
        office=office,
        today=today or timezone.localdate(),
        declared=frozenset(declared),
        counterpart=counterpart,
    )
    life = life_between(parties)
    with audited(actor, "tell_event", life.tie):
        check_can(actor, needed_for(event, life), office=office)
        return tell(telling, life, event, expected=expected)


def end_ties(
    *,
    actor: Actor,
    office: Office,
    ties: Sequence[Sequence[str]],
    event: TieEvent,
    expected: Sequence[int | None] = (),
    today: dt.date | None = None,
) -> list[Told]:
    """One act of an office's municipality ends several ties; all of them, or none.

    `ties`: the parties of each; `event`: what is told of every one, of kind `severed`. All bear
    one act, so that pages show it once. `expected`: versions in the order of `ties`.
    """
    if event.event != "severed" or not ties:
        raise Invalid(
            _("One act ends ties: choose the ties that it ended, and tell them as “severed”."),
            code="nothing_to_end",
        )
    telling = Telling(actor=actor, office=office, today=today or timezone.localdate())
    named = (office.place, event.date, event.act_number, *sorted(map(tie_subject, ties)))
    act = replace(event, act=event.act or public_id("act", *named))
    versions = [*expected, *[None] * (len(ties) - len(expected))]
    with audited(actor, "end_ties", act.act[:64]):
        check_can(actor, Permission.END_TIE, office=office)
        return [
            tell(telling, life_between(parties), act, expected=version)
            for parties, version in zip(ties, versions, strict=True)
        ]


def needed_for(event: TieEvent, life: Life) -> Permission:
    """The right that telling this event takes."""
    if event.planned:
        return Permission.TELL_EVENT
    if is_signing(event) or is_declaration(event):
        return Permission.SIGN
    if event.event == "active" and life.known.state in RESTING:
        return Permission.REVIVE_TIE
    return NEEDED.get(event.event, Permission.TELL_EVENT)


def tell(
    telling: Telling,
    life: Life,
    event: TieEvent,
    *,
    expected: int | None,
    instead_of: str = "",
) -> Told:
    """Guard, write and project one event, inside the caller's transaction and after its checks.

    `instead_of`: the id of a fact that the event corrects, and that is left out of what is known.
    """
    check_party(telling.office, life)
    version = next_version(life.tie, expected)
    life = life_between([party.key for party in life.known.parties])
    keys = [party.key for party in life.known.parties]
    event = without_local_detail(_settled(event, telling.today), keys)
    passed = passage(_case(telling, life, event, instead_of))
    statement = write_down(telling.office, life, event)
    project_ties(subjects=[tie_subject(keys)])
    record(
        actor=str(telling.actor),
        verb="tell_event",
        subject=life.tie,
        after={
            "version": version,
            "what": in_short(event),
            "office": telling.office.public_id,
            "statement": statement,
            "declared": sorted(telling.declared),
            "before": passed.before,
            "after": passed.after,
        },
    )
    remarks = passed.remarks + _of_the_partner(telling.office, life, event)
    return Told(life.tie, statement, replace(passed, remarks=remarks), version)


def in_short(event: TieEvent) -> str:
    """An event in a few words, without names of persons: for audit events and conflicts."""
    words = [event.event, event.date, event.instrument, event.act_number]
    return " ".join(word for word in words if word) + (" (planned)" if event.planned else "")


def check_party(office: Office, life: Life) -> None:
    """Raise NotAllowed (code `not_a_party`) unless the office's municipality is in the tie."""
    if life.known.party(office.place) is None:
        raise NotAllowed(
            _(
                "%(office)s is not a party to this tie. An office tells of its own ties only; "
                "choose a tie of your municipality."
            )
            % {"office": office.name},
            code="not_a_party",
            details={"tie": life.tie},
        )


def _settled(event: TieEvent, today: dt.date) -> TieEvent:
    """Keys as they stand today; an undated plan is told as of today."""
    body = party_of(event.body).key if is_place_key(event.body) else event.body
    signatures = tuple(
        {**signature, "party": party_of(signature["party"]).key} for signature in event.signatures
    )
    as_of = "" if event.date else today.isoformat()
    return replace(event, body=body, signatures=signatures, as_of=as_of)


def _case(telling: Telling, life: Life, event: TieEvent, instead_of: str) -> Case:
    facts = tuple(fact for fact in life.known.facts if fact.id != instead_of)
    return Case(
        told=event,
        known=replace(life.known, facts=facts),
        rules=rules_on(telling.today),
        today=telling.today,
        declared=telling.declared,
        counterpart=telling.counterpart,
    )


def _of_the_partner(office: Office, life: Life, event: TieEvent) -> tuple[Remark, ...]:
    """That the act told is another party's, who should confirm it."""
    party = life.known.party(event.body)
    if party is None or party.key == office.place:
        return ()
    text = _("This is an act of %(name)s: ask its office to confirm it.")
    return (Remark("partner_to_confirm", text % {"name": party.name}),)
