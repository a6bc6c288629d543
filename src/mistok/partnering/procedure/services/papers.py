"""Papers made from the record, and scans of what was signed."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.kernel.ids import public_id
from mistok.papers import Paper, compose, to_docx, to_pdf
from mistok.partnering.models import PaperVersion, ProcedureRun, RunSide, SignedScan
from mistok.partnering.models.procedure.papers import Access
from mistok.partnering.procedure.files import checked_type
from mistok.partnering.procedure.filling import known_slots, missing_slots
from mistok.partnering.procedure.services.writing import (
    Doing,
    check_takes_part,
    writing,
)
from mistok.partnering.procedure.words import OF_ONE_HOUSE, PAPERS

MOST_SIGNATORIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanTold:
    """What the person who uploads a scan says of it. `signatories` are names with their posts."""

    kind: str
    name: str
    signed_on: dt.date
    signatories: Sequence[Mapping[str, str]]
    of: str = ""


def make_paper(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    kind: str,
    languages: Sequence[str],
    slots: Mapping[str, Any],
    step: str = "",
    expected: int | None = None,
    today: dt.date | None = None,
) -> PaperVersion:
    """Make a paper in one to three languages, as PDF and DOCX, and keep it with its slots.

    What the record knows is filled in; `slots` says the rest and comes first. Each version is a
    row of its own. Raises Invalid (`slot_missing` with every obligatory slot that is empty, and
    what `mistok.papers.compose` raises), NotFound (`side_unknown`, `paper_unknown`).
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "make_paper", Permission.DO_STEP) as audit:
        maker = own_side(doing, side)
        _check_kind(kind)
        known = known_slots(run, maker, office, kind, languages)
        filled = merged(known, slots)
        _check_all_there(kind, filled)
        paper = compose(kind, languages, filled, office=office.name)
        made = _kept(doing, side, kind, paper, filled, step)
        audit.done(
            after={
                "version": run.version,
                "office": office.public_id,
                "paper": made.public_id,
                "kind": kind,
                "number": made.number,
                "sha256": made.pdf_sha256,
            }
        )
        return made


def upload_scan(
    *,
    actor: Actor,
    office: Office,
    run: ProcedureRun,
    side: int,
    content: bytes,
    told: ScanTold,
    expected: int | None = None,
    today: dt.date | None = None,
) -> SignedScan:
    """Keep the scan of a signed paper: its hash, its day and who signed.

    The bytes decide of what type it is. Raises Invalid (`file_…`, `signatory_missing`,
    `day_in_the_future`), Conflict (`scan_known`) for the same file again.
    """
    doing = Doing.of(actor, office, run, expected, today)
    with writing(doing, "upload_scan", Permission.UPLOAD_SCAN) as audit:
        own_side(doing, side)
        _check_kind(told.kind)
        content_type = checked_type(content, told.name)
        sha256 = hashlib.sha256(content).hexdigest()
        _check_told(doing, told, sha256)
        scan = _kept_scan(doing, side, content, content_type, told)
        after = {"version": run.version, "office": office.public_id, "kind": told.kind}
        audit.done(after={**after, "scan": scan.public_id, "sha256": sha256})
        return scan


def access_of(kind: str) -> Access:
    """Who may read a paper of this kind."""
    return Access.INTERNAL if kind in OF_ONE_HOUSE else Access.PARTNER


def merged(known: Mapping[str, Any], slots: Mapping[str, Any]) -> dict[str, Any]:
    """What a person filled in over what the record knows; rows are merged cell by cell."""
    found = dict(known)
    for name, value in slots.items():
        if name in known and _are_rows(known[name]) and _are_rows(value):
            there = [*known[name], *[{}] * len(value)]
            found[name] = [{**a, **b} for a, b in zip(there, value, strict=False)]
        else:
            found[name] = value
    return found


