"""What a clause says happens to a tie: proposed, negotiated, approved, signed, suspended, ended.

A verb ("sign") and what colours it ("agreed to", "will", "not", "voted to") make the stage. A
proposal or a wish to end a tie leaves it active (corpus README).
"""

from dataclasses import dataclass, replace

from mistok.reading.ties.clauses import Clause
from mistok.reading.ties.cues import Token
from mistok.reading.ties.marks import asks, marks_of

_MAKE = frozenset({"sign", "start", "become", "renew"})
_FIT = {
    "role": {"become": -1, "start": 7, "end": 0, "hold": 0, "sign": 5, "renew": 5},
    "verb": {"become": 1, "start": 1, "end": 0, "hold": 0, "sign": 4, "renew": 3},
}
_FAR = 18
_OPEN = ("propose", "wish", "cond", "vote", "talk", "draft")


@dataclass(frozen=True, slots=True)
class Happening:
    """A stage of a tie in a clause: `at` is the token that says it; `event` may be empty.

    `planned`: still to come (`verb` is the token of the signature that is planned); `rejected`: a
    proposal that was turned down; `denied`: the text says that there is none; `told`: not merely
    named; `draft`: on its way to the decision.
    """

    event: str
    at: int
    planned: bool = False
    rejected: bool = False
    denied: bool = False
    told: bool = True
    draft: bool = False
    verb: int = -1


def happening(clause: Clause, at: int) -> Happening:
    """The stage that a clause asserts for the tie named at a token."""
    verb = _verb_of(clause, at)
    marks = marks_of(clause, at, verb)
    question = clause.line.role != "item" and asks(clause)
    if question:
        marks.add("cond")
    if verb is not None and verb < at and _aimed(clause, verb, at):
        return Happening("", at, told=False)
    if "none" in marks:
        return Happening("", at, denied=True)
    if verb is not None and _talks_began(clause, verb, at):
        return Happening("negotiating", clause.find("M", "talk")[0], planned=True)
    if verb is None:
        stage = _without_verb(clause, at, marks)
    elif clause.tokens[verb].sub in _MAKE:
        stage = _made(clause, verb, clause.tokens[verb], marks)
    else:
        stage = _undone(clause, verb, clause.tokens[verb], marks)
    if verb is not None and stage.planned:
        stage = replace(stage, verb=verb, at=_mark_at(clause, verb, stage.event))
    draft = stage.event == "proposed" and bool(marks & {"draft", "vote"})
    return replace(stage, draft=True) if draft else stage


def _talks_began(clause: Clause, verb: int, at: int) -> bool:
    """ "Talks about a partnership began in January": not the partnership itself."""
    before = clause.tokens[max(0, at - 4) : at]
    return (
        clause.tokens[verb].sub == "start"
        and verb > at
        and any(token.is_("M", "talk") for token in before)
    )


def _aimed(clause: Clause, verb: int, at: int) -> bool:
    """ "Signed a memorandum, paving the way for a twinning": the second is only an aim."""
    return any(verb < n < at for n in clause.find("M", "aim"))


_SAYS = {
    "approved": ("decide",),
    "negotiating": ("agree", "talk"),
    "proposed": ("propose", "vote", "wish"),
}


def _mark_at(clause: Clause, verb: int, event: str) -> int:
    """The word that says at which stage a plan is ("agreed" in "agreed to sign")."""
    marks = clause.find("M", *_SAYS.get(event, ()))
    return min(marks, key=lambda n: abs(n - verb), default=verb)


def _verb_of(clause: Clause, at: int) -> int | None:
    """The position of the verb that governs the tie: the nearest that fits its shape."""
    tie = clause.tokens[at]
    if tie.form == "verb":
        return None
    fit = _FIT.get("role" if tie.names_partner else tie.form, {"become": 2})
    best: tuple[float, int] | None = None
    for n in clause.find("E"):
        cost = _distance(clause, n, at) + fit.get(clause.tokens[n].sub, 0)
        cost += 1 if n > at else 0
        if tie.names_partner and n > at:
            cost += 6.0 * sum(t.tag == "," for t in clause.tokens[at:n])
        if cost <= _reach(clause, at) and (best is None or cost < best[0]):
            best = (cost, n)
    if best is None:
        return None
    best = (best[0], _last_word(clause, best[1]))
    if tie.names_partner and clause.tokens[best[1]].sub in ("sign", "renew") and _papers(clause):
        return None
    return best[1]


