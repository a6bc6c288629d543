"""Consignments, goods and papers of aid that a stranger's finger may touch.

Dortmund gives, Zhytomyr receives: consignments stand at every place of their life, brought there
by the services. One of them was given by the office of Dortmund, came, was issued in part, has
papers, files and a photo, and the public reads of it.
"""

from aid_cast import (
    a_consignment,
    a_key,
    a_line,
    a_line_entry,
    a_truck,
    ago,
    an_ambulance,
    an_entry,
    as_recipient,
    coded,
    in_state,
)
from papers_cast import a_photo, batches, given_out, lots_of, made

from mistok.accounts.services import make_token
from mistok.aid.acts import add_file
from mistok.aid.consignments import offer_consignment
from mistok.aid.lifecycle import ActKind, State
from mistok.aid.models import Consignment, Lot
from mistok.aid.papers import KINDS
from mistok.aid.seeing import publish_aid
from procedure_cast import PDF

S = State
WALKED = (S.DECLARED, S.AT_BORDER, S.CUSTOMS_CLEARED, S.RECEIVED, S.DISTRIBUTED, S.REPORTED)


def aid_records(cast):
    """Records of the rooms of aid, by room or by page where a room's pages take other things.

    The office of Zhytomyr needs a `storekeeper`.
    """
    home, giver = cast.home, cast.partner
    as_recipient(home)
    make_token(actor=home.approver, office=home.office, role="officer", name="Store")
    rows = [_given(home, giver), *_walked(home), *_before_the_border(home, giver)]
    moving = rows[2].public_id
    each = [_record(one) for one in rows]
    offices = {"office_id": [home.office.public_id, giver.office.public_id]}
    labels = list(Lot.objects.order_by("pk").values_list("label", flat=True)[:4])
    acts = [*(kind.value for kind in ActKind), "report"]
    return {
        "aid": [*each, offices],
        "aid:act": [{"public_id": one["public_id"], "kind": acts} for one in each],
        "aid:paper_new": [{"public_id": one["public_id"], "kind": sorted(KINDS)} for one in each],
        "store": [offices | {"public_id": [moving], "label": [*labels, "AAAA-BBBB-CCCC"]}],
        "mistok-api": [
            {"consignment_id": one["public_id"], "paper_id": one["paper_id"], "kind": ["pdf"]}
            for one in each
        ],
    }


def _record(row) -> dict[str, list[str]]:
    papers = row.papers.order_by("pk").values_list("public_id", flat=True)
    files = row.files.order_by("pk").values_list("public_id", flat=True)
    return {
        "public_id": [row.public_id],
        "paper_id": list(papers) or ["paper_none"],
        "file_id": list(files) or ["file_none"],
    }


def _given(home, giver) -> Consignment:
    """What an office gave, from its offer to what the public reads."""
    row = _offered(home, giver)
    for line in (batches(), an_ambulance("WDB9066331S123456", "WDB9066331S123457")):
        a_line(giver, row, line)
    in_state(home, row, S.ACCEPTED)
    in_state(home, row, S.ON_BALANCE)
    given_out(home, row, (lots_of(row)[0], 4, "health", home.place, 12, 30))
    for kind in ("packing_list", "acceptance_act"):
        made(home, row, kind)
    a_photo(home, row, shown=True)
    a_photo(home, row, colour=(9, 9, 9))
    for actor, kind in ((home.officer, "waybill"), (giver.officer, "invoice")):
        add_file(actor=actor, consignment=row, kind=kind, name=f"{kind}.pdf", data=PDF, key=a_key())
    publish_aid(actor=home.approver, consignment=row)
    return _again(row)


def _walked(home) -> list[Consignment]:
    """Some that stand farther and farther on."""
    found = []
    for state in WALKED:
        row = a_consignment(home, a_line_entry(), a_line_entry("4"))
        found.append(_again(in_state(home, row, state)))
    return found


def _before_the_border(home, giver) -> list[Consignment]:
    """What was offered, what has a code, and goods that are not counted or never public."""
    offered = _offered(home, giver)
    a_line(giver, offered)
    told = a_consignment(home, a_line_entry(bound=">"), a_line_entry(None))
    a_truck(home, told)
    money = a_consignment(home, regime="grant_money")
    with_code = a_consignment(home)
    coded(home, with_code)
    a_truck(home, with_code)
    return [_again(one) for one in (offered, told, money, with_code)]


def _offered(home, giver) -> Consignment:
    return offer_consignment(
        actor=giver.officer,
        giver=giver.office,
        receiver=home.office,
        entry=an_entry(),
        day=ago(60),
    )


def _again(row) -> Consignment:
    return Consignment.objects.get(pk=row.pk)
