"""The `mistok` command: one verb, handed over to the management command of that name.

Exit status: 0 done, 1 refused (one sentence on stderr), 2 wrong usage.
"""

import gc
import os
import re
import sys

from django.core.management import BaseCommand, ManagementUtility
from django.db.utils import OperationalError, ProgrammingError

from mistok.config.data_folder import DISK_TROUBLE, refusal_for
from mistok.kernel.errors import Refusal, Unavailable

MISSING = frozenset({"42P01", "42703"})
"""PostgreSQL's codes for a table and for a column that is not there."""
_SQLITE_MISSING = re.compile(r"^no such (?:table|column)|has no column named")
FORBIDDEN = "42501"
"""PostgreSQL's code for a right that the database's user lacks."""


class Verbs(ManagementUtility):
    """Django's dispatcher, but a verb that does not exist is wrong usage."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """The command of that name; exits with 2 when there is none."""
        try:
            return super().fetch_command(subcommand)
        except SystemExit:
            sys.exit(2)


def main(argv: list[str] | None = None) -> int:
    """Run one command line; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mistok.config.settings")
    # A command lives for a second, most of which is starting: fewer looks for garbage while
    # modules load, and no pool of threads for linear algebra that nobody here does.
    gc.set_threshold(100_000, 50, 50)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = ["mistok", *(sys.argv[1:] if argv is None else argv)]
    try:
        Verbs(arguments).execute()
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: not an error of ours.
        sys.stderr.close()
        return 0
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except (OperationalError, ProgrammingError, OSError) as error:
        if not _is_of_the_machine(error):
            raise
        sys.stderr.write(f"{machine_refusal(error)}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _is_of_the_machine(error: OperationalError | ProgrammingError | OSError) -> bool:
    """Whether the operator can mend it; anything else is our mistake and is not hidden."""
    if isinstance(error, OSError):
        return error.errno in DISK_TROUBLE
    return isinstance(error, OperationalError) or _sqlstate(error) in MISSING | {FORBIDDEN}


def _sqlstate(error: Exception) -> str:
    """What PostgreSQL's driver said by number; empty on SQLite, which has words only."""
    return str(getattr(error.__cause__, "sqlstate", None) or "")


def machine_refusal(error: OperationalError | ProgrammingError | OSError) -> Refusal:
    """One sentence for a disk or a database that does not do its part."""
    from django.conf import settings

    if isinstance(error, OSError):
        return refusal_for(settings.MISTOK_DATA, error)
    # PostgreSQL goes on with the line of the query.
    said = str(error).strip().partition("\n")[0]
    if _sqlstate(error) in MISSING or _SQLITE_MISSING.search(said):
        return Unavailable(
            f"The database lacks what this version of Mistok needs ({said}). Run `mistok migrate` "
            "and try again.",
            code="database_not_migrated",
        )
    return Unavailable(
        f"The database cannot be used ({said}). Check that the data folder "
        f"{settings.MISTOK_DATA} may be written and has space, or that DATABASE_URL is right, and "
        "start again: nothing was left half-done.",
        code="database_unusable",
    )


if __name__ == "__main__":
    sys.exit(main())
