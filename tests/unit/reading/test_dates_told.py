"""Dates as texts tell them: days, months and years, in four languages."""

import pytest
from marked_pages import text_of

from mistok.reading.dates import dates_in


def told(text, lang="en", published=""):
    opened = text_of(text, lang, published)
    return [(opened.text[d.start : d.end], d.date and str(d.date)) for d in dates_in(opened)]


@pytest.mark.parametrize(
    ("lang", "text", "date"),
    [
        ("en", "The mayors signed it on 9 February 2023 in Bonn.", "2023-02-09"),
        ("en", "The mayors signed it on February 9, 2023.", "2023-02-09"),
        ("en", "The mayors signed it on the 9th of February 2023.", "2023-02-09"),
        ("en", "They signed on Sept. 30, 2022, he said.", "2022-09-30"),
        ("en", "The two mayors signed the paper on 2022-05-17 in Bonn.", "2022-05-17"),
        ("en", "The two mayors signed the paper on 23/05/2022 in Bonn.", "2022-05-23"),
        ("en", "The council voted in March 2022.", "2022-03"),
        ("en", "They have been twins since 1990.", "1990"),
        ("en", "It happened for the first time in 836, between two towns.", "836"),
        ("en", "Help came in the spring of 2023.", "2023"),
        ("en", "In May, June and November 2022 the city sent help.", "2022"),
        ("en", "n 1944, the people of the city collected money.", "1944"),
        ("uk", "Угоду підписали 9 лютого 2023 року в Бонні.", "2023-02-09"),
        ("uk", "Угоду підписали 09.02.2023 в Бонні.", "2023-02-09"),
        ("uk", "Угоду підписали у лютому 2023 року.", "2023-02"),
        ("uk", "Міста дружать з 1990 року.", "1990"),
        ("uk", "Вони познайомилися у 2017-му.", "2017"),
        ("de", "Der Vertrag wurde am 9. Februar 2023 unterzeichnet.", "2023-02-09"),
        ("de", "Der Vertrag wurde am 9.2.2023 unterzeichnet.", "2023-02-09"),
        ("de", "Der Vertrag gilt seit Jänner 2020.", "2020-01"),
        ("de", "Die Städte sind seit 1990 Partner.", "1990"),
        ("de", "Die Stadt ist seit dem Jahr 2000 Partnerin.", "2000"),
        ("de", "2019 unterzeichneten beide einen Vertrag.", "2019"),
        ("pl", "Umowę podpisano 9 lutego 2023 r. w Bonn.", "2023-02-09"),
        ("pl", "Umowę podpisano w lutym 2023 roku.", "2023-02"),
        ("pl", "Miasta współpracują od 1990 r. i dłużej.", "1990"),
    ],
)
def test_a_full_date_is_as_exact_as_it_is_told(lang, text, date):
    assert [day for _, day in told(text, lang)] == [date.rjust(len(date) + (date == "836"), "0")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "They have been friends for 65 years."),
        ("en", "After 28 years the city steps back."),
        ("en", "More than 1,600 people live there."),
        ("en", "The programme 2021-2027 pays for it."),
        ("en", "Bus lines 5, 9 and 15 may run again; the mayor may come."),
        ("en", "In 120 cities the flag was seen."),
        ("en", "They came on 31 February 2023."),
        ("de", "Etwa 2000 Wohnhäuser sind kaputt."),
        ("de", "Am Morgen kam der Konvoi an."),
        ("uk", "Місто засноване в XVI столітті, мешкає 14 000 осіб."),
        ("pl", "Mieszka w niej 14 tysięcy osób, do granicy jest 3.5 km."),
        ("ka", "9 February 2023"),
    ],
)
def test_what_is_no_date_gives_none(lang, text):
    assert [day for _, day in told(text, lang, "2022-03") if day] == []


