"""What strangers send: hostile texts, numbers, days and files, and what sounds right."""

import datetime as dt
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies as st

from factories import BUCHA, GDYNIA, KHARKIV, SMOLENSK
from fuzz_pages import Field, Form
from mistok.needs.importing import template
from mistok.papers import kinds
from paper_forms import example, form_of
from procedure_cast import PDF, TODAY

MARK = "<fuzz onload=alert(1)>"
"""Must never stand in a page as it was sent."""
TEXTS = (
    "",
    " ",
    "\x00",
    "Bucha\x00",
    "\x01\x08\x0b\x1b[31m\x7f\x85",
    "one\r\ntwo\r\rthree",
    "\u202emayor\u2066\u200f",
    "\ufeff\uffff\ufffe",
    "\U0001f600" * 60,
    "e" + "\u0301" * 200,
    "x" * 70_000,
    MARK,
    "\"'`;--</script>",
    "{{ 7|add:7 }}{% include 1 %}%(name)s{0}",
    "#let x = 1 \\ $ * _ @a [b] <c>",
    "../../../../etc/passwd",
    "//evil.example/x",
    "http://[::1",
    "https://exa\u212aple.org:99999999/?a=b#c",
    "javascript:alert(1)",
    "a@b",
    "+380" + "0" * 60,
    "null",
    "[]",
    '{"a": {"b": 1}}',
)
NUMBERS = (
    "-1",
    "0",
    "00",
    "1.5",
    "1e999",
    "NaN",
    "-Infinity",
    "\u0663\u0664",
    "\u00b2",
    "\uff19",
    "\u2460",
    "1_000",
    "0x10",
    "1 000",
    str(2**15),
    str(2**31),
    str(2**63),
    str(-(2**63) - 1),
    "9" * 20,
    "9" * 400,
    "9" * 5000,
)
DAYS = (
    "0001-01-01",
    "9999-12-31",
    "2023-02-30",
    "0000-00-00",
    "10000-01-01",
    "2024-W01-1",
    "20240101",
    "31.12.9999",
    "1.1.0001",
    "<0001",
    ">9999",
    "~9999-12",
    "2099",
    "0001",
    "9999",
    "\u0662\u0660\u0662\u0663",
    "2023-02-28T23:59:60Z",
)
NAMES = (
    "geonames:0",
    "geonames:" + "9" * 30,
    "geonames:\u0663",
    "katottg:UA" + "9" * 17,
    "iso:UA-00",
    "iso:RU",
    "iso:UA",
    "tie_aaaaaaaaaaaa",
    "office_aaaaaaaaaaaa",
    "procedure_aaaaaaaaaaaa",
    "rows",
    "all",
    "other",
    "ministry",
    "RU",
    "UA",
    "xx",
    "a:b:c",
    "-",
    ".",
    "..",
    SMOLENSK,
    GDYNIA,
    KHARKIV,
    BUCHA,
)
HOSTILE = (*TEXTS, *NUMBERS, *DAYS, *NAMES)
RAW = ("%00", "%ff%fe", "%ed%a0%80", "%C0%AF", "%", "%u0041", "%25%30%30", "a%0d%0ab", "\u0456")
"""Pieces of an address that no careful client would send."""

