"""The words of a profile, the sentences made of them, and what a profile lacks."""

import re

import pytest
from django.utils.translation import override

from mistok.matching.declared import (
    CRITERIA,
    SETS,
    Profile,
    Wishes,
    facts,
    hints,
    wish_facts,
)
from mistok.partnering.profiles.entry import FIELD_LABELS, ProfileEntry
from mistok.partnering.profiles.missing import WHY, missing
from mistok.partnering.profiles.sentences import (
    ADD,
    CRITERION_DESCRIPTIONS,
    CRITERION_LABELS,
    SAY,
    SENTENCES,
    fact_sentence,
    hint_sentence,
    joined,
)
from mistok.partnering.profiles.vocabulary import (
    ECONOMY,
    FIELDS,
    INSTITUTIONS,
    NEEDS,
    OFFERED_LANGUAGES,
    labels,
    language_names,
    words_of,
)

ONE = Profile(
    wanted=frozenset({"culture"}),
    offered=frozenset({"civil_protection"}),
    needs=frozenset({"generators"}),
    economy=frozenset({"mining"}),
    languages=frozenset({"en", "uk"}),
)
OTHER = Profile(
    wanted=frozenset({"civil_protection", "culture"}),
    offered=frozenset({"rehabilitation", "culture", "sport"}),
    offers=frozenset({"generators"}),
    institutions=frozenset({"hospital"}),
    economy=frozenset({"mining"}),
    languages=frozenset({"en", "de"}),
)
FULL = ProfileEntry(
    profile=Profile(
        **{name: frozenset({"x"}) for name in SETS}, wishes=Wishes(max_km=9), capacity=0
    ),
    about_en="a",
    about_uk="б",
    public=True,
)
WEIGHTS = {"size": 0.5, "fields": 0.2, "needs": 0.1, "languages": 0.1, "load": -0.1}


@pytest.mark.parametrize("words", [FIELDS, NEEDS, ECONOMY, INSTITUTIONS])
def test_codes_are_plain_and_labels_differ(words):
    assert all(re.fullmatch(r"[a-z][a-z_]{1,29}", code) for code in words)
    assert len({str(label) for label in words.values()}) == len(words)


def test_every_set_has_its_words_in_the_readers_language():
    assert all(words_of(name) for name in SETS)
    assert labels("languages", {"de", "uk"}) == ["German", "Ukrainian"]
    with override("uk"):
        assert labels("languages", {"de"}) == ["німецька"]
    assert labels("wanted", {"sport", "culture", "strange"}) == ["culture", "sport"]


def test_languages_of_the_form_are_known_and_stand_once():
    assert set(OFFERED_LANGUAGES) <= set(language_names("en"))
    assert len(set(OFFERED_LANGUAGES)) == len(OFFERED_LANGUAGES)
    assert all(len(code) == 2 for code in language_names("uk"))


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        (
            "fields",
            "They can give: culture. You can give: civil protection and fire service.",
        ),
        ("needs", "They can give: generators and power supply."),
        ("likeness", "In common: mining."),
        ("languages", "Both offices write: English."),
    ],
)
def test_facts_are_told_in_a_sentence(criterion, sentence):
    assert fact_sentence(criterion, facts(ONE, OTHER)[criterion]) == sentence


def test_facts_seen_from_the_other_side():
    assert fact_sentence("needs", facts(OTHER, ONE)["needs"]) == (
        "You can give: generators and power supply."
    )


@pytest.mark.parametrize("criterion", ["fields", "needs", "likeness", "languages"])
def test_nothing_in_common_and_silence_are_told_apart(criterion):
    strange = Profile(**{name: frozenset({name}) for name in SETS})
    none = fact_sentence(criterion, facts(ONE, strange)[criterion])
    silences = [
        fact_sentence(criterion, facts(*pair)[criterion])
        for pair in ((Profile(), ONE), (ONE, Profile()), (Profile(), Profile()))
    ]
    told = [none, *silences]
    assert len(set(told)) == 4
    assert all(sentence.endswith(".") for sentence in told)
    assert [sentence.split()[0] for sentence in silences] == ["Your", "Their", "Neither"]


def test_wishes_are_told_by_what_is_met():
    wish = Wishes(frozenset({"DE"}), frozenset({"HU"}), 1, 100, 50)
    told = fact_sentence("wishes", wish_facts(wish, country="DE", population=500, km=None))
    assert told == "As wished: country. Not as wished: size. Not known: distance."
    only = Wishes(not_countries=frozenset({"HU"}))
    free = fact_sentence("wishes", wish_facts(only, country="DE", population=1, km=1))
    assert free == "Nothing speaks against a stated wish."
    barred = fact_sentence("wishes", wish_facts(only, country="HU", population=1, km=1))
    assert barred == "Not as wished: country not wished for."
    silent = fact_sentence("wishes", wish_facts(Wishes(), country="HU", population=1, km=1))
    assert silent == "No wish is stated."


@pytest.mark.parametrize(
    ("told", "words"),
    [({"free": 2}, ": 2."), ({"free": 0}, "no room"), ({"unknown": "candidate"}, "not said")],
)
def test_capacity_is_told(told, words):
    assert words in fact_sentence("capacity", told)


def test_hints_are_told_as_questions_of_truth():
    told = [hint_sentence(hint) for hint in hints(Profile(wanted=frozenset({"sport"})), OTHER)]
    assert told[0] == (
        "They offer: culture, rehabilitation and veterans. Add it to what you look for, if you do."
    )
    assert told[-1] == "You have not said your languages. Theirs: English, German."
    assert all("%" not in sentence for sentence in told)


def test_long_lists_are_cut_and_counted():
    assert joined(list("abcdef"), 3) == "a, b, c, 3 more"
    assert joined(list("abc"), 3) == "a, b, c"


def test_every_criterion_and_every_set_has_its_sentences():
    assert set(SENTENCES) == set(CRITERION_LABELS) == set(CRITERION_DESCRIPTIONS) == set(CRITERIA)
    assert set(SAY) == set(ADD) == set(SETS)


def test_full_profile_lacks_nothing():
    assert missing(FULL, WEIGHTS) == []


def test_empty_profile_lacks_everything_weightiest_first():
    gaps = missing(ProfileEntry(), WEIGHTS)
    assert {gap.field for gap in gaps} == set(WHY)
    shares = {gap.field: gap.share for gap in gaps}
    assert [gap.share for gap in gaps] == sorted(shares.values(), reverse=True)
    assert shares["public"] == pytest.approx(0.4)
    assert shares["wanted"] == shares["offered"] == pytest.approx(0.1)
    assert shares["needs"] == pytest.approx(0.05)
    assert shares["languages"] == pytest.approx(0.1)
    assert shares["wishes"] == shares["about_en"] == 0
    assert all(gap.why.endswith(".") for gap in gaps)


def test_method_without_declared_criteria_gives_no_share():
    assert {gap.share for gap in missing(ProfileEntry(), {"size": 1.0})} == {0}
    assert {gap.share for gap in missing(ProfileEntry(), {})} == {0}


def test_every_gap_is_a_field_of_the_profile_or_its_wishes():
    assert set(WHY) - set(FIELD_LABELS) == {"wishes"}
