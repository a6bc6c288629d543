"""Rules: shipped whole, superseded by date, never changed."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from mistok.accounts.models import User
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.law import selectors
from mistok.law.calendars import calendar_of, published, weekend
from mistok.law.drafting import NewVersion
from mistok.law.models import DayOff, Rule
from mistok.law.selectors import deadline, rule_on, rules_in_force, version, versions_of
from mistok.law.services import add_day_off, add_version, load_rules
from mistok.law.shipped import read_versions, shipped_versions
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
ALL = {f"R{number:02}" for number in range(1, 29)} | {"G01", "G02"}


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.org", "a long and quiet bridge")


def said(**fields):
    sound = {
        "code": "R01",
        "effective_from": dt.date(2026, 7, 1),
        "value": 45,
        "unit": "calendar",
        "standing": "verified",
        "source_title": "A letter of the ministry",
    }
    return NewVersion(**(sound | fields))


def day(text):
    return dt.date.fromisoformat(text)


def test_every_rule_ships_with_its_standing_and_both_languages():
    rows = shipped_versions()
    assert {row.code[:3] for row in rows} == ALL
    assert len({row.public_id for row in rows}) == len(rows)
    for row in rows:
        texts = [row.titles, row.starts, row.effects, row.notes, row.acts]
        assert all({"en", "uk"} <= set(text) for text in texts if text), row.code
        assert row.source_title or row.standing in ("unverified", "design"), row.code
        assert row.url.startswith("http") or not row.source, row.code
        assert not row.rolls, row.code
        assert (row.tells == Rule.Tells.NOTHING) == (row.unit == Rule.Unit.NONE), row.code


def test_standings_are_those_of_the_facts():
    standing = {row.code: row.standing for row in shipped_versions()}
    other = {code: name for code, name in standing.items() if name != "verified"}
    assert other == {
        "R12": "verified_practice",
        "R13": "verified_practice",
        "R17": "unverified",
        "R20": "unverified",
        "R21": "unverified",
        "R22": "unknown",
        "R23": "design",
        "R24": "design",
        "G01": "unverified",
        "G02": "unverified",
    }


def test_rules_load_once_and_leave_what_is_there():
    assert load_rules() == len(shipped_versions())
    before = list(Rule.objects.values_list("pk", "public_id"))
    assert load_rules() == 0
    assert list(Rule.objects.values_list("pk", "public_id")) == before


def test_rules_load_by_themselves_when_nobody_has_loaded_them():
    assert rule_on("R01", TODAY).value == 30
    assert Rule.objects.count() == len(shipped_versions())


def test_all_rules_in_force_load_by_themselves_too():
    codes = [rule.code for rule in rules_in_force(TODAY)]
    assert codes == sorted(codes)
    assert {code[:3] for code in codes} == ALL - {"R26"}
    assert "R26" in [rule.code for rule in rules_in_force(day("2024-03-31"))]


def test_rules_of_one_jurisdiction():
    codes = [rule.code for rule in rules_in_force(TODAY, jurisdiction="PL")]
    assert codes == ["R15"]
    assert [rule.code for rule in rules_in_force(TODAY, jurisdiction="IT")] == ["R10", "R11"]


def test_version_says_all_that_a_page_needs():
    rule = rule_on("R01", TODAY)
    assert (rule.unit, rule.number, rule.standing) == ("calendar", "3668-IX", "verified")
    assert (rule.effective_from, rule.first_day) == ("2025", day("2025-01-01"))
    assert rule.act == "Law on International Territorial Cooperation of Ukraine"
    assert rule.act_named("uk").startswith("Закон України")
    assert rule.title("de").startswith("Zustimmung")
    assert rule.title("fr") == rule.title() == rule.title("en")
    assert rule.start("uk") == "подання проєкту до міністерства"
    assert rule.effect() == "the ministry's decision is due"
    assert rule.note("uk").endswith("календарними.")
    assert rule.url.startswith("https://bd-rda.od.gov.ua/")
    assert version(rule.version) == rule


def test_version_that_nobody_knows_is_not_found():
    with pytest.raises(NotFound) as refused:
        version("rule_aaaaaaaaaaaa")
    assert refused.value.code == "rule_unknown"


@pytest.mark.parametrize(
    ("code", "country"), [("R01", "UA"), ("R15", ""), ("R13", ""), ("R23", ""), ("R11", "IT")]
)
def test_country_of_a_rule_is_single_or_none(code, country):
    assert rule_on(code, TODAY).country == country


def test_new_version_supersedes_from_its_first_day(root):
    load_rules()
    made = add_version(root, said())
    assert rule_on("R01", day("2026-06-30")).value == 30
    assert rule_on("R01", day("2026-07-01")) == made
    assert (made.value, made.origin, made.title("uk")) == (
        45,
        "administrator",
        "погодження проєкту угоди міністерством",
    )
    assert [rule.value for rule in versions_of("R01")] == [45, 30]


def test_deadline_stored_with_its_version_is_not_moved_by_a_newer_one(root):
    before = deadline("R01", day("2026-06-30"))
    add_version(root, said())
    assert version(before.version).value == 30
    assert before.days_left(day("2026-07-20")) == 10


def test_administrator_stays_above_the_program_from_the_same_day(root, monkeypatch):
    load_rules()
    add_version(root, said(effective_from=day("2025-01-01"), value=31))
    corrected = next(row for row in shipped_versions() if row.code == "R01")
    text = json.dumps(
        [
            {
                "code": "R01",
                "titles": corrected.titles | {"en": "approval, said better"},
                "value": 30,
                "unit": "calendar",
                "tells": "due",
                "effective_from": "2025",
                "first_day": "2025-01-01",
                "jurisdiction": "UA",
                "standing": "verified",
            }
        ]
    )
    monkeypatch.setattr("mistok.law.services.shipped_versions", lambda: read_versions(text))
    assert load_rules() == 1
    assert rule_on("R01", TODAY).value == 31
    assert [rule.value for rule in versions_of("R01")] == [31, 30, 30]
    assert versions_of("R01")[1].title() == "approval, said better"


def test_rule_that_has_ended_does_not_fall_back_to_an_older_version(root):
    load_rules()
    add_version(root, said(effective_to=day("2026-08-31")))
    assert rule_on("R01", day("2026-08-31")).value == 45
    with pytest.raises(Invalid) as refused:
        rule_on("R01", day("2026-09-01"))
    assert refused.value.code == "rule_not_in_force"
    assert "R01" not in [rule.code for rule in rules_in_force(day("2026-09-01"))]


def test_rule_before_its_first_day_is_refused():
    with pytest.raises(Invalid) as refused:
        rule_on("R01", day("2024-12-31"))
    assert refused.value.details == {"code": "R01", "day": "2024-12-31"}


def test_missing_value_says_where_an_administrator_sets_it(root):
    with pytest.raises(Invalid) as refused:
        deadline("R22", TODAY)
    assert refused.value.code == "rule_value_missing"
    assert "staff pages" in str(refused.value)
    assert [rule.code for rule in selectors.values_missing(TODAY)] == ["R22"]
    add_version(root, said(code="R22", value=10, unit="working"))
    assert selectors.values_missing(TODAY) == []
    assert deadline("R22", day("2026-07-01")).due_on == day("2026-07-15")


def test_value_that_each_decision_sets_is_told_apart():
    with pytest.raises(Invalid) as refused:
        deadline("R12", TODAY)
    assert refused.value.code == "rule_value_missing"
    assert "decision names" in str(refused.value)


def test_value_may_be_taken_back_and_is_missing_again(root):
    load_rules()
    add_version(root, said(code="R12", value=None))
    add_version(root, said(value=None))
    assert rule_on("R12", TODAY).set_by == "decision"
    assert rule_on("R01", TODAY).set_by == "administrator"
    with pytest.raises(Invalid) as refused:
        deadline("R01", TODAY)
    assert refused.value.code == "rule_value_missing"


def test_deadline_that_rolls_keeps_the_counted_day(root):
    load_rules()
    add_version(root, said(code="R02", value=10, rolls=True, rolls_standing="unverified"))
    found = deadline("R02", day("2026-07-15"))
    assert (found.counted, found.due_on, found.country) == (
        day("2026-07-25"),
        day("2026-07-27"),
        "UA",
    )


def test_rule_that_rolls_somewhere_unknown_asks_for_the_country(root):
    load_rules()
    add_version(root, said(code="R23", value=14, rolls=True))
    with pytest.raises(Invalid) as refused:
        deadline("R23", TODAY)
    assert refused.value.code == "calendar_missing"
    assert deadline("R23", TODAY, country="UA").due_on == day("2026-12-07")


def test_term_near_the_end_of_time_is_refused():
    with pytest.raises(Invalid) as refused:
        deadline("R11", dt.date.max)
    assert refused.value.code == "term_impossible"


def test_new_rule_needs_titles_jurisdiction_and_meaning(root):
    with pytest.raises(Invalid) as refused:
        add_version(root, said(code="R40"))
    assert refused.value.code == "rule_incomplete"
    titles = {"en": "an answer", "uk": "відповідь", "de": "  "}
    made = add_version(root, said(code="R40", titles=titles, jurisdiction="PL", tells="due"))
    assert made.titles == {"en": "an answer", "uk": "відповідь"}
    assert deadline("R40", day("2026-07-01")).country == "PL"


def test_version_before_all_others_takes_its_texts_from_the_first(root):
    load_rules()
    made = add_version(root, said(effective_from=day("2020-01-01"), effective_to=day("2024-12-31")))
    assert made.title() == "approval of the draft agreement by the ministry"
    assert rule_on("R01", day("2020-06-01")).value == 45


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": "r1"}, "rule_code_malformed"),
        ({"value": -1}, "rule_value_impossible"),
        ({"value": 36_601}, "rule_value_impossible"),
        ({"effective_to": dt.date(2026, 6, 30)}, "rule_ends_before_it_begins"),
        ({"source_title": "  "}, "source_missing"),
        ({"url": "javascript:alert(1)"}, "url_malformed"),
        ({"unit": "weeks"}, "rule_malformed"),
        ({"standing": "sure"}, "rule_malformed"),
        ({"unit": "none"}, "rule_unit_unfit"),
        ({"code": "R17", "value": 60}, "rule_unit_unfit"),
        ({"number": "9" * 61}, "rule_malformed"),
    ],
)
def test_unsound_version_is_refused_and_the_refusal_kept(root, fields, code):
    load_rules()
    with pytest.raises(Invalid) as refused:
        add_version(root, said(**fields))
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert Rule.objects.filter(origin="administrator").count() == 0
    event = AuditEvent.objects.get()
    assert (event.verb, event.after["code"]) == ("refused_add_rule_version", code)


def test_same_version_twice_is_refused(root):
    load_rules()
    add_version(root, said())
    with pytest.raises(Conflict) as refused:
        add_version(root, said())
    assert refused.value.code == "version_exists"


def test_stranger_may_add_neither_versions_nor_days(cast):
    load_rules()
    for person in (cast.stranger, cast.coordinator):
        with pytest.raises(NotAllowed):
            add_version(person, said())
        with pytest.raises(NotAllowed):
            add_day_off(person, country="UA", date=TODAY, works=True, name="a", source="b")
    assert not Rule.objects.filter(origin="administrator").exists()
    assert not DayOff.objects.exists()
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs.count("refused_add_rule_version") == verbs.count("refused_add_day_off") == 2


def test_audit_event_names_the_person_by_reference_only(root):
    made = add_version(root, said())
    event = AuditEvent.objects.get(verb="add_rule_version")
    assert (event.actor, event.subject) == (root.public_id, made.version)
    assert event.after["value"] == 45
    assert "@" not in json.dumps([event.actor, event.subject, event.before, event.after])


def test_rule_once_kept_cannot_be_changed_or_deleted():
    load_rules()
    row = Rule.objects.get(code="R01")
    row.value = 60
    for act in (
        row.save,
        row.delete,
        Rule.objects.all().delete,
        lambda: Rule.objects.filter(code="R01").update(value=60),
        lambda: Rule.objects.bulk_update([row], ["value"]),
        lambda: Rule.objects.update_or_create(code="R01", defaults={"value": 60}),
    ):
        with pytest.raises(Conflict) as refused, transaction.atomic():
            act()
        assert refused.value.code == "law_kept"
    assert Rule.objects.get(code="R01").value == 30


def test_database_itself_refuses_what_makes_no_sense():
    sound = {"code": "R50", "unit": "none", "tells": "nothing", "standing": "design"}
    for number, wrong in enumerate(
        [
            {"unit": "weeks"},
            {"standing": "sure"},
            {"first_day": day("2026-01-02"), "last_day": day("2026-01-01")},
        ]
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rule.objects.create(public_id=f"rule_{number}", **(sound | wrong))


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        '[{"code": "R01", "meaning": "x"}]',
        '[{"code": "R01", "first_day": "2025"}]',
        '[{"code": "R01", "titles": {"en": "x"}, "unit": "weeks"}]',
    ],
)
def test_unsound_file_of_rules_is_refused(text):
    with pytest.raises(Invalid) as refused:
        read_versions(text)
    assert refused.value.code == "rules_malformed"


def test_names_of_rows():
    load_rules()
    assert str(Rule.objects.get(code="R01")) == "R01 2025"
    assert str(Rule.objects.get(code="R23")) == "R23"


# Calendars ------------------------------------------------------------------------------------


def off(country, year):
    return {found.isoformat()[5:] for found in published(country, year)[0]}


def test_ukrainian_holidays_before_and_under_martial_law():
    assert {"01-01", "01-07", "01-08", "05-03", "05-04", "08-23", "08-24"} <= off("UA", 2021)
    assert published("UA", 2021)[1] == {day("2021-01-16"), day("2021-08-28"), day("2021-10-23")}
    assert off("UA", 2022) == {"01-01", "01-03", "01-07", "03-07", "03-08"}
    assert [off("UA", year) for year in (2023, 2024, 2025, 2026, 2027)] == [set()] * 5


def test_italian_holidays_know_the_new_feast():
    assert "10-04" in off("IT", 2026)
    assert "10-04" not in off("IT", 2025)
    assert {"04-06", "08-15", "12-26"} <= off("IT", 2026)


def test_weekend_is_that_of_the_country():
    assert weekend("UA") == {5, 6}
    assert weekend("IL") == {4, 5}


def test_last_word_of_an_administrator_on_a_day_holds(root):
    def works(text):
        found = day(text)
        return calendar_of("UA", found, found).is_working(found)

    def say(text, works_then):
        add_day_off(
            root, country="UA", date=day(text), works=works_then, name="moved", source="order"
        )

    assert works("2026-08-24")
    assert not works("2026-08-29")
    say("2026-08-24", works_then=False)
    say("2026-08-29", works_then=True)
    assert not works("2026-08-24")
    assert works("2026-08-29")
    assert deadline("R08", day("2026-08-21")).due_on == day("2026-08-29")
    say("2026-08-24", works_then=True)
    say("2026-08-29", works_then=False)
    assert works("2026-08-24")
    assert not works("2026-08-29")
    assert AuditEvent.objects.filter(verb="add_day_off", actor=root.public_id).count() == 4
    assert deadline("R08", day("2026-08-21")).due_on == day("2026-08-28")


def test_word_on_one_country_says_nothing_of_another(root):
    add_day_off(root, country="PL", date=TODAY, works=True, name="moved", source="order")
    assert not calendar_of("UA", TODAY, TODAY).is_working(TODAY)
    assert str(DayOff.objects.get()) == "PL 2026-11-22"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"country": "Ukraine"}, "country_without_calendar"),
        ({"country": "ukr"}, "country_without_calendar"),
        ({"name": " "}, "source_missing"),
        ({"source": ""}, "source_missing"),
        ({"name": "x" * 201}, "text_too_long"),
        ({"source": "x" * 1001}, "text_too_long"),
    ],
)
def test_unsound_day_is_refused(root, fields, code):
    sound = {"country": "UA", "date": TODAY, "works": True, "name": "moved", "source": "order"}
    with pytest.raises(Invalid) as refused, override("uk"):
        add_day_off(root, **(sound | fields))
    assert refused.value.code == code
    assert not DayOff.objects.exists()


def test_day_once_kept_cannot_be_changed(root):
    row = add_day_off(root, country="UA", date=TODAY, works=True, name="moved", source="order")
    for act in (row.save, row.delete, DayOff.objects.all().delete):
        with pytest.raises(Conflict), transaction.atomic():
            act()
    assert DayOff.objects.get().works
