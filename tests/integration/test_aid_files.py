"""Files and photos: looked at before they are kept, without what cameras add, never half."""

import errno
import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import acts_cast
import pytest
from acts_cast import TODAY, a_key, all_came, sent
from django.core.files.storage import FileSystemStorage
from PIL import ExifTags, Image, ImageDraw

from living import refuses
from mistok.aid.acts import add_file, file_content, may_be_shown, review_file
from mistok.aid.acts import files as module
from mistok.aid.acts.contents import MOST_BYTES, checked_type
from mistok.aid.acts.images import MOST_PIXELS, plain_picture
from mistok.aid.lifecycle import State
from mistok.aid.models import AidFile
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
store = acts_cast.store
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"
EXE = b"MZ\x90\x00" + bytes(200)
SECRET = b"GPS-CANARY-50.2547-28.6587"


def kept(row):
    """What lies on the disk of a consignment."""
    folder = Path(AidFile._meta.get_field("file").storage.path(row.public_id))
    return sorted(folder.iterdir()) if folder.exists() else []


def a_picture(size=(64, 48), kind="JPEG", mode="RGB", **how) -> bytes:
    image = Image.new(mode, size, "white" if mode not in ("RGBA", "LA") else None)
    if mode == "RGB":
        ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="black")
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def with_place() -> bytes:
    """A photo as a telephone makes it: turned, with the place, a profile, XMP and a comment."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.ImageDescription] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (50.0, 15.0, 17.0)})
    return a_picture(exif=exif, icc_profile=SECRET, comment=SECRET, xmp=SECRET)


def a_book(*members, secret=False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.writestr(name, "<?xml version='1.0'?><a/>")
    return out.getvalue()


def added(store, row, data=PDF, *, kind="need_letter", name="letter.pdf", who="officer", **fields):
    told = {
        "actor": getattr(store.home, who),
        "consignment": row,
        "kind": kind,
        "name": name,
        "data": data,
    }
    return add_file(**told | fields)


def test_a_paper_is_kept_byte_by_byte_under_a_name_that_tells_nothing(store):
    row = sent(store.home, 10)
    file = added(store, row, name="C:\\Users\\olena\\Лист потреб.pdf")
    assert (file.name, file.content_type, file.size) == (
        "Лист потреб.pdf",
        "application/pdf",
        len(PDF),
    )
    assert file_content(file) == PDF
    (path,) = kept(row)
    assert path.name == f"{file.public_id}.pdf"
    assert path.parent.name == row.public_id
    event = AuditEvent.objects.get(verb="add_aid_file")
    assert event.after == {
        "office": store.home.office.public_id,
        "file": file.public_id,
        "kind": "need_letter",
        "size": len(PDF),
    }


def test_a_photo_loses_its_place_and_stands_upright(store):
    row = sent(store.home, 10)
    act = all_came(store.home, row)
    photo = with_place()
    assert SECRET in photo
    file = added(
        store,
        row,
        photo,
        kind="photo",
        name="IMG_1.JPG",
        who="storekeeper",
        act=act,
        line=row.lines.get(),
    )
    content = file_content(file)
    assert SECRET not in content
    with Image.open(io.BytesIO(content)) as seen:
        assert seen.size == (48, 64)
        assert dict(seen.getexif()) == {}
        assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        # What was black on the left is at the top after the turn.
        assert seen.getpixel((24, 5)) < (60, 60, 60)
        assert seen.getpixel((24, 60)) > (200, 200, 200)
    assert file.content_type == "image/jpeg"
    assert kept(row)[0].suffix == ".jpg"


def test_a_photo_of_twenty_megabytes_is_made_small(store):
    row = sent(store.home, 10)
    noise = random.Random(7).randbytes(3 * 2600 * 2600)
    out = io.BytesIO()
    Image.frombytes("RGB", (2600, 2600), noise).save(out, "PNG", compress_level=0)
    assert 20 * 10**6 < len(out.getvalue()) < MOST_BYTES
    file = added(store, row, out.getvalue(), kind="photo", name="big.png", who="storekeeper")
    with Image.open(io.BytesIO(file_content(file))) as seen:
        assert max(seen.size) == 2400


def test_a_scanned_sheet_stays_readable(store):
    row = sent(store.home, 10)
    scan = a_picture((3600, 100), "PNG")
    file = added(store, row, scan, kind="signed_scan", name="act.png", who="storekeeper")
    with Image.open(io.BytesIO(file_content(file))) as seen:
        assert seen.size[0] == 3508


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (a_picture(kind="PNG", mode="RGBA"), "a.png"),
        (a_picture(kind="PNG", mode="LA"), ""),
        (a_picture(kind="PNG", mode="I;16"), "a.png"),
        (a_picture(kind="PNG", mode="P"), "a.png"),
        (a_picture(kind="JPEG", mode="CMYK"), "a.jpeg"),
        (a_picture(kind="JPEG", mode="L"), "a"),
        (a_picture(kind="WEBP"), "a.webp"),
    ],
)
def test_pictures_of_every_make_become_plain_ones(store, data, name):
    row = sent(store.home, 10)
    file = added(store, row, data, kind="photo", name=name, who="storekeeper")
    with Image.open(io.BytesIO(file_content(file))) as seen:
        assert (seen.format, seen.mode, seen.size) == ("JPEG", "RGB", (64, 48))


def test_what_is_see_through_becomes_white():
    with Image.open(io.BytesIO(plain_picture(a_picture(kind="PNG", mode="RGBA")))) as seen:
        assert seen.getpixel((5, 5)) == (255, 255, 255)


def a_bomb(width, height) -> bytes:
    """A PNG that says it is huge and has almost nothing in it."""

    def chunk(kind, data):
        told = struct.pack(">I", len(data)) + kind + data
        return told + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("size", [(7746, 7747), (10_000, 10_000), (30_000, 30_000)])
def test_a_picture_made_to_fill_the_memory_is_refused(store, size):
    row = sent(store.home, 10)
    assert size[0] * size[1] > MOST_PIXELS
    bomb = a_bomb(*size)
    refused = refuses(
        "photo_too_many_pixels",
        Invalid,
        lambda: added(store, row, bomb, kind="photo", name="a.png"),
    )
    assert "60 million" in str(refused)
    assert not AidFile.objects.exists()


@pytest.mark.parametrize(
    "data",
    [a_picture()[:300], a_bomb(50, 50), b"\xff\xd8\xff" + b"nothing of a picture"],
)
def test_a_picture_that_is_cut_off_is_told_so(store, data):
    row = sent(store.home, 10)
    name = "a.png" if data.startswith(b"\x89") else "a.jpg"
    refuses("photo_broken", Invalid, lambda: added(store, row, data, kind="photo", name=name))


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (EXE, "act.pdf", "file_not_what_it_says"),
        (EXE, "act.exe", "file_type_unknown"),
        (EXE, "act", "file_type_unknown"),
        (PDF[:-6], "act.pdf", "file_not_what_it_says"),
        (PDF, "photo.jpg", "file_not_what_it_says"),
        (PDF, "act\u202efdp.exe", "file_not_what_it_says"),
        (a_picture(), "act.pdf", "file_not_what_it_says"),
        (b"", "act.pdf", "file_empty"),
        (a_book("word/other.xml"), "act.docx", "file_not_what_it_says"),
        (a_book("word/other.xml"), "act.zip", "file_type_unknown"),
        (a_book("word/document.xml", "word/vbaProject.bin"), "act.docx", "file_unsafe"),
        (a_book("xl/workbook.xml")[:-30], "list.xlsx", "file_unsafe"),
        (a_book("xl/workbook.xml"), "list.docx", "file_not_what_it_says"),
    ],
)
def test_files_that_are_not_what_they_say(store, data, name, code):
    row = sent(store.home, 10)
    refuses(code, Invalid, lambda: added(store, row, data, name=name))
    assert not AidFile.objects.exists()
    assert kept(row) == []


@pytest.mark.parametrize(
    ("data", "name", "ending"),
    [
        (a_book("word/document.xml"), "plan.docx", "wordprocessingml.document"),
        (a_book("xl/workbook.xml"), "plan.XLSX", "spreadsheetml.sheet"),
        (PDF, "plan", "pdf"),
        (PDF, ".pdf", "pdf"),
    ],
)
def test_papers_of_an_office(store, data, name, ending):
    row = sent(store.home, 10)
    file = added(store, row, data, kind="distribution_plan", name=name)
    assert file.content_type.endswith(ending)
    assert file_content(file) == data


def test_a_file_may_have_twenty_five_megabytes():
    refused = refuses("file_too_large", Invalid, lambda: checked_type(bytes(MOST_BYTES + 1), "a"))
    assert "26 MB" in str(refused)
    refuses("file_type_unknown", Invalid, lambda: checked_type(bytes(MOST_BYTES), "a"))


def test_a_photo_is_a_picture_and_a_kind_is_of_the_list(store):
    row = sent(store.home, 10)
    refuses("photo_needed", Invalid, lambda: added(store, row, kind="photo"))
    refuses("file_kind_unknown", Invalid, lambda: added(store, row, kind="selfie"))


def test_the_same_photo_sent_twice_is_kept_once(store):
    row = sent(store.home, 10)
    photo, key = a_picture(), a_key()

    def again(data=photo, kind="photo"):
        return added(store, row, data, kind=kind, name="a.jpg", who="storekeeper", key=key)

    first = again()
    assert again() == first
    assert len(kept(row)) == 1
    refuses("key_reused", Conflict, lambda: again(a_picture((65, 48))))
    refuses("key_reused", Conflict, lambda: again(kind="signed_scan"))
    assert added(store, row).pk != added(store, row).pk
    row.state = State.CLOSED
    row.save()
    assert again() == first
    refuses("consignment_closed", Conflict, lambda: added(store, row))


def test_a_full_disk_keeps_nothing_of_a_file(store, monkeypatch):
    row = sent(store.home, 10)

    def full(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(FileSystemStorage, "_save", full)
        refused = refuses("disk_full", Unavailable, lambda: added(store, row))
    assert "nothing was kept" in str(refused)
    assert kept(row) == []
    assert not AidFile.objects.exists()
    added(store, row)
    assert len(kept(row)) == 1


def test_a_row_that_cannot_be_written_leaves_no_file(store, monkeypatch):
    row = sent(store.home, 10)

    def broken(self, *_args, **_fields):
        raise RuntimeError("power cut")

    monkeypatch.setattr(AidFile, "save", broken)
    with pytest.raises(RuntimeError):
        added(store, row)
    assert kept(row) == []


@pytest.mark.parametrize(
    ("who", "kind", "allowed"),
    [
        ("officer", "need_letter", True),
        ("officer", "photo", True),
        ("storekeeper", "waybill", True),
        ("storekeeper", "need_letter", False),
        ("approver", "need_letter", False),
        ("giver", "donor_offer", True),
        ("giver", "need_letter", False),
        ("giver", "photo", False),
        ("stranger", "donor_offer", False),
    ],
)
def test_who_may_add_what(store, who, kind, allowed):
    donor = store.giver if who != "stranger" else None
    row = sent(store.home, 10, giver=donor)
    actor = store.giver.officer if who in ("giver", "stranger") else getattr(store.home, who)
    data, name = (a_picture(), "a.jpg") if kind == "photo" else (PDF, "a.pdf")

    def act():
        return added(store, row, data, kind=kind, name=name, actor=actor)

    if allowed:
        assert act().uploaded_by == str(actor)
    else:
        with pytest.raises(NotAllowed):
            act()


def test_files_are_about_acts_and_lines_of_their_own_consignment(store):
    row, other = sent(store.home, 10), sent(store.home, 10)
    act = all_came(store.home, other)
    refuses("lot_elsewhere", Invalid, lambda: added(store, row, act=act))
    refuses("lot_elsewhere", Invalid, lambda: added(store, row, line=other.lines.get()))


def test_a_photo_is_seen_outside_only_after_a_review(store):
    row = sent(store.home, 10)
    photo = added(store, row, a_picture(), kind="photo", name="a.jpg", who="storekeeper")
    assert not may_be_shown(photo)
    with pytest.raises(NotAllowed):
        review_file(actor=store.home.officer, file=photo, shown=True)
    review_file(actor=store.home.approver, file=photo, shown=True)
    assert may_be_shown(photo)
    refuses(
        "text_missing",
        Invalid,
        lambda: review_file(actor=store.home.approver, file=photo, shown=False),
    )
    review = review_file(
        actor=store.home.approver, file=photo, shown=False, reason="A plate is to be read."
    )
    assert not may_be_shown(photo)
    assert (review.reason, review.at.date()) == ("A plate is to be read.", TODAY)


def test_a_file_that_is_gone_or_altered_on_the_disk(store):
    row = sent(store.home, 10)
    file = added(store, row)
    (path,) = kept(row)
    path.write_bytes(PDF + b" ")
    refuses("aid_file_altered", Unavailable, lambda: file_content(file))
    path.unlink()
    refuses("aid_file_missing", NotFound, lambda: file_content(file))


def test_every_type_that_is_kept_has_an_ending():
    assert set(module._ENDINGS.values()) == {".pdf", ".jpg", ".docx", ".xlsx"}


def test_a_refused_file_leaves_its_name_in_no_audit_event(store):
    row = sent(store.home, 10)
    with pytest.raises(Invalid) as told:
        added(store, row, EXE, name="CANARY, Shevchenka 5.pdf")
    assert "CANARY" in str(told.value)
    event = AuditEvent.objects.get(verb="refused_add_aid_file")
    assert event.after == {"code": told.value.code, "sentence": "A file: file_not_what_it_says."}
