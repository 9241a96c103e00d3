"""Recorded cases at a fixed sum, or as hours of rated power, by hand; the station has 100 MW."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from settlement.assessed import AssessedMonth, AssessedUnit
from settlement.assessment.discipline import Terms, assess
from tariffs.calendar import Season
from tariffs.vocabulary.errors import RecordProblems

July = Callable[..., AssessedMonth]
Made = Callable[..., Any]
BREACH = Terms(cny_per_case={"breach": Decimal(100_000)})
LATE = Terms(factor=Decimal("0.8"), hours_per_case={"late": Decimal("0.3")}, max_hours={"late": Decimal(5)})


def test_cases_of_a_kind_are_counted_at_their_sum(july: July, incident: Made) -> None:
    rows = (incident("breach", 2, on="2025-07-09"), incident("breach", 1, on="2025-07-03"))
    (assessed,) = assess(july(incidents=rows), BREACH).assessed
    assert (AssessedUnit.CASES, 30_000, 100_000_000_000) == (
        assessed.unit,
        assessed.quantity_e4,
        assessed.price_cny_e6,
    )
    assert (date(2025, 7, 3), date(2025, 7, 9)) == (assessed.first_day, assessed.last_day)
    assert "breach：3 次 × 100000 元" == assessed.formula.zh


def test_a_sum_for_each_ten_megawatts_is_owed_once_a_month(july: July, incident: Made) -> None:
    """5 000 元 x 100 MW / 10 MW = 50 000 元."""
    terms = Terms(cny_per_10_mw_month={"remote": Decimal(5_000)})
    (assessed,) = assess(july(incidents=(incident("remote"), incident("remote"))), terms).assessed
    assert (10_000, 50_000_000_000) == (assessed.quantity_e4, assessed.price_cny_e6)


@pytest.mark.parametrize(
    ("cases", "energy_mwh"), [(10, 240), (16, 384), (17, 400)], ids=["below the cap", "almost at it", "above it"]
)
def test_hours_for_each_case_are_energy_up_to_a_cap(july: July, incident: Made, cases: int, energy_mwh: int) -> None:
    """0.8 x 100 MW x 0.3 h a case, at most 5 h: 24 MWh a case, at most 400 MWh."""
    (assessed,) = assess(july(incidents=(incident("late", cases),)), LATE).assessed
    assert (AssessedUnit.ENERGY, energy_mwh * 10_000_000) == (assessed.unit, assessed.quantity_e4)


def test_recorded_hours_are_energy_by_their_own_figure(july: July, incident: Made) -> None:
    """0.5 x 100 MW x 2.5 h x 0.1 = 12.5 MWh."""
    terms = Terms(factor=Decimal("0.5"), hours_per_hour={"silent": Decimal("0.1")})
    (assessed,) = assess(july(incidents=(incident("silent", None, "2.5"),)), terms).assessed
    assert 125_000_000 == assessed.quantity_e4


def test_each_kind_has_a_line_of_its_own_in_alphabetical_order(july: July, incident: Made) -> None:
    terms = Terms(cny_per_case={"b": Decimal(2), "a": Decimal(1)})
    assessed = assess(july(incidents=(incident("b"), incident("a"))), terms).assessed
    assert [1_000_000, 2_000_000] == [each.price_cny_e6 for each in assessed]


@pytest.mark.parametrize("count", [None, 0])
def test_a_month_without_a_case_has_no_line(july: July, incident: Made, count: int | None) -> None:
    rows = () if count is None else (incident("breach", count),)
    result = assess(july(incidents=rows), BREACH)
    assert ((), ()) == (result.assessed, result.findings)


def test_a_case_on_a_day_that_is_not_settled_does_not_count(july: July, incident: Made) -> None:
    month = july(seasons={date(2025, 7, 2): Season.PEAK}, incidents=(incident("breach", on="2025-07-01"),))
    assert () == assess(month, BREACH).assessed


def test_a_kind_without_a_figure_is_refused_with_the_nearest_one(july: July, incident: Made) -> None:
    result = assess(july(incidents=(incident("breech"),)), BREACH)
    (found,) = result.findings
    assert () == result.assessed
    assert ("incident_kind_not_priced", "breach", "incidents.csv", 2) == (
        found.code,
        found.evidence["near"],
        found.file,
        found.row,
    )


@pytest.mark.parametrize(
    ("terms", "count", "hours", "wanted"),
    [
        (BREACH, None, "3", "count"),
        (LATE, None, "3", "count"),
        (Terms(factor=Decimal(1), hours_per_hour={"late": Decimal(1)}), 3, None, "hours"),
    ],
    ids=["sum by case", "hours by case", "hours by hour"],
)
def test_a_row_without_what_its_figure_asks_for_is_refused(
    july: July, incident: Made, terms: Terms, count: int | None, hours: str | None, wanted: str
) -> None:
    (found,) = assess(july(incidents=(incident(terms.kinds[0], count, hours),)), terms).findings
    assert ("incident_measure_missing", wanted) == (found.code, found.evidence["wanted"])


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ({"cny_per_case": {"a": Decimal(1)}, "cny_per_10_mw_month": {"a": Decimal(1)}}, "a is assessed in two ways"),
        (
            {"factor": Decimal(1), "cny_per_case": {"a": Decimal(1)}, "hours_per_case": {"a": Decimal(1)}},
            "a is assessed in two ways",
        ),
        ({"cny_per_case": {"a": Decimal(1)}, "max_hours": {"a": Decimal(1)}}, "a_max_hours caps nothing"),
        ({"hours_per_case": {"a": Decimal(1)}}, "lacks factor"),
        ({"cny_per_case": {"a": Decimal(-1)}}, "a_cny_per_case is not negative"),
    ],
    ids=["two sums", "sum and energy", "idle cap", "energy without a factor", "negative"],
)
def test_figures_that_contradict_each_other_are_refused(figures: dict[str, Any], says: str) -> None:
    with pytest.raises(RecordProblems) as refused:
        Terms(**figures)
    assert says in refused.value.found.en


def test_without_a_file_of_incidents_nothing_can_be_said(july: July) -> None:
    (found,) = assess(july(incidents=None), BREACH).findings
    assert ("assessment_input_missing", "--incidents") == (found.code, found.evidence["option"])
