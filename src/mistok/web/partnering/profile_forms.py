"""The form of a declared profile: plain fields, each mistake told in a sentence beside it."""

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.matching.declared import SETS, Profile, Wishes
from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.profiles.entry import ProfileEntry, problems
from mistok.partnering.profiles.files import WISHES
from mistok.partnering.profiles.vocabulary import words_of
from mistok.registry.gazetteer import the_world
from mistok.web.registry.present import country_name
from mistok.web.words import by_name, lang
from mistok.world import LANGUAGES, fold

SPACES = " \u00a0\u2009\u202f'’"
MOST_COUNTRIES = 60


def _choices(name: str) -> list[tuple[str, str]]:
    return [(code, str(word)) for code, word in words_of(name).items()]


class CodesField(forms.MultipleChoiceField):
    """Check boxes for the words of one set."""

    def __init__(self, name: str) -> None:
        super().__init__(choices=partial(_choices, name), required=False)

    def clean(self, value: Any) -> frozenset[str]:
        """A set of codes."""
        return frozenset(super().clean(value))


class WholeField(forms.IntegerField):
    """A whole number, with or without spaces between thousands; empty is not said."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: Any) -> int | None:
        """The number; a refusal says how to write one."""
        plain = "".join(sign for sign in str(value or "") if sign not in SPACES)
        if not plain:
            return None
        # Nine digits are more people than any municipality has, and fit into every database.
        if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
            raise forms.ValidationError(
                _("This is not a whole number. Write digits only, for example 20 000.")
            )
        return int(plain)


class CountriesField(forms.CharField):
    """Countries by name in any language, or by code, parted by commas."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> frozenset[str]:
        """Codes of ISO 3166-1; a refusal names what is no country."""
        named = _parted(super().clean(value))
        if len(named) > MOST_COUNTRIES:
            raise forms.ValidationError(
                _("%(count)s countries are too many to wish for. Name %(most)s at most.")
                % {"count": len(named), "most": MOST_COUNTRIES}
            )
        return frozenset(map(_country_code, named))

    def prepare_value(self, value: Any) -> Any:
        """Codes as names in the reader's language; what was typed stays as it was."""
        return country_names(value) if isinstance(value, frozenset | list) else value


def country_names(codes: Iterable[str]) -> str:
    """Names of countries in the reader's language, parted by semicolons, in order."""
    return "; ".join(name for name, _code in by_name((country_name(c, lang()), c) for c in codes))


def _parted(text: str) -> list[str]:
    """The names in a text; a name that has a comma itself stays whole between semicolons."""
    parts = text.replace("\n", ";").split(";")
    named = [part.split(",") if fold(part) not in _own_names() else [part] for part in parts]
    return [name.strip() for names in named for name in names if name.strip()]


@cache
def _own_names() -> dict[str, str]:
    """Codes of countries by the names that pages show, folded: these mean nothing else."""
    codes = the_world().columns.country_codes
    return {fold(country_name(code, language)): code for language in LANGUAGES for code in codes}


def _country_code(name: str) -> str:
    """The code of a country that is named so and no other."""
    if len(name) == 2 and name.upper() in the_world().columns.country_codes:
        return name.upper()
    if code := _own_names().get(fold(name)):
        return code
    try:
        found = the_world().resolve(name, kind="country")
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
    if not found.matches or found.verdict not in ("sure", "probably"):
        raise forms.ValidationError(
            _("“%(name)s” is not a country that we know. Write its name or its two letters.")
            % {"name": name[:40]}
        )
    return found.matches[0].place.country


class ProfileForm(forms.Form):
    """Everything that a profile has room for."""

    wanted = CodesField("wanted")
    offered = CodesField("offered")
    needs = CodesField("needs")
    offers = CodesField("offers")
    economy = CodesField("economy")
    institutions = CodesField("institutions")
    languages = CodesField("languages")
    countries = CountriesField()
    not_countries = CountriesField()
    population_from = WholeField()
    population_to = WholeField()
    max_km = WholeField()
    capacity = WholeField()
    about_en = forms.CharField(required=False)
    about_uk = forms.CharField(required=False)
    public = forms.BooleanField(required=False)
    version = WholeField()

    def clean(self) -> dict[str, Any]:
        """Add what the profile's own rules say, beside what the fields said."""
        for name in ("about_en", "about_uk"):
            text = self.cleaned_data.get(name, "")
            self.cleaned_data[name] = text.replace("\r\n", "\n")
        for name, sentence in problems(self.entry()).items():
            self.add_error(name, sentence)
        return self.cleaned_data

    def entry(self) -> ProfileEntry:
        """What was filled in; a field that could not be read counts as not said."""
        said = self.cleaned_data.get
        return ProfileEntry(
            profile=Profile(
                **{name: said(name, frozenset()) for name in SETS},
                wishes=Wishes(
                    countries=said("countries", frozenset()),
                    not_countries=said("not_countries", frozenset()),
                    population_from=said("population_from"),
                    population_to=said("population_to"),
                    max_km=said("max_km"),
                ),
                capacity=said("capacity"),
            ),
            about_en=said("about_en", ""),
            about_uk=said("about_uk", ""),
            public=bool(said("public")),
        )


def form_of(row: DeclaredProfile | None) -> ProfileForm:
    """The form as the profile stands, empty where there is none yet."""
    if row is None:
        return ProfileForm(initial={"version": 0})
    names = (*SETS, *WISHES, "capacity", "about_en", "about_uk", "public", "version")
    return ProfileForm(initial={name: getattr(row, name) for name in names})
