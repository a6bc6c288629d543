"""Quantities as stated: "more than five tonnes" stays an inequality, never becomes five."""

import re
from dataclasses import dataclass
from decimal import Decimal

from mistok.kernel.errors import Invalid

_PATTERN = re.compile(r"(?P<bound>[<>~]?)(?P<number>\d{1,15}(?:\.\d{1,6})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `bound` is "", "<" (less than), ">" (more than) or "~" (about)."""

    number: Decimal
    unit: str
    bound: str = ""

    @classmethod
    def parse(cls, text: str, unit: str) -> "Quantity":
        """Read "12", "2.5", ">5", "<100" or "~300".

        Raises Invalid (code `quantity_malformed`) for anything else, and (code
        `unit_missing`) where the unit is empty: a bare number says nothing.
        """
        found = _PATTERN.fullmatch(text.strip())
        if found is None:
            raise Invalid(
                f"“{text[:40]}” is not a quantity. Write a number, for example 12 or >5.",
                code="quantity_malformed",
                details={"value": text[:200]},
            )
        if not unit.strip():
            raise Invalid(
                f"The quantity {text.strip()} has no unit. Write one, for example pcs, t or EUR.",
                code="unit_missing",
                details={"value": text[:200]},
            )
        return cls(Decimal(found["number"]), unit.strip(), found["bound"])

    def __str__(self) -> str:
        return f"{self.bound}{self.number} {self.unit}"
