"""`mistok assets`: make the page assets from the packages that `npm ci` has installed."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from mistok.web.assets import make_assets


class Command(BaseCommand):
    help = "Copy the scripts and make the map outlines from node_modules. Safe to repeat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", help="where to put them (MISTOK_ASSETS)")
        parser.add_argument("--packages", default="node_modules", help="what `npm ci` has filled")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["folder"] or settings.MISTOK_ASSETS)
        report = make_assets(Path(options["packages"]), target)
        self.stderr.write("Assets made." if report.changed else "Assets are up to date.")
        if options["json"]:
            sizes = {made.name: made.size for made in report.files}
            document = {"folder": str(report.folder), "changed": report.changed, "files": sizes}
            self.stdout.write(json.dumps(document))
            return
        for made in report.files:
            self.stdout.write(f"{report.folder / made.name}\t{made.size}")
