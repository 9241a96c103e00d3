"""For every code of the catalogue one input that fires it and one near it that does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from settlement.meter.checks import Reads, checks_reading
from settlement.meter.report import CATALOGUE
from tariffs.stations import Outage, OutageCause
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.findings import Severity
from tariffs.vocabulary.timegrid import Month, local

Make = Callable[[Any], Any]
HALF_DAY = "2025-02-05T12:00"
CHARGING = "2025-02-05T01:00"
DISCHARGING = "2025-02-05T18:00"
MIDNIGHTS = ("2025-02-01T00:00", "2025-03-01T00:00")


def rows(change: Callable[[Any, pl.DataFrame], pl.DataFrame], **scope: Any) -> Make:
    """The plain month with its rows changed."""
    return lambda m: m.Case(intervals=change(m, m.month_rows()), scope=m.make_scope(**scope))


def station(change: Callable[[Any, pl.DataFrame], pl.DataFrame], **keys: Any) -> Make:
    """The plain month with its rows changed, of a station with other keys."""
    return lambda m: m.Case(intervals=change(m, m.month_rows()), scope=m.make_scope(m.make_station(**keys)))


def plain(**scope: Any) -> Make:
    return lambda m: m.Case(scope=m.make_scope(**scope))


def same(_: Any, frame: pl.DataFrame) -> pl.DataFrame:
    return frame


def gap(first: str, count: int = 1) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    return lambda m, frame: m.without(frame, first, count)


def put(first: str, count: int = 1, **columns: Any) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    return lambda m, frame: m.changed(frame, first, count, **columns)


def moved(minutes: int) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    return lambda _, frame: frame.with_columns(pl.col("interval_start") + timedelta(minutes=minutes))


def again(first: str, **columns: Any) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    """One row of the month a second time, in the second file."""

    def change(m: Any, frame: pl.DataFrame) -> pl.DataFrame:
        copy = frame.filter(pl.col("interval_start") == m.at(first))
        changed = m.changed(copy, first, **columns) if columns else copy
        return pl.concat([frame, changed.with_columns(pl.lit(1, pl.UInt16).alias("file_no"))])

    return change


def of_feeds(split_at: str, *, both_until: str) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    """Two meters of SH-1: M1 until one instant, M2 from another on."""

    def change(m: Any, frame: pl.DataFrame) -> pl.DataFrame:
        first = frame.filter(pl.col("interval_start") < m.at(both_until)).with_columns(pl.lit("M1").alias("feed"))
        second = frame.filter(pl.col("interval_start") >= m.at(split_at)).with_columns(pl.lit("M2").alias("feed"))
        return pl.concat([first, second])

    return change


def registers(*readings: tuple[str, str, int, int], with_rows: bool = False, **keys: Any) -> Make:
    """Registers of SH-1, alone or beside a plain month without energy."""
    estimate = keys.pop("estimate", False)

    def make(m: Any) -> Any:
        frame = m.month_rows()
        idle = frame.with_columns(pl.lit(0, pl.Int64).alias(f"{way}_kwh_e4") for way in ("charge", "discharge"))
        return m.Case(
            intervals=idle if with_rows else frame.clear(),
            registers=m.register_rows(readings, **keys),
            scope=m.make_scope(estimate=estimate),
        )

    return make


def hours(*imports: int, meter: str = "M", day: int = 1) -> list[tuple[str, str, int, int]]:
    """Hourly import readings from a midnight on."""
    return [(meter, f"2025-02-{day:02d}T{nth:02d}:00", register, 0) for nth, register in enumerate(imports)]


def scaled_energy(numerator: int, denominator: int) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    return lambda _, frame: frame.with_columns(pl.col("^.*_kwh_e4$") * numerator // denominator)


def without_energy(_: Any, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(0, pl.Int64).alias(f"{way}_kwh_e4") for way in ("charge", "discharge"))


def of_minutes(minutes: int, said: int) -> Make:
    return lambda m: m.Case(
        intervals=m.month_rows(minutes=minutes).with_columns(pl.lit(said, pl.Int16).alias("interval_minutes"))
    )


def every_second_row_of(days: int) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    """The first days with half of their rows: what a change to half-hour intervals looks like."""
    return lambda _, frame: (
        frame.with_row_index().filter((pl.col("index") >= 96 * days) | (pl.col("index") % 2 == 0)).drop("index")
    )


def swapped(_: Any, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({"charge_kwh_e4": "discharge_kwh_e4", "discharge_kwh_e4": "charge_kwh_e4"}).select(
        frame.columns
    )


def said(minutes: int, first: str) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    """Every row states 15 minutes, one states another length."""
    return lambda m, frame: m.changed(
        frame.with_columns(pl.lit(15, pl.Int16).alias("interval_minutes")), first, interval_minutes=minutes
    )


def unsorted(_: Any, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.reverse()


def day_copied(wobble: int) -> Callable[[Any, pl.DataFrame], pl.DataFrame]:
    """5 February has the readings of the 4th, one of them off by a wobble."""

    def change(m: Any, frame: pl.DataFrame) -> pl.DataFrame:
        energies = frame.select(pl.col("^.*_kwh_e4$").shift(96))
        fifth = (pl.col("interval_start") >= m.at("2025-02-05")) & (pl.col("interval_start") < m.at("2025-02-06"))
        copied = frame.with_columns(
            pl.when(fifth).then(energies[name]).otherwise(pl.col(name)).alias(name) for name in energies.columns
        )
        one = pl.col("interval_start") == m.at(CHARGING)
        return copied.with_columns(
            pl.when(one).then(pl.col("charge_kwh_e4") + wobble).otherwise(pl.col("charge_kwh_e4"))
        )

    return change


OUTAGE = Outage(
    from_at=datetime(2025, 2, 5, tzinfo=UTC),
    until_at=datetime(2025, 2, 7, tzinfo=UTC),
    power_available_mw=Decimal(5),
    cause=OutageCause.OWN,
)
EXCHANGE = [*hours(0, 10, 20), *[("N", "2025-02-01T02:00", 0, 0), ("N", "2025-02-01T03:00", 30, 0)]]
ONE_FEED_EACH = of_feeds("2025-02-15", both_until="2025-02-15")

CODES: dict[str, tuple[Make, Make]] = {
    "station_unknown": (
        rows(lambda m, f: pl.concat([f, m.month_rows(feed="SH-2").head(1)])),
        lambda m: m.Case(m.month_rows(feed="M7"), scope=m.make_scope(m.make_station(meter_ids=("M7",)))),
    ),
    "stations_not_given": (lambda m: m.Case(scope=replace(m.make_scope(), stations=())), plain()),
    "efficiencies_not_given": (
        station(same, charge_efficiency=None, discharge_efficiency=None),
        station(same, charge_efficiency=None, discharge_efficiency=None, round_trip_efficiency=Decimal("0.81")),
    ),
    "more_of_the_same": (
        rows(put(HALF_DAY, 21, discharge_kwh_e4=-1)),
        rows(put(HALF_DAY, 20, discharge_kwh_e4=-1)),
    ),
    "station_without_readings": (
        lambda m: m.Case(scope=m.make_scope(m.make_station(), m.make_station(id="SH-2"))),
        plain(),
    ),
    "not_settled_in_period": (
        plain(settled_from={"SH-1": date(2025, 3, 1)}),
        plain(settled_from={"SH-1": date(2025, 2, 28)}),
    ),
    "outside_month": (plain(month=Month(2025, 3)), plain()),
    "rows_of_other_months": (
        rows(lambda m, f: pl.concat([f, m.month_rows(month=Month(2025, 3)).head(1)])),
        plain(),
    ),
    "station_not_connected": (
        station(same, grid_connected_on=date(2025, 2, 2)),
        station(
            lambda m, f: m.changed(f, "2025-02-01T00:00", 96, charge_kwh_e4=0, discharge_kwh_e4=0),
            grid_connected_on=date(2025, 2, 2),
        ),
    ),
    "commissioning_excluded": (plain(settled_from={"SH-1": date(2025, 2, 3)}), plain()),
    "stamps_look_like_ends": (rows(moved(15)), rows(gap("2025-02-01T00:00"))),
    "interval_wrong_length": (of_minutes(10, 10), of_minutes(30, 30)),
    "interval_length_inferred": (of_minutes(5, 0), of_minutes(5, 5)),
    "interval_length_not_stated": (of_minutes(30, 0), of_minutes(30, 30)),
    "readings_thinned": (rows(every_second_row_of(1)), rows(gap("2025-02-05T12:00"))),
    "interval_lengths_mixed": (rows(said(30, HALF_DAY)), rows(said(15, HALF_DAY))),
    "interval_overlapping": (
        rows(said(30, HALF_DAY)),
        rows(lambda m, f: m.without(said(30, HALF_DAY)(m, f), "2025-02-05T12:15")),
    ),
    "interval_off_grid": (
        rows(
            lambda _, f: f.with_columns(
                pl.when(pl.col("row") == 50)
                .then(pl.col("interval_start") + timedelta(minutes=7))
                .otherwise(pl.col("interval_start"))
            )
        ),
        plain(),
    ),
    "interval_duplicate": (rows(again(CHARGING)), rows(again(CHARGING, charge_kwh_e4=1, discharge_kwh_e4=1))),
    "interval_conflict": (rows(again(CHARGING, charge_kwh_e4=1)), rows(again(CHARGING))),
    "interval_missing": (rows(gap(HALF_DAY)), rows(gap(HALF_DAY), estimate=True)),
    "direction_missing": (
        rows(put("2025-02-01T00:00", 2688, discharge_kwh_e4=None)),
        rows(put("2025-02-01T00:00", 2687, discharge_kwh_e4=None)),
    ),
    "direction_gap": (rows(put(HALF_DAY, discharge_kwh_e4=None)), rows(put(HALF_DAY, discharge_kwh_e4=0))),
    "feed_incomplete": (
        station(of_feeds("2025-02-01", both_until="2025-02-15"), meter_ids=("M1", "M2"), power_mw=Decimal(20)),
        station(ONE_FEED_EACH, meter_ids=("M1", "M2")),
    ),
    "rows_unordered": (rows(unsorted), rows(lambda _, f: pl.concat([f.head(900), f.tail(-900)]))),
    "reading_in_future": (
        plain(now=datetime(2025, 2, 28, 15, 59, 59, tzinfo=UTC)),
        plain(now=datetime(2025, 2, 28, 16, 0, tzinfo=UTC)),
    ),
    "energy_negative": (rows(put(HALF_DAY, charge_kwh_e4=-1)), rows(put(HALF_DAY, charge_kwh_e4=0))),
    "quality_not_billable": (
        rows(put(HALF_DAY, quality=Quality.MISSING.value)),
        rows(put(HALF_DAY, quality=Quality.SUBSTITUTED.value)),
    ),
    "quality_estimated": (rows(put(HALF_DAY, quality=Quality.ESTIMATED.value)), plain()),
    "power_above_110_percent": (
        rows(put(CHARGING, charge_kwh_e4=27_500_001)),
        rows(put(CHARGING, charge_kwh_e4=27_500_000)),
    ),
    "power_above_102_percent": (
        rows(put(DISCHARGING, discharge_kwh_e4=25_500_001)),
        rows(put(DISCHARGING, discharge_kwh_e4=25_500_000)),
    ),
    "power_above_available": (
        station(same, outage=(OUTAGE,)),
        station(put("2025-02-05T00:00", 288, charge_kwh_e4=0, discharge_kwh_e4=12_750_000), outage=(OUTAGE,)),
    ),
    "unit_off_by_1000": (rows(scaled_energy(1000, 1)), rows(scaled_energy(40, 1))),
    "unit_looks_like_mwh": (rows(scaled_energy(1, 1000)), rows(scaled_energy(1, 100))),
    "period_too_long": (
        rows(lambda m, f: pl.concat([f, m.month_rows(month=Month(2022, 1)).head(1)]), month=None, estimate=True),
        rows(lambda m, f: pl.concat([f, m.month_rows(month=Month(2023, 1)).head(1)]), month=None),
    ),
    "stuck_reading": (
        rows(put(CHARGING, 8, charge_kwh_e4=20_000_000)),
        rows(put(CHARGING, 7, charge_kwh_e4=20_000_000)),
    ),
    "zero_run": (
        rows(put("2025-02-05T03:15", 130, charge_kwh_e4=0, discharge_kwh_e4=0)),
        rows(put(DISCHARGING, 7, discharge_kwh_e4=0)),
    ),
    "no_energy_in_period": (
        rows(without_energy),
        rows(lambda m, f: m.changed(without_energy(m, f), CHARGING, charge_kwh_e4=1)),
    ),
    "day_repeated": (rows(day_copied(0)), rows(day_copied(1))),
    "spike": (
        lambda m: m.Case(m.changed(scaled_energy(1, 4)(m, m.month_rows()), HALF_DAY, charge_kwh_e4=24_000_000)),
        lambda m: m.Case(m.changed(scaled_energy(1, 4)(m, m.month_rows()), HALF_DAY, charge_kwh_e4=6_000_000)),
    ),
    "both_directions": (
        rows(put(CHARGING, discharge_kwh_e4=1_250_001)),
        rows(put(CHARGING, discharge_kwh_e4=1_250_000)),
    ),
    "stored_energy_out_of_bounds": (
        rows(put("2025-02-05T03:15", 4, charge_kwh_e4=24_000_000)),
        rows(put("2025-02-05T03:15", 1, charge_kwh_e4=14_000_000)),
    ),
    "round_trip_out_of_band": (station(same, charge_efficiency=Decimal(1), discharge_efficiency=Decimal(1)), plain()),
    "charge_and_discharge_swapped": (rows(swapped), plain()),
    "register_difference": (
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 12, 0), with_rows=True, multiplier=2),
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 1, 0), with_rows=True, multiplier=2),
    ),
    "register_not_compared": (
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", "2025-03-01T00:15", 0, 0), with_rows=True),
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 0, 0), with_rows=True),
    ),
    "register_gap": (
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 5, 5)),
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 5, 5), estimate=True),
    ),
    "register_rolled_over": (registers(*hours(99_990, 7), digits=5), registers(*hours(99_990, 99_999), digits=5)),
    "register_fell": (registers(*hours(60_000, 7), digits=5), registers(*hours(99_990, 7), digits=5)),
    "register_energy_not_exact": (
        lambda m: m.Case(
            m.month_rows().clear(),
            m.register_rows(hours(0, 1)).with_columns(
                pl.lit(1, pl.Int64).alias("multiplier_e4"), pl.Series("import_register_kwh_e4", [0, 1])
            ),
        ),
        lambda m: m.Case(
            m.month_rows().clear(),
            m.register_rows(hours(0, 1)).with_columns(pl.lit(1, pl.Int64).alias("multiplier_e4")),
        ),
    ),
    "register_out_of_range": (
        registers(*hours(0, 10**11), multiplier=10**8, digits=12),
        registers(*hours(0, 10**3), multiplier=10**8, digits=12),
    ),
    "multiplier_changed": (
        lambda m: m.Case(
            m.month_rows().clear(),
            m.register_rows(hours(0, 1)).with_columns(pl.Series("multiplier_e4", [10_000, 20_000])),
        ),
        registers(*hours(0, 1), multiplier=2),
    ),
    "register_duplicate": (registers(*hours(0, 1), *hours(0)), registers(*hours(0, 1), *hours(0, meter="N"))),
    "meter_exchanged": (registers(*EXCHANGE), registers(*hours(0, 10, 20))),
    "gap_filled": (rows(gap(HALF_DAY), estimate=True), plain(estimate=True)),
    "gap_not_fillable": (
        lambda m: m.Case(m.month_rows().head(1), scope=m.make_scope(estimate=True)),
        rows(gap("2025-02-03T00:00", 2400), estimate=True),
    ),
    "gap_above_rated_power": (
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 7_392_001, 0), estimate=True),
        registers(("M", MIDNIGHTS[0], 0, 0), ("M", MIDNIGHTS[1], 7_392_000, 0), estimate=True),
    ),
}


@pytest.mark.parametrize("code", CATALOGUE.entries)
def test_a_code_fires_on_its_input_and_not_on_the_one_near_it(code: str, made: ModuleType) -> None:
    fires, near = CODES[code]
    assert code in fires(made).codes()
    assert code not in near(made).codes()


def test_the_plain_month_gives_no_finding(made: ModuleType) -> None:
    assert made.Case().result().findings == ()


def test_an_outage_without_an_offset_is_shanghai_time(made: ModuleType) -> None:
    """What the same outage with its offset finds, above the power that is left and in a run of zeros alike."""
    naive = replace(
        OUTAGE, from_at=local(OUTAGE.from_at).replace(tzinfo=None), until_at=local(OUTAGE.until_at).replace(tzinfo=None)
    )
    idle = put("2025-02-05T00:00", 288, charge_kwh_e4=0, discharge_kwh_e4=0)
    for change in (same, idle):
        with_offset, without = (station(change, outage=(each,))(made).codes() for each in (OUTAGE, naive))
        assert with_offset == without
    assert "power_above_available" in station(same, outage=(naive,))(made).codes()


def test_the_codes_of_the_checks_stand_in_the_catalogue_once_each() -> None:
    codes = [code for reads in Reads for check in checks_reading(reads) for code in check.CODES]
    assert sorted(set(codes)) == sorted(codes)
    assert set(codes) <= set(CATALOGUE.entries)
    assert len(codes) >= 30


@pytest.mark.parametrize("code", CATALOGUE.entries)
def test_a_station_is_in_the_readings_unless_one_of_its_findings_is_a_refusal(code: str, made: ModuleType) -> None:
    for make in CODES[code]:
        case = make(made)
        result = case.result()
        refused = {f.station_id for f in result.findings if f.severity is Severity.REFUSAL}
        present = set(result.readings["station_id"])
        assert set() == refused & present
        assert present == set(result.minutes)
        if not refused and case.scope.stations and "not_settled_in_period" not in case.codes():
            assert {station.id for station in case.scope.stations} == present


@pytest.mark.parametrize("code", CATALOGUE.entries)
def test_every_finding_of_a_code_says_what_to_do_in_both_languages(code: str, made: ModuleType) -> None:
    found = [finding for finding in CODES[code][0](made).result().findings if finding.code == code]
    for finding in found:
        assert all((finding.message.zh, finding.message.en, finding.action.zh, finding.action.en))
        assert "{" not in finding.message.zh + finding.message.en + finding.action.zh + finding.action.en
