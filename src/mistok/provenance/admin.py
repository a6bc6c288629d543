"""Stewards read the evidence; they never edit it. The trust in a source may be changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from mistok.provenance.models import AuditEvent, Judgement, Retrieval, Source, Statement


class ReadOnlyAdmin(admin.ModelAdmin):
    """Nothing can be added, changed or deleted here, whatever rights a person has."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Sources; what identifies one is fixed."""

    list_display = ("slug", "publisher", "title", "kind", "trust", "published")
    list_filter = ("kind", "trust", "language")
    search_fields = ("slug", "title", "publisher", "url")
    readonly_fields = ("public_id", "slug", "title", "publisher", "url", "language", "published")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sources come with what they say, through an import."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted."""
        return False


@admin.register(Retrieval)
class RetrievalAdmin(ReadOnlyAdmin):
    """When a source was read."""

    list_display = ("source", "at", "sha256")


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    """Who says what about what."""

    list_display = ("subject", "prop", "value", "source", "visibility", "withdrawn_at")
    list_filter = ("prop", "visibility", "source__kind")
    search_fields = ("id", "subject", "value", "source__slug")
    list_select_related = ("source",)


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin):
    """What was judged to be one."""

    list_display = ("left", "right", "verdict", "actor", "at", "withdrawn_at")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Who did what."""

    list_display = ("at", "actor", "verb", "subject")
    list_filter = ("verb",)
    search_fields = ("subject", "actor")
