"""Ties and places as projected: public only with a source, merged without loss, made anew."""

import pytest
from django.db import IntegrityError, transaction

from factories import (
    BUCHA,
    DORTMUND,
    GDYNIA,
    ORIGIN,
    PLOCK,
    TODAY,
    ZHYTOMYR,
    a_source,
    a_support,
    a_tie,
)
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.kernel.ids import is_public_id
from mistok.provenance.models import AuditEvent, Judgement, Statement
from mistok.provenance.services import Assertion, observe, withdraw_statement
from mistok.provenance.vocabulary import COUNTRY, NAME
from mistok.registry.models import Act, Decision, Instrument, Municipality, Support, Tie, TieFact
from mistok.registry.services import (
    merge_municipalities,
    municipalities,
    project_supports,
    project_ties,
    provisional_key,
    rebuild,
    tie_subject,
)

pytestmark = pytest.mark.django_db
ZHYTOMYR_TOWN = "geonames:686967"
KANE = provisional_key("US", "Kane County")


def kane(source, **names):
    said = [Assertion(source=source, subject=KANE, prop=COUNTRY, value="US")]
    said += [
        Assertion(source=source, subject=KANE, prop=NAME, value=name, lang=lang)
        for lang, name in names.items()
    ]
    observe(assertions=said, origin=ORIGIN, seen_at=TODAY)


def test_municipality_is_made_from_the_world_on_first_need():
    rows = municipalities(keys=[ZHYTOMYR, DORTMUND])
    assert Municipality.objects.count() == 2
    assert (rows[DORTMUND].name, rows[DORTMUND].country) == ("Dortmund", "DE")
    assert rows[ZHYTOMYR].labels["uk"] == "Житомир"
    assert municipalities(keys=[ZHYTOMYR])[ZHYTOMYR].pk == rows[ZHYTOMYR].pk
    assert str(rows[DORTMUND]) == "Dortmund (DE)"


def test_municipality_is_found_under_its_other_keys():
    rows = municipalities(keys=[ZHYTOMYR, ZHYTOMYR_TOWN])
    assert rows[ZHYTOMYR] == rows[ZHYTOMYR_TOWN]
    assert Municipality.objects.get().key == ZHYTOMYR


@pytest.mark.parametrize("key", ["geonames:999999999", KANE])
def test_municipality_that_nobody_knows_is_refused(key):
    with pytest.raises(NotFound) as refused:
        municipalities(keys=[key])
    assert refused.value.code == "place_unknown"
    assert not Municipality.objects.exists()


def test_municipality_of_no_gazetteer_is_made_of_what_sources_say():
    kane(a_source(), uk="Округ Кейн", en="Kane County")
    row = municipalities(keys=[KANE])[KANE]
    assert (row.name, row.country, row.name_in("uk")) == ("Kane County", "US", "Округ Кейн")
    assert (row.lat, row.population) == (None, None)


def test_municipality_named_in_one_language_only_goes_by_that_name():
    kane(a_source(), uk="Округ Кейн")
    assert municipalities(keys=[KANE])[KANE].name == "Округ Кейн"


def test_tie_subject_is_the_same_whatever_the_order():
    assert tie_subject([ZHYTOMYR, DORTMUND]) == tie_subject([DORTMUND, ZHYTOMYR, DORTMUND])
    assert is_public_id(tie_subject([ZHYTOMYR]), "tie")


def test_tie_is_projected_with_parties_label_paper_and_signatures():
    tie = Tie.objects.get(public_id=a_tie(label="sister cities", date="2023-02-23", mode="online"))
    names = [party.municipality.key for party in tie.parties.all()]
    assert names == [ZHYTOMYR, DORTMUND]
    assert (tie.state, tie.kind, tie.since, tie.public) == (
        "signed",
        "twinning",
        "2023-02-23",
        True,
    )
    paper = Instrument.objects.get()
    assert (paper.kind, paper.signed, paper.mode) == ("agreement", "2023-02-23", "online")
    assert paper.signatures.count() == 2
    assert tie.labels.get().label == "sister cities"
    assert str(tie) == tie.public_id


