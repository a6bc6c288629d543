"""The register of letters of appeal: a number an office and year, none twice and none lost."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from mistok.accounts.models import Office
from mistok.needs.models import Appeal, RegisterCount


def next_number(office: Office, at: dt.datetime) -> tuple[int, int]:
    """The next number with its year; call inside the transaction that uses it.

    The row is held until that transaction ends, and a refusal gives the number back.
    """
    year = timezone.localdate(at).year
    row, _made = RegisterCount.objects.get_or_create(office=office, year=year)
    RegisterCount.objects.filter(pk=row.pk).update(last=F("last") + 1)
    row.refresh_from_db()
    return row.last, year


def register_number(appeal: Appeal) -> str:
    """The number as letters print it: "12/2026"; "" before the approval."""
    return f"{appeal.number}/{appeal.year}" if appeal.number is not None else ""
