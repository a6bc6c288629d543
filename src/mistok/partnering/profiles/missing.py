"""What a profile does not say yet, why it matters, and how much of the fit hangs on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from mistok.matching.declared import CRITERIA, PAIRS, SETS
from mistok.partnering.profiles.entry import ProfileEntry

WHY = {
    "wanted": gettext_lazy("Partners who offer just that cannot be found without it."),
    "offered": gettext_lazy("Whoever looks for what you know will not find you."),
    "needs": gettext_lazy("Partners who could help with it do not see it."),
    "offers": gettext_lazy("A partnership goes both ways: say what others get from you."),
    "economy": gettext_lazy("Cities choose partners with an economy like their own."),
    "institutions": gettext_lazy("A university looks for a university, a port for a port."),
    "languages": gettext_lazy("The first letter needs a language that both offices know."),
    "wishes": gettext_lazy("Country, size and distance that you wish for are not counted."),
    "capacity": gettext_lazy("Nobody knows whether you have time for a new partner."),
    "about_en": gettext_lazy("Partners abroad find hardly anything to read about you."),
    "about_uk": gettext_lazy("Readers in Ukraine find nothing to read about you."),
    "public": gettext_lazy("A private profile helps your own search, but nobody can find you."),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not said: its field, why it matters, the part of the fit (0 to 1) it touches."""

    field: str
    why: str
    share: float


def missing(entry: ProfileEntry, weights: Mapping[str, float]) -> list[Gap]:
    """The gaps of a profile, those that touch most of the fit first.

    `weights`: by criterion, of the method in use; a method without a criterion gives it no share.
    Where two sets make one criterion each has half of it.
    """
    shares = _shares(weights)
    silent = {name: not getattr(entry.profile, name) for name in SETS} | {
        "wishes": not entry.profile.wishes.said,
        "capacity": entry.profile.capacity is None,
        "about_en": not entry.about_en.strip(),
        "about_uk": not entry.about_uk.strip(),
        "public": not entry.public,
    }
    gaps = [Gap(name, str(why), shares.get(name, 0.0)) for name, why in WHY.items() if silent[name]]
    return sorted(gaps, key=lambda gap: -gap.share)


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    """What part of all weights each field touches."""
    total = sum(map(abs, weights.values())) or 1.0
    parts = {name: abs(weights.get(name, 0.0)) / total for name in CRITERIA}
    shares = {
        own: parts[criterion] / len(pairs)
        for criterion, pairs in PAIRS.items()
        for own, _other in pairs
    }
    return shares | {
        "wishes": parts["wishes"],
        "capacity": parts["capacity"],
        "public": sum(parts.values()),
    }
