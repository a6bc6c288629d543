"""Which consents a paper still lacks: ministry, councils, a body that has not answered (D2-05)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.registry.facts import Fact
from mistok.registry.guarding.known import Case, GuardRules, Order, Party
from mistok.registry.guarding.scope import Scope, scope_of
from mistok.registry.lifecycle import Guard
from mistok.registry.signings import PAPERS_MADE
from mistok.registry.stages import decides, open_submissions
from mistok.registry.words import MINISTRY, body_words


@dataclass(frozen=True, slots=True)
class Lack:
    """A consent that is not there: a stable code, and what paper would show it."""

    code: str
    paper: str


def lacks_before_signature(case: Case, party: Party, on: PartialDate | None) -> list[Lack]:
    """What a Ukrainian party's signature on this day lacks: order, decision, their order of time.

    Legacy papers lack nothing.
    """
    if scope_of(case.known.parties, on, case.rules, case.counterpart) is not Scope.COVERED:
        return []
    fresh = of_this_paper(case)
    order = _by_then((fact for fact in fresh if is_ministry_order(fact)), on)
    decision = _by_then((fact for fact in fresh if _is_decision(fact, party)), on)
    lacks = []
    if not order:
        lacks.append(Lack("ministry_order", _("the ministry's order that approves the draft")))
    if not decision:
        lacks.append(_lack_of_decision(fresh, party))
    if order and decision and _wrong_order(order, decision, case.rules):
        lacks.append(Lack("order_of_consents", _ORDERS[case.rules.order]()))
    return lacks


_ORDERS = {
    Order.MINISTRY_FIRST: lambda: _("a council decision that is later than the ministry's order"),
    Order.COUNCIL_FIRST: lambda: _("a ministry's order that is later than the council decision"),
}


def lacks_before_approval(case: Case) -> list[Lack]:
    """What is missing until a paper is approved: each side's consent, and every open answer."""
    real = of_this_paper(case)
    lacks: list[Lack] = []
    for party in case.known.parties:
        if party.country == "UA":
            lacks += lacks_before_signature(case, party, case.when)
        elif Guard.APPROVALS not in case.declared and not _decided(real, party):
            lacks.append(_lack_of_partner(party))
    # A summary of all consents answers nothing that lies with somebody still.
    own = [fact for fact in real if "told" not in fact.statements or fact.event.body]
    for sent in open_submissions(own):
        body = case.known.party(sent.event.body)
        name = body.name if body else body_words(sent.event.body)
        lacks.append(Lack("open_submission", _("the answer of %(name)s") % {"name": name}))
    return list(dict.fromkeys(lacks))


def lacks_before_declaration(case: Case) -> list[Lack]:
    """What is missing until all sides may declare their tie: each side's own decision by then."""
    told = _by_then(of_this_paper(case), case.when)
    lacks: list[Lack] = []
    for party in case.known.parties:
        if party.country == "UA":
            decided = any(_is_decision(fact, party) for fact in told)
            lacks += [] if decided else [_lack_of_decision(told, party)]
        elif Guard.APPROVALS not in case.declared and not _decided(told, party):
            lacks.append(_lack_of_partner(party))
    return lacks


def _lack_of_partner(party: Party) -> Lack:
    return Lack("partner_decision", _("the decision of %(name)s") % {"name": party.name})


def of_this_paper(case: Case) -> list[Fact]:
    """Facts since the last paper was signed, with what is told now; all where none was."""
    now = case.known.with_told(case.told, trust=case.trust)
    signed = [f for f in case.known.starts if f.event.event in PAPERS_MADE and f.when]
    last = max((fact.when for fact in signed if fact.when), default=None)
    return [
        fact
        for fact in now.real
        if last is None or fact.when is None or fact.when.latest > last.latest
    ]


def is_ministry_order(fact: Fact) -> bool:
    """Whether the ministry consented here."""
    event = fact.event
    by_ministry = event.body_kind == "ministry" or event.body == MINISTRY
    return event.event == "approved" and by_ministry


def _is_decision(fact: Fact, party: Party) -> bool:
    """The council's decision, or a military administration's act with its legal ground."""
    own = decides(fact) and fact.event.body == party.key
    if fact.event.body_kind == "military_administration":
        return own and bool(fact.event.ground)
    return own and fact.event.body_kind in ("", "council")


def _decided(real: Iterable[Fact], party: Party) -> bool:
    return any(decides(fact) and fact.event.body == party.key for fact in real)


def _lack_of_decision(fresh: Iterable[Fact], party: Party) -> Lack:
    administration = any(
        fact.event.body_kind == "military_administration" and fact.event.body == party.key
        for fact in fresh
    )
    if administration:
        return Lack(
            "legal_ground",
            _("the legal ground on which the military administration of %(name)s acts")
            % {"name": party.name},
        )
    return Lack(
        "council_decision",
        _("the council decision of %(name)s, or its military administration's act with ground")
        % {"name": party.name},
    )


def _by_then(facts: Iterable[Fact], on: PartialDate | None) -> list[Fact]:
    """Those that can lie on or before that day; an undated consent is believed."""
    return [
        fact for fact in facts if fact.when is None or on is None or fact.when.earliest <= on.latest
    ]


def _wrong_order(orders: list[Fact], decisions: list[Fact], rules: GuardRules) -> bool:
    """Whether the configured order is surely broken by every pair."""
    if rules.order is Order.ANY:
        return False
    pairs = [(order, decision) for order in orders for decision in decisions]
    if rules.order is Order.COUNCIL_FIRST:
        pairs = [(decision, order) for order, decision in pairs]
    return all(
        first.when and then.when and then.when.latest < first.when.earliest for first, then in pairs
    )
