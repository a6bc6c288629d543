"""What this room keeps about a person: read for her, and forgotten with her (D7-07).

Whoever sent, judged or imported something is kept as `person_…`, a reference that leads to nobody
once the person is erased. A text stays as it was published: facts rest on its words.
"""

import datetime as dt

from mistok.accounts.holders import Tables
from mistok.accounts.models import User
from mistok.ingest.models import ComparedPair, Comparison, Document, Feed, ImportRun, Proposal


def tables(person: User) -> Tables:
    """One list of rows for each table that tells of the person, by the columns named."""
    me = person.public_id
    return {
        "documents": (
            Document.objects.filter(added_by=me),
            "public_id title publisher url language published origin sha256 added_at text",
        ),
        "judged_proposals": (
            Proposal.objects.filter(decided_by=me),
            "public_id document__public_id what state reason corrected decided_at",
        ),
        "feeds": (Feed.objects.filter(added_by=me), "public_id url title added_at"),
        "imports": (
            ImportRun.objects.filter(begun_by=me),
            "public_id kind name state begun_at ended_at",
        ),
        "comparisons": (
            Comparison.objects.filter(made_by=me),
            "public_id left_name right_name made_at",
        ),
        "judged_pairs": (
            ComparedPair.objects.filter(judged_by=me),
            "comparison__public_id number verdict judged_at",
        ),
    }


def forget(_person: User, _at: dt.datetime) -> None:
    """Nothing names her but her reference, and that leads to nobody from now on."""
