"""The reference page names every paper and every slot of it."""

from pathlib import Path

from mistok.config.reference import MADE
from mistok.papers import kinds, template
from mistok.papers.reference import papers_page

ROOT = Path(__file__).resolve().parents[3]


def test_page_names_every_paper_slot_and_field():
    page = papers_page("<!-- made -->\n")
    assert "<!-- made -->" in page
    for kind in kinds():
        section = page.split(f'<a id="{kind.replace("_", "-")}"></a>')[1].split("<a id=")[0]
        for slot in template(kind).slots:
            assert f"| `{slot.name}` | {slot.type} |" in section
            for field in slot.fields:
                assert f"| `{slot.name}.{field.name}` | {field.type} |" in section


def test_page_in_the_docs_is_the_one_that_the_code_tells():
    page = (ROOT / "docs" / "reference" / "papers.md").read_text(encoding="utf-8")
    assert page == papers_page(MADE)
