"""What this room keeps about a person: read for her, and forgotten with her (D7-07).

Letters of appeal are official papers: what stands in them is not rewritten, nor is what an office
said in a talk. What a person gives in her own name loses her name and address.
"""

import datetime as dt

from django.db.models import F, Q

from mistok.accounts.holders import Tables
from mistok.accounts.models import User
from mistok.accounts.services.erasure import ERASED_HOST
from mistok.needs.answers.naming import amount_by_language, need_by_language
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import (
    Addressee,
    Answer,
    AnswerLink,
    Appeal,
    Commitment,
    Letter,
    Need,
    Notice,
    NoticeChoice,
    Offer,
    Posting,
    Publication,
)
from mistok.needs.models.answers import Giver
from mistok.needs.notices import tell

# Without the signatory, who is somebody else.
_APPEAL = """public_id office__name title number year state contact_mail written_by written_at
approved_by approved_at recalled_by recalled_at"""
_GIFT = """public_id need__public_id giver giver_name giver_email form instead note reason state
made_by made_at"""
_UNCOUNTED = (CommitmentState.UNCONFIRMED, CommitmentState.PROPOSED)


def tables(person: User) -> Tables:
    """One list of rows for each table that tells of the person, by the columns named."""
    return {**_told(person), **_done(person.public_id), **_with_address(person)}


def _told(person: User) -> Tables:
    """What she was told, and how she wants to be told."""
    return {
        "notices": (
            Notice.objects.filter(person=person),
            "kind subject params at read_at mailed_at tries failure",
        ),
        "notice_choices": (NoticeChoice.objects.filter(person=person), "pace"),
    }


def _done(me: str) -> Tables:
    """What she wrote, approved and said in the name of an office."""
    return {
        "needs": (
            Need.objects.filter(written_by=me),
            "public_id office__name item text specification delivery_note state written_at",
        ),
        "publications": (
            Publication.objects.filter(Q(approved_by=me) | Q(withdrawn_by=me)),
            "public_id need__public_id approved_by approved_at withdrawn_by withdrawn_at",
        ),
        "letters": (Letter.objects.filter(made_by=me), "public_id number code made_at"),
        "offers": (
            Offer.objects.filter(written_by=me),
            "public_id office__name item text condition transport state written_at",
        ),
        "answers": (Answer.objects.filter(by=me), "public_id kind text by_name at"),
    }


def _with_address(person: User) -> Tables:
    """What bears her address, or was done by her."""
    me, mail = person.public_id, person.email
    appeals = Q(written_by=me) | Q(approved_by=me) | Q(recalled_by=me) | Q(contact_mail=mail)
    return {
        "appeals": (Appeal.objects.filter(appeals), _APPEAL),
        "letters_to_you": (
            Addressee.objects.filter(email=mail),
            "public_id appeal__public_id name person email acknowledged_at",
        ),
        "mails_to_you": (
            Posting.objects.filter(to=mail),
            "letter__public_id to queued_at sent_at failure",
        ),
        "commitments": (
            Commitment.objects.filter(Q(made_by=me) | Q(giver_email=mail)),
            _GIFT,
        ),
        "answer_links": (
            AnswerLink.objects.filter(email=mail),
            "public_id email made_at expires_at used_at withdrawn_at",
        ),
    }


def forget(person: User, at: dt.datetime) -> None:
    """Empty her address everywhere, her name in what she gives herself; end her notices."""
    mail = person.email
    Notice.objects.filter(person=person).delete()
    NoticeChoice.objects.filter(person=person).delete()
    _forget_gifts(person, at)
    Commitment.objects.filter(giver_email=mail).update(giver_email="")
    links = AnswerLink.objects.filter(email=mail)
    links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    links.update(email="")
    Appeal.objects.filter(contact_mail=mail).update(contact_mail="")
    Addressee.objects.filter(email=mail).update(email="", person="")
    mails = Posting.objects.filter(to=mail)
    mails.filter(sent_at=None, dropped_at=None).update(dropped_at=at)
    # Not empty: two mails of one letter to two erased people are still two.
    mails.update(to=f"{person.public_id}@{ERASED_HOST}")


def _forget_gifts(person: User, at: dt.datetime) -> None:
    """What she gives, alone or for an organisation: nobody waits for a word that cannot come.

    What is counted stays counted, and the office that relies on it is told. The name of an
    organisation is no person's.
    """
    hers = Commitment.objects.filter(
        Q(made_by=person.public_id) | Q(giver_email=person.email)
    ).exclude(giver=Giver.MUNICIPALITY)
    for row in hers.filter(state=CommitmentState.MADE).select_related("need__office"):
        tell(
            kind="giver_erased",
            subject=row.need.public_id,
            params={
                "what": need_by_language(row.need),
                "amount": amount_by_language(row, row.need),
            },
            offices=[row.need.office],
            at=at,
        )
    hers.filter(state__in=_UNCOUNTED).update(
        state=CommitmentState.WITHDRAWN, asks="", version=F("version") + 1, changed_at=at
    )
    hers.filter(giver=Giver.CITIZEN).update(giver_name="")
    hers.update(giver_email="", note="")
