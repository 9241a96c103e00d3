"""Discharged energy with an award: year by year of the award, up to its yearly cap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tariffs.award import AwardTerms, award_end
from tariffs.citation import Citation
from tariffs.settings import AwardYear
from tariffs.vocabulary.timegrid import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardYearSpan:
    """Days of a month inside one year of the award; the end of the year is not included."""

    year_first_day: date
    year_end: date
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardedEnergy:
    """One station's awarded energy of a month in one year of its award, 1e-4 kWh.

    Shape   `before_kwh_e4` was awarded in the year's earlier months; awarded = min(discharged, cap - before); the rate
            is that of the catalogue; not `paid` where the award is refused or its claim or what went before is not known, and
            then not `known` either unless it is refused; `in_building_ratio` is 0 where the part in a building has no rate of its own
    """

    year_first_day: date
    first_day: date
    last_day: date
    discharge_kwh_e4: int
    before_kwh_e4: int
    cap_kwh_e4: int
    intervals: int
    filled_intervals: int
    filled_kwh_e4: int
    rate_cny_per_kwh: Decimal
    in_building_ratio: Decimal
    terms: AwardTerms
    clause: Citation
    paid: bool
    known: bool

    @property
    def awarded_kwh_e4(self) -> int:
        """What of the discharged energy is still under the cap; nothing where the award is not paid."""
        if not self.paid:
            return 0
        return max(0, min(self.discharge_kwh_e4, self.cap_kwh_e4 - self.before_kwh_e4))


def award_spans(
    award_from: date, terms: AwardTerms, kind: AwardYear, days: Sequence[date]
) -> tuple[AwardYearSpan, ...]:
    """The days of a month by the year of the award that they lie in; days outside the award are left out.

    Shape   years begin on the anniversary of the first day, or on 1 January; the first and the last calendar year are
            parts of a year with the whole cap each, so that the three years touch four calendar years
    Source  沪发改规范〔2025〕5号: three years, a yearly cap; when a year begins is not said
    """
    end = award_end(terms, award_from)
    inside = [day for day in days if award_from <= day < end]
    spans: list[AwardYearSpan] = []
    for first, stop in _years(award_from, end, kind):
        own = tuple(day for day in inside if first <= day < stop)
        if own:
            spans.append(AwardYearSpan(year_first_day=first, year_end=stop, days=own))
    return tuple(spans)


def award_months(span: AwardYearSpan, first_settled: date, month: Month) -> tuple[Month, ...]:
    """The earlier months of the year of an award that have settled days."""
    first = max(span.year_first_day, first_settled)
    found: list[Month] = []
    current = Month.of(first)
    while current < month:
        if max(first, current.first_day) < min(current.end, span.year_end):
            found.append(current)
        current = current.following()
    return tuple(found)


def _years(award_from: date, end: date, kind: AwardYear) -> Iterator[tuple[date, date]]:
    first = award_from
    while first < end:
        next_year = first.year + 1
        calendar = kind is AwardYear.CALENDAR
        stop = min(date(next_year, 1, 1) if calendar else _anniversary(award_from, next_year), end)
        yield first, stop
        first = stop


def _anniversary(day: date, year: int) -> date:
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) and not _leap(year) else day.replace(year=year)


def _leap(year: int) -> bool:
    return (date(year, 3, 1) - timedelta(days=1)).day == 29
