"""The compiled world on disk: one file of arrays, and `meta.json` that names it.

The file is written under a name of its own and `meta.json` is replaced last, in one step. So
whoever opens the folder sees the old world or the new one, whole, however a build ends.
"""

import fcntl
import json
import mmap
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from mistok.kernel.errors import Unavailable
from mistok.world import sources

FORMAT = 2
"""Number of the files' layout; a change of what is written makes it one more."""

META = "meta.json"
_ALIGNMENT = 64
_REBUILD = "Build it with `mistok world build`."


@dataclass(frozen=True, slots=True)
class Stored:
    """An opened file: its arrays (read-only, shared between processes) and its meta data."""

    arrays: Mapping[str, npt.NDArray[Any]]
    meta: Mapping[str, Any]


def stamp() -> dict[str, Any]:
    """Say what a compiled world is good for: layout, package versions, tables and code."""
    return {
        "format": FORMAT,
        "packages": dict(sources.package_versions()),
        "tables": sources.tables_digest(),
        "code": sources.code_digest(),
    }


def open_stored(folder: Path) -> Stored:
    """Map the compiled world in a folder into memory.

    Raises Unavailable: code `world_missing`, `world_stale` (other layout, packages, tables or
    code)
    or `world_broken` (meta data or file are not whole).
    """
    meta = _read_meta(folder)
    for part, value in stamp().items():
        if meta.get(part) != value:
            _refuse("world_stale", f"The gazetteer in {folder} was compiled from other {part}.")
    try:
        path = folder / str(meta["file"])
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != meta["size"]:
                _refuse("world_broken", f"The gazetteer file {path} is not whole.")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        arrays = {
            name: np.frombuffer(mapped, dtype, count, offset)
            for name, (dtype, count, offset) in meta["sections"].items()
        }
    except FileNotFoundError as error:
        if current_file(folder) != meta["file"]:
            return open_stored(folder)  # another process has just built it anew
        _refuse("world_broken", f"The gazetteer file {path} is gone.", error)
    except (KeyError, TypeError, ValueError, OSError) as error:
        _refuse("world_broken", f"The gazetteer in {folder} cannot be read.", error)
    return Stored(arrays, meta)


def write_stored(
    folder: Path, sections: Mapping[str, npt.NDArray[Any]], facts: Mapping[str, Any]
) -> None:
    """Write a compiled world and make it the folder's; on failure leave the old one.

    Raises Unavailable (code `world_not_writable`) when the folder is read-only or full.
    """
    path = folder / f"gazetteer-{uuid4().hex}.bin"
    part = folder / f"{META}.part"
    try:
        layout, size = _write_arrays(path, sections)
        meta = {**stamp(), **facts, "file": path.name, "size": size, "sections": layout}
        with part.open("w", encoding="utf-8") as file:
            json.dump(meta, file, ensure_ascii=False, indent=1)
            _flush(file.fileno(), file)
        part.replace(folder / META)
        _flush_folder(folder)
    except BaseException as error:
        for leftover in (path, part):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise not_writable(folder, error) from error
        raise
    sweep(folder, keep=path.name)


def sweep(folder: Path, *, keep: str | None) -> None:
    """Remove files of earlier or interrupted builds; who has them mapped may go on reading."""
    for path in folder.glob("gazetteer-*.bin"):
        if path.name != keep:
            with suppress(OSError):
                path.unlink()


def current_file(folder: Path) -> str | None:
    """Give the name of the file that the folder's meta data point to, if any."""
    try:
        return str(_read_meta(folder).get("file"))
    except Unavailable:
        return None


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock while building: a second builder waits and finds it done.

    Raises Unavailable (code `world_not_writable`) when the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        raise not_writable(folder, error) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def not_writable(folder: Path, error: OSError) -> Unavailable:
    """Make the refusal for a folder that cannot be written, with the system's own reason."""
    reason = error.strerror or type(error).__name__
    return Unavailable(
        f"The gazetteer cannot be written to {folder}: {reason}. "
        "Give the folder write permission and about 500 MB of space, or set MISTOK_DATA.",
        code="world_not_writable",
        details={"folder": str(folder), "reason": reason},
    )


def _write_arrays(
    path: Path, sections: Mapping[str, npt.NDArray[Any]]
) -> tuple[dict[str, tuple[str, int, int]], int]:
    layout = {}
    with path.open("wb") as file:
        for name, array in sections.items():
            file.write(b"\0" * (-file.tell() % _ALIGNMENT))
            layout[name] = (array.dtype.str, array.size, file.tell())
            file.write(np.ascontiguousarray(array).data)
        size = file.tell()
        _flush(file.fileno(), file)
    return layout, size


def _flush(descriptor: int, file: Any) -> None:
    file.flush()
    os.fsync(descriptor)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_meta(folder: Path) -> dict[str, Any]:
    try:
        meta = json.loads((folder / META).read_bytes())
    except FileNotFoundError:
        _refuse("world_missing", f"There is no gazetteer in {folder}.")
    except (OSError, ValueError) as error:
        _refuse("world_broken", f"The gazetteer in {folder} cannot be read.", error)
    if not isinstance(meta, dict):
        _refuse("world_broken", f"The gazetteer in {folder} cannot be read.")
    return meta


def _refuse(code: str, sentence: str, cause: Exception | None = None) -> NoReturn:
    raise Unavailable(f"{sentence} {_REBUILD}", code=code) from cause
