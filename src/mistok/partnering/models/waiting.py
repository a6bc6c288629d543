"""The waiting list: who seeks a partner or offers to be one, since when, and how far it got."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.partnering.models.rounds import SIDES
from mistok.partnering.rounds.lifecycle import Wait

WAITS = [
    (Wait.WAITING.value, _("waiting")),
    (Wait.CONTACTED.value, _("in contact")),
    (Wait.PARTNERED.value, _("has a partner")),
    (Wait.LEFT.value, _("left the list")),
]


class Seeking(models.Model):
    """A municipality's place on the waiting list. Not named in public unless it says so.

    `since` is the day it began to wait, `first_contact_on` the first day of any contact (kept
    when that contact leads nowhere), `ended_on` the day it found a partner or left.
    """

    public_id = models.CharField(max_length=40, unique=True)
    municipality = models.CharField(_("key"), max_length=40, db_index=True)
    side = models.CharField(_("side"), max_length=10, choices=SIDES)
    since = models.DateField(_("waiting since"))
    capacity = models.PositiveSmallIntegerField(_("new partners at once"), default=1)
    classes = models.JSONField(_("classes"), default=list)
    named = models.BooleanField(_("may be named"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=WAITS, default=Wait.WAITING.value)
    first_contact_on = models.DateField(_("first contact"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("place on the waiting list")
        verbose_name_plural = _("waiting list")
        ordering = ("since", "public_id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("municipality", "side"),
                condition=models.Q(state__in=["waiting", "contacted"]),
                name="seeking_once_in_line",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "contacted"], ended_on__isnull=True)
                | models.Q(state__in=["partnered", "left"], ended_on__isnull=False),
                name="seeking_ended_with_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(first_contact_on__isnull=True)
                | models.Q(first_contact_on__gte=models.F("since")),
                name="seeking_contact_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1), name="seeking_capacity_from_one"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
