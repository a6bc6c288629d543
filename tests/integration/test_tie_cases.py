"""Ties and decisions of the real world (facts.md section 11), told by offices with real dates.

Each goes through guards and services as the officers would have told it at the time; `as_of` is
the day on which it is told.
"""

import datetime as dt

import pytest

from case_places import (
    ADAZI,
    ANDRYCHOW,
    BERGAMO,
    BERGISCH_GLADBACH,
    BILA_TSERKVA,
    BIRZAI,
    BOIARKA,
    BONN,
    BOURGES,
    BUCHA,
    CHORTKIV,
    DORTMUND,
    DUISBURG,
    DUSHETI,
    ERLANGEN,
    ESTONIA,
    FRANKIVSK_OBLAST,
    HAMBURG,
    IRPIN,
    IZIUM,
    KEHL,
    KHARKIV,
    KHERSON,
    KHMELNYTSKYI_OBLAST,
    KOROSTEN,
    KRYVYI_RIH,
    KYIV,
    LOS_ANGELES,
    LUBLIN,
    LUENEBURG,
    MIAMI,
    MINSK,
    MISSISSIPPI,
    NIASVIZH,
    OVRUCH,
    POPRAD,
    RASEINIAI,
    RUSSIAN,
    SAKIAI,
    SLOBOZHANSKE,
    STRASBOURG,
    TALSI,
    UZHHOROD,
    VILNIUS_REGION,
    VINCENNES,
    ZHYTOMYR,
    ZHYTOMYR_OBLAST,
)
from factories import a_source, a_support, a_tie
from living import MINISTRY, ORDER, an_office, an_own_place, refuses
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import Statement
from mistok.registry.life import chain_of, dates_ahead, facts_about, mandates_of
from mistok.registry.lifecycle import TieState
from mistok.registry.models import Act, Decision, Instrument, Signature, Tie
from mistok.registry.services import agree_to_show, tie_subject

pytestmark = pytest.mark.django_db
S = TieState


def day(text):
    return dt.date.fromisoformat(text)


def tie_of(*keys):
    return Tie.objects.get(public_id=tie_subject(keys))


def test_duisburg_and_kryvyi_rih_planned_online_signing_is_no_fact():
    duisburg = an_office(DUISBURG)
    as_of = day("2023-02-10")
    duisburg.tell("proposed", KRYVYI_RIH, date="2023-01", kind="solidarity", today=as_of)
    duisburg.tell(
        "decided", KRYVYI_RIH, date="2023-02-09", kind="solidarity", body=DUISBURG, today=as_of
    )
    plan = {"date": "2023-02-21", "kind": "solidarity", "mode": "online", "planned": True}
    told = duisburg.tell("signed", KRYVYI_RIH, **plan, today=as_of)
    assert told.passage.after == S.NEGOTIATING
    tie = tie_of(DUISBURG, KRYVYI_RIH)
    assert (tie.state, tie.facts.count()) == ("negotiating", 1)
    (ahead,) = dates_ahead(tie, duisburg.life(KRYVYI_RIH).known.facts, day("2023-02-20"))
    assert (ahead.what, str(ahead.date), ahead.passed) == ("plan", "2023-02-21", False)
    (ahead,) = dates_ahead(tie, duisburg.life(KRYVYI_RIH).known.facts, day("2023-02-22"))
    assert ahead.passed
    later = {**plan, "mode": "in person", "today": day("2023-03-01")}
    refuses("plan_has_passed", Invalid, lambda: duisburg.tell("signed", KRYVYI_RIH, **later))


