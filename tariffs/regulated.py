"""What the storage plan says of a day while stations follow orders: season, both prices, and which constraints a plan keeps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from tariffs.calendar import SERIES as PEAK_SEASON
from tariffs.calendar import Season, season_calendar
from tariffs.citation import Citation
from tariffs.prices import DayPrices, Price, SeasonRatios, day_prices, season_price
from tariffs.schema import read_record
from tariffs.settings import Settings
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered, RecordProblems, Words
from tariffs.vocabulary.timegrid import days_between

CITY_SERIES: Final = ("storage_pricing", "coal_benchmark", "network_prices", PEAK_SEASON)
TAX: Final = "national/vat"
"""The documents that a day's prices rest on: between two of their days of change all days of a season are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulatedDay:
    """The prices of one day, with how they come about."""

    day: date
    season: Season
    benchmark: Price
    charge_ratio: Decimal
    discharge_ratio: Decimal
    charge: Price
    discharge: Price


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchTerms:
    """The `[dispatch]` table of a storage plan: the constraint blocks that a plan of a station keeps."""

    article: str
    meaning: str
    blocks: tuple[str, ...]
    cycles_per_day: Decimal

    def __post_init__(self) -> None:
        if self.cycles_per_day <= 0:
            raise RecordProblems(
                [
                    Words(
                        f"cycles_per_day 须大于 0，不是 {self.cycles_per_day}",
                        f"cycles_per_day must be above 0, not {self.cycles_per_day}",
                    )
                ]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSwitch:
    """The `[market_switch]` table of a storage plan."""

    article: str
    meaning: str
    national_timetable_from: date


def market_switch(plan: Version) -> MarketSwitch:
    """When a storage plan's regulated stage ends, as far as its document says.

    Raises  DocumentError if there is no usable [market_switch] table
    """
    table = plan.body.get("market_switch", {})
    return read_record(MarketSwitch, table, where=f"{plan.series} market_switch", error=DocumentError)


def dispatch_terms(plan: Version) -> DispatchTerms:
    """The constraint blocks that a storage plan lists for dispatch.

    Raises  DocumentError if there is no usable [dispatch] table
    """
    return read_record(
        DispatchTerms, plan.body.get("dispatch", {}), where=f"{plan.series} dispatch", error=DocumentError
    )


def regulated_days(settings: Settings, library: Library, first: date, end: date) -> tuple[RegulatedDay, ...]:
    """The prices of every day from the first up to but not including the end.

    Raises  PolicyNotCovered if no version counts on one of the days, or if stations trade freely by then
    Source  沪府办发〔2024〕28号 六（二）
    """
    if settings.market_from is not None and end > settings.market_from:
        raise PolicyNotCovered(
            Words(
                f"自 {settings.market_from} 起按市场交易，没有政策电价",
                f"from {settings.market_from} on stations trade freely: there are no regulated prices",
            ),
            found=Words(f"期间 {first} 至 {end}（不含）", f"{first} up to {end}"),
            do=Words(
                "给出带电价列的 --signals 并用 market_revenue，或缩短期间",
                "give --signals with prices and market_revenue, or end the period earlier",
            ),
        )
    spans = pairwise(_edges(settings, library, first, end))
    return tuple(day for start, stop in spans for day in _days_of_span(settings, library, start, stop))


def _edges(settings: Settings, library: Library, first: date, end: date) -> list[date]:
    """The days on which one of the documents begins or ends to count, with both ends of the period."""
    series = [f"{settings.city}/{name}" for name in CITY_SERIES] + [TAX]
    headers = [version.header for name in series for version in library.versions(name)]
    ends = [header.effective_until + timedelta(days=1) for header in headers if header.effective_until is not None]
    changes = {*(header.effective_from for header in headers), *ends}
    return sorted({first, *(day for day in changes if first < day < end), end})


def _days_of_span(settings: Settings, library: Library, start: date, stop: date) -> Iterator[RegulatedDay]:
    """The prices of days on which the same documents count."""
    calendar, prices = season_calendar(settings, library, start), day_prices(settings, library, start)
    of_season: dict[Season, RegulatedDay] = {}
    for day in days_between(start, stop):
        season = calendar.season_on(day)
        if season not in of_season:
            of_season[season] = _regulated_day(day, season, prices)
        yield replace(of_season[season], day=day)


def _regulated_day(day: date, season: Season, prices: DayPrices) -> RegulatedDay:
    charge, bought = _ratio(prices.plan, "charge_energy", season)
    discharge, sold = _ratio(prices.plan, "discharge_energy", season)
    return RegulatedDay(
        day=day,
        season=season,
        benchmark=prices.benchmark,
        charge_ratio=charge,
        discharge_ratio=discharge,
        charge=season_price(prices.benchmark, charge, bought),
        discharge=season_price(prices.benchmark, discharge, sold),
    )


def _ratio(plan: Version, formula: str, season: Season) -> tuple[Decimal, Citation]:
    rows: Any = plan.body.get("charge_item", ())
    listed: Sequence[Any] = [row for row in rows if row.get("formula") == formula]
    if len(listed) != 1:
        raise DocumentError(
            Words(f"{plan.series} 没有唯一的 {formula}", f"{plan.series} does not list {formula} once"),
            found=Words(f"{len(listed)} 次", f"{len(listed)} times"),
            do=Words("列出一次", "list it once"),
        )
    where = f"{plan.series} {formula}"
    ratios = read_record(SeasonRatios, listed[0].get("price_ratio", {}), where=where, error=DocumentError)
    return ratios.of(season), plan.citation(str(listed[0].get("article", "")))
