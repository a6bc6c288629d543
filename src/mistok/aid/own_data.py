"""What this room keeps about a person: read for her, and forgotten with her (D7-07).

Acts, papers and entries of the ledger are official: who is named in them, as a member of a
commission or as the one who signed, stays named, as in a letter of appeal. Who recorded something
is a reference, which leads to nobody once the person is erased.
"""

import datetime as dt
from typing import Any

from django.db.models import Model

from mistok.accounts.holders import Tables
from mistok.accounts.models import User
from mistok.accounts.services.texts import holds_address
from mistok.aid.models import (
    AidAct,
    AidDeadline,
    AidFile,
    AidPaper,
    AidPublication,
    AidReminder,
    AidReport,
    Consignment,
    Declaration,
    Entry,
    FileReview,
    Passage,
    Recipient,
    UniqueCode,
    Vehicle,
)


def tables(person: User) -> Tables:
    """One list of rows for each table that tells of the person, by the columns named."""
    me = person.public_id
    return {**_with_address(person), **_done(me), **_decided(me)}


def _with_address(person: User) -> Tables:
    """What bears her address, or waits to be sent to her."""
    mail, me = person.email, person.public_id
    return {
        "contact_of_consignments": (
            Consignment.objects.filter(pk__in=_named_in(Consignment, "donor_contact", mail)),
            "public_id office__name donor_contact written_at",
        ),
        "driver_of_vehicles": (
            Vehicle.objects.filter(pk__in=_named_in(Vehicle, "driver", mail)),
            "public_id consignment__public_id kind driver removed_at",
        ),
        "aid_reminders": (
            AidReminder.objects.filter(person=me),
            "deadline__rule days_before queued_at sent_at dropped_at failure",
        ),
    }


def _done(me: str) -> Tables:
    """What she recorded; without contacts and names of a commission, which are other people's."""
    return {
        "consignments": (
            Consignment.objects.filter(written_by=me),
            "public_id office__name title state written_at",
        ),
        "passages": (Passage.objects.filter(by=me), "consignment__public_id after day note at"),
        "recipients": (
            Recipient.objects.filter(told_by=me),
            "office__name number status told_on",
        ),
        "unique_codes": (
            UniqueCode.objects.filter(by=me),
            "public_id consignment__public_id value issued_on at",
        ),
        "declarations": (
            Declaration.objects.filter(by=me),
            "public_id consignment__public_id number created_on at",
        ),
        "aid_acts": (
            AidAct.objects.filter(by=me),
            "public_id kind number year day ground remarks at",
        ),
        "entries": (Entry.objects.filter(by=me), "public_id source target amount day at"),
        "aid_reports": (AidReport.objects.filter(by=me), "public_id number filed_on final at"),
        "aid_files": (AidFile.objects.filter(uploaded_by=me), "public_id kind name uploaded_at"),
        "aid_papers": (AidPaper.objects.filter(made_by=me), "public_id kind number made_at"),
    }


def _decided(me: str) -> Tables:
    """What she approved, showed and corrected."""
    return {
        "file_reviews": (FileReview.objects.filter(by=me), "file__public_id shown reason at"),
        "aid_publications": (
            AidPublication.objects.filter(approved_by=me),
            "public_id consignment__public_id not_before withdrawn reason approved_at",
        ),
        "corrected_deadlines": (
            AidDeadline.objects.filter(corrected_by=me),
            "public_id consignment__public_id rule due_on correction_reason computed_at",
        ),
    }


def forget(person: User, at: dt.datetime) -> None:
    """Empty what was told as a contact where her address stands in it; end her reminders.

    A name alone does not tell who it was. Rows of the ledger are never changed.
    """
    mail = person.email
    Consignment.objects.filter(pk__in=_named_in(Consignment, "donor_contact", mail)).update(
        donor_contact=""
    )
    Vehicle.objects.filter(pk__in=_named_in(Vehicle, "driver", mail)).update(driver="")
    waiting = AidReminder.objects.filter(person=person.public_id, sent_at=None, dropped_at=None)
    waiting.update(dropped_at=at)


def _named_in(model: type[Model], column: str, mail: str) -> list[Any]:
    """Rows in whose column this address stands, alone or among other words."""
    likely = model._default_manager.filter(**{f"{column}__icontains": mail})
    return [pk for pk, told in likely.values_list("pk", column) if holds_address(told, mail)]