def test_dortmund_and_zhytomyr_through_board_and_committee_with_planned_date():
    dortmund, zhytomyr = an_office(DORTMUND), an_office(ZHYTOMYR)
    board = {"kind": "solidarity", "date": "2023-01-10", "body": DORTMUND, "body_kind": "board"}
    as_of = day("2023-01-31")
    refuses(
        "recommendation_is_no_decision",
        Invalid,
        lambda: dortmund.tell("decided", ZHYTOMYR, **board, today=as_of),
    )
    dortmund.tell("proposed", ZHYTOMYR, **board, today=as_of)
    committee = {**board, "date": "2023-01", "body_kind": "committee"}
    dortmund.tell("proposed", ZHYTOMYR, **committee, today=as_of)
    dortmund.tell(
        "signed", ZHYTOMYR, kind="solidarity", date="2023-02-09", planned=True, today=as_of
    )
    assert dortmund.state(ZHYTOMYR) == S.NEGOTIATING
    assert not Tie.objects.exists()
    as_of = day("2023-03-01")
    dortmund.tell(
        "decided", ZHYTOMYR, kind="solidarity", date="2023-02-09", body=DORTMUND, today=as_of
    )
    zhytomyr.tell(
        "decided", DORTMUND, kind="solidarity", date="2023-02-23", body=ZHYTOMYR, today=as_of
    )
    signing = {"kind": "solidarity", "date": "2023-02-23", "mode": "online"}
    told = zhytomyr.tell("signed", DORTMUND, instrument="agreement", **signing, today=as_of)
    assert (told.passage.before, told.passage.after) == (S.APPROVED, S.SIGNED)
    tie = tie_of(DORTMUND, ZHYTOMYR)
    assert (tie.since, tie.kind) == ("2023-02-23", "solidarity")
    assert dates_ahead(tie, zhytomyr.life(DORTMUND).known.facts, as_of) == []


def test_ivano_frankivsk_oblast_ministry_first_then_council():
    frankivsk = an_office(FRANKIVSK_OBLAST)
    order = {**ORDER, "act_number": "879", "date": "2025-05-19", "instrument": "agreement"}
    frankivsk.tell("approved", VILNIUS_REGION, **order)
    paper = {"instrument": "agreement", "declared": ["approvals"]}
    early = refuses(
        "signature_before_approvals",
        Conflict,
        lambda: frankivsk.tell("signed", VILNIUS_REGION, date="2025-06-12", **paper),
    )
    assert early.details["lacks"] == ["council_decision"]
    council = {"body": FRANKIVSK_OBLAST, "act_number": "1169-41/2025", "date": "2025-06-13"}
    told = frankivsk.tell("decided", VILNIUS_REGION, **council)
    assert told.passage.after == S.PENDING_APPROVALS
    refuses(
        "signature_before_approvals",
        Conflict,
        lambda: frankivsk.tell("signed", VILNIUS_REGION, date="2025-06-12", **paper),
    )
    frankivsk.tell("signed", VILNIUS_REGION, date="2025-07-01", **paper)
    numbers = Decision.objects.order_by("date").values_list("number", "body_text")
    assert list(numbers) == [("879", MINISTRY), ("1169-41/2025", "")]


def test_ovruch_and_vincennes_in_indiana_memorandum_needs_the_council_too():
    ovruch = an_office(OVRUCH)
    order = {**ORDER, "act_number": "1538", "date": "2025", "instrument": "memorandum"}
    assert ovruch.tell("approved", VINCENNES, **order).passage.after == S.PENDING_APPROVALS
    refusal = refuses(
        "signature_before_approvals",
        Conflict,
        lambda: ovruch.tell("signed", VINCENNES, date="2026-01-15", instrument="memorandum"),
    )
    assert refusal.details["lacks"] == ["council_decision"]
    (state_side,) = (p for p in ovruch.life(VINCENNES).known.parties if p.key == VINCENNES)
    assert state_side.country == "US"


