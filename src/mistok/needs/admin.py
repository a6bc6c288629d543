"""Stewards keep the list of zones and look at what is public; needs belong to the offices."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from mistok.accounts.actors import Actor
from mistok.kernel.errors import Refusal
from mistok.needs.lines.sentences import told
from mistok.needs.lines.zones import add_zone, check_days, checked_zone, end_zone
from mistok.needs.models import Publication, Zone
from mistok.provenance.admin import ReadOnlyAdmin


class ZoneForm(forms.ModelForm):
    """A territory of the list; `place` under any of its keys."""

    class Meta:
        model = Zone
        fields = ("place", "kind", "since", "until", "source")

    def clean(self) -> dict[str, Any]:
        """Say what the service would refuse, before anything is kept."""
        said = super().clean() or {}
        if not self.errors:
            try:
                if self.instance.pk is None:
                    said["place"] = checked_zone(**said)
                else:
                    check_days(self.instance.since, said["until"])
            except Refusal as refusal:
                raise ValidationError(told(refusal), code=refusal.code) from refusal
        return said


@admin.register(Zone)
class ZoneAdmin(admin.ModelAdmin):
    """Zones of hostilities; of one that is there only the end is told."""

    form = ZoneForm
    list_display = ("place", "kind", "since", "until", "source")
    list_filter = ("kind",)
    search_fields = ("place", "source")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What a zone is does not change; a new list is a new row."""
        return () if obj is None else ("place", "kind", "since", "source")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: until when it was a zone is told instead."""
        return False

    def save_model(self, request: Any, obj: Zone, form: Any, change: bool) -> None:
        """Through the service, which writes the audit event."""
        actor = Actor(user=request.user)
        if change:
            end_zone(actor=actor, zone=obj, until=form.cleaned_data["until"])
        else:
            obj.pk = add_zone(actor=actor, **form.cleaned_data).pk


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What the public reads of needs, and who approved it."""

    list_display = ("public_id", "need", "not_before", "approved_at", "withdrawn_at", "rules")
    list_filter = ("rules",)
    search_fields = ("public_id", "need__public_id")
    list_select_related = ("need",)
