"""`mistok starter`: load the starter registry into the database."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from mistok.ingest.starter.run import load_starter


class Command(BaseCommand):
    """Load the project's own data files; a second time changes nothing."""

    help = "Load the starter registry (ties, reported help, sources). Idempotent."

    def add_arguments(self, parser: CommandParser) -> None:
        """--force reads the files even when they were loaded before."""
        parser.add_argument("--force", action="store_true", help="read the files again")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with a progress bar on stderr; the report goes to stdout."""
        with tqdm(desc="starter registry", unit="row", disable=None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            report = load_starter(force=options["force"], progress=progress)
        for row in report.refused:
            self.stderr.write(str(row))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        elif report.unchanged:
            self.stdout.write("The starter registry is loaded already; nothing has changed.")
        else:
            self.stdout.write(
                f"{report.rows} rows read: {report.taken} statements new, {report.known} known, "
                f"{len(report.refused)} rows set aside."
            )
