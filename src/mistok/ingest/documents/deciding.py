"""A person decides: accepted proposals become statements with their source, others stay told.

Everything of one decision is one transaction: state, statements, what readers see, audit event.
Audit events hold codes, numbers and ids; neither words of the text nor reasons in words.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import Act, audited
from mistok.ingest.documents.checking import corrected_content
from mistok.ingest.documents.citing import ground_of
from mistok.ingest.documents.contents import Content
from mistok.ingest.documents.mapping import assertions_of, subject_of
from mistok.ingest.documents.policies import check_can_review
from mistok.ingest.models import Document, Proposal
from mistok.kernel.errors import Conflict, Invalid, Refusal
from mistok.provenance.models import Statement
from mistok.provenance.services import Assertion, observe
from mistok.registry.services import project_supports, project_ties

ORIGIN: Final = "reading"
LONGEST_REASON: Final = 400
State = Proposal.State


def accept(
    *,
    actor: Actor,
    proposal: Proposal,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Proposal:
    """Take a proposal as it was read: its statements stand in the registry from now on.

    `expected`: the version that the reviewer saw. Raises NotAllowed, Conflict
    (`proposal_changed`, `statement_withdrawn_before`), and Invalid where the registry cannot hold
    it and it must be corrected first (`party_unknown`, `parties_missing`, `receiver_missing`).
    """
    with _deciding(actor, proposal, "accept_proposal", expected) as act:
        _state(actor, proposal, proposal.content, at or timezone.now())
        _tell(act, proposal)
    return proposal


def correct(
    *,
    actor: Actor,
    proposal: Proposal,
    content: Content,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Proposal:
    """Take what the reviewer made of a proposal; what was read stays beside it.

    `content` in the shape of the reading. A party of what is corrected must lie in the reviewer's
    scope too. Raises what `accept` raises, and Invalid as `corrected_content` does.
    """
    with _deciding(actor, proposal, "correct_proposal", expected) as act:
        meant = corrected_content(proposal.what, proposal.content, content)
        check_can_review(actor, proposal.what, meant)
        proposal.corrected = meant
        _state(actor, proposal, meant, at or timezone.now(), state=State.CORRECTED, corrected=meant)
        _tell(act, proposal)
    return proposal


def reject(
    *,
    actor: Actor,
    proposal: Proposal,
    reason: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Proposal:
    """Refuse a proposal, with the reason: who meets the claim again is told of it.

    Raises NotAllowed, Conflict (`proposal_changed`), Invalid (`reason_missing`).
    """
    with _deciding(actor, proposal, "reject_proposal", expected) as act:
        if not reason.strip():
            raise Invalid(
                _("Say why it is rejected: whoever meets the same claim again reads it."),
                code="reason_missing",
            )
        told = {"reason": reason.strip()[:LONGEST_REASON]}
        _settle(actor, proposal, State.REJECTED, at or timezone.now(), **told)
        _tell(act, proposal)
    return proposal


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of several at once: those accepted, and why others were left open."""

    accepted: tuple[Proposal, ...]
    left: tuple[tuple[Proposal, Refusal], ...]


def accept_all(
    *,
    actor: Actor,
    document: Document,
    chosen: Mapping[str, int] | None = None,
    at: dt.datetime | None = None,
) -> Taken:
    """Accept all that stand open, or those `chosen` (public id and the version that was seen).

    What cannot be accepted as it stands is left open and told; the others are accepted all the
    same. Raises Invalid (`nothing_chosen`), and the first refusal when nothing could be accepted.
    """
    at = at or timezone.now()
    with audited(actor, "accept_proposals", document.public_id) as act:
        _hold(document.pk)
        rows = document.proposals.filter(state=State.OPEN).select_related("document")
        rows = rows if chosen is None else rows.filter(public_id__in=chosen)
        accepted, left = _accept_each(actor, list(rows.order_by("number")), chosen or {}, at)
        if not accepted:
            raise left[0][1] if left else _nothing_chosen()
        act.done(after={"accepted": len(accepted), "left": len(left)})
    document.refresh_from_db()
    return Taken(tuple(accepted), tuple(left))


