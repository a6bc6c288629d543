"""Goods are given out on the storekeeper's pages, and boxes lead to where they belong."""

import pytest
import web_store_cast as cast
from needs_cast import needy
from web_store_cast import QUEUE, acts, given, issue, receive, store, words

from factories import BUCHA, DORTMUND
from mistok.aid.models import Distribution
from store_cast import BLANKETS, FOOD, a_truck, counting, held, in_books, lot_of

pytestmark = pytest.mark.django_db
people = needy
assets, home, keeper = cast.assets, cast.home, cast.keeper
phone, truck = cast.phone, cast.truck


@pytest.fixture
def blankets(phone, home, truck):
    """117 blankets in the books of the store."""
    phone.post(receive(truck), counting(truck, "count1"))
    in_books(home, truck)
    return lot_of(truck, BLANKETS)


class TestIssuing:
    def test_plain_form_gives_out_once(self, phone, home, blankets):
        page = words(phone.get(f"{issue(home)}?lot={blankets.label}"))
        assert f'<option value="{blankets.label}" selected>' in page
        for _time in range(2):
            answer = phone.post(issue(home), given(blankets), follow=True)
            assert "Recorded: issue sheet 1/" in words(answer)
        assert held(blankets)["issued"] == 30_000
        told = Distribution.objects.get()
        assert (told.category, told.settlement) == ("displaced", home.office.place)
        assert (told.households, told.persons) == (12, 31)

    def test_queue_hears_done_already_and_key_reused(self, phone, home, blankets):
        first = phone.post(issue(home), given(blankets), **QUEUE).json()
        again = phone.post(issue(home), given(blankets), **QUEUE).json()
        assert (first["status"], again["status"]) == ("done", "already")
        assert "30" in first["sentence"]
        other = phone.post(issue(home), given(blankets, amount="31"), **QUEUE)
        assert (other.status_code, other.json()["code"]) == (409, "key_reused")
        assert held(blankets)["issued"] == 30_000

    def test_code_on_the_box_is_enough(self, phone, home, blankets):
        typed = blankets.label.lower().replace("-", " ")
        phone.post(issue(home), given(blankets, lot="", label=typed))
        assert held(blankets)["issued"] == 30_000

    def test_more_than_is_held_is_refused_with_how_much_there_is(self, phone, home, blankets):
        answer = phone.post(issue(home), given(blankets, amount="118"), **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_enough")
        assert "117" in answer.json()["sentence"]
        page = phone.post(issue(home), given(blankets, amount="118"))
        assert page.status_code == 409
        assert 'value="118"' in words(page)
        assert "issued" not in held(blankets)

    def test_what_is_not_in_the_books_cannot_leave(self, phone, home, truck):
        phone.post(receive(truck), counting(truck, "count1"))
        lot = lot_of(truck, FOOD)
        answer = phone.post(issue(home), given(lot), **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_on_balance")
        assert lot.label not in words(phone.get(issue(home)))

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"lot": ""}, "lot"),
            ({"lot": "", "label": "short"}, "label"),
            ({"lot": "", "label": "AAAA-BBBB-CCCC"}, "label"),
            ({"amount": ""}, "amount"),
            ({"amount": "0,5"}, "amount"),
            ({"category": ""}, "category"),
            ({"category": "everybody"}, "category"),
            ({"settlement": ""}, "settlement"),
            ({"settlement": "katottg:UA00000000000000000"}, "settlement"),
            ({"elsewhere": "Zzyzxgrad"}, "elsewhere"),
            ({"persons": "-1"}, "persons"),
            ({"signed_by": ""}, "signed_by"),
        ],
    )
    def test_what_is_missing_or_wrong(self, phone, home, blankets, changes, field):
        answer = phone.post(issue(home), given(blankets, **changes), **QUEUE)
        assert answer.status_code == 400
        assert field in answer.json()["errors"]
        assert phone.post(issue(home), given(blankets, **changes)).status_code == 400
        assert acts("issue") == 0

    def test_nought_is_nothing_to_give(self, phone, home, blankets):
        answer = phone.post(issue(home), given(blankets, amount="0"), **QUEUE)
        assert answer.status_code == 400
        assert acts("issue") == 0

    def test_place_outside_the_list_is_taken_by_its_name(self, phone, home, blankets):
        phone.post(issue(home), given(blankets, settlement="", elsewhere="Буча"))
        assert Distribution.objects.get().settlement == BUCHA

    def test_own_hromada_by_its_name(self, phone, home, blankets):
        phone.post(issue(home), given(blankets, settlement="", elsewhere="zhytomyr"))
        assert Distribution.objects.get().settlement == home.office.place

    def test_name_of_many_places_is_asked_back_with_a_choice(self, phone, home, blankets):
        told = given(blankets, settlement="", elsewhere="Іванівка")
        page = words(phone.post(issue(home), told))
        assert "Choose yours in the list of settlements." in page
        assert page.count("Іванівка") > 2 or page.count("Ivanivka") > 2
        assert acts("issue") == 0

    def test_place_abroad_is_none_of_the_office(self, phone, home, blankets):
        answer = phone.post(issue(home), given(blankets, settlement=DORTMUND), **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (400, "settlement_unknown")

    def test_box_of_another_office_is_not_given_out(self, people, phone, home, blankets):
        other = a_truck(people.neighbour)
        strange = given(lot_of(other, BLANKETS), settlement=home.office.place)
        answer = phone.post(issue(home), strange, **QUEUE)
        assert answer.status_code == 400
        assert "label" in answer.json()["errors"]


class TestBoxes:
    def test_box_leads_to_its_count_then_to_the_store_then_out(self, phone, home, truck):
        lot = lot_of(truck, BLANKETS)
        address = f"/en/store/box/{lot.label}/"
        assert phone.get(address).headers["Location"].startswith(receive(truck))
        phone.post(receive(truck), counting(truck, "count1"))
        assert phone.get(address).headers["Location"] == f"{store(home)}#lot-{lot.label}"
        in_books(home, truck)
        leads = f"{issue(home)}?lot={lot.label}"
        assert phone.get(address).headers["Location"] == leads
        typed = {"label": lot.label.lower().replace("-", "")}
        assert phone.get("/en/store/box/", typed).headers["Location"] == leads
        phone.post(issue(home), given(lot, amount="117"))
        gone = phone.get(address)
        assert gone.status_code == 409
        assert "Blankets" in words(gone)

    def test_square_without_a_language_finds_it(self, phone, truck):
        lot = lot_of(truck, FOOD)
        answer = phone.get(f"/store/box/{lot.label}/", follow=True)
        assert answer.redirect_chain[0][0] == f"/en/store/box/{lot.label}/"
        assert answer.status_code == 200

    @pytest.mark.parametrize(("label", "status"), [("AAAA-BBBB-CCCC", 404), ("no-code", 400)])
    def test_codes_of_no_box(self, phone, label, status):
        assert phone.get(f"/en/store/box/{label}/").status_code == status

    def test_box_of_another_office_is_unknown(self, people, phone):
        lot = lot_of(a_truck(people.neighbour), FOOD)
        mine = phone.get("/en/store/box/AAAA-BBBB-CCCC/")
        theirs = phone.get(f"/en/store/box/{lot.label}/")
        assert (mine.status_code, theirs.status_code) == (404, 404)
        assert sentence(mine) == sentence(theirs)

    def test_nought_and_one_are_read_as_letters(self, phone, truck):
        lot = lot_of(truck, FOOD)
        typed = lot.label.replace("O", "0").replace("I", "1").replace("B", "8")
        assert phone.get(f"/en/store/box/{typed}/").status_code == 302


def sentence(page) -> str:
    return words(page).partition('class="lead">')[2].partition("<")[0]
