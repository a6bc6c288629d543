"""What a person has been told."""

from django.db.models import QuerySet

from mistok.accounts.models import User
from mistok.needs.models import Notice


def notices_of(person: User) -> QuerySet[Notice]:
    """Everything that a person was told, newest first."""
    return Notice.objects.filter(person=person)


def unread(person: User) -> QuerySet[Notice]:
    """What a person has not read yet, newest first."""
    return notices_of(person).filter(read_at__isnull=True)


def count_unread(person: User) -> int:
    """How many notices a person has not read: one look into one index."""
    return unread(person).count()
