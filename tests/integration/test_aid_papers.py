"""Papers of aid: filled from the record, told what is missing, kept in versions, read by right."""

import errno
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import aid_cast
import pytest
from aid_cast import a_line_entry, ago, passed, refuses
from django.core.files.storage import FileSystemStorage
from django.utils import translation
from papers_cast import (
    ambulances,
    batches,
    beds,
    content,
    goods,
    made,
    metadata_of,
    on_its_way,
    text_of,
)

from living import a_member
from mistok.accounts.actors import Actor
from mistok.aid.lifecycle import State
from mistok.aid.models import AidPaper, Consignment
from mistok.aid.papers import (
    KINDS,
    kinds_for,
    make_paper,
    may_make,
    may_read,
    paper_content,
    papers_for,
    read_paper,
    usual_languages,
)
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from mistok.papers import kinds as all_kinds
from mistok.papers import template
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def abroad(people):
    """Humanitarian aid from Dortmund that its own office gives: beds, ambulances, medicines."""
    lines = (beds(), ambulances(unit_value=Decimal(30000), currency="EUR"), batches())
    return from_office(people, *lines, regime="humanitarian_aid", abroad=True)


def from_office(people, *lines, **fields):
    """A consignment that the partner's office gives."""
    row = goods(people.home, *lines, donor_place=people.partner.place, **fields)
    Consignment.objects.filter(pk=row.pk).update(donor_office=people.partner.office)
    row.refresh_from_db()
    return row


def stands_in(paper, *texts):
    read = text_of(content(paper.pdf))
    missing = [text for text in texts if text not in read]
    assert not missing, f"{missing} not in {read}"
    return read


def test_sixteen_kinds_are_those_of_the_templates(people, abroad):
    rows = kinds_for(abroad)
    assert [row.kind for row in rows] == list(KINDS)
    assert len(rows) == 16
    assert set(KINDS) <= set(all_kinds())
    assert {row.kind for row in rows if row.readers == "internal"} == {
        *("need_letter", "goods_list", "distribution_plan", "acceptance_act", "discrepancy_act"),
        *("valuation_act", "issue_sheet", "redistribution_act", "return_act", "write_off_act"),
    }
    assert {row.kind for row in rows if row.rule.by_giver} == {
        *("donation_letter", "proforma_invoice", "packing_list", "cmr_sheet"),
    }
    can = {row.kind for row in rows if row.can}
    assert can == {
        *("need_letter", "donation_letter", "goods_list", "distribution_plan"),
        *("proforma_invoice", "packing_list", "cmr_sheet"),
    }
    acts = {row.kind: row for row in rows if row.act_kind}
    assert all("Record the act first" in row.why_not for row in acts.values())


def test_titles_come_in_the_readers_language(people, abroad):
    with translation.override("uk"):
        assert kinds_for(abroad)[0].title == template("need_letter").title["uk"]
    with translation.override("es"):
        assert kinds_for(abroad)[0].title == template("need_letter").title["en"]


def test_reasons_why_a_paper_cannot_be_made(people):
    home = people.home
    inland = {row.kind: row for row in kinds_for(goods(home, beds()))}
    assert "cross a border" in inland["cmr_sheet"].why_not
    assert "cross a border" in inland["goods_list"].why_not
    gift = {row.kind: row for row in kinds_for(goods(home, beds(), abroad=True))}
    assert "unique code" in gift["goods_list"].why_not
    assert gift["cmr_sheet"].can
    assert "Nothing was accepted" in gift["aid_report"].why_not
    empty = goods(home, beds())
    empty.lines.update(removed_at=empty.written_at)
    assert all("Write its lines first" in row.why_not for row in kinds_for(empty))
    money = goods(home, beds())
    Consignment.objects.filter(pk=money.pk).update(regime="grant_money")
    money.refresh_from_db()
    assert not any(row.can for row in kinds_for(money))
    over = goods(home, beds())
    passed(home, over, State.REFUSED, day=ago(50))
    assert "over" in next(row for row in kinds_for(over) if row.kind == "need_letter").why_not


def test_papers_before_the_code_hold_what_the_lines_tell(people, abroad):
    home = people.home
    read = stands_in(
        made(home, abroad, "need_letter"),
        "City Hospital No. 2",
        "допомога переселенцям",
        "hospitals and health centres",
        "40 pieces",
    )
    assert "WDB" not in read
    stands_in(
        made(home, abroad, "goods_list"),
        "04053625",
        "12345",
        "Zhytomyr City Council",
        "Житомирська міська рада",
        "WDB9066331S123456",
        "of which: ambulance",
        "A1",
        "520.5",
    )
    stands_in(made(home, abroad, "distribution_plan", ("uk",)), "Міська лікарня № 2", "лікарні")


