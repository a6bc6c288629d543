"""The register of personal data (D7-07): why each field is kept, on which ground, how long.

Each room with personal fields keeps `data/personal_data.json`, in English and Ukrainian. The
grounds are from general knowledge and marked `unverified`: who runs Mistok has them confirmed by
their data protection officer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps

_FILE = Path("data", "personal_data.json")
Text = Mapping[str, str]
"""By language; English is always there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataPurpose:
    """One purpose, and the fields (`app.Model.field`) that serve it."""

    code: str
    fields: tuple[str, ...]
    purpose: Text
    legal_ground: Text
    retention: Text
    consent: Text
    transfers: Text
    standing: str


@cache
def purposes() -> tuple[PersonalDataPurpose, ...]:
    """The register, room by room."""
    rooms = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("mistok.")]
    files = [room / _FILE for room in sorted(rooms) if (room / _FILE).is_file()]
    rows = [row for file in files for row in json.loads(file.read_text(encoding="utf-8"))]
    return tuple(PersonalDataPurpose(**row | {"fields": tuple(row["fields"])}) for row in rows)


def personal_fields() -> set[str]:
    """What the models of this project mark as personal (`PERSONAL`), as `app.Model.field`."""
    return {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name in getattr(model, "PERSONAL", ())
    }
