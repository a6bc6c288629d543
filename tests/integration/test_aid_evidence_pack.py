"""The evidence pack: what the giving council reads, that it adds up, and what is never in it."""

import base64
import io
from decimal import Decimal

import aid_cast
import pypdfium2
import pytest
from aid_cast import a_line_entry, a_truck, ago, refuses
from papers_cast import (
    a_photo,
    beds,
    content,
    counted,
    given_out,
    goods,
    in_the_books,
    lots_of,
    made,
    metadata_of,
    on_its_way,
    text_of,
    valued,
)

from factories import BUCHA
from mistok.aid.acts import DisposalRow, give_back
from mistok.aid.consignments import add_vehicle
from mistok.aid.lifecycle import Account
from mistok.aid.models import AidFile, Consignment, SignedHead
from mistok.aid.papers import (
    EVIDENCE,
    evidence_pack,
    make_paper,
    paper_content,
    papers_for,
    title_of,
)
from mistok.aid.papers.evidence import MOST_PHOTOS, why_no_pack
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from mistok.needs.appeals.signing import holds
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
CANARY = "Zk0w"
"""What every restricted word of a test begins with; no word of the pack does."""


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def pack(work, row, languages=("uk", "de"), **fields):
    return evidence_pack(
        actor=fields.pop("actor", work.officer), consignment=row, languages=languages, **fields
    )


def read(paper):
    return text_of(content(paper.pdf))


def from_office(people, *lines, **fields):
    row = goods(people.home, *lines, donor_place=people.partner.place, **fields)
    Consignment.objects.filter(pk=row.pk).update(donor_office=people.partner.office)
    row.refresh_from_db()
    return row


@pytest.fixture
def row(people):
    """Beds and blankets, some missing and damaged, some given out."""
    home = people.home
    found = from_office(people, beds(), a_line_entry("100", item="blanket"))
    on_its_way(home, found)
    counted(home, found, damaged=1, missing=2)
    valued(home, found)
    bed, blanket = lots_of(found)
    given_out(
        home,
        found,
        (bed, 20, "displaced", home.place, 12, 40),
        (blanket, 30, "displaced", home.place, 12, 40),
        (blanket, 7, "health", home.place, None, None),
    )
    return found


def test_pack_tells_what_came_and_what_became_of_it(people, row):
    made(people.home, row, "packing_list")
    act = made(people.home, row, "acceptance_act")
    inside = made(people.home, row, "issue_sheet")
    paper = pack(people.home, row)
    told = read(paper)
    for text in (
        "Свідчення про допомогу",
        "Nachweis über Hilfe",
        "Stadt Dortmund",
        "Житомирська міська рада",
        "Feldbett",
        "40 37 2 1",
        "100 100 0 0",
        "20 18",
        "37 63",
        "внутрішньо переміщені особи",
        "12 40",
        "Пакувальний лист",
        "liegt bei der empfangenden Seite",
        row.public_id,
    ):
        assert text in told, text
    assert act.pdf_sha256[:32] in told
    assert inside.pdf_sha256[:32] not in told
    assert paper.readers == "both"
    assert paper.kind == EVIDENCE
    assert paper.languages == ["uk", "de"]
    assert not paper.docx
    assert metadata_of(content(paper.pdf)) == {
        "Title": "Свідчення про допомогу / Nachweis über Hilfe",
        "Author": "Mistok",
        "Creator": metadata_of(content(paper.pdf))["Creator"],
    }


def test_days_of_acceptance_stand_with_the_acts(people, row):
    told = read(pack(people.home, row, ["en"]))
    day = ago(30)
    assert f"Acceptance act No. 1/{day.year}, {day.day} {day:%B} {day.year}" in told


def test_small_counts_are_dashes(people):
    home = people.home
    row = in_the_books(home, beds())
    given_out(home, row, (lots_of(row)[0], 5, "displaced", home.place, 3, 6))
    paper = pack(home, row, ["en"])
    assert paper.slots["whom"][1][2:] == [["—"], ["—"]]
    assert "fewer than ten" in read(paper)


def test_signature_of_the_ledgers_end_holds(people, row):
    paper = pack(people.home, row)
    head = SignedHead.objects.get(office=people.home.office)
    told = paper.slots["head"]
    assert holds(told["words"] + "\n", told["signature"], told["key"])
    assert head.length == people.home.office.chain.length
    assert head.hash in read(paper)
    assert len(base64.b64decode(told["signature"])) == 64
    again = pack(people.home, row)
    assert SignedHead.objects.filter(office=people.home.office).count() == 1
    assert again.number == 2