def test_tie_without_a_standing_party_or_event_has_no_rows():
    subject = a_tie()
    for statement in Statement.objects.filter(prop="party", value=DORTMUND):
        withdraw_statement(actor="a", statement=statement, reason="misread", at=TODAY)
    assert project_ties(subjects=[subject]) == 0
    assert not Tie.objects.exists()
    assert Statement.objects.filter(subject=subject).count() == 3


def test_tie_of_internal_statements_only_has_no_rows():
    subject = a_tie()
    Statement.objects.update(visibility="internal")
    assert project_ties(subjects=[subject]) == 0


def test_tie_is_public_only_with_a_source():
    tie = Tie.objects.get(public_id=a_tie())
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.filter(pk=tie.pk).update(sources_count=0)
    Tie.objects.filter(pk=tie.pk).update(sources_count=0, public=False)
    assert not Tie.objects.public().exists()


def test_tie_of_an_unknown_state_cannot_be_stored():
    a_tie()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.update(state="married")


def test_party_stands_once_in_a_tie():
    tie = Tie.objects.get(public_id=a_tie())
    party = tie.parties.first()
    party.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        party.save()


def test_decision_of_a_place_and_of_a_body_in_words_are_kept():
    source = a_source()
    a_tie(source=source, event="decided", date="2022-06", body=DORTMUND, votes="14/0")
    a_tie(source=source, event="approved", date="2022-07", body="the Senate", act_number="12")
    by_place, in_words = Decision.objects.order_by("date")
    assert (by_place.body.key, by_place.body_text) == (DORTMUND, "")
    assert by_place.votes == {"for": 14, "against": 0}
    assert [str(fact.when) for fact in TieFact.objects.all()] == ["2022-06", "2022-07"]
    assert (in_words.body, in_words.body_text, in_words.number) == (None, "the Senate", "12")


def test_signings_that_agree_are_one_paper_and_the_exact_date_stands():
    for slug, date in (("news", "2023"), ("minutes", "2023-02-23"), ("page", "")):
        a_tie(source=a_source(slug), date=date)
    paper = Instrument.objects.get()
    assert (paper.signed, paper.contested, len(paper.statements)) == ("2023-02-23", False, 3)


def test_signings_that_clash_are_contested_papers():
    for slug, date in (("news", "2023-02-09"), ("minutes", "2023-02-23")):
        a_tie(source=a_source(slug), date=date)
    assert set(Instrument.objects.values_list("contested", flat=True)) == {True}
    assert Instrument.objects.count() == 2


def test_letter_of_intent_leaves_a_paper_and_no_signatures():
    a_tie(event="letter_of_intent", date="2022-05")
    paper = Instrument.objects.get()
    assert paper.kind == "letter_of_intent"
    assert not paper.signatures.exists()


def test_act_is_shared_by_the_ties_that_it_touched():
    source = a_source()
    for key in (DORTMUND, GDYNIA):
        a_tie(ZHYTOMYR, key, source=source, event="severed", act="act-1", body=ZHYTOMYR)
    act = Act.objects.get()
    assert act.facts.count() == 2
    assert act.body.key == ZHYTOMYR
    assert str(act) == "act-1"


def test_support_is_projected_from_the_most_trusted_words():
    a_support(a_source("news", trust=2), what={"en": "some generators"})
    subject = a_support(a_source("minutes", trust=4), what={"en": "two generators"})
    row = Support.objects.get(public_id=subject)
    assert "two generators" in row.value
    assert len(row.statements) == 2
    assert (row.giver.key, row.receiver.key, row.restricted) == (DORTMUND, ZHYTOMYR, False)


def test_support_from_a_giver_in_words_keeps_the_words():
    row = Support.objects.get(public_id=a_support(giver="", giver_words={"en": "The association"}))
    assert (row.giver, row.giver_text) == (None, "The association")


