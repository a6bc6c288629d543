"""The catalogue itself: complete in five languages, sound codes, true headings, right plurals."""

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import pymorphy3
import pytest

from mistok.kernel.errors import Invalid, NotFound, Unavailable
from mistok.needs.items import (
    FLAGS,
    KINDS,
    LANGUAGES,
    cluster,
    clusters,
    item,
    items,
    specification,
    specifications,
    unit,
    units,
)
from mistok.needs.items.catalogue import FOLDER, load
from mistok.needs.items.checking import problems
from mistok.needs.items.model import FORMS

HERE = Path(__file__).parent
FILES = ("items", "units", "clusters", "specifications")
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ž]{2,}")
CASES = {1: ("plur", "nomn"), 2: ("plur", "gent"), 3: ("sing", "gent")}


@pytest.fixture
def data():
    return {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in FILES}


def wrong(data):
    return problems(*(data[name] for name in FILES))


def test_catalogue_is_sound_and_wide(data):
    assert wrong(data) == []
    assert len(items()) >= 300
    assert {one.kind for one in items()} == set(KINDS)
    assert {one.cluster for one in items()} <= {one.code for one in clusters()}
    assert all(items(kind=kind) for kind in KINDS)
    assert all(one.offered for one in items(offered=True))
    assert {one.cluster for one in items(cluster="energy")} == {"energy"}


def test_catalogue_codes_are_those_of_the_list_and_stay():
    """A code that was ever published stays: other installations and letters know it."""
    listed = (HERE / "item_codes.txt").read_text("utf-8").split()
    assert [one.code for one in items()] == listed


def test_catalogue_headings_stand_in_the_combined_nomenclature():
    with (HERE / "hs_headings.csv").open(encoding="utf-8", newline="") as rows:
        known = {row["hs6"] for row in csv.DictReader(rows)}
    assert {one.hs6 for one in items() if one.hs6} == known
    assert len([one for one in items(kind="goods") if one.hs6 is None]) <= 10


def test_catalogue_has_eleven_clusters_of_ocha():
    assert [one.ocha for one in clusters() if one.ocha] == (
        "CCM ERY EDU TEL FSC HEA LOG NUT PRO SHL WSH".split()
    )


def test_catalogue_dual_use_is_told_as_the_facts_say():
    """Facts 4.6 and 7.2: drones, radio sets, night vision, thermal imagers, protective gear."""
    dual = {one.code for one in items() if "dual_use" in one.flags}
    assert dual >= set(
        "drone radio_handset radio_base radio_repeater night_vision thermal_camera body_armour"
        " ballistic_helmet gas_mask".split()
    )
    assert dual == {one.code for one in items() if one.restricted}
    assert "first_aid_kit" not in dual
    assert not item("blanket").restricted


def test_catalogue_flags_go_with_headings():
    """Chapters 30 (medicines), 87 (vehicles) and 27 (fuels) of the Harmonized System."""
    for one in items():
        if (one.hs6 or "").startswith(("3002", "3004")):
            assert "medicine" in one.flags, one.code
        if (one.hs6 or "").startswith(("8701", "8702", "8703", "8704", "8705", "8716")):
            assert "vehicle" in one.flags, one.code
        if (one.hs6 or "").startswith("2710"):
            assert {"dangerous", "excisable"} <= one.flags, one.code
        assert one.flags <= set(FLAGS)


def test_catalogue_what_hromadas_offer_is_know_how_hosting_and_partnership():
    offered = items(offered=True)
    assert {one.kind for one in offered} == {"knowhow", "hosting", "partnership"}
    assert {"know_civil_defence", "know_e_government", "know_veterans"} <= {
        one.code for one in offered
    }


def test_catalogue_names_are_in_the_script_of_their_language():
    for one in items():
        for language in LANGUAGES:
            for name in one.names[language]:
                assert bool(CYRILLIC.search(name)) == (language == "uk"), name
                assert "'" not in name, name
    in_latin = {word for one in items() for n in one.names["uk"] for word in LATIN_WORD.findall(n)}
    assert in_latin <= {"OSB"}


def test_catalogue_names_differ_between_items():
    for language in LANGUAGES:
        names = [one.name(language).casefold() for one in items()]
        assert len(names) == len(set(names))


