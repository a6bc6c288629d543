"""Ties for tests of guards: parties, rules, and a life told event by event through the guards."""

import datetime as dt

import pytest

from mistok.kernel.errors import Refusal
from mistok.provenance.values import TieEvent
from mistok.registry.facts import Evidence, gather
from mistok.registry.guarding import Case, Counterpart, GuardRules, Party, TieKnown, passage
from mistok.registry.lifecycle import Guard

UA = Party("katottg:UA18040190000029215", "UA", "Zhytomyr")
DE = Party("geonames:2935517", "DE", "Dortmund")
FR = Party("geonames:2973783", "FR", "Strasbourg")
RU = Party("geonames:491687", "RU", "Smolensk")
BY = Party("geonames:625144", "BY", "Minsk")
MINISTRY = "Ministry for Development of Communities and Territories"
ORDER = {"body": MINISTRY, "body_kind": "ministry", "act_number": "879"}
RULES = GuardRules(itc_from=dt.date(2025, 1, 1))
TODAY = dt.date(2026, 11, 22)


class Walk:
    """A tie as offices tell it: `tell` goes through the guards and remembers what passed."""

    def __init__(self, *parties, rules=RULES, today=TODAY):
        self.known = TieKnown(parties or (UA, DE))
        self.rules, self.today = rules, today
        self.remarks = []

    def case(self, event, *, declared=(), counterpart=Counterpart.AUTHORITY, **fields):
        return Case(
            told=TieEvent(event=event, **({"kind": "partnership"} | fields)),
            known=self.known,
            rules=self.rules,
            today=self.today,
            declared=frozenset(map(Guard, declared)),
            counterpart=counterpart,
        )

    def tell(self, event, **fields):
        """Pass the guards; gives the state that the tie is in then."""
        case = self.case(event, **fields)
        passed = passage(case)
        self.remarks = [remark.code for remark in passed.remarks]
        number = str(len(self.known.facts))
        self.known = self.known.with_told(case.told, statement=f"s{number}", trust=4)
        assert self.known.state == passed.after
        return passed.after

    def hear(self, event, *, trust=3, **fields):
        """What a source says, which no guard looks at."""
        said = TieEvent(event=event, **fields)
        number = f"h{len(self.known.facts)}"
        self.known = self.known.with_told(said, statement=number, trust=trust)
        return self.known.state

    @property
    def state(self):
        return self.known.state


def fact_of(**fields):
    """One fact, as a source tells it."""
    (fact,) = gather([Evidence("s", TieEvent(**fields), 3, None)])
    return fact


def refused(code, walk, event, kind=Refusal, **fields):
    """The refusal of what is told, checked for its code and its sentence; the walk is as it was."""
    before = walk.known
    with pytest.raises(kind) as caught:
        walk.tell(event, **fields)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert walk.known == before
    return caught.value


def in_force(*parties, since="2014", **fields):
    walk = Walk(*parties)
    walk.hear("signed", date=since, instrument="agreement", **fields)
    walk.hear("active", date=since)
    return walk