def canaries(people):
    """A consignment with a canary in everything that must stay inside."""
    home = people.home
    row = from_office(
        people,
        beds(),
        a_line_entry(
            "5",
            item="",
            names={"en": f"{CANARY} optics", "uk": f"{CANARY} оптика"},
            cluster="shelter",
            unit="piece",
            control_list="dual_use",
            restricted=True,
            licence=f"{CANARY}-licence",
            end_user="rescue",
        ),
        carrier=f"{CANARY} carrier",
        route=f"{CANARY} route",
        unloading=f"{CANARY} yard",
        note=f"{CANARY} note",
        donor_contact=f"{CANARY}@example.org",
    )
    add_vehicle(
        actor=home.officer,
        consignment=row,
        kind="truck",
        plate=f"{CANARY} 1",
        trailer=f"{CANARY} 2",
        driver=f"{CANARY} driver",
    )
    a_truck(home, row)
    on_its_way(home, row)
    commission = [
        aid_cast.Member(name=f"{CANARY} {number}", duty=duty)
        for number, duty in enumerate(("head", "accountant", "storekeeper"))
    ]
    told = {"remarks": f"{CANARY} remark", "signed_by": f"{CANARY} hand"}
    counted(home, row, damaged=1, commission=commission, **told)
    valued(home, row, commission=commission, ground=f"{CANARY} ground")
    bed, secret = lots_of(row)
    given_out(
        home,
        row,
        (bed, 12, "displaced", home.place, 11, 30),
        (secret, 2, "rescue", home.place, None, None),
        **told,
    )
    line = row.lines.get(position=2)
    a_photo(home, row, shown=True, name=f"{CANARY}.jpg", line=line, colour=(250, 0, 250))
    a_photo(home, row, shown=True, name=f"{CANARY} shown.jpg")
    return row


def test_nothing_restricted_is_in_text_metadata_or_name(people):
    row = canaries(people)
    paper = pack(people.home, row)
    data = content(paper.pdf)
    told = read(paper)
    for where in (told, str(metadata_of(data)), paper.pdf.name, str(paper.slots)):
        assert CANARY not in where
    assert CANARY.encode() not in data
    event = AuditEvent.objects.filter(verb="make_aid_paper").latest("pk")
    assert CANARY not in str(event.after)
    assert "Частину товарів" in told
    assert row.public_id in paper.pdf.name
    assert pypdfium2.PdfDocument(data).count_attachments() == 0


def test_settlements_are_never_in_the_pack(people, row):
    told = {"day": ago(24)}
    given_out(people.home, row, (lots_of(row)[0], 2, "displaced", BUCHA, 11, 30), **told)
    paper = pack(people.home, row, ("uk", "en"))
    for where in (read(paper), str(paper.slots)):
        assert not any(word in where for word in ("Буч", "Bucha", BUCHA, people.home.place))


