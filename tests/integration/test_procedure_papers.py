"""Papers made from the record, scans of what was signed, the plan of a year and its report."""

import datetime as dt
import hashlib
from decimal import Decimal

import pypdfium2
import pytest
from django.apps import apps

from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.papers import slots_of
from mistok.partnering.models import PaperVersion, SignedScan
from mistok.partnering.procedure import services
from mistok.partnering.procedure.filling import known_slots
from mistok.partnering.procedure.measures import MeasureState
from mistok.partnering.procedure.selectors import papers_for, scans_for
from mistok.partnering.procedure.services.papers import ScanTold
from mistok.partnering.procedure.services.planning import MeasureGiven
from mistok.partnering.procedure.words import PAPERS
from mistok.provenance.models import AuditEvent
from procedure_cast import PDF, TODAY, a_walk, the_two

pytestmark = pytest.mark.django_db
LANGUAGES = ("uk", "de")
RESOLVED = "draft_resolution"


def refused(error, code, act, /, *args, **fields):
    with pytest.raises(error) as caught:
        act(*args, **fields)
    assert caught.value.code == code
    return caught.value


@pytest.fixture(autouse=True)
def papers_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def people():
    return the_two()


@pytest.fixture
def walk(people):
    return a_walk(people)


def by_home(people, walk, **fields):
    return {"actor": people.home.officer, "office": people.home.office, "run": walk.run, **fields}


def both(uk, de=""):
    return {"uk": uk, "de": de or uk}


INTENT = {
    "parties": [
        {
            "authority": both("Житомирська міська рада", "Stadtrat Schytomyr"),
            "signatory_office": both("міський голова", "Bürgermeisterin"),
            "signatory": both("Г. Шиманська", "H. Schymanska"),
        },
        {
            "authority": both("Місто Дортмунд", "Stadt Dortmund"),
            "signatory_office": both("обербургомістр", "Oberbürgermeister"),
            "signatory": both("Т. Вестфаль", "T. Westphal"),
        },
    ],
    "areas": [both("освіта", "Bildung")],
    "steps": [{"what": both("онлайн-зустріч", "Treffen online")}],
    "contacts": [
        {
            "party": both("Житомир", "Schytomyr"),
            "unit": both("відділ", "Amt"),
            "mail": "office@example.org",
        }
    ],
    "copies": "2",
}


def test_letter_of_intent_is_made_in_two_languages_from_the_record(people, walk):
    made = services.make_paper(
        **by_home(people, walk), side=0, kind="letter_of_intent", languages=LANGUAGES, slots=INTENT
    )
    assert (made.number, made.template_version, made.access) == (1, 1, "partner")
    names = [row["name"] for row in made.slots["parties"]]
    assert names[0]["uk"].startswith("Житомир")
    assert names[1] == {"uk": "Дортмунд", "de": "Dortmund"}
    pdf = made.pdf.read()
    assert hashlib.sha256(pdf).hexdigest() == made.pdf_sha256
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    for word in ("Лист про наміри", "Absichtserklärung", "Дортмунд", "Dortmund"):
        assert word in text
    assert made.docx.read()[:2] == b"PK"
    again = services.make_paper(
        **by_home(people, walk), side=0, kind="letter_of_intent", languages=LANGUAGES, slots=INTENT
    )
    assert again.number == 2
    assert again.pdf_sha256 == made.pdf_sha256


def test_paper_asks_for_every_obligatory_slot_at_once(people, walk):
    told = refused(
        Invalid,
        "slot_missing",
        services.make_paper,
        **by_home(people, walk),
        side=0,
        kind="letter_of_intent",
        languages=LANGUAGES,
        slots={},
    )
    assert told.details["slots"] == ["areas", "steps", "contacts", "copies"]
    refused(
        Invalid,
        "slot_missing",
        services.make_paper,
        **by_home(people, walk),
        side=0,
        kind="letter_of_intent",
        languages=LANGUAGES,
        slots=INTENT | {"parties": []},
    )
    assert not PaperVersion.objects.exists()


def test_paper_of_an_unknown_kind_or_a_foreign_side_is_refused(people, walk):
    common = by_home(people, walk, languages=LANGUAGES, slots={})
    refused(NotFound, "paper_unknown", services.make_paper, **common, side=0, kind="poem")
    refused(
        NotFound, "side_unknown", services.make_paper, **common, side=2, kind="draft_resolution"
    )


