"""Ukrainian names of towns and of hromadas in the cases of a letter.

Rules after the Ukrainian orthography of 2019 (§ 78, § 152): names of towns take -а in the
genitive, velars take -у in the locative, the locative is that of the preposition "у". A name that
no rule is sure of gives nothing: after "місто" it then stays as it is, which is right for plurals,
for what cannot be declined and for foreign names that readers do not know.
"""

import re
from typing import Final

from mistok.papers.naming.forms import Forms, Known, around, joined

_VOWELS: Final = "аеєиіїоуюя"
_HUSHING: Final = "жчшщ"
_SOFTER: Final = {"г": "з", "ґ": "з", "к": "ц", "х": "с"}
_APOSTROPHES: Final = "'’ʼ"
_LINKS: Final = frozenset({"на", "над", "під", "при", "біля"})
_STAYS: Final = re.compile(r"[уюиіїеєо]$|[еуо]а$|йя$")

_ADJECTIVES: Final[dict[str, Forms]] = {
    "ий": ("ого", "ому", "им", "ому"),
    "ій": ("ього", "ьому", "ім", "ьому"),
    "е": ("ого", "ому", "им", "ому"),
    "є": ("ього", "ьому", "ім", "ьому"),
    "а": ("ої", "ій", "ою", "ій"),
    "я": ("ьої", "ій", "ьою", "ій"),
}
_ADJECTIVAL: Final = re.compile(r"(?:ий|[сцз]ьк[ае]|[оеє]ве|не|нє|вате)$")
_BEFORE_NOUN: Final = re.compile(
    r"\w(?:[иі]й|(?:[бвгджкнхш]|(?<!л)л|(?<!р)р|[оя]т)[ая]|[влкнрт]е)$"
)
"""Ukrainian adjectives before a noun: Кривий Ріг, Біла Церква; not Ла Спеція, Санта Марія."""
_BEHIND_NOUN: Final = re.compile(r"(?:[иі]й|[сцз]ька)$")
_NEUTER: Final = re.compile(r"(?:[оеє]во|ище)$")


def declined(name: str, known: Known) -> Forms | None:
    """The four cases of a name in the nominative; nothing where no rule is sure.

    `known`: the forms of a word that follows no rule, or nothing.
    """
    whole = known(name)
    if whole:
        return whole
    words = name.split(" ")
    if len(words) == 2:
        return _of_two(words[0], words[1], known)
    return _of_parts(name.split("-"), known) if len(words) == 1 else None


def hromada(name: str) -> Forms:
    """The four cases of «Житомирська міська територіальна громада»: every word is bent."""
    forms: Forms = ("", "", "", "")
    for word in name.split(" "):
        own = _feminine(word) if word.lower() == "громада" else _adjective(word)
        forms = joined(forms, own or (word, word, word, word), " ")
    return forms[0][1:], forms[1][1:], forms[2][1:], forms[3][1:]


def _of_two(first: str, second: str, known: Known) -> Forms | None:
    """An adjective with its noun or a noun with its adjective; both are bent."""
    if _BEHIND_NOUN.search(second) and not _ADJECTIVAL.search(first):
        one, other = _word(first, known), _adjective(second)
    elif known(first) or _precedes(first, second):
        one, other = known(first) or _adjective(first), _word(second, known)
    else:
        return None
    return joined(one, other, " ") if one and other else None


def _precedes(first: str, second: str) -> bool:
    """Whether the first word looks like an adjective of the second."""
    agrees = first[-1] not in "ая" or second[-1] in "аяь"
    return agrees and bool(_BEFORE_NOUN.search(first))


def _of_parts(parts: list[str], known: Known) -> Forms | None:
    """A word, or words with hyphens: before "на" the first is bent, else the last; a noun before
    its adjective too.
    """
    if len(parts) == 1:
        return _word(parts[0], known)
    tail = "-" + "-".join(parts[1:])
    if parts[1] in _LINKS:
        forms = _word(parts[0], known)
        return around("", forms, tail) if forms else None
    if any(part[:1].islower() for part in parts[1:]):
        return None
    last = _word(parts[-1], known)
    if last is None:
        return None
    agrees = parts[-1].endswith(("ький", "ька", "ьке"))
    first = _word(parts[0], known) if agrees else None
    if first and len(parts) == 2:
        return joined(first, last, "-")
    return around("-".join(parts[:-1]) + "-", last, "")


def _word(word: str, known: Known) -> Forms | None:
    found = known(word)
    if found:
        return found
    if _ADJECTIVAL.search(word):
        return _adjective(word)
    if _NEUTER.search(word):
        return f"{word[:-1]}а", f"{word[:-1]}у", f"{word}м", f"{word[:-1]}і"
    if _STAYS.search(word):
        return None
    if word[-1] in "ая":
        return _feminine(word)
    return _masculine(word)


def _adjective(word: str) -> Forms | None:
    for ending, forms in _ADJECTIVES.items():
        if word.endswith(ending):
            return around(word.removesuffix(ending), forms, "")
    return None


def _feminine(word: str) -> Forms | None:
    stem, last, before = word[:-1], word[-1], word[-2]
    if last == "я":
        if before in _APOSTROPHES or word[-3:-2] == before:
            locative = "ї" if before in _APOSTROPHES else "і"
            return word, f"{stem}ю", f"{stem}ям", stem + locative  # neuter: Запоріжжя
        if before in _VOWELS:
            return f"{stem}ї", f"{stem}ї", f"{stem}єю", f"{stem}ї"
        return f"{stem}і", f"{stem}і", f"{stem}ею", f"{stem}і"
    if before in _HUSHING:
        return f"{stem}і", f"{stem}і", f"{stem}ею", f"{stem}і"
    soft = stem[:-1] + _SOFTER.get(before, before)
    return f"{stem}и", f"{soft}і", f"{stem}ою", f"{soft}і"


def _masculine(word: str) -> Forms | None:
    stem, last = word[:-1], word[-1]
    if word.endswith(("ець", "єць")):
        joint = {"є": "й"}.get(word[-3], "ь" if word[-4] == "л" else "")
        return _soft(f"{word[:-3]}{joint}ц")
    if word.endswith("піль"):
        return _soft(f"{word[:-3]}ол")
    if word.endswith("ань") and not word.endswith("шань"):
        return f"{stem}і", f"{stem}і", f"{stem}ню", f"{stem}і"  # feminine: Умань, Познань
    if last == "ь":
        return _soft(stem) if word.endswith("ль") else None
    if last == "й":
        return _after_vowel(stem)
    if word.endswith("їв"):
        return _hard(f"{word[:-2]}єв")
    if word.endswith("ів"):
        return _hard(f"{word[:-2]}{'е' if word[-3] in _HUSHING else 'о'}в")
    return _hard(word)


def _hard(stem: str) -> Forms:
    last = stem[-1]
    instrumental = "ем" if last in _HUSHING else "ом"
    return f"{stem}а", f"{stem}у", stem + instrumental, stem + ("у" if last in _SOFTER else "і")


def _soft(stem: str) -> Forms:
    return f"{stem}я", f"{stem}ю", f"{stem}ем", f"{stem}і"


def _after_vowel(stem: str) -> Forms:
    return f"{stem}я", f"{stem}ю", f"{stem}єм", f"{stem}ї"
