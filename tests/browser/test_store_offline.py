"""A storekeeper's phone through a power cut: what is entered waits, and is recorded once."""

import time
from contextlib import ExitStack

import pytest
import test_sign_in_browser as signing_in
from store_house import store_house
from store_phone import PHONE, Phone, dying_phone

from store_cast import a_photo

axe = signing_in.axe


@pytest.fixture
def house(site, tmp_path):
    """A server of its own, and what was put into it."""
    from django.conf import settings

    with store_house(settings, tmp_path) as made:
        yield made


@pytest.fixture
def phones(chromium, house):
    """A new phone each time it is asked, with nothing on it."""
    with ExitStack() as stack:

        def new(**options):
            made = chromium.new_context(base_url=house.address, viewport=PHONE, **options)
            stack.callback(made.close)
            return Phone(made.new_page(), house)

        yield new


def test_truck_is_received_through_a_power_cut_and_posted_once(house, phones):
    phone = phones().sign_in().open_store()
    phone.lose_power()
    phone.reload()
    phone.says("No connection. Go on working")
    phone.main.get_by_role("link", name="Winter aid").click()
    phone.ready()
    phone.count()
    assert phone.page.locator("[data-outcome]").first.inner_text() == "Missing: 2 pcs"
    phone.take_photo(a_photo(side=3000))
    phone.sign()
    phone.submit()
    phone.is_kept()
    phone.says("Waiting to be sent: 1.")
    assert house.ask("told")["acts"].get("acceptance") is None

    phone.reload()
    phone.says("Waiting to be sent: 1.")
    phone.reads("the count waits to be sent")
    assert not phone.page.locator("form[data-store-form]").is_visible()
    phone.go(phone.store)
    phone.reads("counted on this phone, not sent yet")

    phone.power_is_back()
    phone.main.get_by_role("button", name="Send now").click()
    phone.reads("Recorded: acceptance act 1/")
    phone.says("Everything is sent.")
    for _time in range(2):
        phone.reload()
        phone.says("Everything is sent.")
    told, blankets = house.ask("told"), house.people["blankets"]
    assert told["acts"] == {"dispatch": 2, "acceptance": 1, "discrepancy": 1}
    assert told["held"][blankets] == {"store": 117_000, "damaged": 1000, "shortage": 2000}
    assert told["held"][house.people["food"]] == {"store": 40_000}
    (photo,) = told["photos"]
    assert photo["place"] is False
    phone.reads("117 pcs")
    assert "Winter aid" not in phone.page.locator("section", has_text="On the way").inner_text()


def test_answer_that_is_lost_is_asked_again_and_nothing_is_doubled(house, phones):
    phone, lost = phones().sign_in().open_store(), []

    def lose_answer(route):
        """The server has done it, and the line breaks before it can say so."""
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.page.context.route("**/receive/**", lose_answer)
    phone.submit()
    phone.page.wait_for_function("async () => (await self.store.entries())[0].state === 'done'")
    phone.reads("Recorded: acceptance act 1/")
    assert lost == [200]
    told = house.ask("told")
    assert told["acts"]["acceptance"] == 1
    assert told["held"][house.people["blankets"]]["store"] == 117_000


def test_what_was_typed_is_there_after_a_reload_without_warning(house, phones):
    phone = phones().sign_in().open_store()
    phone.lose_power()
    phone.go(phone.receive())
    phone.box("received").press_sequentially("117")
    phone.page.evaluate("location.reload()")
    phone.page.wait_for_load_state("load")
    phone.ready()
    assert phone.box("received").input_value() == "117"
    phone.reads("What you had typed is here again.")
    assert phone.page.locator("[data-outcome]").first.inner_text() == "Missing: 3 pcs"
    phone.main.get_by_label("Note").fill("Wet")
    phone.box("more").check()
    phone.take_photo(a_photo())
    phone.reload()
    assert phone.main.get_by_label("Note").input_value() == "Wet"
    assert phone.box("more").is_checked()
    assert phone.page.locator("[data-photos] li").count() == 1


def test_battery_that_dies_while_somebody_types_takes_nothing_with_it(house, chromium, tmp_path):
    with dying_phone(chromium, tmp_path, house) as phone:
        phone.sign_in().open_store()
        phone.lose_power()
        phone.go(phone.receive())
        phone.box("received").press_sequentially("117")
        typed = time.monotonic()
        phone.page.locator('form[data-on-disk="3"]').wait_for(state="attached")
        assert time.monotonic() - typed < 2
    with dying_phone(chromium, tmp_path, house) as phone:
        phone.page.context.set_offline(True)
        phone.go(phone.receive())
        assert phone.box("received").input_value() == "117"
        phone.count()
        phone.sign()
        phone.submit()
        phone.says("Waiting to be sent: 1.")
    house.restore()
    with dying_phone(chromium, tmp_path, house) as phone:
        phone.page.goto(house.address + phone.store)
        if "/login/" in phone.page.url:
            # A cookie may be younger than what the browser has put on its disk.
            signing_in.sign_in(phone.page, house.people["keeper"])
        phone.reads("Recorded: acceptance act 1/")
    assert house.ask("told")["acts"]["acceptance"] == 1