def test_papers_of_the_giver_are_made_by_either_side(people, abroad):
    giver = people.partner
    words = {"purpose.de": "Hilfe für Vertriebene"}
    both = ("de", "uk")
    letter = made(people.home, abroad, "donation_letter", both, actor=giver.officer, words=words)
    stands_in(letter, "Stadt Dortmund", "Місто Дортмунд", "Hilfe für Vertriebene", "Feldbett")
    assert letter.readers == "both"
    assert metadata_of(content(letter.pdf))["Author"] == giver.office.name
    event = AuditEvent.objects.filter(verb="make_aid_paper").latest("pk")
    assert event.after["office"] == giver.office.public_id
    assert event.after["sha256"] == letter.pdf_sha256
    assert "Dortmund" not in str(event.after)
    stands_in(made(people.home, abroad, "packing_list", both), "Packliste", "A1", "520,5")
    sheet = made(people.home, abroad, "cmr_sheet", both, actor=giver.officer)
    stands_in(sheet, "Dortmund, Deutschland", "Дортмунд, Німеччина", "Hromada Schytomyr")
    assert not may_make(giver.officer, abroad, "need_letter")
    with refuses(NotAllowed):
        made(people.home, abroad, "need_letter", actor=giver.officer)


def test_proforma_adds_up_and_asks_for_each_value(people):
    home = people.home
    whole = goods(home, beds(), beds("4", unit_value=Decimal("12.50")), abroad=True)
    read = stands_in(made(home, whole, "proforma_invoice"), "EUR 1,050", "1 050 EUR", "EUR 25")
    assert "customs" in read
    part = goods(home, beds(), batches(), abroad=True)
    with refuses(Invalid, "paper_incomplete") as caught:
        made(home, part, "proforma_invoice")
    assert caught.value.details["missing"] == ["lines.2.value"]
    assert "Value of the whole line (line 2)" in str(caught.value)
    mixed = goods(home, beds(), beds("4", currency="PLN"), abroad=True)
    assert "total_value" not in made(home, mixed, "proforma_invoice").slots


def test_numbers_that_were_told_as_bounds_stay_bounds(people):
    home = people.home
    line = a_line_entry("1200.5", item="", names={"en": "Clothes", "uk": "Одяг"}, bound=">")
    more = goods(home, _more(line), a_line_entry(None, item="blanket"))
    read = stands_in(made(home, more, "donation_letter"), ">1 200,5")
    assert "1,200.5" not in read
    assert ">1,200.5" in text_of(content(made(home, more, "donation_letter", ("en",)).pdf))
    assert "total_packages" not in made(home, more, "donation_letter").slots


def _more(line):
    return replace(line, cluster="shelter", unit="kilogram")


def test_paper_says_by_name_what_is_missing(people, abroad):
    with refuses(Invalid, "paper_incomplete") as caught:
        make_paper(
            actor=people.home.officer,
            consignment=abroad,
            kind="need_letter",
            languages=["uk", "en"],
            words={"purpose.uk": "ремонт лікарні", "remarks": " "},
        )
    assert set(caught.value.details["missing"]) == {"acquirer", "purpose.en"}
    assert "Acquirer" in str(caught.value)
    assert "Purpose (in English)" in str(caught.value)
    with translation.override("uk"), refuses(Invalid, "paper_incomplete") as caught:
        make_paper(
            actor=people.home.officer, consignment=abroad, kind="need_letter", languages=["uk"]
        )
    assert "Набувач" in str(caught.value)
    assert not abroad.papers.exists()
    refused = AuditEvent.objects.filter(verb="refused_make_aid_paper").latest("pk")
    assert refused.after["code"] == "paper_incomplete"


def test_long_list_of_what_is_missing_is_cut(people):
    lines = [
        a_line_entry("1", item="", names={"en": f"Thing {n}"}, cluster="shelter", unit="piece")
        for n in range(14)
    ]
    row = goods(people.home, *lines, abroad=True)
    with refuses(Invalid, "paper_incomplete") as caught:
        made(people.home, row, "proforma_invoice")
    assert "2 more" in str(caught.value)


def test_versions_are_kept_and_names_of_files_tell_nothing(people, abroad):
    first = made(people.home, abroad, "packing_list")
    second = made(people.home, abroad, "packing_list")
    assert (first.number, second.number) == (1, 2)
    assert paper_content(first) == content(first.pdf)
    assert paper_content(first, "docx") == content(first.docx)
    same = AidPaper.objects.get(pk=first.pk)
    assert same.pdf_sha256 == second.pdf_sha256
    for paper, name in ((first, first.pdf.name), (second, second.docx.name)):
        assert name.startswith(f"{abroad.public_id}/{paper.public_id}.")
    assert [one.number for one in papers_for(people.home.officer, abroad)] == [2, 1]


