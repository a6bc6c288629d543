"""Tells of a forged letter or a false caller, each with the very words in which it shows. Pure.

A tell is a reason to call back on the verified channel, never a proof. The list with its
explanations is `data/tells.json`; what a letter is held against comes in as `Marks`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import fuzz

ALIKE = 85.0
"""From this likeness on (0 to 100) another domain looks like the official one."""
SHORTEST = 5
"""Letters of a domain's own part that is no common word such as rada."""
SAME_RAION = 85.0
"""From this likeness on a Latin spelling is one of a raion that there is."""
MOST_WORDS = 5
"""Places that a tell shows; more would teach nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody got: the text, the address it came from, the number that called."""

    text: str = ""
    sender: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is known of the municipality that a letter claims to come from.

    `raions`: of today, in small letters, as Ukrainian adjectives (житомирський), districts of
    cities among them; `latin`: their names in Latin letters; `own_raion`: where it lies;
    `domains`: of its official mail and site; `phone`: the verified number, only where the reader
    may know it; `numbers`: of its acts and papers, none where none are known.
    """

    raions: frozenset[str] = frozenset()
    latin: frozenset[str] = frozenset()
    own_raion: str = ""
    domains: frozenset[str] = frozenset()
    phone: str = ""
    numbers: frozenset[str] = frozenset()
    ukrainian: bool = True


@dataclass(frozen=True, slots=True)
class Tell:
    """One tell: `level` is alarm or ask; `title` and `told` by language; the words found."""

    code: str
    level: str
    title: Mapping[str, str]
    told: Mapping[str, str]
    words: tuple[str, ...]


def tells(letter: Letter, marks: Marks) -> tuple[Tell, ...]:
    """What speaks against a letter or a call, alarms first; nothing found proves nothing."""
    # Long runs of blanks would be slow to search, and mean nothing.
    text = re.sub(r"\s*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", letter.text))
    found: dict[str, list[str]] = {}
    for code, word in _found(replace(letter, text=text), marks):
        found.setdefault(code, []).append(word)
    return tuple(
        Tell(
            code,
            kind["level"],
            kind["title"],
            kind["told"],
            tuple(dict.fromkeys(word for word in found[code] if word))[:MOST_WORDS],
        )
        for kind in sorted(_data()["tells"], key=lambda kind: str(kind["level"]))
        if (code := kind["code"]) in found
    )


def number_key(text: str) -> str:
    """A register number in the form in which two are compared."""
    return re.sub(r"[\s.]", "", text.casefold().translate(_LOOKS)).replace("\\", "/")


def digits(phone: str) -> str:
    """A telephone number without what people put between its digits."""
    return re.sub(r"\D", "", phone)


def _found(letter: Letter, marks: Marks) -> Iterator[tuple[str, str]]:
    for kind in _data()["tells"]:
        for pattern in kind["patterns"]:
            for match in re.finditer(pattern, letter.text, re.IGNORECASE):
                yield kind["code"], match[0].strip()
    yield from (("private_card", card) for card in _cards(letter.text))
    yield from _accounts(letter, marks)
    if marks.ukrainian:
        yield from _raions(letter.text, marks)
    yield from _numbers(letter.text, marks)
    called = digits(letter.phone)
    if called and marks.phone and called.lstrip("0") != digits(marks.phone).lstrip("0"):
        yield "other_call_number", letter.phone.strip()


_CARD = re.compile(r"(?<![\d+])(?:\d[ -]?){15}\d(?!\d)")


def _cards(text: str) -> Iterator[str]:
    """Numbers of sixteen digits whose last digit checks the others (Luhn)."""
    for match in _CARD.finditer(text):
        plain = [int(sign) for sign in match[0] if sign.isdigit()]
        doubled = (2 * one - 9 if one > 4 else 2 * one for one in plain[-2::-2])
        if (sum(plain[-1::-2]) + sum(doubled)) % 10 == 0:
            yield match[0]


_ADDRESS = re.compile(
    r"[^\s@<>()\[\]\"“”«»,;:]{1,64}@([^\s@<>()\[\]\"“”«»,;:]+\.[^\s@<>()\[\]\"“”«»,;:.]+)"
)


def _accounts(letter: Letter, marks: Marks) -> Iterator[tuple[str, str]]:
    """Every mail address, that of the sender and those in the text."""
    for match in _ADDRESS.finditer(f"{letter.sender} \n {letter.text}"):
        domain = readable(match[1])
        code = _domain_tell(domain, marks)
        if code:
            yield code, match[0]


def readable(domain: str) -> str:
    """A domain in small letters, with the signs that xn-- stands for."""
    parts = []
    for part in domain.casefold().split("."):
        try:
            coded = part.startswith("xn--")
            parts.append(part[4:].encode().decode("punycode") if coded else part)
        except ValueError:
            parts.append(part)
    return ".".join(parts)


def _domain_tell(domain: str, marks: Marks) -> str:
    if domain in _data()["free_mail"]:
        return "free_mail"
    if any(domain == own or domain.endswith(f".{own}") for own in marks.domains):
        return ""
    if _mixed(domain) or any(_alike(domain, own) for own in marks.domains):
        return "look_alike_domain"
    if marks.domains:
        return "other_domain"
    return "not_state_domain" if marks.ukrainian and not domain.endswith(".gov.ua") else ""


def _mixed(domain: str) -> bool:
    """Whether one label has letters of both alphabets, which no honest one has."""
    return any(
        re.search(r"[a-z]", label) and re.search(r"[\u0400-\u04ff]", label)
        for label in domain.split(".")
    )


def _alike(domain: str, own: str) -> bool:
    """Looks like it, holds it (city.gov.ua.mail.com), or is it with another ending."""
    one, two = skeleton(domain), skeleton(own)
    name = two.partition(".")[0]
    same = len(name) >= SHORTEST and name in one.split(".")
    return same or two in one or fuzz.ratio(one, two) >= ALIKE


_LOOKS = str.maketrans("аеорсухіѕјкмтвнґг01", "aeopcyxisjkmtbhrrol")


def skeleton(domain: str) -> str:
    """How a domain looks at a glance: Cyrillic as Latin, 0 as o, 1 as l, rn as m, vv as w."""
    plain = domain.casefold().translate(_LOOKS)
    return plain.replace("rn", "m").replace("vv", "w").replace("-", "")


_STEM = r"([А-ЩЬЮЯЄІЇҐ][\w’'ʼ-]{0,40}?(?:с|ц|з)ьк)"
_RAION = re.compile(rf"{_STEM}(?:ий|ого|ому|ім|им)\s+(?:район(?:у|і|ом|)|р-н(?:у|і|)\b)")
_COUNCIL = re.compile(rf"{_STEM}(?:а|ої|ій|у|ою)\s+районн(?:а|ої|ій|у|ою)\b")
_LATIN = re.compile(
    r"\b((?:[A-Z][\w’']{1,30}[ -]){0,2}[A-Z][\w’']{1,30})\s+(?:[Rr]aion|[Rr]ayon)\b"
    r"|\b([A-Z][\w’'-]{0,30}(?:s|ts|z)['’]?k(?:yi|yj|yy|iy|ii|y|i))\s+(?:[Dd]istrict|[Rr]egion)\b"
)
_POSTAL = re.compile(
    r"\b\d{5}\b|\b(?:вул|просп|пл|бул|пров|обл|м|с|смт)\.|область|street|\bstr\b|\bave\b|oblast",
    re.IGNORECASE,
)


def _raions(text: str, marks: Marks) -> Iterator[tuple[str, str]]:
    """Raions that there are none of; in an address also those of somebody else."""
    for line in text.splitlines():
        named = [
            (match[0], f"{match[1].casefold().replace('ʼ', '’').replace(chr(39), '’')}ий")
            for pattern in (_RAION, _COUNCIL)
            for match in pattern.finditer(line)
        ]
        for words, raion in named:
            if raion not in marks.raions:
                yield "abolished_raion", words
            elif marks.own_raion and raion != marks.own_raion and _POSTAL.search(line):
                yield "other_raion", words
        for match in _LATIN.finditer(line):
            name = _spelt(match[1] or match[2])
            if not any(fuzz.ratio(name, _spelt(known)) >= SAME_RAION for known in marks.latin):
                yield "abolished_raion", match[0]


def _spelt(name: str) -> str:
    """A name in Latin letters without what ways of romanising differ in."""
    plain = re.sub(r"[’'ʼ]", "", name.casefold()).replace("y", "i").replace("j", "i")
    return re.sub(r"i+", "i", plain)


_NUMBER = re.compile(r"(?:№|\bN[or]\.|\bN°|\bвих\.)\s*№?\s*([\w./\\-]*\d[\w./\\-]*)", re.IGNORECASE)


def _numbers(text: str, marks: Marks) -> Iterator[tuple[str, str]]:
    """A letter without a number, or of whose numbers none is known; a call has no text."""
    if not text.strip():
        return
    found = [
        (match[0].strip(), number_key(match[1].rstrip("./-"))) for match in _NUMBER.finditer(text)
    ]
    if not found:
        yield "no_number", ""
    elif marks.numbers and not _any_known((key for _words, key in found), marks.numbers):
        yield from (("unknown_number", words) for words, _key in found)


def _any_known(keys: Iterable[str], known: frozenset[str]) -> bool:
    wanted = {number_key(number) for number in known}
    return any(key in wanted for key in keys)


@cache
def _data() -> Mapping[str, Any]:
    file = resources.files("mistok.accounts") / "data" / "tells.json"
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
