"""Rules and deadlines in sentences, and the page of rules."""

import datetime as dt

import pytest
from django.utils.translation import override

from mistok.accounts.models import User
from mistok.law.drafting import NewVersion
from mistok.law.models import Rule
from mistok.law.reference import rules_page
from mistok.law.selectors import deadline, rule_on
from mistok.law.sentences import days_left_words, deadline_sentence, rule_sentence
from mistok.law.services import add_version, load_rules
from mistok.law.shipped import shipped_versions

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("code", "start", "sentence"),
    [
        (
            "R01",
            dt.date(2025, 4, 19),
            (
                "due on 19 May 2025: approval of the draft agreement by the ministry (30 days "
                "from submission of the draft to the ministry; Law on International Territorial "
                "Cooperation of Ukraine, No. 3668-IX; verified in its source)"
            ),
        ),
        (
            "R10",
            dt.date(2026, 2, 2),
            (
                "not before 4 March 2026: notice before signing a twinning paper in Italy (at "
                "least 30 days from the notice; Circular on notices of twinning (Italy); "
                "verified in its source)"
            ),
        ),
        (
            "R04",
            dt.date(2024, 2, 1),
            (
                "valid until 2 March 2024: import after the declaration (30 days from creation of "
                "the declaration; Resolution of the Cabinet of Ministers of Ukraine, No. 953; "
                "verified in its source)"
            ),
        ),
        (
            "R11",
            dt.date(2025, 8, 11),
            (
                "silence counts as consent after 21 August 2025: answer of the Italian foreign "
                "ministry to the notice (7 working days from the notice; MAECI: silent consent for "
                "intese and gemellaggi; verified in its source)"
            ),
        ),
        (
            "R27",
            dt.date(2026, 5, 8),
            (
                "in force on 8 May 2026: effect of a convention of French local authorities (on "
                "the day of transmission to the prefect; Code général des collectivités "
                "territoriales, art. L1115-1; verified in its source)"
            ),
        ),
    ],
)
def test_sentence_of_a_deadline(code, start, sentence):
    assert deadline_sentence(deadline(code, start)) == sentence


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "R12",
            (
                "evaluation of a solidarity partnership (the date is set by each decision; "
                "Lueneburg council: solidarity partnership with Bila Tserkva extended to "
                "2027-06-30; verified as practice)"
            ),
        ),
        (
            "R17",
            (
                "majority of the council's total composition (more than 50 percent; Law on Local "
                "Self-Government in Ukraine, No. 280/97-VR, art. 59; unverified)"
            ),
        ),
        ("R20", "monthly report on aid (day 15 of the next month; unverified)"),
        ("R21", "retention of papers on aid (60 months from the audit; unverified)"),
        (
            "R22",
            (
                "sending the signed agreement for registration (the number of days is not known; "
                "Resolution of the Cabinet of Ministers of Ukraine, No. 357; unknown)"
            ),
        ),
        ("R23", "public delay after acceptance (14 days from acceptance; our own rule)"),
        ("R24", "suppression of small numbers (less than 10 cases; our own rule)"),
    ],
)
def test_sentence_of_a_rule(code, sentence):
    assert rule_sentence(rule_on(code, TODAY)) == sentence


@pytest.mark.parametrize(
    ("code", "begins"), [("R15", "at most 1000 euros"), ("R15-W", "at most 1000 kilograms")]
)
def test_sentence_of_a_threshold(code, begins):
    assert f"({begins}; " in rule_sentence(rule_on(code, TODAY))


def test_sentence_of_a_measure_of_somebody_else():
    load_rules()
    root = User.objects.create_superuser("root@example.org", "a long and quiet bridge")
    new = NewVersion(
        code="R40",
        effective_from=TODAY,
        value=3,
        unit="none",
        measure="copies",
        standing="design",
        source_title="us",
        titles={"en": "copies of a paper", "uk": "примірники"},
        jurisdiction="ours",
        tells="nothing",
    )
    told = rule_sentence(add_version(root, new))
    assert told == "copies of a paper (3 copies; us; our own rule)"


def test_rule_without_an_amount_is_told_without_one():
    told = rule_sentence(rule_on("R06", TODAY))
    assert told.startswith("loss of the status of recipient without a report (Recipients must")


def test_sentence_says_when_the_day_has_moved():
    load_rules()
    root = User.objects.create_superuser("root@example.org", "a long and quiet bridge")
    new = NewVersion(
        code="R02",
        effective_from=dt.date(2026, 7, 1),
        value=10,
        unit="calendar",
        rolls=True,
        standing="unverified",
        source_title="a letter",
    )
    add_version(root, new)
    told = deadline_sentence(deadline("R02", dt.date(2026, 7, 15)))
    assert told.startswith("due on 27 July 2026: ")
    assert told.endswith("; moved from 25 July 2026, which is not a working day")


def test_texts_of_the_rule_are_in_the_readers_language():
    rule = rule_on("R01", TODAY)
    with override("uk"):
        told = rule_sentence(rule)
        dated = deadline_sentence(deadline("R01", dt.date(2025, 5, 19)))
    assert "18 червня 2025" in dated
    assert told.startswith("погодження проєкту угоди міністерством (")
    assert "Закон України «Про міжнародне територіальне співробітництво України»" in told


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (dt.date(2026, 3, 1), "in 3 days"),
        (dt.date(2026, 3, 3), "in 1 day"),
        (dt.date(2026, 3, 4), "today"),
        (dt.date(2026, 3, 5), "1 day ago"),
        (dt.date(2026, 3, 14), "10 days ago"),
    ],
)
def test_days_left_in_words(today, words):
    assert days_left_words(deadline("R10", dt.date(2026, 2, 2)), today) == words


def test_page_of_rules_is_what_the_data_says(root):
    page = root / "docs" / "reference" / "rules.md"
    assert page.read_text(encoding="utf-8") == rules_page()
    rows = [line for line in rules_page().splitlines() if line.startswith(("| R", "| G"))]
    assert [line.split(" ")[1] for line in rows] == [row.code for row in shipped_versions()]
    assert f"{Rule.Standing.VERIFIED.label}" in rows[0]
