"""A comparison is kept and judged: by whom, once, with the version that was seen, and met again."""

import pytest
import read_cast

from factories import DORTMUND, GDYNIA, ZHYTOMYR, a_tie
from mistok.accounts.actors import Actor
from mistok.ingest.comparing.judging import check_can_judge, judge_pair, may_judge
from mistok.ingest.comparing.keeping import keep
from mistok.ingest.comparing.lists import Listed, from_registry
from mistok.ingest.comparing.matching import compare
from mistok.ingest.comparing.rows import Event, Named, TieRow
from mistok.ingest.models import ComparedPair, Comparison
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent, Judgement
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Tie

pytestmark = pytest.mark.django_db
crew = read_cast.crew
SHELL = Actor(shell="tests")
LIKELY = ("Dortmuntd DE", "Zhytomyr UA")


def listed(*ties, sha="a"):
    rows = []
    for line, parties in enumerate(ties, 2):
        named = (one.rpartition(" ") for one in parties)
        told = tuple(Named(name, country) for name, _space, country in named)
        rows.append(TieRow(str(line), line, told, Event()))
    return Listed(f"List {sha}", sha * 64, tuple(rows))


def kept(left, right, actor=SHELL):
    pairs = compare(left.rows, right.rows, the_world())
    return keep(actor=actor, left=left, right=right, pairs=pairs)


@pytest.fixture
def likely():
    comparison = kept(listed(LIKELY), listed(("Dortmund DE", "Zhytomyr UA"), sha="b"))
    return comparison.pairs.get()


def test_comparison_is_kept_with_its_pairs_and_audited():
    a_tie(ZHYTOMYR, DORTMUND)
    comparison = kept(
        listed(("Житомир UA", "Dortmund DE"), ("Uman UA", "Gera DE")), from_registry()
    )
    assert (comparison.left_rows, comparison.right_rows) == (2, 1)
    found = {pair.found: pair for pair in comparison.pairs.all()}
    assert set(found) == {"same", "left"}
    assert (found["same"].verdict, found["same"].judged_at) == ("same", None)
    assert found["left"].verdict == ""
    assert found["left"].right is None
    event = AuditEvent.objects.get(verb="compare_lists")
    assert event.after["rows"] == [2, 1]
    assert event.after["same"] == 1


def test_same_lists_again_are_the_same_comparison(likely):
    again = kept(listed(LIKELY), listed(("Dortmund DE", "Zhytomyr UA"), sha="b"))
    assert again.pk == likely.comparison_id
    assert ComparedPair.objects.count() == 1


@pytest.mark.parametrize("empty", ["left", "right"])
def test_list_without_rows_is_refused(empty):
    lists = {"left": listed(LIKELY), "right": listed(LIKELY, sha="b"), empty: listed(sha="c")}
    with pytest.raises(Invalid) as refused:
        kept(**lists)
    assert refused.value.code == "nothing_to_compare"
    assert Comparison.objects.count() == 0


def test_who_may_bring_in_lists_may_compare_and_nobody_else(crew):
    lists = listed(LIKELY), listed(LIKELY, sha="b")
    for name in ("of_ukraine", "of_zhytomyr", "of_all"):
        assert kept(*lists, actor=getattr(crew, name)).pk
    for name in ("stranger", "owner"):
        with pytest.raises(NotAllowed):
            kept(*lists, actor=getattr(crew, name))


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_judgement_is_written_in_the_row_and_in_the_evidence(likely, verdict):
    judge_pair(actor=SHELL, pair=likely, verdict=verdict, reason="the same council", expected=1)
    row = ComparedPair.objects.get()
    assert (row.verdict, row.version, row.judged_by) == (verdict, 2, "shell: tests")
    judgement = Judgement.objects.get()
    assert (judgement.left, judgement.right) == (row.left["id"], row.right["id"])
    assert (judgement.verdict, judgement.actor) == (verdict, "shell: tests")
    assert judgement.reason == "List a / List b: the same council"
    event = AuditEvent.objects.get(verb="judge_pair")
    assert event.after == {"pair": 1, "found": "likely", "verdict": verdict}
    assert "council" not in str(event.after)


