"""Compiling records into arrays: columns, keys, names, and each place as one line of JSON."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from mistok.world.country_sources import NO_FACTS, CountryFacts
from mistok.world.folding import fold, written
from mistok.world.model import KINDS, PLACE_FIELDS, NameKind, PlaceRecord
from mistok.world.renown import renown
from mistok.world.sound_index import patterns
from mistok.world.sounding import sound
from mistok.world.surroundings import surroundings

Sections = dict[str, npt.NDArray[np.generic]]
"""Named arrays: all that a compiled world holds."""

# A name without more means, of two places that bear it, the one with more people. These are
# the exceptions, in powers of ten: a country comes first; a region in which a town of its name
# lies only before towns thirty times smaller ("Lublin" is the city), another region ("Florida")
# before towns three times smaller.
_STANDING = {"country": 4.0, "region": -0.5, "district": -1.0}
_STANDING_WITH_SEAT = {"region": -1.5, "district": -1.5}
_LARGE = 0.2  # of an area's people
_UNKNOWN = {"country": 4.0, "region": 5.0, "district": 3.5, "hromada": 3.3}
_SMALLEST = 2.0
_SCALE = 8.0


@dataclass(frozen=True, slots=True)
class _Texts:
    """Byte strings one after the other; `offsets` has one more entry than there are strings."""

    blob: npt.NDArray[np.uint8]
    offsets: npt.NDArray[np.uint32]


def compile_records(
    records: Sequence[PlaceRecord], about: CountryFacts = NO_FACTS
) -> tuple[Sections, dict[str, object]]:
    """Give the arrays of a compiled world, and what `World.info` says of its contents.

    Places stand in the order of the records; `about` tells of their countries. Raises ValueError
    when two records share a key or when a parent is none of them.
    """
    index = _index(records)
    countries = sorted({record.country for record in records})
    sections = _columns(records, index, countries)
    sections |= surroundings(records, countries, about)
    sections |= renown(records)
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
        "languages": {
            code: [" ".join(known.official), " ".join(known.spoken)]
            for code, known in about.languages.items()
        },
    }
    return sections, facts


def importance(record: PlaceRecord, *, has_seat: bool = False) -> float:
    """Say from 0 to 1 how likely a name without more means this place.

    `has_seat`: it is a region or a district in which a town of the same name lies.
    """
    people = record.prominence or record.population
    size = math.log10(people) if people else _UNKNOWN.get(record.kind, _SMALLEST)
    size += (_STANDING_WITH_SEAT if has_seat else _STANDING).get(record.kind, 0.0)
    return min(1.0, max(0.0, size / _SCALE))


def with_seat(records: Sequence[PlaceRecord]) -> set[str]:
    """Give the keys of regions and districts named after a town in them: Zhytomyr Oblast.

    A town's other names count only where it is large for the area: Plzeň, which GeoNames calls
    Pilsen, but not one of Florida's small towns.
    """
    areas = {record.key: record for record in records if record.kind in _STANDING_WITH_SEAT}
    openings = {
        key: {opening for name in _names_of(area) for opening in _openings(fold(name))}
        for key, area in areas.items()
    }
    seated: set[str] = set()
    for record in records:
        if record.kind not in ("hromada", "municipality"):
            continue
        for key in (record.region, record.parent):
            area = areas.get(key or "")
            if area is None or area.key in seated:
                continue
            large = record.population >= _LARGE * (area.prominence or area.population)
            names = _names_of(record) if large else (record.name, record.local_name)
            if any(fold(name) in openings[area.key] for name in names):
                seated.add(area.key)
    return seated


def _names_of(record: PlaceRecord) -> tuple[str, ...]:
    return (record.name, record.local_name, *(name for name, _kind in record.names))


def _openings(folded: str) -> Iterator[str]:
    """The first word, the first two, and so on."""
    words = folded.split()
    return (" ".join(words[:size]) for size in range(1, len(words) + 1))


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
    seated = with_seat(records)

    def links(keys: Iterable[str | None]) -> npt.NDArray[np.generic]:
        return np.array([-1 if key is None else index[key] for key in keys], np.int32)

    return {
        "lat": np.array([nan if r.lat is None else r.lat for r in records], np.float32),
        "lon": np.array([nan if r.lon is None else r.lon for r in records], np.float32),
        "population": np.array([r.population for r in records], np.int64),
        "country": np.array([number[r.country] for r in records], np.uint16),
        "kind": np.array([kind[r.kind] for r in records], np.uint8),
        "is_municipality": np.array([r.is_municipality for r in records], np.bool_),
        "importance": np.array(
            [importance(r, has_seat=r.key in seated) for r in records], np.float32
        ),
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
    spellings: list[int] = []
    texts: list[bytes] = []
    for text, place, kind, spelling in entries:
        if not texts or text != texts[-1]:
            starts.append(len(places))
            texts.append(text)
        places.append(place)
        kinds.append(kind)
        spellings.append(spelling)
    starts.append(len(places))
    names = _pack(texts)
    return {
        "names": names.blob,
        "name_offsets": names.offsets,
        "posting_starts": np.array(starts, np.uint32),
        "posting_places": np.array(places, np.uint32),
        "posting_kinds": np.array(kinds, np.uint8),
        "posting_written": np.array(spellings, np.uint32),
        **_sounds(texts),
    }


def _entries(records: Sequence[PlaceRecord]) -> Iterator[tuple[bytes, int, int, int]]:
    """Each folded name of each place once, as the closest kind of name that it is.

    Of the spellings with accents that fold alike, the closest is kept (as a checksum): who
    writes accents means them.
    """
    for place, record in enumerate(records):
        kinds: dict[str, int] = {}
        accented: dict[str, tuple[int, str]] = {}
        own = (record.name, record.local_name, record.official_name or "", *record.labels.values())
        named = ((name, NameKind.NAME) for name in own)
        for name, kind in (*named, *record.names, *record.forms):
            key = fold(name)
            kinds[key] = min(int(kind), kinds.get(key, 9))
            if not name.isascii():
                accented[key] = min((int(kind), name), accented.get(key, (9, "")))
        for key, closest in kinds.items():
            if not any(map(str.isalpha, key)):
                continue  # GeoNames lists numbers of city quarters as names
            spelling = written(accented[key][1]) if key in accented else 0
            yield key.encode(), place, closest, spelling


def _sounds(names: Sequence[bytes]) -> Sections:
    """The index of rough spellings: by length, each with its patterns and its names."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        groups[sound(name.decode()).encode()].append(position)
    ordered = sorted((text for text in groups if text), key=lambda text: (len(text), text))
    sizes = [len(text) for text in ordered]
    lengths = np.searchsorted(sizes, np.arange(sizes[-1] + 2 if sizes else 1))
    parts = [patterns(ordered[low:high]) for low, high in pairwise(lengths.tolist()) if low < high]
    texts = _pack(ordered)
    return {
        "sounds": texts.blob,
        "sound_offsets": texts.offsets,
        "sound_lengths": lengths.astype(np.uint32),
        "sound_pairs": np.concatenate([np.empty(0, np.uint64), *(p for p, _ in parts)]),
        "sound_letters": np.concatenate(
            [np.empty(0, np.uint32), *(letters for _, letters in parts)]
        ),
        "sound_starts": np.cumsum([0, *(len(groups[text]) for text in ordered)], dtype=np.uint32),
        "sound_names": np.array([name for text in ordered for name in groups[text]], np.uint32),
    }


def _lines(records: Iterable[PlaceRecord]) -> Iterator[bytes]:
    """Each place as a JSON list of its fields, in the order of `Place`, short of empty ends."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for record in records:
        former = dict.fromkeys(name for name, kind in record.names if kind is NameKind.FORMER)
        names = dict.fromkeys(name for name, _ in record.names if name not in former)
        values = {name: getattr(record, name) for name in PLACE_FIELDS if hasattr(record, name)}
        values |= {
            "population": record.population or None,
            "labels": {"en": record.name, **record.labels},
            "names": list(names),
            "former_names": list(former),
            "renamings": [astuple(renaming) for renaming in record.renamings],
        }
        # A latitude of 0.0 is a place at the equator; all other empty values are defaults.
        line = [
            value if value or isinstance(value, float) else None
            for value in map(values.__getitem__, PLACE_FIELDS)
        ]
        while line[-1] is None:
            line.pop()
        yield encode(line).encode()


def _pack(texts: Iterable[bytes]) -> _Texts:
    blob = bytearray()
    offsets = [0]
    for text in texts:
        blob += text
        offsets.append(len(blob))
    return _Texts(np.frombuffer(bytes(blob), np.uint8), np.array(offsets, np.uint32))
