"""Words that must not leave an office are planted in a consignment, and looked for everywhere."""

import io
import json
import logging
import re
from contextlib import contextmanager
from decimal import Decimal
from types import SimpleNamespace

import aid_cast as cast
import pypdfium2 as pdfium
import pytest
from aid_cast import S, a_key, a_line_entry, ago, an_entry
from django.conf import settings
from django.core import mail
from django.db import transaction
from PIL import Image
from web_aid_cast import PDF, browser, text_of

from factories import DORTMUND, KHARKIV, ZHYTOMYR
from living import a_member
from mistok.aid import ledger
from mistok.aid.acts import (
    Counted,
    DisposalRow,
    IssueRow,
    Member,
    accept,
    add_file,
    file_report,
    issue,
    reverse,
    review_file,
    value,
    write_off,
)
from mistok.aid.clocks import aid_events, correct_deadline
from mistok.aid.consignments import (
    LotEntry,
    add_vehicle,
    change_consignment,
    issue_code,
    living_lines,
    open_consignment,
    pass_to,
    write_line,
)
from mistok.aid.lifecycle import Account
from mistok.aid.models import AidDeadline, AidPublication, Distribution
from mistok.aid.papers import evidence_pack, make_paper, open_slots
from mistok.aid.seeing import publish_aid, withdraw_aid
from mistok.kernel.errors import Refusal
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
INSIDE = {
    name: f"Zqx{name.replace('_', '')}kwv"
    for name in (
        "carrier route unloading note plate trailer driver donor_contact passage restricted_name "
        "restricted_name_uk serial licence batch member head accountant remarks signed ground "
        "file_name place_of_photo report customs code declaration deadline review withdrawal "
        "reversal"
    ).split()
}
"""What nobody outside the receiving office reads, by where it was written."""
BETWEEN = {"title": "Zqxtitlekwv", "name": "Zqxopennamekwv", "donor": "Zqxdonornamekwv"}
"""What the giver reads too, and the public does not."""
ON_THE_LIST = ("restricted_name", "restricted_name_uk", "serial", "batch", "code", "signed")
"""What a packing list, which both sides sign, tells of the load."""
SETTLEMENT = {"key": KHARKIV, "en": "Kharkiv", "uk": "Харків"}
"""Where the goods were issued; no other test data of this module names it."""
COMMISSION = (
    Member(name=INSIDE["head"], duty="head"),
    Member(name=INSIDE["accountant"], duty="accountant"),
    Member(name=INSIDE["member"], duty="storekeeper"),
)
LANGUAGES = ("en", "uk")


@pytest.fixture(scope="module")
def planted(django_db_setup, django_db_blocker, world):
    """A consignment that has lived its whole life; in every field of it stands a word of its own.

    Nearly everything is done once more where it is refused, for a refusal is told and kept. The
    same for all tests here: none of them changes anything.
    """
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    with django_db_blocker.unblock(), transaction.atomic():
        people = cast.the_aid_people()
        people.partner.auditor = a_member(people.partner.office, "auditor")
        people.second.auditor = a_member(people.second.office, "auditor")
        home = people.home
        row = _opened(home)
        _crosses_the_border(home, row)
        _comes_in(home, row)
        _goes_out(home, row)
        papers = _papers(home, row)
        publish_aid(actor=home.approver, consignment=row)
        withdraw_aid(actor=home.approver, consignment=row, reason=INSIDE["withdrawal"])
        publish_aid(actor=home.approver, consignment=row)
        row.refresh_from_db()
        yield SimpleNamespace(people=people, row=row, papers=papers, log=log)
        transaction.set_rollback(True)
    logging.getLogger().removeHandler(handler)


@contextmanager
def refused():
    """Something that is done once more, and refused this time."""
    with pytest.raises(Refusal):
        yield


