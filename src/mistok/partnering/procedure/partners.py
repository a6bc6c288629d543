"""With whom a procedure may be begun: places, countries, kinds of ties, ties that exist."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.partnering.models import ProcedureRun
from mistok.partnering.procedure.steps import KIND_GROUPS, Aim
from mistok.partnering.procedure.templates import template
from mistok.provenance.values import TIE_KINDS, TieEvent
from mistok.registry.guarding import Case, Counterpart, Party, TieKnown
from mistok.registry.guarding.countries import check_countries
from mistok.registry.guarding.scope import check_counterpart
from mistok.registry.lifecycle import IN_FORCE, RESTING
from mistok.registry.models import Kind, Municipality, Tie
from mistok.registry.services import municipalities
from mistok.registry.services.rules import rules_on


def places_of(keys: Sequence[str], *, most: int) -> list[Municipality]:
    """The places of the sides in their order, each once. Raises NotFound for an unknown key."""
    rows = municipalities(keys=keys)
    found = list({rows[key].pk: rows[key] for key in keys}.values())
    if len(found) < len(keys):
        raise Invalid(
            _("The same municipality is named twice. Name each side once."), code="side_twice"
        )
    if len(found) > most:
        raise Invalid(
            _("%(count)s sides are too many; %(most)s are the most.")
            % {"count": len(found), "most": most},
            code="too_many_sides",
        )
    return found


def check_kind(kind: str, options: Mapping[str, str]) -> None:
    """Refuse an unknown kind of tie, and a declaration in place of a paper where one is needed."""
    if kind not in TIE_KINDS:
        raise Invalid(
            _("“%(kind)s” is no kind of tie. Choose one of: %(all)s.")
            % {"kind": kind[:40], "all": ", ".join(sorted(str(word) for word in Kind.labels))},
            code="kind_unknown",
        )
    if "declaration" in template("shared").chosen(options) and kind not in KIND_GROUPS["light"]:
        raise Invalid(
            _("Only a solidarity partnership or a contact is made by a declaration alone."),
            code="paper_needed",
        )


def check_partners(
    sides: Sequence[Municipality], counterpart: Counterpart, today: dt.date
) -> list[str]:
    """Refuse an aggressor state and what is no authority; gives warnings about the others."""
    lang = get_language() or "en"
    parties = tuple(Party(s.key, s.country, s.name_in(lang)) for s in sides)
    case = Case(
        told=TieEvent(event="contact", date=today.isoformat()),
        known=TieKnown(parties),
        rules=rules_on(today),
        today=today,
        counterpart=counterpart,
    )
    check_counterpart(case)
    return [remark.message for remark in check_countries(case)]


def parties_of(tie: str, office: Office) -> list[str]:
    """The keys of the parties of a tie of the office's own municipality, that one first.

    Raises NotFound (`tie_unknown`), NotAllowed (`not_a_party`).
    """
    parties = _tie(tie).parties.select_related("municipality")
    keys = [party.municipality.key for party in parties]
    if office.place not in keys:
        raise NotAllowed(
            _("%(office)s is no party to this tie, so it cannot end it.") % {"office": office.name},
            code="not_a_party",
        )
    return [office.place, *(key for key in keys if key != office.place)]


def check_tie(tie: str) -> str:
    """Refuse to suspend or end what is not in force; gives the kind of the tie."""
    found = _tie(tie)
    if found.state not in (*IN_FORCE, *RESTING):
        raise Conflict(
            _(
                "Nothing says that this tie is in force, so it cannot be suspended or ended. Look "
                "at its page; tell there when it began."
            ),
            code="tie_not_in_force",
            details={"state": found.state},
        )
    return str(found.kind)


def check_no_other(aim: Aim, sides: Sequence[Municipality]) -> None:
    """Refuse a second procedure with the same aim between the same sides, while one goes on."""
    wanted = {side.key for side in sides}
    near = ProcedureRun.objects.going_on().filter(aim=aim, sides__place=sides[0].key)
    for run in near.prefetch_related("sides"):
        if len(wanted) > 1 and {side.place for side in run.sides.all()} == wanted:
            raise Conflict(
                _("These sides are under way already. Open their procedure %(id)s.")
                % {"id": run.public_id},
                code="run_open_already",
                details={"run": run.public_id},
            )


def _tie(public_id: str) -> Tie:
    tie = Tie.objects.filter(public_id=public_id).first()
    if tie is None:
        raise NotFound(
            _("There is no tie %(id)s here. Find it on the page of one of its partners.")
            % {"id": public_id[:40]},
            code="tie_unknown",
        )
    return tie
