"""The sweep: who remains, other names, drafts that end ties, one act for several of them."""

import io
import json

import docx
import pypdfium2
import pytest
from django.urls import reverse
from django.utils.http import urlencode

from factories import BUCHA, DORTMUND, GDYNIA, KHARKIV, SMOLENSK, ZHYTOMYR, a_source, a_tie
from mistok.kernel.errors import Conflict, Invalid
from mistok.papers import to_pdf
from mistok.registry import sweep_papers
from mistok.registry.models import Tie
from mistok.registry.paper_states import PaperState
from mistok.registry.selectors import public_tie
from mistok.registry.sweep import sweep
from mistok.registry.sweep_papers import council_of, notice, rendered, resolution

pytestmark = pytest.mark.django_db
MINSK = "geonames:625144"
PETERSBURG = "geonames:498817"
"""Leningrad until 1991-09-06."""


def text_of(data):
    """The words of a PDF, line breaks and soft hyphens apart."""
    pages = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.replace("\ufffe", "").replace("\xa0", " ").split())


def words_of(paper):
    return text_of(rendered(paper, "pdf"))


def paper_url(public_id, kind="resolution", form="pdf", **query):
    url = reverse("registry:sweep_paper", args=[public_id, kind, form])
    return f"{url}?{urlencode(query)}" if query else url


def tie_with(*keys, **event):
    source = a_source("-".join(key[-6:] for key in keys).lower() + event.get("event", ""))
    return public_tie(a_tie(*keys, source=source, **event))


def test_tie_of_two_leaves_nobody_and_a_tie_of_several_leaves_the_others():
    tie_with(ZHYTOMYR, SMOLENSK)
    several = tie_with(ZHYTOMYR, DORTMUND, SMOLENSK)
    found = {item.tie: item for item in sweep(against=["RU"])}
    assert {row.name for row in found[several].remaining} == {"Dortmund", "Zhytomyr"}
    (other,) = [item for tie, item in found.items() if tie != several]
    assert other.remaining == ()
    assert [row.name for row in other.councils] == ["Zhytomyr"]


def test_sweep_of_the_ukrainian_side_alone():
    tie_with(ZHYTOMYR, SMOLENSK)
    tie_with(DORTMUND, SMOLENSK)
    assert len(sweep(against=["RU", "BY"])) == 2
    (only,) = sweep(against=["RU", "BY"], side="ukrainian")
    assert [row.name for row in only.councils] == ["Zhytomyr"]


@pytest.mark.parametrize(
    ("date", "shown"),
    [("1960-05-01", ["Leningrad"]), ("1995-05-01", []), ("", ["Leningrad"])],
)
def test_other_name_is_told_where_the_tie_may_have_been_made_under_it(date, shown):
    tie_with(DORTMUND, PETERSBURG, date=date, event="signed" if date else "active")
    (found,) = sweep(against=["RU"])
    assert [one.renaming.former for one in found.renamed] == shown


def test_place_that_no_gazetteer_has_bears_no_other_name():
    tie = tie_with(DORTMUND, SMOLENSK)
    row = tie.parties.first().municipality
    row.key = "place_abcdefgh2345"
    assert sweep_papers.renamings_of(row, tie) == ()


def test_law_names_russia_and_not_belarus():
    tie_with(ZHYTOMYR, SMOLENSK)
    tie_with(BUCHA, MINSK)
    russian, belarusian = (sweep(against=[code])[0].next_step for code in ("RU", "BY"))
    assert "is forbidden" in russian
    assert "own reasons" in belarusian
    assert "forbidden" not in belarusian


def test_suspended_tie_is_not_ended_and_can_be():
    tie = tie_with(DORTMUND, SMOLENSK, event="suspended", review_date="2027-03-01")
    (found,) = sweep(against=["RU"])
    assert found.suspended
    assert found.open
    assert found.review_on == "2027-03-01"
    assert resolution([tie]).kind == "termination_resolution"


def test_resolution_of_a_ukrainian_council_names_the_law_and_leaves_blanks():
    tie = tie_with(ZHYTOMYR, SMOLENSK, instrument="agreement", date="1998-05-06")
    text = words_of(resolution([tie]))
    assert "Житомир: ____ (назва ради)" in text
    assert "№ 3668-IX" in text
    assert "№ 129-VIII" in text
    assert "Смоленськ (Росія): угода від 6 травня 1998 року" in text
    assert "____ (ім’я та прізвище)" in text
    assert "Білорусь" not in text
    assert "9999" not in text


def test_resolution_of_a_foreign_council_or_about_belarus_claims_no_ukrainian_law():
    german = words_of(resolution([tie_with(DORTMUND, SMOLENSK)]))
    assert "Dortmund: ____ (Name des Rates)" in german
    assert "____ (eigene Gründe des Rates)" in german
    assert "3668" not in german
    belarusian = words_of(resolution([tie_with(ZHYTOMYR, MINSK)]))
    assert "Мінськ (Білорусь)" in belarusian
    assert "3668" not in belarusian
    assert "129-VIII" not in belarusian


