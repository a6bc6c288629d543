"""How rows with stored dates are put in order."""

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Replace


def bare_date(field: str) -> Func:
    """The stored date without its bound, as `Tie.latest` holds it: sorts alike on any database.

    With the bound in front `<2014` and `>2022` would sort by a mark, which databases place
    differently.
    """
    before = Replace(F(field), Value("<"), output_field=CharField())
    after = Replace(before, Value(">"))
    return Replace(after, Value("~"))
