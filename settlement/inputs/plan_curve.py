"""`plan.csv`: the plan of the dispatch centre in 96 points a day, one row a station, day and direction.

Columns `station_id, date, direction, p01 ... p96` in kW, as `huchu dispatch` writes them; p01 is the quarter from 00:00
to 00:15, p96 the one that ends at 24:00 of the same day.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Final

import polars as pl

from settlement.inputs import cells
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout
from settlement.inputs.orders import DIRECTIONS
from settlement.inputs.ratings import PERCENT, REFUSED_PERCENT, WARNED_PERCENT, above, rated_power_mw
from settlement.inputs.records import PLAN_POWER, Leg
from tariffs.reading.sheet import Sheet
from tariffs.stations import Rating
from tariffs.vocabulary.money import decimal_text
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES, INSTANT, UTC_OFFSET_MS, intervals_per_day
from tariffs.vocabulary.units import KW_PER_MW, MS_PER_DAY, MS_PER_MINUTE

POINTS: Final = tuple(f"p{point:02d}" for point in range(1, intervals_per_day(DEFAULT_MINUTES) + 1))
LAYOUT: Final = Layout(kind="plan", required=("station_id", "date", "direction", *POINTS))
DECIMALS: Final = 2
UNITS_PER_KW: Final = 10**DECIMALS

Limits = Mapping[tuple[str, date, str], Fraction]
"""Rated power in 0.01 kW by station, day and direction."""


def read(sheet: Sheet, known: Stations) -> pl.DataFrame:
    """The plan curve of a sheet with the columns PLAN_POWER; its report takes what is found.

    Shape   a point that is refused counts as 0; days that the sheet does not name are not there
    Raises  FileRefusedError if a column can hold nothing of its kind
    """
    heads = pl.DataFrame(
        [
            cells.stations(sheet, known),
            cells.days(sheet, "date").rename("day"),
            cells.words(sheet, "direction", DIRECTIONS).rename("direction"),
            sheet.rows.rename("row"),
        ]
    )
    keys = ("station_id", "day", "direction")
    again, first_rows = cells.repeats(sheet, heads.select(keys))
    cells.tell(sheet, again, "plan_repeated", lambda at: {"day": heads["day"][at], "other": first_rows[at]})
    rows = heads.with_columns([_points(sheet, name) for name in POINTS])
    limits = _limits(heads, known)
    _tell_of_powers(sheet, rows, limits)
    quarters = _quarters(rows.filter(~again).drop_nulls(keys))
    _tell_of_directions(sheet, quarters, limits)
    _tell_of_gaps(sheet, heads)
    _tell_of_single_days(sheet, heads)
    return quarters.select(list(PLAN_POWER))


def _points(sheet: Sheet, name: str) -> pl.Series:
    power = cells.numbers(sheet, name, DECIMALS)
    return cells.bounded(sheet, power, power < 0, "input_number_negative").rename(name)


def _limits(heads: pl.DataFrame, known: Stations) -> Limits:
    return {
        (station_id, day, leg.value): _limit_kw_e2(rating, leg)
        for station_id, day in heads.select("station_id", "day").drop_nulls().unique().iter_rows()
        for rating in (known[station_id].rating_on(day),)
        for leg in Leg
    }


@cache
def _limit_kw_e2(rating: Rating, leg: Leg) -> Fraction:
    return rated_power_mw(rating, leg) * (KW_PER_MW * UNITS_PER_KW)


def _tell_of_powers(sheet: Sheet, rows: pl.DataFrame, limits: Limits) -> None:
    """One finding a row for its largest power, if that is above what the station can."""
    limit = [limits.get(key) for key in rows.select("station_id", "day", "direction").iter_rows()]
    largest = rows.select(pl.max_horizontal(POINTS)).to_series()

    def exceeds(percent: int) -> pl.Series:
        # a whole number exceeds a limit where it exceeds what is whole of it
        whole = {each: int(each * percent / PERCENT) for each in set(limit) if each is not None}
        return largest > pl.Series([None if each is None else whole[each] for each in limit], dtype=pl.Int64)

    def told(at: int) -> Mapping[str, object]:
        column = next(name for name in POINTS if rows[name][at] == largest[at])
        return {"column": column, "power": _kw_text(largest[at]), "rated": _kw_text(int(limit[at] or 0))}

    impossible = exceeds(REFUSED_PERCENT)
    cells.tell(sheet, impossible, "plan_above_rated", told)
    cells.tell(sheet, exceeds(WARNED_PERCENT) & ~impossible, "plan_near_rated", told)


def _quarters(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a quarter with both directions, sorted by station and instant, and the last row of the file that tells it."""
    powers = pl.concat_list(pl.col(POINTS).fill_null(0))
    keys = ["station_id", "day"]
    of_leg = {
        leg: rows.filter(pl.col("direction") == leg.value).select(*keys, "row", powers.alias(f"{leg.value}_kw_e2"))
        for leg in Leg
    }
    days = of_leg[Leg.CHARGE].join(of_leg[Leg.DISCHARGE], on=keys, how="full", coalesce=True).sort(keys)
    at_rest = pl.lit([0] * len(POINTS), dtype=pl.List(pl.Int64))
    both = [f"{leg.value}_kw_e2" for leg in Leg]
    quarters = days.select(
        *keys,
        pl.max_horizontal("row", "row_right").alias("row"),
        pl.lit(list(range(len(POINTS)))).alias("quarter"),
        *(pl.col(name).fill_null(at_rest) for name in both),
    ).explode("quarter", *both)
    start_ms = pl.col("day").to_physical().cast(pl.Int64) * MS_PER_DAY - UTC_OFFSET_MS
    start_ms = start_ms + pl.col("quarter") * (DEFAULT_MINUTES * MS_PER_MINUTE)
    return quarters.select(
        "station_id",
        start_ms.cast(pl.Datetime("ms", "UTC")).cast(INSTANT).alias("interval_start"),
        *both,
        "row",
    )


