"""`mistok keys`: what letters are signed with, told and changed from the shell."""

import io
import json

import pytest
from django.core.management import call_command

from mistok.needs.appeals.signing import sign
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def told(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("keys", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_before_the_first_letter_there_is_no_key():
    out, err = told()
    assert (out, "no key yet" in err) == ("", True)


def test_rotated_key_is_used_and_the_old_one_stays_published():
    before = sign("words").key
    rows = json.loads(told("--rotate", "--json")[0])["keys"]
    assert [row["id"] for row in rows] == [sign("words").key, before]
    assert [bool(row["until"]) for row in rows] == [False, True]
    assert AuditEvent.objects.get(verb="rotate_key").after == {"key": rows[0]["id"]}
    assert told()[0].count("in use") == 1