def _last_word(clause: Clause, verb: int) -> int:
    """An end told in the same clause comes after "signed in 1990", where one tie is spoken of."""
    if clause.tokens[verb].sub == "end" or len(clause.find("T")) > 1:
        return verb
    later = ("end",) if clause.tokens[verb].sub == "hold" else ("end", "hold")
    ends = [n for n in clause.find("E", *later) if clause.tokens[n].form == "done" and n > verb]
    return ends[-1] if ends else verb


def _reach(clause: Clause, at: int) -> float:
    """How far the verb of a tie may stand; a partner is named with a verb of its own."""
    if not clause.tokens[at].names_partner:
        return _FAR
    before = clause.tokens[max(0, at - 5) : at]
    for n in clause.find("E", "end"):
        # "A has broken with B, its partner city": the end is told of B itself.
        if any(t.is_("W", "with", "from") for t in clause.tokens[n + 1 : n + 2]):
            return _FAR
    return _FAR if any(t.is_("W", "as") for t in before) else 9.0


def _papers(clause: Clause) -> bool:
    return any(t.tag == "T" and t.form in ("paper", "state", "loose") for t in clause.tokens)


def _distance(clause: Clause, one: int, other: int) -> float:
    low, high = sorted((one, other))
    between = clause.tokens[low + 1 : high]
    weight = {",": 2.0, "P": 0.4, "E": 3.0, ")": 0.0, "(": 0.0, "J": 0.5, "T": 1.5}
    return sum(weight.get(token.tag, 0.7) for token in between)


def _made(clause: Clause, verb: int, token: Token, marks: set[str]) -> Happening:
    """Signed, or on the way to it."""
    if "reject" in marks:
        return Happening("", verb, rejected=True)
    if marks & {"neg", "doubt"}:
        return Happening("", verb, denied=True)
    if token.sub == "start" and "since" in marks and marks & {"be", "is"}:
        return Happening("active", verb)
    open_ = {"decide", "draft", "propose", "agree", "talk", "wish", "vote", "will", "cond"}
    done = token.form == "done" or (token.form in ("nom", "bare") and not marks & open_)
    done = done or (token.form == "bare" and _perfect(clause, verb))
    done = done and not _coming(clause, verb, marks)
    if done:
        return Happening("signed", verb)
    return Happening(_planned(token, marks), verb, planned=True)


def _perfect(clause: Clause, verb: int) -> bool:
    """Whether "have" stands right before ("has become")."""
    return any(token.is_("M", "be", "is") for token in clause.tokens[max(0, verb - 2) : verb])


def _coming(clause: Clause, verb: int, marks: set[str]) -> bool:
    """Whether a finished form is still to come ("will be signed", "wird geschlossen")."""
    if not marks & {"will", "wish", "cond", "vote", "propose", "talk", "agree", "passive"}:
        return False
    for n in range(max(0, verb - 6), min(len(clause.tokens), verb + 3)):
        token = clause.tokens[n]
        if token.is_("M", "will", "passive") or (n < verb and token.is_("M", "wish", "cond")):
            return True
        nominal = clause.tokens[verb].form == "nom"
        if nominal and token.is_("M", "propose", "talk", "agree", "wish", "vote"):
            return True
    return False


def _planned(token: Token, marks: set[str]) -> str:
    if "vote" in marks:
        return "proposed"
    if "decide" in marks:
        return "approved"
    if "draft" in marks:
        return "proposed"
    if marks & {"agree", "talk"}:
        return "negotiating"
    if marks & {"propose", "wish", "cond"}:
        return "proposed"
    return "negotiating" if token.sub == "sign" else "proposed"


