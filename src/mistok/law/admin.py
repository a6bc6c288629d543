"""Rules are read by stewards; an administrator adds versions and days, and changes none."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mistok.kernel.errors import Refusal
from mistok.law.drafting import NewVersion, drafted, former_version
from mistok.law.models import DayOff, Rule
from mistok.law.services import add_day_off, add_version, check_day_off
from mistok.law.versions import RuleInForce
from mistok.provenance.admin import ReadOnlyAdmin

_LANGUAGES = ("en", "uk")
_DATES = ("effective_from", "effective_to")
_TEXTS = ("titles", "starts", "effects", "notes", "acts")
_SAID = (
    "code value unit standing rolls rolls_standing source_title source_date url jurisdiction "
    "tells bound measure number article act_date"
).split()


def _words(label: Any, lang: str) -> forms.CharField:
    return forms.CharField(
        label=format_lazy("{} ({})", label, lang),
        required=False,
        help_text=_("Leave empty what stays as it was."),
    )


class VersionForm(forms.ModelForm):
    """What an administrator says of a rule from a day on; what is left empty stays as it was."""

    effective_from = forms.DateField(label=_("in force from"))
    effective_to = forms.DateField(label=_("in force until"), required=False)
    source_title = forms.CharField(label=_("title of the source"), max_length=400)
    url = forms.URLField(label=_("address"), required=False, assume_scheme="https")
    jurisdiction = forms.CharField(label=_("jurisdiction"), max_length=20, required=False)
    tells = forms.ChoiceField(
        label=_("tells"), choices=[("", "—"), *Rule.Tells.choices], required=False
    )
    titles_en = _words(_("title"), "en")
    titles_uk = _words(_("title"), "uk")
    starts_en = _words(_("counted from"), "en")
    starts_uk = _words(_("counted from"), "uk")
    effects_en = _words(_("effect"), "en")
    effects_uk = _words(_("effect"), "uk")
    notes_en = _words(_("note"), "en")
    notes_uk = _words(_("note"), "uk")
    acts_en = _words(_("act"), "en")
    acts_uk = _words(_("act"), "uk")

    class Meta:
        model = Rule
        fields = _SAID

    def clean(self) -> dict[str, Any]:
        """Say what the service would refuse, before anything is kept."""
        super().clean()
        if not self.errors:
            try:
                drafted(self.version(), added_by="nobody yet")
            except Refusal as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
        return self.cleaned_data

    def version(self) -> NewVersion:
        """The version that the form tells of."""
        said = self.cleaned_data
        fields: dict[str, Any] = {name: said[name] for name in (*_SAID, *_DATES)}
        for name in _TEXTS:
            fields[name] = {lang: said[f"{name}_{lang}"] for lang in _LANGUAGES}
        return NewVersion(**fields)


class DayOffForm(forms.ModelForm):
    """One day in one country."""

    class Meta:
        model = DayOff
        fields = ("country", "date", "works", "name", "source")

    def clean(self) -> dict[str, Any]:
        """Say what the service would refuse, before anything is kept."""
        said = super().clean() or {}
        if not self.errors:
            try:
                check_day_off(country=said["country"], name=said["name"], source=said["source"])
            except Refusal as refusal:
                raise ValidationError(str(refusal), code=refusal.code) from refusal
        return said


class AddOnlyAdmin(ReadOnlyAdmin):
    """Whoever has the right may add; nobody changes or deletes."""

    add_form: type[forms.ModelForm]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As Django's permissions say."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A form for what is new; what is there is only shown."""
        if obj is None:
            kwargs["form"] = self.add_form
        return super().get_form(request, obj, change, **kwargs)


@admin.register(Rule)
class RuleAdmin(AddOnlyAdmin):
    """Versions of rules; a new one supersedes from its first day."""

    add_form = VersionForm
    list_display = (
        "code",
        "title",
        "value",
        "unit",
        "effective_from",
        "effective_to",
        "jurisdiction",
        "standing",
        "origin",
        "new_version",
    )
    list_filter = ("standing", "jurisdiction", "origin", "set_by")
    search_fields = ("code", "titles", "number", "source_title")

    @admin.display(description=_("title"))
    def title(self, row: Rule) -> str:
        """The title in the reader's language."""
        return RuleInForce.of(row).title((get_language() or "en").partition("-")[0])

    @admin.display(description=_("new version"))
    def new_version(self, row: Rule) -> SafeString:
        """Where a version that supersedes this one is added."""
        address = f"{reverse('admin:law_rule_add')}?code={row.code}"
        return format_html('<a href="{}">{}</a>', address, _("Add version"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """For a rule that is there: the unit and value of its present version."""
        initial: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        former = former_version(str(initial.get("code", ""))[:12])
        if former is not None:
            initial |= {"value": former.value, "unit": former.unit, "rolls": former.rolls}
            initial |= {"bound": former.bound, "rolls_standing": former.rolls_standing}
        return initial

    def save_model(self, request: Any, obj: Rule, form: Any, change: bool) -> None:
        """Through the service, which writes the audit event."""
        made = add_version(request.user, form.version())
        obj.pk = Rule.objects.get(public_id=made.version).pk


@admin.register(DayOff)
class DayOffAdmin(AddOnlyAdmin):
    """Days off and moved working days that override the published calendar."""

    add_form = DayOffForm
    list_display = ("country", "date", "works", "name", "source", "added_at")
    list_filter = ("country", "works")
    search_fields = ("name", "source")

    def save_model(self, request: Any, obj: DayOff, form: Any, change: bool) -> None:
        """Through the service, which writes the audit event."""
        obj.pk = add_day_off(request.user, **form.cleaned_data).pk
