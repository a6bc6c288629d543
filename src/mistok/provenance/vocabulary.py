"""The one declared vocabulary: what may be stated about what, in which shape, for whom to read.

A property that is not declared here cannot be written; a typing error fails at import.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mistok.kernel.errors import Invalid
from mistok.provenance.values import SupportReport, TieEvent


@dataclass(frozen=True, slots=True)
class Prop:
    """A property: its subject's prefix, the check of its value, one or many, public or not."""

    name: str
    about: str
    check: Callable[[str], object]
    many: bool = True
    public: bool = True


def _text(value: str) -> str:
    if not value.strip() or len(value) > LONGEST:
        raise Invalid(
            f"The value has {len(value.strip())} letters; it needs one, and {LONGEST} at most.",
            code="value_length",
        )
    return value


LONGEST = 200
"""Letters in a name or a label: what the registry's columns hold."""


PARTY = Prop("party", "tie", _text)
LABEL = Prop("label", "tie", _text)
EVENT = Prop("event", "tie", TieEvent.from_text)
SUPPORT = Prop("support", "support", SupportReport.from_text, many=False)
NAME = Prop("name", "place", _text)
COUNTRY = Prop("country", "place", _text, many=False)

VOCABULARY = {
    (prop.about, prop.name): prop for prop in (PARTY, LABEL, EVENT, SUPPORT, NAME, COUNTRY)
}


def prop_for(subject: str, name: str) -> Prop:
    """The declared property; raises Invalid (code `prop_unknown`)."""
    try:
        return VOCABULARY[subject.partition("_")[0], name]
    except KeyError:
        raise Invalid(
            f"“{name}” cannot be stated about {subject}. See provenance/vocabulary.py.",
            code="prop_unknown",
            details={"subject": subject, "prop": name},
        ) from None
