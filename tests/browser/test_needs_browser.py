"""Needs with a real browser: written on a phone without scripts, read by a partner and by all."""

import pytest
import test_procedure_browser as procedures
import test_sign_in_browser as signing_in

from signing import code_of

axe, offices = signing_in.axe, procedures.offices
LVIV, FREIBURG = "katottg:UA46060250000025047", "geonames:2925177"
LIST = "Найменування;Кількість;Од.\nКовдри;200;шт\nГенератор;3;шт\nБинти;about 5;шт\n"


@pytest.fixture
def sound(axe):
    """The page can be read by everybody, fits on phone and desk, and nothing on it went wrong."""

    def look(page, title):
        page.get_by_role("heading", name=title, level=1).wait_for()
        assert page.locator("h1").count() == 1
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert signing_in.fits(page), (title, width)
        assert signing_in.violations(page, axe) == []
        assert page.seen["errors"] == []

    return look


def sign_in(page, address):
    signing_in.sign_in(page, address)
    page.get_by_label("Code").fill(code_of())
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Sign in").wait_for(state="detached")


def chosen(page, query, thing, amount):
    """Look for a thing in the catalogue and write how many; what was written before stays."""
    page.get_by_label("Look for a thing").fill(query)
    page.get_by_role("button", name="Find", exact=True).last.click()
    page.get_by_role("heading", name="Found for").wait_for()
    page.get_by_label(thing, exact=True).fill(amount)


def written(page):
    """Two needs from the catalogue, one of them shown to partners, then to everybody."""
    signing_in.go(page, "en/needs/catalogue/")
    chosen(page, "генератор", "diesel generator up to 75 kVA", "5")
    chosen(page, "ambulance", "ambulance", "2")
    assert page.get_by_label("diesel generator up to 75 kVA", exact=True).input_value() == "5"
    page.get_by_role("button", name="Take them into the list").first.click()
    page.get_by_text("2 needs are in your list as drafts.").wait_for()
    page.get_by_role("link", name="2 ambulances").click()
    page.get_by_role("button", name="Show it to the partners").click()
    page.get_by_text("Your partners see this need now.").wait_for()
    page.locator("#act-publish summary").click()
    page.get_by_label("Not before").fill(page.locator("footer time").get_attribute("datetime"))
    page.get_by_role("button", name="Approve it for the public").click()
    page.get_by_text("It is approved.").wait_for()


def test_need_is_written_without_scripts_and_read_by_partner_and_public(visit, offices, sound):
    asks, gives = offices(LVIV, FREIBURG)
    with visit("/en/", width=390, java_script_enabled=False) as phone:
        sign_in(phone, asks)
        written(phone)
    with visit("/en/needs/", bypass_csp=True, reduced_motion="reduce") as anybody:
        sound(anybody, "What is needed")
        anybody.get_by_role("link", name="2 ambulances").click()
        sound(anybody, "2 ambulances")
        anybody.get_by_role("link", name="Sign in to help").wait_for()
    with visit("/en/", bypass_csp=True, reduced_motion="reduce") as partner:
        sign_in(partner, gives)
        signing_in.go(partner, "en/needs/?whose=partners")
        sound(partner, "What is needed")
        assert partner.get_by_role("link", name="5 diesel generators").count() == 0
        partner.get_by_role("link", name="2 ambulances").click()
        sound(partner, "2 ambulances")
        partner.get_by_role("link", name="Commit help").first.wait_for()
        for path, title in (("catalogue/", "Needs from the catalogue"), ("new/", "Write a need")):
            signing_in.go(partner, f"en/needs/{path}")
            sound(partner, title)
        signing_in.go(partner, "en/needs/import/")
        sound(partner, "Needs from a spreadsheet")
        file = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        partner.locator("#import-file").set_input_files(file)
        partner.get_by_role("button", name="Read the file").click()
        sound(partner, "Look at the rows")
        partner.locator("select[name^=item_]").select_option(index=1)
        partner.get_by_role("button", name="Take 2 rows as drafts").click()
        sound(partner, "2 needs are in your list")
