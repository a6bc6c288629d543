"""Refusals: a code for programs, a sentence for people, a status for the web."""

import pickle

import pytest

from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, Unavailable


@pytest.mark.parametrize(
    ("kind", "status"),
    [(NotFound, 404), (NotAllowed, 403), (Conflict, 409), (Invalid, 400), (Unavailable, 503)],
)
def test_refusal_carries_code_sentence_details_and_status(kind, status):
    details = {"key": "geonames:1"}
    refusal = kind("It is not there.", code="gone", details=details)
    assert isinstance(refusal, Refusal)
    assert (str(refusal), refusal.code, refusal.status) == ("It is not there.", "gone", status)
    assert refusal.details == details
    assert refusal.details is not details


def test_refusal_travels_between_processes():
    refusal = Unavailable("No world is here.", code="world_missing", details={"folder": "x"})
    there = pickle.loads(pickle.dumps(refusal))
    assert type(there) is Unavailable
    assert (str(there), there.code) == ("No world is here.", "world_missing")
    assert there.details == {"folder": "x"}


def test_refusal_renders_its_sentence_when_it_is_shown():
    class Lazy:
        language = "en"

        def __str__(self):
            return {"en": "Not found.", "uk": "Не знайдено."}[self.language]

    sentence = Lazy()
    refusal = NotFound(sentence, code="gone")
    sentence.language = "uk"
    assert str(refusal) == "Не знайдено."
    assert refusal.details == {}
