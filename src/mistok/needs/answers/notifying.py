"""Whom an answer or commitment concerns is told of it, by `needs.notices`."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Permission, roles_with
from mistok.accounts.selectors import verified_office
from mistok.needs.answers.naming import amount_by_language, name_by_language, need_by_language
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import Answer, Appeal, Commitment, Need
from mistok.needs.notices import tell


def tell_entered(row: Commitment, need: Need, actor: Actor) -> None:
    """A commitment was made or proposed: the other side hears of it."""
    made = row.state == CommitmentState.MADE
    kind = "commitment_made" if made else "commitment_proposed"
    if row.asks == "giver":
        _tell_giver(kind, row, need, actor, who=need.office.name)
    else:
        _tell_asker(kind, row, need, actor)


def tell_decided(kind: str, row: Commitment, need: Need, actor: Actor, *, by_giver: bool) -> None:
    """A word was given, or a commitment was kept or taken back: the other side hears of it."""
    if by_giver:
        _tell_asker(kind, row, need, actor)
        return
    answers = kind in ("commitment_accepted", "commitment_declined")
    who = need.office.name if answers else name_by_language(row)
    _tell_giver(kind, row, need, actor, who=who)


def tell_answer(answer: Answer, actor: Actor, *, to: Office | None, from_asker: bool) -> None:
    """A word of the talk: told to the other side, where it has an office."""
    if to is None:
        return
    if answer.appeal is not None:
        kind, params = _of_letter(answer, answer.appeal)
        subject = answer.appeal.public_id
    else:
        need = cast(Need, answer.need)
        kind, subject = f"need_{answer.kind}", need.public_id
        params = {"who": answer.by_name, "what": need_by_language(need)}
    # A giver replies too: then the words go to whoever writes the needs and letters.
    replied_by_giver = answer.kind == Answer.Kind.REPLY and not from_asker
    roles = roles_with(Permission.WRITE_NEED) if replied_by_giver else None
    tell(
        kind=kind,
        subject=subject,
        params=params,
        offices=[to],
        roles=roles,
        but=actor,
        at=answer.at,
    )


def _of_letter(answer: Answer, appeal: Appeal) -> tuple[str, dict[str, Any]]:
    if answer.kind == Answer.Kind.REPLY:
        return "letter_reply", {"who": answer.by_name, "number": f"{appeal.number}/{appeal.year}"}
    return f"letter_{answer.kind}", {"who": answer.by_name, "title": appeal.title}


def _tell_asker(kind: str, row: Commitment, need: Need, actor: Actor) -> None:
    _tell(kind, row, need, actor, name_by_language(row), offices=[need.office])


def _tell_giver(
    kind: str, row: Commitment, need: Need, actor: Actor, *, who: str | Mapping[str, str]
) -> None:
    """The giving office or, where a person gives in her own name, that person."""
    office = row.giver_office or (verified_office(row.giver_place) if row.giver_place else None)
    people = () if row.giver_place else User.objects.filter(public_id=row.made_by)
    _tell(kind, row, need, actor, who, offices=[office] if office else [], people=people)


def _tell(
    kind: str,
    row: Commitment,
    need: Need,
    actor: Actor,
    who: str | Mapping[str, str],
    *,
    offices: Collection[Office],
    people: Iterable[User] = (),
) -> None:
    params = {
        "who": who,
        "what": need_by_language(need),
        "amount": amount_by_language(row, need),
    }
    # What one kind tells goes to either side: whose work it is depends on the side, not the kind.
    work = Permission.ACCEPT_HELP if need.office in offices else Permission.COMMIT_HELP
    tell(
        kind=kind,
        subject=need.public_id,
        params=params,
        offices=offices,
        people=list(people),
        roles=roles_with(work),
        but=actor,
        at=row.changed_at,
    )
