"""Frames that no honest meter makes: never an exception, never a station passed with a gap."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tariffs.vocabulary.columns import RAW_INTERVALS, RAW_REGISTERS, READINGS
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.timegrid import Month

LARGEST = 10**16


def test_nothing_at_all_refuses_every_station(made: ModuleType) -> None:
    result = made.Case(made.month_rows().clear()).result()
    assert ["station_without_readings"] == [finding.code for finding in result.findings]
    assert dict(READINGS) == dict(result.readings.schema)
    assert result.readings.is_empty()


def test_nothing_at_all_without_stations_is_empty(made: ModuleType) -> None:
    scope = made.replace(made.make_scope(month=None), stations=())
    assert made.Case(made.month_rows().clear(), scope=scope).result().readings.is_empty()


@pytest.mark.parametrize("energy", [LARGEST, 2**62])
def test_the_largest_energies_are_refused_without_overflow(energy: int, made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-01T00:00", 2688, charge_kwh_e4=energy, discharge_kwh_e4=energy)
    assert {"power_above_110_percent", "unit_off_by_1000"} <= made.Case(rows).codes()


def test_a_finding_names_file_row_station_and_interval(made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-05T12:00", charge_kwh_e4=-1)
    (finding,) = made.Case(rows).result().findings
    assert ("a.csv", 434, "SH-1", made.at("2025-02-05T12:00")) == (
        finding.file,
        finding.row,
        finding.station_id,
        finding.interval_start,
    )


def test_twenty_findings_of_a_code_are_listed_and_the_rest_counted(made: ModuleType) -> None:
    rows = made.changed(made.month_rows(), "2025-02-05T12:00", 100, charge_kwh_e4=-1)
    findings = made.Case(rows).result().findings
    assert 20 == sum(finding.code == "energy_negative" for finding in findings)
    (more,) = [finding for finding in findings if finding.code == "more_of_the_same"]
    assert (Severity.REFUSAL, "80", "energy_negative") == (
        more.severity,
        more.evidence["more"],
        more.evidence["of_code"],
    )


def test_a_refused_station_leaves_the_others_in_the_readings(made: ModuleType) -> None:
    bad = made.without(made.month_rows(feed="SH-2"), "2025-02-05T12:00")
    stations = made.make_station(), made.make_station(id="SH-2")
    result = made.Case(pl.concat([made.month_rows(), bad]), scope=made.make_scope(*stations)).result()
    assert {"SH-1"} == set(result.readings["station_id"])
    assert {"SH-1": 15} == result.minutes
    assert ["SH-2"] == [finding.station_id for finding in result.findings]


def test_a_partial_first_month_begins_on_the_first_day_that_counts(made: ModuleType) -> None:
    scope = made.make_scope(settled_from={"SH-1": made.at("2025-02-11").date()})
    readings = made.Case(made.without(made.month_rows(), "2025-02-01", 960), scope=scope).result().readings
    assert (made.at("2025-02-11"), 18 * 96) == (readings["interval_start"][0], readings.height)


odd_rows = st.lists(
    st.tuples(
        st.sampled_from(["SH-1", "M1", "M2", "SH-2", "nobody"]),
        st.integers(-10, 3_000),
        st.sampled_from([0, 0, 0, 7, 1]),
        st.sampled_from([0, 5, 10, 15, 30]),
        st.none() | st.integers(-1, 30_000_000) | st.just(LARGEST),
        st.none() | st.integers(-1, 30_000_000) | st.just(LARGEST),
        st.integers(0, 3),
    ),
    max_size=40,
)
odd_registers = st.lists(
    st.tuples(
        st.sampled_from(["SH-1", "SH-2", "nobody"]),
        st.sampled_from(["A", "B"]),
        st.integers(-10, 3_000),
        st.integers(0, 10**16),
        st.integers(0, 10**12),
        st.integers(0, 12),
        st.sampled_from([1, 10_000, 3_333, 10**12]),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=odd_rows, registers=odd_registers, estimate=st.booleans(), month=st.sampled_from([None, Month(2025, 2)]))
def test_odd_rows_never_raise_and_never_pass_with_a_gap(
    rows: list[Any], registers: list[Any], estimate: bool, month: Month | None, made: ModuleType
) -> None:
    start = made.at("2025-02-01")
    frame = pl.DataFrame(
        [
            (feed, start + timedelta(minutes=15 * nth + off), said, charge, discharge, quality, 0, place + 2)
            for place, (feed, nth, off, said, charge, discharge, quality) in enumerate(rows)
        ],
        schema=dict(RAW_INTERVALS),
        orient="row",
    )
    readings = pl.DataFrame(
        [
            (feed, meter, start + timedelta(minutes=15 * nth), bought, sold, digits, digits, multiplier, 0, place + 2)
            for place, (feed, meter, nth, bought, sold, digits, multiplier) in enumerate(registers)
        ],
        schema=dict(RAW_REGISTERS),
        orient="row",
    )
    stations = made.make_station(meter_ids=("M1", "M2")), made.make_station(id="SH-2")
    result = made.Case(frame, readings, made.make_scope(*stations, month=month, estimate=estimate)).result()
    assert 0 == result.readings.null_count().sum_horizontal().item()
    for station_id, minutes in result.minutes.items():
        steps = result.readings.filter(pl.col("station_id") == station_id)["interval_start"].diff().drop_nulls()
        assert {timedelta(minutes=minutes)} == set(steps)
    if month and not estimate:
        assert result.readings.is_empty()


def test_stamps_of_interval_ends_are_seen_without_a_month_too(made: ModuleType) -> None:
    moved = made.month_rows().with_columns(pl.col("interval_start") + timedelta(minutes=15))
    assert "stamps_look_like_ends" in made.Case(moved, scope=made.make_scope(month=None)).codes()
    assert "stamps_look_like_ends" not in made.Case(scope=made.make_scope(month=None)).codes()


@pytest.mark.parametrize("first", range(0, 96, 7))
def test_a_day_without_energy_is_seen_wherever_it_begins(first: int, made: ModuleType) -> None:
    busy = made.month_rows().with_columns(
        (pl.col("row").cast(pl.Int64) * 7919 % 1009 + 1).alias(name) for name in ("charge_kwh_e4", "discharge_kwh_e4")
    )
    start = made.at("2025-02-05") + timedelta(minutes=15 * first)
    for count, expected in ((96, True), (95, False)):
        text = start.replace(tzinfo=None).isoformat(timespec="minutes")
        rows = made.changed(busy, text, count, charge_kwh_e4=0, discharge_kwh_e4=0)
        assert expected == ("zero_run" in made.Case(rows).codes())


def slow_swing(charge: list[int], discharge: list[int], per_day: int) -> int:
    """Largest change of 0.81 x charge - discharge over any run of at most a day, in 1e-8 kWh."""
    levels = [0]
    for bought, sold in zip(charge, discharge, strict=True):
        levels.append(levels[-1] + bought * 8_100 - sold * 10_000)
    return max(
        max(levels[n : n + per_day + 1]) - min(levels[n : n + per_day + 1]) for n in range(len(levels) - per_day)
    )


@settings(max_examples=40, deadline=None)
@given(energies=st.lists(st.tuples(st.integers(0, 9_000_000), st.integers(0, 9_000_000)), min_size=72, max_size=72))
def test_stored_energy_is_out_of_bounds_exactly_when_a_slow_count_says_so(
    energies: list[tuple[int, int]], made: ModuleType
) -> None:
    start = made.at("2025-02-01")
    rows = [
        ("SH-1", start + timedelta(hours=nth), 60, bought * (nth % 24 < 9), sold * (nth % 24 > 11), 0, 0, nth + 2)
        for nth, (bought, sold) in enumerate(energies)
    ]
    case = made.Case(pl.DataFrame(rows, schema=dict(RAW_INTERVALS), orient="row"), scope=made.make_scope(month=None))
    swing = slow_swing([row[3] for row in rows], [row[4] for row in rows], 24)
    small = made.make_station(energy_mwh=made.Decimal(3))
    limit = 30_000_000 * 105 // 100
    codes = made.replace(case, scope=made.make_scope(small, month=None)).codes()
    assert (swing > limit * 10_000) == ("stored_energy_out_of_bounds" in codes)
