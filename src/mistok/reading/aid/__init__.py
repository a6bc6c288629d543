"""Aid that a text reports: who gave what to whom, how much of it, when.

Belongs here: verbs of giving and getting, goods, numbers, money, and who is meant. Does not belong
here: which place a name is (places), when a day is (dates), and the ledger of aid (mistok.aid).
"""

from mistok.reading.aid.finding import aid_in

__all__ = ["aid_in"]