def test_catalogue_ukrainian_plurals_are_those_of_the_dictionary():
    """Each word of a name that changes stands in the case that its place asks for."""
    morph = pymorphy3.MorphAnalyzer(lang="uk")
    checked = 0
    for one in items():
        forms = [name.split() for name in one.names["uk"]]
        for place, word in enumerate(forms[0]):
            for number in range(1, len(forms)):
                here = forms[number][place]
                if here == word or not (morph.word_is_known(word) and morph.word_is_known(here)):
                    continue
                # Doors and stretchers have no singular: "двоє дверей", so the genitive throughout.
                case = 2 if forms[1] == forms[-2] else number
                cases = CASES[case] if one.counted else ("gent",)
                assert any(fits(parse, cases) for parse in morph.parse(here)), (one.code, here)
                checked += 1
    assert checked > 700


def fits(parse, cases):
    """The dictionary marks the plural; what is not plural is singular."""
    plural = "plur" in parse.tag or "Pltm" in parse.tag
    return cases[-1] in parse.tag and ("plur" not in cases or plural)


def test_catalogue_forms_of_a_counted_name_keep_its_number_of_words():
    for one in items():
        for language in ("uk", "pl"):
            assert len({len(form.split()) for form in one.names[language]}) == 1, one.code


def test_catalogue_things_that_are_not_there_are_refused():
    for look, kind, code in (
        (item, NotFound, "item_unknown"),
        (unit, Invalid, "unit_unknown"),
        (cluster, Invalid, "cluster_unknown"),
        (specification, NotFound, "specification_unknown"),
    ):
        with pytest.raises(kind) as caught:
            look("moon")
        assert caught.value.code == code
        assert "“moon”" in str(caught.value)
    assert cluster("energy").names["de"] == "Energie und Wärme"
    assert specification("power_kw").names["uk"] == "потужність, кВт"
    assert len({*items(), *units(), *clusters(), *specifications()}) > 400


def test_catalogue_capacity_classes_leave_no_gap():
    for prefix in ("generator_", "transformer_"):
        classes = [one.capacity for one in items() if one.code.startswith(prefix)]
        assert classes[0].over is None
        assert classes[-1].up_to is None
        for lower, upper in pairwise(classes):
            assert lower.up_to == upper.over
            assert lower.holds(lower.up_to)
            assert not upper.holds(lower.up_to)


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("items", {"code": "Генератор"}, "small letters"),
        ("items", {"kind": "toy"}, "kind must be"),
        ("items", {"season": "spring"}, "season must be"),
        ("items", {"unit": "furlong"}, "no unit 'furlong'"),
        ("items", {"cluster": "moon"}, "no cluster 'moon'"),
        ("items", {"flags": ["blue"]}, "no flag 'blue'"),
        ("items", {"hs6": "8502"}, "six digits"),
        ("items", {"kind": "knowhow"}, "only goods"),
        ("items", {"capacity": {"over": 5}}, "a capacity has"),
        ("items", {"names": {}}, "needs 4 forms"),
        ("items", {"aliases": {"uk": []}}, "aliases need"),
        ("items", {"specification": ["taste"]}, "no field 'taste'"),
        ("items", {"more": 1}, "what is not known: more"),
        ("units", {"factor": "0"}, "more than 0"),
        ("units", {"factor": "1/0"}, "no fraction"),
        ("units", {"more": 1}, "what is not known: more"),
        ("units", {"symbols": {}}, "text in 'uk' is missing"),
        ("clusters", {"names": {"uk": "x"}}, "text in 'en' is missing"),
        ("specifications", {"more": 1}, "what is not known: more"),
    ],
)
def test_problems_are_told_in_sentences(data, name, change, told):
    data[name][0] |= change
    found = wrong(data)
    assert any(told in sentence for sentence in found), found
    assert all(sentence.endswith(".") for sentence in found)


def test_problems_of_what_is_missing_or_twice(data):
    del data["items"][0]["names"]
    data["units"].append(data["units"][0])
    found = wrong(data)
    assert "item 'generator_petrol' lacks names." in found
    assert "unit 'piece' stands twice." in found


def test_load_of_a_broken_folder_is_refused(tmp_path, data):
    with pytest.raises(Unavailable, match="cannot be read"):
        load(tmp_path)
    data["units"] = []
    for name in FILES:
        (tmp_path / f"{name}.json").write_text(json.dumps(data[name]), encoding="utf-8")
    with pytest.raises(Unavailable) as caught:
        load(tmp_path)
    assert caught.value.code == "catalogue_broken"
    assert set(FORMS) == set(LANGUAGES)