def images_of(data: bytes) -> list[tuple[int, int, int]]:
    """The colour in the middle of every picture of a PDF."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            picture = one.get_bitmap().to_pil().convert("RGB")
            found.append(picture.getpixel((picture.width // 2, picture.height // 2)))
    return found


def test_photos_that_were_let_pass_alone_are_shown(people, row):
    home = people.home
    good = a_photo(home, row, shown=True, colour=(200, 40, 40))
    a_photo(home, row, shown=False, colour=(40, 200, 40))
    a_photo(home, row, colour=(40, 40, 200))
    paper = pack(home, row)
    (red, green, blue), *others = images_of(content(paper.pdf))
    assert not others
    assert red > 150
    assert max(green, blue) < 100
    assert good.sha256[:16] in read(paper)


def test_photos_of_goods_that_are_not_told_are_not_shown(people):
    row = canaries(people)
    assert len(images_of(content(pack(people.home, row).pdf))) == 1


def test_many_photos_are_cut_to_the_last(people, row):
    for number in range(MOST_PHOTOS + 1):
        a_photo(people.home, row, shown=True, colour=(number * 10, 90, 90))
    paper = pack(people.home, row, ["en"])
    assert len(images_of(content(paper.pdf))) == MOST_PHOTOS
    assert f"The last {MOST_PHOTOS} of {MOST_PHOTOS + 1} photos" in read(paper)


def test_altered_photo_is_told_and_nothing_is_kept(people, row):
    photo = a_photo(people.home, row, shown=True)
    with open(photo.file.path, "wb") as opened:
        opened.write(b"\xff\xd8\xff")
    with refuses(Unavailable, "aid_file_altered"):
        pack(people.home, row)
    assert not row.papers.exists()


def test_pack_waits_for_the_acceptance_and_for_goods_to_tell_of(people):
    home = people.home
    early = goods(home, beds())
    assert "Nothing was accepted" in why_no_pack(early)
    with refuses(Conflict, "paper_not_yet"):
        pack(home, early)
    secret = a_line_entry(
        "5", item="", names={"en": "x"}, cluster="shelter", unit="piece", restricted=True
    )
    hidden = in_the_books(home, secret)
    assert "nothing leaves the office" in why_no_pack(hidden)
    with refuses(Conflict, "paper_not_yet"):
        pack(home, hidden)


def test_who_makes_and_who_reads_the_pack(people, row):
    paper = pack(people.home, row)
    assert paper in papers_for(people.partner.officer, row)
    for other in (people.partner.officer, people.home.storekeeper, people.stranger):
        with refuses(NotAllowed):
            pack(people.home, row, actor=other)
    with refuses(Invalid, "languages_wrong"):
        pack(people.home, row, ["uk", "en", "de"])
    with refuses(NotFound):
        make_paper(actor=people.home.officer, consignment=row, kind=EVIDENCE, languages=["uk"])
    assert paper_content(paper) == content(paper.pdf)
    with refuses(NotFound):
        paper_content(paper, "docx")
    assert title_of(EVIDENCE) == "Evidence of aid"


def test_goods_told_with_a_bound_stand_as_they_were_told(people):
    home = people.home
    sound = {"item": "", "cluster": "shelter", "unit": "kilogram"}
    more = a_line_entry("500", names={"en": "Clothes", "uk": "Одяг"}, bound=">", **sound)
    untold = a_line_entry(None, names={"en": "Toys", "uk": "Іграшки"}, **sound)
    row = from_office(people, more, untold, restricted=True)
    on_its_way(home, row)
    first, second = row.lines.order_by("position")
    aid_cast.accept(
        actor=home.storekeeper,
        consignment=row,
        day=ago(30),
        counted=[
            aid_cast.Counted(line=first, received=612_500),
            aid_cast.Counted(line=second, received=20_000),
        ],
        commission=aid_cast.COMMISSION,
        key=aid_cast.a_key(),
    )
    paper = pack(home, row, ["en"])
    told = read(paper)
    assert "> 500" in told
    assert "612.5" in told
    assert paper.slots["came"][2][2] == ["—"]
    assert "Nothing has been issued yet" in told
    assert "not to be published" in told
    assert "No papers have been made yet" in told


def test_what_ended_on_the_way_is_told(people):
    home = people.home
    row = from_office(people, beds("10"), beds("4"))
    on_its_way(home, row)
    first, second = lots_of(row)
    told = {"actor": home.approver, "consignment": row, "day": ago(31), "ground": "refused"}
    give_back(
        rows=[DisposalRow(lot=second, amount=1000, account=Account.IN_TRANSIT)],
        key=aid_cast.a_key(),
        **told,
    )
    aid_cast.accept(
        actor=home.storekeeper,
        consignment=row,
        day=ago(30),
        counted=[aid_cast.Counted(lot=first, received=4000, more_to_come=True)],
        commission=aid_cast.COMMISSION,
        key=aid_cast.a_key(),
    )
    paper = pack(home, row, ["en"])
    titles = [cell[0] for cell in paper.slots["came"][0]]
    assert titles[-2:] == ["Not accepted yet", "Never arrived"]
    assert [cell[0] for cell in paper.slots["came"][2]][-2:] == ["3", "1"]
    assert "Returned" in [cell[0] for cell in paper.slots["became"][0]]


def test_acceptance_of_which_nothing_came_has_no_ledger_to_sign(people):
    work = people.home
    line = a_line_entry(
        None, item="", names={"en": "Toys", "uk": "Іграшки"}, cluster="shelter", unit="piece"
    )
    row = goods(work, line)
    on_its_way(work, row)
    aid_cast.accept(
        actor=work.storekeeper,
        consignment=row,
        day=ago(30),
        counted=[aid_cast.Counted(line=row.lines.get())],
        commission=aid_cast.COMMISSION,
        key=aid_cast.a_key(),
    )
    paper = pack(work, row, ["en"])
    assert paper.slots["head"] == {}
    assert "Signed end of the ledger" not in read(paper)


def test_giver_whom_nobody_knows_is_a_dash(people):
    row = goods(people.home, beds(), donor_place="")
    on_its_way(people.home, row)
    counted(people.home, row)
    assert pack(people.home, row, ["en"]).slots["facts"][0][1] == ["—"]


def test_equal_records_make_equal_bytes(people, row):
    at = aid_cast.timezone.now()
    first, second = (pack(people.home, row, at=at) for _ in range(2))
    assert first.pdf_sha256 == second.pdf_sha256
    assert AidFile.objects.filter(consignment=row).count() == 0
    assert pypdfium2.PdfDocument(io.BytesIO(content(first.pdf)))[0].get_width() < 600


def test_value_of_a_line_is_the_receivers_business(people, row):
    told = read(pack(people.home, row, ["en"]))
    assert "EUR" not in told
    assert str(Decimal("25.00")) not in told