def own_side(doing: Doing, position: int) -> RunSide | None:
    """The side for which a paper is made: the office's own, one without an office, or all (0)."""
    sides = check_takes_part(doing)
    if position == 0:
        return None
    mine = ("", doing.office.public_id)
    side = next((s for s in sides if s.position == position and s.office in mine), None)
    if side is None:
        raise NotFound(
            _("This procedure has no side %(number)s of yours. Choose your own side, or all.")
            % {"number": position},
            code="side_unknown",
        )
    return side


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _check_kind(kind: str) -> None:
    if kind not in PAPERS:
        raise NotFound(
            _("There is no paper of the kind “%(kind)s”. Choose one of the list.")
            % {"kind": kind[:40]},
            code="paper_unknown",
        )


def _check_all_there(kind: str, slots: Mapping[str, Any]) -> None:
    missing = missing_slots(kind, slots)
    if missing:
        raise Invalid(
            _("%(paper)s: still to be filled in: %(slots)s.")
            % {"paper": PAPERS[kind], "slots": ", ".join(missing)},
            code="slot_missing",
            details={"kind": kind, "slots": missing},
        )


def _kept(
    doing: Doing, side: int, kind: str, paper: Paper, slots: Mapping[str, Any], step: str
) -> PaperVersion:
    pdf, docx = to_pdf(paper), to_docx(paper)
    run = doing.run
    number = run.papers.filter(position=side, kind=kind).count() + 1
    name = f"{run.public_id}/{kind}-{side}-{number}"
    return PaperVersion.objects.create(
        public_id=public_id("paper", secrets.token_hex(16)),
        run=run,
        position=side,
        step=step,
        kind=kind,
        number=number,
        languages=list(paper.languages),
        slots=dict(slots),
        template_version=paper.version,
        access=access_of(kind),
        pdf=ContentFile(pdf, name=f"{name}.pdf"),
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        docx=ContentFile(docx, name=f"{name}.docx"),
        docx_sha256=hashlib.sha256(docx).hexdigest(),
        made_by=str(doing.actor),
        office=doing.office.public_id,
        made_at=doing.at,
    )


def _kept_scan(
    doing: Doing, side: int, content: bytes, content_type: str, told: ScanTold
) -> SignedScan:
    sha256 = hashlib.sha256(content).hexdigest()
    return SignedScan.objects.create(
        public_id=public_id("scan", secrets.token_hex(16)),
        run=doing.run,
        position=side,
        kind=told.kind,
        of=_paper(doing.run, told.of),
        file=ContentFile(content, name=f"{doing.run.public_id}/{sha256[:16]}"),
        content_type=content_type,
        size=len(content),
        sha256=sha256,
        signed_on=told.signed_on,
        signatories=[dict(one) for one in told.signatories],
        access=access_of(told.kind),
        uploaded_by=str(doing.actor),
        office=doing.office.public_id,
        uploaded_at=doing.at,
    )


def _check_told(doing: Doing, told: ScanTold, sha256: str) -> None:
    if told.signed_on > doing.today:
        raise Invalid(
            _("%(day)s is still to come: nobody signed then.") % {"day": told.signed_on},
            code="day_in_the_future",
        )
    names = [str(one.get("person", "")).strip() for one in told.signatories]
    if not names or not all(names) or len(names) > MOST_SIGNATORIES:
        raise Invalid(
            _("Write the name of everybody who signed the paper."), code="signatory_missing"
        )
    if doing.run.scans.filter(sha256=sha256).exists():
        raise Conflict(
            _("This very file is here already. Nothing more is needed."), code="scan_known"
        )


def _paper(run: ProcedureRun, paper: str) -> PaperVersion | None:
    if not paper:
        return None
    found = run.papers.filter(public_id=paper).first()
    if found is None:
        raise NotFound(
            _("This procedure has no paper %(id)s. Choose one of its papers.") % {"id": paper[:40]},
            code="paper_unknown",
        )
    return found
