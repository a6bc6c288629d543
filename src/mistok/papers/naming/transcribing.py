"""Ukrainian names in the letters of Polish, German and French readers.

Only for names without an established form in the language (Żytomierz, Kiew stay what they are).
Polish after the rules of the Polish Scientific Publishers (transkrypcja współczesnego alfabetu
ukraińskiego), German after Duden, French after the transcription of the French press.
"""

import re
from typing import Final

from mistok.kernel.errors import Invalid

_ALPHABET: Final = "абвгґдеєжзиіїйклмнопрстуфхцчшщюя"
_ROWS: Final = {
    "pl": "a b w h g d e je ż z y i ji j k ł m n o p r s t u f ch c cz sz szcz ju ja",
    "de": "a b w h g d e je sch s y i ji j k l m n o p r s t u f ch z tsch sch schtsch ju ja",
    "fr": "a b v h g d e ie j z y i ï ï k l m n o p r s t ou f kh ts tch ch chtch iou ia",
}
_LETTERS: Final = {
    language: dict(zip(_ALPHABET, row.split(), strict=True)) for language, row in _ROWS.items()
}
_POLISH_SOFT: Final = {
    "ський": "ski",
    "цький": "cki",
    "зький": "zki",
    "ське": "skie",
    "цьке": "ckie",
    "ськ": "sk",
    "цьк": "ck",
    "зьк": "zk",
    "зь": "ź",
    "ль": "l",
    "нь": "ń",
    "сь": "ś",
    "ць": "ć",
}
"""What a soft sign makes; towns in -ськ and -цький end as Polish newspapers have them."""
_POLISH_L: Final = re.compile(r"л(?=[іьєюя])")
_AFTER_CONSONANT: Final = re.compile(r"(?<=[бвгґджзклмнпрстфхцчшщ])([єюя])")
_AFTER_SOFT_L: Final = {"є": "e", "ю": "u", "я": "a"}
_BETWEEN_VOWELS: Final = re.compile(r"(?<=[аеєиіїоуюя])с(?=[аеєиіїоуюя])", re.IGNORECASE)
_SILENT: Final = str.maketrans("", "", "ь'’ʼ")


def transcribed(name: str, language: str) -> str:
    """A Ukrainian name as readers of pl, de or fr write it: "Swjahel", "Zwiahel", "Zviahel".

    Signs that are no Ukrainian letters stay. Raises Invalid (`language_unknown`) for others.
    """
    if language not in _LETTERS:
        raise Invalid(
            f"Ukrainian names are not transcribed for {language!r}. Use {', '.join(_LETTERS)}.",
            code="language_unknown",
            details={"language": language},
        )
    return re.sub(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*", lambda word: _word(word[0], language), name)


def _word(word: str, language: str) -> str:
    told = word.lower()
    told = _polish(told) if language == "pl" else _BETWEEN_VOWELS.sub("сс", told)
    letters = _LETTERS[language]
    told = "".join(letters.get(letter, letter) for letter in told.translate(_SILENT))
    return told[:1].upper() + told[1:] if word[:1].isupper() else told


def _polish(word: str) -> str:
    """Soft consonants and what stands for a soft vowel behind a consonant, before the rest."""
    for soft, letter in _POLISH_SOFT.items():
        word = word.replace(soft, letter)
    word = re.sub(r"л([єюя])", lambda found: f"l{_AFTER_SOFT_L[found[1]]}", word)
    word = _POLISH_L.sub("l", word)
    return _AFTER_CONSONANT.sub(lambda found: f"i{_AFTER_SOFT_L[found[1]]}", word)
