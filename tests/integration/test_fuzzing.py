"""Whatever is sent to whichever page: no answer is an error of ours, no refusal is without a word.

Pages are found in Django's resolver, forms and queries in the pages themselves. In a usual run the
examples are few and always the same; MISTOK_FUZZ=200 sends 200 other ones to each page.
"""

import os
from contextlib import contextmanager
from http.cookies import SimpleCookie
from unittest.mock import patch
from urllib.parse import quote, urlencode, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import fuzz_cast
from fuzz_pages import Form, Page, Seen, name_of, pages, says_something, seen_in
from fuzz_values import CREDENTIALS, HOSTILE, MARK, RAW, fillings
from mistok.partnering import matchers
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
MANY = int(os.environ.get("MISTOK_FUZZ") or 0)
PAGES = pages()
OPEN = [page for page in PAGES if page.room not in ("admin", "mistok-api")]
STAFF = [page for page in PAGES if page.room == "admin"]
PEOPLE = (
    "officer",
    "approver",
    "coordinator",
    "anonymous",
    "keyed",
    "partner",
    "auditor",
    "storekeeper",
    "stranger",
    "named",
    "steward",
    "half",
    "plain",
    "coded",
)
FIRST = (
    "officer",
    "partner",
    "anonymous",
    "coordinator",
    "keyed",
    "half",
    "plain",
    "coded",
    "approver",
)
"""Who tries a page first, in this order: the next one where those before may not open it."""
NOTED = {"provenance_auditevent", "django_session", "usersessions_usersession"}
"""Tables that are written whatever comes of it."""
METHODS = ("head", "options", "post", "delete", "trace")


def few(examples: int):
    """As many examples as a usual run can afford, or as many as were asked for."""
    return settings(
        max_examples=MANY or examples,
        derandomize=not MANY,
        database=None,
        phases=[Phase.generate] if MANY else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker, tmp_path_factory):
    """The cast with all its rows, for this module; what each test does is undone after it."""
    folder = override_settings(MISTOK_DATA=tmp_path_factory.mktemp("fuzzed"))
    with django_db_blocker.unblock(), folder, transaction.atomic(), translation.override("en"):
        cast = fuzz_cast.everybody()
        cast.cookies = {name: SimpleCookie(one.cookies) for name, one in cast.clients.items()}
        cast.ids = tuple(
            value
            for records in cast.records.values()
            for record in records
            for values in record.values()
            for value in values
        )
        cast.opened, cast.queries, cast.led = surveyed(cast)
        cast.kept, cast.came_in = kept(), AuditEvent.objects.filter(verb="signed_in").count()
        yield cast
        transaction.set_rollback(True)


def kept():
    """Every row that a refused act must leave as it was, by table."""
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {
        name: sorted(map(str, model._base_manager.values_list()))
        for name, model in tables.items()
        if name not in NOTED
    }


def at_once(act, robust=False):
    """Nothing is ever committed here: what waits for it is done in the midst of the request."""
    act()


@contextmanager
def undone(people, who):
    """This person's client; nothing that it does outlasts the block, and no row points nowhere."""
    client = people.clients[who]
    client.cookies = SimpleCookie(people.cookies[who])
    with transaction.atomic():
        with patch.object(connections["default"], "on_commit", at_once):
            yield client
        connection.check_constraints()
        transaction.set_rollback(True)
    matchers._declaring.cache_clear()


def checked(answer):
    """The answer, when it is one that a page may give."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code < 500
    if "html" in answer.get("Content-Type", ""):
        assert MARK.encode() not in content
    if answer.status_code >= 400 and answer.request["REQUEST_METHOD"] != "HEAD":
        assert says_something(answer), f"{answer.status_code} without a word"
    return answer


def seen(answer) -> Seen:
    """What a page offers; nothing where it is no page."""
    if answer.streaming or not answer.content or "html" not in answer.get("Content-Type", ""):
        return Seen()
    return seen_in(answer.content.decode(), answer.request["PATH_INFO"])


def known_records(people, page: Page):
    """Where real values for all parameters of a page stand together; its own before its room's."""
    records = people.records.get(page.name) or people.records.get(page.room, [])
    return [one for one in records if set(page.parameters) <= set(one)]


