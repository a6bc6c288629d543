"""Polish names of towns in the cases of a letter.

Rules after the schoolbook: they take Polish and polonised endings only (-ów, -sk, -ice …). A name
that no rule is sure of gives nothing: after "miasto" it then stays as it is, which is right for
plurals, for what cannot be declined and for foreign names, whose genitive in -a or -u is custom.
"""

import re
from typing import Final

from mistok.papers.naming.forms import Forms, Known, around, joined

_ADJECTIVES: Final[dict[str, Forms]] = {
    "ki": ("kiego", "kiemu", "kim", "kim"),
    "gi": ("giego", "giemu", "gim", "gim"),
    "y": ("ego", "emu", "ym", "ym"),
    "ka": ("kiej", "kiej", "ką", "kiej"),
    "ga": ("giej", "giej", "gą", "giej"),
    "nia": ("niej", "niej", "nią", "niej"),
    "a": ("ej", "ej", "ą", "ej"),
    "kie": ("kiego", "kiemu", "kiem", "kiem"),
    "e": ("ego", "emu", "em", "em"),
}
_ADJECTIVAL: Final = re.compile(r"(?:[sc]ka|cki|dzki|wski|ński|[oe]we)$")
_BEFORE_NOUN: Final = re.compile(
    r"\w\w(?:y|[kg]i|(?:[dghknw]|ni|(?<!ł)ł|(?<!r)r|[oę]t)a|(?:ow|ki|n)e)$"
)
"""Polish adjectives before a noun: Nowy Sącz, Zielona Góra; not La Spezia, Sierra Nevada."""
_BEHIND_NOUN: Final = re.compile(r"(?:k[ia]|kie|ny|wa)$")
_MASCULINE: Final = re.compile(r"(?:y|[kg]i)$")
_SOFTER: Final = (
    ("st", "ści"),
    ("zd", "ździ"),
    ("sł", "śl"),
    *((f"{vowel}zn", f"{vowel}źni") for vowel in "aeiouyęąó"),
    *((f"{vowel}sn", f"{vowel}śni") for vowel in "aeiouyęąó"),
    ("ch", "sz"),
    ("k", "c"),
    ("g", "dz"),
    ("t", "ci"),
    ("d", "dzi"),
    ("r", "rz"),
    ("ł", "l"),
    *((hard, f"{hard}i") for hard in "bfmnpswz"),
)
_ONE_I: Final = re.compile(r"[^aeou]ni$|yj$")
_LINKS: Final = frozenset({"nad", "pod", "koło"})
_HARDENED: Final = ("cz", "sz", "rz", "dz", "dż", "c", "ż")
_WITH_A: Final = re.compile(
    r"(?:ów|ław|in|yn|pol|[bB]urg|[sz]k|(?<!sto)(?<!br[uü])ck|ik|yk|ąg|rz|(?<!sz)cz|sz|aż|[auo]ń)$"
)


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
    if len(words) > 2:
        forms = _word(words[0], known) if words[1] in _LINKS else None
        return around("", forms, name.removeprefix(words[0])) if forms else None
    parts = name.split("-")
    return _of_parts(parts[0], parts[1], known) if len(parts) == 2 else _whole(name, known)


def _whole(name: str, known: Known) -> Forms | None:
    return None if "-" in name else _word(name, known)


def _of_parts(first: str, second: str, known: Known) -> Forms | None:
    """Two words with a hyphen: both are bent, but for the first of Iwano-Frankiwsk."""
    one, other = _word(first, known), _word(second, known)
    if first.endswith("o") and not first.endswith("sko"):
        return around(f"{first}-", other, "") if other else None
    return joined(one, other, "-") if one and other else None


def _of_two(first: str, second: str, known: Known) -> Forms | None:
    """An adjective with its noun or a noun with its adjective; both are bent."""
    one: Forms | None
    other: Forms | None
    if _BEHIND_NOUN.search(second) and not _MASCULINE.search(first):
        one, other = _word(first, known), _adjective(second)
        agrees = (first[-1] == "a") == (second[-1] == "a")
    else:
        one, other = known(first) or _before_noun(first), _word(second, known)
        agrees = first[-1] != "a" or second[-1] == "a" or known(second) is not None
    return joined(one, other, " ") if one and other and agrees else None


def _before_noun(word: str) -> Forms | None:
    return _adjective(word) if _BEFORE_NOUN.search(word) else None


def _word(word: str, known: Known) -> Forms | None:
    found = known(word)
    if found:
        return found
    if _ADJECTIVAL.search(word):
        return _adjective(word)
    if word.endswith("a"):
        return _feminine(word[:-1])
    if word.endswith("o"):
        return _neuter(word[:-1])
    return _masculine(word)


def _adjective(word: str) -> Forms:
    """An adjective in the nominative, which ends in one of the endings."""
    ending = next(ending for ending in _ADJECTIVES if word.endswith(ending))
    return around(word.removesuffix(ending), _ADJECTIVES[ending], "")


def _feminine(stem: str) -> Forms | None:
    if stem.endswith(("i", "l", "j")):
        # Gdynia and Bochnia have one i, Kolonia two; Złotoryja loses its j.
        soft = stem[:-1] if _ONE_I.search(stem) else stem
        return f"{soft}i", f"{soft}i", f"{stem}ą", f"{soft}i"
    if stem.endswith(_HARDENED):
        return f"{stem}y", f"{stem}y", f"{stem}ą", f"{stem}y"
    soft = _softened(stem)
    if not soft:
        return None
    ending = "i" if stem[-1] in "kg" else "y"
    return stem + ending, f"{soft}e", f"{stem}ą", f"{soft}e"


def _neuter(stem: str) -> Forms | None:
    if not stem.endswith(("n", "w", "k", "ł")):
        return None
    if stem.endswith("k"):
        return f"{stem}a", f"{stem}u", f"{stem}iem", f"{stem}u"
    return f"{stem}a", f"{stem}u", f"{stem}em", f"{_softened(stem)}e"


def _masculine(word: str) -> Forms | None:
    if word.endswith("ec"):
        stem = word[:-2].removesuffix("i")
        stem = f"{stem[:-1]}ńc" if word.endswith("niec") else f"{stem}c"
        return f"{stem}a", f"{stem}owi", f"{stem}em", f"{stem}u"
    if word.endswith("ek"):
        stem = word[:-2].removesuffix("i") + "k"
        return f"{stem}a", f"{stem}owi", f"{stem}iem", f"{stem}u"
    if not _WITH_A.search(word):
        return None
    if word.endswith("ław"):
        return f"{word}ia", f"{word}iowi", f"{word}iem", f"{word}iu"
    if word.endswith("ów"):
        word = f"{word[:-2]}ow"
    if word.endswith("ń"):
        stem = f"{word[:-1]}ni"
        return f"{stem}a", f"{stem}owi", f"{stem}em", f"{stem}u"
    if word.endswith(("k", "g")):
        return f"{word}a", f"{word}owi", f"{word}iem", f"{word}u"
    if word.endswith((*_HARDENED, "l")):
        return f"{word}a", f"{word}owi", f"{word}em", f"{word}u"
    return f"{word}a", f"{word}owi", f"{word}em", f"{_softened(word)}e"


def _softened(stem: str) -> str:
    """The stem before the -e of the locative; nothing after a letter that has no such form."""
    for hard, soft in _SOFTER:
        if stem.endswith(hard):
            return stem.removesuffix(hard) + soft
    return ""
