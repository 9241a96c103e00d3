"""What the settlement itself has to say about a station's month: eligibility, partial months, open points."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from settlement.statement.catalogue import CATALOGUE
from settlement.statement.terms import MonthTerms
from tariffs.calendar import Season, cuts_a_season
from tariffs.citation import CONFIRMATION_WORDS, Citation
from tariffs.eligibility.regulated_settlement import failing_conditions
from tariffs.glossary import term
from tariffs.regulated import market_switch
from tariffs.settings import AssessedDays, AssessmentProfile, AuxiliaryUse
from tariffs.stations import Station
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import Month

MUCH_PERCENT: Final = 5


def month_before_connection(station: Station, month: Month, first_day: date) -> Finding:
    """The notice that a station has no statement, for the month ends before its first settled day."""
    return CATALOGUE.finding("month_before_connection", station_id=station.id, month=month, first_day=first_day)


def eligibility(station: Station, terms: MonthTerms, first_day: date) -> tuple[Finding, ...]:
    """A refusal for each condition of regulated settlement that the station fails on a day of the month."""
    start = max(first_day, terms.month.first_day)
    days = [start, *(change.from_on for change in station.change if start < change.from_on < terms.month.end)]
    plan = {day: segment.prices.plan for segment in terms.segments for day in segment.days}
    seen = {}
    for day in days:
        for failing in failing_conditions(station, plan[day], day):
            seen[failing.condition] = CATALOGUE.finding(
                "not_eligible",
                station_id=station.id,
                condition_zh=failing.condition.zh,
                condition_en=failing.condition.en,
                article=failing.citation,
            )
    return tuple(seen.values())


def station_notices(
    station: Station, terms: MonthTerms, first_day: date, absent: Sequence[Month], filled_percent: int
) -> tuple[Finding, ...]:
    """What is to be known of one station's month: a partial month, earlier months not known, a large estimate."""
    found = [*_partial_month(station, terms.month, first_day), *_calls_to_date(station, absent)]
    if filled_percent >= MUCH_PERCENT:
        found.append(CATALOGUE.finding("much_estimated", station_id=station.id, share=filled_percent))
    return tuple(found)


def earlier_rating_differs(station: Station, months: Sequence[str]) -> Finding:
    """The warning that earlier months were settled with another energy of the station."""
    return CATALOGUE.finding("earlier_rating_differs", station_id=station.id, months=", ".join(months))


def event_start_unknown(station: Station) -> Finding:
    """The notice that a discharge which goes on over the month's start is counted from its first interval."""
    return CATALOGUE.finding("event_start_unknown", station_id=station.id)


def month_notices(terms: MonthTerms) -> tuple[Finding, ...]:
    """The notices that hold for every station of a month: obligation year, own use, stage, prices."""
    return (*_obligation_year(terms), *_stage(terms), *_prices(terms))


def _partial_month(station: Station, month: Month, first_day: date) -> Iterable[Finding]:
    if first_day > month.first_day:
        days = (month.end - first_day).days
        yield CATALOGUE.finding("partial_month", station_id=station.id, first_day=first_day, days=days)


def _calls_to_date(station: Station, absent: Sequence[Month]) -> Iterable[Finding]:
    if absent:
        months = ", ".join(str(month) for month in absent)
        yield CATALOGUE.finding("calls_to_date_unknown", station_id=station.id, months=months)


def _obligation_year(terms: MonthTerms) -> Iterable[Finding]:
    calendar = terms.segments[0].calendar
    for days in terms.years:
        if cuts_a_season(days.year, calendar):
            yield CATALOGUE.finding("obligation_year_cuts_season", first_day=days.year.first_day)


def _stage(terms: MonthTerms) -> Iterable[Finding]:
    settings = terms.run.settings
    if settings.auxiliary_use is AuxiliaryUse.IN_CHARGING:
        yield CATALOGUE.finding("auxiliary_in_charging")
    if terms.assessment and settings.assessed_days is AssessedDays.ALL:
        yield CATALOGUE.finding("assessed_outside_season")
    if settings.assessment_profile is AssessmentProfile.NONE and settings.assessment:
        yield CATALOGUE.finding("assessment_not_applied", formulas=", ".join(sorted(settings.assessment)))
    plan = terms.segments[0].prices.plan
    switch = market_switch(plan)
    if settings.market_from is None and terms.month.end > switch.national_timetable_from:
        yield CATALOGUE.finding("market_date_not_set")
    traded = [segment.days[0] for segment in terms.segments if segment.season is Season.MARKET]
    if traded:
        mode = settings.market_settlement.value
        yield CATALOGUE.finding("market_prices_inferred", first_day=min(traded), mode=mode)
        if settings.exemption_in_market:
            yield CATALOGUE.finding("exemption_in_market")


def _prices(terms: MonthTerms) -> Iterable[Finding]:
    doubtful: dict[str, Citation] = {}
    for segment in terms.segments:
        for source in (*segment.prices.benchmark.sources, *segment.prices.network.sources, segment.prices.tax):
            if not source.confirmation.sure:
                doubtful[source.series] = source
    for series, source in sorted(doubtful.items()):
        words = CONFIRMATION_WORDS[source.confirmation]
        name = term(series.rpartition("/")[2])
        yield CATALOGUE.finding(
            "price_not_confirmed", series_zh=name.zh, series_en=name.en, state_zh=words.zh, state_en=words.en
        )
