"""Filled gaps, by numbers worked out by hand."""

from types import ModuleType
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from settlement.meter.estimate import shared_out, straight_line
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.findings import Severity


def filled_rows(result: Any) -> pl.DataFrame:
    filled = [pl.col(name) == Quality.FILLED.value for name in ("quality", "discharge_quality")]
    return result.readings.filter(pl.any_horizontal(filled))


def test_a_gap_of_three_quarters_lies_on_the_line_between_its_neighbours(made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-05T12:00", charge_kwh_e4=100)
    rows = made.changed(rows, "2025-02-05T13:00", charge_kwh_e4=200)
    case = made.Case(made.without(rows, "2025-02-05T12:15", 3), scope=made.make_scope(estimate=True))
    assert filled_rows(case.result())["charge_kwh_e4"].to_list() == [125, 150, 175]
    assert case.codes() == {"gap_filled"}


def test_a_line_that_does_not_divide_evenly_keeps_its_rounded_sum() -> None:
    # 10 to 11 over two intervals: 10 1/3 and 10 2/3, together 21
    assert straight_line(10, 11, 2) == [10, 11]
    # 0 to 1 over four: 0.2 0.4 0.6 0.8, together 2; the running sums 0.2 0.6 1.2 2.0 round to 0 1 1 2
    assert straight_line(0, 1, 4) == [0, 1, 0, 1]


def test_a_gap_of_an_hour_and_a_quarter_takes_the_mean_of_like_days(made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-01T00:00", 2688, charge_kwh_e4=0, discharge_kwh_e4=0)
    # 2025-02-05 is a Wednesday; of the working days of February two have energy at 12:00, of 20 in all 19 are left
    rows = made.changed(rows, "2025-02-03T12:00", charge_kwh_e4=1_000)
    rows = made.changed(rows, "2025-02-04T12:00", charge_kwh_e4=910)
    # a Saturday counts for nothing
    rows = made.changed(rows, "2025-02-08T12:00", charge_kwh_e4=999_999)
    case = made.Case(made.without(rows, "2025-02-05T12:00", 5), scope=made.make_scope(estimate=True))
    # (1000 + 910) / 19 = 100.53
    assert filled_rows(case.result())["charge_kwh_e4"].to_list() == [101, 0, 0, 0, 0]


def test_two_registers_around_a_gap_give_its_sum_in_proportion(made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-01T00:00", 2688, charge_kwh_e4=0, discharge_kwh_e4=0)
    rows = made.changed(rows, "2025-02-05T12:00", charge_kwh_e4=30_000)
    rows = made.changed(rows, "2025-02-05T12:45", charge_kwh_e4=60_000)
    registers = made.register_rows([("M", "2025-02-01T00:00", 0, 0), ("M", "2025-03-01T00:00", 27, 0)])
    case = made.Case(made.without(rows, "2025-02-05T12:15", 2), registers, made.make_scope(estimate=True))
    # 27 - 3 - 6 = 18 kWh are left; the line gives 4 and 5, so 8 and 10
    assert filled_rows(case.result())["charge_kwh_e4"].to_list() == [80_000, 100_000]
    (finding,) = [each for each in case.result().findings if each.severity is Severity.NOTICE]
    assert ("gap_filled", "register_difference", "18.0000") == (
        finding.code,
        finding.evidence["rule"],
        finding.evidence["charge_kwh"],
    )


def test_one_missing_direction_is_filled_alone(made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-05T12:00", discharge_kwh_e4=None)
    result = made.Case(rows, scope=made.make_scope(estimate=True)).result()
    (row,) = filled_rows(result).iter_rows(named=True)
    assert (0, 434, 0, 0) == (row["discharge_kwh_e4"], row["row"], row["discharge_row"], row["discharge_file_no"])
    assert (Quality.MEASURED.value, Quality.FILLED.value) == (row["quality"], row["discharge_quality"])


def test_a_month_without_gaps_is_the_same_with_and_without_estimates(made: ModuleType) -> None:
    assert made.Case().result().readings.equals(made.Case(scope=made.make_scope(estimate=True)).result().readings)


@given(
    total=st.integers(0, 10**15),
    weights=st.lists(st.integers(0, 10**12), min_size=1, max_size=50),
)
def test_shares_add_up_and_are_never_negative(total: int, weights: list[int]) -> None:
    shares = shared_out(total, weights)
    assert total == sum(shares)
    assert min(shares) >= 0


@given(before=st.integers(0, 10**9), after=st.integers(0, 10**9), count=st.integers(1, 12))
def test_a_line_stays_within_one_unit_of_its_neighbours(before: int, after: int, count: int) -> None:
    line = straight_line(before, after, count)
    assert min(before, after) - 1 <= min(line)
    assert max(line) <= max(before, after) + 1
