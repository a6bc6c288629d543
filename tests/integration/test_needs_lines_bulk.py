"""Thousands of lines of a spreadsheet at once; bad ones are told, good ones are kept."""

import datetime as dt
import time
from dataclasses import replace
from decimal import Decimal

import needs_cast
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from needs_cast import GENERATOR, TODAY

from mistok.kernel.errors import Invalid, NotAllowed
from mistok.needs.importing import DraftLine, import_lines, map_columns, read_table
from mistok.needs.lines import LineDefaults, entry_of_draft, take_lines
from mistok.needs.models import Need
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = needs_cast.needy
DRAFT = DraftLine(
    row=2,
    item=GENERATOR,
    text="Дизельний генератор",
    amount=Decimal(5),
    unit="piece",
    priority="",
    needed_by=None,
    specification="тихий",
    value=None,
    currency="",
    note="розвантаження вручну",
    suggestions=(),
)


def taken(people, drafts, **fields):
    sound = {"actor": people.home.officer, "office": people.home.office}
    return take_lines(drafts=drafts, **sound | fields)


def test_five_thousand_rows_with_three_hundred_bad_ones(people):
    drafts = [replace(DRAFT, row=row, amount=Decimal(row)) for row in range(1, 5001)]
    for row in range(15, 4800, 16):
        drafts[row] = replace(drafts[row], amount=Decimal(0))
    began = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        found = taken(people, drafts)
    assert time.process_time() - began < 20
    assert (len(found.needs), len(found.problems)) == (4700, 300)
    assert len(asked) < 250
    assert Need.objects.count() == 4700
    assert {problem.code for problem in found.problems} == {"amount_zero"}
    assert found.problems[0].row == 16
    event = AuditEvent.objects.get()
    assert (event.after["needs"], event.after["problems"]) == (4700, 300)
    assert sum(need.asked for need in found.needs) == sum(
        int(draft.amount) * 1000 for draft in drafts
    )


def test_too_many_lines_and_strangers_are_refused(people):
    with pytest.raises(Invalid) as caught:
        taken(people, [DRAFT] * 5001)
    assert caught.value.code == "too_many_lines"
    with pytest.raises(NotAllowed):
        taken(people, [DRAFT], actor=people.partner.officer)
    assert not Need.objects.exists()


def test_a_line_keeps_all_that_its_file_says(people):
    defaults = LineDefaults(end_user="health", priority="urgent")
    (need,) = taken(people, [DRAFT], defaults=defaults).needs
    assert (need.item, need.state, need.season) == (GENERATOR, "draft", "winter")
    assert (need.specification, need.delivery_note) == ({"uk": "тихий"}, "розвантаження вручну")
    assert (need.priority, need.end_user) == ("urgent", "health")


def test_the_own_words_stay_unless_they_only_name_the_thing():
    assert entry_of_draft(replace(DRAFT, text="Дизель-генератор"), LineDefaults()).text in (
        {},
        {"uk": "Дизель-генератор"},
    )
    named = replace(DRAFT, text="  дизельний генератор до 75 кВА ")
    assert entry_of_draft(named, LineDefaults()).text == {}
    more = replace(DRAFT, text="Генератор Honda для школи")
    assert entry_of_draft(more, LineDefaults()).text == {"uk": "Генератор Honda для школи"}


def test_a_long_note_goes_on_after_the_specification():
    entry = entry_of_draft(replace(DRAFT, note="x" * 201), LineDefaults(language="en"))
    assert entry.delivery_note == ""
    assert entry.specification == {"en": "тихий; " + "x" * 201}
    bare = entry_of_draft(replace(DRAFT, note="", specification=""), LineDefaults())
    assert (bare.specification, bare.delivery_note) == ({}, "")


def test_what_is_in_no_catalogue_needs_a_field_of_help(people):
    draft = replace(DRAFT, item="", text="Місячний пил", value=Decimal(10), currency="EUR")
    found = taken(people, [draft, replace(draft, row=3, priority="urgent", needed_by=TODAY)])
    assert [problem.code for problem in found.problems] == ["cluster_unknown"] * 2
    defaults = LineDefaults(cluster="education", season="school_year", kind="knowhow")
    (need,) = taken(people, [draft], defaults=defaults).needs
    assert (need.text, need.cluster, need.kind) == ({"uk": "Місячний пил"}, "education", "knowhow")
    assert (need.season, need.value, need.currency) == ("school_year", 10, "EUR")
    none = LineDefaults(cluster="education")
    assert entry_of_draft(draft, none).season == "none"


def test_a_real_file_becomes_lines(people):
    table = read_table(
        "Назва;Кількість;Одиниця;Вартість;Валюта\n"
        "Генератор дизельний;3;шт;;\n"
        "Турнікет;близько 5;шт;;\n"
        "Ковдра;100;шт;5000;UAH\n".encode()
    )
    report = import_lines(table, map_columns(table), today=TODAY)
    found = taken(people, report.lines, today=TODAY - dt.timedelta(days=1))
    assert len(found.needs) + len(found.problems) == len(report.lines) == 2
    assert report.bad_rows == 1
