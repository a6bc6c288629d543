"""Ukrainian names in Latin letters, by the national rules.

Resolution of the Cabinet of Ministers of Ukraine No. 55 of 27 January 2010.
"""

_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LETTERS = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "h",
    "ґ": "g",
    "д": "d",
    "е": "e",
    "є": "ie",
    "ж": "zh",
    "з": "z",
    "и": "y",
    "і": "i",
    "ї": "i",
    "й": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ь": "",
    "ю": "iu",
    "я": "ia",
    "’": "",
    "'": "",
    "ʼ": "",
}
_INSIDE_WORD = frozenset("’'ʼ")


def romanise(text: str) -> str:
    """Write a Ukrainian name in Latin letters: Житомир gives Zhytomyr, Згурівка Zghurivka.

    Letters that are not Ukrainian stay as they are.
    """
    out: list[str] = []
    before = ""
    for letter in text:
        small = letter.lower()
        first = not (before.isalpha() or before in _INSIDE_WORD) or not before
        if small == "г" and before.lower() == "з":
            latin = "gh"
        elif first and small in _FIRST:
            latin = _FIRST[small]
        else:
            latin = _LETTERS.get(small, letter)
        out.append(latin.capitalize() if letter != small else latin)
        before = letter
    return "".join(out)
