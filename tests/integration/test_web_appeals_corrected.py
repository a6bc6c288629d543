"""The editor of a letter that went out: it goes again to whom it went, to nobody else."""

import re

import needs_cast
import pytest
from appeals_cast import dortmund, quick_papers, sent
from django.test import Client
from needs_cast import tie_with

pytestmark = pytest.mark.django_db
people = needs_cast.needy
quick = quick_papers


def test_correction_names_those_whom_the_letter_went_to_and_no_other_partner(people):
    tie_with(people.home, people.second)
    letter = sent(people.home, addressees=[dortmund()]).appeal
    client = Client()
    client.force_login(people.home.officer.user)
    page = client.get(f"/en/appeals/{letter.public_id}/edit/").content.decode()
    assert re.findall(r'name="to" value="([^"]+)"', page) == [people.partner.place]
    assert "Gdynia" not in page.split('id="addressees"')[1].split("</fieldset>")[0]
