"""Tokens by which programs act for an office, and the answers that they were given."""

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.accounts.models.offices import Office
from mistok.accounts.permissions import ROLE_LABELS, Role

TOKEN_ROLES = [(role.value, ROLE_LABELS[role]) for role in (Role.OFFICER, Role.STOREKEEPER)]
"""What a program may be: never an approver, whose acts need a second factor."""


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens by time."""

    def living(self, at: dt.datetime) -> Self:
        """Those that can be used at this moment."""
        return self.filter(ended_at=None, expires_at__gt=at)


class AccessToken(models.Model):
    """A program may act for an office in a role, until a day.

    Only the hash of its secret is kept: who reads the database cannot use it. `prefix` is the
    beginning of the secret, by which its owner tells one token from another.
    """

    PERSONAL: ClassVar = ("made_by", "ended_by")

    public_id = models.CharField(max_length=40, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="tokens")
    role = models.CharField(_("role"), max_length=15, choices=TOKEN_ROLES)
    name = models.CharField(_("what it is for"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(_("begins with"), max_length=20, editable=False)
    made_by = models.CharField(_("who made it"), max_length=254)
    made_at = models.DateTimeField(_("made"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    expires_at = models.DateTimeField(_("good until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("who ended it"), max_length=254, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role for role, _label in TOKEN_ROLES]),
                name="token_role_without_factor",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")),
                name="token_expires_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
                name="token_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def is_living(self, at: dt.datetime) -> bool:
        """Whether it can be used at this moment."""
        return self.ended_at is None and at < self.expires_at


class KeptAnswer(models.Model):
    """What a request with an idempotency key was answered: sent again, it is answered the same.

    `request`: method and path. `body_hash`: SHA-256 of the body. `status` is 0 inside of the
    transaction that does the work, and seen by nobody else.
    """

    PERSONAL: ClassVar = ("answer",)

    token = models.ForeignKey(AccessToken, models.PROTECT, related_name="kept_answers")
    key = models.CharField(_("idempotency key"), max_length=80)
    request = models.CharField(_("request"), max_length=300)
    body_hash = models.CharField(max_length=64, editable=False)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    at = models.DateTimeField(_("answered"), db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        ordering = ("token", "at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("token", "key"), name="answer_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.request} {self.status}"