def test_two_windows_and_two_presses_make_one_entry(house, phones):
    first = phones().sign_in().open_store()
    second = first.window()
    first.go(first.receive())
    second.go(second.receive())
    first.page.bring_to_front()
    first.count()
    first.sign()
    first.lose_power()
    first.page.evaluate(
        """() => {
          const button = document.querySelector('form[data-store-form] button[value=record]');
          button.click(); button.click();
        }"""
    )
    first.says("Waiting to be sent: 1.")
    second.reads("This was submitted in another window.")
    assert second.main.get_by_role("button", name="Record what was received").is_disabled()
    assert len(second.entries()) == 1
    first.power_is_back()
    for window in (first, second):
        window.page.evaluate("dispatchEvent(new Event('online'))")
    first.reads("Recorded: acceptance act 1/")
    second.reads("Recorded: acceptance act 1/")
    assert house.ask("told")["acts"]["acceptance"] == 1


def test_entries_of_one_person_wait_while_another_uses_the_phone(house, phones):
    phone = phones().sign_in().open_store()
    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.lose_power()
    phone.submit()
    phone.says("Waiting to be sent: 1.")
    phone.page.context.clear_cookies(name="sessionid")
    phone.power_is_back()
    phone.page.goto("/en/about/")
    phone.page.wait_for_function("async () => !(await caches.has('mistok-store-pages'))")
    phone.sign_in("other").open_store()
    phone.says("Entries of another person on this phone: 1.")
    assert "Winter aid" not in phone.page.locator("[data-panel-list]").inner_text()
    assert house.ask("told")["acts"].get("acceptance") is None
    phone.go(phone.receive())
    assert phone.box("received").input_value() == ""
    phone.page.goto("/en/about/")
    signing_in.sign_out(phone.page)
    phone.sign_in().open_store()
    phone.reads("Recorded: acceptance act 1/")
    assert house.ask("told")["acts"]["acceptance"] == 1


def test_signed_out_phone_shows_no_page_of_the_store_offline(house, phones):
    phone = phones().sign_in().open_store()
    phone.page.goto("/en/about/")
    signing_in.sign_out(phone.page)
    phone.page.wait_for_function("async () => !(await caches.has('mistok-store-pages'))")
    phone.lose_power()
    phone.page.goto(phone.store)
    phone.reads("This page was not opened on this phone before")
    assert "Winter aid" not in phone.page.content()


def test_session_that_ran_out_asks_to_sign_in_and_keeps_everything(house, phones):
    phone = phones().sign_in().open_store()
    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.page.context.clear_cookies(name="sessionid")
    phone.submit()
    phone.says("Sign in again, then what waits is sent.")
    phone.main.get_by_role("link", name="Sign in").click()
    signing_in.sign_in(phone.page, house.people["keeper"])
    phone.reads("Recorded: acceptance act 1/")
    assert house.ask("told")["acts"]["acceptance"] == 1


def test_stale_entry_needs_its_person_and_nothing_is_lost(house, phones):
    phone = phones().sign_in().open_store()
    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.take_photo(a_photo())
    phone.lose_power()
    phone.submit()
    phone.says("Waiting to be sent: 1.")
    house.ask("close")
    phone.power_is_back()
    phone.main.get_by_role("button", name="Send now").click()
    phone.says("Needs you: 1.")
    entry = phone.page.locator(".store-entry.needs")
    assert "closed" in entry.inner_text()
    with phone.page.expect_download() as saved:
        phone.main.get_by_role("button", name="Save as a file").click()
    text = saved.value.path().read_text()
    assert '"signed_by"' in text
    assert "data:image/jpeg;base64," in text
    with phone.page.expect_navigation():
        entry.get_by_role("button", name="Correct it").click()
    phone.ready()
    assert phone.entries() == []
    assert house.ask("told")["acts"].get("acceptance") is None


def test_wrong_entry_is_corrected_and_sent_under_a_new_key(house, phones):
    phone = phones().sign_in().open_store()
    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.take_photo(a_photo())
    phone.main.get_by_label("Accountant").fill("Iryna Head")
    phone.submit()
    phone.says("Needs you: 1.")
    phone.reads("at least three people")
    before = phone.entries()[0]["key"]
    with phone.page.expect_navigation():
        phone.main.get_by_role("button", name="Correct it").click()
    phone.reads("What you had typed is here again.")
    assert phone.box("received").input_value() == "117"
    assert phone.page.locator("[data-photos] li").count() == 1
    phone.main.get_by_label("Accountant").fill("Oksana Books")
    phone.submit()
    phone.reads("Recorded: acceptance act 1/")
    (entry,) = phone.entries()
    assert entry["key"] != before
    assert len(house.ask("told")["photos"]) == 1


