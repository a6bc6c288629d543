"""Everybody and everything that a stranger's finger may touch: rows for every kind of address."""

import time
from functools import partial
from types import SimpleNamespace

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.test import Client
from django.utils import timezone
from test_profiles import saved
from test_rounds import a_round

from factories import BUCHA, DORTMUND, GDYNIA, KHARKIV, PLOCK, SMOLENSK, ZHYTOMYR, a_source, a_tie
from fuzz_aid import aid_records
from fuzz_needs import needs_records
from fuzz_read import read_records
from living import a_member, an_office
from mistok.accounts.actors import Actor
from mistok.accounts.adapter import confirm_address
from mistok.accounts.models import HandOver
from mistok.accounts.services import invite, stewards
from mistok.kernel.ids import public_id
from mistok.papers import kinds
from mistok.partnering.models import PaperVersion, SignedScan
from mistok.partnering.procedure import services
from mistok.partnering.procedure.course import position_of
from mistok.partnering.procedure.services.planning import MeasureGiven
from mistok.partnering.rounds.lifecycle import Side
from mistok.partnering.rounds.links import answer_token
from mistok.provenance.models import Source
from office_cast import an_office as a_claim
from paper_forms import example
from procedure_cast import TODAY, Walk, a_walk, the_two
from signing import a_person, enters, sign_in, with_app

PASSKEY = {
    "id": "YSBrZXkgb2YgYSB0ZXN0IA",
    "rawId": "YSBrZXkgb2YgYSB0ZXN0IA",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiWXciLCJvcmlnaW4iOi"
        "JodHRwOi8vdGVzdHNlcnZlciIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViUAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        "AAAAAAAAAAAAAABFAAAAAAAAAAAAAAAAAAAAAAAAAAAAEGEga2V5IG9mIGEgdGVzdCClAQIDJiABIVggjlM7b6C_e0Y"
        "luzBmfAH7YH75-LioD-9bMAYocDGHsqMiWCBz6x294DMYNm0Gn4Om9ZAAU8c2M8sEGyHFXhqGwfQAtA",
    },
    "clientExtensionResults": {},
    "type": "public-key",
}
"""What a browser tells of a passkey when it is made (WebAuthn, RegistrationResponseJSON)."""


class Cast(SimpleNamespace):
    """Everybody by name; told in a word, for a failing test prints it."""

    def __repr__(self):
        return "<the cast>"


Records = dict[str, list[dict[str, list[str]]]]


def everybody():
    """The people, each with a client that has come in, and the records of every room."""
    cast = Cast(**vars(the_two()))
    for one in (cast.coordinator, cast.stranger):
        confirm_address(one.user)
    cast.named = an_office(PLOCK)
    cast.auditor = a_member(cast.home.office, "auditor")
    cast.home.storekeeper = a_member(cast.home.office, "storekeeper")
    with_app(cast.coordinator.user)
    steward = with_app(a_person("steward@example.org", is_staff=True))
    steward.groups.add(stewards())
    keyed = with_app(a_person("keyed@example.org"))
    RecoveryCodes.activate(keyed)
    plain = a_person("plain@example.org", password="")
    cast.steward, cast.keyed, cast.plain = (Actor(user=one) for one in (steward, keyed, plain))
    cast.claim = a_claim(BUCHA, state="claimed", public_id=public_id("office", BUCHA))
    cast.clients = {
        "officer": came_in(cast.home.officer),
        "approver": came_in(cast.home.approver),
        "partner": came_in(cast.partner.officer),
        "named": came_in(cast.named.officer),
        "coordinator": came_in(cast.coordinator),
        "auditor": came_in(cast.auditor),
        "storekeeper": came_in(cast.home.storekeeper),
        "stranger": came_in(cast.stranger),
        "keyed": came_again(cast.keyed),
        "steward": came_in(cast.steward),
        "plain": came_again(cast.plain, "code"),
        "half": came_half(cast.keyed),
        "coded": came_with_code(cast.plain),
        "anonymous": Client(),
    }
    cast.records = _public() | _offices(cast) | _procedures(cast) | _accounts(cast)
    cast.records |= needs_records(cast) | aid_records(cast) | read_records(cast)
    return cast


def came_in(actor):
    """A client with a session that has shown a second factor where the person has one."""
    client = Client()
    if actor.user.authenticator_set.exists():
        enters(client, actor.user)
    else:
        client.force_login(actor.user)
    client.get("/en/account/")
    return client


def came_again(actor, method="mfa"):
    """A client that has just shown once more who it is, and for the next hour."""
    client = came_in(actor)
    session, later = client.session, time.time() + 3600
    shown = {"method": method, "at": later, "reauthenticated": True}
    session["account_authentication_methods"] = [shown]
    session["account_authentication_methods_user"] = str(actor.user.pk)
    session.save()
    return client


def came_half(actor):
    """A client that has shown a password and has the second step before it."""
    client = Client()
    sign_in(client, actor.user.email)
    return client


def came_with_code(actor):
    """A client that waits for the code of a letter, and has opened a letter's link meanwhile."""
    client = Client()
    uid, token = _reset(actor.user)
    client.get(f"/en/account/password/reset/key/{uid}-{token}/")
    client.post("/en/account/login/code/", {"email": actor.user.email})
    return client


