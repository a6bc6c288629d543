"""The Ukrainian list of agreements: free texts settled, prose understood, the unsure set aside."""

from pathlib import Path

import pytest
from django.core.management import call_command

from mistok.accounts.actors import Actor
from mistok.ingest.agreements import count_of, fits, import_agreements
from mistok.ingest.agreements.columns import columns_of
from mistok.ingest.models import ImportRun, SetAsideRow
from mistok.ingest.tables.opening import table_of
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Tie
from mistok.registry.services import tie_subject

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
SAMPLE = Path(__file__).parents[1] / "data" / "ingest" / "ua_agreements.csv"
SHELL = Actor(shell="tester")
CHORTKIV, TELTOW = "katottg:UA61060430000094264", "geonames:2823567"
LVIV_OBLAST, SUBCARPATHIA = "katottg:UA46000000000026241", "iso:PL-18"


@pytest.fixture(autouse=True)
def archive(settings, tmp_path):
    settings.MISTOK_ARCHIVE = tmp_path / "archive"


def the_list():
    return table_of(SAMPLE.read_bytes(), name=SAMPLE.name, count=count_of)


def event_between(*keys):
    said = Statement.objects.get(subject=tie_subject(keys), prop="event")
    return TieEvent.from_text(said.value), said


def test_sample_is_recognised_by_its_headings_below_a_title():
    table = the_list()
    assert table.heading_row == 3
    assert fits(table.headings)
    assert len(columns_of(table.headings)) == 12
    assert table.count() == 40
    assert not fits(["City", "Country", "Partner city"])


def test_sample_is_taken_but_for_rows_that_nobody_could_be_sure_of():
    report = import_agreements(actor=SHELL, table=the_list())
    assert report.rows == 40
    assert report.refused == 15
    reasons = {row.line: row.code for row in SetAsideRow.objects.all()}
    assert reasons == {
        14: "place_unsure",
        18: "place_unsure",
        20: "place_unsure",
        21: "place_unsure",
        23: "party_not_place",
        28: "date_malformed",
        29: "place_unsure",
        30: "place_unknown",
        31: "country_unknown",
        33: "place_unsure",
        37: "place_unsure",
        38: "place_unsure",
        42: "place_unsure",
        43: "place_missing",
        44: "party_not_place",
    }
    assert Tie.objects.count() == 25
    assert Source.objects.get().slug == "ua-registered-agreements"


def test_agreement_keeps_its_date_number_paper_term_and_raw_row():
    import_agreements(actor=SHELL, table=the_list())
    event, said = event_between(CHORTKIV, TELTOW)
    assert (event.event, event.date, event.kind) == ("signed", "2023-05-17", "partnership")
    assert (event.instrument, event.act_number) == ("agreement", "001/2025")
    assert (event.end_date, event.renewal) == ("", "")
    assert "виконавчий комітет Чортківської міської ради" in said.original_value
    assert "культура, освіта, молодь" in event.note["uk"]
    label = Statement.objects.get(subject=said.subject, prop="label")
    assert (label.value, label.lang) == ("Угода про партнерство та співробітництво", "uk")
    party = Statement.objects.get(subject=said.subject, prop="party", value=TELTOW)
    assert party.original_value.startswith("місто Тельтов")


def test_oblasts_are_parties_of_their_own_and_terms_renew():
    import_agreements(actor=SHELL, table=the_list())
    event, _said = event_between(LVIV_OBLAST, SUBCARPATHIA)
    assert (event.date, event.end_date, event.renewal) == ("2019-10-12", "2024-10-12", "automatic")


def test_several_foreign_parties_of_several_states_are_one_tie():
    import_agreements(actor=SHELL, table=the_list())
    kharkiv = Tie.objects.filter(parties__municipality__name="Strasbourg").get()
    names = {seat.municipality.name for seat in kharkiv.parties.all()}
    assert names == {"Kharkiv", "Strasbourg", "Kehl"}
    assert kharkiv.ends_on == "2028-02-02"


def test_row_without_a_date_says_that_the_tie_exists():
    import_agreements(actor=SHELL, table=the_list())
    elblag = Tie.objects.filter(parties__municipality__name="Elbląg").get()
    assert (elblag.state, elblag.kind) == ("active", "twinning")


def test_another_table_is_refused():
    table = table_of(b"City,Partner city,Country\nA,B,C\n", name="x.csv")
    with pytest.raises(Invalid) as caught:
        import_agreements(actor=SHELL, table=table)
    assert caught.value.code == "columns_missing"


def test_commands_read_the_list_and_take_it_once(capsys):
    call_command("ingest", "table", str(SAMPLE), "--dry-run")
    told = capsys.readouterr()
    assert "list of agreements" in told.err
    assert "nothing was written" in told.out
    call_command("ingest", "agreements", str(SAMPLE))
    call_command("ingest", "table", str(SAMPLE))
    assert "brought in before" in capsys.readouterr().out
    assert ImportRun.objects.get().kind == "agreements"


@pytest.mark.parametrize(
    ("here", "abroad", "state", "code"),
    [
        ("Чортківська міська рада", "місто Кельце", "Польща; Словацька Республіка", ""),
        ("Волинської обласної ради", "Самоврядування Люблінського воєводства", "РП", ""),
        ("Обухівська РДА", "Ополе", "Польща", ""),
        ("Чортківська громада", "Пряшівський самоврядний край", "Словаччина", ""),
        ("Чортківська міська рада", "Чортківська міська рада", "Україна", "parties_missing"),
        ("Чортківська міська рада", "місто Кельце", "", "country_missing"),
        ("Чортківська міська рада", "місто Ґрац", "Польща; Німеччина", "place_unsure"),
        ("Чортківська міська рада", "Новий Сад", "Сербія; Словенія", ""),
    ],
)
def test_free_texts(here, abroad, state, code):
    head = "Назва угоди;Дата;Регіон України;Суб'єкт України;Іноземна держава;Іноземний суб'єкт"
    text = f'{head}\nУгода;2020;;{here};"{state}";{abroad}\n'
    table = table_of(text.encode(), name="x.csv", count=count_of)
    report = import_agreements(actor=SHELL, table=table, dry_run=True)
    assert [one.code for one in report.set_aside] == ([code] if code else [])
