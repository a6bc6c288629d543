"""Operating it: the data folder, the key, the port, the server, and what a full disk says."""

import errno
import io
import json
import logging
import socket
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError
from gunicorn.app.base import BaseApplication

from mistok.config import data_folder, server, static_files
from mistok.config.data_folder import prepare_data_folder
from mistok.config.logs import logging_settings
from mistok.config.management.commands.serve import check_port
from mistok.kernel.errors import Invalid, Unavailable
from mistok.provenance.reference import request_reference
from mistok.registry.gazetteer import the_world


@pytest.fixture
def own_folder(settings, tmp_path):
    """A data folder of the test's own, with keys and static files in it."""
    settings.MISTOK_DATA = tmp_path / "data"
    settings.MISTOK_SECRET_PATH = settings.MISTOK_DATA / "keys" / "secret_key"
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.MISTOK_DATA


def failing(number):
    """Something that fails as the operating system does."""

    def fail(*args, **options):
        raise OSError(number, "as the system says")

    return fail


def test_data_folder_is_made_with_its_parents(tmp_path):
    folder = tmp_path / "one" / "two"
    prepare_data_folder(folder)
    assert list(folder.iterdir()) == []


def test_file_in_the_place_of_the_data_folder_is_refused(tmp_path):
    path = tmp_path / "data"
    path.write_text("mine")
    with pytest.raises(Unavailable) as refused:
        prepare_data_folder(path)
    assert refused.value.code == "data_unusable"
    assert str(path) in str(refused.value)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "data_full"),
        (errno.EDQUOT, "data_full"),
        (errno.EROFS, "data_read_only"),
        (errno.EACCES, "data_read_only"),
        (errno.EPERM, "data_read_only"),
        (errno.EIO, "data_unusable"),
    ],
)
def test_data_folder_that_cannot_be_written_is_refused(tmp_path, monkeypatch, number, code):
    monkeypatch.setattr(data_folder.tempfile, "NamedTemporaryFile", failing(number))
    with pytest.raises(Unavailable) as refused:
        prepare_data_folder(tmp_path)
    assert refused.value.code == code
    assert str(tmp_path) in str(refused.value)
    assert "MISTOK_DATA" in str(refused.value)


@pytest.mark.django_db
def test_preparing_makes_a_key_that_only_its_owner_reads(mistok, own_folder, settings):
    assert mistok("run", "--prepare-only", "--no-demo").status == 0
    path = settings.MISTOK_SECRET_PATH
    key = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key) > 40
    assert key == settings.SECRET_KEY
    assert mistok("run", "--prepare-only", "--no-demo").status == 0
    assert path.read_text() == key


@pytest.mark.django_db
def test_preparing_with_a_given_key_writes_none(mistok, own_folder, settings, monkeypatch):
    monkeypatch.setenv("MISTOK_SECRET_KEY", "given")
    assert mistok("run", "--prepare-only", "--no-demo").status == 0
    assert not settings.MISTOK_SECRET_PATH.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_disk_trouble_half_way_is_told_in_a_sentence(mistok, own_folder, monkeypatch, number):
    monkeypatch.setattr("mistok.config.management.commands.run.collect", failing(number))
    answer = mistok("run", "--prepare-only", "--no-demo")
    assert answer.status == 1
    assert "Traceback" not in answer.err
    assert str(own_folder) in answer.err


def failing_rebuild(mistok, monkeypatch, failure):
    """`mistok rebuild` on a database that answers so."""

    def fail(**options):
        raise failure

    monkeypatch.setattr("mistok.registry.management.commands.rebuild.rebuild", fail)
    monkeypatch.setattr("django.core.management.base.BaseCommand.check", lambda *a, **o: None)
    return mistok("rebuild")


def test_database_trouble_is_told_in_a_sentence(mistok, monkeypatch):
    answer = failing_rebuild(mistok, monkeypatch, OperationalError("database or disk is full"))
    assert answer.status == 1
    assert answer.err.startswith("The database cannot be used (database or disk is full).")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE registry_tie RENAME TO elsewhere",
        "ALTER TABLE registry_tie RENAME COLUMN since TO begun",
    ],
)
def test_database_without_its_tables_is_told_in_a_sentence(mistok, change):
    with connection.cursor() as cursor:
        cursor.execute(change)
    answer = mistok("sweep")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "`mistok migrate`" in answer.err


class Denied(Exception):
    """As PostgreSQL's driver tells it."""

    sqlstate = "42501"


def test_database_that_forbids_is_told_in_one_line(mistok, monkeypatch):
    failure = ProgrammingError("permission denied for table tie\nLINE 1: SELECT")
    failure.__cause__ = Denied()
    answer = failing_rebuild(mistok, monkeypatch, failure)
    assert answer.status == 1
    assert answer.err.startswith("The database cannot be used (permission denied for table tie).")
    assert answer.err.count("\n") == 1


def test_database_that_lacks_a_column_on_writing_is_told_in_a_sentence(mistok, monkeypatch):
    failure = OperationalError("table registry_tie has no column named since")
    assert "`mistok migrate`" in failing_rebuild(mistok, monkeypatch, failure).err


def test_mistake_of_ours_in_a_query_is_not_hidden(mistok, monkeypatch):
    with pytest.raises(ProgrammingError, match="syntax error"):
        failing_rebuild(mistok, monkeypatch, ProgrammingError("syntax error"))


def test_refusal_of_djangos_own_command_is_a_line_or_the_traceback_that_was_asked_for(mistok):
    command = ["find", "Kyiv", "--no-color", "--force-color"]
    answer = mistok(*command)
    assert (answer.status, answer.err.count("\n")) == (1, 1)
    with pytest.raises(CommandError):
        mistok(*command, "--traceback")


