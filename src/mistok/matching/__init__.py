"""Partner search as a library: plain arrays in, ranked partners with their reasons out.

Belongs here: what may be compared between two places, how much it weighs, and the exact ranking.
Does not belong here: databases, languages, clocks, files of users; the sentences are written by
the doors from each reason's facts. Which countries are left out is a dated rule that the caller
brings.
"""

from mistok.matching.criteria import ALGORITHM, FIT_1, Criterion, Weights
from mistok.matching.declared import Profile, Wishes
from mistok.matching.declaring import Declaring
from mistok.matching.matcher import Matcher
from mistok.matching.model import LATEST, WEIGHTINGS, Model, load_model
from mistok.matching.pool import About, Pool
from mistok.matching.ranking import Fit, Reason, rank
from mistok.matching.ties import TieGraph

__all__ = [
    "ALGORITHM",
    "FIT_1",
    "LATEST",
    "WEIGHTINGS",
    "About",
    "Criterion",
    "Declaring",
    "Fit",
    "Matcher",
    "Model",
    "Pool",
    "Profile",
    "Reason",
    "TieGraph",
    "Weights",
    "Wishes",
    "load_model",
    "rank",
]
