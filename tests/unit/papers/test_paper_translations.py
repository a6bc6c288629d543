"""Every text of every paper is there in five languages, and says the same in each."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from mistok.papers.format import LANGUAGES, OPTIONAL, PLACEHOLDER
from mistok.papers.templates import FOLDER

FILES = tuple(sorted(FOLDER.glob("*.json")))
Texts = Mapping[str, str]
# Short words that two languages share; any other text that is the same twice was forgotten.
COGNATES = {
    ("Annexes", "en", "fr"),
    ("Conclusion", "en", "fr"),
    ("Date", "en", "fr"),
    ("Intention", "en", "fr"),
    ("Nr", "de", "pl"),
    ("Parties", "en", "fr"),
    ("Total", "en", "fr"),
    ("tel", "en", "pl"),
}
FOREIGN = {  # letters that the language does not have
    "uk": "A-Za-zЁёЪъЫыЭэ",
    "en": "\u0400-\u04ffÀ-ÖØ-öø-ſ",
    "de": "\u0400-\u04ffąćęłńóśźżàâçéèêëîïôùûœ",
    "pl": "\u0400-\u04ffäöüßàâçéèêëîïôùûœ",
    "fr": "\u0400-\u04ffąćęłńóśźżäöß",
}
# Roman numbers, and the sign that the waybill bears in every language, Ukrainian too.
LATIN = re.compile(r"\b(?:[IVX]+|CMR)\b")

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def texts(path: Path) -> Iterator[tuple[str, Texts]]:
    """Every text for the paper with where it stands."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    yield "title", data["title"]
    for number, block in enumerate(data["blocks"], 1):
        if "text" in block:
            yield f"block {number}", block["text"]
        for column in block.get("columns", ()):
            yield f"block {number}, title of {column['title']['en']}", column["title"]
            if "text" in column:
                yield f"block {number}, column {column['title']['en']}", column["text"]


def forms(path: Path) -> Iterator[tuple[str, Texts]]:
    """Every text for the one who fills in, in English and Ukrainian."""
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    yield from (("about", data["about"]), ("source", data["source"]))
    for slot in data["slots"]:
        yield from ((f"label of {slot['name']}", slot["label"]), (slot["name"], slot["help"]))
        for field in slot.get("fields", ()):
            yield f"label of {slot['name']}.{field['name']}", field["label"]


def bare(text: str) -> str:
    """The words alone, without placeholders, numbers and signs."""
    return re.sub(r"[\W\d_]+", " ", PLACEHOLDER.sub(" ", text)).strip()


def test_papers_are_the_thirteen_that_are_promised() -> None:
    assert len({path.stem.split(".")[0] for path in FILES}) >= 13


@every_file
def test_every_text_is_there_in_all_five_languages(path: Path) -> None:
    for where, text in texts(path):
        assert tuple(sorted(text)) == tuple(sorted(LANGUAGES)), where
        assert all(text[language].strip() for language in LANGUAGES), where


@every_file
def test_no_two_languages_are_the_same_by_mistake(path: Path) -> None:
    same = {
        (bare(text[one]), one, other)
        for _, text in texts(path)
        for one, other in combinations(LANGUAGES, 2)
        if bare(text[one]) and bare(text[one]) == bare(text[other])
    }
    assert same <= COGNATES


@every_file
def test_no_text_has_letters_of_another_language(path: Path) -> None:
    for where, text in texts(path):
        for language in LANGUAGES:
            words = LATIN.sub("", PLACEHOLDER.sub("", text[language]))
            assert not re.search(f"[{FOREIGN[language]}]", words), (where, language, words)


@every_file
def test_numbers_told_in_one_language_are_told_in_all(path: Path) -> None:
    for where, text in texts(path):
        told = {tuple(sorted(re.findall(r"\d+", PLACEHOLDER.sub("", text[x])))) for x in LANGUAGES}
        assert len(told) == 1, (where, told)


@every_file
def test_slots_stand_equally_often_and_equally_optional_in_all(path: Path) -> None:
    for where, text in texts(path):
        used = {
            (
                tuple(sorted(PLACEHOLDER.findall(text[language]))),
                tuple(
                    sorted(tuple(PLACEHOLDER.findall(g)) for g in OPTIONAL.findall(text[language]))
                ),
            )
            for language in LANGUAGES
        }
        assert len(used) == 1, (where, used)


@every_file
def test_paragraphs_and_lines_are_as_many_in_all(path: Path) -> None:
    for where, text in texts(path):
        assert len({text[language].count("\n\n") for language in LANGUAGES}) == 1, where
        assert len({text[language].count("\n") for language in LANGUAGES}) == 1, where


@every_file
def test_sentences_end_alike_in_all(path: Path) -> None:
    """A colon, a semicolon or a question is one in each language; short titles may have stops."""
    for where, text in texts(path):
        ends = {found[0] if (found := re.findall(r"[:;?!]$", text[x])) else "" for x in LANGUAGES}
        assert len(ends) == 1, (where, ends)


@every_file
def test_forms_are_told_in_english_and_ukrainian(path: Path) -> None:
    for where, text in forms(path):
        assert set(text) == {"en", "uk"}, where
        assert re.search("[А-яҐґЄєІіЇї]", text["uk"]), where
        assert not re.search("[ЁёЪъЫыЭэ]", text["uk"]), where
        assert bare(text["en"]) != bare(text["uk"]), where
