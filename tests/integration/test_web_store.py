"""The storekeeper's pages: plain forms, JSON for the queue of a phone, replays, rights."""

import datetime as dt
import json

import pytest
import web_store_cast as cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from needs_cast import needy
from PIL import Image
from web_store_cast import QUEUE, acts, entered, issue, receive, store, words

from living import a_member
from mistok.aid.acts import add_file
from mistok.aid.acts.files import file_content
from mistok.aid.models import AidAct, AidFile, Consignment
from mistok.kernel.errors import Unavailable
from mistok.web.context import STORE_COOKIE
from mistok.web.store import receiving
from store_cast import (
    BEDS,
    BLANKETS,
    FOOD,
    TODAY,
    a_photo,
    a_truck,
    counting,
    held,
    in_books,
    line_of,
    lot_of,
)

pytestmark = pytest.mark.django_db
people = needy
assets, home, keeper = cast.assets, cast.home, cast.keeper
phone, truck = cast.phone, cast.truck


class TestTheStore:
    def test_shows_what_comes_and_then_what_lies_there(self, phone, home, truck):
        before = words(phone.get(store(home)))
        assert "Winter aid" in before
        assert "City of Gdynia" in before
        assert "Blankets: 120" in before
        assert "Nothing lies in the store." in before
        phone.post(receive(truck), counting(truck, "count1"))
        after = words(phone.get(store(home)))
        assert "Nothing is on the way to this office." in after
        assert "damaged: 1" in after
        assert lot_of(truck, BLANKETS).label in after
        assert "not valued yet" in after
        in_books(home, truck)
        label = lot_of(truck, BLANKETS).label
        assert f"{issue(home)}?lot={label}" in words(phone.get(store(home)))

    def test_tells_whose_pages_these_are(self, phone, home, keeper):
        answer = phone.get(store(home))
        assert answer["X-Store-Person"] == keeper.user.public_id
        assert answer.cookies[STORE_COOKIE].value == keeper.user.public_id
        assert "no-store" in answer["Cache-Control"]

    def test_office_alone_is_opened_at_once(self, phone, home):
        assert phone.get("/en/store/").headers["Location"] == store(home)

    def test_somebody_without_an_office_reads_what_to_do(self, people):
        assert "You are of no office with a store" in words(
            entered(people.stranger).get("/en/store/")
        )

    def test_more_than_one_office_is_a_list(self, people, keeper, home):
        from mistok.accounts.models import Membership

        kept = Membership.objects.get(person=keeper.user)
        kept.pk, kept.public_id, kept.office = None, "member_second", people.second.office
        kept.save()
        page = words(entered(keeper).get("/en/store/"))
        assert store(home) in page
        assert store(people.second) in page

    @pytest.mark.parametrize("who", ["stranger", "partner", "neighbour", "coordinator"])
    def test_others_find_no_such_store(self, people, truck, who):
        actor = getattr(getattr(people, who), "officer", None) or getattr(people, who)
        client = entered(actor)
        for address in (store(people.home), receive(truck), issue(people.home)):
            assert client.get(address).status_code == 404
            assert client.post(address, {}, **QUEUE).status_code in (404, 405)

    def test_who_only_reads_may_not_receive_or_issue(self, people, truck, home):
        client = entered(a_member(home.office, "auditor"))
        page = words(client.get(store(home)))
        assert receive(truck) not in page.replace(f'data-url="{receive(truck)}"', "").replace(
            f'data-waits-for="{receive(truck)}"', ""
        )
        for address in (receive(truck), issue(home)):
            assert client.get(address).status_code == 403
            assert client.post(address, {}, **QUEUE).status_code == 403

    def test_officer_receives_and_does_not_issue(self, truck, home):
        client = entered(home.officer)
        assert client.post(receive(truck), counting(truck, "count2")).status_code == 302
        assert client.get(issue(home)).status_code == 403

    def test_who_is_not_signed_in_is_asked_to(self, truck):
        client = Client()
        assert "/account/login/" in client.get(receive(truck)).headers["Location"]
        answer = client.post(receive(truck), counting(truck, "count3"), **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_needed")
        assert acts() == 0

    def test_another_offices_consignment_is_not_there(self, people, phone, home):
        other = a_truck(people.neighbour)
        strange = receive(other).replace(other.office.public_id, home.office.public_id)
        assert phone.get(strange).status_code == 404
        assert phone.get(strange.replace(other.public_id, "nonsense")).status_code == 404


class TestReceiving:
    def test_plain_form_counts_every_lot(self, phone, truck, keeper):
        page = phone.get(receive(truck))
        blankets, food, beds = (lot_of(truck, BLANKETS), lot_of(truck, FOOD), line_of(truck, BEDS))
        for name in (blankets.label, food.label, beds.public_id):
            assert f'name="received-{name}"' in words(page)
        assert "on the papers: more than 20" in words(page)
        answer = phone.post(receive(truck), counting(truck, "count1"), follow=True)
        assert "Recorded: acceptance act 1/" in words(answer)
        assert "stands in discrepancy act 1/" in words(answer)
        assert held(blankets) == {"store": 117_000, "damaged": 1000, "shortage": 2000}
        assert held(food) == {"store": 40_000}
        assert held(lot_of(truck, BEDS)) == {"store": 23_000}
        act = AidAct.objects.get(kind="acceptance")
        assert [one["duty"] for one in act.commission] == ["head", "accountant", "member"]
        assert (act.signed_by, act.remarks) == ("Iryna Head", "One pallet was wet.")
        assert act.by == str(keeper)
        assert Consignment.objects.get(pk=truck.pk).state == "received"

    def test_without_scripts_the_sums_are_shown_first(self, phone, truck):
        page = words(phone.post(receive(truck), counting(truck, "count1", act="look")))
        assert "Missing: 2" in page
        assert "All of it is here." in page
        assert 'value="117"' in page
        more = counting(truck, "count1", act="look")
        label = lot_of(truck, BLANKETS).label
        page = words(phone.post(receive(truck), more | {f"received-{label}": "130"}))
        assert "More than on the papers: 11" in page
        page = words(phone.post(receive(truck), more | {f"more-{label}": "on"}))
        assert "Still to come: 2" in page
        assert acts() == 0

    def test_same_form_again_records_nothing_further(self, phone, truck):
        told = counting(truck, "count1")
        for _time in range(2):
            assert "Recorded: acceptance act 1/" in words(
                phone.post(receive(truck), told, follow=True)
            )
        assert acts() == 1
        assert held(lot_of(truck, BLANKETS))["store"] == 117_000

    def test_queue_hears_that_it_is_done_and_that_it_was(self, phone, truck):
        told = counting(truck, "count1")
        first = phone.post(receive(truck), told, **QUEUE)
        again = phone.post(receive(truck), told, **QUEUE)
        assert (first.status_code, again.status_code) == (200, 200)
        assert (first.json()["status"], again.json()["status"]) == ("done", "already")
        assert first.json()["act"] == again.json()["act"]
        assert "Recorded: acceptance act 1/" in first.json()["sentence"]
        assert acts() == 1

    def test_other_body_under_the_key_is_refused_with_the_reason(self, phone, truck):
        told = counting(truck, "count1")
        phone.post(receive(truck), told, **QUEUE)
        other = phone.post(receive(truck), told | {"remarks": "All of it was dry."}, **QUEUE)
        assert (other.status_code, other.json()["code"]) == (409, "key_reused")
        assert other.json()["sentence"]
        page = phone.post(receive(truck), told | {"remarks": "All of it was dry."})
        assert page.status_code == 409
        assert 'value="count1"' not in words(page)
        assert acts() == 1

    def test_stale_queue_for_what_was_received_meanwhile(self, phone, home, truck):
        entered(home.officer).post(receive(truck), counting(truck, "theirs"))
        late = phone.post(receive(truck), counting(truck, "mine", beds="1"), **QUEUE)
        assert late.status_code == 409
        assert late.json()["status"] == "refused"
        assert acts() == 1
        assert held(lot_of(truck, BLANKETS))["store"] == 117_000

    def test_stale_queue_for_a_closed_consignment(self, phone, home, truck):
        told = counting(truck, "late", beds="1")
        Consignment.objects.filter(pk=truck.pk).update(state="closed")
        answer = phone.post(receive(truck), told, **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (409, "consignment_closed")
        assert acts() == 0

    def test_what_is_left_empty_stays_on_the_way(self, phone, truck):
        label, food = lot_of(truck, BLANKETS).label, lot_of(truck, FOOD)
        told = counting(truck, "part1")
        told |= {f"received-{food.label}": "", f"more-{label}": "on"}
        phone.post(receive(truck), told)
        assert held(food) == {"in_transit": 40_000}
        assert held(lot_of(truck, BLANKETS))["in_transit"] == 2000
        assert Consignment.objects.get(pk=truck.pk).state == "dispatched"
        page = words(phone.get(receive(truck)))
        assert "on the papers: 2" in page
        rest = counting(truck, "part2", beds="")
        rest |= {f"received-{label}": "2", f"damaged-{label}": ""}
        phone.post(receive(truck), rest)
        assert held(lot_of(truck, BLANKETS)) == {"store": 119_000, "damaged": 1000}
        assert acts() == 2

    def test_replay_of_a_part_gives_its_own_act(self, phone, truck):
        label = lot_of(truck, BLANKETS).label
        part = counting(truck, "part1") | {f"more-{label}": "on"}
        first = phone.post(receive(truck), part, **QUEUE).json()
        rest = counting(truck, "part2", beds="") | {f"received-{label}": "2"}
        rest[f"damaged-{label}"] = ""
        del rest[f"received-{lot_of(truck, FOOD).label}"]
        assert phone.post(receive(truck), rest, **QUEUE).status_code == 200
        again = phone.post(receive(truck), part, **QUEUE).json()
        assert (again["status"], again["act"]) == ("already", first["act"])

    def test_uncounted_line_gets_its_batch(self, phone, truck):
        name = line_of(truck, BEDS).public_id
        told = counting(truck, "count1")
        told |= {f"batch-{name}": "L-7", f"expires_on-{name}": "2031-05-01"}
        phone.post(receive(truck), told)
        lot = lot_of(truck, BEDS)
        assert (lot.batch, lot.expires_on) == ("L-7", dt.date(2031, 5, 1))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"accountant": ""}, "Something is missing"),
            ({"signed_by": ""}, "Something is missing"),
            ({"member": "Iryna Head"}, "at least three people"),
            ({"day": (TODAY + dt.timedelta(days=2)).isoformat()}, ""),
            ({"day": "yesterday"}, "Something is missing"),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, phone, truck, changes, said):
        told = counting(truck, "count1", **changes)
        page = phone.post(receive(truck), told)
        assert page.status_code == 400
        assert said in words(page)
        assert 'value="117"' in words(page)
        assert 'value="count1"' in words(page)
        answer = phone.post(receive(truck), told, **QUEUE)
        assert answer.status_code == 400
        assert said in answer.json()["sentence"]
        assert acts() == 0

    @pytest.mark.parametrize("amount", ["-3", "many", "1.5", "1e3"])
    def test_amounts_that_cannot_be(self, phone, truck, amount):
        label = lot_of(truck, BLANKETS).label
        told = counting(truck, "count1") | {f"received-{label}": amount}
        answer = phone.post(receive(truck), told, **QUEUE)
        assert answer.status_code == 400
        assert f"received-{label}" in answer.json()["errors"]
        assert acts() == 0

    def test_nothing_counted_is_no_act(self, phone, truck):
        told = counting(truck, "count1", beds="")
        told |= {name: "" for name in told if name.startswith(("received-", "damaged-"))}
        answer = phone.post(receive(truck), told, **QUEUE)
        assert answer.json()["sentence"] == "Write how many came of at least one thing."
        page = words(phone.post(receive(truck), told))
        assert "Write how many came of at least one thing." in page

    def test_none_of_it_came_is_a_count(self, phone, truck):
        food = lot_of(truck, FOOD)
        told = counting(truck, "count1") | {f"received-{food.label}": "0"}
        phone.post(receive(truck), told)
        assert held(food) == {"shortage": 40_000}

    def test_entry_of_another_person_is_not_sent(self, phone, home, truck):
        told = counting(truck, "count1", person="person_of_before")
        answer = phone.post(receive(truck), told, **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
        assert acts() == 0

    def test_entry_with_its_person_is(self, phone, truck, keeper):
        told = counting(truck, "count1", person=keeper.user.public_id)
        assert phone.post(receive(truck), told, **QUEUE).status_code == 200

    def test_received_all_is_said(self, phone, truck):
        phone.post(receive(truck), counting(truck, "count1"))
        assert "Nothing of it is on the way any more" in words(phone.get(receive(truck)))


class TestPhotos:
    def test_photo_is_kept_once_and_without_its_place(self, phone, truck):
        for _time in range(2):
            photos = [photo(), photo("second.png", "PNG")]
            answer = phone.post(receive(truck), counting(truck, "c1") | {"photo": photos}, **QUEUE)
            assert answer.json()["trouble"] == []
        kept = AidFile.objects.all()
        assert [one.key for one in kept] == ["c1-1", "c1-2"]
        assert {one.act.kind for one in kept} == {"acceptance"}
        for one in kept:
            with Image.open(one.file.open()) as picture:
                assert not picture.getexif()
            assert b"Exif" not in file_content(one)
            assert "secret" not in one.name + one.file.name

    def test_twenty_megabytes_are_taken_and_made_small(self, phone, truck):
        large = a_photo(side=4200, kind="BMP")
        assert len(large) > 20_000_000
        content = a_photo(side=4200)
        content += b"\0" * (20_000_000 - len(content))
        told = counting(truck, "c1") | {"photo": SimpleUploadedFile("p.jpg", content)}
        answer = phone.post(receive(truck), told, **QUEUE)
        assert answer.json()["trouble"] == []
        kept = AidFile.objects.get()
        assert kept.size < 5_000_000
        with Image.open(kept.file.open()) as picture:
            assert max(picture.size) == 2400

    def test_what_is_no_photo_leaves_the_act_and_says_so(self, phone, truck):
        bad = SimpleUploadedFile("p.jpg", b"MZ\x90 this program cannot be run")
        told = counting(truck, "c1") | {"photo": [bad, photo()]}
        answer = phone.post(receive(truck), told, **QUEUE)
        assert answer.status_code == 200
        (trouble,) = answer.json()["trouble"]
        assert trouble.startswith("The act is recorded. Photo 1 was not kept:")
        assert (acts(), AidFile.objects.count()) == (1, 1)
        bad.seek(0)
        page = phone.post(receive(truck), counting(truck, "c1") | {"photo": [bad]}, follow=True)
        assert "The act is recorded. Photo 1 was not kept:" in words(page)

    def test_too_many_at_once_are_refused_before_anything(self, phone, truck):
        photos = [photo(f"{n}.jpg", side=8) for n in range(13)]
        answer = phone.post(receive(truck), counting(truck, "c1") | {"photo": photos}, **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (400, "photos_too_many")
        assert acts() == 0

    def test_full_disk_is_told_and_the_next_try_completes(self, phone, truck, monkeypatch):
        def full(**_told):
            raise Unavailable("The disk is full.", code="disk_full")

        monkeypatch.setattr(receiving, "add_file", full)
        told = counting(truck, "c1")
        answer = phone.post(receive(truck), told | {"photo": photo()}, **QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (503, "disk_full")
        assert phone.post(receive(truck), told | {"photo": photo()}).status_code == 503
        monkeypatch.setattr(receiving, "add_file", add_file)
        answer = phone.post(receive(truck), told | {"photo": photo()}, **QUEUE)
        assert (answer.status_code, answer.json()["status"]) == (200, "already")
        assert (acts(), AidFile.objects.count()) == (1, 1)


def photo(name="a secret street.jpg", kind="JPEG", side=200):
    return SimpleUploadedFile(name, a_photo(side=side, kind=kind))


class TestThePhone:
    def test_token_tells_who_is_here(self, phone, keeper):
        answer = phone.get("/en/store/token/")
        assert answer.json()["person"] == keeper.user.public_id
        assert len(answer.json()["token"]) > 30
        assert Client().get("/en/store/token/").json()["person"] == ""

    def test_entry_is_accepted_with_the_token_and_not_without(self, keeper, truck):
        client = Client(enforce_csrf_checks=True)
        client.force_login(keeper.user)
        told = counting(truck, "count1")
        assert client.post(receive(truck), told, **QUEUE).status_code == 403
        secret = client.get("/en/store/token/").json()["token"]
        done = client.post(receive(truck), told, HTTP_X_CSRFTOKEN=secret, **QUEUE)
        assert done.status_code == 200

    def test_worker_names_files_that_are_there(self, client, static_files):
        answer = client.get("/en/store/worker.js")
        assert answer["Content-Type"].startswith("text/javascript")
        assert answer["Service-Worker-Allowed"] == "/"
        assert "worker-src 'self'" in answer["Content-Security-Policy"]
        told = json.loads(answer.content.decode().partition(" = ")[2].partition(";\n")[0])
        assert told["store"] == "/en/store/"
        for address in told["files"]:
            assert (static_files / address.removeprefix("/static/")).is_file()

    def test_page_without_connection_names_nobody(self, phone, keeper):
        page = words(phone.get("/en/store/offline/"))
        assert "No connection" in page
        assert keeper.user.email not in page
        assert keeper.user.public_id not in page

    def test_after_sign_out_the_next_page_clears_what_was_kept(self, phone, home, keeper):
        phone.get(store(home))
        assert "store-leave" not in words(phone.get("/en/about/"))
        phone.post("/en/account/logout/")
        page = words(phone.get("/en/about/"))
        assert "store-leave" in page
        assert f'data-left="{keeper.user.public_id}"' in page

    def test_another_person_on_the_phone_clears_it_too(self, people, phone, home, keeper):
        phone.get(store(home))
        phone.force_login(home.officer.user)
        assert "store-leave" in words(phone.get("/en/about/"))
        page = phone.get(store(home))
        assert page.cookies[STORE_COOKIE].value == home.officer.user.public_id
        assert "store-leave" not in words(page)
        assert "store-leave" not in words(phone.get("/en/about/"))

    def test_visitors_are_not_bothered(self, client):
        assert "store-leave" not in words(client.get("/en/about/"))

    def test_pages_say_it_in_ukrainian_addresses_too(self, phone, home):
        page = words(phone.get(store(home).replace("/en/", "/uk/")))
        assert '"token": "/uk/store/token/"' in page
