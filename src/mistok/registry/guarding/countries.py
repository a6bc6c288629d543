"""With which states a tie may be made (D2-11; F2-05 and F2-32)."""

from django.utils.translation import gettext as _

from mistok.kernel.errors import NotAllowed
from mistok.registry.aggressors import AggressorState
from mistok.registry.guarding.known import Case, Remark
from mistok.registry.lifecycle import ENDED, RESTING

HARMLESS = frozenset({"under_review"})
"""A review is a step towards an end as well as towards a future."""


def check_countries(case: Case) -> list[Remark]:
    """Refuse a new tie, or new life for an old one, with a state of the list; warn of others.

    What lies wholly before the list's date may be recorded, and what ends a tie always.
    """
    remarks = []
    countries = {party.country for party in case.known.parties}
    for state in case.rules.aggressors:
        if state.country not in countries:
            continue
        if _gives_life(case, state) and state.refused:
            raise NotAllowed(
                _refusal(state) % _words(case, state),
                code="partner_barred",
                details={"country": state.country, "since": state.since},
            )
        remarks.append(_remark(case, state))
    return remarks


def _refusal(state: AggressorState) -> str:
    if state.rule:
        return _(
            "%(names)s: no new tie is made with %(country)s: an administrator decided so (rule "
            "%(rule)s). %(ground)s What was before %(since)s may be recorded with its date, and "
            "the end of the tie always."
        )
    return _(
        "%(names)s: no new tie is made with %(country)s. %(ground)s Law 3668-IX "
        "forbids territorial cooperation with the aggressor state. What was before "
        "%(since)s may be recorded with its date, and the end of the tie always."
    )


def _gives_life(case: Case, state: AggressorState) -> bool:
    if case.target in (*ENDED, *RESTING) or case.told.event in HARMLESS:
        return False
    past = not case.told.planned and case.when and case.when.latest < state.first_day
    return not past


def _remark(case: Case, state: AggressorState) -> Remark:
    if state.refused:
        text = _("%(names)s: a tie with %(country)s is to be ended. %(ground)s")
        return Remark("to_be_ended", text % _words(case, state))
    text = _(
        "%(names)s: think twice before a tie with %(country)s. %(ground)s Ask your coordinator "
        "before you go on."
    )
    return Remark("partner_doubtful", text % _words(case, state))


def _words(case: Case, state: AggressorState) -> dict[str, str]:
    return {
        "names": case.names,
        "country": str(state.name),
        "ground": str(state.ground),
        "since": state.since,
        "rule": state.rule,
    }
