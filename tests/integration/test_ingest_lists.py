"""Councils' lists of partners as text: read line by line, judged by a person, taken once."""

import json

import pytest
from django.core.management import call_command

from mistok.accounts.actors import Actor
from mistok.ingest.lists import chosen_sure, import_list, read_list
from mistok.ingest.models import SetAsideRow
from mistok.ingest.tables import Cited
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Tie
from mistok.registry.services import tie_subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
SHELL = Actor(shell="tester")
LVIV, LUBLIN, PETERSBURG = "katottg:UA46060250000025047", "geonames:765876", "geonames:498817"
CITED = Cited(title="Міста-побратими", publisher="Львівська міська рада", language="uk")
PLAIN = """Міста-побратими Львова: Люблін (Польща), 1996; Краків (Польща), 1995; Банффі
Партнерські міста: Вроцлав (Польща), Кутаїсі (Грузія) 2002 року, м. Фрайбург (Німеччина), з 1989 р.
Литва:
• Каунас — 12 травня 2003
• Вільнюс
Сполучене Королівство
- Рочдейл, 1992
1. Новий Сад – Сербія – 1999
2. Springfield (USA)
Санкт-Петербург (Російська Федерація), розірвано, 2022
"""
PAGE = """<h2>Partnerstädte</h2><script>bad()</script><table><tr><th>Stadt</th><th>Land</th>
<th>Seit</th></tr><tr><td>Lublin</td><td>Polen</td><td>1996</td></tr><tr><td>Kolomyja</td>
<td>Ukraine</td><td>2003</td></tr></table><ul><li>Winnyzja (Ukraine)</li></ul>"""


@pytest.fixture(autouse=True)
def archive(settings, tmp_path):
    settings.MISTOK_ARCHIVE = tmp_path / "archive"


def told(text, owner=LVIV):
    return [(one.name, one.country, one.date, one.kind, one.sure) for one in read_list(text, owner)]


def test_list_with_headings_brackets_bullets_and_years():
    assert told(PLAIN) == [
        ("Люблін", "PL", "1996", "twinning", True),
        ("Краків", "PL", "1995", "twinning", True),
        ("Банффі", "", "", "twinning", False),
        ("Вроцлав", "PL", "", "partnership", True),
        ("Кутаїсі", "GE", "2002", "partnership", True),
        ("Фрайбург", "DE", "1989", "partnership", True),
        ("Каунас", "LT", "2003-05-12", "partnership", True),
        ("Вільнюс", "LT", "", "partnership", True),
        ("Рочдейл", "GB", "1992", "partnership", True),
        ("Новий Сад", "RS", "1999", "partnership", True),
        ("Springfield", "US", "", "partnership", False),
        ("Санкт-Петербург", "RU", "2022", "partnership", True),
    ]


def test_table_and_list_of_a_pasted_page():
    assert told(PAGE, "geonames:2950159") == [
        ("Lublin", "PL", "1996", "partnership", True),
        ("Kolomyja", "UA", "2003", "partnership", True),
        ("Winnyzja", "UA", "", "partnership", True),
    ]


def test_city_state_and_owner_and_words_that_are_no_partner():
    found = read_list("Люксембург, 2001\nПольща, 1996\nЛьвів (Україна)\n" + "слово " * 40, LVIV)
    assert [(one.name, one.date, one.code) for one in found] == [
        ("Люксембург", "2001", ""),
        ("Польща", "1996", "place_unsure"),
        ("Львів", "", "parties_missing"),
    ]


@pytest.mark.parametrize(
    ("text", "owner", "code"),
    [
        ("", LVIV, "list_empty"),
        ("12345 ;;; ***", LVIV, "list_empty"),
        ("a" * 200_001, LVIV, "text_too_long"),
        (PLAIN, "geonames:1", "key_unknown"),
    ],
)
def test_what_is_no_list_is_refused(text, owner, code):
    with pytest.raises(Invalid) as caught:
        read_list(text, owner)
    assert caught.value.code == code


def bring_in(chosen, text=PLAIN, **how):
    return import_list(
        actor=SHELL, text=text, owner_key=LVIV, chosen=chosen, cited=CITED, name="list", **how
    )


def test_chosen_lines_are_taken_and_others_set_aside_with_their_reason():
    listed = read_list(PLAIN, LVIV)
    chosen = chosen_sure(listed)
    del chosen[2]
    chosen[11] = "geonames:4409896"
    report = bring_in(chosen)
    assert (report.rows, report.refused) == (12, 2)
    assert list(SetAsideRow.objects.values_list("code", flat=True)) == [
        "not_chosen",
        "country_missing",
    ]
    assert Tie.objects.count() == 10
    subject = tie_subject([LVIV, PETERSBURG])
    event = TieEvent.from_text(Statement.objects.get(subject=subject, prop="event").value)
    assert (event.event, event.date) == ("severed", "2022")
    words = Statement.objects.get(subject=tie_subject([LVIV, LUBLIN]), prop="event")
    assert words.original_value == "Люблін (Польща), 1996"
    label = Statement.objects.get(subject=words.subject, prop="label")
    assert (label.value, label.lang) == ("Міста-побратими Львова", "uk")
    assert bring_in(chosen).unchanged


def test_place_chosen_by_hand_is_never_the_owner():
    report = bring_in({1: LVIV}, text="Люблін (Польща)")
    assert report.set_aside[0].code == "parties_missing"


def test_list_without_a_title_is_refused():
    with pytest.raises(Invalid) as caught:
        import_list(actor=SHELL, text=PLAIN, owner_key=LVIV, chosen={}, cited=Cited())
    assert caught.value.code == "source_missing"


def test_command_shows_first_and_takes_the_sure_lines_with_yes(tmp_path, capsys):
    path = tmp_path / "partners.txt"
    path.write_text(PLAIN, encoding="utf-8")
    call_command("ingest", "list", "--of", LVIV, str(path))
    assert "10 of 12 lines are sure" in capsys.readouterr().out
    call_command("ingest", "list", "--of", LVIV, str(path), "--json")
    told = json.loads(capsys.readouterr().out)
    assert told[0]["key"] == LUBLIN
    assert told[10]["candidates"]
    assert not Source.objects.exists()
    source = ("--title", "Міста", "--publisher", "Рада")
    call_command("ingest", "list", "--of", LVIV, str(path), "--yes", *source, "--json")
    assert json.loads(capsys.readouterr().out)["refused_rows"] == 2
    assert Tie.objects.count() == 10


def test_command_refuses_what_is_no_text(tmp_path):
    path = tmp_path / "partners.txt"
    path.write_bytes("Люблін (Польща)".encode("cp1251"))
    for name, code in ((str(path), "text_not_utf8"), (str(tmp_path / "no"), "file_missing")):
        with pytest.raises(Invalid) as caught:
            call_command("ingest", "list", "--of", LVIV, name)
        assert caught.value.code == code
