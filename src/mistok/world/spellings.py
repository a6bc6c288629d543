"""How Ukrainian names are written in other countries: systems of transliteration.

The national rules stand in `romanise`. Here are those that newspapers, councils and maps of
other countries use: BGN/PCGN 1965 (British and American maps), Duden with its two readings of ж,
PWN (Polish), the French habit, and the Russian forms that older lists have.
"""

from collections.abc import Mapping

_VOWELS = frozenset("аеєиіїоуюя")
_APOSTROPHES = frozenset("’'ʼ")

_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def _table(latin: str) -> dict[str, str]:
    """Each letter of the Ukrainian alphabet with what a system writes for it (-: nothing)."""
    written = (piece.replace("-", "") for piece in latin.split())
    return dict(zip(_LETTERS, written, strict=True))


_GERMAN = _table(
    "a b w h g d e je sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch - ju ja"
)
SYSTEMS: Mapping[str, Mapping[str, str]] = {
    "BGN/PCGN": _table(
        "a b v h g d e ye zh z y i yi y k l m n o p r s t u f kh ts ch sh shch - yu ya"
    ),
    "German": _GERMAN,
    "German, ж as sh": _GERMAN | {"ж": "sh"},
    "Polish": _table("a b w h g d e je ż z y i ji j k ł m n o p r s t u f ch c cz sz szcz - ju ja"),
    "French": _table(
        "a b v h g d e ie j z y i ï ï k l m n o p r s t ou f kh ts tch ch chtch - iou ia"
    ),
}
"""Systems by name: each letter of the Ukrainian alphabet to Latin letters."""

_POLISH_SOFT = {"н": "ń", "с": "ś", "з": "ź", "ц": "ć"}

# Endings that Russian writes otherwise, longest first.
_RUSSIAN_ENDINGS = (
    ("цький", "цкий"),
    ("ський", "ский"),
    ("цьк", "цк"),
    ("ськ", "ск"),
    ("івці", "овцы"),
    ("івка", "овка"),
    ("їв", "ев"),
    ("ів", "ов"),
    ("ці", "цы"),
    ("ий", "ый"),
    ("ове", "овое"),
    ("не", "ное"),
)
_RUSSIAN = str.maketrans("іїєґи’ʼ'", "ииегиъъъ")
_RUSSIAN_LATIN = {**SYSTEMS["BGN/PCGN"], "г": "g", "и": "i", "ы": "y", "э": "e", "ъ": ""}


def transliterate(name: str, system: str) -> str:
    """Write a Ukrainian name in Latin letters by one of SYSTEMS (KeyError for another)."""
    polish = system == "Polish"
    out = []
    letters = name.lower()
    for place, letter in enumerate(letters):
        after = letters[place + 1 : place + 2]
        if polish and after == "ь" and letter in _POLISH_SOFT:
            out.append(_POLISH_SOFT[letter])
        elif polish and letter in "юяє" and place and letters[place - 1] not in _VOWELS | set(" -"):
            out.append(SYSTEMS[system][letter].replace("j", "i"))
        elif polish and letter == "л" and after and after in "ьіїєюя":
            out.append("l")
        elif letter not in _APOSTROPHES:
            out.append(SYSTEMS[system].get(letter, letter))
    return _capitals("".join(out), name)


def russian_form(name: str) -> str:
    """Give the Russian form of a Ukrainian name, as far as letters and endings tell it."""
    words = [_russian_word(word) for word in name.lower().split("-")]
    return _capitals("-".join(words), name)


def foreign_spellings(name: str) -> list[str]:
    """Give the spellings of a Ukrainian name by all SYSTEMS and by way of Russian, each once."""
    russian = russian_form(name)
    by_russian = "".join(_RUSSIAN_LATIN.get(letter, letter) for letter in russian.lower())
    forms = [transliterate(name, system) for system in SYSTEMS]
    forms += [russian, _capitals(by_russian, name)]
    return [form for form in dict.fromkeys(forms) if form != name]


def _russian_word(word: str) -> str:
    for ending, russian in _RUSSIAN_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending).translate(_RUSSIAN) + russian
    return word.translate(_RUSSIAN)


def _capitals(spelling: str, name: str) -> str:
    return spelling.title() if name[:1].isupper() else spelling
