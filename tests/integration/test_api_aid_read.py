"""Aid that is read over the API: public traces without a token, papers with one."""

import hashlib
import uuid

import needs_cast
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from api_cast import coming, in_store, the_programs
from factories import ZHYTOMYR
from mistok.aid.models import AidPaper, AidPublication, Consignment

pytestmark = pytest.mark.django_db
people = needs_cast.needy
UNKNOWN = "/consignments/consignment_aaaaaaaaaaaa"


@pytest.fixture
def programs(client, people):
    return the_programs(client, people.home)


@pytest.fixture
def others(client, people):
    return the_programs(client, people.neighbour)


def refused(answer, status, code):
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.content
    return answer.json()


# What everybody reads ------------------------------------------------------------------------


TRACE = {
    "rules": "2026-11",
    "place": ZHYTOMYR,
    "region": "katottg:UA18000000000041385",
    "level": 3,
    "giver": "",
    "month": "2026-10",
    "stage": "received",
    "clusters": ["shelter"],
    "weight": 5000,
    "for": {"displaced": 120, "health": None},
}


def published(programs, which, **more):
    return AidPublication.objects.create(
        public_id=f"publication_{uuid.uuid4().hex[:12]}",
        consignment=Consignment.objects.get(public_id=which),
        projection=TRACE,
        rules="2026-11",
        not_before=timezone.localdate(),
        approved_by="tests",
        approved_at=timezone.now(),
        **more,
    )


def test_public_reads_the_trace_and_nothing_else(client, programs):
    which, _lots = in_store(programs)
    hidden, _more = in_store(programs)
    published(programs, which)
    for address in (f"/api/v1/consignments/{hidden}", f"/api/v1{UNKNOWN}"):
        refused(client.get(address), 404, "consignment_unknown")
    told = client.get(f"/api/v1/consignments/{which}").json()
    expected = {k: v for k, v in TRACE.items() if k != "for"}
    assert told == expected | {"id": which, "people": TRACE["for"]}
    page = client.get("/api/v1/consignments").json()
    assert page == {"items": [told], "next": None}


def test_public_list_goes_in_pages(client, programs):
    made = [in_store(programs)[0] for _number in range(3)]
    for which in made:
        published(programs, which)
    first = client.get("/api/v1/consignments", {"limit": 2}).json()
    rest = client.get("/api/v1/consignments", {"limit": 2, "cursor": first["next"]}).json()
    seen = [one["id"] for one in [*first["items"], *rest["items"]]]
    assert (sorted(seen), rest["next"]) == (sorted(made), None)


def test_publication_that_is_taken_back_is_gone(client, programs):
    which, _lots = in_store(programs)
    published(programs, which)
    published(programs, which, withdrawn=True)
    refused(client.get(f"/api/v1/consignments/{which}"), 404, "consignment_unknown")


# Papers --------------------------------------------------------------------------------------


@pytest.fixture
def paper(programs, settings, tmp_path):
    settings.MISTOK_DATA = tmp_path
    which = coming(programs)
    data = b"%PDF-1.7 a paper"
    made = AidPaper(
        public_id="paper_mfrggzdfmy2w",
        consignment=Consignment.objects.get(public_id=which),
        kind="packing_list",
        number=2,
        languages=["en", "uk"],
        slots={},
        template_version=1,
        readers="both",
        pdf_sha256=hashlib.sha256(data).hexdigest(),
        made_by="tests",
        made_at=timezone.now(),
    )
    made.pdf.save("x.pdf", ContentFile(data), save=False)
    made.save()
    return made


def test_papers_are_listed_and_their_files_read(programs, paper):
    which = paper.consignment.public_id
    (told,) = programs.store.get(f"/consignments/{which}/papers").json()["items"]
    assert (told["kind"], told["number"], told["languages"]) == ("packing_list", 2, ["en", "uk"])
    assert set(told["files"]) == {"pdf"}
    answer = programs.store.client.get(told["files"]["pdf"], headers=programs.store.headers())
    data = b"".join(answer.streaming_content)
    assert hashlib.sha256(data).hexdigest() == told["sha256"]["pdf"]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="packing_list-2.pdf"'


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        ("paper_mfrggzdfmy2w.docx", 404, "paper_unknown"),
        ("paper_aaaaaaaaaaaa.pdf", 404, "paper_unknown"),
        ("paper_mfrggzdfmy2w.exe", 400, "request_invalid"),
    ],
)
def test_paper_that_is_not_there(programs, paper, file, status, code):
    path = f"/consignments/{paper.consignment.public_id}/papers/{file}"
    refused(programs.store.get(path), status, code)


def test_paper_whose_file_is_lost(programs, paper):
    path = f"/consignments/{paper.consignment.public_id}/papers/{paper.public_id}.pdf"
    paper.pdf.storage.delete(paper.pdf.name)
    refused(programs.store.get(path), 503, "paper_missing")


def test_papers_of_another_office_are_not_there(others, paper):
    path = f"/consignments/{paper.consignment.public_id}/papers/{paper.public_id}.pdf"
    refused(others.officer.get(path), 404, "consignment_unknown")
