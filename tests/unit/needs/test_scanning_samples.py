"""The guard on labelled letters, news and council papers, in a half for tuning and a held-out one.

Both halves were written before the searchers; they were tuned on the development half alone.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

from mistok.kernel.errors import Invalid
from mistok.needs.scanning import Kind
from mistok.needs.scanning.evaluation import Sample, measure, read_samples

SAMPLES = Path(__file__).parents[2] / "data" / "dangerous_texts.csv"
PROSE = SAMPLES.with_name("dangerous_prose.csv")
HALVES = ("development", "held_out")
HEADER = "half,label,kinds,lang,allowed,text\n"


@pytest.fixture(scope="module")
def samples():
    return read_samples(SAMPLES)


def test_samples_are_many_balanced_and_parted(samples):
    counts = Counter((sample.half, sample.lang, bool(sample.kinds)) for sample in samples)
    kinds = {half: Counter() for half in HALVES}
    for sample in samples:
        kinds[sample.half].update(sample.kinds)

    assert sum(bool(sample.kinds) for sample in samples) >= 150
    assert sum(not sample.kinds for sample in samples) >= 250
    assert len({sample.text for sample in samples}) == len(samples)
    for half in HALVES:
        assert min(counts[half, lang, True] for lang in ("uk", "en")) >= 35
        assert min(counts[half, lang, False] for lang in ("uk", "en")) >= 60
        assert min(kinds[half][kind] for kind in Kind) >= 8


@pytest.mark.parametrize("half", HALVES)
def test_guard_finds_dangers_and_lets_harmless_texts_be(samples, half):
    told = measure(sample for sample in samples if sample.half == half)

    sys.stdout.write("\n".join([half, *told.lines(), ""]))
    assert told.recall >= 0.95, told.missed
    assert told.false_alarms <= 0.05, told.false


@pytest.mark.parametrize("half", ["first", "second"])
def test_guard_finds_dangers_in_prose_of_other_kinds(half):
    """Written by somebody who had not seen the searchers.

    First seen, the searchers of that day found 0.585 of the first half and 0.600 of the second.
    They were mended on the first alone and then found 0.825 of the second; the rest of it was
    mended later, so both are kept against forgetting and prove nothing of texts to come.
    """
    told = measure(sample for sample in read_samples(PROSE) if sample.half == half)

    sys.stdout.write("\n".join([f"prose, {half}", *told.lines(), ""]))
    assert told.recall >= 0.95, told.missed
    assert told.false_alarms == 0, told.false


def test_measure_counts_what_is_missed_and_what_is_false():
    samples = [
        Sample("Дзвоніть 067 123 45 67.", frozenset({Kind.PHONE}), "uk", "x"),
        Sample("Тут сказано небагато.", frozenset({Kind.ROUTE}), "uk", "x"),
        Sample("Дзвоніть 067 123 45 67 нам.", frozenset(), "uk", "x"),
        Sample("Три генератори.", frozenset(), "uk", "x"),
    ]

    told = measure(samples)

    assert (told.dangerous, told.harmless) == (2, 2)
    assert (told.recall, told.false_alarms) == (0.5, 0.5)
    assert told.missed == (("Тут сказано небагато.", (Kind.ROUTE,)),)
    assert told.false == (("Дзвоніть 067 123 45 67 нам.", (Kind.PHONE,)),)
    assert told.lines()[4].split() == ["phone", "1", "1", "1.000", "1"]
    assert told.lines()[-1].split()[:4] == ["all", "2", "1", "0.500"]


def test_measure_of_nothing_is_perfect():
    told = measure([])

    assert (told.recall, told.false_alarms) == (1.0, 0.0)


def test_samples_carry_what_is_allowed(tmp_path):
    path = tmp_path / "some.csv"
    path.write_text(HEADER + "x,harmless,,uk, 112 ;(04141) 3-52-10,Так\n", encoding="utf-8")

    (sample,) = read_samples(path)

    assert sample.allowed == {"112", "(04141) 3-52-10"}
    assert not sample.kinds


@pytest.mark.parametrize(
    "line",
    [
        "x,dangerous,,uk,,нічого не названо",
        "x,harmless,phone,uk,,названо телефон",
        "x,dangerous,weather,uk,,невідоме",
        "x,perhaps,,uk,,невідоме",
        "x,harmless,",
    ],
)
def test_samples_that_contradict_themselves_are_refused(tmp_path, line):
    path = tmp_path / "some.csv"
    path.write_text(HEADER + line + "\n", encoding="utf-8")

    with pytest.raises(Invalid, match="Line 2 of the samples") as refused:
        read_samples(path)

    assert refused.value.code == "samples_malformed"