def test_every_kind_of_paper_takes_what_the_record_knows(people, walk):
    walk.to("council_decision", 1)
    days = {"ends_on": dt.date(2030, 1, 1), "review_on": dt.date(2029, 1, 1)}
    walk.do("council_decision", 1, texts={"control_by": "Committee"}, **days)
    walk.to("evaluation")
    plan = services.keep_plan(**by_home(people, walk), year=2026, goal="Schools")
    services.plan_measure(
        actor=people.home.officer,
        office=people.home.office,
        plan=plan,
        given=MeasureGiven(
            title="Exchange of pupils",
            owners={"1": "School department", "2": "Schulamt"},
            budget=({"source": "budget", "amount": "1500.50", "currency": "EUR"},),
        ),
    )
    side = walk.run.sides.get(position=1)
    for kind in PAPERS:
        found = known_slots(walk.run, side, people.home.office, kind, ("uk", "en", "de"))
        assert set(found) <= {slot.name for slot in slots_of(kind)}
        for slot in slots_of(kind):
            if slot.type == "rows" and slot.name in found:
                fields = {field.name for field in slot.fields}
                assert all(set(row) <= fields for row in found[slot.name])
    plan_paper = known_slots(walk.run, None, people.home.office, "action_plan", ("en", "de"))
    assert plan_paper["year"] == "2026"
    assert plan_paper["measures"][0]["owner_others"] == {"en": "Schulamt", "de": "Schulamt"}
    agreement = known_slots(walk.run, side, people.home.office, "agreement", ("de",))
    assert agreement["parties"][0]["signatory"] == {"de": "Mayor 1"}
    assert (agreement["valid_until"], agreement["review_date"]) == ("2030-01-01", "2029-01-01")
    letter = known_slots(walk.run, side, people.home.office, "letter_of_introduction", ("uk",))
    assert letter["population"] > 200_000
    assert letter["contact_mail"] == "office@example.org"


def test_own_papers_stay_in_the_house_and_shared_ones_do_not(people, walk):
    walk.to("draft_agreement")
    for side, kind in ((1, "draft_resolution"), (0, "agreement"), (2, "draft_resolution")):
        walk.paper("x", side, kind)
    home, partner = people.home.office, people.partner.office
    assert {(s.position, s.kind) for s in scans_for(walk.run, partner)} >= {(0, "agreement")}
    assert not scans_for(walk.run, partner).filter(position=1).exists()
    assert scans_for(walk.run, home).filter(position=1).exists()
    assert not papers_for(walk.run, home).exists()


def told(name="agreement.pdf", **fields):
    sound = {
        "kind": "agreement",
        "name": name,
        "signed_on": TODAY,
        "signatories": ({"person": "A. Mayor", "post": "Mayor"},),
    }
    return ScanTold(**sound | fields)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 30 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "a.pdf", "application/pdf"),
        (PNG, "a.PNG", "image/png"),
        (JPEG, "a.jpeg", "image/jpeg"),
    ],
)
def test_scan_is_kept_with_hash_day_and_signatories(people, walk, content, name, kind):
    scan = services.upload_scan(**by_home(people, walk), side=0, content=content, told=told(name))
    assert (scan.content_type, scan.size) == (kind, len(content))
    assert scan.sha256 == hashlib.sha256(content).hexdigest()
    assert scan.file.read() == content
    assert scan.signatories == [{"person": "A. Mayor", "post": "Mayor"}]
    assert AuditEvent.objects.get(verb="upload_scan").after["sha256"] == scan.sha256


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file_empty"),
        (b"MZ\x90\x00 program", "a.pdf", "file_type_unknown"),
        (PDF[:20], "a.pdf", "file_type_unknown"),
        (PNG, "a.pdf", "file_not_what_it_says"),
        (PDF + b"\0" * 16 * 2**20, "a.pdf", "file_too_large"),
        (b"<html><script>alert(1)</script>", "a.png", "file_type_unknown"),
    ],
)
def test_file_that_is_not_what_it_says_is_refused(people, walk, content, name, code):
    refused(
        Invalid,
        code,
        services.upload_scan,
        **by_home(people, walk),
        side=0,
        content=content,
        told=told(name),
    )
    assert not SignedScan.objects.exists()
    assert AuditEvent.objects.get(verb="refused_upload_scan").after["code"] == code


def test_scan_with_wrong_words_or_twice_is_refused(people, walk):
    common = by_home(people, walk, side=0, content=PDF)
    ahead = told(signed_on=TODAY + dt.timedelta(days=2))
    refused(Invalid, "day_in_the_future", services.upload_scan, **common, told=ahead)
    nobody = told(signatories=())
    refused(Invalid, "signatory_missing", services.upload_scan, **common, told=nobody)
    lost = told(of="paper_nowhere")
    refused(NotFound, "paper_unknown", services.upload_scan, **common, told=lost)
    made = services.make_paper(
        **by_home(people, walk), side=0, kind="letter_of_intent", languages=LANGUAGES, slots=INTENT
    )
    scan = services.upload_scan(**common, told=told(of=made.public_id))
    assert scan.of == made
    refused(Conflict, "scan_known", services.upload_scan, **common, told=told())
    refused(
        NotAllowed,
        "role_cannot",
        services.upload_scan,
        **common | {"actor": people.home.approver},
        told=told(),
    )


