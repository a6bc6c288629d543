"""Dates in lists: of any precision, in four languages, and never made more exact."""

import pytest

from mistok.ingest.agreements.terms import Term, term_of
from mistok.ingest.tables.dates import partial_date
from mistok.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("", ""),
        ("1996", "1996"),
        ("1996 р.", "1996"),
        ("з 1996 року", "1996"),
        ("seit 1996", "1996"),
        ("od 1996 r.", "1996"),
        ("2014-05", "2014-05"),
        ("2014-05-17", "2014-05-17"),
        ("2014-05-17 00:00:00", "2014-05-17"),
        ("17.05.2014", "2014-05-17"),
        ("5.2014", "2014-05"),
        ("17/05/2014", "2014-05-17"),
        ("05/17/2014", "2014-05-17"),
        ("5/5/2014", "2014-05-05"),
        ("17 травня 2014 року", "2014-05-17"),
        ("17 May 2014", "2014-05-17"),
        ("May 17th, 2014", "2014-05-17"),
        ("17. Mai 2014", "2014-05-17"),
        ("17 maja 2014 r.", "2014-05-17"),
        ("травень 2014", "2014-05"),
        ("близько 1990", "~1990"),
        ("ca. 1990", "~1990"),
        ("до 2014", "<2014"),
        ("nach 2014", ">2014"),
    ],
)
def test_date_is_read(written, date):
    assert partial_date(written) == date


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5/6/2014", "date_ambiguous"),
        ("31.02.2014", "date_malformed"),
        ("17 Blaumonat 2014", "date_malformed"),
        ("Blaumonat 17, 2014", "date_malformed"),
        ("long ago", "date_malformed"),
        ("13.2014", "date_malformed"),
        ("1990-ті", "date_malformed"),
    ],
)
def test_what_is_no_date_is_refused_and_not_guessed(written, code):
    with pytest.raises(Invalid) as caught:
        partial_date(written)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("prose", "signed", "term"),
    [
        ("безстроково", "2020-01-01", Term()),
        ("на невизначений строк", "2020-01-01", Term()),
        ("5 років", "2020-02-29", Term("2025-02-28")),
        (
            "5 (п'ять) років з автоматичною пролонгацією",
            "2020-03-01",
            Term("2025-03-01", "automatic"),
        ),
        ("п’ять років з автоматичним продовженням", "2020-03", Term("2025-03", "automatic")),
        ("три роки", "2020", Term("2023")),
        ("18 місяців", "2020-10-05", Term("2022-04-05")),
        ("18 місяців", "2020", Term()),
        ("1 рік без пролонгації", "2020-03-01", Term("2021-03-01", "none")),
        ("до 31.12.2027", "", Term("2027-12-31")),
        ("до 31 грудня 2027 року", "", Term("2027-12-31")),
        ("до 2025 року", "2022-12-01", Term("2025")),
        ("до 31.02.2027", "2022-12-01", Term()),
        ("5 років", "", Term()),
        ("5 років", "~2020", Term()),
        ("до завершення воєнного стану", "2023-07-04", Term()),
        ("безстроково, з правом пролонгації", "2023", Term("", "automatic")),
    ],
)
def test_term_of_an_agreement_is_read_from_prose(prose, signed, term):
    assert term_of(prose, signed) == term
