"""What people write around a name: "the city of Bucha", "м. Буча", "Chortkiv town"."""

_BEFORE = (
    "the",
    "city of",
    "town of",
    "village of",
    "municipality of",
    "community of",
    "м",
    "місто",
    "міста",
    "смт",
    "селище",
    "село",
    "с",
    "г",
    "город",
    "stadt",
    "gemeinde",
    "miasto",
    "gmina",
    "ville de",
    "commune de",
)
_AFTER = ("city", "town", "municipality", "місто")


def bare_name(folded: str) -> str | None:
    """Take the words for "city of" and the like off a folded name; None when there are none."""
    name = folded
    for phrase in _BEFORE * 2:
        name = name.removeprefix(f"{phrase} ")
    for phrase in _AFTER:
        name = name.removesuffix(f" {phrase}")
    return name if name and name != folded else None
