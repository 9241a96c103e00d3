"""The days of a month that share season, documents and prices: what is summed together and priced once."""

from dataclasses import dataclass
from datetime import date, timedelta

from tariffs.calendar import Season, SeasonCalendar, season_calendar
from tariffs.citation import Citation
from tariffs.prices import DayPrices, day_prices
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.timegrid import Month, days_between


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Days of one month with one season and one set of prices."""

    season: Season
    days: tuple[date, ...]
    prices: DayPrices
    calendar: SeasonCalendar

    @property
    def ranges(self) -> tuple[tuple[date, date], ...]:
        """The days as half-open ranges."""
        return day_ranges(self.days)

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The documents that the segment rests on, each once."""
        prices = self.prices
        plan = prices.plan.citation("")
        found = (plan, self.calendar.citation, *prices.benchmark.sources, *prices.network.sources, prices.tax)
        return tuple(dict.fromkeys(found))


def day_ranges(days: tuple[date, ...]) -> tuple[tuple[date, date], ...]:
    """Sorted days as half-open ranges without gaps."""
    ranges: list[tuple[date, date]] = []
    for day in days:
        if ranges and ranges[-1][1] == day:
            ranges[-1] = (ranges[-1][0], day + timedelta(days=1))
        else:
            ranges.append((day, day + timedelta(days=1)))
    return tuple(ranges)


def month_segments(settings: Settings, library: Library, month: Month) -> tuple[Segment, ...]:
    """The segments of a month, peak season first, then by their first day.

    Raises  PolicyNotCovered if a document has no version in force on one of the days
    """
    grouped: dict[tuple[object, ...], list[date]] = {}
    terms: dict[tuple[object, ...], tuple[Season, DayPrices, SeasonCalendar]] = {}
    for day in days_between(month.first_day, month.end):
        calendar = season_calendar(settings, library, day)
        traded = settings.market_from is not None and day >= settings.market_from
        season = Season.MARKET if traded else calendar.season_on(day)
        prices = day_prices(settings, library, day)
        key = (
            season,
            calendar.citation.effective_from,
            prices.plan.header.effective_from,
            prices.benchmark.sources,
            prices.network.sources,
            prices.tax,
        )
        grouped.setdefault(key, []).append(day)
        terms[key] = (season, prices, calendar)
    segments = [
        Segment(season=terms[key][0], days=tuple(days), prices=terms[key][1], calendar=terms[key][2])
        for key, days in grouped.items()
    ]
    order = list(Season)
    return tuple(sorted(segments, key=lambda segment: (order.index(segment.season), segment.days[0])))
