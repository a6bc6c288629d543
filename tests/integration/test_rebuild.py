"""The registry is a projection: thrown away and made again, what people read is the same."""

import json

import pytest
from django.apps import apps

from factories import DORTMUND, ZHYTOMYR
from mistok.registry.models import Municipality, Support, Tie, TieFact, TieParty
from mistok.registry.services import merge_municipalities, rebuild, tie_subject

pytestmark = pytest.mark.django_db
NAMED = {"municipality": "key", "tie": "public_id", "act": "slug"}
"""What stands for a row that another row points at; an instrument is named by its own content."""


def content(row):
    """The fields of a row without database numbers, those it points at by their names."""
    fields = {}
    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        value = getattr(row, field.name)
        if field.is_relation and value is not None:
            name = NAMED.get(value._meta.model_name)
            value = getattr(value, name) if name else content(value)
        fields[field.name] = value
    return fields


def snapshot():
    """Everything that the registry holds, by content."""
    found = {}
    for model in apps.get_app_config("registry").get_models():
        related = [f.name for f in model._meta.concrete_fields if f.is_relation]
        rows = model.objects.select_related(*related) if related else model.objects.all()
        texts = (json.dumps(content(row), sort_keys=True, default=str) for row in rows)
        found[model._meta.model_name] = sorted(texts)
    return found


def test_rebuild_changes_nothing(starter):
    before = snapshot()
    assert all(before.values()), "an empty table proves nothing"
    rebuild()
    assert snapshot() == before


def test_rebuild_mends_corrupt_rows(starter):
    before = snapshot()
    tie = Tie.objects.get(public_id=tie_subject([ZHYTOMYR, DORTMUND]))
    Tie.objects.filter(pk=tie.pk).update(state="idea", since="1900", kind="network")
    TieFact.objects.filter(tie=tie, event="signed").delete()
    TieParty.objects.filter(tie=tie, municipality__key=DORTMUND).delete()
    Municipality.objects.filter(key=ZHYTOMYR).update(name="Elsewhere", population=1)
    Support.objects.update(value="{}", restricted=False)
    assert snapshot() != before
    rebuild()
    assert snapshot() == before


def test_rebuild_after_a_merge_changes_nothing(starter):
    one, two = Municipality.objects.living().filter(country="US").order_by("key")[:2]
    merge_municipalities(actor="a", keep=one.key, drop=two.key, reason="a test")
    before = snapshot()
    rebuild()
    assert snapshot() == before
