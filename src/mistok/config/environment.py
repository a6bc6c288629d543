"""Typed reading of environment variables: a word that means nothing is refused, not guessed."""

import os
import re
from pathlib import Path

from mistok.kernel.errors import Invalid

_FLAGS = {"true": True, "yes": True, "1": True, "on": True} | {
    "false": False,
    "no": False,
    "0": False,
    "off": False,
}

_SITE = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?")


def text(name: str, default: str) -> str:
    """The variable, or the default where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def secret(name: str, default: str) -> str:
    """The variable, or the content of the file that NAME_FILE names."""
    path = text(f"{name}_FILE", "")
    if not path:
        return text(name, default)
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise Invalid(
            f"{name}_FILE names {path}, which cannot be read ({error.strerror}). Name a file that "
            "this user may read.",
            code="setting_unreadable",
        ) from error


def flag(name: str, default: bool) -> bool:
    """true, yes, on, 1, or false, no, off, 0; raises Invalid for anything else."""
    word = text(name, str(default)).lower()
    if word not in _FLAGS:
        raise Invalid(
            f"{name} is “{word[:40]}”. Write true or false.",
            code="setting_malformed",
            details={"name": name},
        )
    return _FLAGS[word]


def whole(name: str, default: int) -> int:
    """A whole number above zero; raises Invalid for anything else."""
    word = text(name, str(default))
    if not (word.isascii() and word.isdigit() and int(word) > 0):
        raise Invalid(
            f"{name} is “{word[:40]}”. Write a whole number above zero, for example {default}.",
            code="setting_malformed",
            details={"name": name},
        )
    return int(word)


def words(name: str, default: list[str]) -> list[str]:
    """Words parted by commas."""
    found = [word.strip() for word in text(name, "").split(",")]
    return [word for word in found if word] or default


def site_address(word: str) -> str:
    """The address of this site without a slash at its end; raises Invalid for anything else."""
    plain = word.rstrip("/")
    if not _SITE.fullmatch(plain):
        raise Invalid(
            f"MISTOK_ADDRESS is “{word[:80]}”. Write the address of the site alone, for example "
            "https://mistok.example.",
            code="setting_malformed",
            details={"name": "MISTOK_ADDRESS"},
        )
    return plain
