"""Stations without rows, and rows outside the period that is settled."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from settlement.meter.checks import Reads
from settlement.meter.grid import LONGEST_DAYS
from settlement.meter.series import Hit, Rows, minute_text
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import physical
from tariffs.vocabulary.units import MS_PER_DAY

READS = Reads.ROWS
CODES = (
    "stations_not_given",
    "station_without_readings",
    "not_settled_in_period",
    "outside_month",
    "rows_of_other_months",
    "station_not_connected",
    "commissioning_excluded",
    "efficiencies_not_given",
    "period_too_long",
)


def found(rows: Rows) -> Iterator[Hit]:
    """What is to be said of stations without rows, and of rows before the first day that counts or of other months."""
    if not rows.stations_given:
        yield Hit(code="stations_not_given", station_id="")
    periods = rows.periods
    for place, (station_id, station) in enumerate(zip(rows.station_ids, rows.stations, strict=True)):
        absent = place not in rows.feeding and periods.start_ms[place] < periods.end_ms[place]
        if absent or periods.end_ms[place] == 0:
            yield Hit(code="station_without_readings", station_id=station_id)
        elif periods.start_ms[place] >= periods.end_ms[place]:
            evidence: dict[str, object] = {"first_day": minute_text(int(periods.start_ms[place]))[:10]}
            yield Hit(code="not_settled_in_period", station_id=station_id, evidence=evidence)
        days = int(periods.end_ms[place] - periods.month_start_ms[place]) // MS_PER_DAY
        if days > LONGEST_DAYS:
            first, last = periods.month_start_ms[place], periods.end_ms[place] - MS_PER_DAY
            evidence = {"first": minute_text(int(first))[:10], "last": minute_text(int(last))[:10], "days": days}
            yield Hit(code="period_too_long", station_id=station_id, evidence=evidence)
        if station is not None and station.efficiencies is None:
            yield Hit(code="efficiencies_not_given", station_id=station_id)
    if rows.frame["inside"].all():
        return
    at_ms = rows.frame["interval_start"].to_physical()
    in_month = (at_ms >= rows.by_station(periods.month_start_ms)) & (at_ms < rows.by_station(periods.end_ms))
    yield from _of_other_months(rows, in_month)
    early = rows.frame.filter(in_month & (at_ms < rows.by_station(periods.start_ms)))
    yield from _before_the_first_day(rows, early)


def _of_other_months(rows: Rows, in_month: pl.Series) -> Iterator[Hit]:
    stations = rows.frame["station"].to_numpy()
    count = len(rows.station_ids)
    within = np.bincount(stations[in_month.to_numpy()], minlength=count)
    outside = np.bincount(stations[~in_month.to_numpy()], minlength=count)
    for place in np.flatnonzero(outside).tolist():
        code = "rows_of_other_months" if within[place] else "outside_month"
        evidence = {"rows": int(outside[place])}
        yield Hit(code=code, station_id=rows.station_ids[place], evidence=evidence)


def _before_the_first_day(rows: Rows, early: pl.DataFrame) -> Iterator[Hit]:
    charge, discharge = pl.col("charge_kwh_e4").fill_null(0), pl.col("discharge_kwh_e4").fill_null(0)
    for (place,), part in early.filter((charge != 0) | (discharge != 0)).partition_by("station", as_dict=True).items():
        station = rows.stations[place]
        if station is None:
            continue
        connected_ms = physical(station.grid_connected_on)
        before = pl.col("interval_start").to_physical() < connected_ms
        for code, some in (
            ("station_not_connected", part.filter(before)),
            ("commissioning_excluded", part.filter(~before)),
        ):
            if some.is_empty():
                continue
            first = some.sort("interval_start", "file_no", "row").row(0, named=True)
            yield Hit(
                code=code,
                station_id=station.id,
                at_ms=physical(first["interval_start"]),
                file_no=first["file_no"],
                row=first["row"],
                evidence={
                    "connected_on": station.grid_connected_on,
                    "charge_kwh": kwh_text(int(some["charge_kwh_e4"].sum())),
                    "discharge_kwh": kwh_text(int(some["discharge_kwh_e4"].sum())),
                },
            )
