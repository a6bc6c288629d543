"""`mistok rebuild`: make every projected row anew from statements."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from mistok.registry.services import rebuild


class Command(BaseCommand):
    """Throw the projection away and make it again; what people read does not change."""

    help = "Recreate every projected row of the registry from statements."

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction: a failure leaves everything as it was."""
        with tqdm(desc="registry", unit="subject", disable=None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            counts = rebuild(progress=progress)
        self.stdout.write(f"{counts['ties']} ties and {counts['supports']} reports of help.")