def test_one_act_ends_several_ties_of_one_council():
    ties = [tie_with(ZHYTOMYR, SMOLENSK), tie_with(ZHYTOMYR, MINSK)]
    text = words_of(resolution(ties))
    assert "Смоленськ (Росія)" in text
    assert "Мінськ (Білорусь)" in text
    assert "____ (мотиви ради)" in text  # for Belarus, of which the law says nothing
    with pytest.raises(Invalid) as refused:
        resolution([ties[0], tie_with(DORTMUND, SMOLENSK)])
    assert refused.value.code == "not_a_party"


def test_paper_of_several_parties_ends_for_the_council_alone():
    tie = tie_with(ZHYTOMYR, DORTMUND, SMOLENSK)
    text = words_of(resolution([tie]))
    assert "інші сторони: Дортмунд" in text
    german = resolution([tie], DORTMUND)
    assert german.languages == ("de",)
    assert "weitere Parteien: Schytomyr" in words_of(german)
    told = notice(tie, DORTMUND)
    assert told.languages == ("de", "en")
    assert "Schytomyr" in words_of(told)


def test_paper_that_has_ended_is_not_ended_again():
    tie = tie_with(ZHYTOMYR, SMOLENSK, instrument="memorandum", date="1998-05-06")
    tie.instruments.update(state=PaperState.SUPERSEDED)
    assert "меморандум" not in words_of(resolution([tie]))


def test_date_that_is_not_a_day_and_name_in_other_letters_are_left_out():
    tie = tie_with(ZHYTOMYR, PETERSBURG, instrument="agreement", date="1960")
    text = words_of(resolution([tie]))
    assert "угода" in text
    assert "1960" not in text
    assert "Leningrad" not in text
    german = tie_with(DORTMUND, PETERSBURG, instrument="agreement", date="1960")
    assert "früher Leningrad" in words_of(resolution([german]))


def test_notice_is_in_two_languages_without_an_invented_day():
    text = words_of(notice(tie_with(ZHYTOMYR, SMOLENSK)))
    assert "____ (посада, Смоленськ)" in text
    assert "____ (office, Smolensk)" in text
    assert "з ____ припиняється" in text
    assert "9999" not in text
    bare = notice(tie_with(BUCHA, SMOLENSK, event="active", date=""))
    assert "____ (title and date of the paper)" in words_of(bare)


@pytest.mark.parametrize(
    ("event", "keys", "error", "code"),
    [
        ({"event": "severed", "body": ZHYTOMYR}, (ZHYTOMYR, SMOLENSK), Conflict, "nothing_to_end"),
        ({"event": "proposed"}, (ZHYTOMYR, SMOLENSK), Conflict, "nothing_to_end"),
        ({"event": "signed"}, (ZHYTOMYR, DORTMUND), Invalid, "not_swept"),
        ({"event": "signed"}, (MINSK, SMOLENSK), Invalid, "not_swept"),
    ],
)
def test_draft_is_refused_where_there_is_nothing_to_end(client, event, keys, error, code):
    tie = tie_with(*keys, **event)
    with pytest.raises(error) as refused:
        council_of(tie)
    assert refused.value.code == code
    page = client.get(paper_url(tie.public_id))
    assert page.status_code == refused.value.status
    assert "sweep" not in page.get("Content-Disposition", "")


def test_too_few_and_too_many_ties_and_other_forms_are_refused(monkeypatch):
    tie = tie_with(ZHYTOMYR, SMOLENSK)
    with pytest.raises(Invalid, match="No tie is chosen"):
        resolution([])
    monkeypatch.setattr(sweep_papers, "MOST_TIES", 0)
    with pytest.raises(Invalid, match="at most"):
        resolution([tie])
    monkeypatch.undo()
    with pytest.raises(Invalid, match="PDF and as DOCX"):
        rendered(resolution([tie]), "odt")
    with pytest.raises(Invalid):
        council_of(tie, SMOLENSK)


def test_same_draft_is_made_once():
    paper = resolution([tie_with(ZHYTOMYR, SMOLENSK)])
    assert rendered(paper, "pdf") is rendered(paper, "pdf")
    assert rendered(paper, "pdf") == to_pdf(paper)


