"""Who stands before a tie, and for which office: the parties' own pages are for nobody else."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts import mfa, sentences
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.selectors import memberships_of
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import NotAllowed, NotFound
from mistok.kernel.ids import is_public_id
from mistok.provenance.models import Statement
from mistok.registry.life import Life, life_between
from mistok.registry.models import Tie
from mistok.registry.selectors import public_tie
from mistok.web.account.second_factor import used_second_factor
from mistok.web.offices.acting import binds
from mistok.web.words import lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person at the desk of one office, with a tie of its municipality before her."""

    request: HttpRequest
    actor: Actor
    office: Office
    life: Life
    choices: tuple[Office, ...] = ()

    @property
    def keys(self) -> list[str]:
        """Keys of all parties."""
        return [party.key for party in self.life.known.parties]

    @property
    def names(self) -> str:
        """The parties by name in the reader's language."""
        return " – ".join(party.name for party in self.life.known.parties)

    @property
    def is_public(self) -> bool:
        """Whether everybody can read of the tie."""
        return Tie.objects.public().filter(public_id=self.life.tie).exists()

    def fresh(self) -> "Seat":
        """The same before the tie as it stands now."""
        return replace(self, life=life_between(self.keys, lang()))

    def may(self, right: Permission) -> bool:
        """Whether the right is there; a second factor that is missing is told when it is tried."""
        return not self.why_not(right)

    def why_not(self, right: Permission) -> str:
        """Why this person has not the right, in a sentence; empty when she has it."""
        return why_not(self.actor, right, self.office)


def why_not(actor: Actor, right: Permission, office: Office) -> str:
    """Why a right is not there; empty where it is, or would be but for a second factor."""
    try:
        check_can(actor, right, office=office)
    except NotAllowed as refusal:
        return "" if refusal.code in FACTOR_CODES else str(refusal)
    return ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """For what a page is: the verb under which a refusal is kept, and a right that it takes."""

    verb: str
    right: Permission


TELLING = Purpose("tell_event", Permission.TELL_EVENT)
CONFIRMING = Purpose("confirm_fact", Permission.CONFIRM_FACTS)
ENDING = Purpose("end_ties", Permission.END_TIE)


def seat_of(request: HttpRequest, public_id: str, purpose: Purpose) -> Seat:
    """This person's place before a tie. Raises NotFound, NotAllowed.

    What is not public is not there for anybody but its parties. The refusal of a form is kept.
    """
    keys, is_public = _parties(public_id)
    actor = Actor(user=request.user)
    life = life_between(keys, lang())
    places = [party.key for party in life.known.parties]
    own = [office for office in readable_offices(actor) if office.place in places]
    office = _named(request, own)
    if office is not None:
        return Seat(request=request, actor=actor, office=office, life=life, choices=tuple(own))
    if not is_public:
        raise _unknown()
    mine = [one for one in _offices(actor) if one.place in places]
    raise _turned_away(request, purpose, life.tie, mine)


def own_seat(request: HttpRequest, partners: Sequence[str], purpose: Purpose) -> Seat:
    """A place before a tie that one's own office names by its partners. Raises NotAllowed."""
    actor = Actor(user=request.user)
    own = readable_offices(actor)
    office = _named(request, own)
    if office is None:
        who = actor.person.public_id if actor.person else "nobody"
        raise _turned_away(request, purpose, who, _offices(actor))
    life = life_between([office.place, *partners], lang())
    return Seat(request=request, actor=actor, office=office, life=life, choices=tuple(own))


def _turned_away(
    request: HttpRequest, purpose: Purpose, subject: str, mine: Sequence[Office]
) -> NotAllowed:
    """Why this person has no seat here; kept where she has sent a form."""
    refusal = _why_waiting(mine) or _why_not(request, purpose, mine) or _no_party()
    if request.method == "POST":
        with suppress(NotAllowed), audited(Actor(user=request.user), purpose.verb, subject):
            raise refusal
    return refusal


def _why_not(request: HttpRequest, purpose: Purpose, mine: Sequence[Office]) -> NotAllowed | None:
    """What the rights say of a member whose role does not read the papers of her office."""
    try:
        for office in mine:
            check_can(request.user, purpose.right, office=office)
    except NotAllowed as refusal:
        return refusal
    return None


def _why_waiting(offices: Sequence[Office]) -> NotAllowed | None:
    """Why one's own office cannot act yet; none where it can, but not by this person."""
    waiting = (one for one in offices if one.contested or one.state != OfficeState.VERIFIED)
    office = next(waiting, None)
    return sentences.office_cannot(office) if office else None


def _parties(public_id: str) -> tuple[list[str], bool]:
    """Keys of the parties of a tie, and whether it is public. Raises NotFound."""
    try:
        tie = public_tie(public_id)
    except NotFound:
        keys = told_parties(public_id)
        if not keys:
            raise _unknown() from None
        return keys, False
    return [seat.municipality.key for seat in tie.parties.all()], True


def told_parties(public_id: str) -> list[str]:
    """Parties as statements name them that nobody else may read."""
    if not is_public_id(public_id, "tie"):
        return []
    said = Statement.objects.standing().about(public_id).filter(prop="party")
    return sorted({one.value for one in said})


def _unknown() -> NotFound:
    return NotFound(
        _("There is no tie with this address. Look for it under one of its parties."),
        code="tie_unknown",
    )


def _no_party() -> NotAllowed:
    return NotAllowed(
        _(
            "A tie is told by the verified offices of its partners, and you are of none. Everybody "
            "reads the page of the tie. Do you work for a partner? Claim its office on its page."
        ),
        code="not_a_party",
    )


def _offices(actor: Actor) -> list[Office]:
    """The living offices of which this person is, each once."""
    if actor.person is None:
        return []
    found = {one.office.pk: one.office for one in memberships_of(actor.person) if one.office}
    return list(found.values())


def readable_offices(actor: Actor) -> list[Office]:
    """The verified offices whose working papers this person reads.

    An office that has only been claimed may be anybody's: it is not let in here.
    """
    return [
        office
        for office in _offices(actor)
        if office.state == OfficeState.VERIFIED
        and not office.contested
        and can(actor, Permission.READ_WORKING_PAPERS, office=office)
    ]


def _named(request: HttpRequest, offices: Sequence[Office]) -> Office | None:
    """The office that form or address names, else the first; a form must name one of its own."""
    told = request.POST.get("office", "")
    asked = told or request.GET.get("office", "")
    named = next((office for office in offices if office.public_id == asked), None)
    return named or (offices[0] if offices and not told else None)


def check_shown(seat: Seat, verb: str, right: Permission) -> None:
    """Refuse a binding act in a session that has not shown the second factor.

    Raises NotAllowed (`second_factor_not_shown`), which is kept in the audit trail.
    """
    person = seat.actor.person
    if person is None or not binds(person, seat.office, right):
        return
    if mfa.has_second_factor(person) and not used_second_factor(seat.request):
        with audited(seat.actor, verb, seat.life.tie):
            check_can(seat.actor, right, office=seat.office)
            raise NotAllowed(
                _(
                    "This act binds, and this session has not shown your second factor yet. "
                    "Show it, then do it again."
                ),
                code="second_factor_not_shown",
            )
