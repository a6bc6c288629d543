"""Sentences of a paragraph: abbreviations, initials, ordinals, quotes, lost blanks."""

import pytest

from mistok.reading.segmenting.sentences import sentences_of

CASES = [
    ("en", ["Gov. Jay Inslee and Mr. A. Kowalski met at 5 p.m. in St. Paul.", "No. 141 was hit."]),
    ("en", ["He met the U.S. Senate in Washington, D.C. on Sept. 27, 2023.", "The end."]),
    ("en", ["It cost $1,500.50 in 2022.", "The city paid.", "Nobody said no.", "The council met."]),
    ("en", ['"Welcome!" he said.', "“Thank you.”", "Then both signed."]),
    ("en", ["russia attacked in 2022.", "russia still occupies a part."]),
    ("en", ["Fine...", "Really?!", "Yes."]),
    ("en", ["The agreement was signed.", "The mayor left early."]),
    ("de", ["Am 9. Februar kam z. B. Dr. Müller bzw. Hr. Schmidt nach St. Veit.", "Er blieb."]),
    ("de", ["Der Rat tagte am 20. Oktober 2022.", "Die Stadt zahlt 3,5 Mio. Euro."]),
    ("de", ["Sie fahren zwischen dem 7. und dem 9. Dezember.", "Nr. 18 bleibt."]),
    ("de", ["„Wir helfen.“", "Das sagte er."]),
    ("pl", ["W 2019 r. Lublin podpisał umowę m.in. z Łuckiem (ul. Długa 5).", "Trwa."]),
    ("pl", ["Umowę o współpracy podpisano w maju 2019 r.", "Lublin wspiera Łuck."]),
    ("pl", ["„Tak!” – powiedział A. Kowalski, woj. lubelskie.", "Ok. 30 tys. zł przekazano."]),
    ("uk", ["У 2022 р. Київ підписав угоду з м. Лодзь, вул. Шевченка, ім. Франка.", "Діє."]),
    ("uk", ["Угоду про партнерство підписали 12 травня 2022 р.", "Місто дало 5 тис. грн."]),
    ("uk", ["«Дякуємо!» – сказав мер.", "росія напала."]),
]


@pytest.mark.parametrize(("lang", "told"), CASES)
def test_a_paragraph_is_cut_where_its_sentences_end(lang: str, told: list[str]) -> None:
    text = " ".join(told)
    assert [text[a:b] for a, b in sentences_of(text, 0, len(text), lang)] == told


def test_a_lost_blank_parts_sentences_all_the_same() -> None:
    text = "It was signed.The mayor left."
    found = [text[a:b] for a, b in sentences_of(text, 0, len(text), "en")]
    assert found == ["It was signed.", "The mayor left."]


def test_an_address_of_the_web_is_not_cut() -> None:
    text = "See www.example.org for more."
    assert sentences_of(text, 0, len(text), "en") == [(0, len(text))]


def test_positions_count_from_the_beginning_of_the_whole_text() -> None:
    text = "Above.\nOne is here. Two is here.\nBelow."
    start, end = 7, text.rindex("\n")
    found = [text[a:b] for a, b in sentences_of(text, start, end, "en")]
    assert found == ["One is here.", "Two is here."]