JUST = {
    "text": ["2023-02-09", "2023", "1", "Mayor", "Dortmund", "Olena Kovalenko", "30", "12-34"],
    "date": [TODAY.isoformat(), (TODAY - dt.timedelta(days=20)).isoformat(), "2022-05-17"],
    "number": ["0", "1", "7", "30"],
    "email": ["clerk@example.org", "stranger@example.org", "claim0@example.org"],
    "url": ["https://example.org/act"],
    "tel": ["+380412481212"],
    "password": ["a long and quiet bridge"],
    "search": ["Dortmund", "Bucha", "Буча", "x"],
    "textarea": ["Two weeks later.", "It sleeps.\nSince 2014."],
}
"""What sounds right, by the kind of a field; a kind that is not here is asked like a text."""
ASKED = {
    "n": ["", "2"],
    "amount": ["1", "2", "0,5", "1 000", ""],
    "months": ["", "6"],
    "wear": ["", "20"],
    "value": ["", "12500.50"],
    "day": [(TODAY + dt.timedelta(days=20)).isoformat(), ""],
    "available": [(TODAY + dt.timedelta(days=20)).isoformat(), ""],
    "needed": [(TODAY + dt.timedelta(days=90)).isoformat(), ""],
    "valid": [(TODAY + dt.timedelta(days=90)).isoformat()],
    "back": ["", "It was sold."],
}
"""What sounds right in forms about needs, by a word in the name of the field."""
SHEET = "Найменування;Кількість;Од.\nКовдри;200;шт\nБинти;about 5;шт\nДивна штука;4;шт\n".encode()
CREDENTIALS = (
    '{"id": 1}',
    '{"id": "YQ", "rawId": 5}',
    '{"id": "Y", "rawId": "Y", "response": {}}',
    (
        '{"id": "YQ", "rawId": "YQ", "type": "other", "response": {"clientDataJSON": "e30", '
        '"attestationObject": "AA"}}'
    ),
    '{"id": "YQ", "rawId": "YQ", "response": {"clientDataJSON": "\u0456", "attestationObject": 1}}',
    (
        '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", '
        '"authenticatorData": "AA", "signature": "AA", "userHandle": "AA"}}'
    ),
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"userHandle": null}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": null}',
    '{"response": {"userHandle": "__8"}}',
    "[1]",
    "5",
    '"text"',
    "[" * 100_000,
    '["\\u0000"]',
)
"""What is no passkey, though some of it looks like one."""
FILES = (
    ("paper.pdf", PDF),
    ("paper.pdf", PDF.replace(b"obj", b"OBJ")),
    ("paper.pdf", b""),
    ("paper.pdf", b"%PDF-1.7"),
    ("paper.pdf", b"MZ\x90\x00 this program cannot be run"),
    ("paper.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\xff" * 40),
    ("paper.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40),
    ("paper.tiff", b"II*\x00" + b"\xff" * 12),
    ("paper.html", MARK.encode()),
    ("../../../etc/passwd.pdf", PDF + b"1"),
    ("\u202efdp." + "x" * 300 + ".pdf", PDF + b"2"),
    (MARK + ".pdf", PDF + b"3"),
    (".pdf", PDF + b"4"),
    ("list.csv", SHEET.replace(b"200", b"9" * 5000)),
    ("list.csv", SHEET.replace(b"\n", b"\x00;=1+1\n")),
    ("list.csv", b"Item;Amount;Unit\n" + b'"' * 9 + MARK.encode() + b";-1;1e999\n" * 40),
    ("list.csv", SHEET.decode().encode("utf-16")),
    ("list.xlsx", b"PK\x03\x04" + b"\xff" * 60),
    ("list.xlsx", template("en").replace(b"xl/worksheets", b"xl/workshEEts")),
    ("list.xlsx", template("uk")[:-200]),
)


def _known() -> dict[str, set[str]]:
    """What papers are told in the tests' examples, by the name of the field."""
    found: dict[str, set[str]] = {}
    for kind in kinds():
        assert example(kind)
        for name, value in form_of(kind, ("uk", "de")).items():
            found.setdefault(name, set()).add(value)
    return found


KNOWN = {name: sorted(values) for name, values in _known().items() if not name.startswith("rows.")}


def sound(field: Field):
    """What a careful person might send for this field; None is nothing at all."""
    if field.name == "credential":
        return st.sampled_from([[one] for one in CREDENTIALS])
    if field.kind == "hidden":
        return st.just([field.value])
    if field.kind in ("radio", "select"):
        return st.sampled_from([[one] for one in (field.value, *field.options) if one] or [[""]])
    if field.kind == "checkbox":
        every = st.lists(st.sampled_from(field.options), max_size=3, unique=True)
        return st.one_of(st.just([field.value] if field.value else []), every)
    if field.kind == "file":
        sheets = (("paper.pdf", PDF), ("list.csv", SHEET), ("list.xlsx", template("uk")))
        return st.sampled_from(sheets).map(lambda one: [SimpleUploadedFile(*one)])
    words = [ASKED[word] for word in re.split(r"[-._0-9]", field.name) if word in ASKED]
    likely = KNOWN.get(field.name) or (words or [JUST.get(field.kind, JUST["text"])])[0]
    present = [field.value] if field.value else []
    return st.sampled_from([[one] for one in (*present, *likely)])


def files():
    """Files that are not what they say, made anew: a file is read once."""
    return st.sampled_from(FILES).map(lambda one: SimpleUploadedFile(*one))


def hostile(field: Field, foreign: tuple[str, ...]):
    """What nobody should send: nothing, twice, another's id, another kind of thing."""
    strange = st.one_of(
        st.sampled_from(HOSTILE), st.sampled_from(foreign), st.text(max_size=20)
    ).map(lambda text: text.encode("utf-8", "replace").decode())
    if field.kind == "file":
        return st.one_of(
            files().map(lambda one: [one]),
            strange.map(lambda one: [one]),
            st.lists(files(), max_size=3),
        )
    return st.one_of(
        strange.map(lambda one: [one]),
        st.just([]),
        st.lists(strange, min_size=2, max_size=3),
        st.just(list(field.options)),
        files().map(lambda one: [one]),
    )


@st.composite
def fillings(draw, form: Form, foreign: tuple[str, ...]):
    """A form as it is sent: sound but for at most three fields; who knows which button."""
    sent = {one.name: draw(sound(one)) for one in form.fields}
    if form.buttons:
        name, value = draw(st.sampled_from(form.buttons))
        sent[name] = [value]
    for _turn in range(draw(st.integers(0, 3))):
        if form.fields:
            one = draw(st.sampled_from(form.fields))
            sent[one.name] = draw(hostile(one, foreign))
    return sent