def surveyed(people):
    """Who opens each page first and where, what queries its links and forms name, who is led there.

    Each is kept by the name of a page.
    """
    opened, queries, led = {}, {}, {}
    for page in OPEN:
        for record in known_records(people, page) if page.parameters else [{}]:
            address = page.at(**{name: quote(record[name][0]) for name in page.parameters})
            for who in FIRST:
                with undone(people, who) as client:
                    answer = checked(client.get(address))
                told = (answer.status_code, who, address)
                opened[page.name] = min(told, opened.get(page.name, told), key=lambda one: one[0])
                found = seen(answer)
                for name, pairs in found.queries.items():
                    queries.setdefault(name, set()).update(pairs)
                for link in found.links:
                    led.setdefault(name_of(link), {}).setdefault(link, who)
                if answer.status_code == 200:
                    break
            if opened[page.name][0] == 200:
                break
    told = {name: tuple(sorted(pairs)) for name, pairs in queries.items()}
    return opened, told, {name: sorted(links.items()) for name, links in led.items()}


@st.composite
def addresses(draw, page: Page, people):
    """An address of a page: real values mostly, sometimes another's, sometimes nobody's."""
    values = {}
    record = draw(st.sampled_from(known_records(people, page) or [{}])) if page.parameters else {}
    strange = st.sampled_from((*HOSTILE, *people.ids)).map(lambda one: quote(one, safe=""))
    for name in page.parameters:
        values[name] = quote(draw(st.sampled_from(record[name])))
        if draw(st.integers(0, 7)) == 7:
            values[name] = draw(st.one_of(strange, st.sampled_from(RAW))) or "-"
    return page.at(**values)


@st.composite
def entries(draw, page: Page, people):
    """Who asks for which address of a page: mostly somebody who may, by a link that there is."""
    _status, who, _address = people.opened[page.name]
    links = people.led.get(page.name)
    if links and draw(st.booleans()):
        address, who = draw(st.sampled_from(links))
    else:
        address = draw(addresses(page, people))
        if draw(st.booleans()):
            address += "?" + draw(queries(people.queries.get(page.name, ()), people.ids))
    likely = (*[who] * 6, *["officer", "approver"] * 2)
    return draw(st.sampled_from((*likely, *PEOPLE))), address


@st.composite
def queries(draw, told: tuple[tuple[str, str], ...], foreign: tuple[str, ...]):
    """A query with the names that links and forms use: their values, and strange ones."""
    names = sorted({name for name, _value in told})
    if not names:
        return ""
    strange = st.tuples(st.sampled_from(names), st.sampled_from((*HOSTILE, *foreign)))
    pairs = draw(st.lists(st.one_of(st.sampled_from(told), strange), max_size=4))
    raw = [
        f"{draw(st.sampled_from(names))}={one}"
        for one in draw(st.lists(st.sampled_from(RAW), max_size=1))
    ]
    return "&".join([urlencode(pairs), *raw])


def send(client, form: Form, sent):
    """A form as a browser sends it; without a file it needs no parts."""
    if form.method == "get":
        pairs = [(k, v) for k, values in sent.items() for v in values if isinstance(v, str)]
        return client.get(f"{urlsplit(form.action).path}?{urlencode(pairs)}")
    if any(not isinstance(one, str) for values in sent.values() for one in values):
        return client.post(form.action, sent)
    return client.post(
        form.action,
        urlencode(sent, doseq=True),
        content_type="application/x-www-form-urlencoded",
    )


def own_forms(page: Page, found: Seen):
    """Forms of a page itself, not those that stand on every page; first those that write."""
    written = [one for one in found.forms if one.method == "post" and "logout" not in one.action]
    return written or [one for one in found.forms if name_of(one.action) == page.name]


