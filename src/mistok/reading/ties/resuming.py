"""A clause that goes on about what was told before: "the agreement", "the motion was rejected"."""

from collections.abc import Sequence

from mistok.reading.ties.claims import Claim
from mistok.reading.ties.clauses import Clause, name_of
from mistok.reading.ties.cues import Token
from mistok.reading.ties.events import Happening
from mistok.reading.ties.evidence import FIRM
from mistok.reading.ties.pairing import Pairing

MOST_TURNED = 12
"""Claims back among which those of the same matter are looked for."""
_TURNED = 3
"""Sentences back in which "the motion" is looked for."""
_KNOWN = 40


def goes_on(
    clause: Clause, at: int, stage: Happening, pairing: Pairing, claims: Sequence[Claim]
) -> bool:
    """Whether a clause that names nobody goes on about the pair told last."""
    firm = stage.event in ("negotiating", *FIRM)
    if not (firm and stage.told) or clause.has("G"):
        return False
    last = claims[-1] if claims else None
    if last is not None and last.line == clause.line.number and stage.event == "signed":
        return True  # "X is now a twin city of Y: the mayors signed the agreement".
    return _same_paper(clause.tokens[at], pairing, claims)


def _same_paper(token: Token, pairing: Pairing, claims: Sequence[Claim]) -> bool:
    """Whether "the agreement" can be that of the pair told last."""
    pair = {name_of(pairing.a), name_of(pairing.b)}
    kinds = {claim.kind for claim in claims[-_KNOWN:] if set(claim.pair) == pair}
    return token.tag != "T" or token.sub == "unknown" or token.sub in kinds


def kind_of(
    clause: Clause, token: Token, claims: Sequence[Claim], unmet: tuple[int, str] | None
) -> str:
    """The label; "the agreement" is that which was spoken of just before without parties."""
    last = claims[-1] if claims and not clause.places else None
    if last is not None and last.line == clause.line.number and token.form == "paper":
        return last.kind
    nameless = token.sub == "unknown" and token.form == "paper"
    if nameless and unmet and 0 <= clause.line.number - unmet[0] <= 1:
        return unmet[1]
    return token.sub


def turn_down(clause: Clause, claims: Sequence[Claim]) -> None:
    """ "The motion was rejected": what was proposed just before is no tie."""
    for claim in claims[-MOST_TURNED:]:
        near = 0 <= clause.line.number - claim.line <= _TURNED
        claim.rejected |= near and claim.planned and claim.event != "active"
