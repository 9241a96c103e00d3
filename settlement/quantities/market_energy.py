"""Energy of the market stage, each interval at its own prices: exact sums of plan and deviation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from settlement.inputs.records import PLAN_KWH_E4, Leg, MarketPrices
from settlement.windows import Ranges, inside
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.units import MS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketEnergy:
    """One direction of a station's energy in the market stage of a month.

    Shape   energies in 1e-4 kWh, money in 1e-10 元, not rounded; the plan is nothing where everything is settled at
            real-time prices; `limited_intervals` are those with a price brought to a limit of the settings
    """

    leg: Leg
    first_day: date
    last_day: date
    intervals: int
    filled_intervals: int
    filled_kwh_e4: int
    energy_kwh_e4: int
    plan_kwh_e4: int | None
    day_ahead_cny_e10: int
    real_time_cny_e10: int
    limited_intervals: int
    tax_rate_e6: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketTerms:
    """How market energy is priced: by the day-ahead plan or not, the limits of prices, the tax rate in them."""

    by_plan: bool
    floor_e6: int | None
    cap_e6: int | None
    tax_rate_e6: int


def market_energy(
    readings: pl.DataFrame, prices: MarketPrices, plan: pl.DataFrame | None, ranges: Ranges, terms: MarketTerms
) -> Mapping[str, tuple[MarketEnergy, ...]]:
    """Charging and discharged energy of each station on the days of the ranges, priced by interval.

    Shape   readings of steps no longer than those of the prices; prices and, where the terms ask for it, a plan for
            each of their intervals: what has none is left out, so its absence is to be refused before
    Source  沪府办发〔2024〕28号 六（一）, 六（二）: after the switch stations trade by the market; that day-ahead energy
            is the plan and the deviation goes at real-time prices is the form of the spot market, our inference
    """
    chosen = inside(ranges)
    if chosen is None or readings.is_empty():
        return {}
    by_interval = _by_interval(readings.filter(chosen), prices.minutes)
    priced = by_interval.join(_limited(prices.frame, terms), on="at", how="inner")
    if terms.by_plan and plan is not None:
        priced = priced.join(_plan_energy(plan, prices.minutes), on=("station_id", "at"), how="inner")
    else:
        zero = pl.lit(0, dtype=pl.Int64)
        priced = priced.with_columns(zero.alias("plan_charge"), zero.alias("plan_discharge"))
    sums = priced.group_by("station_id").agg(*(term for leg in Leg for term in _terms(leg.value)))
    days = ranges[0][0], max(end for _, end in ranges)
    return {
        row["station_id"]: tuple(_energy(row, leg, days, terms) for leg in Leg)
        for row in sums.sort("station_id").iter_rows(named=True)
    }


def _at(column: pl.Expr, minutes: int) -> pl.Expr:
    step_ms = minutes * MS_PER_MINUTE
    return (column.to_physical() // step_ms * step_ms).alias("at")


def _by_interval(readings: pl.DataFrame, minutes: int) -> pl.DataFrame:
    terms = []
    for leg, quality in ((Leg.CHARGE, "quality"), (Leg.DISCHARGE, "discharge_quality")):
        energy = pl.col(f"{leg.value}_kwh_e4")
        filled = pl.col(quality) == Quality.FILLED.value
        terms += [
            energy.sum().alias(leg.value),
            filled.sum().cast(pl.Int64).alias(f"filled_{leg.value}"),
            energy.filter(filled).sum().alias(f"filled_energy_{leg.value}"),
        ]
    grouped = readings.group_by("station_id", _at(pl.col("interval_start"), minutes))
    return grouped.agg(*terms, pl.len().cast(pl.Int64).alias("intervals"))


def _limited(prices: pl.DataFrame, terms: MarketTerms) -> pl.DataFrame:
    day_ahead, real_time = pl.col("day_ahead_price_e6"), pl.col("real_time_price_e6")
    named = {"day_ahead": day_ahead, "real_time": real_time}
    columns = [price.clip(terms.floor_e6, terms.cap_e6).alias(name) for name, price in named.items()]
    used = [real_time, day_ahead] if terms.by_plan else [real_time]
    beyond = [price.clip(terms.floor_e6, terms.cap_e6) != price for price in used]
    limited = pl.any_horizontal(beyond).cast(pl.Int64).alias("limited")
    return prices.select(pl.col("interval_start").to_physical().alias("at"), *columns, limited)


def _plan_energy(plan: pl.DataFrame, minutes: int) -> pl.DataFrame:
    grouped = plan.group_by("station_id", _at(pl.col("interval_start"), minutes))
    return grouped.agg(*((pl.col(f"{leg.value}_kw_e2").sum() * PLAN_KWH_E4).alias(f"plan_{leg.value}") for leg in Leg))


def _terms(leg: str) -> list[pl.Expr]:
    energy, planned = pl.col(leg).cast(pl.Int128), pl.col(f"plan_{leg}").cast(pl.Int128)
    # an energy of at most 1e12 and a price of at most 1e9 times a year of quarters stay far inside 128 bits
    return [
        pl.col(leg).sum().alias(f"energy_{leg}"),
        pl.col(f"plan_{leg}").sum().alias(f"planned_{leg}"),
        (planned * pl.col("day_ahead").fill_null(0)).sum().alias(f"day_ahead_{leg}"),
        ((energy - planned) * pl.col("real_time")).sum().alias(f"real_time_{leg}"),
        pl.col(f"filled_{leg}").sum().alias(f"filled_intervals_{leg}"),
        pl.col(f"filled_energy_{leg}").sum().alias(f"filled_sum_{leg}"),
        (pl.col("limited") * pl.col("intervals")).sum().alias(f"limited_{leg}"),
        pl.col("intervals").sum().alias(f"intervals_{leg}"),
    ]


def _energy(row: Mapping[str, int], leg: Leg, days: tuple[date, date], terms: MarketTerms) -> MarketEnergy:
    first, end = days
    name = leg.value
    return MarketEnergy(
        leg=leg,
        first_day=first,
        last_day=date.fromordinal(end.toordinal() - 1),
        intervals=row[f"intervals_{name}"],
        filled_intervals=row[f"filled_intervals_{name}"],
        filled_kwh_e4=row[f"filled_sum_{name}"],
        energy_kwh_e4=row[f"energy_{name}"],
        plan_kwh_e4=row[f"planned_{name}"] if terms.by_plan else None,
        day_ahead_cny_e10=row[f"day_ahead_{name}"],
        real_time_cny_e10=row[f"real_time_{name}"],
        limited_intervals=row[f"limited_{name}"],
        tax_rate_e6=terms.tax_rate_e6,
    )
