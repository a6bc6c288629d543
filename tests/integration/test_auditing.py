"""An act and its event stand or fall together; a refusal is kept after the act is rolled back."""

import pytest

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.kernel.errors import Conflict
from mistok.provenance.models import AuditEvent
from office_cast import person

pytestmark = pytest.mark.django_db


def events():
    rows = AuditEvent.objects.order_by("pk")
    return [(one.actor, one.verb, one.subject) for one in rows]


def test_done_act_is_told_of_its_subject_or_of_another():
    with audited("shell: me", "open", "tie_x") as act:
        act.done(after={"a": 1})
        act.done(about="tie_y")
    assert events() == [("shell: me", "open", "tie_x"), ("shell: me", "open", "tie_y")]


def fail(actor, error):
    """An act that has written something when it fails."""
    with audited(actor, "open", "tie_x") as act:
        act.done()
        person("made-in-vain")
        raise error


def test_refused_act_is_rolled_back_and_kept_with_its_sentence():
    user = person("olena")
    with pytest.raises(Conflict):
        fail(Actor(user=user), Conflict("Ask olena@example.org about it.", code="no"))
    (event,) = AuditEvent.objects.all()
    assert (event.actor, event.verb, event.subject) == (user.public_id, "refused_open", "tie_x")
    assert event.after == {"code": "no", "sentence": "Ask … about it."}
    assert not type(user).objects.filter(email="made-in-vain@example.org").exists()


def test_refusal_inside_another_act_is_kept_under_the_outer():
    with pytest.raises(Conflict), audited("a", "outer", "x"), audited("a", "inner", "y"):
        raise Conflict("No.", code="no")
    assert events() == [("a", "refused_outer", "x")]


def test_inner_refusal_that_the_outer_act_survives_is_kept_too():
    with audited("a", "outer", "x") as act:
        try:
            with audited("a", "inner", "y"):
                raise Conflict("No.", code="no")
        except Conflict:
            act.done()
    assert events() == [("a", "refused_inner", "y"), ("a", "outer", "x")]


def test_error_of_ours_is_rolled_back_and_no_refusal():
    with pytest.raises(ZeroDivisionError):
        fail("a", ZeroDivisionError())
    assert events() == []


def test_long_sentence_is_cut():
    with pytest.raises(Conflict), audited("a", "open", "x"):
        raise Conflict("so " * 500, code="no")
    assert len(AuditEvent.objects.get().after["sentence"]) == 400


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“a.b@c.ua” is known", "“…” is known"),
        ("write to <a@b.org>", "write to <…>"),
        ("no address @ all", "no address @ all"),
    ],
)
def test_addresses_are_struck_out(text, shown):
    assert without_addresses(text) == shown
