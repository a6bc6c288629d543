"""The installation's key: made once, for its owner alone, kept when another takes its place."""

import base64
import datetime as dt
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)

from mistok.kernel.errors import Unavailable
from mistok.needs.appeals.signing import (
    holds,
    published_keys,
    rotate,
    sign,
    signature_file,
    signed_words,
)

TEXT = "words that were signed\n"


@pytest.fixture
def keys(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path
    return tmp_path / "keys" / "letters"


def a_letter(**changes):
    office = SimpleNamespace(place="katottg:UA18040190000029215")
    appeal = SimpleNamespace(office=office, number=12, year=2026)
    addressee = SimpleNamespace(appeal=appeal, place="geonames:2935517")
    sound = {
        "addressee": addressee,
        "code": "K7QM-2XWD-94TR",
        "number": 1,
        "made_at": dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC),
        "pdf_sha256": "0" * 64,
    }
    return SimpleNamespace(**sound | changes)


def test_key_is_made_once_and_only_its_owner_reads_it(keys):
    first, second = sign(TEXT), sign(TEXT)
    assert first == second
    assert stat.S_IMODE((keys / "current.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    (published,) = published_keys()
    assert (published.id, published.until) == (first.key, None)
    assert "PRIVATE" not in published.pem
    assert holds(TEXT, first.signature, first.key)


def test_first_signatures_at_once_make_one_key(keys):
    with ThreadPoolExecutor(4) as threads:
        made = {one.key for one in threads.map(sign, [TEXT] * 8)}
    assert len(made) == len(published_keys()) == 1


def test_other_words_signature_or_key_do_not_hold(keys):
    made = sign(TEXT)
    other = base64.b64encode(bytes(64)).decode()
    assert not holds(TEXT + " ", made.signature, made.key)
    assert not holds(TEXT, other, made.key)
    assert not holds(TEXT, "no base64", made.key)
    assert not holds(TEXT, made.signature, "ed25519-0000000000000000")


def test_old_key_stays_published_when_another_takes_its_place(keys):
    before = sign(TEXT)
    later = dt.datetime(2126, 1, 1, tzinfo=dt.UTC)
    new = rotate(later)
    after = sign(TEXT)
    assert (new.id, new.since) == (after.key, later)
    assert after.key != before.key
    assert [(one.id, one.until) for one in published_keys()] == [
        (after.key, None),
        (before.key, later),
    ]
    assert holds(TEXT, before.signature, before.key)
    assert len(list(keys.glob("*.pem"))) == 3


def test_file_that_was_not_made_here_is_no_published_key(keys):
    made = sign(TEXT)
    (keys / "ed25519-strange.pem").write_text("-----BEGIN PUBLIC KEY-----\n")
    assert [one.id for one in published_keys()] == [made.key]


def test_key_that_is_none_is_refused(keys):
    rotate()
    rsa = generate_private_key(65537, 2048)
    pem = rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"nothing", pem):
        (keys / "current.pem").write_bytes(content)
        with pytest.raises(Unavailable) as refused:
            sign(TEXT)
        assert refused.value.code == "signing_key_unusable"


def run(command, folder):
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout


def test_signature_is_checked_with_openssl_as_the_module_tells(keys, tmp_path):
    letter = a_letter()
    letter.signature, letter.key = sign(signed_words(letter))
    (tmp_path / "letter.sig").write_bytes(signature_file(letter))
    (tmp_path / "key.pem").write_text(published_keys()[0].pem)
    parts = (
        "sed '/^signature: /,$d' letter.sig > words.txt; "
        "sed -n 's/^signature: [^ ]* //p' letter.sig | openssl base64 -d -A > signature.bin"
    )
    check = (
        "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in words.txt -sigfile signature.bin"
    )
    assert run(parts, tmp_path)[0] == 0
    status, said = run(check, tmp_path)
    assert (status, "Verified Successfully" in said) == (0, True)
    words = (tmp_path / "words.txt").read_text()
    (tmp_path / "words.txt").write_text(words.replace("12/2026", "13/2026"))
    assert run(check, tmp_path)[0] == 1


def test_signature_is_checked_with_python_as_the_module_tells(keys, tmp_path):
    letter = a_letter()
    letter.signature, letter.key = sign(signed_words(letter))
    words, _, last = signature_file(letter).rpartition(b"signature: ")
    signature = base64.b64decode(last.split()[1])
    load_pem_public_key(published_keys()[0].pem.encode()).verify(signature, words)
    assert b"pdf sha256: " + b"0" * 64 in words
