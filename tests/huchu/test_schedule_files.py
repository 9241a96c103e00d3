"""The files of a schedule: exact text, the same figures in Parquet, orders that add up, the plan of 96 points."""

import io
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.horizon import Horizon
from dispatch.schedules import Schedule
from huchu.schedules.exact_text import decimal_column
from huchu.schedules.orders import orders_frame
from huchu.schedules.plan_points import plan_frame
from huchu.schedules.tables import schedule_parquet, schedule_text
from settlement.export.tables import csv_bytes
from tariffs.vocabulary.columns import ORDERS, PLAN, SCHEDULE
from tariffs.vocabulary.timegrid import INSTANT, ZONE, physical

KWH = 10_000
"""One kWh in the unit of energies."""


def schedule(
    net_kwh_e4: list[int], *, minutes: int = 15, first: str = "2025-06-01", station_id: str = "SH-LG-01"
) -> Schedule:
    """A schedule of energies, discharge positive; nothing is known of what is stored."""
    horizon = Horizon(
        first_ms=physical(datetime.fromisoformat(first).replace(tzinfo=ZONE)), minutes=minutes, count=len(net_kwh_e4)
    )
    net = np.array(net_kwh_e4, dtype=np.int64)
    return Schedule(
        station_id=station_id,
        horizon=horizon,
        charge_kwh_e4=np.maximum(-net, 0),
        discharge_kwh_e4=np.maximum(net, 0),
        stored_mwh=np.zeros(len(net)),
    )


def read_back(frame: pl.DataFrame) -> list[dict[str, str]]:
    """The rows of a frame after a way through CSV, as text."""
    return pl.read_csv(io.BytesIO(csv_bytes(frame)), infer_schema=False).to_dicts()


