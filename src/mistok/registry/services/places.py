"""Places on first need, and the ids of what lies between them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, NotFound
from mistok.kernel.ids import public_id
from mistok.provenance.models import Statement
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Municipality

CHUNK = 400


def tie_subject(keys: Iterable[str]) -> str:
    """The public id of the tie between these places: the same whatever the order."""
    return public_id("tie", *sorted(set(keys)))


def provisional_key(country: str, name: str) -> str:
    """The key of a place that no gazetteer has, such as a county: our own id, made of its name."""
    return public_id("place", country, name)


def municipalities(*, keys: Iterable[str]) -> dict[str, Municipality]:
    """The living rows for these keys, made from the world where the registry has none yet.

    Aliases and merged keys lead to the one that stands. Raises NotFound for a key that neither
    the world nor a statement knows.
    """
    wanted = set(keys)
    canonical = {key: _canonical(key) for key in wanted}
    known = _rows_by_key(canonical.values())
    missing = sorted(set(canonical.values()) - set(known))
    Municipality.objects.bulk_create([_new_municipality(key) for key in missing], CHUNK)
    known |= _rows_by_key(missing)
    return {
        key: known[standing].merged_into or known[standing] for key, standing in canonical.items()
    }


def _rows_by_key(keys: Iterable[str]) -> dict[str, Municipality]:
    rows = Municipality.objects.filter(key__in=set(keys)).select_related("merged_into")
    return {row.key: row for row in rows}


def _canonical(key: str) -> str:
    if key.startswith("place_"):
        return key
    return the_world().canonical(key) or key


def _new_municipality(key: str) -> Municipality:
    if key.startswith("place_"):
        return _provisional(key)
    place = the_world().get(key)
    return Municipality(
        key=place.key,
        name=place.name,
        local_name=place.local_name,
        labels=dict(place.labels),
        country=place.country,
        kind=place.kind,
        region=place.region or "",
        population=place.population,
        lat=place.lat,
        lon=place.lon,
    )


def retell_provisional(*, key: str) -> Municipality | None:
    """Bring the row of a place of our own up to what sources still say; gives it where it stays.

    A place that nobody names any more and nothing needs loses its row. Raises Conflict (code
    `place_in_use`) when a tie, a report of help or a merge needs it.
    """
    row = Municipality.objects.filter(key=key).first()
    if row is not None and row.merged_into_id is not None:
        return row
    try:
        told = _provisional(key)
    except NotFound:
        _leave(key)
        return None
    if row is not None:
        row.name, row.labels, row.country = told.name, told.labels, told.country
        row.save(update_fields=["name", "labels", "country"])
    return row


def _leave(key: str) -> None:
    """Let the row go, unless a rebuild would miss it."""
    said = Statement.objects.standing().exclude(subject=key).filter(value__contains=key)
    if said.exists() or Municipality.objects.filter(merged_into__key=key).exists():
        raise Conflict(
            _(
                "This is the last that is known of %(key)s, and the registry still needs the "
                "place. Withdraw first what names it, or merge it into another place."
            )
            % {"key": key},
            code="place_in_use",
            details={"key": key},
        )
    Municipality.objects.filter(key=key).delete()


def _provisional(key: str) -> Municipality:
    said = {(s.prop, s.lang): s.value for s in Statement.objects.standing().about(key)}
    country = said.get(("country", ""))
    labels = {lang: value for (prop, lang), value in said.items() if prop == "name"}
    if country is None or not labels:
        raise NotFound(
            _("There is no place with the key %(key)s. Search for it by name.") % {"key": key},
            code="place_unknown",
            details={"key": key},
        )
    name = labels.get("en") or next(iter(labels.values()))
    return Municipality(key=key, name=name, labels=labels, country=country, kind="district")
