"""Where stations stand in their year of calls: done, required, still needed, and until when it can be reached."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from settlement.call_counting import counting_terms
from settlement.shortfall import Shortfall, shortfall_to_date
from settlement.statement.obligation import counting_rule
from settlement.tally import Tally, added
from tariffs.calendar import ObligationYear, obligation_year, season_calendar
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.obligation import YearDays, year_days
from tariffs.settings import Settings
from tariffs.stations import Station
from tariffs.versions import Library
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.timegrid import Month, physical
from tariffs.vocabulary.units import MS_PER_DAY

Tallies = Mapping[tuple[str, date, Month], Tally]
"""Tallies of settled months by station, first day of the obligation year, and month."""
PACES: Final = (1, 2, 3)
"""Calls a day for which the last day to begin is told."""
ONE_DAY: Final = timedelta(days=1)


class Verdict(Enum):
    """How a station stands."""

    REACHED = "reached"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    INCOMPLETE = "incomplete"
    NOTHING_REQUIRED = "nothing_required"


VERDICT_WORDS: Final = {
    Verdict.REACHED: Words("已达成", "reached"),
    Verdict.ON_PACE: Words("进度达标", "on pace"),
    Verdict.BEHIND: Words("进度落后", "behind"),
    Verdict.MISSED: Words("未达成", "missed"),
    Verdict.INCOMPLETE: Words("缺月份", "incomplete"),
    Verdict.NOTHING_REQUIRED: Words("无要求", "nothing required"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One station in one obligation year, at the end of a day; calls are exact fractions.

    Shape   `until_on` is the last day that is past; `counted` are the days that count for the station; `shares` gives
            for the days that are left the share of rated power that outages leave, where it is not whole; `months` are
            the settled months with what each added; `missing` are months with past days that are not settled, then the
            count is a lower bound; `shortfall` is nothing where orders or months are not known
    """

    station: Station
    year: ObligationYear
    rule: str
    until_on: date
    counted: tuple[date, ...]
    shares: Mapping[date, Fraction]
    required: Fraction
    months: tuple[tuple[Month, Fraction], ...]
    missing: tuple[Month, ...]
    shortfall: Shortfall | None

    @property
    def done(self) -> Fraction:
        """Calls of the settled months."""
        return sum((calls for _, calls in self.months), start=Fraction(0))

    @property
    def days_past(self) -> int:
        """Days that count and are past."""
        return bisect_right(self.counted, self.until_on)

    @property
    def days_left(self) -> tuple[date, ...]:
        """Days that count and are still to come."""
        return self.counted[self.days_past :]

    @property
    def available_days_left(self) -> Fraction:
        """Days that are left, each by the share of power that the known outages leave."""
        return sum((self.share(day) for day in self.days_left), start=Fraction(0))

    @property
    def required_by_now(self) -> Fraction:
        """The requirement pro rata of the days past."""
        return self.required * self.days_past / len(self.counted) if self.counted else Fraction(0)

    @property
    def left(self) -> Fraction:
        """Calls still to be done."""
        return max(Fraction(0), self.required - self.done)

    @property
    def per_day_needed(self) -> Fraction | None:
        """Calls a day on the days that are left; nothing where none is left and calls are."""
        days = len(self.days_left)
        if not days:
            return None if self.left else Fraction(0)
        return self.left / days

    @property
    def verdict(self) -> Verdict:
        """How the station stands; a lower bound is enough for `reached` alone."""
        if not self.required:
            return Verdict.NOTHING_REQUIRED
        if not self.left:
            return Verdict.REACHED
        if self.missing:
            return Verdict.INCOMPLETE
        if not self.days_left:
            return Verdict.MISSED
        return Verdict.ON_PACE if self.done >= self.required_by_now else Verdict.BEHIND

    def share(self, day: date) -> Fraction:
        """Share of rated power that known outages leave on a day that is left."""
        return self.shares.get(day, Fraction(1))

    def last_start_on(self, calls_a_day: int) -> date | None:
        """The last day on which so many calls a day, from then on, still reach the requirement; nothing if none does
        or nothing is left to do."""
        capacity = Fraction(0)
        for day in reversed(self.days_left):
            capacity += calls_a_day * self.share(day)
            if 0 < self.left <= capacity:
                return day
        return None


