"""`mistok profile show KEY`, `mistok profile set KEY FILE`, `mistok profile link KEY`."""

import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mistok.partnering.profiles.files import entry_of_file
from mistok.partnering.profiles.policies import Editor
from mistok.partnering.profiles.selectors import profile_of, profiled_place
from mistok.partnering.profiles.services import NEW, save_profile
from mistok.partnering.profiles.told import edit_address, profile_document, profile_lines

KEYLESS = (
    "The data folder has no key yet. Unless MISTOK_SECRET_KEY is set, run the server once and make "
    "the link again: this one will open nothing."
)


class Command(BaseCommand):
    """Read, write or hand out the declared profile of a municipality."""

    help = "What a municipality says of itself: show it, set it from a file, or make an edit link."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of three acts, on one municipality."""
        acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
        show = acts.add_parser("show", help="What the profile says, and what it does not.")
        put = acts.add_parser("set", help="Write the profile as a file has it, as a whole.")
        link = acts.add_parser("link", help="Make a link for its office, good for 30 days.")
        for act, run in ((show, self.show), (put, self.put), (link, self.link)):
            act.add_argument("key", help="the municipality's key, see `mistok find`")
            act.set_defaults(run=run)
        show.add_argument("--json", action="store_true", help="print one JSON document")
        put.add_argument("file", type=Path, help="JSON, see docs/reference/profile-file.md")
        link.add_argument(
            "--site", default="", help="put in front, for example https://example.org"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to the act."""
        options["run"](options)

    def show(self, options: dict[str, Any]) -> None:
        """The operator sees private profiles too."""
        told = profile_document if options["json"] else profile_lines
        self.stdout.write(told(profiled_place(options["key"]), timezone.now().date()))

    def put(self, options: dict[str, Any]) -> None:
        """Whatever the profile said before is replaced."""
        place = profiled_place(options["key"])
        row = profile_of(place.key)
        saved = save_profile(
            actor=Editor(shell=getpass.getuser()),
            key=place.key,
            data=entry_of_file(options["file"]),
            expected_version=row.version if row else NEW,
            at=timezone.now(),
        )
        self.stdout.write(f"{saved.key}\tversion {saved.version}")

    def link(self, options: dict[str, Any]) -> None:
        """The address goes to stdout, the warnings to stderr."""
        address = edit_address(options["key"])
        self.stderr.write("Good for 30 days. Whoever holds it can change the profile.")
        if not settings.MISTOK_SECRET_PATH.is_file():
            self.stderr.write(KEYLESS)
        self.stdout.write(options["site"].rstrip("/") + address)
