"""Signatures: whose, when, and not before the consents (D2-05, D2-08)."""

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.values import TieEvent
from mistok.registry.guarding.approvals import lacks_before_signature
from mistok.registry.guarding.known import Case, Party, Remark
from mistok.registry.guarding.scope import Scope, scope_of
from mistok.registry.signings import PAPERS_MADE, lacking
from mistok.registry.words import standing_words

ONE_SIDED = frozenset({"resolution", "order", "proclamation"})
"""Papers of one body, which nobody else signs."""


def is_signing(told: TieEvent) -> bool:
    """Whether the event tells of a paper with signatures."""
    if told.planned or told.event not in PAPERS_MADE:
        return False
    return told.event == "signed" or (bool(told.instrument) and told.instrument not in ONE_SIDED)


def check_signing(case: Case) -> list[Remark]:
    """Refuse a strange signatory and a Ukrainian signature before its consents."""
    _check_signatories(case)
    if not is_signing(case.told):
        return []
    for party, on in _signing_now(case):
        if party.country == "UA":
            _check_consents(case, party, on)
    remarks = []
    if scope_of(case.known.parties, case.when, case.rules) is Scope.LEGACY:
        text = _(
            "Signed before Law 3668-IX took effect (%(date)s, %(standing)s): the consents that "
            "it asks for are not looked for."
        )
        said = {"date": case.rules.itc_from, "standing": standing_words(case.rules.itc_standing)}
        remarks.append(Remark("legacy", text % said))
    return remarks + _still_to_sign(case)


def _check_signatories(case: Case) -> None:
    strange = sorted(case.told.signed_by - {party.key for party in case.known.parties})
    if strange:
        raise Invalid(
            _(
                "%(key)s is not a party to %(names)s, so it cannot sign. Choose the party that "
                "signed, or tell the event of the tie that has it as a party."
            )
            % {"key": strange[0], "names": case.names},
            code="signatory_unknown",
            details={"keys": strange},
        )


def _signing_now(case: Case) -> list[tuple[Party, PartialDate | None]]:
    """Each party that signs by this event, with its own day or the event's."""
    own = {part["party"]: part.get("date", "") for part in case.told.signatures}
    return [
        (party, PartialDate.parse_or_none(own.get(party.key, "")) or case.when)
        for party in case.known.parties
        if not own or party.key in own
    ]


def _check_consents(case: Case, party: Party, on: PartialDate | None) -> None:
    lacks = lacks_before_signature(case, party, on)
    if not lacks:
        return
    raise Conflict(
        _(
            "%(name)s cannot have signed on %(date)s: what Law 3668-IX asks for first is not "
            "here (in force since %(since)s, %(standing)s). Missing: %(papers)s. Tell these "
            "first, each with its number and date."
        )
        % {
            "name": party.name,
            "date": on,
            "since": case.rules.itc_from,
            "standing": standing_words(case.rules.itc_standing),
            "papers": "; ".join(lack.paper for lack in lacks),
        },
        code="signature_before_approvals",
        details={"party": party.key, "lacks": [lack.code for lack in lacks]},
    )


def _still_to_sign(case: Case) -> list[Remark]:
    now = case.known.with_told(case.told, trust=case.trust)
    short = lacking(now.real, len(now.parties))
    unsigned = [fact for fact in now.real if fact.statements in short]
    if not any("told" in fact.statements for fact in unsigned):
        return []
    signed = frozenset().union(*(fact.event.signed_by for fact in unsigned))
    names = ", ".join(party.name for party in case.known.parties if party.key not in signed)
    text = _("The paper is not signed yet: it waits for %(names)s.")
    return [Remark("signatures_missing", text % {"names": names})]