def test_kharkiv_strasbourg_kehl_and_the_eurometropolis_sign_as_four():
    metropolis = an_own_place("FR", "Eurométropole de Strasbourg")
    partners = (STRASBOURG, KEHL, metropolis)
    kharkiv = an_office(KHARKIV)
    kharkiv.tell("approved", *partners, **ORDER, act_number="1542", date="2025")
    for body in (KHARKIV, *partners):
        kharkiv.tell("decided", *partners, body=body, date="2025-12-01")
    assert kharkiv.state(*partners) == S.APPROVED
    days = zip((KHARKIV, *partners), ("10", "11", "11", "12"), strict=True)
    for party, number in days:
        assert kharkiv.state(*partners) == S.APPROVED
        date = f"2026-02-{number}"
        own = ({"party": party, "date": date, "place": "Strasbourg"},)
        kharkiv.tell("signed", *partners, date=date, signatures=own, instrument="agreement")
    assert kharkiv.state(*partners) == S.SIGNED
    tie = tie_of(KHARKIV, *partners)
    assert tie.since == "2026-02-12"
    paper = Instrument.objects.get(tie=tie)
    assert (paper.signed, paper.state) == ("2026-02-12", "signed")
    signed = {s.party.key: s.date for s in paper.signatures.select_related("party")}
    assert signed[KHARKIV] == "2026-02-10"
    assert signed[metropolis] == "2026-02-12"
    # Kharkiv lies near hostilities: where people met is not told.
    assert set(Signature.objects.values_list("place", flat=True)) == {""}


def test_boiarka_order_ends_agreement_and_memorandum():
    # The source does not name the third party of the memorandum; Biržai stands in for it.
    boiarka = an_office(BOIARKA)
    boiarka.tell("signed", NIASVIZH, date="2007-09-15", instrument="agreement")
    boiarka.tell("signed", NIASVIZH, BIRZAI, date="2019", instrument="memorandum")
    order = {"act_number": "02-03/72", "body": BOIARKA, "body_kind": "mayor", "instrument": "order"}
    told = boiarka.end(
        NIASVIZH, (NIASVIZH, BIRZAI), date="2022-05-17", ending="unilateral", **order
    )
    assert [one.passage.after for one in told] == [S.TERMINATED, S.TERMINATED]
    assert "notice_missing" in {r.code for one in told for r in one.passage.remarks}
    act = Act.objects.get()
    assert (act.number, act.date, act.facts.count()) == ("02-03/72", "2022-05-17", 2)
    assert set(Instrument.objects.values_list("kind", "state")) == {
        ("agreement", "terminated"),
        ("memorandum", "terminated"),
    }


def test_kharkiv_ends_five_russian_ties_by_one_act():
    for city in RUSSIAN:
        a_tie(KHARKIV, city, event="active", date="")
    kharkiv = an_office(KHARKIV)
    end = {"date": "2022-05-11", "body": KHARKIV, "sitting": "extraordinary"}
    told = kharkiv.end(*RUSSIAN, ending="unilateral", notice="by publication", **end)
    assert {one.passage.after for one in told} == {S.TERMINATED}
    act = Act.objects.get()
    assert act.facts.values("tie").distinct().count() == 5
    assert set(Tie.objects.values_list("state", "until")) == {("terminated", "2022-05-11")}
    refuses(
        "partner_barred", NotAllowed, lambda: kharkiv.tell("contact", RUSSIAN[0], date="2026-01")
    )


def test_one_bad_end_among_five_ends_none():
    for city in RUSSIAN[:4]:
        a_tie(KHARKIV, city, event="active", date="")
    kharkiv = an_office(KHARKIV)
    refuses(
        "tie_never_was",
        Conflict,
        lambda: kharkiv.end(*RUSSIAN, date="2022-05-11", body=KHARKIV, ending="unilateral"),
    )
    assert set(Tie.objects.values_list("state", flat=True)) == {"active"}
    assert not Act.objects.exists()


def test_kyiv_and_minsk_from_1997_to_june_2022():
    kyiv = an_office(KYIV)
    kyiv.tell("signed", MINSK, date="1997-07-05", instrument="agreement")
    end = {"body": KYIV, "ending": "unilateral"}
    refuses(
        "date_before_its_act",
        Conflict,
        lambda: kyiv.tell("severed", MINSK, date="1997-06", **end),
    )
    told = kyiv.tell("severed", MINSK, date="2022-06-09", **end)
    assert "partner_doubtful" in {remark.code for remark in told.passage.remarks}
    tie = tie_of(KYIV, MINSK)
    assert (tie.since, tie.until, tie.state) == ("1997-07-05", "2022-06-09", "terminated")
    refuses(
        "already_ended", Conflict, lambda: kyiv.tell("severed", MINSK, date="2022-06-10", **end)
    )


