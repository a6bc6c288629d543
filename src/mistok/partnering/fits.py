"""Fits of everybody with everybody for a round."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from mistok.matching import Matcher
from mistok.partnering.matchers import the_matcher
from mistok.partnering.search import the_seeker

Views = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def matrix(
    seekers: Sequence[str],
    offerers: Sequence[str],
    *,
    tell: Callable[[int], object] = lambda done: None,
) -> Views:
    """How the seekers see the offerers, and how the offerers see the seekers; shape (s, o) both.

    A fit is one number for both sides: ties are made by two, and what municipalities say of
    themselves is compared both ways. So both views are the same array, made from the side that
    has fewer to ask for. `tell` hears after each of them how many are done. Raises what a search
    for any of the keys raises.
    """
    matcher = the_matcher()
    rows = np.array([the_seeker(key) for key in seekers], np.int64)
    columns = np.array([the_seeker(key) for key in offerers], np.int64)
    if len(columns) < len(rows):
        view = _seen(matcher, columns, rows, tell).T
    else:
        view = _seen(matcher, rows, columns, tell)
    return view, view


def _seen(
    matcher: Matcher,
    here: npt.NDArray[np.int64],
    there: npt.NDArray[np.int64],
    tell: Callable[[int], object],
) -> npt.NDArray[np.float32]:
    view = np.empty((len(here), len(there)), np.float32)
    for number, place in enumerate(here.tolist()):
        own = matcher.declaring.profile(place)
        asked = matcher.with_declaring(matcher.declaring.asked_by(own))
        view[number] = asked.scores(place)[there]
        tell(number + 1)
    # A place with itself has no fit; whoever allocates leaves the pair out.
    return np.nan_to_num(view, nan=0.0, neginf=np.nan)
