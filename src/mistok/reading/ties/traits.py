"""What is measured of a claim, so that its confidence can be learned from labelled documents."""

from mistok.reading.model import Party
from mistok.reading.ties.clauses import Clause, Place, name_of

_MANY = 12
_FAR = 12


def traits_of(
    clause: Clause, at: int, pair: tuple[Party, Party], how: str, margin: float
) -> dict[str, float]:
    """Numbers between 0 and about 1 by name; a name that is missing is 0."""
    tokens = clause.tokens
    tie = tokens[at]
    names = {name_of(party) for party in pair}
    own = [place for place in clause.places if name_of(place.party) in names]
    gap = min((abs(place.at - at) for place in own), default=_FAR)
    traits = {
        f"how:{how}": 1.0,
        f"form:{tie.form if tie.tag == 'T' else 'none'}": 1.0,
        f"kind:{tie.sub if tie.tag == 'T' else 'none'}": 1.0,
        f"role:{clause.line.role}": 1.0,
        "home": float(pair[0].country == pair[1].country),
        "level": float(pair[0].level == pair[1].level),
        "bodies": float(clause.has("G")),
        "bodies before": float(any(token.tag == "G" for token in tokens[:at])),
        "officials": float(clause.has("O")),
        "pointed": float(clause.has("R", "its", "city")),
        "verb": float(any(t.tag == "E" and t.form == "done" for t in tokens)),
        "mark": float(clause.has("M", "decide", "agree", "propose", "talk")),
        "since": float(clause.has("M", "since")),
        "gap": min(gap, _FAR) / _FAR,
        "comma": min(_commas(clause, at, own), 4) / 4,
        "many": min(len({name_of(p.party) for p in clause.places}), _MANY) / _MANY,
        "margin": min(margin, 4.0) / 4,
        "long": min(len(tokens), 60) / 60,
    }
    for lead in ("with", "between", "of", "to", "from", "for"):
        traits[f"lead:{lead}"] = float(any(place.lead == lead for place in own))
    traits["to tie"] = float(any(place.before == "T" for place in own))
    traits["soft"] = float(any(place.part != "party" for place in own))
    return traits


def _commas(clause: Clause, at: int, own: list[Place]) -> int:
    """Signs between the tie and the nearer of its places."""
    if not own:
        return 0
    near = min(own, key=lambda place: abs(place.at - at)).at
    low, high = sorted((near, at))
    return sum(token.tag in (",", "(", ")", ":", "–", "—") for token in clause.tokens[low:high])
