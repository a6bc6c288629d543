"""Sounding: one rough spelling for the many ways in which a name is written down.

Чернігів is Chernihiv, Tschernihiw, Czernihów, Tchernihiv and Chernigov: what systems of
romanisation and people's habits write differently is written alike here. It loses much, so
it finds what a name may be and never says that two names are the same.
"""

import re

_CYRILLIC = str.maketrans(
    {
        **dict(zip("абвгґдезиіїйклмнопрстуўфыэ", "abvhgdeziiiiklmnoprstuufie", strict=True)),
        "є": "e",
        "ё": "e",
        "ю": "iu",
        "я": "ia",
        "ь": "",
        "ъ": "",
        "ј": "i",
        "ѕ": "z",
        "ж": "sh",
        "ш": "sh",
        "щ": "sh",
        "ч": "sh",
        "х": "sh",
        "ц": "ts",
        "љ": "l",
        "њ": "n",
        "ћ": "sh",
        "ђ": "sh",
        "џ": "sh",
        "ќ": "k",
        "ѓ": "g",
    }
)

# What one or several letters write. X stands for the hushing sounds and kh, which the systems
# write with the same letters for different ones (ch, sch, sz); S for s, z and ts.
_WRITTEN = {
    **dict.fromkeys(
        "schtsch shtsh chtch shch szcz stsch tsch tch sch tsh sh ch sz cz zh kh dj".split(), "x"
    ),
    **dict.fromkeys(("tz", "ts", "z", "s"), "s"),
    **dict.fromkeys(("ije", "ie", "je", "ye", "ae", "ee"), "e"),
    **dict.fromkeys(("ue", "ou", "oo"), "u"),
    **dict.fromkeys(("ck", "qu", "q", "c"), "k"),
    "oe": "o",
    "x": "ks",
    "ph": "f",
    "th": "t",
    "w": "v",
    "y": "i",
    "j": "i",
    "h": "g",
    "rz": "r",
    " ": "",
}
_PIECE = re.compile(
    "c(?=[eiy])|" + "|".join(sorted(map(re.escape, _WRITTEN), key=len, reverse=True))
)
_RUN = re.compile(r"(.)\1+")


def sound(folded: str) -> str:
    """Give the rough spelling of a folded name, without blanks.

    Latin and Cyrillic names come out alike in a few Latin letters and digits (житомир and
    schytomyr give xitomir); a name in another script only loses its blanks.
    """
    text = folded if folded.isascii() else folded.translate(_CYRILLIC)
    if not text.isascii():
        return folded.replace(" ", "")
    return _RUN.sub(r"\1", _PIECE.sub(_sound_of, text))


def _sound_of(found: re.Match[str]) -> str:
    piece = found[0]
    if piece == "c" and found.end() < len(found.string) and found.string[found.end()] in "eiy":
        return "s"
    return _WRITTEN[piece]
