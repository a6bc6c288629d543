"""Reasons in sentences: one for whatever the facts of a criterion may be, in any language."""

import pytest
from django.utils import translation

from factories import DORTMUND, GDYNIA, PARDUBICE, PLOCK, ZHYTOMYR
from mistok.matching import FIT_1, Reason, load_model
from mistok.partnering.sentences import DESCRIPTIONS, LABELS, grouped, rounded, sentence
from mistok.registry.gazetteer import the_world

NARROW = "\u202f"


def told(criterion, **facts):
    with translation.override("en"):
        return sentence(Reason(criterion, 0.5, 0.1, 0.05, facts))


def places(*keys):
    return [the_world().index(key) for key in keys]


def country(code):
    return the_world().columns.country_codes.index(code)


@pytest.mark.parametrize(
    ("criterion", "facts", "text"),
    [
        (
            "size",
            {"seeker_population": 0, "candidate_population": 5, "unknown": "seeker"},
            "How many people live in one of the two is not known.",
        ),
        (
            "size",
            {"seeker_population": 100_000, "candidate_population": 109_000},
            f"Both have about 110{NARROW}000 inhabitants.",
        ),
        (
            "size",
            {"seeker_population": 512, "candidate_population": 261_624},
            f"260{NARROW}000 inhabitants there, 510 here.",
        ),
        ("prominence", {"names": 9, "capital": 1, "seat": 1}, "The capital of its country."),
        (
            "prominence",
            {"names": 1, "capital": 0, "seat": 1},
            "The centre of its region, known by 1 name.",
        ),
        (
            "prominence",
            {"names": 7, "capital": 0, "seat": 0},
            "In the world’s languages it is known by 7 names.",
        ),
        ("distance", {"unknown": "both"}, "Where one of the two lies is not known."),
        ("distance", {"km": 1234.4}, f"1{NARROW}234 km away as the crow flies."),
        ("region", {"ties": 1, "of": 9, "with_country": 2}, None),
        ("region", {"ties": 2, "of": 9, "with_country": 2}, None),
        (
            "region",
            {"ties": 0, "of": 9, "with_country": 2},
            "No tie between the regions is known; theirs has 2 with your country.",
        ),
        ("surroundings", {"count": 0, "places": []}, "No neighbour of yours is tied there."),
        ("experience", {"ties": 0}, "No foreign tie of this place is known."),
        ("experience", {"ties": 1}, "Keeps 1 foreign tie already."),
        ("appetite", {"ties": 3}, "Keeps 3 foreign ties already."),
        ("load", {"ties": 0}, "No tie with your country is known: free for a first one."),
        ("load", {"ties": 2}, "Has 2 ties with your country already."),
        ("ukraine", {"ties": 0}, "No tie with Ukraine is known: it may have time."),
        ("ukraine", {"ties": 1}, "Has 1 tie with Ukraine already."),
        ("affinity", {"ties": 0, "of": 0, "like": 0.0}, None),
        (
            "affinity",
            {"ties": 1, "of": 3, "like": 2.0},
            "1 of its 3 known ties is with your country.",
        ),
        ("affinity", {"ties": 0, "of": 3, "like": 1.0}, None),
        ("affinity", {"ties": 0, "of": 3, "like": 0.9}, "Its partners are unlike you so far."),
        ("shared_partners", {"count": 0, "partners": []}, "No partner in common is known."),
        ("chain", {"count": 0, "places": []}, "None of its partners shares a partner with you."),
        ("namesake", {"same": 1}, "The two bear one name."),
        ("namesake", {"same": 0}, "The names differ."),
        ("clock", {"unknown": "both"}, "The time of day of one of the two is not known."),
        ("clock", {"hours": 0.0}, "The clock shows the same hour in both."),
        ("clock", {"hours": 5.5}, "The clocks are 5.5 h apart."),
        ("position", {"shared": []}, "Nothing special about the position of both is alike."),
        ("position", {"shared": [1, 32]}, "Both are alike: at the sea, seaports."),
        ("fields", {"unknown": "both"}, None),
        ("capacity", {"free": 2}, "Room for new partners: 2."),
    ],
)
def test_facts_are_told_in_one_sentence(criterion, facts, text):
    said = told(criterion, **facts)
    assert said == text or (text is None and said.endswith("."))
    assert "%(" not in said


