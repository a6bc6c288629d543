"""`mistok profile`: show, set and link."""

import json
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from test_profiles import ENTRY, LATER, SHELL, saved

from factories import DORTMUND, SMOLENSK, ZHYTOMYR
from mistok.matching.declared import Profile
from mistok.partnering.models import DeclaredProfile
from mistok.partnering.profiles.entry import ProfileEntry
from mistok.partnering.profiles.files import as_document
from mistok.partnering.profiles.selectors import entry_of, profile_of
from mistok.partnering.profiles.services import withdraw_profile
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(as_document(ENTRY)), encoding="utf-8")
    return path


def refused(answer):
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    return answer.err


def test_profile_is_set_from_a_file_and_shown_as_json(mistok, file):
    answer = mistok("profile", "set", ZHYTOMYR, str(file))
    assert (answer.status, answer.out) == (0, f"{ZHYTOMYR}\tversion 1\n")
    told = json.loads(mistok("profile", "show", ZHYTOMYR, "--json").out)
    assert list(told) == "key name version confirmed_on stale profile missing".split()
    assert told["profile"] == json.loads(file.read_text())
    assert (told["key"], told["name"], told["version"]) == (ZHYTOMYR, "Zhytomyr", 1)
    assert told["stale"] is False
    assert {gap["field"] for gap in told["missing"]} == {
        "offered",
        "offers",
        "economy",
        "institutions",
    }
    assert AuditEvent.objects.get().actor.startswith("shell: ")


def test_profile_is_set_again_under_any_key_of_the_place(mistok, file):
    saved(entry=ProfileEntry(profile=Profile(capacity=1)))
    assert mistok("profile", "set", "geonames:686967", str(file)).out.endswith("version 2\n")
    assert entry_of(profile_of(ZHYTOMYR)) == ENTRY


def test_profile_is_shown_in_lines(mistok):
    saved()
    DeclaredProfile.objects.update(confirmed_on="2020-01-31", public=False)
    lines = mistok("profile", "show", ZHYTOMYR).out.splitlines()
    assert lines[0] == f"Zhytomyr (UA)  {ZHYTOMYR}"
    assert lines[1] == "private; confirmed 2020-01-31 (more than a year ago)"
    assert "What you need: generators and power supply" in lines
    assert "Countries that you wish for: DE" in lines
    assert "How many new partners you can look after: 2" in lines
    missing = {line.split(":")[0] for line in lines if line.startswith("- ")}
    assert {"- offered", "- offers", "- public"} <= missing


def test_public_profile_is_shown_as_such(mistok):
    saved()
    assert mistok("profile", "show", ZHYTOMYR).out.splitlines()[1].startswith("public; confirmed ")


def test_profile_that_is_not_there_is_refused(mistok):
    assert "Dortmund" in refused(mistok("profile", "show", DORTMUND))
    saved()
    withdraw_profile(actor=SHELL, key=ZHYTOMYR, expected_version=1, at=LATER)
    refused(mistok("profile", "show", ZHYTOMYR, "--json"))


@pytest.mark.parametrize("act", ["show", "set", "link"])
@pytest.mark.parametrize("key", ["iso:DE", SMOLENSK, "geonames:999999999", "Zhytomyr"])
def test_key_of_no_municipality_is_refused(mistok, file, act, key):
    refused(mistok("profile", act, key, *([str(file)] if act == "set" else [])))


def test_faulty_file_is_refused_and_changes_nothing(mistok, file):
    saved()
    file.write_text('{"wanted": ["war"]}', encoding="utf-8")
    assert "war" in refused(mistok("profile", "set", ZHYTOMYR, str(file)))
    refused(mistok("profile", "set", ZHYTOMYR, str(file.with_name("none.json"))))
    assert profile_of(ZHYTOMYR).version == 1


def test_link_opens_the_form_of_this_municipality(mistok, client):
    answer = mistok("profile", "link", "geonames:686967", "--site", "https://example.org/")
    address = urlsplit(answer.out.strip())
    assert address.netloc == "example.org"
    assert address.path == f"/en/places/{ZHYTOMYR}/profile/edit/"
    assert client.get(f"{address.path}?{address.query}").status_code == 200
    assert client.get(f"/en/places/{DORTMUND}/profile/edit/?{address.query}").status_code == 403
    assert "30 days" in answer.err


def test_link_made_before_the_first_key_is_told_to_be_worthless(mistok, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "MISTOK_SECRET_PATH", tmp_path / "secret_key")
    assert "no key yet" in mistok("profile", "link", ZHYTOMYR).err
    (tmp_path / "secret_key").write_text("x")
    assert "no key yet" not in mistok("profile", "link", ZHYTOMYR).err


@pytest.mark.parametrize("arguments", [[], ["show"], ["set", ZHYTOMYR], ["burn", ZHYTOMYR]])
def test_wrong_usage_ends_with_2(mistok, arguments):
    assert mistok("profile", *arguments).status == 2
