"""A profile as it is written down, and what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.errors import Invalid
from mistok.matching.declared import SETS, Profile, Wishes
from mistok.partnering.profiles.texts import text_problem
from mistok.partnering.profiles.vocabulary import words_of
from mistok.registry.gazetteer import the_world
from mistok.registry.sweep import AGGRESSOR_STATES

MOST_CODES = 12
"""Codes of one set: who wants everything has said nothing."""
MOST_PEOPLE = 50_000_000
MOST_KM = 20_100
MOST_PARTNERS = 50

FIELD_LABELS = {
    "wanted": gettext_lazy("Fields of cooperation that you look for"),
    "offered": gettext_lazy("Fields in which you have something to give"),
    "needs": gettext_lazy("What you need"),
    "offers": gettext_lazy("What you offer"),
    "economy": gettext_lazy("Economy"),
    "institutions": gettext_lazy("Institutions"),
    "languages": gettext_lazy("Languages of your office"),
    "about_en": gettext_lazy("About the municipality, in English"),
    "about_uk": gettext_lazy("About the municipality, in Ukrainian"),
    "countries": gettext_lazy("Countries that you wish for"),
    "not_countries": gettext_lazy("Countries that you do not wish for"),
    "population_from": gettext_lazy("Inhabitants, from"),
    "population_to": gettext_lazy("Inhabitants, to"),
    "max_km": gettext_lazy("Kilometres at most"),
    "capacity": gettext_lazy("How many new partners you can look after"),
    "public": gettext_lazy("Show the profile to everybody"),
}
"""Everything that a profile has room for, in the order in which it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileEntry:
    """A profile with what only people read: texts by language, and whether all may see it."""

    profile: Profile = field(default_factory=Profile)
    about_en: str = ""
    about_uk: str = ""
    public: bool = False


def problems(entry: ProfileEntry) -> dict[str, str]:
    """What is wrong with an entry: a full sentence for each field that cannot be kept."""
    found = dict(_all_problems(entry))
    return {name: found[name] for name in FIELD_LABELS if name in found}


def check(entry: ProfileEntry) -> None:
    """Raise Invalid (code `profile_invalid`, details: sentence by field) for a faulty entry."""
    found = problems(entry)
    if found:
        told = (f"{FIELD_LABELS[name]}: {sentence}" for name, sentence in found.items())
        raise Invalid(" ".join(told), code="profile_invalid", details={"fields": found})


def _all_problems(entry: ProfileEntry) -> Iterator[tuple[str, str]]:
    for name in SETS:
        yield from _set_problems(name, getattr(entry.profile, name))
    wishes = entry.profile.wishes
    yield from _country_problems("countries", wishes.countries)
    yield from _country_problems("not_countries", wishes.not_countries)
    yield from _contradictions(wishes)
    for name, number, least, most in (
        ("population_from", wishes.population_from, 0, MOST_PEOPLE),
        ("population_to", wishes.population_to, 1, MOST_PEOPLE),
        ("max_km", wishes.max_km, 1, MOST_KM),
        ("capacity", entry.profile.capacity, 0, MOST_PARTNERS),
    ):
        if number is not None and not least <= number <= most:
            yield (
                name,
                _("%(number)s is out of range. Write a number from %(least)s to %(most)s.")
                % {"number": number, "least": least, "most": most},
            )
    for name in ("about_en", "about_uk"):
        if sentence := text_problem(getattr(entry, name)):
            yield name, sentence


def _set_problems(name: str, codes: frozenset[str]) -> Iterator[tuple[str, str]]:
    if len(codes) > MOST_CODES:
        yield (
            name,
            _("%(count)s are chosen here. Choose the %(most)s that matter most.")
            % {"count": len(codes), "most": MOST_CODES},
        )
    strange = sorted(codes - set(words_of(name)))
    if strange:
        yield (
            name,
            _("“%(code)s” is not a word of the list. The words are in the reference.")
            % {"code": strange[0][:40]},
        )


def _country_problems(name: str, codes: frozenset[str]) -> Iterator[tuple[str, str]]:
    strange = sorted(codes - set(the_world().columns.country_codes))
    if strange:
        yield (
            name,
            _("“%(code)s” is not a country's code. Write two letters, for example DE.")
            % {"code": strange[0][:20]},
        )
    closed = codes & {state.country for state in AGGRESSOR_STATES}
    if name == "countries" and closed:
        yield name, _("Partners are not sought in aggressor states. Leave this country out.")


def _contradictions(wishes: Wishes) -> Iterator[tuple[str, str]]:
    if wishes.countries & wishes.not_countries:
        yield (
            "not_countries",
            _("One country is both wished for and not wished for. Take it out of one of the two."),
        )
    least, most = wishes.population_from, wishes.population_to
    if least is not None and most is not None and least > most:
        yield (
            "population_to",
            _("Nobody has at least %(least)s and at most %(most)s inhabitants. Swap the two.")
            % {"least": least, "most": most},
        )
