"""What people write into forms, checked and brought into one form."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid

LONGEST_SITE = 300
LONGEST_MAIL = 254
_PHONE = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_SIGNS = str.maketrans("", "", " ()-./\u00a0")
_SPACES = re.compile(r"[^\S\r\n]")
_is_site = URLValidator(schemes=["http", "https"])


def phone(text: str) -> str:
    """A number as +380412123456 (E.164), or "" for none. Raises Invalid (code `phone_invalid`)."""
    plain = text.translate(_SIGNS)
    if plain and not _PHONE.fullmatch(plain):
        raise Invalid(
            _(
                "“%(number)s” is not a whole telephone number. Write it with plus and country, "
                "for example +380 412 481 212."
            )
            % {"number": text[:30]},
            code="phone_invalid",
        )
    return plain


def mail(text: str) -> str:
    """An address in lower case, or "" for none. Raises Invalid (code `mail_invalid`)."""
    plain = text.strip().lower()
    try:
        if plain:
            validate_email(plain)
    except ValidationError:
        plain = "?" * (LONGEST_MAIL + 1)
    if len(plain) > LONGEST_MAIL:
        raise Invalid(
            _("This is not a mail address. Write it whole, for example office@city.gov.ua."),
            code="mail_invalid",
        )
    return plain


def site(text: str) -> str:
    """The address of a page, or "" for none. Raises Invalid (code `site_invalid`)."""
    plain = text.strip()
    if plain and "://" not in plain:
        plain = f"https://{plain}"
    try:
        if plain:
            _is_site(plain)
    except ValidationError:
        plain = "?" * (LONGEST_SITE + 1)
    if len(plain) > LONGEST_SITE:
        raise Invalid(
            _("This is not the address of a page. Write it whole, as https://city.gov.ua."),
            code="site_invalid",
        )
    return plain


def words(text: str, *, what: str, most: int, needed: bool = True) -> str:
    """A text without signs that cannot be read; `what` names it in the refusal.

    Spaces of every kind, as word processors put them, become plain ones.
    Raises Invalid (codes `text_missing`, `text_too_long`).
    """
    spaced = _SPACES.sub(" ", text)
    plain = "".join(sign for sign in spaced if sign.isprintable() or sign == "\n").strip()
    if needed and not plain:
        raise Invalid(
            _("%(what)s is missing. Write it: it is kept with the act.") % {"what": what},
            code="text_missing",
        )
    if len(plain) > most:
        raise Invalid(
            _("%(what)s has %(length)s letters; %(most)s are the most. Shorten it.")
            % {"what": what, "length": len(plain), "most": most},
            code="text_too_long",
        )
    return plain


def holds_address(text: str, mail: str) -> bool:
    """Whether this e-mail address stands in a text, alone or among other words.

    The address of another, which ends or begins like it, is not meant.
    """
    alone = rf"(?<![\w.+-]){re.escape(mail)}(?![\w-]|\.\w)"
    return re.search(alone, text, re.IGNORECASE) is not None
