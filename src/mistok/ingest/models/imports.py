"""Imports of tables, lists and Wikidata: how far each came, and every row that was set aside."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One import of one file or answer, with its choices: it goes on where it stopped.

    `mark` is a hash of the bytes and the choices: the same import is the same run. `done` counts
    rows whose statements are written, in the same transaction as these.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    public_id = models.CharField(max_length=40, unique=True)
    mark = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    choices = models.JSONField(_("choices"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    taken = models.PositiveIntegerField(_("statements taken"), default=0)
    known = models.PositiveIntegerField(_("statements known"), default=0)
    refused = models.PositiveIntegerField(_("rows set aside"), default=0)
    cursor = models.CharField(_("where to go on"), max_length=400, blank=True)
    begun_by = models.CharField(_("begun by"), max_length=254)
    begun_at = models.DateTimeField(_("begun"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-begun_at", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class SetAsideRow(models.Model):
    """A row that was not taken: its line, one sentence why, and what it held."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="set_aside")
    line = models.PositiveIntegerField(_("line"))
    code = models.CharField(max_length=60)
    sentence = models.CharField(_("why"), max_length=600)
    cells = models.JSONField(_("the row"), default=dict)

    class Meta:
        verbose_name = _("row set aside")
        verbose_name_plural = _("rows set aside")
        ordering = ("run", "line", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("run", "line", "code"), name="set_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.code}"
