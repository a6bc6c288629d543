"""Signatures of letters: Ed25519, one key an installation, older keys kept and published.

`MISTOK_DATA/keys/letters/current.pem` holds the private key (mode 0600), made once when it is
first needed. Beside it lies each public key that was ever used, as `<id>.pem`; these are published
at /verify/. `rotate` makes a new key and forgets the old private one: what it signed stays
verifiable.

Anybody can check a letter without Mistok. Its signature file (`letter.sig`, made by
`signature_file`) is text: first the words that were signed, which name the SHA-256 of the PDF, then
a line `signature: ` with the key's id and the signature in Base64. With the published key as
`key.pem`:

    sed '/^signature: /,$d' letter.sig > words.txt
    sed -n 's/^signature: [^ ]* //p' letter.sig | openssl base64 -d -A > signature.bin
    openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in words.txt -sigfile signature.bin
    openssl dgst -sha256 letter.pdf        # must be what words.txt names

or in Python:

    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    words, _, last = open("letter.sig", "rb").read().rpartition(b"signature: ")
    signature = base64.b64decode(last.split()[1])
    load_pem_public_key(open("key.pem", "rb").read()).verify(signature, words)
"""

import base64
import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.utils import timezone

from mistok.kernel.errors import Unavailable
from mistok.needs.models import Letter

_PRIVATE: Final = "current.pem"
_PRIVATE_MODE: Final = 0o600
_HEAD: Final = "Mistok, key of letters {id}, since {since}\n"
_LINE: Final = "signature: "


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key that letters are or were signed with; `until`: when a newer one took its place."""

    id: str
    pem: str
    since: dt.datetime
    until: dt.datetime | None


class Signed(NamedTuple):
    """A signature in Base64, and the id of its key."""

    signature: str
    key: str


def sign(text: str) -> Signed:
    """Sign words with the installation's key, which is made when there is none yet.

    Raises Unavailable (`signing_key_unusable`) when the key file cannot be read as a key.
    """
    with _folder_locked() as folder:
        path = folder / _PRIVATE
        if not path.exists():
            _make(folder, timezone.now())
        key = _private(path)
    made = base64.b64encode(key.sign(text.encode())).decode("ascii")
    return Signed(made, key_id(key.public_key()))


def rotate(at: dt.datetime | None = None) -> PublishedKey:
    """Make a new key for letters from now on; the public part of the old one stays published."""
    with _folder_locked() as folder:
        made = _make(folder, at or timezone.now())
    return next(one for one in published_keys() if one.id == made)


def published_keys() -> tuple[PublishedKey, ...]:
    """Every key that letters were ever signed with, the newest first; the first is in use."""
    folder = _folder()
    found = sorted(
        ((_since(text), path.stem, text) for path, text in _public_files(folder)), reverse=True
    )
    untils = [None, *(since for since, _id, _text in found)]
    return tuple(
        PublishedKey(name, text[text.index("-----BEGIN") :], since, until)
        for (since, name, text), until in zip(found, untils, strict=False)
    )


def holds(text: str, signature: str, key: str) -> bool:
    """Whether these words were signed by the published key with this id."""
    found = next((one for one in published_keys() if one.id == key), None)
    if found is None:
        return False
    public = load_pem_public_key(found.pem.encode())
    try:
        _ed25519(public).verify(base64.b64decode(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(key: Ed25519PublicKey) -> str:
    """The name of a key: the beginning of the SHA-256 of its 32 bytes."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"ed25519-{hashlib.sha256(raw).hexdigest()[:16]}"


def signed_words(letter: Letter) -> str:
    """What the signature of a letter is over: which letter it is, and which bytes its PDF has."""
    appeal = letter.addressee.appeal
    lines = (
        "Mistok letter of appeal, signature version 1",
        f"code: {letter.code}",
        f"from: {appeal.office.place}",
        f"to: {letter.addressee.place}",
        f"number: {appeal.number}/{appeal.year}",
        f"version: {letter.number}",
        f"made: {letter.made_at.astimezone(dt.UTC).isoformat(timespec='seconds')}",
        f"pdf sha256: {letter.pdf_sha256}",
    )
    return "".join(f"{line}\n" for line in lines)


def signature_file(letter: Letter) -> bytes:
    """The detached signature of a letter, to be checked as this module tells."""
    return f"{signed_words(letter)}{_LINE}{letter.key} {letter.signature}\n".encode()


def _folder() -> Path:
    return Path(settings.MISTOK_DATA) / "keys" / "letters"


@contextmanager
def _folder_locked() -> Iterator[Path]:
    """The folder, held by one process at a time: two at once must not make two keys."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _make(folder: Path, at: dt.datetime) -> str:
    """A new key in place of the current one; gives its id."""
    key = Ed25519PrivateKey.generate()
    name = key_id(key.public_key())
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    since = at.astimezone(dt.UTC).isoformat()
    (folder / f"{name}.pem").write_text(_HEAD.format(id=name, since=since) + pem)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Written beside and moved: a machine that stops half-way leaves no half key.
    made = folder / ".new"
    made.unlink(missing_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_MODE), "wb") as out:
        out.write(private)
        out.flush()
        os.fsync(out.fileno())
    made.replace(folder / _PRIVATE)
    return name


def _private(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise _unusable(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path)
    return key


def _unusable(path: Path) -> Unavailable:
    return Unavailable(
        f"The key of letters {path} cannot be used. Restore it from a backup, or move it away: "
        "then a new one is made for letters from now on.",
        code="signing_key_unusable",
    )


def _public_files(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in folder.glob("ed25519-*.pem"):
        text = path.read_text()
        # A file without its first line was not made here: nobody knows since when it counts.
        if text.startswith(_HEAD.partition("{")[0]):
            yield path, text


def _since(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.partition("\n")[0].rpartition(" ")[2])


def _ed25519(key: object) -> Ed25519PublicKey:
    assert isinstance(key, Ed25519PublicKey)  # noqa: S101 - only _make writes these files
    return key
