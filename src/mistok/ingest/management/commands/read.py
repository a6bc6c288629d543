"""`mistok read FILE…`: propose facts from documents; nothing is written down."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from mistok.ingest.corpus.gathering import documents_in
from mistok.ingest.corpus.running import read_all
from mistok.ingest.corpus.telling import lines_of
from mistok.kernel.errors import Invalid


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:4]) < 1000):
        raise ArgumentTypeError("a whole number of processes, for example 2")
    return int(text)


class Command(BaseCommand):
    """Read texts, HTML, PDF, DOCX, folders of them, and .jsonl with one document a line."""

    help = "Propose ties, aid and projects from documents, each with the words it rests on."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What is read, and on what."""
        add = parser.add_argument
        add("file", nargs="+", type=Path, help="text, HTML, PDF, DOCX, .jsonl, or a folder")
        add("--workers", type=_workers, metavar="N", help="processes; default: one a core")
        add("--dask", default="", metavar="ADDRESS", help="read on this cluster (tcp://host:8786)")
        add("--json", action="store_true", help="print JSON lines (always so for .jsonl)")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line of JSON a document, or a few lines to read for each."""
        paths: list[Path] = options["file"]
        as_json = options["json"] or any(path.suffix.lower() == ".jsonl" for path in paths)
        lines = read_all(
            documents_in(paths),
            world=settings.MISTOK_WORLD,
            workers=options["workers"],
            address=options["dask"],
        )
        read = failed = 0
        for line in tqdm(lines, desc="read", unit="document", disable=None):
            read += 1
            failed += self._tell(line, as_json=as_json)
        if failed == read:
            raise Invalid(
                "Nothing could be read. See above why, document by document.",
                code="nothing_read",
            )

    def _tell(self, line: str, *, as_json: bool) -> bool:
        """Print one document; says whether it could not be read."""
        told = json.loads(line)
        error = told.get("error")
        if error:
            self.stderr.write(f"{told['id']}: {error['message']}")
        if as_json:
            self.stdout.write(line)
        elif not error:
            self._words(lines_of(told))
        return bool(error)

    def _words(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.stdout.write(line)
