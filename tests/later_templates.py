"""A later version of the procedures' templates, beside the one that runs began under."""

import json
from contextlib import contextmanager

import pytest

from mistok.partnering.procedure import templates

CACHES = (
    templates.versions,
    templates.codes,
    templates.template,
    templates.track_of,
    templates._raw,
)


@contextmanager
def a_second_version(folder):
    """In it Poland goes the general way, and Ukraine must call the partner back."""
    for version in ("1", "2"):
        (folder / version).mkdir(parents=True)
        for one in (templates.DATA / "1").iterdir():
            (folder / version / one.name).write_text(one.read_text("utf-8"), "utf-8")
    (folder / "2" / "PL.json").unlink()
    path = folder / "2" / "UA.json"
    raw = json.loads(path.read_text("utf-8"))
    calling = next(row for row in raw["steps"]["tie"] if row["code"] == "call_back")
    calling["optional"] = False
    path.write_text(json.dumps(raw), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "DATA", folder)
        _forget()
        yield
    _forget()


def _forget():
    for one in CACHES:
        one.cache_clear()