def test_who_reads_which_paper(people, abroad):
    home, giver = people.home, people.partner
    both = made(home, abroad, "packing_list")
    inside = made(home, abroad, "need_letter")
    auditor = home.auditor
    for reader in (home.officer, home.storekeeper, auditor):
        assert read_paper(reader, inside) == inside
    assert read_paper(giver.officer, both) == both
    with refuses(NotFound, "paper_unknown"):
        read_paper(giver.officer, inside)
    for other in (people.second.officer, people.stranger, people.nobody, people.coordinator):
        assert not may_read(other, both)
        assert not papers_for(other, abroad).exists()
    Consignment.objects.filter(pk=abroad.pk).update(regime="military_aid", restricted=True)
    abroad.refresh_from_db()
    both.consignment.refresh_from_db()
    assert not may_read(giver.officer, both)
    assert not may_make(giver.officer, abroad, "packing_list")
    assert not may_read(giver.officer, made_for_nobody(people))


def made_for_nobody(people):
    """A paper of a consignment whose giver has no office."""
    row = goods(people.home, beds(), donor_place="", donor_name="Lions Club")
    return made(people.home, row, "packing_list")


def test_who_makes_which_paper(people, abroad):
    home = people.home
    on_its_way(home, goods(home, beds()))
    assert may_make(home.officer, abroad, "need_letter")
    assert may_make(home.storekeeper, abroad, "acceptance_act")
    assert not may_make(home.storekeeper, abroad, "need_letter")
    assert not may_make(home.auditor, abroad, "acceptance_act")
    assert not may_make(people.stranger, abroad, "donation_letter")
    assert not may_make(home.officer, abroad, "love_letter")
    with refuses(NotFound, "paper_unknown"):
        make_paper(actor=home.officer, consignment=abroad, kind="love_letter", languages=["uk"])
    with refuses(NotAllowed):
        made(home, abroad, "donation_letter", actor=Actor(user=people.stranger.user))
    with refuses(Conflict, "paper_not_yet"):
        made(home, abroad, "acceptance_act")
    assert not may_make(a_member(people.second.office, "officer"), abroad, "donation_letter")


@pytest.mark.parametrize("languages", [[], ["uk", "uk"], ["uk", "en", "de", "pl"], ["es"]])
def test_languages_that_cannot_be(people, abroad, languages):
    with refuses(Invalid, "languages_wrong"):
        made(people.home, abroad, "packing_list", languages)


def test_usual_languages_are_those_of_the_sides(people, abroad):
    assert usual_languages(abroad, "donation_letter") == ["uk", "de"]
    assert usual_languages(abroad, "donation_letter", gives=True) == ["de", "uk"]
    assert usual_languages(abroad, "need_letter") == ["uk"]
    unknown = goods(people.home, beds(), donor_place="", donor_name="Lions Club")
    assert usual_languages(unknown, "aid_thank_you") == ["uk", "en"]


def test_giver_without_a_place_is_named_as_told(people):
    row = goods(people.home, beds(), donor_place="", donor_name="Lions Club", abroad=True)
    stands_in(made(people.home, row, "donation_letter"), "Lions Club")
    with refuses(Invalid, "paper_incomplete") as caught:
        made(people.home, row, "cmr_sheet")
    assert caught.value.details["missing"] == ["taken_over"]
    stands_in(made(people.home, row, "cmr_sheet", words={"taken_over": "Lyon, France"}), "Lyon")
    nobody = goods(people.home, beds(), donor_place="", abroad=True)
    with refuses(Invalid, "paper_incomplete") as caught:
        made(people.home, nobody, "donation_letter")
    assert caught.value.details["missing"] == ["giver"]


def test_full_disk_keeps_nothing(people, abroad, monkeypatch):
    def full(*_arguments, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with refuses(Unavailable, "disk_full"):
        made(people.home, abroad, "packing_list")
    assert not abroad.papers.exists()


def test_paper_that_is_gone_or_altered_is_told(people, abroad):
    paper = made(people.home, abroad, "packing_list")
    path = Path(paper.pdf.path)
    path.write_bytes(b"%PDF-1.7 something else")
    with refuses(Unavailable, "paper_altered"):
        paper_content(paper)
    path.unlink()
    with refuses(NotFound, "paper_missing"):
        paper_content(paper)


def test_sign_that_no_font_has_is_refused(people, abroad):
    with refuses(Invalid, "sign_unprintable"):
        made(people.home, abroad, "packing_list", words={"remarks": "箱"})
