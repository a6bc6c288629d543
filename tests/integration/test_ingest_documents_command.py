"""Documents at the shell: taken in once, tried without a trace, and one bad file stops no other."""

import json

import pytest
import read_cast
from django.core.management import call_command

from mistok.ingest.documents import command
from mistok.ingest.models import Document, Proposal
from mistok.kernel.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db
fake, ground = read_cast.fake, read_cast.ground


@pytest.fixture
def texts(tmp_path, fake, monkeypatch):
    monkeypatch.setattr(command, "the_reader", lambda: fake)
    (tmp_path / "a.txt").write_text(read_cast.ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nothing of ties stands here.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "notes.xyz").write_text("not a document")
    return tmp_path


def report(capsys, *arguments):
    call_command("ingest", "documents", *arguments, "--json")
    return json.loads(capsys.readouterr().out)


def test_folder_is_taken_in_once(texts, capsys):
    trial = report(capsys, str(texts), "--dry-run")
    assert (trial["new"], trial["proposals"], Document.objects.count()) == (2, 3, 0)
    first = report(capsys, str(texts), "--review", "--publisher", "Somebody")
    assert (first["documents"], first["new"], first["proposals"]) == (2, 2, 3)
    assert [one["file"].rpartition("/")[2] for one in first["refused"]] == ["empty.txt"]
    assert Proposal.objects.filter(state="open").count() == 3
    assert set(Document.objects.values_list("origin", "publisher")) == {("shell", "Somebody")}
    again = report(capsys, str(texts))
    assert (again["new"], again["known"], again["proposals"]) == (0, 2, 0)


def test_report_in_words(texts, capsys):
    call_command("ingest", "documents", str(texts / "a.txt"), "--dry-run")
    told = capsys.readouterr().out
    assert "nothing was kept" in told
    assert "1 new with 3 proposals" in told


@pytest.mark.parametrize(
    ("names", "more", "error", "code"),
    [
        (("nowhere.txt",), (), NotFound, "file_missing"),
        (("a.txt", "b.txt"), ("--url", "https://example.org/"), Invalid, "several_files"),
        (("empty.txt",), (), Invalid, "nothing_read"),
    ],
)
def test_what_cannot_be_done_is_refused(texts, names, more, error, code):
    with pytest.raises(error) as caught:
        call_command("ingest", "documents", *(str(texts / name) for name in names), *more)
    assert caught.value.code == code