@pytest.mark.parametrize("kind", ["resolution", "notice"])
def test_anybody_may_fetch_the_drafts(client, kind):
    tie = tie_with(ZHYTOMYR, SMOLENSK)
    page = client.get(paper_url(tie.public_id, kind))
    assert page.status_code == 200
    assert page["Content-Type"] == "application/pdf"
    assert page["Content-Disposition"] == f'attachment; filename="{kind}-{tie.public_id}.pdf"'
    assert "max-age" in page["Cache-Control"]
    assert "Житомир" in text_of(page.content)
    document = docx.Document(io.BytesIO(client.get(paper_url(tie.public_id, kind, "docx")).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Житомир" in " ".join([p.text for p in document.paragraphs] + cells)


def test_council_of_the_address_decides(client):
    tie = tie_with(ZHYTOMYR, DORTMUND, SMOLENSK)
    fetched = client.get(paper_url(tie.public_id, **{"for": DORTMUND}))
    assert "Dortmund: ____" in text_of(fetched.content)
    assert client.get(paper_url(tie.public_id, **{"for": GDYNIA})).status_code == 400
    assert client.get("/en/sweep/tie_nothing2345/resolution.pdf").status_code == 404
    assert client.get(f"/en/sweep/{tie.public_id}/other.pdf").status_code == 404


def test_page_of_one_act(client):
    ties = [tie_with(ZHYTOMYR, SMOLENSK), tie_with(ZHYTOMYR, MINSK)]
    page = client.get(reverse("registry:sweep_act", args=[ZHYTOMYR]))
    text = page.content.decode()
    assert all(f'value="{tie.public_id}"' in text for tie in ties)
    assert "<script" not in text.split("<main")[1]
    url = reverse("registry:sweep_act_file", args=[ZHYTOMYR])
    chosen = [("tie", tie.public_id) for tie in ties]
    fetched = client.get(f"{url}?{urlencode([*chosen, ('form', 'pdf')])}")
    assert fetched["Content-Disposition"].endswith('"resolution-2.pdf"')
    assert "Мінськ" in text_of(fetched.content)
    twice = client.get(f"{url}?{urlencode([chosen[0], chosen[0], ('form', 'docx')])}")
    assert twice["Content-Disposition"].endswith('"resolution-1.docx"')
    assert client.get(url).status_code == 400
    assert client.get(f"{url}?{urlencode([chosen[0], ('form', 'exe')])}").status_code == 400
    foreign = tie_with(DORTMUND, SMOLENSK).public_id
    assert client.get(f"{url}?tie={foreign}").status_code == 400


def test_council_without_open_ties_is_told_so(client):
    tie_with(ZHYTOMYR, SMOLENSK, event="severed", body=ZHYTOMYR)
    page = client.get(reverse("registry:sweep_act", args=[ZHYTOMYR]))
    assert page.status_code == 404
    assert "No tie of this municipality" in page.content.decode()
    assert client.get(reverse("registry:sweep_act", args=[KHARKIV])).status_code == 404
    assert client.get(reverse("registry:sweep_act", args=["nonsense"])).status_code in (400, 404)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_sweep_page_counts_filters_and_offers_drafts(client, language):
    tie = tie_with(ZHYTOMYR, SMOLENSK)
    tie_with(ZHYTOMYR, MINSK)
    several = tie_with(DORTMUND, GDYNIA, PETERSBURG, date="1960", event="suspended")
    base = f"/{language}/sweep/"
    text = client.get(base).content.decode()
    assert f"{base}{tie.public_id}/resolution.pdf" in text
    assert f"{base}{several.public_id}/notice.docx?for=" in text
    assert f"{base}council/{ZHYTOMYR}/" in text
    assert f"{base}council/{DORTMUND}/" not in text
    assert "Leningrad" in text
    ukrainian = client.get(f"{base}?side=ukrainian").content.decode()
    assert several.public_id not in ukrainian
    assert tie.public_id in ukrainian
    assert client.get(f"{base}?side=other").content.decode().count("Leningrad") == text.count(
        "Leningrad"
    )


def test_suspended_row_says_that_it_is_not_ended_and_when_it_is_reviewed(client):
    tie_with(DORTMUND, SMOLENSK, event="suspended", review_date="2027-03-01")
    text = client.get("/en/sweep/").content.decode()
    assert "Suspended is not ended." in text
    assert "1 March 2027" in text
    Tie.objects.update(review_on="")
    assert "No date of review is known" in client.get("/en/sweep/").content.decode()


def test_command_filters_counts_and_tells_all(mistok):
    tie = tie_with(ZHYTOMYR, DORTMUND, SMOLENSK)
    tie_with(GDYNIA, PETERSBURG, date="1960", event="suspended", review_date="2027")
    told = json.loads(mistok("sweep", "--side", "ukrainian", "--json").out)
    assert [row["tie"] for row in told] == [tie.public_id]
    assert set(told[0]["remaining"]) == {ZHYTOMYR, DORTMUND}
    assert told[0]["drafts"] is True
    both = {row["state"]: row for row in json.loads(mistok("sweep", "--json").out)}
    assert both["suspended"]["renamed"][0]["former"] == "Leningrad"
    assert both["suspended"]["review_on"] == "2027"
    assert sorted(mistok("sweep", "--count").out.splitlines()) == ["signed\t1", "suspended\t1"]
