"""Ties that a declaration makes: no paper, both sides, meant to suffice (D3-04, F3-03)."""

from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.values import TieEvent
from mistok.registry.guarding.approvals import lacks_before_declaration
from mistok.registry.guarding.known import Case, Remark
from mistok.registry.guarding.scope import Scope, scope_of
from mistok.registry.lifecycle import BEFORE_SIGNING

DECLARATION = "declaration"
WITHOUT_PAPER = frozenset({"solidarity", "contact"})
"""Kinds of tie that exist without a formal basis (F3-01, F3-03)."""


def is_declaration(told: TieEvent) -> bool:
    """Whether the event says that the sides declared their tie, without a paper."""
    return told.event == "active" and told.instrument == DECLARATION and not told.planned


def declares(case: Case) -> bool:
    """Whether the tie begins by this declaration."""
    return is_declaration(case.told) and case.before in BEFORE_SIGNING


def check_declaration(case: Case) -> list[Remark]:
    """Refuse a declaration for a kind that needs a paper, and one before a side decided."""
    if not declares(case):
        return []
    if case.told.kind not in WITHOUT_PAPER:
        raise Invalid(
            _("Only a solidarity partnership or a contact is made by a declaration alone."),
            code="paper_needed",
        )
    scope = scope_of(case.known.parties, case.when, case.rules)
    lacks = [] if scope is Scope.LEGACY else lacks_before_declaration(case)
    if lacks:
        raise Conflict(
            _(
                "%(names)s: one side alone declares no tie. Missing: %(papers)s. Tell these first, "
                "each with its number and date."
            )
            % {"names": case.names, "papers": "; ".join(lack.paper for lack in lacks)},
            code="declaration_before_decisions",
            details={"lacks": [lack.code for lack in lacks]},
        )
    if scope is not Scope.COVERED:
        return []
    text = _(
        "The sides declared the tie, and nothing was signed. Whether Law 3668-IX asks for the "
        "ministry's approval of a declaration is not known; a paper that is signed later needs it."
    )
    return [Remark("declared_without_paper", text)]
