"""`mistok ledger check`: everything in the goods ledger is computed again and compared."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from tqdm import tqdm

from mistok.accounts.models import Office
from mistok.aid.ledger import Checked, check
from mistok.kernel.errors import Conflict, NotFound


class Command(BaseCommand):
    """Read the chains, what entries name, the signed heads, and count every balance again."""

    help = "Check the goods ledger; status 1 and the first bad entry when it does not add up."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and where."""
        parser.add_argument("action", choices=["check"], help="what to do")
        parser.add_argument("--office", default="", metavar="KEY", help="only of this office")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """What was found on stdout; on stderr how far it is, and the first bad entry."""
        office = self._office(options["office"]) if options["office"] else None
        with tqdm(desc="ledger check", unit="row", unit_scale=True, disable=None) as bar:

            def told(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            found = check(told, office)
        self.stdout.write(json.dumps(asdict(found)) if options["json"] else self._line(found))
        if found.first_bad is not None:
            raise Conflict(found.first_bad["sentence"], code="ledger_broken")

    def _office(self, key: str) -> Office:
        office = Office.objects.filter(Q(public_id=key) | Q(place=key)).order_by("-pk").first()
        if office is None:
            raise NotFound(
                f"There is no office “{key[:60]}”. Give its id or the key of its municipality.",
                code="office_unknown",
            )
        return office

    def _line(self, found: Checked) -> str:
        chain = "the chain holds" if found.chain_ok else "the chain is broken"
        sums = "the balances add up" if found.balanced else "the balances do not add up"
        return f"{found.entries} entries of {found.lots} lots: {chain}, {sums}."
