"""How good the reader is: labelled documents, and what of them was found, as precision and recall.

The labels are those of the corpus (docs/reference/evaluation.md tells the rules).
"""

from mistok.reading.evaluation.counting import Count, Scores, score
from mistok.reading.evaluation.labelled import Labelled, read_labelled

__all__ = ["Count", "Labelled", "Scores", "read_labelled", "score"]
