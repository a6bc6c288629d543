"""The person who signs in. Our own model from the first migration: it cannot be swapped later."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person, known by one e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def save(self, **kwargs: object) -> None:
        """Keep addresses in lower case, so that one person cannot exist twice."""
        self.email = self.email.lower()
        super().save(**kwargs)  # type: ignore[arg-type]

    def __str__(self) -> str:
        return self.email