def _opened(home):
    told = an_entry(
        title=BETWEEN["title"],
        donor_place=DORTMUND,
        donor_name=BETWEEN["donor"],
        **{name: INSIDE[name] for name in ("donor_contact", "carrier", "route", "note")},
    )
    row = open_consignment(
        actor=home.officer, office=home.office, entry=told, day=ago(60), state=S.OFFERED
    )
    with_place = an_entry(
        **{name: getattr(told, name) for name in ("title", "donor_place", "donor_name", "note")},
        **{name: getattr(told, name) for name in ("donor_contact", "carrier", "route")},
        unloading=INSIDE["unloading"],
    )
    change_consignment(actor=home.officer, consignment=row, entry=with_place)
    _pass(home, row, S.ACCEPTED, 55)
    beds = {"en": BETWEEN["name"], "uk": f"{BETWEEN['name']} ліжка"}
    write_line(
        actor=home.officer,
        consignment=row,
        entry=a_line_entry(4100, item="", names=beds, cluster="shelter", unit="piece"),
    )
    write_line(actor=home.officer, consignment=row, entry=_restricted())
    with refused():
        write_line(actor=home.officer, consignment=row, entry=_restricted(net_kg=Decimal(-1)))
    return row


def _restricted(**fields):
    names = {"en": INSIDE["restricted_name"], "uk": INSIDE["restricted_name_uk"]}
    lots = (
        LotEntry(serial=INSIDE["serial"], number=Decimal(1)),
        LotEntry(batch=INSIDE["batch"], number=Decimal(4)),
    )
    sound = {"item": "", "names": names, "cluster": "telecoms", "unit": "piece", "lots": lots}
    sound |= {"restricted": True, "control_list": "dual_use", "licence": INSIDE["licence"]}
    return a_line_entry(5, **sound | fields)


def _pass(home, row, state, days):
    told = {"state": state, "day": ago(days), "note": INSIDE["passage"]}
    pass_to(actor=home.officer, consignment=row, **told)
    with refused():
        pass_to(actor=home.officer, consignment=row, **told)


def _crosses_the_border(home, row):
    for kind in (*cast.CODE_FILES, *cast.EXPORT_FILES):
        name = f"{INSIDE['file_name']}.pdf"
        add_file(actor=home.officer, consignment=row, kind=kind, name=name, data=PDF)
        with refused():
            add_file(actor=home.officer, consignment=row, kind=kind, name=name, data=b"MZ\x90\0")
    told = {"value": INSIDE["code"], "issued_on": ago(50)}
    with refused():
        issue_code(actor=home.officer, consignment=row, lines=cast.amounts(row, 9999), **told)
    issue_code(actor=home.officer, consignment=row, **told)
    with refused():
        issue_code(actor=home.officer, consignment=row, **told)
    vehicle = add_vehicle(
        actor=home.officer,
        consignment=row,
        kind="truck",
        **{name: INSIDE[name] for name in ("plate", "trailer", "driver")},
    )
    told = {"number": INSIDE["declaration"], "customs_office": INSIDE["customs"]}
    told |= {"vehicle": vehicle, "unloading": ZHYTOMYR}
    with refused():
        cast.declared(home, row, lines=cast.amounts(row, 9999), **told)
    declaration = cast.declared(home, row, **told)
    with refused():
        cast.declared(home, row, **told)
    cast.sent(home, row)
    _pass(home, row, S.AT_BORDER, 33)
    cast.cleared(home, declaration, customs_office=INSIDE["customs"])


def _comes_in(home, row):
    lots = [lot for line in living_lines(row) for lot in line.lots.all()]
    told = {
        "consignment": row,
        "day": ago(30),
        "commission": COMMISSION,
        "settlement": SETTLEMENT["key"],
        "remarks": INSIDE["remarks"],
        "signed_by": INSIDE["signed"],
    }
    beds, *radios = lots
    rows = [Counted(lot=beds, received=3_050_000, damaged=25_000)]
    rows += [Counted(lot=lot, received=lot.declared) for lot in radios]
    parts = [Counted(lot=lot, received=lot.declared // 8) for lot in lots]
    for wrong in (parts, [*rows, *rows]):
        with refused():
            accept(actor=home.storekeeper, counted=wrong, key=a_key(), **told)
    accept(actor=home.storekeeper, counted=rows, key=a_key(), **told)
    value(
        actor=home.approver,
        consignment=row,
        day=ago(28),
        values={line.public_id: (Decimal("25.00"), "UAH", "") for line in living_lines(row)},
        commission=COMMISSION,
        key=a_key(),
    )
    photo = add_file(
        actor=home.storekeeper,
        consignment=row,
        kind="photo",
        name=f"{INSIDE['file_name']}.jpg",
        data=_a_photo(),
        line=living_lines(row)[0],
    )
    with refused():
        review_file(actor=home.officer, file=photo, shown=False, reason=INSIDE["review"])
    review_file(actor=home.approver, file=photo, shown=True, reason=INSIDE["review"])


def _a_photo() -> bytes:
    """A photo whose EXIF tells where it was taken."""
    picture, held = Image.new("RGB", (80, 60), "green"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010E] = exif[0x013B] = INSIDE["place_of_photo"]
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 15.0, 0.0), 3: "E", 4: (28.0, 40.0, 0.0)})
    picture.save(held, "JPEG", exif=exif, comment=INSIDE["place_of_photo"].encode())
    assert INSIDE["place_of_photo"].encode() in held.getvalue()
    return held.getvalue()