def follow(data, client, answer, room: str):
    """Go where a form led, and open something that stands there."""
    if answer.status_code not in (301, 302, 303):
        return
    goal = urlsplit(answer["Location"])
    if goal.netloc not in ("", "testserver"):
        raise AssertionError(f"sent away to {goal.netloc}")
    answer = checked(client.get(goal._replace(scheme="", netloc="").geturl()))
    near = [link for link in seen(answer).links if name_of(link).startswith(room)]
    for link in data.draw(st.lists(st.sampled_from(near), max_size=2)) if near else []:
        checked(client.get(link))


def fill_in(data, people, page: Page, who: str, address: str):
    """Read a page as one person; send its form as the same, or as somebody who never saw it."""
    with undone(people, who) as client:
        found = seen(checked(client.get(address)))
        forms = own_forms(page, found)
        if not forms:
            return
        form = data.draw(st.sampled_from(forms))
        sent = data.draw(fillings(form, people.ids))
        other = data.draw(st.sampled_from((who, who, who, *PEOPLE)))
        if other == who:
            _send(data, people, client, form, sent, page.room)
            return
    with undone(people, other) as client:
        _send(data, people, client, form, sent, page.room)


def _send(data, people, client, form, sent, room):
    answer = checked(send(client, form, sent))
    if answer.status_code >= 400:
        now = kept()
        assert [name for name in now if now[name] != people.kept[name]] == []
    for _step in range(3):
        # A form that was checked is shown once more, to be sent for good.
        forms = [one for one in seen(answer).forms if one.method == "post" and one.buttons]
        if answer.status_code != 200 or form.method == "get" or not forms:
            break
        form = data.draw(st.sampled_from(forms))
        answer = checked(send(client, form, data.draw(fillings(form, people.ids))))
    follow(data, client, answer, room)


def test_every_kind_of_path_parameter_has_values(people):
    unknown = [
        f"{page.name}: {', '.join(page.parameters)}"
        for page in PAGES
        if page.parameters and not known_records(people, page)
    ]
    assert unknown == [], "say in fuzz_cast.py which values these parameters have"


def test_every_page_opens_for_somebody(people):
    answers = {name: told for name, told in people.opened.items() if told[0] >= 400}
    # A page that answers a form alone refuses an address without what the form says.
    shut = {
        name: told for name, told in answers.items() if told[0] > 400 or name not in people.queries
    }
    assert shut == {}


@pytest.mark.parametrize("page", OPEN, ids=lambda page: page.name)
@few(3)
@given(data=st.data())
def test_page_takes_whatever_is_sent(people, page, data):
    who, address = data.draw(entries(page, people))
    if data.draw(st.integers(0, 4)) == 4:
        address = address.replace("/en/", "/uk/", 1)
    fill_in(data, people, page, who, address)


@pytest.mark.parametrize("page", OPEN, ids=lambda page: page.name)
def test_page_is_asked_in_strange_ways(people, page):
    _status, _who, address = people.opened[page.name]
    for method in METHODS:
        with undone(people, "anonymous") as client:
            checked(getattr(client, method)(address))


@few(30)
@given(data=st.data())
def test_stewards_door_takes_any_query(people, data):
    page = data.draw(st.sampled_from(STAFF))
    address = data.draw(addresses(page, people))
    with undone(people, "steward") as client:
        found = seen(checked(client.get(address)))
        told = tuple(sorted(found.queries.get(page.name, {("q", "")})))
        asked = data.draw(queries((*told, ("p", "1"), ("o", "1"), ("e", "1")), people.ids))
        checked(client.get(f"{address}?{asked}"))


