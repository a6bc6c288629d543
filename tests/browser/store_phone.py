"""A storekeeper before her phone, and a phone whose battery dies."""

import os
import shutil
import signal
import subprocess
import time

import test_sign_in_browser as signing_in
from watching import watch

PHONE = {"width": 390, "height": 844}
KEPT = "This store is kept on this phone"
SECONDS = 1000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Phone:
    """One browser of a storekeeper; a further window of it is another `Phone`."""

    def __init__(self, page, house, address=""):
        self.page, self.house, self.address = page, house, address
        self.main = page.locator("main")
        watch(page)
        page.set_default_timeout(20 * SECONDS)

    @property
    def store(self):
        return f"/en/store/{self.house.people['office']}/"

    def receive(self, truck=0):
        return f"{self.store}receive/{self.house.people['trucks'][truck]}/"

    def window(self):
        return Phone(self.page.context.new_page(), self.house)

    def sign_in(self, who="keeper"):
        self.page.goto(f"{self.address}/en/account/login/")
        signing_in.sign_in(self.page, self.house.people[who])
        self.page.get_by_role("link", name="Sign in").wait_for(state="detached")
        return self

    def open_store(self):
        """The store, when it is kept on the phone."""
        self.page.goto(f"{self.address}{self.store}")
        self.main.get_by_text(KEPT).wait_for()
        return self

    def go(self, path):
        self.page.goto(f"{self.address}{path}")
        self.ready()

    def reload(self):
        self.page.reload()
        self.ready()

    def ready(self):
        self.page.locator("html[data-store-ready]").wait_for(state="attached")

    def lose_power(self):
        """No server, and a phone that knows of no network."""
        self.house.cut()
        self.page.context.set_offline(True)

    def power_is_back(self):
        self.house.restore()
        self.page.context.set_offline(False)

    def box(self, name, of="blankets"):
        label = self.house.people[of]
        return self.page.locator(f'[name="{name}-{label}"]')

    def count(self, blankets="117", damaged="1", food="40", beds="23"):
        self.box("received").fill(blankets)
        self.box("damaged").fill(damaged)
        self.box("received", "food").fill(food)
        self.box("received", "beds").fill(beds)

    def sign(self):
        for label, name in (
            ("Head of the commission", "Iryna Head"),
            ("Accountant", "Oksana Books"),
            ("Third member", "Taras Third"),
            ("Signed by", "Iryna Head"),
        ):
            self.main.get_by_label(label).fill(name)

    def take_photo(self, content):
        photo = {"name": "IMG_2042 Vokzalna 3.jpg", "mimeType": "image/jpeg", "buffer": content}
        self.page.locator("#photo").set_input_files(photo)
        self.page.locator("[data-photos] li").first.wait_for()

    def submit(self, name="Record what was received"):
        self.main.get_by_role("button", name=name).click()

    def reads(self, text):
        self.main.get_by_text(text).first.wait_for()

    def says(self, text):
        """The panel of the phone tells it, to a screen reader too."""
        panel = self.page.locator("[data-panel-state][role=status]")
        panel.filter(has_text=text).wait_for()

    def is_kept(self):
        self.main.get_by_role("heading", name="Kept on this phone").wait_for()

    def entries(self):
        """What stands in the queue."""
        return self.page.evaluate("self.store.entries()")


class dying_phone:  # noqa: N801 - reads as what it is
    """A Chromium of one's own with a profile on the disk; at the end its battery is empty."""

    def __init__(self, chromium, folder, house):
        self.browser_type, self.house = chromium.browser_type, house
        self.folder = folder / "profile"

    def __enter__(self):
        name = os.environ.get("MISTOK_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)))
        (self.folder / "DevToolsActivePort").unlink(missing_ok=True)
        flags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run"
        told = [f"--user-data-dir={self.folder}", "--remote-debugging-port=0", "about:blank"]
        self.process = subprocess.Popen(
            [name, *flags.split(), *told], stderr=subprocess.DEVNULL, start_new_session=True
        )
        over = self.browser_type.connect_over_cdp(f"http://127.0.0.1:{self._port()}")
        page = over.contexts[0].new_page()
        page.set_viewport_size(PHONE)
        self.phone = Phone(page, self.house, self.house.address)
        return self.phone

    def _port(self):
        told = self.folder / "DevToolsActivePort"
        for _attempt in range(200):
            if told.is_file() and told.read_text().count("\n") >= 1:
                return int(told.read_text().splitlines()[0])
            time.sleep(0.1)
        raise AssertionError("the browser did not open its door")

    def die(self):
        """No process of it can write anything more."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __exit__(self, *_about):
        self.die()
