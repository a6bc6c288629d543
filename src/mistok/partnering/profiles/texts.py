"""Free text that everybody may read: what it must not hold while the war goes on."""

import re
import unicodedata

from django.utils.translation import gettext as _

LONGEST = 1_000
"""Letters of a text about a municipality."""

_DATE = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:1\d|2[01])\d\d(?!\d)"
)
_EMAIL = re.compile(r"\S\s*(?:@|[\[(]\s*(?:at|ат|собака)\s*[\])])\s*\w", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)[\s().-]*\d(?:[\s()./-]*\d){7,}"  # with the code of a country
    r"|(?<![\w.,/-])\(?0\d{1,4}\)?(?:[\s()./-]*\d){5,}"  # with that of a town
    r"|(?<![\w.,])380(?:[\s()./-]*\d){9}"
    r"|\b(?:тел|телефон|моб|tel|phone|telephone|mobile|viber|whatsapp)\b[.:\s]*\+?\(?\d{2}",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\d\s*°\s*\d"  # degrees and minutes
    r"|\d[.,]\d+\s*°"
    r"|(?<![\w.,])-?\d{1,3}[.,]\d{3,}\s*[NSПнпд]*\s*[,;/|\s]\s*-?\d{1,3}[.,]\d{3,}"
    r"|\b\d{1,2}\s?[C-X]\s?[A-Z]{2}\s?\d{3,5}\s?\d{3,5}\b"  # military grid
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"  # plus code
    r"|\b(?:maps\.|goo\.gl|openstreetmap\.|what3words|w3w\.)"
    r"|/maps?[/?@]"
)
_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}


def text_problem(text: str) -> str:
    """What is wrong with a text, in one sentence; empty when nothing is.

    Refused are coordinates, telephone numbers and e-mail addresses (wartime rule; persons change),
    signs that cannot be read, and more than a thousand letters.
    """
    if len(text) > LONGEST:
        return _("The text has %(count)s letters; %(most)s are the most. Shorten it.") % {
            "count": len(text),
            "most": LONGEST,
        }
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\r\n\t" for sign in text):
        return _("The text holds signs that cannot be read. Type it again instead of pasting it.")
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if sign in "\r\n\t" or unicodedata.category(sign) not in _INVISIBLE
    )
    if _PLACE.search(plain):
        return _(
            "The text seems to hold coordinates or a link to a map. Exact sites are not public in "
            "wartime: name the municipality only."
        )
    if _EMAIL.search(plain):
        return _(
            "The text seems to hold an e-mail address. Leave it out: partners reach you through "
            "the coordinator."
        )
    if _PHONE.search(_DATE.sub(" ", plain)):
        return _(
            "The text seems to hold a telephone number. Leave it out: partners reach you through "
            "the coordinator."
        )
    return ""
