"""What is taken out of a text before positions in it exist.

Pasted texts keep every letter that a reader sees, so that evidence is an exact piece of what was
given: only characters without any shape go (NUL and other controls, zero-width characters, marks
of direction, tags, lone halves of characters), and line ends become one kind. Texts that come out
of a file are laid out anew anyway: there soft hyphens go too, and blanks become plain ones.
"""

import re

_SHAPELESS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    # Joins signs such as families of faces; between letters it only hides.
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SOFT = re.compile("\u00ad")
_BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_AROUND_END = re.compile(r" *\n *")
_MANY_ENDS = re.compile(r"\n{3,}")


def cleaned(text: str) -> str:
    """Take out what has no shape; a text without such characters comes back unchanged."""
    if _SHAPELESS.search(text):
        text = _SHAPELESS.sub("", text)
    if _LINE_END.search(text):
        text = _LINE_END.sub("\n", text)
    return text


def tidied(text: str) -> str:
    """Clean a text that came out of a file: also soft hyphens, odd blanks, heaps of empty lines.

    Tabs stay as single tabs, since they part the cells of a table.
    """
    text = _SOFT.sub("", cleaned(text))
    text = _BLANKS.sub(lambda found: "\t" if "\t" in found[0] else " ", text)
    return _MANY_ENDS.sub("\n\n", _AROUND_END.sub("\n", text)).strip()