def test_sentences_of_like_facts_differ():
    facts = [
        {"ties": 0, "of": 0, "like": 0.0},
        {"ties": 1, "of": 3, "like": 0.0},
        {"ties": 2, "of": 3, "like": 0.0},
        {"ties": 0, "of": 3, "like": 1.0},
        {"ties": 0, "of": 3, "like": 0.0},
    ]
    assert len({told("affinity", **one) for one in facts}) == len(facts)


@pytest.mark.parametrize(
    ("likeness", "word"),
    [
        (1.0, "first language"),
        (0.8, "official language"),
        (0.5, "close relatives"),
        (0.25, "distant relatives"),
        (0.2, "not related"),
        (0.0, "not related"),
    ],
)
def test_likeness_of_languages_is_told_in_steps(likeness, word):
    assert word in told("language", likeness=likeness, country=0)


@pytest.mark.parametrize(
    ("ties", "words"),
    [(0, "No tie with Poland"), (1, "1 of 5 known ties"), (4, "4 of 5 known ties")],
)
def test_habit_names_the_country(ties, words):
    said = told("habit", ties=ties, of=5, country=country("PL"))
    assert words in said
    assert "Poland" in said


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ties": 0, "km": 0.2}, "a partner 0 km from there"),
        ({"ties": 0}, "no partner in Poland yet"),
        ({"ties": 1}, "1 tie with Poland already"),
        ({"ties": 3}, "3 ties with Poland already"),
    ],
)
def test_own_ties_are_told_by_the_nearest_first(facts, words):
    assert words in told("own_ties", country=country("PL"), **facts)


def test_places_are_named_and_the_rest_counted():
    few = places(DORTMUND, GDYNIA)
    assert told("shared_partners", count=2, partners=few) == "In common: Dortmund, Gdynia."
    many = places(DORTMUND, GDYNIA, PLOCK, PARDUBICE, ZHYTOMYR)
    said = told("shared_partners", count=5, partners=many)
    assert said.endswith("Pardubice, 1 more.")
    assert told("chain", count=7, places=few).endswith("with you: Dortmund, Gdynia, 5 more.")
    assert told("surroundings", count=2, places=few).endswith("there: Dortmund, Gdynia.")
    with translation.override("uk"):
        fact = Reason("shared_partners", 1, 1, 1, {"count": 1, "partners": places(ZHYTOMYR)})
        assert "Житомир" in sentence(fact)


OWN = {"met": ["countries"], "unmet": [], "unsure": []}
SILENT = {"unknown": "wishes"}


def their(facts):
    return {f"their_{name}": value for name, value in facts.items()}


def test_wishes_of_both_sides_are_told():
    own = "As wished: country."
    assert told("wishes", **OWN) == own
    assert told("wishes", **OWN, **their(SILENT)) == own
    assert told("wishes", **OWN, **their(OWN)) == f"{own} Their wishes: {own}"
    assert told("wishes", **SILENT, **their(OWN)) == f"Their wishes: {own}"
    assert told("wishes", unknown="both") == "No wish is stated."


def test_every_criterion_has_a_name_and_is_described():
    names = {*load_model().names, *(one.name for one in FIT_1.criteria)}
    for name in names:
        assert str(LABELS[name])
        assert str(DESCRIPTIONS[name]).endswith(".")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (7, "7"), (99, "99"), (512, "510"), (1_049, f"1{NARROW}000")],
)
def test_populations_are_told_in_two_figures(number, text):
    assert rounded(number) == text
    assert grouped(1_234_567) == f"1{NARROW}234{NARROW}567"
