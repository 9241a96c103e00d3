"""A real battery fleet as a station: the checks say what is true of a fleet and refuse nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from tariffs.vocabulary.columns import RAW_INTERVALS
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.timegrid import INSTANT, Month

METERS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "meters"
FLEET = METERS / "nem_sa_battery_fleet_5min_2022-09-05_10-30.parquet"

pytestmark = pytest.mark.skipif(not FLEET.exists(), reason="the shared meter data are not here")


def fleet_rows() -> pl.DataFrame:
    """MW over five minutes as kWh to four decimals."""
    source = pl.read_parquet(FLEET)
    kwh_e4 = [
        (pl.col(f"battery_{way}_mw") * 10_000_000 / 12).round(0).cast(pl.Int64).alias(f"{way}_kwh_e4")
        for way in ("charge", "discharge")
    ]
    return source.select(
        pl.lit("FLEET").alias("feed"),
        pl.col("utc_start").dt.convert_time_zone("Asia/Shanghai").cast(INSTANT).alias("interval_start"),
        pl.lit(5, pl.Int16).alias("interval_minutes"),
        *kwh_e4,
        pl.lit(0, pl.UInt8).alias("quality"),
        pl.lit(0, pl.UInt16).alias("file_no"),
        pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("row"),
    ).select(RAW_INTERVALS.keys())


def test_october_of_a_fleet_is_read_whole_and_warned_about(made: ModuleType) -> None:
    station = made.make_station(
        id="FLEET",
        power_mw=Decimal(450),
        energy_mwh=Decimal(600),
        charge_efficiency=None,
        discharge_efficiency=None,
        round_trip_efficiency=Decimal("0.80"),
        grid_connected_on=date(2020, 1, 1),
    )
    rows = fleet_rows().filter(pl.col("interval_start") < made.at("2022-10-01"))
    rows = rows.filter(pl.col("interval_start") >= made.at("2022-09-06"))
    scope = made.make_scope(station, month=Month(2022, 9), settled_from={"FLEET": date(2022, 9, 6)})
    result = made.Case(rows, scope=scope).result()
    assert [] == [finding for finding in result.findings if finding.severity is Severity.REFUSAL]
    assert 25 * 288 == result.readings.height
    assert {"both_directions"} <= {finding.code for finding in result.findings}
    assert rows["charge_kwh_e4"].sum() == result.readings["charge_kwh_e4"].sum()
    assert {"FLEET": 5} == result.minutes


def test_without_a_month_and_stations_the_days_of_the_file_are_checked(made: ModuleType) -> None:
    whole_days = fleet_rows().filter(
        (pl.col("interval_start") >= made.at("2022-09-06")) & (pl.col("interval_start") < made.at("2022-10-30"))
    )
    scope = made.make_scope(month=None, now=datetime(2026, 1, 1, tzinfo=UTC))
    scope = made.replace(scope, stations=())
    result = made.Case(whole_days, scope=scope).result()
    assert "stations_not_given" in {finding.code for finding in result.findings}
    assert whole_days.height == result.readings.height


def test_few_of_the_bursts_of_a_fleet_are_called_spikes(made: ModuleType) -> None:
    rows = fleet_rows().filter(pl.col("interval_start") < made.at("2022-10-30"))
    scope = made.replace(made.make_scope(month=None), stations=())
    findings = made.Case(rows, scope=scope).result().findings
    listed = sum(finding.code == "spike" for finding in findings)
    rest = sum(int(finding.evidence["more"]) for finding in findings if finding.code == "more_of_the_same")
    assert listed + rest < rows.height // 100
