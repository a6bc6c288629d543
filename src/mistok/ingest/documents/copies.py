"""Which documents repeat each other's words: one press release in ten papers is one source.

Two steps. A fingerprint of 64 bits (SimHash over three words at a time) finds what may be a copy
among all documents at once; the shared four-word runs of both texts then decide. The thresholds
were measured on releases with other headlines, cuts and additions against other articles on the
same event: `docs/explanation/sources.md` has the table.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.db.models import Q, QuerySet

from mistok.ingest.models import Document
from mistok.kernel.dates import PartialDate

MOST_BITS: Final = 24
"""Bits in which the fingerprints of copies may differ; two strange texts differ in about 32."""
LEAST_SHARE: Final = 0.5
"""Share of the shorter text's runs that must stand in the longer one."""
LEAST_RUNS: Final = 12
"""Runs that both must have in common, so that two short notices are no copies by chance."""
MOST_LOOKED_AT: Final = 60
DAYS: Final = 31
"""A release is printed within a month or not at all; undated texts may be of any day."""
_FEATURE, _RUN = 3, 4
_SHORT_LINE: Final = 7
"""Words: shorter lines are headlines, menus, captions, datelines, names of authors."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Copy:
    """A document with the same words: in how many bits it differs, and what share is the same."""

    document: Document
    distance: int
    share: float


def fingerprint(text: str) -> str:
    """The SimHash of a text's body, 16 hexadecimal digits; empty for a text without words.

    Headlines, datelines, numbers, letter case and punctuation hardly change it.
    """
    words = _body(text)
    if not words:
        return ""
    hashes = np.fromiter(_hashes(words, _FEATURE), dtype="<u8")
    bits = np.unpackbits(hashes.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    ones = np.packbits(bits.sum(axis=0) * 2 > len(hashes), bitorder="little")
    return f"{int.from_bytes(ones.tobytes(), 'little'):016x}"


def distance(left: str, right: str) -> int:
    """Bits in which two fingerprints differ, 0 to 64."""
    return (int(left, 16) ^ int(right, 16)).bit_count()


def share(left: str, right: str) -> float:
    """The part of the shorter text's four-word runs that stand in the longer one too, 0 to 1.

    0 where fewer than LEAST_RUNS are shared.
    """
    return _share(_runs(left), _runs(right))


def nearest(
    *,
    text: str,
    mark: str = "",
    language: str = "",
    published: str = "",
    besides: int | None = None,
) -> Copy | None:
    """The document whose words this text repeats most; None where it stands by itself.

    `mark` is the text's fingerprint and `language` its language, where they are known; of a text
    published on a day, only documents of the same weeks and undated ones are looked at. `besides`
    is the row of the text's own document. Of equals the oldest is given; join a new one to
    `original_of` it.
    """
    mark = mark or fingerprint(text)
    if not mark:
        return None
    likely = _likely(language, published)
    near = _near(mark, likely if besides is None else likely.exclude(pk=besides))
    rows = {row.pk: row for row in Document.objects.filter(pk__in=[pk for pk, _bits in near])}
    own = _runs(text)
    found = [Copy(rows[pk], bits, _share(own, _runs(rows[pk].text))) for pk, bits in near]
    copies = [copy for copy in found if copy.share >= LEAST_SHARE]
    return min(copies, key=_likeness, default=None)


def original_of(document: Document) -> Document:
    """The document whose words all its copies repeat, itself where it is no copy."""
    seen = {document.pk}
    while document.copy_of is not None and document.copy_of_id not in seen:
        document = document.copy_of
        seen.add(document.pk)
    return document


def put_in_order(document: Document) -> None:
    """Of a new document and the one that it repeats, make the earlier published the original.

    Texts are not read in the order in which they were printed: without this, a report that an
    agency copied would count as the agency's. Where the days do not tell, the one read first
    stays the original.
    """
    original = document.copy_of
    if original is None or not _is_earlier(document.published, original.published):
        return
    document.copy_of = None
    document.save(update_fields=["copy_of"])
    group = Document.objects.filter(Q(pk=original.pk) | Q(copy_of=original))
    group.exclude(pk=document.pk).update(copy_of=document)


def _is_earlier(one: str, other: str) -> bool:
    day, later = PartialDate.parse_or_none(one), PartialDate.parse_or_none(other)
    return day is not None and later is not None and day.latest < later.earliest


def _likeness(copy: Copy) -> tuple[object, ...]:
    return (-round(copy.share, 2), copy.document.added_at, copy.document.pk)


def _likely(language: str, published: str) -> QuerySet[Document]:
    """Documents that may hold the same words."""
    rows = Document.objects.exclude(fingerprint="")
    if language:
        rows = rows.filter(language__in=(language, ""))
    day = PartialDate.parse_or_none(published)
    if day is None or day.bound or not 1900 < day.year < 2200:
        return rows
    begins = (day.earliest - dt.timedelta(DAYS)).isoformat()
    ends = (day.latest + dt.timedelta(DAYS)).isoformat()
    dated = Q(published__gte=begins[:7], published__lte=ends)
    undated = Q(published__in=("", begins[:4], ends[:4]))
    return rows.filter(dated | undated)


def _near(mark: str, likely: QuerySet[Document]) -> list[tuple[int, int]]:
    """The rows whose fingerprints differ least, with the bits in which they do."""
    rows = list(likely.order_by("pk").values_list("pk", "fingerprint"))
    if not rows:
        return []
    marks = np.array([int(other, 16) for _pk, other in rows], dtype="<u8")
    bits = np.bitwise_count(marks ^ np.uint64(int(mark, 16)))
    order = np.argsort(bits, kind="stable")[:MOST_LOOKED_AT]
    return [(rows[place][0], int(bits[place])) for place in order if bits[place] <= MOST_BITS]


def _body(text: str) -> list[str]:
    """The words of whole paragraphs; of a text without any, all its words."""
    lines = [_WORD.findall(line) for line in text.casefold().splitlines()]
    long = [words for words in lines if len(words) > _SHORT_LINE]
    return [word for words in long or lines for word in words]


def _hashes(words: list[str], size: int) -> Iterable[int]:
    """Stable hashes of every run of so many words; of fewer words the one run that there is."""
    for start in range(max(len(words) - size + 1, 1)):
        run = " ".join(words[start : start + size])
        yield int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "little")


def _runs(text: str) -> frozenset[int]:
    words = _body(text)
    return frozenset(_hashes(words, _RUN)) if words else frozenset()


def _share(left: frozenset[int], right: frozenset[int]) -> float:
    same = len(left & right)
    return same / min(len(left), len(right)) if same >= LEAST_RUNS else 0.0