@few(12)
@given(data=st.data())
def test_walk_through_pages_ends_nowhere(people, data):
    who = data.draw(st.sampled_from(PEOPLE))
    with undone(people, who) as client:
        address = people.opened[data.draw(st.sampled_from(OPEN)).name][2]
        for _turn in range(data.draw(st.integers(2, 6))):
            answer = checked(client.get(address))
            page = Page(name_of(address) or "pages:home", "", ())
            found = seen(answer)
            forms = own_forms(page, found)
            if forms and data.draw(st.integers(0, 3)):
                form = data.draw(st.sampled_from(forms))
                answer = checked(send(client, form, data.draw(fillings(form, people.ids))))
                found = seen(answer)
                if answer.status_code in (302, 303):
                    address = urlsplit(answer["Location"])._replace(scheme="", netloc="").geturl()
                    continue
            if found.links:
                address = data.draw(st.sampled_from(found.links))


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("anonymous", "2fa/webauthn/login/"),
        ("half", "2fa/authenticate/"),
        ("keyed", "2fa/webauthn/reauthenticate/"),
        ("keyed", "2fa/webauthn/add/"),
    ],
)
def test_what_is_no_passkey_is_taken_for_none(people, who, path):
    for credential in CREDENTIALS:
        with undone(people, who) as client:
            address = f"/en/account/{path}"
            begun = client.get(address, headers={"x-requested-with": "XMLHttpRequest"})
            assert checked(begun).status_code == 200
            answer = checked(client.post(address, {"credential": credential}))
            assert answer.status_code in (200, 302)
            assert Authenticator.objects.filter(type="webauthn").count() == 1
            assert AuditEvent.objects.filter(verb="signed_in").count() == people.came_in


NO_BASE64 = (
    b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    b"!!!\r\n--x--\r\n"
)
BODIES = (
    (b"a=%ff%fe&act=%00&\xff=1", "application/x-www-form-urlencoded"),
    (b"act=\xd0\xb0", "application/x-www-form-urlencoded; charset=utf-16"),
    (b"act=1", "application/x-www-form-urlencoded; charset=no-such"),
    (b"&".join(b"a%d=1" % number for number in range(1100)), "application/x-www-form-urlencoded"),
    (b"a=" + b"x" * 2_600_000, "application/x-www-form-urlencoded"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"", "multipart/form-data"),
    (b"--x--", "multipart/form-data; boundary=" + "y" * 300),
    (b"--\xff", "multipart/form-data; boundary=\u0456; charset=utf-7"),
    (NO_BASE64, "multipart/form-data; boundary=x"),
    (b'{"act": ' + b"[" * 50_000, "application/json"),
    (b"\x1f\x8b\x08\x00", "text/plain"),
)


@pytest.mark.parametrize(("body", "kind"), BODIES, ids=range(len(BODIES)))
def test_body_that_is_no_form_is_refused_or_read_as_empty(people, body, kind):
    for who, address in (
        ("anonymous", "/en/account/login/"),
        ("officer", "/en/procedure/new/"),
        ("officer", people.opened["living:tell"][2]),
        ("keyed", "/en/account/data/"),
    ):
        with undone(people, who) as client:
            checked(client.generic("POST", address, body, content_type=kind))


HEADERS = (
    {"cookie": "sessionid=\x01; django_language=../uk; messages=x; csrftoken=\xff"},
    {"cookie": "sessionid=" + "x" * 9000},
    {"cookie": "messages=eyJ4IjogMX0:1xx:yy; sessionid=%00"},
    {"accept-language": "uk-" + "x" * 9000 + ";q=nan, *;q=1e999"},
    {"accept-language": "\u0443\u043a, zz-\x00"},
    {"referer": "http://[::1", "origin": "null"},
    {"accept": "application/json", "x-requested-with": "XMLHttpRequest"},
    {"if-modified-since": "Thu, 99 Foo 99999 99:99:99 GMT", "if-none-match": '"' * 99},
    {"range": "bytes=9-1,-,99999999999999999999-"},
    {"x-forwarded-for": "1.2.3.4, ::zz, " + "9" * 400, "user-agent": "\x01" + "u" * 9000},
    {"user-agent": "", "accept-encoding": "br;q=x, \xff"},
)


@pytest.mark.parametrize("headers", HEADERS, ids=range(len(HEADERS)))
def test_headers_that_no_browser_sends_break_nothing(people, headers):
    for who, address in (
        ("anonymous", "/en/"),
        ("anonymous", "/"),
        ("anonymous", "/en/account/login/"),
        ("officer", "/en/account/"),
        ("officer", people.opened["procedure:scan"][2]),
    ):
        with undone(people, who) as client:
            checked(client.get(address, headers=headers))
            checked(client.post(address, {"login": "a@example.org"}, headers=headers))