def test_lueneburg_extends_bila_tserkva_to_2027_with_an_evaluation():
    lueneburg = an_office(LUENEBURG)
    solidarity = {"kind": "solidarity", "body": LUENEBURG}
    lueneburg.tell("decided", BILA_TSERKVA, date="2023-03", **solidarity)
    lueneburg.tell("active", BILA_TSERKVA, date="2023-03", kind="solidarity")
    term = {"end_date": "2027-06-30", "review_date": "2027-04", "instrument": "resolution"}
    told = lueneburg.tell(
        "extended", BILA_TSERKVA, date="2024", votes="38/1/1", **term, **solidarity
    )
    assert told.passage.after == S.EXTENDED
    tie = tie_of(LUENEBURG, BILA_TSERKVA)
    assert (tie.ends_on, tie.review_on) == ("2027-06-30", "2027-04")
    facts = lueneburg.life(BILA_TSERKVA).known.facts
    ahead = [(one.what, one.passed) for one in dates_ahead(tie, facts, day("2027-05-01"))]
    assert ahead == [("review", True), ("end", False)]
    over = {"kind": "solidarity", "today": day("2027-07-01")}
    refuses(
        "term_not_over",
        Conflict,
        lambda: lueneburg.tell("expired", BILA_TSERKVA, date="2027-06-29", **over),
    )
    assert (
        lueneburg.tell("expired", BILA_TSERKVA, date="2027-06-30", **over).passage.after
        == S.EXPIRED
    )


def test_irpin_and_miami_decided_and_not_signed():
    irpin, miami = an_office(IRPIN), an_office(MIAMI)
    as_of = day("2022-09-15")
    irpin.tell("decided", MIAMI, date="2022", kind="twinning", body=IRPIN, today=as_of)
    told = miami.tell("decided", IRPIN, date="2022", kind="twinning", body=MIAMI, today=as_of)
    assert told.passage.after == S.APPROVED
    miami.tell("signed", IRPIN, kind="twinning", planned=True, today=as_of)
    tie = tie_of(IRPIN, MIAMI)
    assert (tie.state, tie.since) == ("approved", "")
    refuses(
        "tie_never_was",
        Conflict,
        lambda: irpin.tell("dormant", MIAMI, date="2022-09", today=as_of),
    )


def test_los_angeles_votes_for_kyiv_alone():
    angeles = an_office(LOS_ANGELES)
    vote = {"date": "2022-03-25", "votes": "14/0", "body": LOS_ANGELES, "kind": "twinning"}
    assert angeles.tell("decided", KYIV, **vote).passage.after == S.NEGOTIATING
    assert tie_of(KYIV, LOS_ANGELES).state == "negotiating"
    assert Decision.objects.get().votes == {"for": 14, "against": 0}


def test_poprad_offers_and_uzhhorod_has_not_answered():
    poprad = an_office(POPRAD)
    told = poprad.tell("offered", UZHHOROD, date="2022", kind="contact")
    assert told.passage.after == S.CONTACT
    parties = [POPRAD, UZHHOROD]
    assert not agree_to_show(actor=poprad.officer, office=poprad.office, parties=parties)
    assert not Tie.objects.exists()


def test_sakiai_protocol_of_intent_leads_to_a_memorandum_of_four():
    sakiai, slobozhanske = an_office(SAKIAI), an_office(SLOBOZHANSKE)
    four = (SLOBOZHANSKE, ADAZI, DUSHETI)
    memorandum = tie_subject([SAKIAI, *four])
    day_told = {"date": "2021-10-05"}
    sakiai.tell(
        "letter_of_intent",
        SLOBOZHANSKE,
        kind="twinning",
        instrument="protocol_of_intent",
        leads_to=f"{memorandum}/memorandum:2021-10-05",
        **day_told,
    )
    sakiai.tell("signed", *four, instrument="memorandum", **day_told)
    for office, partner in ((sakiai, SLOBOZHANSKE), (slobozhanske, SAKIAI)):
        shown = agree_to_show(
            actor=office.officer, office=office.office, parties=[office.place, partner]
        )
    assert shown
    protocol = tie_of(SAKIAI, SLOBOZHANSKE)
    assert protocol.state == "letter_of_intent"
    links = chain_of(protocol)
    assert [(link.paper.kind, link.elsewhere) for link in links] == [
        ("protocol_of_intent", False),
        ("memorandum", True),
    ]
    back = chain_of(tie_of(SAKIAI, *four))
    assert [(link.paper.kind, link.elsewhere) for link in back] == [
        ("memorandum", False),
        ("protocol_of_intent", True),
    ]
    assert Signature.objects.filter(instrument__kind="memorandum").count() == 4


