"""The market stage of a month: which prices and plans it needs, what is wrong with them, and what it comes to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from settlement.inputs.records import PLAN_MINUTES, Inputs, MarketPrices
from settlement.quantities.market_energy import MarketEnergy, MarketTerms, market_energy
from settlement.statement.catalogue import CATALOGUE
from settlement.statement.terms import MonthTerms
from settlement.windows import Ranges, inside
from tariffs.calendar import Season
from tariffs.segments import Segment
from tariffs.settings import BeyondPriceLimits, MarketSettlement, Settings
from tariffs.vocabulary.errors import UsageError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import scaled
from tariffs.vocabulary.units import MS_PER_MINUTE, PRICE_UNITS_PER_CNY_PER_MWH


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketMonth:
    """Market energy by station, segment by segment, and the refusals of stations that cannot be priced."""

    energies: Mapping[str, tuple[MarketEnergy, ...]]
    findings: tuple[Finding, ...]


def market_month(readings: pl.DataFrame, minutes: Mapping[str, int], terms: MonthTerms, inputs: Inputs) -> MarketMonth:
    """The market energy of every station of a month; nothing where no day of it lies in the market stage.

    Raises  UsageError if the month has market days and no prices are given
    """
    segments = [segment for segment in terms.segments if segment.season is Season.MARKET]
    if not segments:
        return MarketMonth(energies={}, findings=())
    settings = terms.run.settings
    prices = _prices(inputs, settings)
    by_plan = settings.market_settlement is MarketSettlement.DAY_AHEAD_AND_DEVIATION
    findings: list[Finding] = []
    energies: dict[str, list[MarketEnergy]] = {}
    for segment in segments:
        of_segment = _of_days(readings, segment.ranges)
        limits = _market_terms(segment, settings)
        refused = [
            *_coarse(of_segment, minutes, prices),
            *_unpriced(of_segment, prices, by_plan=by_plan),
            *_beyond_limits(of_segment, prices, limits, settings),
            *(_unplanned(of_segment, inputs.plan) if by_plan else ()),
        ]
        findings.extend(refused)
        made = market_energy(of_segment, prices, inputs.plan, segment.ranges, limits)
        for station_id, legs in made.items():
            energies.setdefault(station_id, []).extend(legs)
    return MarketMonth(energies={key: tuple(legs) for key, legs in energies.items()}, findings=tuple(findings))


def _of_days(readings: pl.DataFrame, ranges: Ranges) -> pl.DataFrame:
    chosen = inside(ranges)
    return readings.clear() if chosen is None else readings.filter(chosen)


def _prices(inputs: Inputs, settings: Settings) -> MarketPrices:
    if inputs.prices is not None:
        return inputs.prices
    raise UsageError(
        Words("市场阶段的月份须有市场电价", "a month of the market stage needs market prices"),
        found=Words(
            f"market_from = {settings.market_from}，没有 --prices", f"market_from = {settings.market_from}, no --prices"
        ),
        do=Words("用 --prices 给出 prices.csv", "give prices.csv with --prices"),
    )


def _market_terms(segment: Segment, settings: Settings) -> MarketTerms:
    return MarketTerms(
        by_plan=settings.market_settlement is MarketSettlement.DAY_AHEAD_AND_DEVIATION,
        floor_e6=_limit_e6(settings.price_floor_cny_per_mwh),
        cap_e6=_limit_e6(settings.price_cap_cny_per_mwh),
        tax_rate_e6=segment.prices.tax_rate_e6,
    )


def _limit_e6(limit: Decimal | None) -> int | None:
    return None if limit is None else scaled(limit, PRICE_UNITS_PER_CNY_PER_MWH)


def _coarse(readings: pl.DataFrame, minutes: Mapping[str, int], prices: MarketPrices) -> Iterable[Finding]:
    for station_id in readings["station_id"].unique().sort():
        if minutes[station_id] > prices.minutes:
            yield CATALOGUE.finding(
                "market_interval_coarse",
                station_id=station_id,
                minutes=minutes[station_id],
                price_minutes=prices.minutes,
            )


def _unpriced(readings: pl.DataFrame, prices: MarketPrices, *, by_plan: bool) -> Iterable[Finding]:
    needed = ["real_time_price_e6", *(["day_ahead_price_e6"] if by_plan else [])]
    known = prices.frame.drop_nulls(needed).select(_step(prices.minutes))
    yield from _missing(
        readings.with_columns(_step(prices.minutes)).join(known, on="at", how="anti"), "market_price_missing"
    )


def _unplanned(readings: pl.DataFrame, plan: pl.DataFrame | None) -> Iterable[Finding]:
    keyed = readings.with_columns(_step(PLAN_MINUTES))
    if plan is None:
        yield from _missing(keyed, "market_plan_missing")
        return
    known = plan.select("station_id", _step(PLAN_MINUTES))
    yield from _missing(keyed.join(known, on=("station_id", "at"), how="anti"), "market_plan_missing")


def _step(minutes: int) -> pl.Expr:
    step_ms = minutes * MS_PER_MINUTE
    return (pl.col("interval_start").to_physical() // step_ms * step_ms).alias("at")


def _missing(absent: pl.DataFrame, code: str) -> Iterable[Finding]:
    by_station = absent.group_by("station_id").agg(pl.len().alias("count"), pl.col("interval_start").min())
    for station_id, count, first in by_station.sort("station_id").iter_rows():
        yield CATALOGUE.finding(code, station_id=station_id, interval_start=first, count=count, first=first.isoformat())


def _beyond_limits(
    readings: pl.DataFrame, prices: MarketPrices, limits: MarketTerms, settings: Settings
) -> Sequence[Finding]:
    if settings.beyond_price_limits is BeyondPriceLimits.LIMIT or readings.is_empty():
        return ()
    columns = ["real_time_price_e6", *(["day_ahead_price_e6"] if limits.by_plan else [])]
    beyond = pl.any_horizontal([pl.col(name).clip(limits.floor_e6, limits.cap_e6) != pl.col(name) for name in columns])
    used = readings.select(_step(prices.minutes)).unique()
    outside = prices.frame.with_columns(_step(prices.minutes)).join(used, on="at", how="semi").filter(beyond)
    if outside.is_empty():
        return ()
    first = outside["interval_start"].sort()[0]
    return [
        CATALOGUE.finding(
            "market_price_beyond_limits", station_id=station_id, count=outside.height, first=first.isoformat()
        )
        for station_id in readings["station_id"].unique().sort()
    ]
