"""Lines of consignments that keep a promise made against a need."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.aid.consignments.flags import is_controlled
from mistok.aid.consignments.writing import new_id
from mistok.aid.lifecycle import State
from mistok.aid.models import AidLine, Consignment
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import Commitment
from mistok.needs.models.lines import NeedKind

LONGEST_NAME: Final = 400
NO_LONGER: Final = (State.REFUSED.value, State.RETURNED.value)
"""In these states a consignment keeps no promise."""


def check_commitments(office: Office, commitments: Sequence[Commitment]) -> list[Commitment]:
    """The promises read again: goods promised to the office by one giver, and not yet on the way.

    Raises Invalid (`no_commitments`), NotFound (`commitment_unknown`), Conflict
    (`commitment_not_open`, `commitment_in_consignment`, `not_goods`, `several_givers`).
    """
    if not commitments:
        raise Invalid(
            _("No commitment was chosen. Choose what comes, or record it without."),
            code="no_commitments",
        )
    found = [commitment_of(office, row.public_id) for row in commitments]
    for row in found:
        _check_fit(row)
    givers = {(row.giver_office_id, row.giver_place, row.giver_name) for row in found}
    if len(givers) > 1:
        raise Conflict(
            _("These commitments are of several givers. Record a consignment for each of them."),
            code="several_givers",
        )
    return list({row.pk: row for row in found}.values())


def commitment_of(office: Office, public_id: str, giver: Office | None = None) -> Commitment:
    """A promise to the office (by `giver`, where one is named) that waits to be kept, or was kept.

    Raises NotFound (`commitment_unknown`), Conflict (`commitment_not_open`).
    """
    rows = Commitment.objects.filter(need__office=office, public_id=public_id[:40])
    if giver is not None:
        rows = rows.filter(giver_office=giver)
    row = rows.select_related("need", "giver_office").first()
    if row is None:
        raise NotFound(
            _("There is no such commitment to the receiving office. Choose one of its list."),
            code="commitment_unknown",
        )
    if row.state not in (CommitmentState.MADE, CommitmentState.KEPT):
        raise Conflict(
            _(
                "This commitment does not stand: it was taken back, or still waits for somebody's "
                "word. Choose another one, or leave it out."
            ),
            code="commitment_not_open",
            details={"commitment": row.public_id},
        )
    return row


def line_of_commitment(row: Commitment, consignment: Consignment, position: int) -> AidLine:
    """A line that is not saved yet, of what was promised; what it is for stays as it was asked."""
    need = row.need
    item = row.instead_item or ("" if row.instead else need.item)
    known = item_of(item) if item else None
    catalogue = {lang: known.name(lang) for lang in ("uk", "en")} if known else {}
    own = {"en": row.instead[:LONGEST_NAME]} if row.instead else dict(need.text)
    made = AidLine(
        public_id=new_id("line"),
        consignment=consignment,
        position=position,
        names=catalogue or own,
        item=item,
        cluster=known.cluster if known else need.cluster,
        hs6=(known.hs6 or "") if known else ("" if row.instead else need.hs6),
        unit=row.unit or need.unit,
        amount=row.covers,
        used=bool(row.wear_percent),
        wear_percent=row.wear_percent,
        end_user=need.end_user,
        commitment=row,
    )
    made.restricted = need.restricted or is_controlled(made)
    return made


def _check_fit(row: Commitment) -> None:
    if row.need.kind != NeedKind.GOODS:
        raise Conflict(
            _("Know-how, hosting and partnerships come without a consignment. Choose goods."),
            code="not_goods",
        )
    coming = row.aid_lines.filter(removed_at__isnull=True)
    if coming.exclude(consignment__state__in=NO_LONGER).exists():
        raise Conflict(
            _(
                "One of these commitments is in a consignment already. Take it out there, or "
                "write a line for the part that comes with this one."
            ),
            code="commitment_in_consignment",
            details={"commitment": row.public_id},
        )