def test_entry_is_taken_off_the_list_with_two_presses(house, phones):
    phone = phones().sign_in().open_store()
    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.main.get_by_label("Accountant").fill("Iryna Head")
    phone.submit()
    phone.main.get_by_role("button", name="Take it off the list …").click()
    assert len(phone.entries()) == 1
    phone.main.get_by_role("button", name="Yes, delete this entry").click()
    phone.page.locator(".store-entry").wait_for(state="detached")
    assert phone.entries() == []


def test_goods_are_given_out_offline(house, phones):
    phone = phones().sign_in().open_store()
    phone.go(phone.receive())
    phone.count()
    phone.sign()
    phone.submit()
    phone.reads("Recorded: acceptance act 1/")
    house.ask("books")
    phone.open_store()
    phone.lose_power()
    phone.main.get_by_role("link", name="Give something out").click()
    phone.ready()
    for amount in ("30", "12"):
        phone.page.locator("#issue-lot").select_option(house.people["blankets"])
        phone.main.get_by_label("How much").fill(amount)
        phone.main.get_by_label("For whom").select_option("displaced")
        phone.page.locator("#issue-settlement").select_option(index=1)
        phone.main.get_by_label("Households").fill("12")
        phone.main.get_by_label("Given out by").fill("Petro Store")
        phone.submit("Record what was given out")
        phone.is_kept()
        phone.main.get_by_role("button", name="Give something else out").click()
        phone.ready()
    phone.says("Waiting to be sent: 2.")
    phone.power_is_back()
    phone.main.get_by_role("button", name="Send now").click()
    phone.reads("Recorded: issue sheet 2/")
    told = house.ask("told")
    assert told["acts"]["issue"] == 2
    assert told["held"][house.people["blankets"]]["issued"] == 42_000


def test_box_is_found_by_its_code_without_a_connection(house, phones):
    phone = phones().sign_in().open_store()
    phone.lose_power()
    phone.reload()
    typed = house.people["food"].lower().replace("-", " ")
    phone.main.get_by_label("Code on the box").fill(typed)
    phone.main.get_by_role("button", name="Open the box").click()
    phone.page.wait_for_url(f"**{phone.receive()}**")
    phone.page.goto(f"/store/box/{house.people['food']}/")
    phone.page.wait_for_url(f"**{phone.receive()}**")


SQUARES = """
  self.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return self.seen ? [{ rawValue: self.seen }] : []; }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d").fillRect(0, 0, 9, 9);
    return canvas.captureStream(5);
  };
"""
"""A camera, and a reader of squares that sees what `seen` says: headless browsers have neither."""


def test_scanned_box_is_chosen_and_a_box_scanned_twice_counts_nothing(house, phones):
    phone = phones()
    phone.page.add_init_script(SQUARES)
    phone.sign_in().open_store()
    phone.go(phone.receive())
    for _time in range(2):
        phone.main.get_by_role("button", name="Scan a box").click()
        code = house.people["food"]
        phone.page.evaluate("code => { self.seen = `https://m.example/store/box/${code}/` }", code)
        phone.reads(f"{code} is chosen.")
        assert phone.box("received", "food").evaluate("box => box === document.activeElement")
        assert phone.box("received", "food").input_value() == ""
        phone.page.evaluate("self.seen = ''")
    assert phone.page.seen["errors"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_light_accessible_and_fit_a_phone(house, phones, axe, scheme):
    options = {"bypass_csp": True, "reduced_motion": "reduce", "color_scheme": scheme}
    language = "en" if scheme == "light" else "uk"
    for path in ("", "receive", "issue", "offline"):
        phone = phones(**options).sign_in()
        phone.page.seen["bytes"] = 0
        address = {
            "": phone.store,
            "receive": phone.receive(),
            "issue": f"{phone.store}issue/",
            "offline": "/en/store/offline/",
        }[path].replace("/en/", f"/{language}/")
        phone.go(address)
        phone.page.wait_for_load_state("networkidle")
        assert phone.page.seen["bytes"] < signing_in.MOST_BYTES
        assert phone.page.locator("h1").count() == 1
        assert signing_in.fits(phone.page), address
        assert signing_in.violations(phone.page, axe) == []
        assert phone.page.seen["errors"] == []


def test_without_scripts_a_truck_is_received(house, phones):
    phone = phones(java_script_enabled=False).sign_in()
    phone.page.goto(phone.receive())
    phone.count()
    phone.sign()
    phone.submit("Only work out what is missing")
    phone.reads("Missing: 2 pcs")
    phone.submit()
    phone.reads("Recorded: acceptance act 1/")
    assert house.ask("told")["held"][house.people["blankets"]]["store"] == 117_000
