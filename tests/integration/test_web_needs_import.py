"""A spreadsheet by the pages: sent, columns changed, rows looked at, taken once."""

import html
import os
import re
import time

import needs_cast
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mistok.kernel.errors import Conflict
from mistok.needs.importing import read_table
from mistok.needs.models import Need
from mistok.web.needs import keeping

pytestmark = pytest.mark.django_db
people = needs_cast.needy
IMPORT = "/en/needs/import/"
LIST = (
    "Найменування;Кількість;Од.;Пріоритет;Примітка\n"
    "Ковдри;200;шт;терміново;зимові\n"
    "Бинти;about 5;шт;;\n"
    "Якась дивна штука;4;шт;;\n"
    "Разом;;;;\n"
)
ALL = {
    "language": "uk",
    "priority": "important",
    "end_user": "schools",
    "cluster": "education",
    "needed_by": "",
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path
    return tmp_path / "uploads"


@pytest.fixture
def client(people, folder):
    client = Client()
    client.force_login(people.home.officer.user)
    return client


def text_of(answer):
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def sent(client, content, **more):
    file = SimpleUploadedFile(
        "list.csv", content if isinstance(content, bytes) else content.encode()
    )
    return client.post(IMPORT, {"act": "read", "file": file, **more})


def token_of(answer):
    return re.search(r'name="token" value="([^"]+)"', text_of(answer))[1]


def columns_of(answer):
    return {
        f"column_{one.place}": next((c.value for c in one.choices if c.selected), "")
        for one in answer.context["columns"]
    }


def test_list_is_looked_at_then_taken_with_every_row_accounted_for(client, people, folder):
    answer = sent(client, LIST)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "2 rows can become needs. Nothing is taken yet." in text
    assert "1 row cannot be taken" in text
    assert "only about so much" in text
    assert "1 row left out" in text
    assert not Need.objects.exists()
    assert len(list(folder.iterdir())) == 1
    answer = client.post(IMPORT, {"act": "take", "token": token_of(answer), **ALL})
    text = text_of(answer)
    assert "2 needs are in your list" in text
    assert "1 row cannot be taken" in text
    rows = dict(Need.objects.values_list("item", "asked"))
    assert rows == {"blanket": 200000, "": 4000}
    strange = Need.objects.get(item="")
    assert (strange.text, strange.cluster) == ({"uk": "Якась дивна штука"}, "education")
    assert list(folder.iterdir()) == []


def test_same_file_is_not_taken_twice(client):
    answer = sent(client, LIST)
    take = {"act": "take", "token": token_of(answer), **ALL}
    assert client.post(IMPORT, take).status_code == 200
    again = client.post(IMPORT, take)
    assert again.status_code == 409
    assert "no longer here" in text_of(again)
    assert Need.objects.count() == 2


def test_columns_are_guessed_and_can_be_changed(client):
    answer = sent(client, "Що;Скільки штук;Колір\nКовдри;20;сірий\n")
    token, columns = token_of(answer), columns_of(answer)
    changed = columns | {"column_2": "note"}
    answer = client.post(IMPORT, {"act": "look", "token": token, **changed, **ALL})
    assert columns_of(answer) == changed
    assert answer.status_code == 200
    twice = client.post(IMPORT, {"act": "look", "token": token, **changed, "column_0": "note"})
    assert twice.status_code == 400
    assert "Two columns are chosen" in text_of(twice)
    assert columns_of(twice)["column_0"] == columns_of(twice)["column_2"] == "note"
    lacking = dict.fromkeys(columns, "")
    answer = client.post(IMPORT, {"act": "look", "token": token, **lacking})
    assert "Say first which column holds" in text_of(answer)
    assert 'value="take"' not in text_of(answer)
    refused = client.post(IMPORT, {"act": "take", "token": token, **lacking, **ALL})
    assert not Need.objects.exists()
    assert refused.status_code == 200


def test_likely_items_are_offered_and_the_chosen_one_is_taken(client):
    answer = sent(client, "Найменування;Кількість;Од.\nГенератор;3;шт\n")
    (row,) = answer.context["unsure"]
    code = row.choices[1].value
    take = {"act": "take", "token": token_of(answer), **ALL, f"item_{row.row}": code}
    assert client.post(IMPORT, take).status_code == 200
    assert Need.objects.get().item == code


def test_what_counts_for_all_rows_is_asked_before_anything_is_taken(client):
    answer = sent(client, LIST)
    take = {"act": "take", "token": token_of(answer), **ALL, "cluster": ""}
    refused = client.post(IMPORT, take)
    assert refused.status_code == 400
    assert "This field is required" in text_of(refused)
    assert not Need.objects.exists()
    assert client.post(IMPORT, {**take, "cluster": "health"}).status_code == 200


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"  \n", "holds no rows"),
        (b"", "holds no rows"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than"),
    ],
)
def test_file_that_is_no_list_is_refused_and_not_kept(client, folder, content, told):
    answer = sent(client, content)
    assert answer.status_code == 400
    assert told in text_of(answer) or "empty" in text_of(answer)
    assert not folder.exists() or not list(folder.iterdir())


def test_no_file_at_all_is_told(client):
    answer = client.post(IMPORT, {"act": "read"})
    assert answer.status_code == 400
    assert "Choose a file first" in text_of(answer)


def test_large_list_is_previewed_in_part_and_taken_whole(client):
    rows = "".join(f"Ковдри;{number + 1};шт\n" for number in range(450))
    bad = "".join("Ковдри;0;шт\n" for _number in range(510))
    answer = sent(client, f"Найменування;Кількість;Од.\n{rows}{bad}")
    text = text_of(answer)
    assert "450 rows can become needs" in text
    assert "510 rows cannot be taken" in text
    assert "and 250 more" in text
    assert "and 10 more" in text
    client.post(IMPORT, {"act": "take", "token": token_of(answer), **ALL})
    assert Need.objects.count() == 450


def test_file_is_kept_for_an_hour_for_who_sent_it(folder, people):
    token = keeping.keep(b"rows", "person_a")
    assert keeping.kept(token, "person_a") == b"rows"
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    for mine, who in ((token, "person_b"), ("forged", "person_a")):
        with pytest.raises(Conflict):
            keeping.kept(mine, who)
    strange = signing.dumps({"file": "../keys", "by": "person_a"}, salt="elsewhere")
    with pytest.raises(Conflict):
        keeping.drop(strange, "person_a")
    os.utime(path, (0, time.time() - keeping.GOOD_FOR - 1))
    keeping.keep(b"others", "person_b")
    assert path not in folder.iterdir()
    with pytest.raises(Conflict):
        keeping.drop(token, "person_a")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_template_is_an_empty_list_in_the_readers_language(language):
    answer = Client().get(f"/{language}/needs/template.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    table = read_table(answer.content)
    assert len(table.rows) == 2
    assert table.rows[0].cells[0] == ("Item" if language == "en" else "Найменування")
