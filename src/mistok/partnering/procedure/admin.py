"""Procedures at /staff/: read by stewards; administrators keep the list of reasons of return."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mistok.accounts.actors import Actor
from mistok.partnering.models import ProcedureRun, ReturnReason, StepRecord
from mistok.partnering.procedure.services.reasons import CODE, keep_reason
from mistok.partnering.procedure.words import BODIES
from mistok.provenance.admin import ReadOnlyAdmin


@admin.register(ProcedureRun)
class ProcedureRunAdmin(ReadOnlyAdmin):
    """Runs of procedures."""

    list_display = ("public_id", "aim", "kind", "tie", "opened_at", "closed_at")
    list_filter = ("aim", "kind")
    search_fields = ("public_id", "tie", "sides__name", "sides__place")


@admin.register(StepRecord)
class StepRecordAdmin(ReadOnlyAdmin):
    """What was done in procedures; the notes of offices are not shown here."""

    list_display = ("run", "position", "step", "what", "on", "office", "told")
    list_filter = ("what", "told")
    search_fields = ("run__public_id", "step", "office")
    list_select_related = ("run",)
    exclude = ("note", "data", "actor")


class ReasonForm(forms.ModelForm):
    """A reason with its words in both languages."""

    code = forms.RegexField(CODE.pattern + r"\Z", label=_("code"), max_length=40)
    title_en = forms.CharField(label=_("reason (en)"), max_length=200)
    title_uk = forms.CharField(label=_("reason (uk)"), max_length=200)
    body = forms.ChoiceField(label=_("body"), choices=[("", "—"), *BODIES.items()], required=False)

    class Meta:
        model = ReturnReason
        fields = ("code", "body", "retired")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the words that are kept."""
        super().__init__(*args, **kwargs)
        for lang in ("en", "uk"):
            self.fields[f"title_{lang}"].initial = self.instance.titles.get(lang, "")


@admin.register(ReturnReason)
class ReturnReasonAdmin(admin.ModelAdmin):
    """Reasons of return. None is deleted: papers came back for it; it can be retired."""

    form = ReasonForm
    list_display = ("code", "body", "retired")
    list_filter = ("body", "retired")
    search_fields = ("code", "titles")

    def get_readonly_fields(self, request: Any, obj: ReturnReason | None = None) -> tuple[str, ...]:
        """The code of a reason that is there stands fixed."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Never."""
        return False

    def save_model(self, request: Any, obj: ReturnReason, form: Any, change: bool) -> None:
        """Through the service, which writes the audit event."""
        said = form.cleaned_data
        kept = keep_reason(
            actor=Actor(user=request.user),
            code=obj.code,
            title_en=said["title_en"],
            title_uk=said["title_uk"],
            body=said["body"],
            retired=said["retired"],
        )
        obj.pk = kept.pk