def test_judgement_changes_nothing_of_the_registry(likely):
    a_tie(ZHYTOMYR, GDYNIA)
    before = list(Tie.objects.values())
    judge_pair(actor=SHELL, pair=likely, verdict="same")
    assert list(Tie.objects.values()) == before


def test_second_thought_takes_the_first_back_by_date(likely):
    judge_pair(actor=SHELL, pair=likely, verdict="same")
    judge_pair(actor=SHELL, pair=likely, verdict="different")
    first, second = Judgement.objects.order_by("pk")
    assert (first.verdict, first.withdrawn_at == second.at) == ("same", True)
    assert (second.verdict, second.withdrawn_at) == ("different", None)


def test_version_that_was_seen_counts(likely):
    judge_pair(actor=SHELL, pair=likely, verdict="same", expected=1)
    with pytest.raises(Conflict) as refused:
        judge_pair(actor=SHELL, pair=likely, verdict="different", expected=1)
    assert (refused.value.code, refused.value.details["version"]) == ("pair_changed", 2)
    assert "the same" in str(refused.value)
    assert Judgement.objects.get().verdict == "same"
    assert AuditEvent.objects.filter(verb="refused_judge_pair").count() == 1


def test_row_that_changed_without_a_verdict_is_refused_too(likely):
    ComparedPair.objects.update(version=5)
    with pytest.raises(Conflict) as refused:
        judge_pair(actor=SHELL, pair=likely, verdict="different", expected=1)
    assert "–" in str(refused.value)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"verdict": "perhaps"}, "verdict_unknown"),
        ({"verdict": "same", "reason": "x" * 301}, "reason_too_long"),
    ],
)
def test_what_is_no_judgement_is_refused(likely, words, code):
    with pytest.raises(Invalid) as refused:
        judge_pair(actor=SHELL, pair=likely, **words)
    assert refused.value.code == code
    assert Judgement.objects.count() == 0


@pytest.mark.parametrize("side", ["left", "right"])
def test_row_of_one_list_has_nothing_beside_it(side):
    comparison = kept(listed(("Uman UA", "Gera DE")), listed(("Stryi UA", "Gdynia PL"), sha="b"))
    with pytest.raises(Invalid) as refused:
        judge_pair(actor=SHELL, pair=comparison.pairs.get(found=side), verdict="same")
    assert refused.value.code == "nothing_beside"


def test_coordinators_judge_what_lies_in_their_scope(likely, crew):
    for name in ("of_ukraine", "of_germany", "of_zhytomyr", "of_all"):
        assert may_judge(getattr(crew, name), likely), name
    for name in ("of_poland", "owner", "stranger"):
        assert not may_judge(getattr(crew, name), likely), name
    with pytest.raises(NotAllowed):
        judge_pair(actor=crew.of_poland, pair=likely, verdict="same")
    judge_pair(actor=crew.of_germany, pair=likely, verdict="same")
    assert Judgement.objects.get().actor == str(crew.of_germany)


def test_pair_that_names_no_place_is_for_the_whole_world_alone(crew):
    row = ComparedPair(left={"parties": []}, right=None)
    check_can_judge(crew.of_all, row)
    with pytest.raises(NotAllowed):
        check_can_judge(crew.of_ukraine, row)


def test_judgement_is_met_again_in_another_comparison(likely):
    judge_pair(actor=SHELL, pair=likely, verdict="different")
    other = kept(
        listed(("Uman UA", "Gera DE"), LIKELY, sha="c"),
        listed(("Dortmund DE", "Zhytomyr UA"), sha="d"),
    )
    met = other.pairs.get(found="likely")
    assert (met.verdict, met.judged_by) == ("different", "shell: tests")
    assert other.pairs.get(found="left").verdict == ""
