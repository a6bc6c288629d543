"""`mistok reference`: write the generated pages of docs/reference, or check that they are true."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mistok.config.reference import pages
from mistok.kernel.errors import Conflict, Unavailable


class Command(BaseCommand):
    """Settings, commands, states, vocabulary and more, each told by the code itself."""

    help = "Write the generated pages of docs/reference."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """--check writes nothing."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; refuse when a page is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the name of each page that was written.

        Raises Unavailable where there is no checkout, Conflict (code `reference_stale`) when
        `--check` finds a page that differs from what the code says.
        """
        folder = settings.ROOT / "docs" / "reference"
        if not folder.is_dir():
            raise Unavailable(
                f"There is no folder {folder}. Run this in a checkout of the project.",
                code="docs_missing",
            )
        made = pages(settings.ROOT)
        stale = [
            name
            for name, text in made.items()
            if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
        ]
        if options["check"] and stale:
            raise Conflict(
                f"Out of date in docs/reference: {', '.join(stale)}. Run `mistok reference` and "
                "commit what it writes.",
                code="reference_stale",
                details={"pages": stale},
            )
        for name in stale:
            (folder / name).write_text(made[name], encoding="utf-8")
            self.stdout.write(f"docs/reference/{name}")
