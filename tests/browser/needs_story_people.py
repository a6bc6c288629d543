"""Put the people of the story of needs into a server's data; prints their addresses.

Run by itself with the server's own settings. Chernivtsi has an officer and an approver, who has an
app with codes; Mannheim and Konin, its partners, have offices; Metz, a partner too, has none.
"""

import json
import sys

import django

django.setup()

from living import an_office  # noqa: E402 - the settings come first
from signing import STRONG  # noqa: E402

CHERNIVTSI, MANNHEIM, KONIN, METZ = (
    "katottg:UA73060610000066784",
    "geonames:2873891",
    "geonames:3095321",
    "geonames:2994160",
)


def sits(actor):
    """Somebody who can sign in; gives the address."""
    actor.user.set_password(STRONG)
    actor.user.save()
    return actor.user.email


def put_people():
    """Offices by their places, with mail and number; their people by what they do."""
    people = {}
    for key, name in ((CHERNIVTSI, "Chernivtsi"), (MANNHEIM, "Mannheim"), (KONIN, "Konin")):
        work = an_office(key, name=name)
        work.office.official_email = f"office@{name.lower()}.example"
        work.office.callback_phone = "+380372525924" if key == CHERNIVTSI else ""
        work.office.save()
        people[name] = sits(work.officer)
        if key == CHERNIVTSI:
            people["approver"] = sits(work.approver)
    return people


if __name__ == "__main__":
    json.dump(put_people(), sys.stdout)
