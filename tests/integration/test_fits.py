"""Fits of everybody with everybody for a round."""

import numpy as np
import pytest
from test_profiles import saved

from factories import BUCHA, DORTMUND, GDYNIA, PLOCK, SMOLENSK, ZHYTOMYR, a_tie
from mistok.kernel.errors import Invalid, NotAllowed, NotFound
from mistok.partnering.fits import matrix
from mistok.partnering.matchers import the_matcher
from mistok.partnering.search import fit_between, the_seeker

pytestmark = pytest.mark.django_db
SEEKERS = [ZHYTOMYR, BUCHA]
OFFERERS = [DORTMUND, GDYNIA, PLOCK]


def test_both_views_are_the_fits_of_the_seekers():
    view, back = matrix(SEEKERS, OFFERERS)
    assert back is view
    assert (view.shape, view.dtype) == ((2, 3), np.float32)
    for row, seeker in enumerate(SEEKERS):
        for column, offerer in enumerate(OFFERERS):
            fit = fit_between(key=seeker, other=offerer).fit
            assert view[row, column] == pytest.approx(fit.score, abs=1e-4)


def test_side_with_fewer_is_asked():
    a_tie(ZHYTOMYR, PLOCK)
    wide, _ = matrix(SEEKERS, OFFERERS)
    tall, _ = matrix(OFFERERS, SEEKERS)
    assert tall.T.tolist() == wide.tolist()


@pytest.mark.parametrize("turned", [False, True])
def test_progress_is_told_for_each_that_is_asked(turned):
    told = []
    sides = (OFFERERS, SEEKERS) if turned else (SEEKERS, OFFERERS)
    matrix(*sides, tell=told.append)
    assert told == [1, 2]


def test_own_public_profile_counts():
    before, _ = matrix([ZHYTOMYR], [DORTMUND, GDYNIA])
    saved()  # it wishes for Germany
    after, _ = matrix([ZHYTOMYR], [DORTMUND, GDYNIA])
    change = (after - before)[0]
    assert change[0] > 0
    assert change[0] > change[1]


def test_place_has_no_fit_with_itself_and_places_at_home_have_one():
    view, _ = matrix([ZHYTOMYR, BUCHA], [ZHYTOMYR, BUCHA])
    assert np.isnan(view).tolist() == [[True, False], [False, True]]


def test_nobody_fits_nobody():
    assert matrix([], OFFERERS)[0].shape == (0, 3)
    assert matrix(SEEKERS, [])[0].shape == (2, 0)


@pytest.mark.parametrize(
    ("key", "refusal"),
    [("iso:DE", Invalid), (SMOLENSK, NotAllowed), ("geonames:999999999", NotFound)],
)
def test_key_that_may_not_seek_is_refused(key, refusal):
    for sides in (([ZHYTOMYR, key], OFFERERS), (SEEKERS, [key])):
        with pytest.raises(refusal):
            matrix(*sides)


def test_other_names_of_a_place_are_that_place():
    view, _ = matrix(["geonames:686967"], OFFERERS)
    scores = the_matcher().scores(the_seeker(ZHYTOMYR))
    assert view[0].tolist() == scores[[the_seeker(key) for key in OFFERERS]].tolist()