def points(frame: pl.DataFrame) -> list[list[Decimal]]:
    return [[Decimal(cell) for cell in row[3:]] for row in frame.iter_rows()]


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Up to two days from any step on, of any energies."""
    minutes = draw(st.sampled_from((5, 15, 30, 60)))
    energies = draw(st.lists(st.one_of(st.just(0), st.integers(-(10**9), 10**9)), min_size=1, max_size=2 * 1440 // 60))
    offset = draw(st.integers(0, 1440 // minutes - 1)) * minutes
    first = (datetime(2025, 6, 1) + timedelta(minutes=offset)).isoformat()  # noqa: DTZ001 the schedule adds the zone
    return schedule(energies, minutes=minutes, first=first)


@pytest.mark.parametrize(
    ("minutes", "energy_kwh_e4", "power_mw"),
    [
        (60, 1, "0.0000001"),
        (60, 100_000 * KWH, "100"),
        (30, 1, "0.0000002"),
        (15, 1, "0.0000004"),
        (15, 25_000 * KWH, "100"),
        (15, 3_125 * KWH, "12.5"),
        (5, 1, "0.0000012"),
        (5, 8_333_3333, "99.9999996"),
        (15, 0, "0"),
    ],
)
def test_a_power_is_the_energy_over_the_hours_of_its_step_to_the_last_digit(
    minutes: int, energy_kwh_e4: int, power_mw: str
) -> None:
    row = read_back(schedule_text([schedule([energy_kwh_e4, -energy_kwh_e4], minutes=minutes)]))
    assert (power_mw, "0") == (row[0]["discharge_mw"], row[0]["charge_mw"])
    assert (power_mw, "0") == (row[1]["charge_mw"], row[1]["discharge_mw"])


def test_a_schedule_has_its_columns_and_starts_of_steps_in_shanghai_time() -> None:
    text = schedule_text([schedule([0, KWH], minutes=60, first="2025-06-01T23:00")])
    assert list(SCHEDULE) == text.columns
    expected = ["2025-06-01T23:00:00+08:00", "2025-06-02T00:00:00+08:00"]
    assert expected == [row["interval_start"] for row in read_back(text)]


def test_stored_energy_has_six_decimals_and_no_sign_before_nothing() -> None:
    held = schedule([0, 0, 0, 0])
    stored_mwh = np.array([0.0, -1e-12, 212.7659574468, 0.0000005001])
    known = Schedule(
        station_id="A-1",
        horizon=held.horizon,
        charge_kwh_e4=held.charge_kwh_e4,
        discharge_kwh_e4=held.discharge_kwh_e4,
        stored_mwh=stored_mwh,
    )
    expected = ["0.000000", "0.000000", "212.765957", "0.000001"]
    assert expected == [row["stored_mwh"] for row in read_back(schedule_text([known]))]


def test_stations_follow_each_other_in_every_file() -> None:
    both = [schedule([KWH], station_id="B-2"), schedule([-KWH], station_id="A-1")]
    for frame, rows in ((schedule_text(both), 1), (orders_frame(both), 1), (plan_frame(both), 2)):
        assert ["A-1"] * rows + ["B-2"] * rows == frame["station_id"].to_list()


def test_parquet_holds_typed_instants_and_the_numbers_of_the_text() -> None:
    rng = np.random.default_rng(7)
    many = schedule([int(e) for e in rng.integers(-250_000_000, 250_000_000, 3_000)])
    typed = pl.read_parquet(io.BytesIO(schedule_parquet([many])))
    text = schedule_text([many])
    assert INSTANT == typed.schema["interval_start"]
    assert [pl.Float64] * 3 == [typed.schema[name] for name in ("charge_mw", "discharge_mw", "stored_mwh")]
    for name in ("charge_mw", "discharge_mw", "stored_mwh"):
        assert [float(cell) for cell in text[name]] == typed[name].to_list()
    assert many.horizon.starts_ms.tolist() == typed["interval_start"].to_physical().to_list()


@given(st.lists(st.integers(-(10**15), 10**15), max_size=30), st.integers(1, 8), st.integers(0, 8))
def test_text_of_integers_is_exact_and_as_short_as_it_may_be(scaled: list[int], decimals: int, at_least: int) -> None:
    least = min(at_least, decimals)
    text = decimal_column(np.array(scaled, dtype=np.int64), decimals, at_least=least).to_list()
    assert [Decimal(number).scaleb(-decimals) for number in scaled] == [Decimal(cell) for cell in text]
    for cell in text:
        fraction = cell.partition(".")[2]
        assert len(fraction) >= least
        assert len(fraction) == least or not fraction.endswith("0")


def test_each_run_in_one_direction_is_an_order_whatever_its_powers() -> None:
    # 00:00 charge 1 and 2.5 kWh, rest, 00:45 discharge 3 kWh, at once 01:00 charge 0.0001 kWh
    told = read_back(orders_frame([schedule([-KWH, -25_000, 0, 3 * KWH, -1])]))
    expected = [
        ("SH-LG-01-20250601-001", "00:00", "00:30", "charge", "3.5000"),
        ("SH-LG-01-20250601-002", "00:45", "01:00", "discharge", "3.0000"),
        ("SH-LG-01-20250601-003", "01:00", "01:15", "charge", "0.0001"),
    ]
    assert expected == [
        (row["order_id"], row["start_at"][11:16], row["end_at"][11:16], row["direction"], row["energy_kwh"])
        for row in told
    ]
    assert ("2025-06-01T00:00:00+08:00", "SH-LG-01") == (told[0]["start_at"], told[0]["station_id"])


def test_orders_are_numbered_anew_each_local_day_and_an_order_over_midnight_belongs_to_its_start() -> None:
    # from 22:00: charge, rest | 00:00 on: a discharge that began at 23:30 goes on, then a charge; 07:00 is 23:00 UTC
    told = orders_frame([schedule([-KWH, 0, 0, KWH, KWH, 0, -KWH], minutes=30, first="2025-06-01T22:00")])
    expected = ["SH-LG-01-20250601-001", "SH-LG-01-20250601-002", "SH-LG-01-20250602-001"]
    assert expected == told["order_id"].to_list()
    assert "2025-06-02T00:30:00+08:00" == told["end_at"][1]


def test_a_station_that_rests_has_no_order() -> None:
    told = orders_frame([schedule([0, 0])])
    assert (0, list(ORDERS)) == (told.height, told.columns)
    assert ["A-1"] == orders_frame([schedule([0, 0]), schedule([KWH], station_id="A-1")])["station_id"].to_list()


@given(schedules())
@settings(max_examples=60)
def test_the_energies_of_the_orders_add_up_to_the_schedule(planned: Schedule) -> None:
    told = read_back(orders_frame([planned]))
    for direction, energies in (("charge", planned.charge_kwh_e4), ("discharge", planned.discharge_kwh_e4)):
        ordered = sum((Decimal(row["energy_kwh"]) for row in told if row["direction"] == direction), Decimal(0))
        assert Decimal(int(energies.sum())) / KWH == ordered
    assert len(told) == len({row["order_id"] for row in told})
    assert all(row["start_at"] < row["end_at"] for row in told)


def test_a_plan_has_a_row_for_each_day_and_direction_and_96_points() -> None:
    frame = plan_frame([schedule([KWH] * 96 + [-KWH])])
    assert [*PLAN, *(f"p{number:02d}" for number in range(1, 97))] == frame.columns
    expected = [
        ("2025-06-01", "charge"),
        ("2025-06-01", "discharge"),
        ("2025-06-02", "charge"),
        ("2025-06-02", "discharge"),
    ]
    assert expected == list(frame.select("date", "direction").iter_rows())


def test_the_first_point_is_the_quarter_that_ends_at_a_quarter_past_midnight() -> None:
    # 25 kWh in a quarter are 100 kW; the 96th quarter ends at 24:00
    row = read_back(plan_frame([schedule([25 * KWH] + [0] * 94 + [50 * KWH])]))[1]
    assert ("100", "0", "200") == (row["p01"], row["p02"], row["p96"])


def test_a_longer_step_stands_in_each_of_its_quarters() -> None:
    # 100 kWh in an hour are 100 kW in four quarters, 50 kWh in half an hour are 100 kW in two
    hourly = points(plan_frame([schedule([100 * KWH, 0], minutes=60)]))[1]
    assert [Decimal(100)] * 4 + [Decimal(0)] * 92 == hourly
    halves = points(plan_frame([schedule([0, -50 * KWH], minutes=30)]))[0]
    assert [Decimal(0)] * 2 + [Decimal(100)] * 2 + [Decimal(0)] * 92 == halves


def test_three_steps_of_five_minutes_are_averaged() -> None:
    # 1, 2 and 4 kWh in a quarter: 7 kWh / 0.25 h = 28 kW; then only one of three steps has power: 3 / 0.25 = 12 kW
    row = points(plan_frame([schedule([KWH, 2 * KWH, 4 * KWH, 0, 3 * KWH, 0], minutes=5)]))[1]
    assert [Decimal(28), Decimal(12)] == row[:2]


def test_outside_the_schedule_a_day_is_planned_at_zero() -> None:
    # eight steps of 5 minutes and 1 kWh from 23:40 on: 1 and 3 of them in the last quarters of a day, then 3 and 1
    rows = points(plan_frame([schedule([KWH] * 8, minutes=5, first="2025-06-01T23:40")]))
    assert [Decimal(0)] * 94 + [Decimal(4), Decimal(12)] == rows[1]
    assert [Decimal(12), Decimal(4)] + [Decimal(0)] * 94 == rows[3]


@pytest.mark.parametrize(
    ("minutes", "energy_kwh_e4", "power_kw"),
    [
        (60, 49, "0"),  # 0.0049 kW
        (60, 50, "0.01"),  # 0.005 kW: half goes up
        (60, 1_2350, "1.24"),  # 1.235 kW, which a double holds as less
        (15, 12, "0"),  # 0.0048 kW
        (15, 13, "0.01"),  # 0.0052 kW
        (30, 25, "0.01"),  # 0.005 kW
    ],
)
def test_a_point_is_rounded_half_up_to_two_decimals(minutes: int, energy_kwh_e4: int, power_kw: str) -> None:
    frame = plan_frame([schedule([energy_kwh_e4, -energy_kwh_e4], minutes=minutes)])
    assert power_kw == frame["p01"][1]
    assert power_kw == frame[f"p{minutes // 15 + 1:02d}"][0]


@given(schedules())
@settings(max_examples=60)
def test_the_points_of_a_plan_add_up_to_the_schedule_within_rounding(planned: Schedule) -> None:
    frame = plan_frame([planned])
    for direction, energies in (("charge", planned.charge_kwh_e4), ("discharge", planned.discharge_kwh_e4)):
        rows = points(frame.filter(pl.col("direction") == direction))
        planned_kwh = sum((sum(row, Decimal(0)) for row in rows), Decimal(0)) / 4
        # half of 0.01 kW in a quarter of an hour is 0.00125 kWh
        most = Decimal("0.00125") * 96 * len(rows)
        assert abs(planned_kwh - Decimal(int(energies.sum())) / KWH) <= most