def a_plan(people, walk, *titles):
    plan = services.keep_plan(**by_home(people, walk), year=2026, goal="Schools")
    measures = [
        services.plan_measure(
            actor=people.home.officer,
            office=people.home.office,
            plan=plan,
            given=MeasureGiven(
                title=title,
                starts_on=dt.date(2026, 3, 1),
                ends_on=dt.date(2026, 9, 1),
                budget=(
                    {"source": "budget", "amount": "1 500,50", "currency": "EUR"},
                    {"source": "SKEW", "amount": "100", "currency": "UAH"},
                ),
            ),
        )
        for title in titles
    ]
    return plan, measures


def change(people, measure, state, **fields):
    return services.change_measure(
        actor=people.partner.officer,
        office=people.partner.office,
        measure=measure,
        state=state,
        **fields,
    )


def test_report_is_derived_from_the_measures_of_the_plan(people, walk):
    plan, (first, second, third) = a_plan(people, walk, "Pupils", "Fire service", "Choir")
    filing = {"actor": people.home.officer, "office": people.home.office, "plan": plan}
    told = refused(Invalid, "measures_undecided", services.file_report, **filing)
    assert told.details["measures"] == ["Pupils", "Fire service", "Choir"]
    change(people, first, MeasureState.DONE, actual="40", result="Two visits.")
    change(people, second, MeasureState.RUNNING)
    change(people, third, MeasureState.CANCELLED)
    report = services.file_report(**filing)
    assert report.money == {
        "EUR": {"budget": Decimal("3001.00")},
        "UAH": {"SKEW": Decimal(200)},
    }
    assert report.counts[MeasureState.DONE] == 1
    assert [measure.title for measure in report.unfinished] == ["Fire service"]
    refused(Conflict, "plan_reported", services.file_report, **filing)
    refused(Conflict, "plan_reported", change, people, second, MeasureState.DONE)


def test_plan_refuses_what_cannot_be(people, walk):
    plan, (measure,) = a_plan(people, walk, "Pupils")
    common = {"actor": people.home.officer, "office": people.home.office}
    wrong = {
        "measure_untitled": {"title": " "},
        "measure_ends_before": {
            "title": "x",
            "starts_on": dt.date(2026, 2, 1),
            "ends_on": dt.date(2026, 1, 1),
        },
        "owner_unknown": {"title": "x", "owners": {"9": "Somebody"}},
        "amount_malformed": {"title": "x", "budget": ({"amount": "many", "currency": "EUR"},)},
        "currency_malformed": {"title": "x", "budget": ({"amount": "1", "currency": "eur"},)},
    }
    for code, fields in wrong.items():
        given = MeasureGiven(**fields)
        refused(Invalid, code, services.plan_measure, **common, plan=plan, given=given)
    refused(
        Invalid, "year_impossible", services.keep_plan, **by_home(people, walk), year=20, goal=""
    )
    change(people, measure, MeasureState.DONE)
    change(people, measure, MeasureState.DONE, actual="41")
    refused(Conflict, "measure_over", change, people, measure, MeasureState.RUNNING)
    empty = services.keep_plan(**by_home(people, walk), year=2027, goal="")
    refused(Invalid, "plan_empty", services.file_report, **common, plan=empty)


def test_plan_takes_no_end_of_measures(people, walk, monkeypatch):
    monkeypatch.setattr(services.planning, "MOST_MEASURES", 1)
    plan, _measures = a_plan(people, walk, "Pupils")
    refused(
        Invalid,
        "too_many_measures",
        services.plan_measure,
        actor=people.home.officer,
        office=people.home.office,
        plan=plan,
        given=MeasureGiven(title="One more"),
    )


def test_rows_are_named_for_the_staff(people, walk):
    walk.to("evaluation")
    walk.do("evaluation")
    a_plan(people, walk, "Pupils")
    services.make_paper(
        **by_home(people, walk), side=0, kind="letter_of_intent", languages=LANGUAGES, slots=INTENT
    )
    services.renew_feed(actor=people.home.officer, office=people.home.office)
    seen = 0
    for model in apps.get_app_config("partnering").get_models():
        if "procedure" in model.__module__:
            seen += sum(bool(str(row)) for row in model.objects.all())
    assert seen > 40


def test_paper_of_one_house_made_for_all_sides_serves_its_own_house_alone(people, walk):
    walk.to("draft_resolution", 1)
    told = {"kind": "draft_resolution", "name": "paper.pdf", "signed_on": walk.day}
    told["signatories"] = ({"person": "A. Mayor", "post": "Mayor"},)
    scan = {"content": PDF + b"1", "told": ScanTold(**told), "side": 0}
    services.upload_scan(**by_home(people, walk), **scan)
    missing = {s.ref.side: s.missing for r, s in walk.course().states.items() if r.code == RESOLVED}
    assert missing == {"1": (), "2": ("draft_resolution",)}


def test_agreement_made_for_all_sides_goes_to_the_ministry(people, walk):
    walk.to("ministry_order", 1)
    ministry = next(s for r, s in walk.course().states.items() if r.code == "ministry_order")
    assert ministry.missing == ("covering_letter",)
