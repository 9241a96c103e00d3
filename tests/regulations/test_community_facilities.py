"""Walks, ledgers and functions of community facilities obey what holds for every case."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.community_facilities.choices import Function, Measure, Sharing
from regulations.community_facilities.inputs import Area, AreaLedger, Inputs
from regulations.community_facilities.mapped import Facility, Home
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("community_facilities")
ON = date(2025, 5, 6)
METRES = st.integers(-1500, 1500)
SECTORS = ("养老", "托育", "文化")


def _assessed(case: Mapping[str, Any]) -> Assessment:
    return JUDGE.assess(regulations.read_case("community_facilities", {"on": ON, **case}, where="case"))


def _walked(home: Mapping[str, Any], facilities: Sequence[Mapping[str, Any]], **options: Any) -> Verdict:
    case = {"coverage": {"facilities": facilities, "homes": [{"name": "H", **home}]}, "options": options}
    return _assessed(case).verdict


def _area(needs_met: bool | None, name: str = "X") -> dict[str, Any]:
    area = {"name": name, "area_m2": 5, "sectors": ["a", "b"], "sharing": "like_function"}
    return area if needs_met is None else area | {"needs_met": needs_met}


def _figures(assessment: Assessment, figure_id: str) -> list[Decimal]:
    return [Decimal(each.quantity) for each in assessment.figures if each.id == figure_id]


@given(x=METRES, y=METRES)
@settings(max_examples=50, deadline=None)
def test_a_home_is_inside_exactly_where_its_squares_say_so(x: int, y: int) -> None:
    expected = Verdict.YES if x * x + y * y <= 1080 * 1080 else Verdict.NO
    assert expected is _walked({"x_m": x, "y_m": y}, [{"name": "A", "x_m": 0, "y_m": 0}], distance="straight_line")


@given(x=METRES, y=METRES, slow=st.integers(1, 15), more=st.integers(0, 15))
@settings(max_examples=50, deadline=None)
def test_a_faster_walk_never_puts_a_home_outside(x: int, y: int, slow: int, more: int) -> None:
    facilities = [{"name": "A", "x_m": 0, "y_m": 0}]
    slower, faster = (
        _walked({"x_m": x, "y_m": y}, facilities, distance="straight_line", walking_speed_m_per_s=Decimal(tenths) / 10)
        for tenths in (slow, slow + more)
    )
    assert slower is not Verdict.YES or faster is Verdict.YES


@given(x=METRES, y=METRES, other_x=METRES)
@settings(max_examples=50, deadline=None)
def test_one_more_facility_never_puts_a_home_outside(x: int, y: int, other_x: int) -> None:
    first = {"name": "A", "x_m": 0, "y_m": 0}
    second = {"name": "B", "x_m": other_x, "y_m": 0}
    home = {"x_m": x, "y_m": y}
    alone = _walked(home, [first], distance="straight_line")
    both = _walked(home, [first, second], distance="straight_line")
    assert alone is not Verdict.YES or both is Verdict.YES


@given(x=st.integers(0, 1500), detour=st.integers(0, 800) | st.none())
@settings(max_examples=50, deadline=None)
def test_with_no_option_only_what_line_and_way_agree_on_is_told(x: int, detour: int | None) -> None:
    facilities = [{"name": "A", "x_m": 0, "y_m": 0}]
    home = {"x_m": x, "y_m": 0} | ({} if detour is None else {"walk_m": {"A": x + detour}})
    by_line = _walked(home, facilities, distance="straight_line")
    by_way = _walked(home, facilities, distance="network")
    assert (by_line if by_line is by_way else Verdict.CANNOT_TELL) is _walked(home, facilities)


@given(
    areas=st.lists(
        st.tuples(
            st.integers(1, 900),
            st.lists(st.sampled_from(SECTORS), min_size=1, unique=True),
            st.sampled_from(Sharing),
            st.sampled_from([True, False, None]),
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=50, deadline=None)
def test_columns_hold_the_city_total_and_what_counts_more_than_once(
    areas: list[tuple[int, list[str], Sharing, bool | None]],
) -> None:
    ledger = AreaLedger(
        targets_m2={sector: Decimal(0) for sector in SECTORS},
        areas=tuple(
            Area(name=str(n), area_m2=Decimal(size), sectors=tuple(sectors), sharing=sharing, needs_met=met)
            for n, (size, sectors, sharing, met) in enumerate(areas)
        ),
    )
    assessment = JUDGE.assess(Inputs(on=ON, area_ledger=ledger))
    total, columns = _figures(assessment, "city_total")[0], _figures(assessment, "column_area")
    assert sum(size for size, *_ in areas) == total
    assert sum(columns) == total + _figures(assessment, "counted_more_than_once")[0]
    assert max(columns) <= total


@given(functions=st.sets(st.sampled_from(Function)))
@settings(max_examples=50, deadline=None)
def test_any_one_function_is_enough(functions: set[Function]) -> None:
    assessment = _assessed({"functions": {"facilities": [{"name": "A", "functions": [f.value for f in functions]}]}})
    assert (Verdict.YES if functions else Verdict.NO) is assessment.verdict
    assert [len(functions - {Function.OTHER})] == _figures(assessment, "functions_present")


@pytest.mark.parametrize("measure", Measure)
def test_the_districts_answer_for_every_measure(measure: Measure) -> None:
    assessment = _assessed({"responsible": {"measure": measure.value, "body": "各区政府"}})
    assert Verdict.YES is assessment.verdict


def test_the_ten_measures_stand_in_the_order_of_the_text() -> None:
    articles = [
        _assessed({"responsible": {"measure": each.value, "body": "各区政府"}})
        .rulings[0]
        .reasons[0]
        .clause.citation.article
        for each in Measure
    ]
    expected = [
        "一（一）",
        "一（二）",
        "一（三）",
        "一（四）",
        "二（五）",
        "二（六）",
        "二（七）",
        "三（八）",
        "三（九）",
        "三（十）",
    ]
    assert expected == articles


@given(days=st.integers(0, 9000))
@settings(max_examples=50, deadline=None)
def test_time_alone_changes_nothing(days: int) -> None:
    case = {"pilot": {"communities": 7}, "funding": {}}
    later = regulations.read_case("community_facilities", case | {"on": ON + timedelta(days=days)}, where="case")
    assert None is _assessed(case).changes_on
    assert _assessed(case).verdict is JUDGE.assess(later).verdict


def test_a_long_list_of_homes_outside_is_told_by_its_first_names() -> None:
    homes = [{"name": f"H{n}", "x_m": 5000, "y_m": n} for n in range(8)]
    case = {"coverage": {"facilities": [{"name": "A", "x_m": 0, "y_m": 0}], "homes": homes}}
    told = _assessed(case).notices[0].words
    assert told.zh == "不在范围内：H0、H1、H2、H3、H4 等，另有 3 处"
    assert told.en == "outside: H0, H1, H2, H3, H4 and 3 more"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "line and way differ or are not given: name options.distance"),
        ({"distance": "network"}, "the coordinates or ways that it takes are not given"),
    ],
)
def test_homes_inside_and_why_others_cannot_be_told_are_said(options: Mapping[str, str], told: str) -> None:
    homes = [{"name": "H", "x_m": 0, "y_m": 0, "walk_m": {"A": 5}}, {"name": "G", "x_m": 9, "y_m": 0}]
    case = {"coverage": {"facilities": [{"name": "A", "x_m": 0, "y_m": 0}], "homes": homes}, "options": options}
    assessment = _assessed(case)
    judged = assessment.rulings[0].reasons[0]
    assert judged.because is not None
    assert ("1 of 2 homes", told) == (judged.found_words.en, judged.because.en)
    assert "cannot tell: G" == assessment.notices[0].words.en


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ({"lists": {"drawn_up": ["needs"]}}, ["missing: list of resources, list of projects"]),
        ({"lists": {"drawn_up": ["needs", "resources", "projects"]}}, []),
        (
            {"reuse": {"stock": "office", "reviewed_by": ["planning", "fire"], "new_building_or_extension": False}},
            ["not reviewed by: development and reform, construction"],
        ),
        (
            {"area_ledger": {"targets_m2": {"a": 0, "b": 0}, "areas": [_area(False), _area(True, "Y")]}},
            ["X counts in its first column a only"],
        ),
        (
            {"area_ledger": {"targets_m2": {"a": 0, "b": 0}, "areas": [_area(None)]}},
            ["X: not known whether several columns; counted in its first column a for now"],
        ),
    ],
)
def test_what_is_missing_is_named(case: Mapping[str, Any], told: list[str]) -> None:
    assert told == [each.words.en for each in _assessed(case).notices][: len(told) or None]


def test_all_three_sources_of_money_are_told() -> None:
    told = _assessed({"funding": {}}).notices[0].words
    assert all(source in told.zh for source in ("中央预算内投资", "地方政府专项债券", "为民办实事"))


def test_nothing_is_left_open_where_every_home_is_told() -> None:
    homes = [{"name": "H", "x_m": 0, "y_m": 0}]
    case = {"facilities": [{"name": "A", "x_m": 0, "y_m": 0}], "homes": homes}
    judged = _assessed({"coverage": case, "options": {"distance": "straight_line"}}).rulings[0].reasons[0]
    assert "1 of 1 homes" == judged.found_words.en
    assert None is judged.because


@pytest.mark.parametrize(
    ("options", "told"),
    [({}, "default: 1.2 m/s"), ({"walking_speed_m_per_s": Decimal("0.8")}, "named by the user: 0.8 m/s")],
)
def test_whose_walking_speed_applied_is_told(options: Mapping[str, Decimal], told: str) -> None:
    case = {"facilities": [{"name": "A", "x_m": 0, "y_m": 0}], "homes": [{"name": "H", "x_m": 0, "y_m": 0}]}
    readings = {each.option: each.words.en for each in _assessed({"coverage": case, "options": options}).readings}
    assert told == readings["walking_speed_m_per_s"]


def test_a_name_that_the_text_does_not_hold_is_told_with_the_nearest_one() -> None:
    because = _assessed({"responsible": {"measure": "layout", "body": "市规划资源委"}}).rulings[0].reasons[0].because
    assert because is not None
    assert "the text has no such name; did you mean 市规划资源局" == because.en


def test_a_district_answers_for_all_ten_measures() -> None:
    told = [each.words.en for each in _assessed({"responsible": {"measure": "money", "body": "崇明区"}}).notices]
    assert (
        "measures that name 崇明区: 一（一）、一（二）、一（三）、一（四）、二（五）、二（六）、二（七）、三（八）、三（九）、三（十）"
        in told
    )


def test_records_made_in_python_are_checked_too() -> None:
    with pytest.raises(RecordProblems, match="x_m"):
        Facility(name="A", x_m=Decimal(1))
    with pytest.raises(RecordProblems, match="walk_m"):
        Home(name="H")
    with pytest.raises(RecordProblems, match="coverage"):
        Inputs(on=ON)


def test_a_count_of_things_named_is_the_length_of_its_list() -> None:
    version = regulations.LIBRARY.versions("community_facilities")[0]
    terms = JUDGE.terms_of(version)
    clauses = [getattr(terms, name) for name in type(terms).__dataclass_fields__]
    counted = {
        each.id: (each.count, len(each.listed))
        for each in clauses
        if isinstance(each, Clause) and each.quantity is not None and each.listed
    }
    assert {
        "stock_kinds": 5,
        "joint_review": 4,
        "three_lists": 3,
        "function_groups": 9,
        "daily_business": 6,
        "leading_bodies": 3,
    } == {clause: lengths[0] for clause, lengths in counted.items()}
    assert {} == {clause: lengths for clause, lengths in counted.items() if lengths[0] != lengths[1]}


def test_as_many_bodies_answer_for_each_measure_as_the_text_names() -> None:
    """Counted in the line of responsible bodies after each measure."""
    terms = JUDGE.terms_of(regulations.LIBRARY.versions("community_facilities")[0])
    bodies = [getattr(terms, each.value).listed for each in Measure]
    assert [5, 7, 5, 3, 7, 14, 10, 7, 4, 5] == [len(each) for each in bodies]
    assert all(len(set(each)) == len(each) for each in bodies)
    all_districts = 16
    assert all_districts == len(set(terms.districts.listed))


def test_ten_measures_stand_in_three_parts() -> None:
    terms = JUDGE.terms_of(regulations.LIBRARY.versions("community_facilities")[0])
    parts = {getattr(terms, each.value).citation.article[0] for each in Measure}
    assert (10, 3) == (terms.measures.count, terms.parts.count)
    assert (len(Measure), len(parts)) == (terms.measures.count, terms.parts.count)
