"""Who stands in a store in tests, and a truck that has been sent to it."""

import datetime as dt
import io
import secrets
from decimal import Decimal

from django.utils import timezone
from PIL import Image

from living import a_member
from mistok.aid.acts import Valued, value
from mistok.aid.acts.entries import ACCOUNTANT, Member
from mistok.aid.consignments import (
    ConsignmentEntry,
    LineEntry,
    dispatch,
    open_consignment,
    write_line,
)
from mistok.aid.lifecycle import Regime
from mistok.aid.models import Balance, Consignment, Lot

TODAY = timezone.localdate()
SENT = TODAY - dt.timedelta(days=3)
BLANKETS = {"en": "Blankets", "uk": "Ковдри"}
FOOD = {"en": "Food parcels", "uk": "Продуктові набори"}
BEDS = {"en": "Folding beds", "uk": "Розкладні ліжка"}
COMMISSION = (
    Member(name="Iryna Head", duty="head"),
    Member(name="Oksana Books", duty=ACCOUNTANT),
    Member(name="Taras Third", duty="member"),
)
"""Three people, one of whom keeps the books."""


def storekeeper(work):
    """Somebody of the store of an office at work."""
    return a_member(work.office, "storekeeper")


def a_truck(work, *, title="Winter aid", sent=True) -> Consignment:
    """120 blankets, 40 food parcels, and beds of which nobody told how many; from no border."""
    entry = ConsignmentEntry(
        title=title, regime=Regime.TRANSFER.value, abroad=False, donor_name="City of Gdynia"
    )
    made = open_consignment(actor=work.officer, office=work.office, entry=entry, day=SENT)
    for names, number, bound in ((BLANKETS, 120, ""), (FOOD, 40, ""), (BEDS, 20, ">")):
        line = LineEntry(
            names=names, cluster="shelter", unit="piece", number=Decimal(number), bound=bound
        )
        write_line(actor=work.officer, consignment=made, entry=line, today=TODAY)
    if sent:
        dispatch(actor=work.officer, consignment=made, day=SENT, key=secrets.token_hex(8))
    return Consignment.objects.get(pk=made.pk)


def in_books(work, consignment) -> Consignment:
    """The same, valued by a commission, so that it can be given out."""
    values = {
        line.public_id: Valued(Decimal(10), "UAH", "fair_value_commission")
        for line in consignment.lines.all()
    }
    value(
        actor=work.approver,
        consignment=consignment,
        day=TODAY,
        values=values,
        commission=COMMISSION,
        key=secrets.token_hex(8),
    )
    return Consignment.objects.get(pk=consignment.pk)


def lot_of(consignment, names) -> Lot:
    """The lot of the line with these names."""
    return Lot.objects.get(line__consignment=consignment, line__names=names)


def line_of(consignment, names):
    return consignment.lines.get(names=names)


def held(lot) -> dict[str, int]:
    """What is where of a lot, in thousandths, but for nothing and for the giver."""
    rows = Balance.objects.filter(lot=lot).exclude(account="donor").exclude(amount=0)
    return {row.account: row.amount for row in rows}


def counting(consignment, key, *, beds="23", **changes) -> dict[str, str]:
    """What a form sends that counts: 117 blankets sound, 1 damaged, all the food, the beds."""
    blankets, food = lot_of(consignment, BLANKETS), lot_of(consignment, FOOD)
    told = {
        f"received-{blankets.label}": "117",
        f"damaged-{blankets.label}": "1",
        f"received-{food.label}": "40",
        f"damaged-{food.label}": "",
        f"received-{line_of(consignment, BEDS).public_id}": beds,
        "day": TODAY.isoformat(),
        "head": "Iryna Head",
        "accountant": "Oksana Books",
        "member": "Taras Third",
        "signed_by": "Iryna Head",
        "remarks": "One pallet was wet.",
        "key": key,
        "act": "record",
    }
    return told | changes


def a_photo(*, side=600, kind="JPEG", gps=True) -> bytes:
    """A picture as a phone takes it, with the place in it."""
    picture = Image.radial_gradient("L").resize((side, side)).convert("RGB")
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (50.0, 15.0, 0.0)
    told = io.BytesIO()
    picture.save(told, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return told.getvalue()
