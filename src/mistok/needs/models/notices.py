"""What people are told: a row a person and matter, shown on the page and sent by mail."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeChoice(models.Model):
    """How a person wants to be told: by mail at once, once a day, once a week, or on the page."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("by mail, at once")
        DAILY = "daily", _("by mail, once a day")
        WEEKLY = "weekly", _("by mail, once a week")
        PAGE = "page", _("on the page only")

    PERSONAL: ClassVar = ("person", "pace")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choice"
    )
    pace = models.CharField(_("pace"), max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")

    def __str__(self) -> str:
        return self.pace


class Notice(models.Model):
    """One thing that one person should know. `params` hold what its sentence needs; `kind` is a
    word of `needs.notices.KINDS`; `subject` the public id that it is about. `next_try_at`: not
    mailed before, after a failure.
    """

    PERSONAL: ClassVar = ("person", "params")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="need_notices"
    )
    kind = models.CharField(_("kind"), max_length=40)
    subject = models.CharField(_("about"), max_length=40)
    params: "models.JSONField[Any, Any]" = models.JSONField(_("details"), default=dict)
    at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    failure = models.CharField(_("last failure"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-at", "-pk")
        indexes: ClassVar = [
            models.Index(fields=("person", "read_at"), name="notice_unread_of_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