def test_other_trouble_of_the_system_is_not_hidden(mistok, monkeypatch):
    monkeypatch.setattr("mistok.config.management.commands.find.World.open", failing(errno.EIO))
    with pytest.raises(OSError, match="as the system says"):
        mistok("find", "Kyiv")


def test_interrupted_command_exits_like_a_shell_command(mistok, monkeypatch):
    def interrupt(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr("mistok.config.management.commands.find.World.open", interrupt)
    assert mistok("find", "Kyiv").status == 130


def test_command_whose_reader_goes_away_ends_quietly(mistok, monkeypatch):
    def gone(folder):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("mistok.config.management.commands.find.World.open", gone)
    monkeypatch.setattr("mistok.config.cli.sys", SimpleNamespace(stderr=io.StringIO()))
    assert mistok("find", "Kyiv").status == 0


@pytest.mark.parametrize("verb", ["serve", "run"])
def test_port_in_use_is_refused_with_another_to_choose(mistok, verb):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = mistok(verb, "--port", str(port))
    assert answer.status == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in answer.err
    assert f"--port {port + 1}" in answer.err
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 65535 + 1), ("192.0.2.1", 8000)])
def test_port_or_address_that_does_not_exist_is_refused(host, port):
    with pytest.raises(Unavailable) as refused:
        check_port(host, port)
    assert refused.value.code == "port_in_use"


def test_free_port_is_taken_for_free():
    check_port("127.0.0.1", 0)
    check_port("::1", 0)


@pytest.mark.parametrize(("host", "bind"), [("0.0.0.0", "0.0.0.0:8000"), ("::1", "[::1]:8000")])
def test_server_serves_the_application_with_threads(monkeypatch, host, bind):
    started = []
    monkeypatch.setattr(BaseApplication, "run", lambda application: started.append(application))
    server.serve(host=host, port=8000, workers=3, threads=5)
    (made,) = started
    assert made.cfg.bind == [bind]
    assert (made.cfg.workers, made.cfg.threads, made.cfg.preload_app) == (3, 5, True)
    assert made.cfg.worker_class_str == "gthread"
    assert callable(made.load())


def test_serve_hands_the_settings_over(mistok, monkeypatch, settings):
    settings.MISTOK_WORKERS, settings.MISTOK_THREADS = 1, 7
    settings.MISTOK_POSTING = False
    given = {}
    command = "mistok.config.management.commands.serve.serve"
    monkeypatch.setattr(command, lambda **options: given.update(options))
    assert mistok("serve", "--port", "0").status == 0
    assert given == {"host": "127.0.0.1", "port": 0, "workers": 1, "threads": 7}


@pytest.mark.django_db
def test_run_prepares_and_then_serves(mistok, own_folder, monkeypatch):
    given = {}
    command = "mistok.config.management.commands.serve.serve"
    monkeypatch.setattr(command, lambda **options: given.update(options))
    answer = mistok("run", "--no-demo", "--port", "0")
    assert "Mistok is served at http://127.0.0.1:0/" in answer.err
    assert given["host"] == "127.0.0.1"


@pytest.mark.django_db
def test_run_loads_the_starter_registry(mistok, own_folder, monkeypatch):
    called = []
    command = "mistok.config.management.commands.run.call_command"
    monkeypatch.setattr(command, lambda name, **options: called.append(name))
    mistok("run", "--prepare-only")
    assert called == ["migrate", "starter"]


def test_static_files_are_gathered_only_when_they_changed(own_folder, monkeypatch):
    assert static_files.collect()
    assert not static_files.collect()
    monkeypatch.setattr(static_files, "__version__", "9.9.9")
    assert static_files.collect()


@pytest.mark.django_db
def test_world_missing_is_told_on_the_page_in_the_readers_language(client, settings, tmp_path):
    settings.MISTOK_WORLD = tmp_path
    the_world.cache_clear()
    try:
        english, ukrainian = (client.get(f"/{code}/places/?q=Kyiv") for code in ("en", "uk"))
        assert "mistok world build" in english.context["refusal"]
        assert "mistok world build" in ukrainian.context["refusal"]
        assert english.context["refusal"] != ukrainian.context["refusal"]
        assert client.get("/en/places/geonames:1/").status_code == 503
        assert client.get("/healthz").status_code == 503
    finally:
        the_world.cache_clear()


def test_database_lost_is_told_to_watchers(client, monkeypatch):
    def lost():
        raise OperationalError("gone")

    monkeypatch.setattr("mistok.web.pages.views.connection.cursor", lost)
    client.raise_request_exception = False
    assert client.get("/healthz").status_code >= 500


@pytest.mark.parametrize("style", ["json", "console"])
def test_log_line_carries_the_reference(style, capsys):
    made = logging_settings(style=style)
    config = logging.config.DictConfigurator(made)
    formatter = config.configure_formatter(made["formatters"]["line"])
    record = logging.makeLogRecord({"msg": "Ж %s", "args": ("x",), "name": "mistok", "extra": 1})
    token = request_reference.set("abc123")
    try:
        for name in made["filters"]:
            config.configure_filter(made["filters"][name]).filter(record)
        line = formatter.format(record)
    finally:
        request_reference.reset(token)
    if style == "json":
        assert json.loads(line)["request"] == "abc123"
        assert json.loads(line)["message"] == "Ж x"
    else:
        assert line.endswith("Ж x [abc123]")


def test_log_style_that_does_not_exist_is_refused():
    with pytest.raises(Invalid):
        logging_settings(style="xml")


def test_data_folder_of_the_tests_is_not_the_projects(settings, root):
    assert root not in Path(settings.MISTOK_DATA).parents
