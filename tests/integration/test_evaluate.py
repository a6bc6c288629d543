"""`mistok evaluate names FILE`: metrics on stdout, set-aside rows on stderr, one-line refusals."""

import gzip
import json

import pytest

HEADER = "name,country,lat,lon,other_labels,remark\n"
ROWS = (
    HEADER
    + "Zhytomyr,UA,50.25465,28.65867,Житомир|Żytomierz,a city\n"
    + "Windhoek,NA,-22.55941,17.08323,,NA is Namibia\n"
    + "Dortmund,DE,48.0,11.0,,at a wrong position\n"
)
WAYS = ("with_country", "without_country")


@pytest.fixture
def names(tmp_path):
    """Write a file of labelled names; gives its path as text."""

    def write(text, name="names.csv"):
        path = tmp_path / name
        data = text.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return str(path)

    return write


@pytest.mark.parametrize("name", ["names.csv", "names.csv.gz"])
def test_evaluate_names_prints_one_document(mistok, names, name):
    answer = mistok("evaluate", "names", names(ROWS, name), "--json")
    assert (answer.status, answer.err) == (0, "")
    told = json.loads(answer.out)
    assert (told["file"], told["places"], told["set_aside"], told["refused"]) == (name, 3, 0, 0)
    assert told["radius_km"] == 25
    for way in WAYS:
        metrics = told[way]
        assert (metrics["all"]["queries"], metrics["other_labels"]["queries"]) == (5, 2)
        assert metrics["names"]["recall_at_1"] == pytest.approx(2 / 3)
        assert metrics["other_labels"]["recall_at_1"] == 1
        assert metrics["unanswered"] == 0
        assert sum(band["answers"] for band in metrics["calibration"]) == 5
        assert sum(band["right"] for band in metrics["calibration"]) == 4
        assert 0 < metrics["median_ms"] <= metrics["p95_ms"]
        (wrong,) = metrics["worst"]
        assert (wrong["query"], wrong["country"], wrong["line"]) == ("Dortmund", "DE", 4)
        assert (wrong["answer"], wrong["answer_country"]) == ("Dortmund", "DE")
        assert 400 < wrong["km"] < 500


def test_evaluate_names_prints_tables_for_people(mistok, names):
    answer = mistok("evaluate", "names", names(ROWS))
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("names.csv: 3 places, 0 rows set aside, 0 refused")
    assert [line for line in lines if line.startswith("## ")] == [
        "## with country",
        "## without country",
    ]
    shares = [line.split()[-4:] for line in lines if line.startswith("names  ")]
    assert shares == [["66.67", "%", "66.67", "%"]] * 2
    assert len([line for line in lines if "Dortmund (DE) → Dortmund (DE, geonames:" in line]) == 2


def test_evaluate_names_sets_bad_rows_aside_and_goes_on(mistok, names):
    bad = (
        ",UA,50,30,,\nKöln,DE,,,,\nKöln,DE,x,7,,\nKöln,XQ,50.93,6.95,,\n" + "x" * 201 + ",DE,1,1,,"
    )
    answer = mistok("evaluate", "names", names(ROWS + bad), "--json")
    assert answer.status == 0
    told = json.loads(answer.out)
    assert (told["places"], told["set_aside"], told["refused"]) == (5, 3, 2)
    assert told["with_country"]["unanswered"] == 2
    assert told["without_country"]["unanswered"] == 1
    lines = answer.err.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"names.csv, line {n}" for n in (5, 6, 7, 8, 9)
    ]
    assert all(line.endswith(".") for line in lines)


def test_evaluate_names_radius_and_number_of_mistakes_can_be_chosen(mistok, names):
    file = names(ROWS + "Gdynia,PL,0,0,,\nPłock,PL,0,0,,\n")
    near = json.loads(mistok("evaluate", "names", file, "--worst", "2", "--json").out)
    assert len(near["with_country"]["worst"]) == 2
    far = json.loads(mistok("evaluate", "names", file, "--radius", "500.5", "--json").out)
    assert far["with_country"]["names"]["recall_at_1"] == pytest.approx(3 / 5)
    assert near["with_country"]["names"]["recall_at_1"] == pytest.approx(2 / 5)


def test_evaluate_names_draws_the_same_sample_for_the_same_seed(mistok, names):
    file = names(
        HEADER + "".join(f"Nowhereville {n},UA,0,0,,\nGdynia,PL,0,{n},,\n" for n in range(30))
    )

    def drawn(*more):
        told = json.loads(mistok("evaluate", "names", file, "--json", *more).out)
        return told["places"], [wrong["line"] for wrong in told["with_country"]["worst"]]

    assert drawn("--sample", "10")[0] == 10
    assert drawn("--sample", "10", "--seed", "3") == drawn("--sample", "10", "--seed", "3")
    assert drawn("--sample", "10", "--seed", "3") != drawn("--sample", "10", "--seed", "4")
    assert drawn("--sample", "600")[0] == 60


def test_evaluate_names_without_a_column_is_refused(mistok, names):
    answer = mistok("evaluate", "names", names("name,country,lat\nKöln,DE,50.93\n"))
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "no column lon" in answer.err


def test_evaluate_names_without_a_file_is_refused(mistok, tmp_path):
    answer = mistok("evaluate", "names", str(tmp_path / "none.csv"))
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("planets",),
        ("names",),
        ("names", "x.csv", "--radius", "0"),
        ("names", "x.csv", "--radius", "wide"),
        ("names", "x.csv", "--worst", "0"),
        ("names", "x.csv", "--sample", "-1"),
    ],
)
def test_evaluate_used_wrongly_says_so(mistok, arguments):
    answer = mistok("evaluate", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert "error: " in answer.err
