"""The calendar that an office gives to its programs: days of its procedures and of its aid."""

import aid_cast
import pytest
from aid_cast import a_consignment, ago, coded, declared
from icalendar import Calendar

from factories import DORTMUND
from mistok.aid.clocks import start_clock
from mistok.aid.consignments import living_code
from mistok.partnering.procedure.calendar import feed_of
from mistok.partnering.procedure.services import open_run, renew_feed

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people


def feed(client, work):
    """The calendar at its address, as whoever has the address reads it."""
    answer = client.get(
        f"/en/offices/calendar/{renew_feed(actor=work.officer, office=work.office)}.ics"
    )
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar")
    return answer.content


def days(content):
    events = Calendar.from_ical(content).walk("VEVENT")
    return {(event["dtstart"].dt, str(event["summary"])) for event in events}


def test_days_of_aid_stand_beside_those_of_procedures(client, people):
    home = people.home
    open_run(actor=home.officer, office=home.office, kind="solidarity", partners=[DORTMUND])
    row = a_consignment(home, title="Canary on the bridge", route="Yahodyn")
    coded(home, row)
    paper = declared(home, row)
    start_clock(row, "R18", ago(1))
    content = feed(client, home)
    told = days(content)
    of_aid = {(day, title) for day, title in told if row.public_id in title}
    assert {day for day, _title in of_aid} == {paper.valid_until, living_code(row).valid_until}
    assert all(title.startswith("Due: ") for _day, title in of_aid)
    assert days(feed_of(home.office)) == told - of_aid
    assert content.count(b"BEGIN:VCALENDAR") == 1
    for secret in (b"Canary", b"Yahodyn"):
        assert secret not in content


def test_the_giver_has_no_days_of_the_receiver(client, people):
    row = a_consignment(people.home)
    coded(people.home, row)
    assert row.public_id.encode() not in feed(client, people.partner)