def _tell_of_directions(sheet: Sheet, quarters: pl.DataFrame, limits: Limits) -> None:
    """Both directions in a quarter: a refusal where rated power could not do both one after the other."""
    both = quarters.filter((pl.col("charge_kw_e2") > 0) & (pl.col("discharge_kw_e2") > 0))
    turns: dict[str, list[tuple[object, int]]] = {}
    for station_id, at, charge, discharge, row in both.iter_rows():
        shares = (
            charge / limits[station_id, at.date(), "charge"] + discharge / limits[station_id, at.date(), "discharge"]
        )
        if above(shares, Fraction(1), REFUSED_PERCENT):
            told = {"at": at.isoformat(), "charge": _kw_text(charge), "discharge": _kw_text(discharge)}
            sheet.report.add("plan_both_directions", row=row, station_id=station_id, evidence=told)
        else:
            turns.setdefault(station_id, []).append((at.isoformat(), row))
    for station_id, found in turns.items():
        at_text, row = found[0]
        told = {"at": at_text, "count": len(found)}
        sheet.report.add("plan_turns_in_quarter", row=row, station_id=station_id, evidence=told)


def _tell_of_gaps(sheet: Sheet, heads: pl.DataFrame) -> None:
    planned = heads.drop_nulls(["station_id", "day"]).group_by("station_id").agg(pl.col("day").unique().sort())
    for station_id, days in planned.sort("station_id").iter_rows():
        before = [day for day, following in pairwise(days) if following - day > timedelta(days=1)]
        if before:
            missing = (days[-1] - days[0]).days + 1 - len(days)
            told = {"day": before[0] + timedelta(days=1), "count": missing}
            sheet.report.add("plan_days_missing", station_id=station_id, evidence=told)


def _tell_of_single_days(sheet: Sheet, heads: pl.DataFrame) -> None:
    """Days with one direction of a station whose other days have both: the other direction is taken as 0, and told."""
    days = heads.drop_nulls(["station_id", "day"]).group_by("station_id", "day").agg(pl.col("direction").n_unique())
    for (station_id,), own in days.sort("station_id", "day").group_by("station_id", maintain_order=True):
        single = own.filter(pl.col("direction") == 1)
        if 0 < single.height < own.height:
            told = {"day": single["day"][0], "count": single.height}
            sheet.report.add("plan_direction_missing", station_id=str(station_id), evidence=told)


def _kw_text(power_kw_e2: int) -> str:
    return decimal_text(power_kw_e2, DECIMALS, 0)
