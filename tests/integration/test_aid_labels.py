"""Labels of boxes: a code to scan, the goods, which box of how many, and nothing besides."""

import aid_cast
import pypdfium2
import pytest
import typst
from aid_cast import a_line_entry, refuses
from papers_cast import (
    ambulances,
    beds,
    goods,
    lots_of,
    metadata_of,
    on_its_way,
    text_of,
)

from mistok.aid.models import Consignment
from mistok.aid.papers import box_labels, typesetting
from mistok.aid.papers.labels import MOST_OF_A_LOT, address_of
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.papers.codes import code_of

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def labels(people, row, **fields):
    told = {"actor": people.home.officer, "consignment": row}
    return box_labels(**told | fields)


def test_each_box_of_a_line_has_its_label(people):
    row = on_its_way(people.home, goods(people.home, beds()))
    (lot,) = lots_of(row)
    told = text_of(labels(people, row))
    assert told.count(lot.label) == 4
    assert "розкладне ліжко" in told
    assert "folding bed" in told
    assert "Місце 3 з 4" in told
    assert "Box 3 of 4" in told


def test_code_leads_to_the_page_of_the_box(people, settings):
    settings.MISTOK_ADDRESS = "https://mistok.example"
    row = on_its_way(people.home, goods(people.home, beds()))
    (lot,) = lots_of(row)
    assert address_of(lot) == f"https://mistok.example/store/box/{lot.label}/"
    page = pypdfium2.PdfDocument(labels(people, row))[0]
    assert page.get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    # The code itself is drawn as vectors: what stands there is what the maker of codes made.
    assert code_of(address_of(lot)).count("<path") >= 1


def test_lots_of_one_line_have_a_label_each(people):
    row = on_its_way(people.home, goods(people.home, ambulances()))
    told = text_of(labels(people, row, languages=["de", "uk"]))
    assert all(told.count(lot.label) == 1 for lot in lots_of(row))
    assert "Rettungswagen" in told
    assert "Packstück" not in told


def test_very_many_boxes_have_one_label_to_copy(people):
    many = beds(packages=MOST_OF_A_LOT + 1)
    told = text_of(labels(people, on_its_way(people.home, goods(people.home, many))))
    assert f"Box ___ of {MOST_OF_A_LOT + 1}" in told
    most = [beds(packages=MOST_OF_A_LOT) for _ in range(11)]
    row = on_its_way(people.home, goods(people.home, *most))
    told = text_of(labels(people, row))
    assert "Box" not in told
    assert all(told.count(lot.label) == 1 for lot in lots_of(row))


def test_label_tells_nothing_of_places_receivers_or_restricted_goods(people):
    secret = a_line_entry(
        "5",
        item="",
        names={"en": "Night vision", "uk": "Прилад"},
        cluster="shelter",
        unit="piece",
        restricted=True,
        control_list="dual_use",
    )
    row = goods(
        people.home,
        beds(),
        secret,
        donor_place=people.partner.place,
        route="Canary pass",
        unloading="Canary yard",
        carrier="Canary",
    )
    on_its_way(people.home, row)
    data = labels(people, row)
    told = text_of(data) + str(metadata_of(data))
    for word in ("Night", "Прилад", "Canary", "Zhytomyr", "Житомир", "Dortmund", row.public_id):
        assert word not in told
    assert all(lot.label in told for lot in lots_of(row))


def test_long_names_are_cut(people):
    long = a_line_entry(
        "1", item="", names={"en": "tent " * 60, "uk": "намет"}, cluster="shelter", unit="piece"
    )
    told = text_of(labels(people, on_its_way(people.home, goods(people.home, long))))
    assert "tent tent" in told
    assert "…" in told


def test_before_the_dispatch_no_box_has_a_code(people):
    with refuses(Conflict, "no_lots_yet"):
        labels(people, goods(people.home, beds()))
    row = on_its_way(people.home, goods(people.home, beds()))
    with refuses(Invalid, "languages_wrong"):
        labels(people, row, languages=["uk", "en", "de"])


def test_both_offices_print_labels_and_nobody_else(people):
    row = goods(people.home, beds(), donor_place=people.partner.place)
    Consignment.objects.filter(pk=row.pk).update(donor_office=people.partner.office)
    row.refresh_from_db()
    on_its_way(people.home, row)
    for actor in (people.home.officer, people.home.storekeeper, people.partner.officer):
        assert labels(people, row, actor=actor).startswith(b"%PDF")
    for actor in (people.home.auditor, people.second.officer, people.stranger):
        with refuses(NotAllowed):
            labels(people, row, actor=actor)


def test_sign_that_no_font_has_is_refused(people):
    strange = a_line_entry(
        "1", item="", names={"en": "箱 of tents", "uk": "намет"}, cluster="shelter", unit="piece"
    )
    row = on_its_way(people.home, goods(people.home, strange))
    with refuses(Invalid, "sign_unprintable"):
        labels(people, row)


def test_layout_that_is_broken_is_our_fault_and_not_hers(people, monkeypatch):
    monkeypatch.setattr(typesetting, "_layout", lambda name: b"#nothing-of-this")
    row = on_its_way(people.home, goods(people.home, beds()))
    with pytest.raises(typst.TypstError):
        labels(people, row)