def _undone(clause: Clause, verb: int, token: Token, marks: set[str]) -> Happening:
    """Ended or suspended, or still active in spite of the wish."""
    event = "severed" if token.sub == "end" else "suspended"
    if token.form == "nom" and "decide" not in marks and clause.line.role == "body":
        return Happening("active", verb, told=False)
    refused = bool(marks & {"reject", "neg"})
    decided = "decide" in marks and "vote" not in marks
    firm = token.form in ("done", "nom") and not marks & {"propose", "wish", "cond", "vote", "talk"}
    if token.form == "done" and not refused and not marks & {"wish", "cond", "will"}:
        firm = firm or _asserted(clause, verb)
    if refused or not (firm or decided) or ("will" in marks and not decided):
        return Happening("active", verb)
    return Happening(event, verb)


def _asserted(clause: Clause, verb: int) -> bool:
    """Whether nothing right before a finished verb takes it back."""
    before = clause.tokens[max(0, verb - 4) : verb]
    return not any(t.is_("M", "propose", "wish", "cond", "vote", "will", "talk") for t in before)


def _without_verb(clause: Clause, at: int, marks: set[str]) -> Happening:
    """The stage where no verb of signing or ending governs the tie."""
    tie = clause.tokens[at]
    if tie.names_partner and any(
        t.is_("M", "will", "passive") for t in clause.tokens[max(0, at - 2) : at]
    ):
        return Happening("proposed", at, planned=True)
    if tie.names_partner and not _free(clause, at):
        marks -= {"decide", "propose", "vote", "agree", "talk", "wish", "reject", "draft", "will"}
    if "reject" in marks:
        return Happening("", at, rejected=True)
    if marks & {"neg", "doubt"}:
        return Happening("", at, denied=True)
    if _denied_after(clause, at):
        return Happening("", at, denied=True)
    if any(t.is_("R", "its") for t in clause.tokens[max(0, at - 2) : at]):
        marks -= {"propose", "wish", "cond"}
    if tie.form == "verb":
        return _by_verb(at, marks)
    for mark, event in (
        ("old", "severed"),
        ("next", "proposed"),
        ("vote", "proposed"),
        ("decide", "approved"),
        ("draft", "proposed"),
        ("agree", "negotiating"),
        ("talk", "negotiating"),
        ("propose", "proposed"),
        ("wish", "proposed"),
    ):
        if mark in marks:
            said = _mark_at(clause, at, event)
            return Happening(event, said, planned=event not in ("severed", "approved"))
    if marks & {"since", "long"} or tie.names_partner:
        return Happening("active", at)
    if marks & {"will", "passive"}:
        return Happening("negotiating", at, planned=True, told=False)
    linked = any(t.is_("W", "with", "between", "to") for t in clause.tokens[at + 1 : at + 2])
    firm = bool(marks & {"be", "is"}) and (tie.sub != "unknown" or linked)
    return Happening("active", at, told=firm)


def _denied_after(clause: Clause, at: int) -> bool:
    """ "Partnerstwa nie utrzymuje": the denial stands behind the tie."""
    for token in clause.tokens[at + 1 : at + 4]:
        if token.is_("M", "neg"):
            return True
        if token.tag in ("P", ",", "E", "W", "J"):
            return False
    return False


def _by_verb(at: int, marks: set[str]) -> Happening:
    """ "twinned with": signed, unless something is before it."""
    if "vote" in marks:
        return Happening("proposed", at, planned=True)
    if "decide" in marks:
        return Happening("approved", at)
    if marks & {"agree", "talk"}:
        return Happening("negotiating", at, planned=True)
    if marks & {"propose", "wish", "cond", "will"}:
        return Happening("proposed", at, planned=True)
    if marks & {"neg", "doubt"}:
        return Happening("", at, denied=True)
    lasting = "is" in marks or {"since", "be"} <= marks
    return Happening("active" if lasting else "signed", at)


def _free(clause: Clause, at: int) -> bool:
    """Whether a partner is being looked for or voted on, and not just mentioned as one."""
    before = clause.tokens[max(0, at - 4) : at]
    if any(t.is_("R", "its") for t in before):
        return False
    if any(t.is_("W", "as") or t.is_("M", "new", "next") for t in before):
        return True
    return not any(t.is_("W", "to", "from", "with", "in", "of", "by") for t in before[-3:])
