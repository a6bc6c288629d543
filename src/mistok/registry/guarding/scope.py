"""Whether Law 3668-IX asks anything of a paper (D2-05, F2-07, F2-08)."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.registry.guarding.known import Case, Counterpart, GuardRules, Party

AUTHORITIES = frozenset({Counterpart.AUTHORITY, Counterpart.ASSOCIATION})


class Scope(StrEnum):
    """How the law stands to a paper."""

    COVERED = "covered"
    LEGACY = "legacy"
    OUT_OF_SCOPE = "out_of_scope_itc"
    NOT_UKRAINIAN = "not_ukrainian"


def scope_of(
    parties: Iterable[Party],
    signed: PartialDate | None,
    rules: GuardRules,
    counterpart: Counterpart = Counterpart.AUTHORITY,
) -> Scope:
    """Whether a paper between these parties needs the Ukrainian consents.

    `signed`: when it was or will be signed, none for now. A date that may lie on either side of
    the law's first day counts as covered.
    """
    if counterpart not in AUTHORITIES:
        return Scope.OUT_OF_SCOPE
    if signed is not None and signed.latest < rules.itc_from:
        return Scope.LEGACY
    if any(party.country == "UA" for party in parties):
        return Scope.COVERED
    return Scope.NOT_UKRAINIAN


def check_counterpart(case: Case) -> None:
    """Refuse to make a tie of a paper with a business or an international organisation."""
    if case.counterpart in AUTHORITIES:
        return
    raise Invalid(
        _(
            "A paper with a business or an international organisation is no agreement of "
            "territorial cooperation (Law 3668-IX): it needs neither the ministry nor a "
            "registration, and it makes no tie. Keep it among your contracts."
        ),
        code="out_of_scope_itc",
        details={"counterpart": str(case.counterpart)},
    )
