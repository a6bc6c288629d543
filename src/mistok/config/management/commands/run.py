"""`mistok run`: everything from an empty folder to a served page."""

import secrets
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from mistok.config.data_folder import prepare_data_folder
from mistok.config.environment import secret
from mistok.config.management.commands.serve import check_port
from mistok.config.management.commands.world import build_with_progress
from mistok.config.static_files import collect
from mistok.law.services import load_rules
from mistok.needs.lines import load_zones


class Command(BaseCommand):
    """Data folder, world, database, starter registry, static files, server."""

    help = "Set up everything and serve. Idempotent: what is there already is kept."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and whether to fill an empty registry."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at")
        parser.add_argument("--no-demo", action="store_true", help="leave the registry as it is")
        parser.add_argument("--prepare-only", action="store_true", help="set up, do not serve")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step says on stderr what it does when it takes long."""
        if not options["prepare_only"]:
            check_port(options["host"], options["port"])
        prepare_data_folder(settings.MISTOK_DATA)
        self._make_key()
        build_with_progress()
        call_command("migrate", verbosity=0, interactive=False)
        load_rules()
        load_zones()
        if not options["no_demo"]:
            call_command("starter", stdout=self.stderr)
        collect()
        if options["prepare_only"]:
            return
        self.stderr.write(f"Mistok is served at http://{options['host']}:{options['port']}/")
        call_command("serve", host=options["host"], port=options["port"])

    def _make_key(self) -> None:
        path = settings.MISTOK_SECRET_PATH
        if secret("MISTOK_SECRET_KEY", ""):
            return
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        settings.SECRET_KEY = path.read_text().strip()
