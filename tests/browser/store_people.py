"""Put a store into a server's data, or tell what has become of it; prints JSON.

Run by itself with the server's own settings: `store_people.py put`, or `told`, `close`.
"""

import json
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the settings come first

from living import an_office  # noqa: E402
from mistok.aid.acts import file_content  # noqa: E402
from mistok.aid.models import AidAct, AidFile, Consignment, Lot  # noqa: E402
from signing import STRONG  # noqa: E402
from store_cast import BLANKETS, FOOD, a_truck, held, in_books, lot_of, storekeeper  # noqa: E402

CHERNIVTSI = "katottg:UA73060610000066784"


def sits(actor):
    """Somebody who can sign in; gives the address."""
    actor.user.set_password(STRONG)
    actor.user.save()
    return actor.user.email


def put():
    """An office with two storekeepers, two trucks on the way, and what they are called."""
    work = an_office(CHERNIVTSI, name="Chernivtsi")
    first, second = a_truck(work, title="Winter aid"), a_truck(work, title="Summer aid")
    return {
        "office": work.office.public_id,
        "keeper": sits(storekeeper(work)),
        "other": sits(storekeeper(work)),
        "trucks": [first.public_id, second.public_id],
        "blankets": lot_of(first, BLANKETS).label,
        "food": lot_of(first, FOOD).label,
        "beds": first.lines.get(position=3).public_id,
    }


def told():
    """Acts by kind, balances by lot, photos with their size and whether they hold a place."""
    acts = [one.kind for one in AidAct.objects.order_by("pk")]
    return {
        "acts": {kind: acts.count(kind) for kind in sorted(set(acts))},
        "held": {lot.label: held(lot) for lot in Lot.objects.all()},
        "photos": [
            {"bytes": one.size, "place": b"Exif" in file_content(one)}
            for one in AidFile.objects.filter(kind="photo")
        ],
        "states": {one.public_id: one.state for one in Consignment.objects.all()},
    }


def close():
    """Somebody closes the first truck meanwhile, at the desk."""
    first = Consignment.objects.get(title="Winter aid")
    Consignment.objects.filter(pk=first.pk).update(state="closed", changed_at=timezone.now())
    return {}


def books():
    """The first truck is valued."""
    first = Consignment.objects.get(title="Winter aid")
    from living import a_member

    in_books(type("Work", (), {"approver": a_member(first.office, "approver", app=True)}), first)
    return {}


if __name__ == "__main__":
    acts = {"put": put, "told": told, "close": close, "books": books}
    sys.stdout.write(json.dumps(acts[sys.argv[1]]()) + "\n")
