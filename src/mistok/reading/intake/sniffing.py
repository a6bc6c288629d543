"""What kind of file some bytes are: by their first bytes, then by name and declared type."""

import io
import re
import zipfile

from mistok.reading.intake.limits import broken, unknown_kind

_PASTE = "paste its text instead, or save it as PDF or DOCX"
_PICTURE = "type or paste the words that it shows"
_TABLE = "bring in tables of ties with the import of tables"
_FOREIGN = (
    (b"\x89PNG", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE),
    (b"GIF8", "a picture", _PICTURE),
    (b"II*\x00", "a picture", _PICTURE),
    (b"MM\x00*", "a picture", _PICTURE),
    (b"BM", "a picture", _PICTURE),
    (b"\xd0\xcf\x11\xe0", "a file of an old office program (.doc, .xls)", "save it as DOCX or PDF"),
    (b"{\\rtf", "a file in the RTF format", "save it as DOCX or PDF"),
    (b"\x1f\x8b", "a packed archive", "unpack it first"),
    (b"7z\xbc\xaf", "a packed archive", "unpack it first"),
    (b"Rar!", "a packed archive", "unpack it first"),
    (b"BZh", "a packed archive", "unpack it first"),
    (b"\xfd7zXZ", "a packed archive", "unpack it first"),
    (b"ID3", "a sound recording", "send a written text"),
    (b"OggS", "a recording", "send a written text"),
    (b"\x1aE\xdf\xa3", "a film", "send a written text"),
    (b"\x7fELF", "a program", "send a text"),
    (b"MZ\x90", "a program", "send a text"),
    (b"SQLite format 3", "a database", "send a text"),
)
_TAGS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h[1-6]|table|ul|span|br)\b", re.I
)
_MARKUP_IN = 4096
_MOST_ENTRIES = 20_000


def kind_of(data: bytes, name: str, content_type: str) -> str:
    """Tell "pdf", "docx", "html" or "text".

    Raises Invalid (`document_kind_unknown`) for pictures, archives, old office files and tables,
    (`docx_broken`) for a damaged zip archive that is called a document.
    """
    head = data[:_MARKUP_IN]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(data, name)
    for start, what, instead in _FOREIGN:
        if head.startswith(start) and not (start == b"BM" and b"\x00" not in head):
            raise unknown_kind(name, what, instead)
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise unknown_kind(name, "a picture or a recording", "send a written text")
    return "html" if _is_html(head, name, content_type) else "text"


def _is_html(head: bytes, name: str, content_type: str) -> bool:
    plain = head.replace(b"\x00", b"")
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] == b"<" and _TAGS.search(plain):
        return True
    called_so = name.lower().endswith((".html", ".htm", ".xhtml")) or "html" in content_type.lower()
    return called_so or len(_TAGS.findall(plain)) > 5


def _office(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_ENTRIES:
                raise unknown_kind(name, "a packed archive of very many files", "unpack it first")
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError) as error:
        raise broken(name, "DOCX", "docx_broken") from error
    if "word/document.xml" in names:
        return "docx"
    if any(entry.startswith("xl/") for entry in names):
        raise unknown_kind(name, "a workbook of tables", _TABLE)
    if any(entry.startswith("ppt/") for entry in names):
        raise unknown_kind(name, "a set of slides", "save it as PDF")
    if "content.xml" in names:
        raise unknown_kind(name, "a file in the OpenDocument format", "save it as DOCX or PDF")
    if "[Content_Types].xml" in names:
        return "docx"
    raise unknown_kind(name, "a packed archive", "unpack it first")
