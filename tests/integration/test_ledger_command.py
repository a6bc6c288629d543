"""Signed heads of the goods ledger, and what `mistok ledger check` tells at the shell."""

import datetime as dt
import json

import pytest
from django.db import transaction
from django.utils import timezone
from ledger_cast import A, K, a_lot, an_act, move, six_entries, store

from mistok.aid.ledger import chain, check, heads, sign_heads
from mistok.aid.ledger.heads import head_words
from mistok.aid.models import Chain, SignedHead
from mistok.needs.appeals.signing import holds
from open_ledger import unguarded

pytestmark = pytest.mark.django_db
people = store
ledger = six_entries


def test_heads_are_signed_when_a_chain_has_grown(people):
    assert sign_heads() == 0
    lot = a_lot(people)
    move(lot, A.DONOR, A.STORE, 10, by=people.officer)
    at = timezone.now()
    assert sign_heads(at) == 1
    assert sign_heads() == 0
    head = SignedHead.objects.get()
    words = head_words(people.office.public_id, 1, head.hash, "0" * 64, chain.moment_text(at))
    assert (head.length, head.at) == (1, at)
    assert holds(words, head.signature, head.key)


def test_times_of_heads_and_acts_follow_one_another(people):
    lot, at = a_lot(people), timezone.now()
    move(lot, A.DONOR, A.STORE, 1, by=people.officer, at=at)
    sign_heads(at)
    act = move(lot, A.DONOR, A.STORE, 1, by=people.officer, at=at)
    assert act.at == at + dt.timedelta(microseconds=1)
    sign_heads(at - dt.timedelta(hours=1))
    signed = list(SignedHead.objects.values_list("at", flat=True))
    assert signed == [at, at + dt.timedelta(microseconds=1)]
    valued = an_act(lot, K.VALUATION, by=people.officer, at=at)
    assert valued.at > signed[-1]
    assert check().first_bad is None


def test_words_of_a_head_can_be_checked_by_anybody(people, ledger):
    for head in SignedHead.objects.all():
        words = heads.words_of(head)
        assert f"entries: {head.length}\nlast: {head.hash}\n" in words
        assert holds(words, head.signature, head.key)


def test_head_that_another_has_signed_meanwhile_is_left(people):
    lot = a_lot(people)
    move(lot, A.DONOR, A.STORE, 1, by=people.officer)
    grown = Chain.objects.select_related("office").get(office=people.office)
    assert heads._sign(grown, timezone.now())
    assert not heads._sign(grown, timezone.now())
    assert SignedHead.objects.count() == 1


# The command ----------------------------------------------------------------------------------


def test_command_tells_that_all_holds(people, ledger, mistok):
    answer = mistok("ledger", "check")
    assert answer.status == 0
    assert answer.out == "7 entries of 3 lots: the chain holds, the balances add up.\n"
    shape = "entries lots balanced chain_ok first_bad".split()
    found = json.loads(mistok("ledger", "check", "--json").out)
    assert list(found) == shape
    assert list(found.values()) == [7, 3, True, True, None]


def test_command_is_for_one_office_by_id_or_place(people, ledger, mistok):
    for key in (people.other.office.public_id, people.other.place):
        answer = mistok("ledger", "check", "--json", "--office", key)
        assert (answer.status, json.loads(answer.out)["entries"]) == (0, 1)
    unknown = mistok("ledger", "check", "--office", "office_nowhere")
    assert (unknown.status, unknown.out) == (1, "")
    assert unknown.err.rstrip().endswith(".")


def test_command_ends_with_status_1_and_the_first_bad_entry(people, ledger, mistok):
    with transaction.atomic():
        with unguarded() as cursor:
            cursor.execute("UPDATE aid_entry SET amount = 1 WHERE id = %s", [ledger[2].pk])
        answer = mistok("ledger", "check", "--json")
        plain = mistok("ledger", "check")
        transaction.set_rollback(True)
    assert answer.status == 1
    first = json.loads(answer.out)["first_bad"]
    assert (first["number"], first["office"]) == (3, people.office.public_id)
    assert answer.err == first["sentence"] + "\n"
    assert plain.status == 1
    assert "the chain is broken, the balances do not add up" in plain.out


def test_command_has_one_verb(mistok):
    assert mistok("ledger", "mend").status == 2


def test_signing_key_that_is_gone_is_told_at_the_head(people, ledger, settings, tmp_path):
    settings.MISTOK_DATA = tmp_path
    first = check().first_bad
    assert (first["number"], first["wrong"]) == (2, "head")
