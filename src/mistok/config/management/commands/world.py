"""`mistok world build` and `mistok world info`."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from mistok.world import World, build


class Command(BaseCommand):
    """Compile the gazetteer from its packages, or tell what it holds."""

    help = "build: compile the gazetteer from its packages (idempotent). info: what it holds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One of two acts."""
        parser.add_argument("act", choices=("build", "info"))
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Progress goes to stderr, what the world holds to stdout."""
        if options["act"] == "build":
            world = build_with_progress()
        else:
            world = World.open(settings.MISTOK_WORLD)
        if options["json"]:
            self.stdout.write(json.dumps(world.info, ensure_ascii=False, indent=2))
            return
        for name, value in world.info.items():
            self.stdout.write(f"{name}: {_short(value)}")


def build_with_progress() -> World:
    """Build the world under the data folder, or open it when it is up to date."""
    with tqdm(desc="world", unit="step", disable=None) as bar:

        def progress(step: str, done: int, total: int) -> None:
            bar.total = total
            bar.set_postfix_str(step, refresh=False)
            bar.update(done - bar.n)

        return build(settings.MISTOK_WORLD, progress=progress)


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {version}" for name, version in value.items())
    if isinstance(value, list | tuple):
        return f"{len(value)}: " + ", ".join(map(str, value[:20])) if value else "none"
    return str(value)
