"""Deviation from the plan curve (计划曲线偏差): energy beyond the tolerance, quarter by quarter, in both directions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from settlement.activity import JudgedOrder
from settlement.assessed import AssessedMonth, Assessment
from settlement.assessment import (
    CATALOGUE,
    ENERGY_UNITS_PER_MWH,
    energy,
    exact_text,
    input_missing,
    percent_text,
    power_mw,
    refuse_figures,
)
from settlement.inputs.records import PLAN_KWH_E4, PLAN_MINUTES, OrderOutcome
from tariffs.stations import OutageCause, Station
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.timegrid import EPOCH, local, local_day, physical
from tariffs.vocabulary.units import MINUTES_PER_HOUR, MS_PER_MINUTE

READS = ("station", "seasons", "minutes", "readings", "plan", "orders")
NAME = "plan_deviation"
SHOWN_DAYS: Final = 6
EXCUSED: Final = (OutageCause.GRID, OutageCause.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The figures of the plan deviation; every figure is a parameter without legal standing."""

    factor: Decimal
    plan_tolerance_ratio: Decimal
    power_tolerance_ratio: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """Q1 = factor x the sum of max(0, |actual - plan| - max(ratio x |plan|, ratio x P_N x dt)), in energy.

    Shape   net energy, discharge above zero; shorter readings are added up to quarters, the plan to longer ones. Exempt
            is an interval that touches an outage of the grid or an approved one, or an order that was cancelled or that
            failed for one of these causes; a plan that lacks an interval is a refusal
    Source  structure of the generator rules; the figures are the user's or the profile's
    Check   tests/settlement/assessment/test_plan_deviation.py
    """
    if month.plan is None:
        return input_missing(NAME, "--plan", month.station.id)
    minutes = max(month.minutes, PLAN_MINUTES)
    steps = _steps(month, month.plan, minutes).with_columns(_is_exempt(month, minutes).alias("exempt"))
    held = steps.filter(~pl.col("exempt"))
    lacking = held.filter(pl.col("planned").is_null())
    if not lacking.is_empty():
        return _plan_incomplete(lacking, month.station.id)
    beyond, scale = _beyond(held, month, terms, minutes)
    total_mwh = Fraction(int(beyond["excess"].sum()), scale * ENERGY_UNITS_PER_MWH)
    counts = dict(beyond.group_by("day").len().sort("day").rows())
    formula = _formula(month, terms, minutes, (total_mwh, counts, steps.height - held.height))
    return Assessment(assessed=(energy(NAME, Fraction(terms.factor) * total_mwh, sorted(month.seasons), formula),))


