"""The script that a browser keeps for the store: where things are, then the worker itself."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse

SCRIPTS = (
    "store-queue.js",
    "store-draft.js",
    "store-photos.js",
    "store-count.js",
    "store-panel.js",
    "store-scan.js",
    "store-page.js",
)
FILES = ("mistok.css", "store.css", "mark.svg", "vendor/htmx.min.js", "suggest.js", *SCRIPTS)
"""What every page of the store needs; all of it is kept when the worker is set up."""


def script_addresses() -> list[str]:
    """The scripts of a page, in the order in which they build on one another."""
    return [static(name) for name in SCRIPTS]


def worker_script() -> HttpResponse:
    """The worker of one language; it may also answer for addresses on boxes, which have none."""
    told = {
        "files": [static(name) for name in FILES],
        "assets": settings.STATIC_URL,
        "store": reverse("store:home"),
        "offline": reverse("store:offline"),
        "token": reverse("store:token"),
        "worker": reverse("store:worker"),
    }
    parts = [static("store-queue.js"), static("store-worker.js")]
    script = f"self.storeConfig = {json.dumps(told)};\nimportScripts(...{json.dumps(parts)});\n"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    return answer
