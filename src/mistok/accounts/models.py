"""The person who signs in. Our own model from the first migration: it cannot be swapped later."""

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


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
    """A person, known by one e-mail address."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)

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
