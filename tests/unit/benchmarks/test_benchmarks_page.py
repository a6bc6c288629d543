"""The page of benchmarks: each run replaces its own section; typos are typos."""

import importlib
import random
import re
import sys

import pytest


@pytest.fixture
def benchmark(root, monkeypatch):
    """Import a module of the folder benchmarks, as a script there would."""
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(root / "benchmarks") in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.fixture
def ground(tmp_path):
    """A folder with two benchmarks and the path of their page."""
    bench(tmp_path, "one", "print('one: 1 ms')")
    bench(tmp_path, "two", "print('two: 2 ms')")
    return tmp_path, tmp_path / "page.md"


def bench(folder, name, code):
    (folder / f"bench_{name}.py").write_text(f'"""What does {name} cost?"""\n{code}\n')


def test_page_has_a_section_for_each_benchmark(benchmark, ground, capsys):
    folder, page = ground
    assert benchmark("page").main([], folder, page) == 0
    text = page.read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["bench_one.py", "bench_two.py"]
    assert "What does one cost?" in text
    assert "```text\none: 1 ms\n```" in text
    assert re.search(r"^Run on \d{4}-\d\d-\d\d: .+ cores, \d+ GB; Python 3\.", text, re.MULTILINE)
    assert capsys.readouterr().out == "one: 1 ms\ntwo: 2 ms\n"


def test_page_keeps_the_sections_of_what_is_not_run(benchmark, ground):
    folder, page = ground
    benchmark("page").main([], folder, page)
    bench(folder, "one", "print('one: 10 ms')")
    bench(folder, "two", "print('two: 20 ms')")
    assert benchmark("page").main(["two"], folder, page) == 0
    text = page.read_text()
    assert "one: 1 ms" in text
    assert "two: 20 ms" in text
    assert "two: 2 ms" not in text
    assert text.index("bench_one.py") < text.index("bench_two.py")


def test_page_can_begin_with_one_section_and_forgets_what_is_gone(benchmark, ground):
    folder, page = ground
    assert benchmark("page").main(["two"], folder, page) == 0
    assert "bench_one.py" not in page.read_text()
    (folder / "bench_two.py").unlink()
    assert benchmark("page").main([], folder, page) == 0
    assert "bench_one.py" in page.read_text()
    assert "bench_two.py" not in page.read_text()


def test_a_benchmark_that_fails_leaves_its_section_and_lets_others_run(benchmark, ground, capsys):
    folder, page = ground
    benchmark("page").main([], folder, page)
    bench(folder, "one", "print('half a table')\nraise SystemExit('no data')")
    bench(folder, "two", "print('two: 20 ms')")
    assert benchmark("page").main([], folder, page) == 1
    text = page.read_text()
    assert "one: 1 ms" in text
    assert "half a table" not in text
    assert "two: 20 ms" in text
    assert "one" in capsys.readouterr().err


def test_a_benchmark_that_is_not_there_is_wrong_usage(benchmark, ground, capsys):
    folder, page = ground
    assert benchmark("page").main(["three"], folder, page) == 2
    assert not page.exists()
    assert "one, two" in capsys.readouterr().err


def test_page_tells_no_path_of_the_checkout(benchmark, ground, root):
    folder, page = ground
    bench(folder, "one", f"print({str(root / 'var')!r})")
    benchmark("page").main(["one"], folder, page)
    assert "./var" in page.read_text()
    assert str(root) not in page.read_text()


def test_the_page_of_the_repository_is_as_the_writer_writes_it(benchmark, root, tmp_path):
    page = benchmark("page")
    kept = root / "docs" / "reference" / "benchmarks.md"
    copy = tmp_path / "copy.md"
    copy.write_text(kept.read_text(encoding="utf-8"), encoding="utf-8")
    names = [path.stem.removeprefix("bench_") for path in (root / "benchmarks").glob("bench_*.py")]
    page.write(copy, {}, names)
    assert copy.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Zhytomyr", "Oulu", "Житомир", "Saint-Étienne", "aaaa"])
def test_a_typo_changes_one_or_two_letters(benchmark, name):
    typo = benchmark("bench_find").with_typo
    written = [typo(name, random.Random(seed)) for seed in range(50)]
    assert written == [typo(name, random.Random(seed)) for seed in range(50)]
    for one in written:
        assert one.casefold() != name.casefold()
        assert abs(len(one) - len(name)) <= 1
        kept = sum(a == b for a, b in zip(one, name, strict=False))
        kept_behind = sum(a == b for a, b in zip(one[::-1], name[::-1], strict=False))
        assert kept + kept_behind >= len(name) - 2
    assert len(set(written)) > 5
