"""`mistok read` over files, folders and lines; on one core, on all, and on a cluster."""

import json

import pytest

SIGNED = (
    "Partners\n\nIn May 2023 the Ukrainian city of Zhytomyr and the German city of Dortmund "
    "signed an agreement on a solidarity partnership. The mayors met in the town hall."
)
EMPTY = "A quiet day\n\nNothing happened in the village today, and nobody signed anything."


def pairs(line):
    return [{tie["a"]["name"], tie["b"]["name"]} for tie in json.loads(line)["ties"]]


@pytest.fixture
def corpus(tmp_path):
    """Two texts, one page, and lines of which one is no document."""
    folder = tmp_path / "corpus"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text(SIGNED, encoding="utf-8")
    (folder / "b" / "c.txt").write_text(EMPTY, encoding="utf-8")
    (folder / "b" / "picture.png").write_bytes(b"\x89PNG")
    lines = [json.dumps({"id": "one", "text": SIGNED}), "no document", json.dumps({"text": EMPTY})]
    (folder / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_file_is_told_to_a_person_with_its_words(mistok, corpus):
    told = mistok("read", str(corpus / "a.txt"))
    assert told.status == 0
    assert "Zhytomyr (UA)" in told.out
    assert "solidarity" in told.out
    assert "“In May 2023 the Ukrainian city of Zhytomyr and the German city of" in told.out


def test_a_folder_is_read_in_order_and_bad_lines_lose_nothing(mistok, corpus):
    told = mistok("read", str(corpus), "--json", "--workers", "1")
    assert told.status == 0
    lines = told.out.splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert ids == ["a.txt", "b/c.txt", "one", "d.jsonl:2", "d.jsonl:3"]
    assert pairs(lines[0]) == pairs(lines[2]) == [{"Zhytomyr", "Dortmund"}]
    assert pairs(lines[1]) == pairs(lines[4]) == []
    assert json.loads(lines[3])["error"]["code"] == "line_malformed"
    assert "d.jsonl:2: the line is no document" in told.err


def test_what_cannot_be_read_at_all_is_refused(mistok, tmp_path):
    missing = mistok("read", str(tmp_path / "nowhere.txt"))
    assert missing.status == 1
    assert "There is no file or folder" in missing.err
    (tmp_path / "empty.txt").write_bytes(b"")
    empty = mistok("read", str(tmp_path / "empty.txt"))
    assert empty.status == 1
    assert "empty.txt is empty." in empty.err
    assert empty.out == ""


@pytest.mark.cluster
def test_all_cores_and_a_cluster_give_the_same_lines(mistok, corpus, cluster):
    many = [json.dumps({"id": str(n), "text": SIGNED if n % 3 else EMPTY}) for n in range(70)]
    (corpus / "many.jsonl").write_text("\n".join(many), encoding="utf-8")
    path = str(corpus / "many.jsonl")
    alone = mistok("read", path, "--workers", "1")
    beside = mistok("read", path, "--workers", "2")
    together = mistok("read", path, "--dask", cluster)
    assert alone.out.count("\n") == 70
    assert beside.out == alone.out
    assert together.out == alone.out


@pytest.mark.cluster
def test_a_cluster_that_is_not_there_is_told(mistok, corpus):
    told = mistok("read", str(corpus / "a.txt"), "--dask", "tcp://127.0.0.1:9")
    assert told.status == 1
    assert "No Dask scheduler answers" in told.err
