"""What is claimed, whoever claims it: one hash for the same claim in any document."""

from collections.abc import Callable, Mapping
from typing import Any

from mistok.ingest.documents.contents import (
    AID,
    PROJECT,
    SIDES,
    TIE,
    Content,
    identity_of,
    number_text,
    parties_of,
)
from mistok.kernel.ids import content_hash
from mistok.world import fold


def claim_of(what: str, content: Content) -> str:
    """The hash of a claim: parties, kind, event and date; or giver, receiver and what is given.

    Order of parties, evidence and confidence make no difference.
    """
    return content_hash(what, *PARTS[what](content))


def _tie(content: Content) -> list[str]:
    parties = sorted({identity_of(party) for party in parties_of(TIE, content)})
    told = [content["kind"], content["event"], content.get("date") or ""]
    return [*told, "planned" if content.get("planned") else "", *parties]


def _aid(content: Content) -> list[str]:
    items = sorted("\n".join(_item(item)) for item in content.get("items") or ())
    return [*_sides(AID, content), content["status"], content.get("date") or "", *items]


def _item(item: Mapping[str, Any]) -> list[str]:
    amount = f"{item.get('bound') or ''}{number_text(item.get('quantity'))}"
    return [fold(item["what"]), amount, item.get("unit") or ""]


def _project(content: Content) -> list[str]:
    money = [number_text(content.get("amount")), content.get("currency") or ""]
    return [*_sides(PROJECT, content), fold(content["object"]), *money]


def _sides(what: str, content: Content) -> list[str]:
    """Giver and receiver: the place, else the words."""
    found = []
    for name in SIDES[what]:
        party = content.get(f"{name}_party")
        found.append(identity_of(party) if party else f"w:{fold(content.get(name) or '')}")
    return found


PARTS: Mapping[str, Callable[[Content], list[str]]] = {TIE: _tie, AID: _aid, PROJECT: _project}
