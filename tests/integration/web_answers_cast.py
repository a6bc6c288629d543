"""Letters, links and people before the pages of answers, with ids as the platform makes them."""

import datetime as dt
import re
import secrets

import answers_cast
from django.utils import timezone
from needs_cast import a_need as a_plain_need

from mistok.kernel.ids import public_id
from mistok.needs import answers
from mistok.needs.models import Letter


def an_id(prefix):
    """A public id by chance."""
    return public_id(prefix, secrets.token_hex(8))


def a_need(work, number=8, **fields):
    return a_plain_need(work, number, **{"public_id": an_id("need")} | fields)


def an_offer(work, number=8, **fields):
    return answers_cast.an_offer(work, number, **{"public_id": an_id("offer")} | fields)


def a_letter(people, needs, **fields):
    """A letter of Zhytomyr to Dortmund as it went out; gives its addressee."""
    sound = {"public_id": an_id("appeal")} | fields
    appeal = answers_cast.a_letter(people.home, needs, people.partner, **sound)
    addressee = appeal.addressees.get()
    Letter.objects.create(
        public_id=an_id("letter"),
        addressee=addressee,
        number=1,
        code=secrets.token_hex(6),
        languages=["de", "uk"],
        slots={},
        template_version=1,
        made_by="tests",
        made_at=timezone.now(),
    )
    return addressee


def a_link(addressee, **fields):
    """A link in that letter: its token, and its row with these fields."""
    made = answers.make_link(addressee)
    type(made.link).objects.filter(pk=made.link.pk).update(**fields)
    return made.token


def link_url(token, language="en"):
    return f"/{language}/answer/{token}/"


def text_of(answer):
    """A page as it is read, without its tags."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", plain).replace("\xa0", " ")


def titles_of(answer):
    return re.findall(r"<title>([^<]*)</title>", answer.content.decode())


def hidden_of(answer):
    """What the page that checks would send on."""
    page = answer.content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def checked(client, url, **fields):
    """The form sent to be checked; gives what the next button sends."""
    answer = client.post(url, {"step": "check"} | fields)
    assert answer.status_code == 200, text_of(answer)
    assert 'value="send"' in answer.content.decode()
    return hidden_of(answer) | {"step": "send"}


def sent(client, url, **fields):
    """Both steps."""
    return client.post(url, checked(client, url, **fields))


def yesterday():
    return timezone.now() - dt.timedelta(days=1)
