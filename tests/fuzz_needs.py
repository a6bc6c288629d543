"""Needs, letters, answers, offers and notices that a stranger's finger may touch.

Zhytomyr asks, Dortmund gives: the letter goes the whole way through the services once.
"""

from decimal import Decimal
from types import SimpleNamespace

from answers_cast import a_publication
from appeals_cast import an_entry, dortmund
from web_answers_cast import a_need, an_offer

from factories import GDYNIA
from mistok.needs import answers
from mistok.needs.answers import CommitmentEntry
from mistok.needs.appeals import (
    AddresseeEntry,
    LineEntry,
    approve_appeal,
    published_keys,
    recall_appeal,
    send_appeal,
    submit_appeal,
    write_appeal,
)
from mistok.needs.models import Appeal, Letter, Need, Offer
from mistok.needs.notices import tell

STATES = ("open", "draft", "committed", "withdrawn")


def needs_records(cast):
    """Records of the rooms, by room or by page where a room's pages take different things."""
    rows = SimpleNamespace(needs=_needs(cast))
    rows.appeals = _appeals(cast, rows.needs["open"])
    rows.offers = _offers(cast)
    rows.commitments, rows.confirming = _commitments(cast, rows)
    _notices(cast, rows)
    letters = Letter.objects.order_by("pk")
    shown = [rows.needs[name].public_id for name in ("public", "open", "committed", "withdrawn")]
    sent = [rows.appeals[name].public_id for name in ("sent", "recalled")]
    offers = [one.public_id for one in rows.offers.values()]
    return {
        "needs": [{"public_id": [one.public_id for one in rows.needs.values()]}],
        "needs:edit": [{"public_id": [rows.needs[one].public_id for one in ("draft", "open")]}],
        "appeals": [
            {
                "public_id": [one.public_id for one in rows.appeals.values()],
                "letter_id": [one.public_id for one in letters],
            }
        ],
        "verify": [
            {"code": [one.code for one in letters], "key_id": [one.id for one in published_keys()]}
        ],
        "answers:link": [{"token": _links(rows.appeals["sent"])}],
        "answers:confirm": [{"token": rows.confirming}],
        "answers:letter": [{"public_id": sent}],
        "answers:commitment": [{"public_id": [one.public_id for one in rows.commitments]}],
        "answers": [{"public_id": shown}],
        "offers": [{"public_id": offers, "need_id": shown}],
    }


def _needs(cast) -> dict[str, Need]:
    """One in each state, and one that the public reads."""
    home = cast.home
    found = {"public": a_need(home, 8, item="ambulance")}
    found |= {name: a_need(home, 8, state=name) for name in STATES if name != "committed"}
    found["committed"] = a_need(home, 8)
    found["words"] = a_need(home, 30, item="", repeat="month")
    found["rest"] = a_need(home, 30, item="folding_bed", delivery_note="By day only.")
    a_publication(found["public"])
    return found


def _appeals(cast, need) -> dict[str, Appeal]:
    """A letter that is written, one before the approver, one that is out, one that was recalled."""
    officer, approver = cast.home.officer, cast.home.approver
    # Nobody of Gdynia has an office here, so its letter goes on paper.
    paper = AddresseeEntry(place=GDYNIA, greeted_as="mayor", gender="f")
    draft, review, sent, recalled = (
        write_appeal(
            actor=officer,
            office=cast.home.office,
            entry=an_entry(title=title),
            lines=[LineEntry(need=need, amount=amount)],
            addressees=addressees,
        )
        for title, amount, addressees in (
            ("Draft", None, [dortmund()]),
            ("Before the approver", Decimal(3), [dortmund()]),
            ("Sent", None, [dortmund(), paper]),
            ("Recalled", Decimal(1), [dortmund()]),
        )
    )
    for one in (review, sent, recalled):
        submit_appeal(actor=officer, appeal=one)
    for one in (sent, recalled):
        approve_appeal(actor=approver, appeal=_again(one))
        send_appeal(actor=officer, appeal=_again(one))
    recall_appeal(actor=approver, appeal=_again(recalled), reason="It was forged.")
    rows = {"draft": draft, "review": review, "sent": sent, "recalled": recalled}
    return {name: _again(one) for name, one in rows.items()}


def _again(row):
    return type(row).objects.get(pk=row.pk)


def _links(appeal) -> list[str]:
    """Tokens that answer a letter, the first of them good; the last was replaced by it."""
    by_mail, on_paper = appeal.addressees.order_by("pk")
    old = answers.make_link(by_mail).token
    return [answers.make_link(by_mail).token, answers.make_link(on_paper).token, old]


def _offers(cast) -> dict[str, Offer]:
    """Of the city that gives, and one of the city that asks."""
    return {
        "open": an_offer(cast.partner, 8),
        "public": an_offer(cast.partner, 3, item="ambulance", public=True),
        "draft": an_offer(cast.partner, 8, state="draft"),
        "words": an_offer(cast.partner, 30, item=""),
        "closed": an_offer(cast.partner, 8, state="closed"),
        "own": an_offer(cast.home, 8, item="folding_bed"),
    }


def _commitments(cast, rows):
    """Made, proposed, not confirmed, taken back; and the tokens that confirm an address."""
    needs, giver = rows.needs, cast.partner
    giving = {"actor": giver.officer, "giver": giver.office}
    addressee = rows.appeals["sent"].addressees.order_by("pk").first()
    two, half = CommitmentEntry(number=Decimal(2)), CommitmentEntry(instead="A used van")
    made = answers.commit(**giving, need=needs["open"], entry=two, addressee=addressee)
    whole = answers.commit(**giving, need=needs["committed"], entry=CommitmentEntry())
    other = answers.commit(**giving, need=needs["public"], entry=half)
    gone = answers.commit(**giving, need=needs["rest"], entry=two)
    answers.withdraw_commitment(actor=giver.officer, commitment=gone, reason="It was sold.")
    drawn = answers.propose_from_offer(
        actor=giver.officer, offer=rows.offers["open"], need=needs["open"], amount=Decimal(1)
    )
    confirming = [_privately(cast, needs["public"], mail) for mail in ("a@example.org", "")]
    answers.confirm_by_link(token=confirming[1].token)
    answers.ask(actor=giver.officer, office=giver.office, need=needs["open"], text="By when?")
    private = [one.commitment for one in confirming]
    return [made, whole, other, drawn, gone, *private], [one.token for one in confirming]


def _privately(cast, need, mail):
    return answers.commit_privately(
        actor=cast.stranger,
        need=need,
        giver="citizen",
        name="Anna Schmidt",
        email=mail,
        entry=CommitmentEntry(number=Decimal(1)),
    )


def _notices(cast, rows):
    """Most were told by the acts; one is about what is no more."""
    params = {"who": "Dortmund", "what": {"en": "beds", "uk": "ліжка"}}
    for subject in (rows.needs["rest"].public_id, "need_aaaaaaaaaaaa"):
        tell(kind="need_question", subject=subject, params=params, offices=[cast.home.office])
