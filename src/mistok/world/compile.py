"""Compiling records into arrays: columns, keys, names, and each place as one line of JSON."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mistok.world.folding import fold
from mistok.world.model import KINDS, NameKind, PlaceRecord

Sections = dict[str, npt.NDArray[np.generic]]
"""Named arrays: all that a compiled world holds."""

# A name without more means, of two places that bear it, the one with more people. These are
# the exceptions, in powers of ten: a country comes first, and a region only before towns
# thirty times smaller ("Lublin" is the city, "Florida" the state).
_STANDING = {"country": 4.0, "region": -1.5, "district": -1.5}
_UNKNOWN = {"country": 4.0, "region": 5.0, "district": 3.5, "hromada": 3.3}
_SMALLEST = 2.0
_SCALE = 8.0


@dataclass(frozen=True, slots=True)
class _Texts:
    """Byte strings one after the other; `offsets` has one more entry than there are strings."""

    blob: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.uint32]


def compile_records(records: Sequence[PlaceRecord]) -> tuple[Sections, dict[str, object]]:
    """Give the arrays of a compiled world, and what `World.info` says of its contents.

    Places stand in the order of the records. Raises ValueError when two records share a key
    or when a parent is none of them.
    """
    index = _index(records)
    countries = sorted({record.country for record in records})
    sections = _columns(records, index, countries)
    sections |= _keys(index)
    sections |= _names(records)
    lines = _pack(_lines(records))
    sections |= {"lines": lines.blob, "line_offsets": lines.offsets}
    kinds = [record.kind for record in records]
    facts: dict[str, object] = {
        "places": len(records),
        "names": len(sections["posting_places"]),
        "hromadas": kinds.count("hromada"),
        "regions": kinds.count("region"),
        "countries": kinds.count("country"),
        "country_codes": countries,
    }
    return sections, facts


def importance(record: PlaceRecord) -> float:
    """Say from 0 to 1 how likely a name without more means this place."""
    people = record.prominence or record.population
    size = math.log10(people) if people else _UNKNOWN.get(record.kind, _SMALLEST)
    size += _STANDING.get(record.kind, 0.0)
    return min(1.0, max(0.0, size / _SCALE))


def _index(records: Sequence[PlaceRecord]) -> dict[str, int]:
    """Every key and alias to its place; a record's own key goes before another's alias."""
    index = {record.key: place for place, record in enumerate(records)}
    if len(index) != len(records):
        raise ValueError("Two places have one key: the sources contradict each other.")
    for place, record in enumerate(records):
        for alias in record.aliases:
            index.setdefault(alias, place)
    return index


def _columns(
    records: Sequence[PlaceRecord], index: Mapping[str, int], countries: Sequence[str]
) -> Sections:
    number = {code: place for place, code in enumerate(countries)}
    kind = {name: place for place, name in enumerate(KINDS)}
    nan = float("nan")

    def links(keys: Iterable[str | None]) -> npt.NDArray[np.generic]:
        return np.array([-1 if key is None else index[key] for key in keys], np.int32)

    return {
        "lat": np.array([nan if r.lat is None else r.lat for r in records], np.float32),
        "lon": np.array([nan if r.lon is None else r.lon for r in records], np.float32),
        "population": np.array([r.population for r in records], np.int64),
        "country": np.array([number[r.country] for r in records], np.uint16),
        "kind": np.array([kind[r.kind] for r in records], np.uint8),
        "is_municipality": np.array([r.is_municipality for r in records], np.bool_),
        "importance": np.array([importance(r) for r in records], np.float32),
        "parent": links(r.parent for r in records),
        "region": links(r.region for r in records),
    }


def _keys(index: Mapping[str, int]) -> Sections:
    ordered = sorted((key.encode(), place) for key, place in index.items())
    texts = _pack(key for key, _ in ordered)
    places = np.array([place for _, place in ordered], np.uint32)
    return {"keys": texts.blob, "key_offsets": texts.offsets, "key_places": places}


def _names(records: Sequence[PlaceRecord]) -> Sections:
    """The search index: folded names in byte order, each with its postings."""
    entries = sorted(_entries(records))
    starts: list[int] = []
    places: list[int] = []
    kinds: list[int] = []
    texts: list[bytes] = []
    for text, place, kind in entries:
        if not texts or text != texts[-1]:
            starts.append(len(places))
            texts.append(text)
        places.append(place)
        kinds.append(kind)
    starts.append(len(places))
    names = _pack(texts)
    return {
        "names": names.blob,
        "name_offsets": names.offsets,
        "posting_starts": np.array(starts, np.uint32),
        "posting_places": np.array(places, np.uint32),
        "posting_kinds": np.array(kinds, np.uint8),
    }


def _entries(records: Sequence[PlaceRecord]) -> Iterator[tuple[bytes, int, int]]:
    """Each folded name of each place once, as the closest kind of name that it is."""
    for place, record in enumerate(records):
        folded: dict[str, int] = {}
        own = (record.name, record.local_name, record.official_name or "", *record.labels.values())
        for name in own:
            folded[fold(name)] = int(NameKind.NAME)
        for name, kind in (*record.names, *record.forms):
            key = fold(name)
            known = folded.get(key)
            if known is None or kind < known:
                folded[key] = int(kind)
        folded.pop("", None)
        for key, closest in folded.items():
            yield key.encode(), place, closest


def _lines(records: Iterable[PlaceRecord]) -> Iterator[bytes]:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for record in records:
        former = dict.fromkeys(name for name, kind in record.names if kind is NameKind.FORMER)
        names = dict.fromkeys(name for name, _ in record.names if name not in former)
        line = {
            "key": record.key,
            "name": record.name,
            "local_name": record.local_name,
            "country": record.country,
            "kind": record.kind,
            "population": record.population or None,
            "lat": record.lat,
            "lon": record.lon,
            "parent": record.parent,
            "region": record.region,
            "timezone": record.timezone,
            "labels": {"en": record.name, **record.labels},
            "approximate": record.approximate,
            "official_name": record.official_name,
            "population_basis": record.population_basis,
            "aliases": record.aliases,
            "names": list(names),
            "former_names": list(former),
            "is_municipality": record.is_municipality,
        }
        kept = {name: value for name, value in line.items() if value not in (None, [], False)}
        yield encode(kept).encode()


def _pack(texts: Iterable[bytes]) -> _Texts:
    blob = bytearray()
    offsets = [0]
    for text in texts:
        blob += text
        offsets.append(len(blob))
    return _Texts(np.frombuffer(bytes(blob), np.uint8), np.array(offsets, np.uint32))
