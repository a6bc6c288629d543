"""The `mistok` command: one verb, handed over to the management command of that name.

Exit status: 0 done, 1 refused (one sentence on stderr), 2 wrong usage.
"""

import os
import sys

from django.core.management import CommandError, ManagementUtility

from mistok.kernel.errors import Refusal


def main(argv: list[str] | None = None) -> int:
    """Run one command line; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mistok.config.settings")
    arguments = ["mistok", *(sys.argv[1:] if argv is None else argv)]
    try:
        ManagementUtility(arguments).execute()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: not an error of ours.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
