"""The person who signs in. Our own model from the first migration: it cannot be swapped later."""

import secrets
from collections.abc import Iterator
from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from mistok.kernel.ids import content_hash, public_id


def new_person_id() -> str:
    """A reference by chance: it must tell nothing about the person."""
    return public_id("person", secrets.token_hex(16))


class PersonManager(BaseUserManager["User"]):
    """People by their e-mail address; Django's own commands ask for these two functions."""

    def create_user(self, email: str, password: str | None = None) -> "User":
        """A person without any right."""
        person = self.model(email=email)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None) -> "User":
        """A person with every right: for setting up, not for daily work."""
        person = self.create_user(email, password)
        person.is_staff = person.is_superuser = True
        person.save(using=self._db)
        return person


class User(AbstractUser):
    """A person, known by one e-mail address; audit events name only `public_id`.

    `session_round` counts how often all sessions of the person were ended. An erased person
    keeps nothing but `public_id`, so that what she did still has one author.
    """

    PERSONAL: ClassVar = (
        "email",
        "first_name",
        "last_name",
        "language",
        "password",
        "last_login",
        "date_joined",
    )

    username = None  # type: ignore[assignment]
    public_id = models.CharField(max_length=40, unique=True, editable=False, default=new_person_id)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    session_round = models.PositiveIntegerField(editable=False, default=0)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def save(self, **kwargs: object) -> None:
        """Keep addresses in lower case, so that one person cannot exist twice."""
        self.email = self.email.lower()
        super().save(**kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.email

    @property
    def name(self) -> str:
        """The name to show to colleagues; an erased person is known by the reference alone."""
        if self.erased_at:
            return self.public_id
        return self.get_full_name() or self.email

    def get_session_auth_hash(self) -> str:
        """What every session must carry; another password or round ends all that are older."""
        return self._of_this_round(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the secrets that were valid before."""
        return map(self._of_this_round, super().get_session_auth_fallback_hash())

    def _of_this_round(self, plain: str) -> str:
        return content_hash(plain, str(self.session_round)) if self.session_round else plain