@pytest.mark.parametrize(
    ("lang", "text", "published", "date"),
    [
        ("en", "The council decided today.", "2022-05-11", "2022-05-11"),
        ("en", "The council decided yesterday.", "2022-05-11", "2022-05-10"),
        ("en", "On Tuesday he brought buses.", "2023-01-03", "2023-01-03"),
        ("en", "On Monday he brought buses.", "2023-01-03", "2023-01-02"),
        ("en", "The mayors will sign it on Friday.", "2023-01-03", "2023-01-06"),
        ("en", "The paper is to be signed next Tuesday.", "2023-01-03", None),
        ("en", "Three days ago a lorry arrived.", "2023-01-03", "2022-12-31"),
        ("en", "They came earlier this year.", "2023-01-03", "2023"),
        ("en", "Last year they came twice.", "2023-01-03", "2022"),
        ("en", "Last month they came twice.", "2023-01-03", "2022-12"),
        ("en", "They came this week.", "2023-01-03", None),
        ("en", "They voted on Wednesday.", "2023-01", None),
        ("en", "They voted on Wednesday.", "", None),
        ("uk", "Сьогодні місто підписало угоду.", "2022-10-27", "2022-10-27"),
        ("uk", "Минулої п'ятниці прибула фура.", "2022-03-23", "2022-03-18"),
        ("uk", "Угоду уклали торік.", "2024-02-14", "2023"),
        ("de", "Das hat gestern alle überzeugt.", "2022-03-11", "2022-03-10"),
        ("de", "Am Dienstag sprach der Bürgermeister.", "2022-03-08", "2022-03-08"),
        ("de", "Der Rat wird am Donnerstag entscheiden.", "2022-03-08", "2022-03-10"),
        ("de", "Vor zwei Tagen kam ein Konvoi an.", "2022-03-08", "2022-03-06"),
        ("pl", "Umowę podpisano w czwartek (6.03).", "2025-03-06", "2025-03-06"),
        ("pl", "Wczoraj radni głosowali.", "2025-03-06", "2025-03-05"),
        ("pl", "Umowę podpisano 9 lutego br.", "2025-03-06", "2025-02-09"),
    ],
)
def test_the_texts_own_date_makes_others_certain(lang, text, published, date):
    assert [day for _, day in told(text, lang, published)] == [date]


def test_a_day_without_a_year_takes_that_of_the_text_or_the_year_before():
    assert told("He came on 22 December.", published="2022-12-22")[0][1] == "2022-12-22"
    assert told("He came on 22 December.", published="2023-01-03")[0][1] == "2022-12-22"
    assert told("They will meet on 10 January.", published="2022-12-20")[0][1] == "2023-01-10"
    assert told("In May they voted.", published="2022-07-04")[0][1] == "2022-05"


def test_a_day_without_a_year_takes_that_of_a_date_next_to_it():
    text = "In March 2022 it began. In May the state followed. In June 2022 others did."
    assert [day for _, day in told(text)] == ["2022-03", "2022-05", "2022-06"]
    assert told("On 9 February they voted. They sign on 21 February 2023.")[0][1] == "2023-02-09"
    assert told("On June 14-15 they met. Nothing else is known.")[0][1] is None


def test_a_span_of_days_is_no_day():
    assert told("On April 19-20, 2023 the summit was held.")[0] == ("April 19-20, 2023", "2023-04")
    assert told("Am 7. und 9. Dezember 2022 kamen sie.", "de")[0][1] == "2022-12"


def test_the_same_year_and_day_are_those_told_before():
    text = "In 2022 three cities came. In the same year Lublin followed."
    assert [day for _, day in told(text)] == ["2022", "2022"]
    assert told("On the same day they voted.")[0][1] is None
    text = "У середу, 30 червня 2021 року, голосували. Того ж дня підписали."
    assert [day for _, day in told(text, "uk")] == ["2021-06-30", "2021-06-30"]


def test_a_weekday_before_a_date_is_part_of_it():
    assert told("It was reviewed on Tuesday, January 10, 2023.") == [
        ("Tuesday, January 10, 2023", "2023-01-10")
    ]


def test_dates_of_teasers_are_not_told():
    text = text_of("They signed on 9 February 2023 in the city of Bonn, and all were glad.")
    furniture = text.sentences[0].__class__(0, len(text.text), 0, "furniture")
    outside = text.__class__(text.text, "en", (furniture,))
    assert dates_in(outside) == ()