def _reset(person):
    return user_pk_to_url_str(person), default_token_generator.make_token(person)


def _public() -> Records:
    ties = [
        a_tie(event="signed", date="2014-05-09", instrument="agreement"),
        a_tie(ZHYTOMYR, SMOLENSK, source=a_source("sweep"), event="active", date="2001"),
        a_tie(ZHYTOMYR, GDYNIA, DORTMUND, source=a_source("three"), event="signed", date="1999"),
    ]
    saved(), saved(DORTMUND)
    found = a_round()
    proposal = found.proposals.get()
    tokens = [answer_token(proposal, side) for side in Side]
    places = {"key": [ZHYTOMYR, DORTMUND, KHARKIV, SMOLENSK]}
    sources = list(Source.objects.values_list("public_id", flat=True))
    return {
        "registry": [
            {"public_id": ties[1:], "kind": ["resolution", "notice"], "form": ["pdf", "docx"]}
            | places,
            {"public_id": ties} | places,
            {"public_id": sources},
        ],
        "living": [{"public_id": ties}],
        "reviving": [{"public_id": ties}],
        "profiles": [places],
        "partnering": [places],
        "rounds": [{"public_id": [found.public_id], "token": tokens}],
    }


def _offices(cast) -> Records:
    home, officer = cast.home.office, cast.home.officer
    card = HandOver.objects.create(
        public_id=public_id("handover", "one"),
        office=home,
        from_person=officer.user,
        items=[{"title": "Ask for the copy", "due": "2026-12-04"}],
        written_by=officer.user.public_id,
        at=timezone.now(),
    )
    invited = [
        invite(actor=cast.home.approver, office=home, email=mail, role="storekeeper").token
        for mail in (cast.stranger.user.email, "somebody@example.org")
    ]
    told = [home.public_id, cast.partner.office.public_id, cast.claim.public_id]
    feed = services.renew_feed(actor=officer, office=home)
    return {
        "offices": [
            {
                "public_id": [one],
                "card_id": [card.public_id],
                "token": tokens,
                "key": [KHARKIV, BUCHA, ZHYTOMYR],
            }
            for one, tokens in zip(told, (invited, [feed], invited), strict=True)
        ]
    }


def _procedures(cast) -> Records:
    begun = a_walk(cast)
    doing = {"actor": cast.home.officer, "office": cast.home.office, "run": begun.run}
    make = partial(services.make_paper, **doing, side=1, languages=("uk", "de"))
    make(kind="letter_of_introduction", slots=example("letter_of_introduction"))
    begun.paper("search", 1, "search_mandate")
    plan = services.keep_plan(**doing, year=TODAY.year, goal="Four visits")
    measured = MeasureGiven(title="A visit of the choir")
    services.plan_measure(actor=doing["actor"], office=doing["office"], plan=plan, given=measured)
    asking = {"actor": cast.home.officer, "office": cast.home.office}
    named = services.open_run(**asking, kind="twinning", partners=[PLOCK])
    alone = services.open_run(**asking, kind="twinning", partners=[GDYNIA])
    far = Walk(alone, cast.home).to("signing")
    walks = (begun, far, Walk(named, cast.home))
    return {"procedure": [_run(walk, side) for walk in walks for side in (1, 0, 2)]}


def _run(walk, side) -> dict[str, list[str]]:
    steps = [ref.code for ref in walk.course().states if position_of(ref) == side]
    papers = PaperVersion.objects.filter(run=walk.run).values_list("public_id", flat=True)
    scans = SignedScan.objects.filter(run=walk.run).values_list("public_id", flat=True)
    return {
        "public_id": [walk.run.public_id],
        "side": [str(side)],
        "code": steps or ["none"],
        "kind": sorted(kinds()),
        "paper_id": list(papers) or ["paper_none"],
        "scan_id": list(scans) or ["scan_none"],
        "year": [str(TODAY.year), str(TODAY.year + 1), "1991"],
    }


def _accounts(cast) -> Records:
    person = cast.keyed.user
    EmailAddress.objects.create(user=person, email="other@example.org")
    waiting = EmailAddress.objects.get(email="other@example.org")
    key = Authenticator.objects.create(
        user=person,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My key", "credential": PASSKEY},
    )
    uid, token = _reset(cast.plain.user)
    return {
        "account_confirm_email": [{"key": [EmailConfirmationHMAC(waiting).key]}],
        "account_reset_password_from_key": [{"uidb36": [uid], "key": ["set-password", token]}],
        "mfa_edit_webauthn": [{"pk": [str(key.pk)]}],
        "mfa_remove_webauthn": [{"pk": [str(key.pk)]}],
        "admin": [_kept()],
    }


def _kept() -> dict[str, list[str]]:
    """Numbers of rows as the stewards' door names them."""
    found = {str(one.pk) for model in apps.get_models() for one in model._default_manager.all()[:2]}
    rooms = ["provenance", "law", "registry", "partnering"]
    return {
        "object_id": sorted(found)[:20],
        "content_type_id": ["1", "9"],
        "app_label": rooms,
    }
