"""What the pages of declared profiles show."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import NotAllowed
from mistok.matching.declared import SETS, Wishes
from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.profiles.entry import FIELD_LABELS, ProfileEntry
from mistok.partnering.profiles.missing import Gap
from mistok.partnering.profiles.policies import Editor, can_edit, key_of_token
from mistok.partnering.profiles.selectors import entry_of, freshness, profile_of, readable_profile
from mistok.partnering.profiles.told import gaps
from mistok.partnering.profiles.vocabulary import OFFERED_LANGUAGES, labels
from mistok.web.cards import Choice
from mistok.web.partnering.profile_forms import ProfileForm, country_names
from mistok.web.partnering.profile_words import HELP, PUBLIC_LABELS, SECTIONS
from mistok.web.registry.present import place_card
from mistok.web.words import date_words, grouped, lang
from mistok.world import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field of the form: as check boxes where it has choices, else as a box for text."""

    name: str
    label: str
    help: str
    error: str
    value: str = ""
    kind: str = "text"
    choices: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCard:
    """A profile as anybody reads it: headings with words, and the text in one language."""

    lines: list[tuple[str, str]]
    about: str
    about_lang: str


def editor_of(request: HttpRequest, *, strict: bool = True) -> Editor:
    """Who asks, by signing in or by a link; a spoilt link is refused, or passed over."""
    token, key = request.GET.get("link", ""), ""
    try:
        key = key_of_token(token) if token else ""
    except NotAllowed:
        if strict:
            raise
    return Editor(user=request.user, link_key=key)


def profile_url(request: HttpRequest, key: str, view: str = "profile") -> str:
    """A page of the profile; whoever came by a link keeps it."""
    token = request.GET.get("link", "")
    return reverse(f"profiles:{view}", args=[key]) + (
        f"?{urlencode({'link': token})}" * bool(token)
    )


def profile_context(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The profile for whoever may see it; nobody else learns that there is one."""
    editor = editor_of(request, strict=False)
    row = readable_profile(place.key, editor)
    may_edit = can_edit(editor, place.key)
    context: dict[str, Any] = {
        "place": place_card(place),
        "may_edit": may_edit,
        "edit_url": profile_url(request, place.key, "profile_edit") if may_edit else "",
    }
    if row is not None:
        context |= {
            "profile": card(entry_of(row)),
            "private": not row.public,
            "version": str(row.version),
            "fresh": _fresh(row),
            "gaps": _gaps(gaps(entry_of(row)), context["edit_url"]),
        }
    return context


def edit_context(
    request: HttpRequest, place: Place, form: ProfileForm, preview: ProfileEntry | None = None
) -> dict[str, Any]:
    """The form with what was typed, its mistakes, and what the profile lacks so far."""
    found = profile_of(place.key)
    row = found if found is not None and found.withdrawn_at is None else None
    questions = {name: _question(form, name) for name in FIELD_LABELS}
    lacking = preview or (entry_of(row) if row is not None else ProfileEntry())
    return {
        "place": place_card(place),
        "sections": [(title, [questions[name] for name in names]) for title, names in SECTIONS],
        "mistakes": [one for one in questions.values() if one.error],
        "preview": card(preview) if preview is not None else None,
        # As it was when the form was opened: mistakes must not hide what others saved since.
        "version": str(form["version"].value()),
        "standing": row is not None,
        "fresh": _fresh(row) if row is not None else None,
        "gaps": _gaps(gaps(lacking), ""),
        "edit_url": profile_url(request, place.key, "profile_edit"),
        "profile_url": profile_url(request, place.key),
    }


def card(entry: ProfileEntry) -> ProfileCard:
    """What everybody would read of this entry; what is not said is left out."""
    said = {name: ", ".join(labels(name, getattr(entry.profile, name))) for name in SETS}
    said["wishes"] = "; ".join(_wishes(entry.profile.wishes))
    capacity = entry.profile.capacity
    said["capacity"] = "" if capacity is None else str(capacity)
    texts = {"en": entry.about_en, "uk": entry.about_uk}
    language = lang() if texts.get(lang()) else next((code for code in texts if texts[code]), "")
    return ProfileCard(
        lines=[(str(PUBLIC_LABELS[name]), words) for name, words in said.items() if words],
        about=texts.get(language, ""),
        about_lang=language,
    )


def _wishes(wishes: Wishes) -> list[str]:
    told = []
    if wishes.countries:
        told.append(country_names(wishes.countries).replace(";", ","))
    if wishes.not_countries:
        names = country_names(wishes.not_countries).replace(";", ",")
        told.append(_("not in: %(names)s") % {"names": names})
    for frame, number in (
        (_("from %(count)s inhabitants"), wishes.population_from),
        (_("up to %(count)s inhabitants"), wishes.population_to),
        (_("up to %(count)s km away"), wishes.max_km),
    ):
        told += [] if number is None else [frame % {"count": grouped(str(number))}]
    return told


def _fresh(row: DeclaredProfile) -> dict[str, Any]:
    told = freshness(row.confirmed_on, timezone.now().date())
    day = told.confirmed_on
    words = date_words(PartialDate(day.year, day.month, day.day))
    return {"iso": day.isoformat(), "words": words, "stale": told.stale}


def _gaps(found: list[Gap], edit_url: str) -> list[dict[str, str]]:
    """Gaps with links to their fields: on the form itself, or on the form's page."""
    return [
        {
            "label": str(PUBLIC_LABELS[gap.field]),
            "why": gap.why,
            "share": f"{gap.share * 100:.0f}" if gap.share else "",
            "url": f"{edit_url}#field-{ANCHORS.get(gap.field, gap.field)}",
        }
        for gap in found
    ]


ANCHORS = {"wishes": "countries"}
"""Gaps that are no field of the form, with the first field that fills them."""


KINDS = {
    "countries": "text",
    "not_countries": "text",
    "about_en": "long",
    "about_uk": "long",
    "public": "check",
}
"""How a field is filled in that is neither check boxes nor a number."""


def _question(form: ProfileForm, name: str) -> Question:
    bound = form[name]
    value = bound.value()
    choices: list[Choice] = []
    if name in SETS:
        chosen = set(value or [])
        choices = [
            Choice(value=code, label=label, selected=code in chosen)
            for code, label in form.fields[name].choices  # type: ignore[attr-defined]
            if name != "languages" or code in chosen or code in OFFERED_LANGUAGES
        ]
    return Question(
        name=name,
        label=str(FIELD_LABELS[name]),
        help=str(HELP.get(name, "")),
        error=" ".join(map(str, bound.errors)),
        value="" if value is None or value is False or name in SETS else str(value),
        kind="checks" if name in SETS else KINDS.get(name, "number"),
        choices=choices,
    )
