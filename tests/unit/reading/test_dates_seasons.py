"""Seasons, quarters and days under a heading: the year that a text leaves to be understood."""

import pytest
from marked_pages import text_of

from mistok.reading.dates import dates_in


def dates(text, lang="en", published="2023-05-10"):
    return [str(date.date) for date in dates_in(text_of(text, lang, published)) if date.date]


@pytest.mark.parametrize(
    ("lang", "text", "date"),
    [
        ("en", "The mayors signed it this spring in the town hall.", "2023"),
        ("en", "The town took the plunge last spring and is glad.", "2023"),
        ("en", "The mayors signed it last autumn in the town hall.", "2022"),
        ("en", "They became partners in the first quarter of 2021.", "2021"),
        ("en", "The treaty will be signed in the fall by both mayors.", "2023"),
        ("uk", "Угоду підписали восени у міській раді.", "2022"),
        ("de", "Die Städte haben seit dem Frühjahr eine Partnerschaft.", "2023"),
        ("de", "Der Vertrag wurde im vergangenen Sommer unterzeichnet.", "2022"),
        ("pl", "Umowę podpisano ubiegłej jesieni w ratuszu.", "2022"),
        ("pl", "Umowę podpisano pod koniec kwietnia w ratuszu.", "2023-04"),
    ],
)
def test_seasons_and_parts_of_the_year(lang, text, date):
    assert dates(text, lang) == [date]


def test_a_season_with_its_own_year_is_that_year():
    assert dates("The way began in the autumn of 2019.") == ["2019"]


def test_a_season_without_a_date_of_the_text_is_not_certain():
    assert dates("The mayors signed it last spring.", published="") == []


def test_a_weekday_looks_ahead_across_and():
    told = "On Wednesday at noon the council and the mayor will welcome their guests."
    assert dates(told, published="2023-05-01") == ["2023-05-03"]