def _accept_each(
    actor: Actor, rows: Sequence[Proposal], versions: Mapping[str, int], at: dt.datetime
) -> tuple[list[Proposal], list[tuple[Proposal, Refusal]]]:
    accepted: list[Proposal] = []
    left: list[tuple[Proposal, Refusal]] = []
    for proposal in rows:
        try:
            with transaction.atomic():
                check_can_review(actor, proposal.what, proposal.content)
                _check_open(proposal, versions.get(proposal.public_id))
                _state(actor, proposal, proposal.content, at)
        except Refusal as refusal:
            left.append((proposal, refusal))
        else:
            accepted.append(proposal)
    return accepted, left


def _nothing_chosen() -> Invalid:
    return Invalid(
        _("Nothing that stands open was chosen. Tick what is to be accepted."),
        code="nothing_chosen",
    )


@contextmanager
def _deciding(actor: Actor, proposal: Proposal, verb: str, expected: int | None) -> Iterator[Act]:
    """One transaction in which the document is held; after a refusal `proposal` is as it stands."""
    try:
        with audited(actor, verb, proposal.public_id) as act:
            check_can_review(actor, proposal.what, proposal.content)
            _hold(proposal.document_id)
            _check_open(proposal, expected)
            yield act
    except Refusal:
        proposal.refresh_from_db()
        raise


def _hold(document: int) -> None:
    """Nobody else decides of this document until the transaction ends."""
    Document.objects.select_for_update().get(pk=document)


def _check_open(proposal: Proposal, expected: int | None) -> None:
    """Raise Conflict unless it still stands open, as the reviewer saw it."""
    proposal.refresh_from_db(fields=["state", "version"])
    if proposal.state == State.OPEN and expected in (None, proposal.version):
        return
    sentences = {
        State.OPEN: _("The proposal has changed since you opened the page. Look at it again."),
        State.SUPERSEDED: _(
            "The document was read anew, and this proposal does not stand any more. Look at the "
            "new ones."
        ),
        State.REJECTED: _("Somebody has rejected this proposal already. Read the reason there."),
    }
    decided = _("Somebody has accepted this proposal already, so there is nothing more to do.")
    raise Conflict(
        sentences.get(State(proposal.state), decided),
        code="proposal_changed",
        details={"state": proposal.state},
    )


def _state(
    actor: Actor,
    proposal: Proposal,
    content: Content,
    at: dt.datetime,
    *,
    state: str = State.ACCEPTED,
    **fields: Any,
) -> None:
    """Write the statements, make anew what readers see, and settle the proposal."""
    assertions = assertions_of(proposal.what, content, ground_of(proposal.document))
    _refuse_withdrawn(assertions)
    observe(assertions=assertions, origin=ORIGIN, seen_at=at)
    subjects = {assertion.subject for assertion in assertions}
    project_ties(subjects=[one for one in subjects if one.startswith("tie_")])
    project_supports(subjects=[one for one in subjects if one.startswith("support_")])
    fields |= {
        "subject": subject_of(assertions),
        "statements": list(dict.fromkeys(assertion.id for assertion in assertions)),
    }
    _settle(actor, proposal, state, at, **fields)


def _refuse_withdrawn(assertions: Sequence[Assertion]) -> None:
    """What a person took back does not come again by reading the same words of the same source."""
    fallen = Statement.objects.filter(
        pk__in={assertion.id for assertion in assertions}, withdrawn_at__isnull=False
    )
    if fallen.exists():
        raise Conflict(
            _(
                "This source said the same before, and somebody withdrew it with a reason; it "
                "stands on the page of the source. Reject the proposal, or correct it."
            ),
            code="statement_withdrawn_before",
        )


def _settle(actor: Actor, proposal: Proposal, state: str, at: dt.datetime, **fields: Any) -> None:
    rows = Proposal.objects.filter(pk=proposal.pk, state=State.OPEN, version=proposal.version)
    done = {"state": state, "decided_by": str(actor), "decided_at": at, **fields}
    rows.update(version=F("version") + 1, **done)
    proposal.refresh_from_db()
    count_open(proposal.document)


def count_open(document: Document) -> None:
    """Bring the count of open proposals up to date; the document is held by the caller."""
    document.open_proposals = document.proposals.filter(state=State.OPEN).count()
    document.save(update_fields=["open_proposals"])


def _tell(act: Act, proposal: Proposal) -> None:
    act.done(
        after={
            "document": proposal.document.public_id,
            "what": proposal.what,
            "state": proposal.state,
            "subject": proposal.subject,
            "statements": len(proposal.statements),
        }
    )