def _steps(month: AssessedMonth, plan: pl.DataFrame, minutes: int) -> pl.DataFrame:
    """Net energy (discharge less charge) of each interval of an assessed day, 1e-4 kWh: at, day, actual, planned.

    A step adds at most three readings of at most 1e12 each, or four quarters of power: far inside 64 bits.
    """
    length = minutes * MS_PER_MINUTE
    at = (pl.col("interval_start").to_physical() // length * length).alias("at")
    actual = month.readings.group_by(at, local_day().alias("day")).agg(
        (pl.col("discharge_kwh_e4") - pl.col("charge_kwh_e4")).sum().alias("actual")
    )
    planned = plan.group_by(at).agg(
        (pl.col("discharge_kw_e2") - pl.col("charge_kw_e2")).sum().alias("planned") * PLAN_KWH_E4,
        pl.len().alias("quarters"),
    )
    whole = planned.filter(pl.col("quarters") == minutes // PLAN_MINUTES).drop("quarters")
    assessed = pl.DataFrame({"day": sorted(month.seasons)}, schema={"day": pl.Date})
    return actual.join(assessed, on="day", how="semi").join(whole, on="at", how="left").sort("at")


def _is_exempt(month: AssessedMonth, minutes: int) -> pl.Expr:
    """Whether an interval touches a span that is exempt."""
    at, length = pl.col("at"), minutes * MS_PER_MINUTE
    touches = [(at < end) & (at + length > start) for start, end in _exempt_spans(month.station, month.orders or ())]
    return pl.any_horizontal(touches) if touches else pl.lit(value=False)


def _exempt_spans(station: Station, orders: Sequence[JudgedOrder]) -> list[tuple[int, int]]:
    outages = [outage.span_ms for outage in station.outage if outage.cause in EXCUSED]
    ordered = [
        (physical(judged.order.start_at), physical(judged.order.end_at))
        for judged in orders
        if judged.outcome is OrderOutcome.CANCELLED or (judged.failed_kwh_e4 > 0 and judged.cause in EXCUSED)
    ]
    return outages + ordered


def _floor_kwh_e4(station: Station, day: date, terms: Terms, minutes: int) -> Fraction:
    hours = Fraction(minutes, MINUTES_PER_HOUR)
    return Fraction(terms.power_tolerance_ratio) * power_mw(station, day) * hours * ENERGY_UNITS_PER_MWH


def _beyond(held: pl.DataFrame, month: AssessedMonth, terms: Terms, minutes: int) -> tuple[pl.DataFrame, int]:
    """The intervals beyond the tolerance with their excess in 1e-4 kWh times a scale that makes all of it whole."""
    floors = {day: _floor_kwh_e4(month.station, day, terms, minutes) for day in sorted(month.seasons)}
    ratio = Fraction(terms.plan_tolerance_ratio)
    scale = lcm(ratio.denominator, *(floor.denominator for floor in floors.values()))
    least = pl.Series("least", [int(floor * scale) for floor in floors.values()], dtype=pl.Int128)
    by_day = pl.DataFrame({"day": pl.Series(list(floors), dtype=pl.Date), "least": least})
    actual, planned = pl.col("actual").cast(pl.Int128), pl.col("planned").cast(pl.Int128)
    tolerated = pl.max_horizontal(planned.abs() * int(ratio * scale), pl.col("least"))
    excess = ((actual - planned).abs() * scale - tolerated).alias("excess")
    return held.join(by_day, on="day", how="left").select("day", excess).filter(pl.col("excess") > 0), scale


def _formula(
    month: AssessedMonth, terms: Terms, minutes: int, result: tuple[Fraction, Mapping[date, int], int]
) -> Words:
    total_mwh, counts, spared = result
    count, on = sum(counts.values()), _days_text(counts)
    factor, power = exact_text(terms.factor), _power_text(month.station, sorted(month.seasons))
    shares = percent_text(terms.plan_tolerance_ratio), percent_text(terms.power_tolerance_ratio)
    hours, total = exact_text(Fraction(minutes, MINUTES_PER_HOUR)), exact_text(total_mwh)
    floor = f"{shares[1]} × {power} MW × {hours} h"
    exempt_zh, exempt_en = (f"，{spared} 个免考核", f", {spared} exempt") if spared else ("", "")
    return Words(
        f"系数 {factor} × Σ max(0, |实际 − 计划| − max({shares[0]} × |计划|, {floor}))"
        f" = {factor} × {total} MWh（{count} 个时段超出{on.zh}{exempt_zh}）",
        f"factor {factor} × Σ max(0, |actual − plan| − max({shares[0]} × |plan|, {floor}))"
        f" = {factor} × {total} MWh ({count} interval(s) beyond{on.en}{exempt_en})",
    )


def _days_text(counts: Mapping[date, int]) -> Words:
    """On which days, each with its number of intervals; of many the first ones."""
    if not counts:
        return Words("", "")
    shown = ", ".join(f"{day:%m-%d} × {counts[day]}" for day in sorted(counts)[:SHOWN_DAYS])
    more = len(counts) - SHOWN_DAYS
    rest = (f" 等 {len(counts)} 天", f" and {more} more day(s)") if more > 0 else ("", "")
    return Words(f"：{shown}{rest[0]}", f": {shown}{rest[1]}")


def _power_text(station: Station, days: Sequence[date]) -> str:
    return "/".join(dict.fromkeys(exact_text(power_mw(station, day)) for day in days))


def _plan_incomplete(lacking: pl.DataFrame, station_id: str) -> Assessment:
    first = local(EPOCH + timedelta(milliseconds=lacking["at"][0]))
    told = CATALOGUE.finding(
        "assessment_plan_incomplete",
        station_id=station_id,
        interval_start=first,
        count=lacking.height,
        first=first.strftime("%Y-%m-%d %H:%M"),
    )
    return Assessment(findings=(told,))
