"""A consignment begins: the receiver records what is coming, or a partner offers it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_acts, check_can
from mistok.accounts.selectors import verified_office
from mistok.aid.consignments.checking import check_donor_country, checked
from mistok.aid.consignments.entries import ConsignmentEntry
from mistok.aid.consignments.kept_promises import check_commitments, line_of_commitment
from mistok.aid.consignments.refusing import check_past
from mistok.aid.consignments.writing import check_may_have_lines, in_short, new_id
from mistok.aid.lifecycle import State
from mistok.aid.models import AidLine, Consignment, Passage
from mistok.kernel.errors import Invalid, NotAllowed
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines import partner_places
from mistok.needs.models import Commitment
from mistok.needs.models.answers import Giver
from mistok.registry.gazetteer import the_world

FIRST: Final = (State.ACCEPTED, State.OFFERED)
PROMISED: Final = (CommitmentState.MADE, CommitmentState.KEPT)


def open_consignment(
    *,
    actor: Actor,
    office: Office,
    entry: ConsignmentEntry,
    day: dt.date,
    state: State = State.ACCEPTED,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Consignment:
    """The receiving office records what is coming to it, as accepted or still offered.

    Raises NotAllowed, Invalid (`day_to_come`, `state_not_first`), and what `checking.checked`
    raises.
    """
    at = at or timezone.now()
    with audited(actor, "open_consignment", office.public_id) as act:
        check_can(actor, Permission.WRITE_CONSIGNMENT, office=office)
        if state not in FIRST:
            raise Invalid(
                _("A consignment begins as offered or accepted. Choose one of the two."),
                code="state_not_first",
            )
        check_past(day, today or timezone.localdate(at))
        made = begun(office, checked(entry, office, day), State(state), day, actor, at)
        act.done(about=made.public_id, after=in_short(made))
    return made


def offer_consignment(
    *,
    actor: Actor,
    giver: Office,
    receiver: Office,
    entry: ConsignmentEntry,
    day: dt.date,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Consignment:
    """A giving office offers a consignment to a municipality that it has a tie or a promise with.

    The giver is the office itself, whatever the entry says of the donor. Raises NotAllowed
    (`no_tie_with_receiver`, `donor_barred`), Invalid (`day_to_come`, `donor_is_receiver`), and
    what `checking.checked` raises.
    """
    at = at or timezone.now()
    with audited(actor, "offer_consignment", giver.public_id) as act:
        check_can(actor, Permission.GIVE_AID, office=giver)
        check_past(day, today or timezone.localdate(at))
        _check_tied(giver, receiver)
        check_acts(receiver)
        check_donor_country(giver.country, day)
        fields = checked(replace(entry, donor_place=""), receiver, day)
        fields |= {"donor_office": giver, "donor_place": giver.place, "donor_name": giver.name}
        made = begun(receiver, fields, State.OFFERED, day, actor, at)
        act.done(about=made.public_id, after=in_short(made, giver))
    return made


def from_commitments(
    *,
    actor: Actor,
    office: Office,
    commitments: Sequence[Commitment],
    entry: ConsignmentEntry,
    day: dt.date,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> Consignment:
    """What was promised to the office comes: an accepted consignment with a line for each promise.

    The giver is who promised; of a private giver the entry may name the municipality. Raises
    NotAllowed (`donor_barred`), Conflict (`no_lines_for_military`, `several_givers`,
    `commitment_not_open`, `commitment_in_consignment`, `not_goods`), Invalid (`no_commitments`,
    `day_to_come`), NotFound (`commitment_unknown`), and what `checking.checked` raises.
    """
    at = at or timezone.now()
    with audited(actor, "open_consignment", office.public_id) as act:
        check_can(actor, Permission.WRITE_CONSIGNMENT, office=office)
        check_past(day, today or timezone.localdate(at))
        promised = check_commitments(office, commitments)
        fields = checked(entry, office, day)
        check_may_have_lines(fields["regime"])
        fields |= _giver(promised[0], day)
        made = begun(office, fields, State.ACCEPTED, day, actor, at)
        AidLine.objects.bulk_create(
            line_of_commitment(row, made, position) for position, row in enumerate(promised, 1)
        )
        ids = [row.public_id for row in promised]
        act.done(about=made.public_id, after=in_short(made) | {"commitments": ids})
    return made


def begun(
    office: Office,
    fields: dict[str, Any],
    state: State,
    day: dt.date,
    actor: Actor,
    at: dt.datetime,
) -> Consignment:
    """The row of a consignment with its first passage, inside the caller's transaction."""
    made = Consignment.objects.create(
        public_id=new_id("consignment"),
        office=office,
        state=state.value,
        state_since=day,
        written_by=str(actor),
        written_at=at,
        changed_at=at,
        **fields,
    )
    Passage.objects.create(
        consignment=made, before="", after=state.value, day=day, by=str(actor), at=at
    )
    return made


def _giver(promise: Commitment, day: dt.date) -> dict[str, Any]:
    """Who promised, as far as the promise tells it; a citizen is not named."""
    if promise.giver == Giver.CITIZEN:
        return {}
    told: dict[str, Any] = {"donor_name": promise.giver_name}
    if promise.giver_place:
        check_donor_country(the_world().get(promise.giver_place).country, day)
        office = promise.giver_office or verified_office(promise.giver_place)
        told |= {"donor_place": promise.giver_place, "donor_office": office}
    return told


def _check_tied(giver: Office, receiver: Office) -> None:
    """Goods are offered to partners, or to whom something was promised."""
    if giver.pk == receiver.pk or giver.place == receiver.place:
        raise Invalid(
            _("The giver and the receiver are the same municipality. Choose another receiver."),
            code="donor_is_receiver",
        )
    promised = Commitment.objects.filter(
        giver_office=giver, need__office=receiver, state__in=PROMISED
    )
    if receiver.place in partner_places([giver.place]) or promised.exists():
        return
    raise NotAllowed(
        _(
            "%(receiver)s has no tie with your municipality, and you have promised it nothing. "
            "Answer one of its needs first, or found a tie."
        )
        % {"receiver": receiver.name},
        code="no_tie_with_receiver",
    )
