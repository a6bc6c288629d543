"""Signatures, side by side: the agreement is signed when every side has signed (D2-08)."""

import datetime as dt
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.partnering.models import ProcedureRun, RunSide, SignatureRecord
from mistok.partnering.procedure.allowing import check_act
from mistok.partnering.procedure.course import course_of, ref_of
from mistok.partnering.procedure.services.writing import (
    Doing,
    check_takes_part,
    write_act,
    writing,
)
from mistok.partnering.procedure.states import Act, What
from mistok.partnering.procedure.telling import signature_word, tell_registry

SIGNING = ref_of(0, "signing")


def record_signature(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    on: dt.date,
    person: str,
    post: str,
    place: str = "",
    online: bool = False,
    expected: int | None = None,
    today: dt.date | None = None,
) -> SignatureRecord:
    """One side signed on a day; with the last side's signature the signing is done.

    Raises NotAllowed without the right, Conflict (`step_blocked` before the approvals, with what
    is missing; `signed_already`; `too_early`), Invalid for a nameless signatory or a day that
    cannot be, and what the registry's guards raise.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "record_signature") as audit:
        check_can(actor, Permission.SIGN, office=office)
        signing = _side(doing, side)
        _check_names(person, post)
        before = list(standing_signatures(run))
        _check_ground(doing, before, signing, on)
        parts = _parts(on, person, post, place, online)
        word = signature_word(run, list(run.sides.all()), signing, parts)
        told = tell_registry(actor=actor, office=office, word=word, today=doing.today)
        kept = _keep(doing, side, on, parts)
        dates = [*(one.date for one in before), on]
        last = len(dates) == run.sides.count()
        # The first signature puts the signing before the others, the last one ends it.
        act = Act(SIGNING, What.DONE if last else What.SUBMITTED, max(dates))
        write_act(doing, audit, act, data={"side": side}, telling=told)
        return kept


def standing_signatures(run: ProcedureRun) -> "models.QuerySet[SignatureRecord]":
    """Signatures that count: those since the signing was last taken back."""
    taken_back = run.records.filter(step=SIGNING.code, position=0, what=What.REOPENED)
    since = taken_back.aggregate(last=models.Max("run_version"))["last"] or 0
    return run.signatures.filter(after_version__gt=since)


def _keep(doing: Doing, side: int, on: dt.date, parts: Mapping[str, str]) -> SignatureRecord:
    return SignatureRecord.objects.create(
        run=doing.run,
        position=side,
        person=parts["person"],
        post=parts["office"],
        date=on,
        place=parts.get("place", ""),
        online="mode" in parts,
        recorded_at=doing.at,
        after_version=doing.run.version,
    )


def _side(doing: Doing, position: int) -> RunSide:
    """The side that signs: the office's own, or one without an office, for which it tells."""
    side = next((s for s in check_takes_part(doing) if s.position == position), None)
    if side is None:
        raise NotFound(
            _("This procedure has no side %(number)s. Choose the side that signed.")
            % {"number": position},
            code="side_unknown",
        )
    if side.office and side.office != doing.office.public_id:
        raise NotAllowed(
            _("%(side)s records its own signature. Ask its office.") % {"side": side.shown},
            code="not_your_side",
        )
    return side


def _check_ground(doing: Doing, before: list[SignatureRecord], side: RunSide, on: dt.date) -> None:
    """Whatever was signed before, each signature stands on the same ground."""
    if any(one.position == side.position for one in before):
        raise Conflict(
            _("%(side)s has signed already. Take the signing back first if it is wrong.")
            % {"side": side.shown},
            code="signed_already",
        )
    bare = course_of(doing.run, doing.today, without=SIGNING)
    check_act(bare, Act(SIGNING, What.SUBMITTED, on))


def _check_names(person: str, post: str) -> None:
    if not person.strip() or not post.strip():
        raise Invalid(
            _("Write who signed and in which office, for example “Mayor”."),
            code="signatory_missing",
        )


def _parts(on: dt.date, person: str, post: str, place: str, online: bool) -> dict[str, str]:
    told = {
        "person": person.strip()[:200],
        "office": post.strip()[:200],
        "date": on.isoformat(),
        "place": place.strip()[:120],
        "mode": "online" if online else "",
    }
    return {name: text for name, text in told.items() if text}
