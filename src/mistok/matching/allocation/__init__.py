"""Fair rounds as a library: who gets whom, out of a matrix of fits, capacities and floors.

Belongs here: the best round, the stable round, what each costs, and why somebody got nobody.
Does not belong here: how a fit comes about, names of places, databases, languages, clocks, chance.
"""

from mistok.matching.allocation.allocating import best, stable
from mistok.matching.allocation.outcome import Allocation, Kept, Unserved
from mistok.matching.allocation.rounds import Floor, Round

__all__ = ["Allocation", "Floor", "Kept", "Round", "Unserved", "best", "stable"]
