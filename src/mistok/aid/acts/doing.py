"""Every act goes one way: permission, the same sent before, state, days, writing, the new state."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid import ledger
from mistok.aid.acts.commissions import checked_commission
from mistok.aid.acts.entries import Member
from mistok.aid.acts.full_disk import told_when_full
from mistok.aid.acts.places import checked_settlement
from mistok.aid.acts.settling import settle
from mistok.aid.consignments.refusing import check_past
from mistok.aid.consignments.writing import hold, in_short
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidAct, Consignment
from mistok.kernel.errors import Refusal

LONGEST: Final[Mapping[str, int]] = {"ground": 2000, "remarks": 4000, "signed_by": 200}
GROUND_NEEDED: Final = frozenset(
    {
        ActKind.REDISTRIBUTION,
        ActKind.RETURN,
        ActKind.WRITE_OFF,
        ActKind.LOSS,
        ActKind.SEIZURE,
    }
)
"""Acts by which goods leave otherwise than to those they came for: on what paper or event."""
COMMISSION_NEEDED: Final = frozenset({ActKind.ACCEPTANCE, ActKind.VALUATION, ActKind.WRITE_OFF})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What every act tells, whatever it does; `sent` are its lines as they were sent."""

    actor: Actor
    consignment: Consignment
    kind: ActKind
    day: dt.date
    key: str
    sent: Sequence[Any]
    settlement: str = ""
    ground: str = ""
    remarks: str = ""
    signed_by: str = ""
    commission: Sequence[Member] = ()
    expected: int | None = None
    at: dt.datetime | None = None
    today: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """An act under way: checked, in its transaction, with the consignment held."""

    told: Told
    at: dt.datetime
    today: dt.date
    texts: Mapping[str, str]
    commission: Sequence[Mapping[str, str]]

    @property
    def consignment(self) -> Consignment:
        """The consignment as it stands now."""
        return self.told.consignment

    @property
    def day(self) -> dt.date:
        """The day of the act."""
        return self.told.day

    def write(self, rows: Sequence[Row]) -> AidAct:
        """The act with what it says of each lot or line."""
        told = self.told
        return self._new(told.kind, told.key, _body(told), rows, None)

    def write_after(self, act: AidAct, kind: ActKind, rows: Sequence[Row]) -> AidAct:
        """An act that the system itself adds to another, under a key that follows from its key."""
        key = following_key(act.key, kind)
        return self._new(kind, key, {"follows": act.public_id}, rows, act)

    def _new(
        self, kind: ActKind, key: str, body: Row, rows: Sequence[Row], follows: AidAct | None
    ) -> AidAct:
        act, _fresh = ledger.new_act(
            office=self.consignment.office,
            consignment=self.consignment,
            kind=kind,
            day=self.day,
            key=key,
            body=body,
            by=self.told.actor,
            at=self.at,
            rows=rows,
            commission=self.commission,
            follows=follows,
            **self.texts,
        )
        return act


def do(told: Told, permission: Permission, write: Callable[[Doing], AidAct]) -> AidAct:
    """Run one act in one transaction; the same sent again gives the act that it gave before.

    `write` checks the state and the days of its own, then writes. Raises NotAllowed, Conflict
    (`key_reused`, `clock_back`, `consignment_changed`), Invalid (`day_to_come`, `key_unusable`,
    `text_missing`, `text_too_long`, `settlement_unknown`, what `checked_commission` raises),
    Unavailable (`disk_full`), and what `write` raises; then nothing is kept.
    """
    consignment, at = told.consignment, told.at or timezone.now()
    today = told.today or timezone.localdate(at)
    try:
        with (
            told_when_full(),
            audited(told.actor, f"record_{told.kind}", consignment.public_id) as event,
        ):
            check_can(told.actor, permission, office=consignment.office)
            # First the office's ledger, then the consignment: nobody waits in the other order.
            ledger.hold(consignment.office)
            before = ledger.act_with_key(
                consignment=consignment, kind=told.kind, key=told.key, body=_body(told)
            )
            if before is not None:
                consignment.refresh_from_db()
                return before
            hold(consignment, told.expected, steps=1)
            act = write(_checked(told, at, today))
            settle(consignment, day=told.day, by=told.actor, at=at)
            told_of_act = {"act": act.public_id, "number": f"{act.number}/{act.year}"}
            event.done(after=in_short(consignment) | told_of_act)
    except Refusal:
        consignment.refresh_from_db()
        raise
    return act


def following_key(key: str, kind: ActKind) -> str:
    """The key of an act that belongs to another: the same again for the same, of 64 signs."""
    return hashlib.sha256(f"{kind} after {key}".encode()).hexdigest()


def _checked(told: Told, at: dt.datetime, today: dt.date) -> Doing:
    check_past(told.day, today)
    names = {"ground": _("The ground"), "remarks": _("The remarks"), "signed_by": _("Signed by")}
    texts = {
        name: words(
            getattr(told, name),
            what=what,
            most=LONGEST[name],
            needed=name == "ground" and told.kind in GROUND_NEEDED,
        )
        for name, what in names.items()
    }
    texts["settlement"] = checked_settlement(told.settlement, told.consignment.office)
    commission = checked_commission(told.commission, needed=told.kind in COMMISSION_NEEDED)
    return Doing(told=told, at=at, today=today, texts=texts, commission=commission)


def _body(told: Told) -> dict[str, Any]:
    """What was sent, for telling a repetition from another act under the same key."""
    return {
        "day": told.day,
        "settlement": told.settlement,
        "ground": told.ground,
        "remarks": told.remarks,
        "signed_by": told.signed_by,
        "commission": [[member.name, member.duty] for member in told.commission],
        "rows": list(told.sent),
    }
