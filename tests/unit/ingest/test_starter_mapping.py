"""From rows to assertions: keys made canonical, words checked, sources named."""

import pytest

from factories import DORTMUND, ZHYTOMYR, row_of, unsaved_source
from mistok.ingest.starter.mapping import place_key, support_assertions, tie_assertions
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import is_public_id
from mistok.provenance.values import SupportReport, TieEvent

pytestmark = [pytest.mark.usefixtures("world"), pytest.mark.world]
SOURCES = {"minutes": unsaved_source()}


def tie(folder, **changes):
    return list(tie_assertions(row_of(folder, "ties.csv", **changes), SOURCES))


def support(folder, **changes):
    return list(support_assertions(row_of(folder, "support.csv", **changes), SOURCES))


def test_tie_row_asserts_parties_label_and_event(tmp_path):
    said = tie(tmp_path)
    assert [(a.prop.name, a.value, a.lang) for a in said[:3]] == [
        ("party", ZHYTOMYR, ""),
        ("party", DORTMUND, ""),
        ("label", "sister cities", "en"),
    ]
    assert [a.original_value for a in said[:2]] == ["Zhytomyr", "Dortmund"]
    assert TieEvent.from_text(said[3].value).date == "2023-02-23"
    assert is_public_id(said[0].subject, "tie")
    assert len({a.subject for a in said}) == 1


def test_tie_is_the_same_whatever_the_order_and_the_alias(tmp_path):
    turned = tie(tmp_path, parties=f"{DORTMUND} ; {ZHYTOMYR}")
    alias = tie(tmp_path, parties=f"geonames:686967;{DORTMUND}")
    assert {a.subject for a in turned + alias} == {tie(tmp_path)[0].subject}


def test_tie_row_without_label_and_kind_asserts_only_what_is_said(tmp_path):
    said = tie(tmp_path, label="", kind="", party_names="", planned="1")
    assert [a.prop.name for a in said] == ["party", "party", "event"]
    event = TieEvent.from_text(said[2].value)
    assert (event.kind, event.planned) == ("unknown", True)


def test_tie_with_a_place_of_no_gazetteer_asserts_its_name_and_country(tmp_path):
    said = tie(tmp_path, parties=f"{ZHYTOMYR};x:US: Kane County ")
    named = [(a.prop.name, a.value) for a in said if is_public_id(a.subject, "place")]
    assert named == [("country", "US"), ("name", "Kane County")]
    assert place_key("x:US:Kane County") in [a.value for a in said]


def test_acting_body_is_a_place_or_words(tmp_path):
    bodies = ["geonames:686967", "x:US:Kane County", "the Polish Senate", ""]
    read = [TieEvent.from_text(tie(tmp_path, body=body)[-1].value).body for body in bodies]
    assert read == [ZHYTOMYR, place_key("x:US:Kane County"), "the Polish Senate", ""]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": "hearsay"}, "source_unknown"),
        ({"source": ""}, "source_unknown"),
        ({"parties": ZHYTOMYR}, "parties_missing"),
        ({"parties": f"{ZHYTOMYR};geonames:686967"}, "parties_missing"),
        ({"parties": f"{ZHYTOMYR};"}, "key_unknown"),
        ({"parties": f"{ZHYTOMYR};geonames:999999999"}, "key_unknown"),
        ({"parties": f"{ZHYTOMYR};katottg:UA99999999999999999"}, "key_unknown"),
        ({"parties": f"{ZHYTOMYR};Dortmund"}, "key_unknown"),
        ({"parties": f"{ZHYTOMYR};x:US:"}, "key_unknown"),
        ({"parties": f"{ZHYTOMYR};x:USA:Kane"}, "key_unknown"),
        ({"parties": f"{ZHYTOMYR};place_abcdefgh2345"}, "key_unknown"),
        ({"body": "geonames:999999999"}, "key_unknown"),
        ({"event": "married"}, "word_unknown"),
        ({"kind": "brothers"}, "word_unknown"),
        ({"date": "23.02.2023"}, "date_malformed"),
        ({"as_of": "now"}, "date_malformed"),
        ({"votes": "all"}, "votes_malformed"),
        ({"label": "x" * 201}, "value_length"),
    ],
)
def test_tie_row_that_cannot_be_meant_is_refused(tmp_path, changes, code):
    with pytest.raises(Invalid) as refused:
        tie(tmp_path, **changes)
    assert refused.value.code == code


def test_support_row_asserts_one_report(tmp_path):
    (said,) = support(tmp_path)
    report = SupportReport.from_text(said.value)
    assert (report.giver, report.receiver, report.quantity) == (DORTMUND, ZHYTOMYR, "2")
    assert report.what == {"en": "two generators", "uk": "два генератори"}
    assert not said.restricted


def test_support_from_a_giver_in_words_keeps_the_words(tmp_path):
    (said,) = support(tmp_path, giver="[The association|Товариство]")
    report = SupportReport.from_text(said.value)
    assert report.giver == ""
    assert report.giver_words == {"en": "The association", "uk": "Товариство"}


def test_support_between_places_of_no_gazetteer_asserts_their_names(tmp_path):
    said = support(tmp_path, giver="x:US:Kane County", receiver="x:UA:Stara Hromada")
    assert [a.prop.name for a in said] == ["country", "name", "country", "name", "support"]


@pytest.mark.parametrize("sensitivity", ["restricted", "", "Public", "unsure"])
def test_support_not_plainly_public_is_restricted(tmp_path, sensitivity):
    (said,) = support(tmp_path, sensitivity=sensitivity, public_what_en="equipment")
    assert said.restricted
    assert SupportReport.from_text(said.value).restricted


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sensitivity": "restricted"}, "public_words_missing"),
        ({"receiver": "[somebody]"}, "key_unknown"),
        ({"giver": "somebody"}, "key_unknown"),
        ({"quantity": "some"}, "quantity_malformed"),
        ({"unit": ""}, "unit_missing"),
        ({"status": "lost"}, "word_unknown"),
        ({"source": "hearsay"}, "source_unknown"),
    ],
)
def test_support_row_that_cannot_be_meant_is_refused(tmp_path, changes, code):
    with pytest.raises(Invalid) as refused:
        support(tmp_path, **changes)
    assert refused.value.code == code
