"""`mistok evaluate ties FILE`: tables on stdout, lines set aside on stderr, refusals."""

import json

import pytest

GROUPS = ["all", "between_tied", "ukraine", "since_2022"]
BASELINES = ["population", "popularity", "nearness", "logistic"]
COUNTS = {"ties", "directions", "ends_without_ties"}
HEADER = "name_1,country_1,name_2,country_2,since_year,sources\n"
GERMAN = ("Köln", "Dortmund", "Duisburg", "Leipzig", "Rostock", "Kiel")
OTHERS = ("Kryvyi Rih,UA", "Zhytomyr,UA", "Gdynia,PL", "Nantes,FR")
LINES = [
    f"{german},DE,{other},{2023 if german == 'Kiel' else 1990},"
    for german in GERMAN
    for other in OTHERS
]


@pytest.fixture
def table(tmp_path):
    """Write a file of ties; gives its path as text."""

    def write(lines, name="ties.csv", header=HEADER):
        path = tmp_path / name
        path.write_text(header + "\n".join(lines) + "\n")
        return str(path)

    return write


def test_evaluate_ties_prints_one_document(mistok, table):
    answer = mistok("evaluate", "ties", table(LINES), "--json")
    assert (answer.status, answer.err) == (0, "")
    told = json.loads(answer.out)
    assert (told["file"], told["train"], told["algorithm"]) == ("ties.csv", None, "fit-2")
    counts = ("ties", "set_aside", "train_set_aside", "known", "withheld")
    assert [told[name] for name in counts] == [24, 0, 0, 20, 0]
    assert list(told["groups"]) == GROUPS
    groups = told["groups"]
    assert (groups["all"]["ties"], groups["all"]["directions"]) == (4, 8)
    assert groups["since_2022"]["ties"] == 4
    for name, group in groups.items():
        solidarity = ["mistok_solidarity"] if name == "since_2022" else []
        assert set(group) == {*COUNTS, "mistok", *solidarity, *BASELINES}
    metrics = groups["all"]["mistok"]
    assert 0 <= metrics["recall_at_10"] <= metrics["recall_at_100"] <= metrics["recall_at_1000"]
    assert metrics["recall_at_100"] <= metrics["country_recall_at_100"] <= 1
    assert metrics["median_rank"] >= 1
    assert 0 < metrics["mean_reciprocal_rank"] <= 1


def test_evaluate_ties_prints_tables_and_the_same_each_time(mistok, table):
    answer = mistok("evaluate", "ties", table(LINES))
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "ties.csv: 24 ties, 0 lines set aside; 20 ties known to fit-2"
    titles = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert titles == ["all", "between tied", "ukraine", "since 2022"]
    assert len([line for line in lines if line.startswith("logistic ")]) == 4
    assert len([line for line in lines if line.startswith("mistok solidarity ")]) == 1
    assert len({len(line) for line in lines if "%" in line or "recall@10" in line}) == 1
    # Not the same file again but its lines backwards, which must change as little.
    assert mistok("evaluate", "ties", table(LINES[::-1])).out == answer.out


def test_evaluate_ties_with_known_ties_takes_out_what_is_to_be_found(mistok, table):
    asked = table(["Duisburg,DE,Perm,RU,,", "Kraków,PL,Leipzig,DE,,"])
    known = table([*LINES, "Leipzig,DE,Kraków,PL,,", "Nowhereville,DE,Köln,DE,,"], "known.csv")
    answer = mistok("evaluate", "ties", asked, "--train", known)
    assert answer.status == 0
    assert answer.err.startswith("known.csv, line 27: “Nowhereville” (DE) is not known for sure")
    lines = answer.out.splitlines()
    assert lines[0] == "ties.csv: 2 ties, 0 lines set aside; 24 ties known to fit-2"
    assert lines[1] == (
        "known.csv: 1 lines set aside, 1 ties taken out because they are to be found"
    )
    place = lines.index("## ukraine")
    assert lines[place + 1].startswith("0 ties, asked for from 0 ends")
    assert lines[place + 3].split() == ["mistok", *["–"] * 7]


def test_evaluate_ties_sets_bad_lines_aside_and_tells_the_first(mistok, table):
    bad = [f"Nowhereville {n},DE,Köln,DE,," for n in range(25)]
    answer = mistok("evaluate", "ties", table(LINES + bad), "--json")
    assert answer.status == 0
    assert json.loads(answer.out)["set_aside"] == 25
    lines = answer.err.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        *(f"ties.csv, line {n}" for n in range(26, 46)),
        "ties.csv",
    ]
    assert lines[-1] == "ties.csv: 5 more lines were set aside."


def test_evaluate_ties_of_a_sample_follows_the_seed(mistok, table):
    def drawn(*more):
        told = json.loads(mistok("evaluate", "ties", table(LINES), "--json", *more).out)
        return told["groups"]

    few = drawn("--sample", "2", "--seed", "5")
    assert [few[name]["ties"] for name in ("all", "since_2022")] == [2, 2]
    assert few == drawn("--sample", "2", "--seed", "5")
    assert any(few != drawn("--sample", "2", "--seed", seed) for seed in ("6", "7"))


def refused(answer):
    """One sentence on stderr, nothing on stdout, exit status 1."""
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    return answer.err


def test_evaluate_ties_refuses_unusable_files(mistok, table, tmp_path):
    good = table(LINES)
    missing = str(tmp_path / "none.csv")
    assert "There is no file" in refused(mistok("evaluate", "ties", missing))
    assert "There is no file" in refused(mistok("evaluate", "ties", good, "--train", missing))
    other = table(["Köln,DE"], "other.csv", header="town,land\n")
    assert "does not say where" in refused(mistok("evaluate", "ties", other))
    few = table(LINES[:4], "few.csv")
    assert "no fifth can be kept back" in refused(mistok("evaluate", "ties", few))
    assert "nothing is known" in refused(mistok("evaluate", "ties", good, "--train", few))


@pytest.mark.parametrize(
    "arguments",
    [(), ("x.csv", "--sample", "0"), ("x.csv", "--seed", "x"), ("x.csv", "--worst", "1")],
)
def test_evaluate_ties_used_wrongly_says_so(mistok, arguments):
    answer = mistok("evaluate", "ties", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert "error: " in answer.err