def standings(
    tallies: Tallies, stations: Sequence[Station], settings: Settings, library: Library, on: date | None
) -> tuple[Standing, ...]:
    """Every station and obligation year of which months are settled, sorted by both.

    Shape   `on` is the last day that is past; without it the last settled day of each station's year. The year that
            `on` lies in is there too when days that count are past and no month is settled by then; nothing at all
            when no month of any station is
    Raises  SettingsError if the counting rule lacks a figure; PolicyNotCovered, DocumentError
    """
    by_station = _by_station(tallies)
    days: dict[date, YearDays] = {}
    found = []
    for station in stations:
        known = by_station.get(station.id, {})
        for first_day in _years(known, settings, on):
            months = known.get(first_day, {})
            if first_day not in days:
                days[first_day] = _days_of(first_day, settings, library, max(months or _months_of(known)))
            year = days[first_day].year
            until_on = last_day(max(months), year) if on is None else min(on, year.end - ONE_DAY)
            taken = {month: tally for month, tally in months.items() if last_day(month, year) <= until_on}
            standing = _standing(station, days[first_day], taken, settings, until_on)
            if taken or standing.missing:
                found.append(standing)
    return tuple(found) if any(standing.months for standing in found) else ()


def _by_station(tallies: Tallies) -> Mapping[str, Mapping[date, Mapping[Month, Tally]]]:
    found: dict[str, dict[date, dict[Month, Tally]]] = {}
    for (station_id, year, month), tally in tallies.items():
        found.setdefault(station_id, {}).setdefault(year, {})[month] = tally
    return found


def _years(known: Mapping[date, Mapping[Month, Tally]], settings: Settings, on: date | None) -> Sequence[date]:
    """The years of the settled months, and the one that the day lies in: it may have passed days and no month yet."""
    if on is None or not known:
        return sorted(known)
    return sorted({*known, obligation_year(on, settings.obligation_year_from).first_day})


def _months_of(known: Mapping[date, Mapping[Month, Tally]]) -> Sequence[Month]:
    return [month for months in known.values() for month in months]


def _days_of(first_day: date, settings: Settings, library: Library, settled: Month) -> YearDays:
    """The days of a year, by the season calendar in force in a month that is settled."""
    calendar = season_calendar(settings, library, settled.first_day)
    return year_days(obligation_year(first_day, settings.obligation_year_from), calendar, settings, library)


def last_day(month: Month, year: ObligationYear) -> date:
    """The last day of a month inside an obligation year."""
    return min(month.end, year.end) - ONE_DAY


def available_share(station: Station, day: date) -> Fraction:
    """The mean share of rated discharge power that outages leave on a day; the lowest of several at each instant."""
    first, end = physical(day), physical(day) + MS_PER_DAY
    touching = [each for each in station.outage if each.span_ms[0] < end and each.span_ms[1] > first]
    if not touching:
        return Fraction(1)
    rated = Fraction(station.rating_on(day).power_mw)
    edges = sorted({first, end, *(min(max(edge, first), end) for each in touching for edge in each.span_ms)})
    share = Fraction(0)
    for start, until in pairwise(edges):
        during = [each for each in touching if each.span_ms[0] <= start and each.span_ms[1] >= until]
        left = min((Fraction(each.power_available_mw) / rated for each in during), default=Fraction(1))
        share += min(left, Fraction(1)) * Fraction(until - start, MS_PER_DAY)
    return share


def _standing(
    station: Station, days: YearDays, taken: Mapping[Month, Tally], settings: Settings, until_on: date
) -> Standing:
    counted = days.counted(station, settings.prorate_new_station)
    required = days.required_of(counted)
    first_day = first_settled_day(station, settings)
    past = {Month.of(day) for day in counted if first_day <= day <= until_on}
    missing = tuple(sorted(past - set(taken)))
    in_season = [tally for month, tally in taken.items() if month in past]
    months = _month_calls(taken, station, settings)
    days_past = bisect_right(counted, until_on)
    by_now = required * days_past / len(counted) if counted else Fraction(0)
    done = sum((calls for _, calls in months), start=Fraction(0))
    return Standing(
        station=station,
        year=days.year,
        rule=settings.call_counting.value,
        until_on=until_on,
        counted=counted,
        shares={day: share for day in counted[days_past:] if (share := available_share(station, day)) != 1},
        required=required,
        months=months,
        missing=missing,
        shortfall=None if missing else shortfall_to_date(by_now, done, in_season),
    )


def _month_calls(
    taken: Mapping[Month, Tally], station: Station, settings: Settings
) -> tuple[tuple[Month, Fraction], ...]:
    """What each month added to the calls to date: they are counted from sums, for some rules are not linear."""
    rule, terms = counting_rule(settings.call_counting.value), counting_terms(settings, station)
    ordered = sorted(taken)
    to_date = [rule.calls(added(taken[each] for each in ordered[:number]), terms) for number in range(len(ordered) + 1)]
    return tuple((month, after - before) for month, (before, after) in zip(ordered, pairwise(to_date), strict=True))
