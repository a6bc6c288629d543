"""The date that a text prints of itself, in the forms that pages use, and never another's."""

import pytest

from mistok.reading.language import language_of
from mistok.reading.segmenting import segment
from mistok.reading.segmenting.dateline import inline_dateline, published_in

BODIES = {
    "en": "The mayors of both cities have signed an agreement. It was a long day in the town hall.",
    "uk": "Мери обох міст підписали угоду про співпрацю. Це був довгий день у міській раді.",
    "de": "Die Bürgermeister beider Städte haben einen Vertrag geschlossen. Es war ein langer Tag.",
    "pl": "Burmistrzowie obu miast podpisali umowę o współpracy. To był długi dzień w ratuszu.",
}
TITLES = {
    "en": "Two cities sign an agreement",
    "uk": "Два міста підписали угоду",
    "de": "Zwei Städte schließen einen Vertrag",
    "pl": "Dwa miasta podpisały umowę",
}


def printed(text: str) -> str:
    lang = language_of(text)
    date = published_in(text, segment(text, lang), lang)
    return "" if date is None else str(date)


LINES = [
    ("en", "October 4, 2024", "2024-10-04"),
    ("en", "Friday, March 15, 2024", "2024-03-15"),
    ("en", "Last Updated March 24, 2023", "2023-03-24"),
    ("en", "News | 3 January 2023", "2023-01-03"),
    ("en", "14:02 22.04.2024", "2024-04-22"),
    ("en", "2023-04-25, 21:41", "2023-04-25"),
    ("en", "2024-03-15T14:00:00+02:00", "2024-03-15"),
    ("en", "Posted 12 February 2024 at 10:15", "2024-02-12"),
    ("en", "By Anna Smith | 2 October 2023 | 3 min read", "2023-10-02"),
    ("en", "Updated Sept. 27th, 2023 at 6:41 PM", "2023-09-27"),
    ("en", "25/04/2023", "2023-04-25"),
    ("en", "04/25/2023", "2023-04-25"),
    ("en", "05/04/2023", ""),
    ("uk", "22 Гру 2022", "2022-12-22"),
    ("uk", "27.10.2022", "2022-10-27"),
    ("uk", "Понеділок, 11 вересня 2023", "2023-09-11"),
    ("uk", "25 травня, четвер, 2023", "2023-05-25"),
    ("uk", "Суми, 23 березня 2022 р., 13:05", "2022-03-23"),
    ("uk", "Опубліковано: 5 січня 2024 року о 10:15", "2024-01-05"),
    ("uk", "Жовтень 2024", "2024-10"),
    ("de", "11. März 2022", "2022-03-11"),
    ("de", "08.03.2022, 15:12 Uhr", "2022-03-08"),
    ("de", "Stand: 3.5.2023", "2023-05-03"),
    ("de", "Sangerhausen, den 30. November 2022", "2022-11-30"),
    ("de", "Dezember 2022", "2022-12"),
    ("pl", "Marzec 2022", "2022-03"),
    ("pl", "6.03.2025, 18:13, akt. 18:38", "2025-03-06"),
    ("pl", "opublikowano: 9 października 2023 r.", "2023-10-09"),
    ("pl", "Nauka i medycyna | 12 lut 2024, godz. 10:10", "2024-02-12"),
    ("pl", "15-12-2022 08:47 | Region", "2022-12-15"),
]


@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
@pytest.mark.parametrize(("lang", "line", "date"), LINES, ids=[line for _, line, _ in LINES])
def test_a_line_at_the_head_of_a_page_is_its_date(
    lang: str, line: str, date: str, above: bool
) -> None:
    lines = [line, TITLES[lang]] if above else [TITLES[lang], line]
    text = "\n".join(lines) + f"\n\n{BODIES[lang]}\n{BODIES[lang]}"
    assert printed(text) == date


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("TACOMA, March 15, 2024 — ", "2024-03-15"),
        ("GALWAY, Thursday 16 May 2024 – ", "2024-05-16"),
        ("BOLOGNA, 27 February 2024 (AdB) - ", "2024-02-27"),
        ("Lublin, 12 maja 2022 r. – ", "2022-05-12"),
        ("ST. PAUL — Sept. 27, 2023. ", "2023-09-27"),
        ("Hannover (dpa/lni) – ", ""),
        ("SAN JOSE, Calif. — ", ""),
        ("Gaggenau (kw). ", ""),
    ],
)
def test_a_dateline_opens_the_first_sentence(head: str, date: str) -> None:
    text = f"{TITLES['en']}\n\n{head}{BODIES['en']}"
    assert inline_dateline(head + BODIES["en"], "en") == len(head)
    assert printed(text) == date


@pytest.mark.parametrize(
    "line",
    [
        "The city of Kyiv – the capital of Ukraine – has a partner.",
        "USAID – The agency helps the cities of Ukraine.",
        "Kyiv – It has a partner in the west.",
        "In May 2022 – The war had begun – Kharkiv broke its ties.",
        "Bucha.",
    ],
)
def test_other_beginnings_with_a_dash_are_no_datelines(line: str) -> None:
    assert inline_dateline(line, "en") == 0


def test_a_day_without_a_year_takes_it_from_a_full_date_near_by() -> None:
    body = "On July 1, 2024, the mayor signed a cooperation agreement with the city of Yokohama."
    assert printed(f"03 июл, 15:00\n\n{TITLES['en']}\n\n{body}") == "2024-07-03"


@pytest.mark.parametrize(
    "body",
    [
        "On January 1, 2024, the mayor signed a cooperation agreement with the city of Yokohama.",
        "On July 1 the mayor signed a cooperation agreement with the city of Yokohama in Japan.",
        "It was agreed on 1 July 2023 and on 2 July 2024 the mayor signed it with Yokohama.",
    ],
)
def test_a_day_whose_year_is_not_certain_is_no_date(body: str) -> None:
    assert printed(f"03 July, 15:00\n\n{TITLES['en']}\n\n{body}") == ""


def test_published_goes_before_updated_and_both_before_a_headline() -> None:
    text = (
        f"Agreements of 3 May 2020\nUpdated 7 May 2023\nPublished 5 May 2023\n\n{BODIES['en']}\n"
        f"{BODIES['en']}"
    )
    assert printed(text) == "2023-05-05"


def test_dates_of_events_laws_and_teasers_are_not_the_pages_own() -> None:
    text = (
        f"{TITLES['en']}\n\n{BODIES['en']} Decided on 3 May 2022, by an act of 1 June 2010."
        "\n\nREAD ALSO\n31 October 2024\nNew buses for Odesa\n30 October 2024\nFestival in Lviv\n"
    )
    assert printed(text) == ""


def test_a_date_below_counts_only_when_it_is_called_so() -> None:
    page = f"{TITLES['en']}\n\n{BODIES['en']}\n{BODIES['en']}\n\n"
    assert printed(f"{page}Published on 5 May 2023\n") == "2023-05-05"
    assert printed(f"{page}Festival in Lviv on 5 May 2023\n") == ""


@pytest.mark.parametrize("line", ["31.02.2023", "99.99.2023", "2023-13-01", "0.0.2023"])
def test_a_day_that_no_calendar_has_is_no_date(line: str) -> None:
    assert printed(f"{line}\n{TITLES['de']}\n\n{BODIES['de']}") == ""