def test_korosten_vote_adds_up_and_the_memorandum_leads_to_a_charter():
    korosten = an_office(KOROSTEN)
    vote = {"date": "2022-03-09", "body": KOROSTEN, "kind": "friendship", "act_number": "03-14"}
    paper = {"instrument": "memorandum", "leads_to": "charter"}
    for votes in ("30/0/0/0/8", "30/1/0/0/9"):
        refuses(
            "votes_do_not_add_up",
            Invalid,
            lambda v=votes: korosten.tell("decided", BOURGES, votes=v, total="39", **vote, **paper),
        )
    korosten.tell("decided", BOURGES, votes="30/0/0/0/9", total="39", **vote, **paper)
    (fact,) = korosten.life(BOURGES).known.facts
    assert fact.event.leads_to == "charter"
    assert Decision.objects.get().votes["absent"] == 9
    korosten.tell("signed", BOURGES, date="2022-04", kind="friendship", **paper)
    korosten.tell("active", BOURGES, date="2022-05", kind="friendship")
    charter = {"instrument": "charter", "supersedes": "memorandum:2022-04", "kind": "friendship"}
    korosten.tell("upgraded", BOURGES, date="2023", body=KOROSTEN, **charter)
    papers = [(link.paper.kind, link.paper.state) for link in chain_of(tie_of(KOROSTEN, BOURGES))]
    assert papers == [("memorandum", "superseded"), ("charter", "in_force")]


def test_hamburg_and_kyiv_keep_two_labels_and_kyiv_confirms_the_pact():
    a_tie(KYIV, HAMBURG, source=a_source("rubryka"), label="strategic partner", kind="partnership")
    a_tie(KYIV, HAMBURG, source=a_source("portal"), label="sister city", kind="twinning")
    kyiv = an_office(KYIV)
    fact = next(f for f in kyiv.life(HAMBURG).known.facts if f.event.kind == "twinning")
    row = kyiv.confirm(
        HAMBURG, fact=fact.id, verdict="disputed", words="It is a pact, no twinning."
    )
    assert row.party == KYIV
    tie = tie_of(KYIV, HAMBURG)
    assert {label.label for label in tie.labels.all()} == {"strategic partner", "sister city"}
    kinds = {f.event.kind for f in kyiv.life(HAMBURG).known.facts}
    assert kinds == {"partnership", "twinning"}


def test_raseiniai_ends_alone_and_gives_notice_in_writing():
    slavsk = an_own_place("RU", "Slavsky District, Kaliningrad Oblast")
    a_tie(RASEINIAI, slavsk, event="active", date="", instrument="agreement")
    raseiniai = an_office(RASEINIAI)
    end = {"date": "2022", "body": RASEINIAI, "ending": "unilateral"}
    told = raseiniai.tell("severed", slavsk, notice="the mayor notifies in writing", **end)
    assert {remark.code for remark in told.passage.remarks} == {"to_be_ended"}
    (fact,) = (f for f in raseiniai.life(slavsk).known.facts if f.event.event == "severed")
    assert fact.event.notice == "the mayor notifies in writing"


def test_bucha_has_two_bergs_and_two_papers():
    bucha = an_office(BUCHA)
    bucha.tell("signed", BERGAMO, date="2022-06", kind="twinning", instrument="pact")
    bucha.tell("signed", BERGISCH_GLADBACH, date="2022-08", instrument="agreement")
    assert tie_of(BUCHA, BERGAMO).kind == "twinning"
    assert tie_of(BUCHA, BERGISCH_GLADBACH).kind == "partnership"
    assert set(Instrument.objects.values_list("kind", "signed")) == {
        ("pact", "2022-06"),
        ("agreement", "2022-08"),
    }


