"""Bytes to letters: UTF-8 and UTF-16 by their signs, older encodings by which letters come out.

An encoding is plausible when it gives the letters of Ukrainian, Polish or German where letters
should be, small ones inside words, and no signs between letters.
"""

import codecs
import re

from mistok.kernel.errors import Invalid
from mistok.reading.intake.limits import called

_CANDIDATES = (
    "windows-1251",
    "windows-1252",
    "windows-1250",
    "koi8-u",
    "iso-8859-2",
    "iso-8859-5",
    "cp866",
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.I)
_DECLARED_IN = 4096
_SAMPLE = 60_000
_HIGH = re.compile(rb"[^\x80-\xff]{0,3}[\x80-\xff][^\x80-\xff]?")
_PLAUSIBLE = 0.3
_BETTER = 0.25
_FEW_CONTROLS = 4
_FREQUENT = {
    letter: weight
    for letters, weight in (
        ("оаніеитврс", 1.5),
        ("клудмпы", 1.1),
        ("язьгбчйх", 0.7),
        ("цюжєїшщфґъэёўќ", 0.2),
    )
    for letter in letters
}
_WESTERN = frozenset("ąćęłńóśźżäöüß")
_OTHER_WESTERN = frozenset("éèêëàâçáíýčšžřěůúñøåæôîïœăâșțőű")
_SIGNS = frozenset("„“”‘’‚‛–—…«»№°§€•\u00a0©®™·×½²³")
_MOJIBAKE = re.compile(r"[ÐÑÃÄÅ][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def decoded(data: bytes, *, name: str = "", content_type: str = "", html: bool = False) -> str:
    """Decode bytes to the most plausible text.

    A byte order mark decides, then strict UTF-8, then a declared encoding that gives plausible
    letters, then the most plausible of the older ones. Raises Invalid (`text_encoding_unknown`)
    when none gives words, (`document_kind_unknown`) when the bytes are no text at all.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _text(data.decode(encoding, errors="replace").removeprefix("\ufeff"), name)
    wide = _wide(data)
    if wide:
        return _text(data.decode(wide, errors="replace"), name)
    try:
        return _repaired(_text(data.decode("utf-8"), name))
    except UnicodeDecodeError as error:
        if _nearly_utf8(data, error):
            return _text(data.decode("utf-8", errors="replace"), name)
    return _text(_by_letters(data, name, _declared(data, content_type, html)), name)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte is zero (or that of one script)."""
    head = data[:2000]
    if len(head) < 8 or b"\x00" not in head:
        return ""
    even, odd = head[::2], head[1::2]
    if odd.count(0) > len(odd) * 0.3 and even.count(0) < len(even) * 0.05:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.3 and odd.count(0) < len(odd) * 0.05:
        return "utf-16-be"
    for encoding, high in (("utf-16-le", odd), ("utf-16-be", even)):
        if high.count(4) + high.count(0) > len(high) * 0.9:
            return encoding
    return ""


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether a few bytes only are broken, as where a page was cut within a letter."""
    sample = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    lost = sample.decode("utf-8", errors="replace").count("\ufffd")
    return lost * 25 < high or (error.start >= len(data) - 4 and high > 8)


def _declared(data: bytes, content_type: str, html: bool) -> str:
    found = _DECLARED.search(content_type.encode("ascii", errors="ignore"))
    if found is None and html:
        found = _DECLARED.search(data[:_DECLARED_IN])
    if found is None:
        return ""
    try:
        return codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return ""


def _by_letters(data: bytes, name: str, declared: str) -> str:
    # Only what stands around bytes beyond ASCII tells the encodings apart.
    sample = b" ".join(_HIGH.findall(data[: _SAMPLE * 4]))[:_SAMPLE]
    candidates = dict.fromkeys([*([declared] if _is_usable(declared) else []), *_CANDIDATES])
    scores = {one: _plausibility(sample.decode(one, errors="replace")) for one in candidates}
    best = max(scores, key=lambda one: scores[one])
    if declared in scores and scores[declared] >= max(_PLAUSIBLE, scores[best] - _BETTER):
        best = declared
    if scores[best] < _PLAUSIBLE:
        raise Invalid(
            f"The letters of {called(name)[0].lower()}{called(name)[1:]} cannot be made out in any "
            "usual encoding; save it as UTF-8 or paste its text.",
            code="text_encoding_unknown",
        )
    return data.decode(best, errors="replace")


def _is_usable(encoding: str) -> bool:
    if not encoding or encoding.startswith(("utf", "ascii")):
        return False
    try:
        b"a".decode(encoding)
    except (LookupError, UnicodeError, AssertionError):
        return False
    return True


def _plausibility(text: str) -> float:
    """Mean weight of the letters beyond ASCII: about 1 for words, below 0 for rubbish."""
    total, count = 0.0, 0
    before = " "
    for letter in text:
        if letter > "\x7f":
            total += _weight(before, letter)
            count += 1
        before = letter
    return total / count if count else 0.0


def _weight(before: str, letter: str) -> float:
    if letter in _SIGNS:
        return 0.3 if not before.isalpha() or letter in "’”–—…»\u00a0" else -0.6
    if not letter.isalpha():
        return -2.0 if letter == "\ufffd" or letter < "\xa0" or "─" <= letter <= "▟" else -1.0
    small = letter.lower()
    # Capitals all through are words as well, but after a small letter they are rubbish.
    cased = 0.0 if letter == small else -1.0 if before.islower() else -0.1
    if small in _FREQUENT:
        mixed = before.isascii() and before.isalpha()
        return _FREQUENT[small] + cased - (1.5 if mixed else 0.0)
    if small in _WESTERN:
        return 1.0 + cased
    return (0.4 if small in _OTHER_WESTERN else -0.8) + cased


def _repaired(text: str) -> str:
    """Undo UTF-8 that was taken for windows-1252 and stored so: "ÐšÐ¸Ñ—Ð²" is "Київ"."""
    found = _MOJIBAKE.findall(text[:_SAMPLE])
    beyond = sum(letter > "\x7f" for letter in text[:_SAMPLE])
    if len(found) < 8 or len(found) * 3 < beyond:
        return text
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("windows-1252")
        except UnicodeEncodeError:
            if letter > "\xff":
                return text
            raw += letter.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def _text(text: str, name: str) -> str:
    """Refuse what decodes but is no text: more controls than a text can have."""
    head = text[:20_000]
    controls = sum(letter < " " and letter not in "\t\n\r\x0b\x0c" for letter in head)
    if controls > _FEW_CONTROLS and controls * 20 > len(head):
        raise Invalid(
            f"{called(name)} holds no text that could be read; "
            "send a text, a web page, a PDF or a DOCX file.",
            code="document_kind_unknown",
        )
    return text
