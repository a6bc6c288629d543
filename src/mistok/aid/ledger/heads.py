"""The ends of chains are signed from time to time, so that nobody rewrites them from there on.

What is signed are words that anybody can check with the published key (`needs.appeals.signing`):

    Mistok goods ledger, signature version 1
    office: office_…
    entries: 120
    last: (hash of the last entry)
    acts: (hash over the acts that moved nothing, such as valuations)
    at: 2026-11-23 10:00:00.000000
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mistok.accounts.models import Office
from mistok.aid.ledger.chain import digest, moment_text
from mistok.aid.ledger.holding import hold
from mistok.aid.ledger.looking import one_moment, rows
from mistok.aid.ledger.rereading import moment, unmoved_acts
from mistok.aid.models import Chain, SignedHead
from mistok.aid.models.ledger import GENESIS
from mistok.needs.appeals.signing import holds, sign

_HEADS: Final = """
SELECT length, hash, CAST(at AS TEXT), signature, "key" FROM aid_signedhead
 WHERE office_id = %s ORDER BY at, length"""
_LATER: Final = dt.timedelta(microseconds=1)


class Head(NamedTuple):
    """A signed end as it is read again; `holds`: the signature is over it, with acts until then."""

    hash: str
    holds: bool


def sign_heads(at: dt.datetime | None = None, *, office: Office | None = None) -> int:
    """Sign the end of each chain that has grown since it was last signed; gives how many.

    `office`: of its chain alone. Raises Unavailable (`signing_key_unusable`) as
    `needs.appeals.signing.sign` does.
    """
    grown = Chain.objects.filter(length__gt=0).exclude(office__signed_heads__length=F("length"))
    grown = grown.filter(office=office) if office is not None else grown
    return sum(_sign(chain, at or timezone.now()) for chain in grown.select_related("office"))


@transaction.atomic
def _sign(grown: Chain, at: dt.datetime) -> bool:
    office = grown.office
    chain = hold(office)
    before = SignedHead.objects.filter(office=office).order_by("-length").first()
    if before is not None:
        if before.length == chain.length:
            return False
        at = max(at, before.at + _LATER)
    with one_moment():
        acts = sealed(unmoved_acts(office.pk), moment_text(at))
    words = head_words(office.public_id, chain.length, chain.last, acts, moment_text(at))
    signed = sign(words)
    SignedHead.objects.create(
        office=office,
        length=chain.length,
        hash=chain.last,
        at=at,
        signature=signed.signature,
        key=signed.key,
    )
    return True


def heads_of(office: int, public_id: str) -> dict[Any, Head]:
    """The signed ends of an office by how many entries they are over."""
    signed = rows(_HEADS, [office])
    acts = iter(unmoved_acts(office) if signed else [])
    found: dict[Any, Head] = {}
    seal, after = GENESIS, next(acts, None)
    for length, last, told, signature, key in signed:
        at = moment(told)
        while after is not None and after[0] <= at:
            seal, after = digest("acts", seal, after[1]), next(acts, None)
        words = head_words(public_id, length, last, seal, at)
        found[length] = Head(last, holds(words, str(signature), str(key)))
    return found


def words_of(head: SignedHead) -> str:
    """What the signature of a stored head is over, made again from the ledger."""
    office = head.office
    acts = sealed(unmoved_acts(office.pk), moment_text(head.at))
    return head_words(office.public_id, head.length, head.hash, acts, moment_text(head.at))


def sealed(acts: Iterable[tuple[str, str]], until: str) -> str:
    """One hash over acts (moment, hash) recorded until then, in their order."""
    seal = GENESIS
    for at, told in acts:
        if at <= until:
            seal = digest("acts", seal, told)
    return seal


def head_words(office: str, length: int, last: str, acts: str, at: str) -> str:
    """What the signature of a head is over."""
    lines = (
        "Mistok goods ledger, signature version 1",
        f"office: {office}",
        f"entries: {length}",
        f"last: {last}",
        f"acts: {acts}",
        f"at: {at}",
    )
    return "".join(f"{line}\n" for line in lines)
