"""Declared profiles beside a search: whose there is, and what would raise a fit."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from mistok.matching.declared import Profile, hints
from mistok.partnering.models import DeclaredProfile
from mistok.partnering.profiles.policies import Editor
from mistok.partnering.profiles.selectors import profile_for_search
from mistok.partnering.profiles.sentences import hint_sentence

SHOWN = 3
"""Hints beside a candidate: more would be a form, and there is one."""


def own_profile(request: HttpRequest, key: str) -> Profile | None:
    """The seeker's profile as this reader's search may use it."""
    return profile_for_search(key, Editor(user=request.user))


def public_profiles_of(keys: Iterable[str]) -> dict[str, Profile]:
    """The public profiles among these municipalities, by key."""
    rows = DeclaredProfile.objects.public().filter(key__in=list(keys))
    return {row.key: row.declared for row in rows}


def hint_sentences(own: Profile | None, key: str, profiles: Mapping[str, Profile]) -> list[str]:
    """What the seeker could add to its profile, if it is so; nothing for who has no profile."""
    theirs = profiles.get(key)
    if theirs is None:
        return []
    return [hint_sentence(hint) for hint in hints(own or Profile(), theirs)[:SHOWN]]
