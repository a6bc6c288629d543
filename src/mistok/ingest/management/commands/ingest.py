"""`mistok ingest WHAT …`: tables, agreements, lists, documents, Wikidata into the registry.

Each subject is a module of `mistok.ingest` with `add_arguments(parser)` and
`run(options, stdout, stderr)`, and is loaded only when it is asked for.
"""

from importlib import import_module
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

SUBJECTS: Final = {
    "table": ("mistok.ingest.tables.command", "a table of ties: CSV, XLSX or ODS"),
    "agreements": (
        "mistok.ingest.agreements.command",
        "the Ukrainian list of registered agreements (12 columns)",
    ),
    "list": ("mistok.ingest.lists.command", "a council's list of its partners, as text"),
    "documents": (
        "mistok.ingest.documents.command",
        "articles and papers, whose proposals wait for review",
    ),
    "wikidata": ("mistok.ingest.wikidata.command", "an answer of Wikidata, or Wikidata itself"),
}


class Command(BaseCommand):
    """Bring sourced facts in; every import can be tried first and goes on where it stopped."""

    help = "Bring tables, lists, documents and Wikidata into the registry, each with its source."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand a subject."""
        subjects = parser.add_subparsers(dest="subject", required=True, metavar="WHAT")
        for name, (module, what) in SUBJECTS.items():
            one = subjects.add_parser(name, help=what, description=what)
            import_module(module).add_arguments(one)

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to the subject's module."""
        module, _what = SUBJECTS[options["subject"]]
        import_module(module).run(options, self.stdout, self.stderr)