def test_estonia_plans_patronage_of_zhytomyr_oblast():
    estonia = an_office(ESTONIA)
    plan = {"date": "2022-07", "kind": "patronage", "body": ESTONIA, "body_kind": "government"}
    assert estonia.tell("proposed", ZHYTOMYR_OBLAST, **plan).passage.after == S.IDEA
    told = estonia.tell("decided", ZHYTOMYR_OBLAST, **(plan | {"date": "2022-08"}))
    assert told.passage.after == S.NEGOTIATING
    assert tie_of(ESTONIA, ZHYTOMYR_OBLAST).kind == "patronage"


def test_two_chambers_of_mississippi_are_one_side():
    mississippi = an_office(MISSISSIPPI)
    for chamber in ("Senate resolution", "House resolution"):
        told = mississippi.tell(
            "decided",
            KHMELNYTSKYI_OBLAST,
            date="2022-05",
            kind="twinning",
            body=MISSISSIPPI,
            body_kind="parliament",
            act_number=chamber,
        )
    assert told.passage.after == S.NEGOTIATING
    assert Decision.objects.count() == 2


def test_bonn_decides_for_kherson_and_what_is_not_official_is_restricted():
    bonn, kherson = an_office(BONN), an_office(KHERSON)
    decision = {"date": "2023-02-09", "kind": "solidarity", "body": BONN}
    bonn.tell("decided", KHERSON, **decision)
    letter = kherson.tell("letter_of_intent", BONN, date="2023-03", kind="solidarity")
    said = Statement.objects.get(pk=letter.statement)
    assert said.visibility == "restricted"
    tie = tie_of(BONN, KHERSON)
    assert [fact.event for fact in tie.facts.all()] == ["decided"]
    for office, partner in ((bonn, KHERSON), (kherson, BONN)):
        agree_to_show(actor=office.officer, office=office.office, parties=[office.place, partner])
    said.refresh_from_db()
    assert said.visibility == "restricted"


def test_erlangen_decides_before_the_partner_is_known():
    erlangen = an_office(ERLANGEN)
    told = erlangen.tell("search_mandate", date="2022", kind="solidarity", body=ERLANGEN)
    assert told.passage.after == S.SEARCH_MANDATE
    assert not Tie.objects.exists()
    (mandate,) = mandates_of(ERLANGEN)
    assert str(mandate.when) == "2022"
    # Any later partner; which one Erlangen found is not told here.
    erlangen.tell("contact", BUCHA, date="2022-12", kind="solidarity", mandate=told.tie)
    (fact,) = facts_about([tie_subject([ERLANGEN, BUCHA])])
    assert fact.event.mandate == told.tie


def test_chortkiv_and_talsi_twinned_in_august_2022():
    chortkiv = an_office(CHORTKIV)
    told = chortkiv.tell("signed", TALSI, date="2022-08", kind="twinning")
    assert [remark.code for remark in told.passage.remarks] == ["legacy"]
    assert (tie_of(CHORTKIV, TALSI).state, tie_of(CHORTKIV, TALSI).since) == ("signed", "2022-08")


@pytest.mark.parametrize(
    ("giver", "receiver", "kind"), [(ANDRYCHOW, IZIUM, "hosting"), (LUBLIN, KHARKIV, "general")]
)
def test_help_is_no_tie_and_cannot_be_ended(giver, receiver, kind):
    a_support(giver=giver, receiver=receiver, kind=kind, date="2022")
    assert not Tie.objects.exists()
    office = an_office(receiver)
    refuses(
        "tie_never_was",
        Conflict,
        lambda: office.tell("severed", giver, date="2022", body=receiver, ending="mutual"),
    )


def test_paper_of_kyiv_with_a_business_is_out_of_scope():
    kyiv = an_office(KYIV)
    refuses(
        "out_of_scope_itc",
        Invalid,
        lambda: kyiv.tell("contact", HAMBURG, date="2026", counterpart="business"),
    )
