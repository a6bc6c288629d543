"""Settlements to which goods went: those of the hromada to choose from, others by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.aid.acts.places import FINE_ENOUGH
from mistok.kernel.errors import Invalid, Refusal
from mistok.registry.gazetteer import the_world
from mistok.web.words import by_name, lang
from mistok.world import Place
from mistok.world.finding.answers import Resolution, Verdict

MOST_MEANT = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """Which places a typed name may mean; `sure` is the one that may be taken."""

    sure: str
    choices: tuple[tuple[str, str], ...] = ()


def settlements_of(office: Office) -> list[tuple[str, str]]:
    """The hromada's centre first, then its settlements by name, as (key, name)."""
    world = the_world()
    centre = world.get(office.place)
    others = (one for one in world.children(office.place) if one.kind == "settlement")
    named = by_name((one.name_in(lang()), one.key) for one in others)
    return [(centre.key, centre.name_in(lang())), *((key, name) for name, key in named)]


def is_place(key: str) -> bool:
    """Whether the gazetteer has this key."""
    try:
        the_world().get(key)
    except Refusal:
        return False
    return True


def named(text: str, office: Office) -> Meant:
    """The place of a typed name, near the office; only what is sure is taken without a choice."""
    near = [(key, name) for key, name in settlements_of(office) if _same(name, text)]
    if len(near) == 1:
        return Meant(near[0][0])
    try:
        found = the_world().find(text, country=office.country, near=office.place, limit=MOST_MEANT)
    except Invalid:
        return Meant("")
    found = [one for one in found if one.place.kind in FINE_ENOUGH]
    answer = Resolution(tuple(found))
    if answer.verdict is Verdict.SURE and answer.best is not None and not near:
        return Meant(answer.best.place.key)
    return Meant("", tuple((one.place.key, _lying(one.place)) for one in found))


def chosen_name(key: str) -> str:
    """A place in the reader's language."""
    return the_world().get(key).name_in(lang())


def _same(name: str, text: str) -> bool:
    return name.casefold() == text.strip().casefold()


def _lying(place: Place) -> str:
    """A place with what it lies in, so that namesakes can be told apart."""
    above: Sequence[Place] = the_world().parents(place.key)
    around = ", ".join(one.name_in(lang()) for one in above[:2])
    return _("%(place)s (%(around)s)") % {"place": place.name_in(lang()), "around": around}
