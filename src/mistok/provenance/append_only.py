"""Rows that are written once and stay: the base of every record of what was done."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.kernel.errors import Conflict

Row = TypeVar("Row", bound=models.Model)


def _kept() -> Conflict:
    return Conflict(
        _("What was recorded stays as it is. Take the step back and record it anew."),
        code="record_kept",
    )


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows that are written once: bulk changes are refused like single ones."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: add a record instead."""
        raise _kept()

    def delete(self) -> NoReturn:
        """Refuse: nothing that was done is forgotten."""
        raise _kept()


class AppendOnly(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to change an old one."""
        if self.pk is not None:
            raise _kept()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: nothing that was done is forgotten."""
        raise _kept()
