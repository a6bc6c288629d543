import pytest
from factories import *
from mistok.registry.models import Tie, Support, Act
from mistok.registry.services import merge_municipalities
@pytest.mark.django_db
def test_x(starter, client):
    print("latest", [t for t in Tie.objects.values_list("latest", flat=True) if t[:1] in "<>~" and t][:5])
    print("support", [t for t in Support.objects.values_list("date", flat=True) if t[:1] in "<>~" and t][:5], [t for t in Act.objects.values_list("date", flat=True) if t[:1] in "<>~" and t][:5])
    a_tie(BUCHA, GDYNIA); a_tie(BUCHA, PLOCK, source=a_source("b"))
    merge_municipalities(actor="a", keep=PLOCK, drop=GDYNIA, reason="x")
    for t in Tie.objects.all():
        ks=[p.municipality.key for p in t.parties.all()]
        if set(ks)=={BUCHA,PLOCK}: print(t.public_id, ks)