def _goes_out(home, row):
    lots = [lot for line in living_lines(row) for lot in line.lots.all()]

    def give(number, lot, persons):
        to = {"category": "displaced", "settlement": SETTLEMENT["key"], "persons": persons}
        return issue(
            actor=home.storekeeper,
            consignment=row,
            day=ago(25),
            rows=[IssueRow(lot=lot, amount=number * 1000, **to)],
            commission=COMMISSION,
            remarks=INSIDE["remarks"],
            signed_by=INSIDE["signed"],
            key=a_key(),
        )

    for lot in lots:
        with refused():
            give(9999, lot, 3)
    given = give(1, lots[0], 40)
    reverse(actor=home.approver, act=given, reason=INSIDE["reversal"], key=a_key())
    with refused():
        reverse(actor=home.approver, act=given, reason=INSIDE["reversal"], key=a_key())
    give(36, lots[0], 60)
    give(1, lots[1], 3)
    told = {"consignment": row, "day": ago(20), "ground": INSIDE["ground"]}
    told |= {"actor": home.approver, "commission": COMMISSION}
    many, one = ([DisposalRow(lot=lots[0], amount=n * 1000)] for n in (9999, 1))
    with refused():
        write_off(rows=many, key=a_key(), **told)
    write_off(rows=one, key=a_key(), **told)
    deadline = AidDeadline.objects.filter(consignment=row, done_on=None).first()
    told = {"deadline": deadline, "due_on": ago(-90), "reason": INSIDE["deadline"]}
    correct_deadline(actor=home.approver, **told)
    with refused():
        correct_deadline(actor=home.approver, **told)
    file_report(
        actor=home.officer,
        consignment=row,
        number=INSIDE["report"],
        filed_on=ago(18),
        final=False,
    )


def _papers(home, row):
    """Those that the giver reads, and some that it does not."""
    told = {"actor": home.officer, "consignment": row, "languages": ["uk", "en"]}
    made = [evidence_pack(**told)]
    for kind in ("packing_list", "acceptance_act", "write_off_act", "issue_sheet"):
        words = {slot.name: INSIDE["signed"] for slot in open_slots(kind) if slot.type == "text"}
        with refused():
            make_paper(kind=kind, words=words | {"zqx": INSIDE["note"]}, **told)
        made.append(make_paper(kind=kind, words=words, **told))
    return made


def leaks(text, *more, words=INSIDE):
    """Which of the planted words stand in a text."""
    folded = text.casefold()
    wanted = [*words.values(), *(SETTLEMENT.values() if words is INSIDE else ()), *more]
    return sorted({word for word in wanted if word.casefold() in folded})


def everything(client, paths):
    """What a reader gets at these addresses in both languages, with headers."""
    for language in LANGUAGES:
        for path in paths:
            answer = client.get(f"/{language}/{path}")
            yield f"/{language}/{path}", f"{text_of(answer)}\n{answer.headers}"


def public_addresses(row):
    about = f"aid/{row.public_id}"
    rooms = ("", "public/", "lines/", "customs/", "files/", "papers/", "act/acceptance/")
    label = living_lines(row)[0].lots.first().label
    return (
        *("", "aid/", "aid/?field=shelter", f"aid/?about={DORTMUND}", "needs/", "places/", "ties/"),
        *("data/", "about/", "offers/", "rounds/", "sweep/", "offices/", f"store/box/{label}/"),
        *(f"places/{DORTMUND}/", f"places/{ZHYTOMYR}/", f"aid/desk/{row.office.public_id}/"),
        *(f"{about}/{room}" for room in rooms),
    )


