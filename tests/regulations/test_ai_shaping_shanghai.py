"""Computing power, counts and levels of the AI plan obey what holds for every case."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.ai_shaping_shanghai.inputs import Board, Cluster, FlopsUnit, Industry, Inputs, Items, Precision, Ring
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("ai_shaping_shanghai")
ON = date(2025, 10, 31)
TEN_TO = {
    FlopsUnit.FLOPS: 0,
    FlopsUnit.KFLOPS: 3,
    FlopsUnit.MFLOPS: 6,
    FlopsUnit.GFLOPS: 9,
    FlopsUnit.TFLOPS: 12,
    FlopsUnit.PFLOPS: 15,
    FlopsUnit.EFLOPS: 18,
    FlopsUnit.ZFLOPS: 21,
}


def _assessed(case: Mapping[str, Any]) -> Assessment:
    return JUDGE.assess(regulations.read_case("ai_shaping_shanghai", {"on": ON, **case}, where="case"))


def _cluster(name: str, amount: int, unit: FlopsUnit, precision: Precision = Precision.FP16) -> Cluster:
    return Cluster(name=name, amount=Decimal(amount), unit=unit, precision=precision)


def _computed(*clusters: Cluster) -> Assessment:
    return JUDGE.assess(Inputs(on=ON, board=Board(clusters=clusters)))


def _figures(assessment: Assessment) -> dict[str, Decimal]:
    return {each.id: Decimal(each.quantity) for each in assessment.figures}


def _reason(assessment: Assessment, clause_id: str) -> Verdict:
    return next(each.verdict for each in assessment.rulings[0].reasons if each.clause.id == clause_id)


@given(amount=st.integers(0, 10**9), unit=st.sampled_from(FlopsUnit))
@settings(max_examples=50, deadline=None)
def test_every_unit_is_the_power_of_ten_that_its_prefix_says(amount: int, unit: FlopsUnit) -> None:
    assert amount * 10 ** TEN_TO[unit] == _figures(_computed(_cluster("A", amount, unit)))["compute_flops"]


@given(first=st.integers(0, 200_000), second=st.integers(0, 200_000))
@settings(max_examples=50, deadline=None)
def test_one_more_cluster_of_one_label_never_loses_the_target(first: int, second: int) -> None:
    alone = _cluster("A", first, FlopsUnit.PFLOPS)
    both = (alone, _cluster("B", second, FlopsUnit.PFLOPS))
    met = _reason(_computed(alone), "compute") is Verdict.YES
    assert (first > 100_000) is met
    assert (first + second > 100_000) is (_reason(_computed(*both), "compute") is Verdict.YES)


@given(labels=st.lists(st.sampled_from(Precision), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_only_clusters_of_one_label_are_told(labels: list[Precision]) -> None:
    clusters = [_cluster(str(n), 200, FlopsUnit.EFLOPS, label) for n, label in enumerate(labels)]
    expected = Verdict.YES if len(set(labels)) == 1 else Verdict.CANNOT_TELL
    assert expected is _reason(_computed(*clusters), "compute")


@given(incubators=st.integers(0, 50), corpora=st.integers(0, 200), days=st.integers(0, 4000))
@settings(max_examples=50, deadline=None)
def test_a_target_striven_for_never_makes_a_no_and_time_changes_nothing(
    incubators: int, corpora: int, days: int
) -> None:
    board = Board(incubators=incubators, corpora=corpora)
    assessment = JUDGE.assess(Inputs(on=ON + timedelta(days=days), board=board))
    assert Verdict.YES is assessment.verdict
    assert None is assessment.changes_on
    assert (incubators >= 3) is (_reason(assessment, "incubators_least") is Verdict.YES)


@given(cells=st.sets(st.tuples(st.sampled_from(Industry), st.sampled_from(Ring))))
@settings(max_examples=50, deadline=None)
def test_cells_are_those_of_the_six_industries(cells: set[tuple[Industry, Ring]]) -> None:
    achievements = [{"name": "a", "industry": i.value, "ring": r.value} for i, r in cells]
    assessment = _assessed({"coverage": {"achievements": achievements}})
    assert len({cell for cell in cells if cell[0] is not Industry.OTHER}) == _figures(assessment)["cells_covered"]


@given(numbers=st.sets(st.integers(1, 30)))
@settings(max_examples=50, deadline=None)
def test_the_sections_add_up_to_the_items_under_way(numbers: set[int]) -> None:
    assessment = JUDGE.assess(Inputs(on=ON, items=Items(under_way=tuple(numbers))))
    *sections, whole = [each.found for each in assessment.rulings[0].reasons]
    assert sum(number <= 22 for number in numbers) == whole
    assert whole == sum(section for section in sections if isinstance(section, int))


@pytest.mark.parametrize(
    ("incubators", "told"),
    [
        (2, "2 incubators, fewer than 3 to 5"),
        (3, "3 incubators, within 3 to 5"),
        (5, "5 incubators, within 3 to 5"),
        (6, "6 incubators, more than 3 to 5: no miss"),
    ],
)
def test_where_incubators_stand_towards_their_range_is_told(incubators: int, told: str) -> None:
    assessment = JUDGE.assess(Inputs(on=ON, board=Board(incubators=incubators)))
    assert [told] == [each.words.en for each in assessment.notices]


def test_why_labels_that_differ_cannot_be_told_is_said_and_only_there() -> None:
    def why(assessment: Assessment) -> str:
        because = assessment.rulings[0].reasons[0].because
        return "" if because is None else because.en

    mixed = _computed(_cluster("A", 1, FlopsUnit.EFLOPS), _cluster("B", 1, FlopsUnit.EFLOPS, Precision.NOT_STATED))
    assert "labels of precision differ and do not add up: name options.precision" == why(mixed)
    assert ["FP16", "precision not stated"] == [
        each.name.en.partition("(")[2].removesuffix(")") for each in mixed.figures[:2]
    ]
    assert "" == why(_computed(_cluster("A", 1, FlopsUnit.EFLOPS)))
    assert "" == why(JUDGE.assess(Inputs(on=ON, board=Board(corpora=1))))


def test_records_made_in_python_are_checked_too() -> None:
    with pytest.raises(RecordProblems, match="amount"):
        _cluster("A", -1, FlopsUnit.EFLOPS)
    with pytest.raises(RecordProblems, match="under_way"):
        Items(under_way=(3, 3))
    with pytest.raises(RecordProblems, match="board"):
        Inputs(on=ON)


def test_a_count_of_things_named_is_the_length_of_its_list() -> None:
    version = regulations.LIBRARY.versions("ai_shaping_shanghai")[0]
    terms = JUDGE.terms_of(version)
    clauses = [getattr(terms, name) for name in type(terms).__dataclass_fields__]
    counted = {
        each.id: (each.count, len(each.listed))
        for each in clauses
        if isinstance(each, Clause) and each.quantity is not None and each.listed and each.unit is not Unit.LEVEL
    }
    assert {"industries": 6, "three_rings": 3} == {clause: lengths[0] for clause, lengths in counted.items()}
    assert {} == {clause: lengths for clause, lengths in counted.items() if lengths[0] != lengths[1]}
