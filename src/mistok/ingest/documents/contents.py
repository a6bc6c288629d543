"""What a proposal's content holds: who the parties are, where they lie, how amounts are written.

`content` has the shape of `mistok read`: a tie, a report of aid or a project (reading/telling).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from mistok.accounts.scopes import PlaceScope
from mistok.ingest.models import Proposal
from mistok.registry.gazetteer import the_world
from mistok.world import fold

Content = Mapping[str, Any]
TIE, AID, PROJECT = Proposal.What.TIE, Proposal.What.AID, Proposal.What.PROJECT
SIDES: Final[Mapping[str, tuple[str, str]]] = {AID: ("from", "to"), PROJECT: ("by", "for")}
"""Who gives and who gets, by the names of their fields; `…_party` holds the place."""


def parties_of(what: str, content: Content) -> list[Content]:
    """Every party that is a place, in the order of the content."""
    if what == TIE:
        return list(content.get("parties") or [content["a"], content["b"]])
    sides = (content.get(f"{name}_party") for name in SIDES[what])
    return [party for party in sides if party]


def countries_of(what: str, content: Content) -> list[str]:
    """The codes of the parties' countries, each once, in order."""
    return sorted({party["country"] for party in parties_of(what, content) if party["country"]})


def standing_key(party: Content) -> str:
    """The canonical key of a party; empty where no place of the gazetteer is meant."""
    key = party.get("key") or ""
    return (the_world().canonical(key) or key) if key else ""


def identity_of(party: Content) -> str:
    """What makes a party the same one in two documents: its key, else country and name."""
    return standing_key(party) or f"x:{party['country']}:{fold(party['name'])}"


def scopes_of(what: str, content: Content) -> list[PlaceScope]:
    """Where the parties lie, as far as rights need it."""
    return [_scope(party) for party in parties_of(what, content)]


def _scope(party: Content) -> PlaceScope:
    key = standing_key(party)
    if key and the_world().canonical(key):
        return PlaceScope.of(the_world().get(key))
    return PlaceScope(key, party["country"])


def number_text(number: float | None) -> str:
    """A number as a statement writes it: no exponent, no noughts at its end, six places at most."""
    if number is None:
        return ""
    text = f"{Decimal(str(number)):.6f}"
    return text.rstrip("0").rstrip(".")