def test_life_of_the_consignment_was_told_in_full(planted):
    """Otherwise nothing was planted, and nothing could be found."""
    home, row = planted.people.home, planted.row
    assert {one.kind for one in row.acts.all()} >= {
        *("dispatch", "clearance", "acceptance", "discrepancy", "valuation", "issue", "reversal"),
        *("write_off",),
    }
    assert row.state == S.DISTRIBUTING
    assert {paper.kind for paper in planted.papers} >= {"evidence_pack", "acceptance_act"}
    client = browser(home.officer)
    rooms = ("", "lines/", "customs/", "files/", "papers/", "public/")
    shown = "".join(
        text
        for _path, text in everything(
            client,
            [
                *(f"aid/{row.public_id}/{room}" for room in rooms),
                f"aid/deadlines/{home.office.public_id}/?done=1",
            ],
        )
    )
    # Of a photo the place is cut out; who signed stands in the papers alone.
    expected = set(INSIDE.values()) - {INSIDE["place_of_photo"], INSIDE["signed"]}
    missing = expected - set(leaks(shown))
    assert missing == set(), missing
    assert row.acts.filter(settlement=SETTLEMENT["key"], signed_by=INSIDE["signed"]).exists()
    assert Distribution.objects.filter(settlement=SETTLEMENT["key"]).count() == 3
    assert AuditEvent.objects.filter(verb__startswith="refused_").count() > 8


def test_nothing_is_on_a_page_that_others_read(planted):
    people, row = planted.people, planted.row
    found, seen = {}, 0
    for reader in (None, people.stranger, people.coordinator, people.second.officer):
        for path, text in everything(browser(reader), public_addresses(row)):
            seen += row.public_id in text and path.endswith(f"{row.public_id}/")
            found[path, str(reader)] = leaks(text, *BETWEEN.values())
    assert {where: words for where, words in found.items() if words} == {}
    assert seen


def test_nothing_is_found_by_searching(planted):
    client = browser()
    for language in LANGUAGES:
        for word in (*INSIDE.values(), *BETWEEN.values()):
            nothing = "Zqxnothingatallkwv"
            answers = [
                re.sub(re.escape(asked), "…", text_of(client.get(url, {"q": asked})))
                for url in (f"/{language}/places/", f"/{language}/places/suggest/")
                for asked in (word, nothing)
                if client.get(url).status_code == 200
            ]
            asked, told = answers[::2], answers[1::2]
            assert [leaks(text, *BETWEEN.values()) for text in asked] == [[] for _one in asked]
            assert [len(one.split()) for one in asked] == [len(one.split()) for one in told]


def test_nothing_is_told_to_programs_without_a_token(planted):
    client, row = browser(), planted.row
    told = [
        client.get(f"/api/v1/{path}").content.decode()
        for path in (
            *("consignments", f"consignments/{row.public_id}", "balances", "openapi.json"),
            *(f"consignments/{row.public_id}/{more}" for more in ("entries", "acts", "papers")),
        )
    ]
    assert row.public_id in told[0]
    assert [leaks(text, *BETWEEN.values()) for text in told] == [[] for _one in told]


def test_giver_reads_nothing_that_is_not_its_own(planted):
    people, row = planted.people, planted.row
    giver = people.partner.office.public_id
    paths = (
        *(f"aid/{row.public_id}/{room}" for room in ("", "files/", "papers/", "lines/")),
        *(f"aid/given/{giver}/", f"aid/desk/{giver}/?side=gives", f"offices/{giver}/"),
        *(f"offices/{giver}/audit/", "notices/", f"aid/deadlines/{giver}/"),
    )
    for reader in (people.partner.officer, people.partner.approver, people.partner.auditor):
        pages = dict(everything(browser(reader), paths))
        assert BETWEEN["title"] in pages[f"/en/aid/{row.public_id}/"]
        found = {path: leaks(text) for path, text in pages.items() if leaks(text)}
        assert found == {}


