"""Rules that an administrator sets by choice: ties with Belarus, which consent comes first."""

import datetime as dt

import pytest

from factories import DORTMUND, ZHYTOMYR
from living import an_office, refuses
from mistok.accounts.models import User
from mistok.kernel.errors import Invalid, NotAllowed
from mistok.law.choices import chosen
from mistok.law.drafting import NewVersion
from mistok.law.models import Rule
from mistok.law.selectors import rule_on
from mistok.law.sentences import counted
from mistok.law.services import add_version
from mistok.partnering.procedure import services
from mistok.partnering.procedure.order import set_by_rule
from mistok.partnering.procedure.templates import country_template
from mistok.registry.guarding.known import Order
from mistok.registry.services.rules import aggressors_on, order_on

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
SINCE = dt.date(2026, 7, 1)
MINSK = "geonames:625144"


@pytest.fixture
def root():
    return User.objects.create_superuser("root@example.org", "a long and quiet bridge")


def choose(root, code, value, **fields):
    said = {"effective_from": SINCE, "unit": "none", "standing": "design"}
    new = NewVersion(code=code, value=value, source_title="A decision", **(said | fields))
    return add_version(root, new)


def belarus(day=TODAY):
    return next(state for state in aggressors_on(day) if state.country == "BY")


def test_shipped_choices_leave_both_open():
    assert not belarus().refused
    assert order_on(TODAY) is Order.ANY
    assert counted(rule_on("G01", TODAY)) == "they are warned of"
    assert chosen("R01", 30) == ""


@pytest.mark.parametrize(("code", "value"), [("G01", 2), ("G02", 3), ("G02", None)])
def test_choice_that_is_none_is_refused_with_those_that_are(root, code, value):
    told = refuses("rule_value_impossible", Invalid, lambda: choose(root, code, value))
    assert "0: " in str(told)


def test_administrator_has_new_ties_with_belarus_refused_from_a_day_on(root):
    choose(root, "G01", 1)
    assert (belarus().refused, belarus().since, belarus().rule) == (True, "2026-07-01", "G01")
    assert not belarus(SINCE - dt.timedelta(days=1)).refused
    home = an_office(ZHYTOMYR)
    contact = {"kind": "contact"}
    told = refuses(
        "partner_barred", NotAllowed, lambda: home.tell("contact", MINSK, date="2026-08", **contact)
    )
    assert "G01" in str(told)
    assert "Belarus" in str(told)
    assert "3668-IX does not name it" in str(told)
    assert home.tell("contact", MINSK, date="2026-06-30", **contact).passage.after == "contact"
    opening = {"actor": home.officer, "office": home.office, "kind": "solidarity"}
    refuses("partner_barred", NotAllowed, lambda: services.open_run(**opening, partners=[MINSK]))


def test_list_stays_as_it_is_where_the_rule_is_not_known_or_has_ended(root):
    choose(root, "G01", 1, effective_to=dt.date(2026, 8, 1))
    assert not belarus().refused
    choose(root, "G02", 2, effective_to=dt.date(2026, 8, 1))
    assert order_on(TODAY) is Order.ANY


def test_belarus_refused_without_a_first_day_is_so_since_the_dated_list():
    rule_on("G01", TODAY)
    row = Rule.objects.get(code="G01")
    fields = {f.name: getattr(row, f.name) for f in Rule._meta.concrete_fields}
    Rule(**fields | {"id": None, "public_id": "rule_aaaaaaaaaaaa", "value": 1}).save()
    assert (belarus().refused, belarus().since) == (True, "2022-02-24")


@pytest.mark.parametrize(("value", "order"), [(1, "ministry_first"), (2, "council_first")])
def test_administrator_sets_who_comes_first_for_every_ukrainian_side(root, value, order):
    choose(root, "G02", value)
    home = an_office(ZHYTOMYR)
    opening = {"actor": home.officer, "office": home.office, "kind": "solidarity"}
    opening["partners"] = [DORTMUND]
    assert set_by_rule(country_template("DE"), TODAY) == {}
    told = refuses(
        "order_set_by_rule",
        Invalid,
        lambda: services.open_run(**opening, side_options={"order": "side_by_side"}),
    )
    assert "G02" in str(told)
    ours, theirs = services.open_run(**opening).sides.all()
    assert (ours.options, theirs.options) == ({"order": order}, {})