def test_support_without_a_standing_statement_loses_its_row():
    subject = a_support()
    withdraw_statement(actor="a", statement=Statement.objects.get(), reason="no", at=TODAY)
    assert project_supports(subjects=[subject]) == 0
    assert not Support.objects.exists()


def test_merged_places_share_their_ties_and_nothing_is_lost():
    a_tie(BUCHA, DORTMUND)
    kept = merge_municipalities(actor="steward", keep=PLOCK, drop=GDYNIA, reason="one town")
    assert kept.key == PLOCK
    a_tie(BUCHA, GDYNIA)
    tie = Tie.objects.get(public_id=tie_subject([BUCHA, GDYNIA]))
    assert {party.municipality.key for party in tie.parties.all()} == {BUCHA, PLOCK}
    assert Municipality.objects.get(key=GDYNIA).merged_into == kept
    assert Judgement.objects.get().reason == "one town"
    assert AuditEvent.objects.filter(verb="merge_municipalities").count() == 1


def test_merge_moves_ties_and_help_that_were_there():
    subject = a_tie(BUCHA, GDYNIA)
    a_support(giver=GDYNIA)
    merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason="one town")
    tie = Tie.objects.get(public_id=subject)
    assert {party.municipality.key for party in tie.parties.all()} == {BUCHA, PLOCK}
    assert Support.objects.get().giver.key == PLOCK


def test_merge_leads_earlier_merges_on():
    warsaw = "geonames:756135"
    merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason="one town")
    merge_municipalities(actor="a", keep=warsaw, drop=PLOCK, reason="one town")
    assert municipalities(keys=[GDYNIA])[GDYNIA].key == warsaw


@pytest.mark.parametrize("drop", [ZHYTOMYR, ZHYTOMYR_TOWN])
def test_merge_of_one_place_with_itself_is_refused(drop):
    with pytest.raises(Conflict) as refused:
        merge_municipalities(actor="a", keep=ZHYTOMYR, drop=drop, reason="why")
    assert refused.value.code == "already_merged"


def test_merge_across_countries_is_refused():
    with pytest.raises(Invalid) as refused:
        merge_municipalities(actor="a", keep=ZHYTOMYR, drop=DORTMUND, reason="why")
    assert refused.value.code == "merge_across_countries"
    assert not Judgement.objects.exists()


def test_merge_without_a_reason_is_refused():
    with pytest.raises(Invalid):
        merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason=" ")
    assert not Municipality.objects.filter(merged_into__isnull=False).exists()


def test_rebuild_tells_how_far_it_is_and_what_it_made():
    a_tie()
    a_support(a_source("news"))
    told = []
    assert rebuild(progress=lambda *step: told.append(step)) == {"ties": 1, "supports": 1}
    assert told == [(2, 2)]


def test_rebuild_keeps_merges_and_drops_places_that_nobody_names():
    merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason="one town")
    municipalities(keys=[BUCHA])
    assert rebuild() == {"ties": 0, "supports": 0}
    assert set(Municipality.objects.values_list("key", flat=True)) == {PLOCK, GDYNIA}


def test_rows_name_themselves_for_stewards():
    a_tie(label="sister cities", event="decided", body=DORTMUND)
    a_tie(source=a_source("news"), date="2023-02-23")
    names = [
        str(TieFact.objects.last()),
        str(Decision.objects.get()),
        str(Instrument.objects.get()),
    ]
    tie = Tie.objects.get()
    assert names[0].startswith(f"{tie.pk} ")
    assert names[1:] == ["decided 2023", "agreement 2023-02-23"]
    assert str(tie.labels.get()) == "sister cities"
    assert str(tie.parties.first()) == f"{tie.pk} 0"
    assert str(Instrument.objects.get().signatures.first()).endswith(" 2023-02-23")
    subject = a_support(a_source("page"))
    assert str(Support.objects.get()) == subject
