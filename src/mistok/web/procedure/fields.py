"""Fields of forms as these pages ask for them: a line, a text, a day, a choice."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAY_FORMAT = "%Y-%m-%d"


def line(label: Any, help_text: Any = "", *, needed: bool = False, most: int = 200) -> Any:
    """One line of text."""
    return forms.CharField(label=label, help_text=help_text, required=needed, max_length=most)


def text(label: Any, help_text: Any = "", *, needed: bool = False, most: int = 2000) -> Any:
    """Several lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=needed,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def day(label: Any, help_text: Any = "", *, needed: bool = False, now: bool = False) -> Any:
    """A day; the browser's own calendar helps where it has one."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=needed,
        initial=timezone.localdate if now else None,
        widget=forms.DateInput(attrs={"type": "date"}, format=DAY_FORMAT),
        input_formats=[DAY_FORMAT],
        error_messages={"invalid": _("This is no day. Write it as 2027-06-30.")},
    )


def count(label: Any, *, most: int = 10_000) -> Any:
    """A whole number from nought on."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "5", "class": "short"}),
    )


def choice(label: Any, choices: Iterable[tuple[Any, Any]], help_text: Any = "") -> Any:
    """One of a few, all to be seen."""
    return forms.ChoiceField(
        label=label, choices=list(choices), help_text=help_text, widget=forms.RadioSelect
    )


def pick(label: Any, choices: Iterable[tuple[Any, Any]], help_text: Any = "") -> Any:
    """One of many, in a list that folds."""
    return forms.ChoiceField(label=label, choices=list(choices), help_text=help_text)


def several(label: Any, choices: Iterable[tuple[Any, Any]], *, needed: bool = False) -> Any:
    """Any number of a few."""
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        required=needed,
        widget=forms.CheckboxSelectMultiple,
    )
