"""Which papers a consignment can have, who reads and makes each, and what it waits for.

Who reads follows facts section 10: what giver and receiver show each other, and what stays in the
receiving office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.aid.acts import living_acts
from mistok.aid.consignments import living_lines
from mistok.aid.lifecycle import CODED, ENDED, WITHOUT_GOODS, ActKind
from mistok.aid.models import AidAct, Consignment
from mistok.aid.models.files import Readers
from mistok.aid.papers.shown import shown_lines
from mistok.aid.papers.sides import language_of_giver, language_of_receiver
from mistok.papers import template

BOTH, INTERNAL = Readers.BOTH, Readers.INTERNAL


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRule:
    """One kind of paper: who reads it, from which act it is made, and where it is of use.

    `by_giver`: the giving office may make it too. `by_store`: whoever receives goods may.
    `both_sign`: it is made in the languages of both sides unless others are chosen.
    """

    readers: Readers
    act: ActKind | None = None
    by_giver: bool = False
    both_sign: bool = False
    abroad_only: bool = False
    coded_only: bool = False
    after_receipt: bool = False
    shown_only: bool = False

    @property
    def by_store(self) -> bool:
        """Acts happen at the gate and in the store, and so do their papers."""
        return self.act is not None

    @property
    def right(self) -> Permission:
        """By which right of the receiving office a page offers it."""
        return Permission.RECEIVE_GOODS if self.by_store else Permission.WRITE_CONSIGNMENT


KINDS: Final[Mapping[str, PaperRule]] = {
    "need_letter": PaperRule(readers=INTERNAL),
    "donation_letter": PaperRule(readers=BOTH, by_giver=True, both_sign=True),
    "goods_list": PaperRule(readers=INTERNAL, abroad_only=True, coded_only=True),
    "distribution_plan": PaperRule(readers=INTERNAL),
    "proforma_invoice": PaperRule(readers=BOTH, by_giver=True, both_sign=True, abroad_only=True),
    "packing_list": PaperRule(readers=BOTH, by_giver=True, both_sign=True),
    "cmr_sheet": PaperRule(readers=BOTH, by_giver=True, both_sign=True, abroad_only=True),
    "acceptance_act": PaperRule(readers=INTERNAL, act=ActKind.ACCEPTANCE, both_sign=True),
    "discrepancy_act": PaperRule(readers=INTERNAL, act=ActKind.DISCREPANCY, both_sign=True),
    "valuation_act": PaperRule(readers=INTERNAL, act=ActKind.VALUATION),
    "issue_sheet": PaperRule(readers=INTERNAL, act=ActKind.ISSUE),
    "redistribution_act": PaperRule(readers=INTERNAL, act=ActKind.REDISTRIBUTION),
    "return_act": PaperRule(readers=INTERNAL, act=ActKind.RETURN, both_sign=True),
    "write_off_act": PaperRule(readers=INTERNAL, act=ActKind.WRITE_OFF),
    "aid_report": PaperRule(readers=BOTH, after_receipt=True, shown_only=True),
    "aid_thank_you": PaperRule(readers=BOTH, both_sign=True, after_receipt=True, shown_only=True),
}
"""In the order in which a consignment needs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One kind of paper before one consignment; `why_not` is empty where it can be made now.

    `acts`: the acts that stand and that it can be made from, the last first.
    """

    kind: str
    title: str
    rule: PaperRule
    acts: Sequence[AidAct]
    why_not: str

    @property
    def can(self) -> bool:
        """Whether it can be made now."""
        return not self.why_not

    @property
    def readers(self) -> Readers:
        """Who may read it."""
        return self.rule.readers

    @property
    def act_kind(self) -> ActKind | None:
        """From which kind of act it is made; None where from the consignment itself."""
        return self.rule.act


def kinds_for(consignment: Consignment) -> list[PaperKind]:
    """Every kind of paper, with whether this consignment can have it now."""
    acts = list(living_acts(consignment).order_by("-pk"))
    facts = _Facts(
        consignment=consignment,
        has_lines=bool(living_lines(consignment)),
        shows=bool(shown_lines(consignment)),
        done=frozenset(ActKind(act.kind) for act in acts),
    )
    return [
        PaperKind(
            kind=kind,
            title=title_of(kind),
            rule=rule,
            acts=[act for act in acts if act.kind == rule.act],
            why_not=_why_not(facts, rule),
        )
        for kind, rule in KINDS.items()
    ]


def kind_for(consignment: Consignment, kind: str) -> PaperKind | None:
    """The same for one kind; None where there is no such paper."""
    return next((one for one in kinds_for(consignment) if one.kind == kind), None)


def title_of(kind: str) -> str:
    """What a paper is called in the reader's language, in English where there is no word."""
    if kind not in KINDS:
        return _("Evidence of aid")
    titles = template(kind).title
    return titles.get((get_language() or "en")[:2]) or titles["en"]


def usual_languages(consignment: Consignment, kind: str, *, gives: bool = False) -> list[str]:
    """In which languages a paper is made unless others are chosen, one's own first."""
    own, other = language_of_receiver(consignment), language_of_giver(consignment)
    both = [other, own] if gives else [own, other]
    rule = KINDS.get(kind)
    wanted = both if rule is None or rule.both_sign else both[:1]
    return list(dict.fromkeys(wanted))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the kinds are asked against."""

    consignment: Consignment
    has_lines: bool
    shows: bool
    done: frozenset[ActKind]


def _why_not(facts: _Facts, rule: PaperRule) -> str:
    """What it waits for, in a sentence with what to do; empty where it can be made."""
    if facts.consignment.regime in WITHOUT_GOODS or not facts.has_lines:
        return _("The consignment has no goods that a paper could tell of. Write its lines first.")
    if rule.act is not None:
        return "" if rule.act in facts.done else _("It is made from an act. Record the act first.")
    if rule.after_receipt:
        return _why_not_after(facts, rule)
    return _why_not_before(facts, rule)


def _why_not_before(facts: _Facts, rule: PaperRule) -> str:
    consignment = facts.consignment
    if consignment.state in ENDED:
        return _("The consignment is over. Its papers stay as they are.")
    if rule.abroad_only and not consignment.abroad:
        return _("It is for goods that cross a border. These do not.")
    if rule.coded_only and consignment.regime not in CODED:
        return _("It is for humanitarian aid, which needs the unique code. This needs none.")
    return ""


def _why_not_after(facts: _Facts, rule: PaperRule) -> str:
    if ActKind.ACCEPTANCE not in facts.done:
        return _("Nothing was accepted yet. Record the acceptance first.")
    if rule.shown_only and not facts.shows:
        return _("Of these goods nothing leaves the office, so there is nothing to tell.")
    return ""