def test_giver_finds_nothing_in_papers_and_photos(planted):
    client = browser(planted.people.partner.officer)
    about = f"/en/aid/{planted.row.public_id}/"
    pages = [text_of(client.get(about + room)) for room in ("", "files/", "papers/")]
    links = set(re.findall(rf'href="({about}(?:files|papers)/[^"?#]+)"', " ".join(pages)))
    answers = {link: client.get(link) for link in links}
    kept = {link: one for link, one in answers.items() if "text/html" not in one["Content-Type"]}
    types = {one["Content-Type"] for one in kept.values()}
    assert types >= {"application/pdf", "image/jpeg"}
    packing = next(one for one in planted.papers if one.kind == "packing_list")
    for link, one in kept.items():
        content = b"".join(one)
        text = f"{content.decode('latin-1')}{one.headers}"
        if one["Content-Type"] == "application/pdf" and content != PDF:
            text += words_of(content)
        # A packing list names everything in the truck, or customs would not let it pass.
        allowed = {INSIDE[name] for name in ON_THE_LIST} if packing.public_id in link else set()
        assert set(leaks(text)) <= allowed, link


def words_of(content):
    """The text and the metadata of a PDF."""
    document = pdfium.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join([*texts, json.dumps(document.get_metadata_dict())])


def test_nothing_is_kept_in_audit_events(planted):
    everywhere = "".join(
        json.dumps([one.actor, one.verb, one.subject, one.before, one.after], ensure_ascii=False)
        for one in AuditEvent.objects.all()
    )
    assert planted.row.public_id in everywhere
    assert leaks(everywhere, *BETWEEN.values()) == []
    stranger = planted.people.second
    path = f"/en/offices/{planted.people.home.office.public_id}/audit/"
    for reader in (stranger.auditor, planted.people.partner.auditor, planted.people.stranger):
        answer = browser(reader).get(path)
        assert answer.status_code in (403, 404)
        assert leaks(text_of(answer), *BETWEEN.values()) == []


def test_nothing_is_in_names_of_files_nor_in_metadata(planted):
    folder = settings.MISTOK_DATA
    every = [path for path in folder.rglob("*") if path.is_file()]
    names = " ".join(str(path.relative_to(folder)) for path in every)
    assert leaks(names, *BETWEEN.values()) == []
    files = [path for path in every if planted.row.public_id in str(path)]
    assert {path.suffix for path in files} >= {".pdf", ".jpg", ".docx"}
    for path in files:
        content = path.read_bytes()
        if path.suffix == ".jpg":
            assert leaks(content.decode("latin-1"), *BETWEEN.values()) == []
            assert not Image.open(io.BytesIO(content)).getexif()
        if path.suffix == ".pdf" and content[:8] != PDF[:8]:
            told = pdfium.PdfDocument(content).get_metadata_dict()
            assert leaks(json.dumps(told), *BETWEEN.values()) == []


def test_nothing_is_in_publications_feeds_or_mail(planted):
    people = planted.people
    rows = [json.dumps(one.projection) for one in AidPublication.objects.all()]
    assert len(rows) == 3
    assert [leaks(text, *BETWEEN.values()) for text in rows] == [[], [], []]
    for office in (people.partner.office, people.second.office):
        assert aid_events(office) == []
    assert leaks(" ".join(f"{one.subject} {one.body}" for one in mail.outbox)) == []


def test_nothing_is_logged(planted, capfd):
    row = planted.row
    client = browser(planted.people.home.officer)
    list(everything(client, (f"aid/{row.public_id}/", f"aid/{row.public_id}/customs/")))
    list(everything(browser(), public_addresses(row)))
    printed = capfd.readouterr()
    logged = planted.log.getvalue() + printed.out + printed.err
    assert "GET /en/aid/" in logged
    assert leaks(logged, *BETWEEN.values()) == []


def test_held_amounts_are_told_to_nobody_outside(planted):
    """Stocks are secret: what lies in the store is on no page of the public."""
    lot = living_lines(planted.row)[0].lots.first()
    held = ledger.balance(lot, Account.STORE) // 1000
    assert held == 3013
    for path, text in everything(browser(), ("aid/", f"aid/{planted.row.public_id}/")):
        shown = re.sub(r"<[^>]+>", " ", text).replace("\u202f", "").replace(",", "")
        assert not re.search(rf"\b{held}\b", shown), path
