"""People and offices for tests: what everybody is called, and how they came to be so."""

import datetime as dt
import secrets
from types import SimpleNamespace

from factories import BUCHA, DORTMUND, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import Membership, Office, User
from mistok.accounts.permissions import OFFICE_ROLES, Role
from mistok.accounts.scopes import PlaceScope
from mistok.accounts.services import Evidence

BEFORE = dt.datetime(2025, 1, 15, 12, tzinfo=dt.UTC)
ZHYTOMYR_OBLAST = "katottg:UA18000000000041385"
KYIV_OBLAST = "katottg:UA32000000000030281"
PLACES = {
    ZHYTOMYR: PlaceScope(ZHYTOMYR, "UA", ZHYTOMYR_OBLAST),
    BUCHA: PlaceScope(BUCHA, "UA", KYIV_OBLAST),
    DORTMUND: PlaceScope(DORTMUND, "DE", "iso:DE-NW"),
}
NUMBER = "+380412481212"
CALL = Evidence(
    kind="call_back",
    channel="+380 (412) 48-12-12",
    seen="The head of the department knows of it and asked for it.",
    found_at="https://decentralization.ua/newgromada/3940",
)
SHELL = Actor(shell="tests")


def person(name: str, **rights) -> User:
    """Somebody with an account and nothing else."""
    user = User(email=f"{name}@example.org", **rights)
    user.set_unusable_password()
    user.save()
    return user


def join(user: User, office: Office | None, role: str, scope: str = "", **times) -> Membership:
    """A membership as it stands in the database, also one that has ended or is to come."""
    return Membership.objects.create(
        public_id=f"membership_{secrets.token_hex(6)}",
        person=user,
        office=office,
        role=role,
        scope=scope,
        **{"since": BEFORE} | times,
    )


def an_office(key: str = ZHYTOMYR, state: str = OfficeState.VERIFIED, **fields) -> Office:
    """An office in a state, as its life has left it."""
    place = PLACES[key]
    claimant = fields.pop("claimed_by", None) or person(f"claimant-{secrets.token_hex(4)}")
    sound = {
        "public_id": f"office_{secrets.token_hex(6)}",
        "place": key,
        "country": place.country,
        "region": place.region,
        "name": "Zhytomyr" if key == ZHYTOMYR else "Bucha" if key == BUCHA else "Dortmund",
        "state": state,
        "callback_phone": NUMBER if state in ("verified", "suspended") else "",
        "claimed_by": claimant,
        "claimed_at": BEFORE,
    }
    return Office.objects.create(**sound | fields)


def the_cast() -> SimpleNamespace:
    """One of each role in the verified office of Zhytomyr; Dortmund's; coordinators; others."""
    home, partner = an_office(ZHYTOMYR), an_office(DORTMUND)
    people = {role.value: person(role.value) for role in OFFICE_ROLES}
    for role, user in people.items():
        join(user, home, role)
    partner_officer = person("partner-officer")
    join(partner_officer, partner, Role.OFFICER)
    coordinator, elsewhere, of_all = person("of-ukraine"), person("of-germany"), person("of-all")
    join(coordinator, None, Role.COORDINATOR, "UA")
    join(elsewhere, None, Role.COORDINATOR, "DE")
    join(of_all, None, Role.COORDINATOR, "world")
    return SimpleNamespace(
        home=home,
        partner=partner,
        partner_officer=partner_officer,
        coordinator=coordinator,
        elsewhere=elsewhere,
        of_all=of_all,
        stranger=person("nobody-special"),
        **people,
    )
