"""The award of a station's month: which energy is awarded, and why not where it is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from settlement.earlier import Earlier
from settlement.quantities.awarded_energy import AwardedEnergy, AwardYearSpan, award_months, award_spans
from settlement.quantities.energy import WindowEnergy, energy_by_window
from settlement.statement.catalogue import CATALOGUE
from settlement.statement.station_month import StationMonth
from tariffs.answers import Answer, Verdict
from tariffs.award import SERIES, award_on, award_terms, unchecked
from tariffs.segments import day_ranges
from tariffs.stations import Catalogue
from tariffs.versions import Version
from tariffs.vocabulary.errors import PolicyNotCovered
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import kwh_text, kwh_text_if_known
from tariffs.vocabulary.timegrid import Month

ARTICLE: Final = "六（三）"
NOT_KNOWN: Final = ("award_cannot_tell", "award_to_date_unknown")
"""Findings that leave open what a month was awarded; a refused award is known to be nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardProgress:
    """Awarded energy of a station's month in one year of its award, 1e-4 kWh: a row of `award.csv`; nothing if not known."""

    station_id: str
    month: Month
    year_first_day: date
    discharge_kwh_e4: int
    awarded_kwh_e4: int | None
    to_date_kwh_e4: int | None
    cap_kwh_e4: int


def awarded(share: StationMonth, earlier: Earlier) -> tuple[tuple[AwardedEnergy, ...], tuple[Finding, ...]]:
    """The awarded energy of a station's month, year of the award by year, and what is to be known of it.

    Shape   energy that is not paid for is there with nothing left under its cap, so that the month is known to later ones
    Source  沪府办发〔2024〕28号 六（三）; 沪发改规范〔2025〕5号
    """
    station, terms = share.station, share.terms
    if station.catalogue is Catalogue.NONE:
        return (), ()
    start = station.award_from or station.grid_connected_on
    version = _version(share, share.settled_days[-1])
    if version is None and start >= terms.month.end:
        return (), ()
    if version is None:
        return (), (CATALOGUE.finding("award_not_in_force", station_id=station.id, month=terms.month),)
    of_award = award_terms(version)
    days = [day for day in share.settled_days if day >= _first_day(share)]
    energies: list[AwardedEnergy] = []
    findings: list[Finding] = []
    spans = award_spans(start, of_award, terms.run.settings.award_year, days)
    for span in spans:
        runs = _judged(share, version, span)
        paid = tuple(day for run in runs if run.answer.verdict is Verdict.YES for day in run.days)
        doubts = (*_refused_runs(share, runs), *_absent_months(share, span, earlier, asked=bool(paid)))
        findings.extend(doubts)
        energies.append(
            _awarded(share, version, replace(span, days=paid or span.days), earlier, doubts, paid=bool(paid))
        )
    if any(energy.paid for energy in energies):
        words = unchecked(of_award, station)
        told = CATALOGUE.finding(
            "award_conditions_unchecked", station_id=station.id, conditions_zh=words.zh, conditions_en=words.en
        )
        findings.append(told)
    if spans and station.award_from is None:
        findings.append(CATALOGUE.finding("award_start_assumed", station_id=station.id, first_day=start))
    return tuple(energies), tuple(findings)


def award_progress(station_id: str, month: Month, energies: Iterable[AwardedEnergy]) -> tuple[AwardProgress, ...]:
    """The rows of `award.csv` of a station's month."""
    return tuple(
        AwardProgress(
            station_id=station_id,
            month=month,
            year_first_day=energy.year_first_day,
            discharge_kwh_e4=energy.discharge_kwh_e4,
            awarded_kwh_e4=energy.awarded_kwh_e4 if energy.known else None,
            to_date_kwh_e4=energy.before_kwh_e4 + energy.awarded_kwh_e4 if energy.known else None,
            cap_kwh_e4=energy.cap_kwh_e4,
        )
        for energy in energies
    )


def award_row(progress: AwardProgress) -> dict[str, str]:
    """A row of `award.csv` as exact text."""
    return {
        "station_id": progress.station_id,
        "month": str(progress.month),
        "award_year": progress.year_first_day.isoformat(),
        "discharge_kwh_month": kwh_text(progress.discharge_kwh_e4),
        "awarded_kwh_month": kwh_text_if_known(progress.awarded_kwh_e4),
        "awarded_kwh_to_date": kwh_text_if_known(progress.to_date_kwh_e4),
        "award_cap_kwh": kwh_text(progress.cap_kwh_e4),
    }


def _version(share: StationMonth, on: date) -> Version | None:
    try:
        return share.terms.library.in_force(_series(share), on)
    except PolicyNotCovered:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Days in a row with one answer to whether they have the award."""

    answer: Answer
    days: tuple[date, ...]


def _judged(share: StationMonth, version: Version, span: AwardYearSpan) -> tuple[Run, ...]:
    """The days of a span by what the award says of them; a change of rating may change it."""
    plan = share.terms.segments[0].prices.plan.citation(ARTICLE)
    changes = {change.from_on for change in share.station.change}
    runs: list[Run] = []
    for day in span.days:
        if not runs or day in changes:
            runs.append(Run(answer=award_on(share.station, version, day, plan).answer, days=(day,)))
        else:
            runs[-1] = replace(runs[-1], days=(*runs[-1].days, day))
    return tuple(runs)


def _refused_runs(share: StationMonth, runs: Iterable[Run]) -> Iterable[Finding]:
    for run in runs:
        if run.answer.verdict is Verdict.YES:
            continue
        code = "award_not_paid" if run.answer.verdict is Verdict.NO else "award_cannot_tell"
        zh = "；".join(reason.words.zh for reason in run.answer.reasons)
        en = "; ".join(reason.words.en for reason in run.answer.reasons)
        yield CATALOGUE.finding(
            code,
            station_id=share.station.id,
            first_day=run.days[0],
            last_day=run.days[-1],
            reason_zh=zh,
            reason_en=en,
        )


def _absent_months(share: StationMonth, span: AwardYearSpan, earlier: Earlier, *, asked: bool) -> Iterable[Finding]:
    known = _before(share, span, earlier)
    absent = [str(month) for month, energy in known.items() if energy is None]
    if absent and asked:
        yield CATALOGUE.finding("award_to_date_unknown", station_id=share.station.id, months=", ".join(absent))


def _first_day(share: StationMonth) -> date:
    """The first day of the award's first version: before it nothing was awarded."""
    return share.terms.library.versions(_series(share))[0].header.effective_from


def _series(share: StationMonth) -> str:
    return f"{share.terms.run.settings.city}/{SERIES}"


def _before(share: StationMonth, span: AwardYearSpan, earlier: Earlier) -> Mapping[Month, int | None]:
    months = award_months(span, max(share.settled_from, _first_day(share)), share.terms.month)
    station_id = share.station.id
    return {month: earlier.awarded_kwh_e4.get((station_id, span.year_first_day, month)) for month in months}


def _awarded(
    share: StationMonth,
    version: Version,
    span: AwardYearSpan,
    earlier: Earlier,
    doubts: Sequence[Finding],
    *,
    paid: bool,
) -> AwardedEnergy:
    terms = award_terms(version)
    station = share.station
    energy = _energy(share, span)
    codes = {doubt.code for doubt in doubts}
    known = not codes & set(NOT_KNOWN)
    independent = station.catalogue is Catalogue.INDEPENDENT
    return AwardedEnergy(
        year_first_day=span.year_first_day,
        first_day=span.days[0],
        last_day=span.days[-1],
        discharge_kwh_e4=energy.discharge_kwh_e4,
        before_kwh_e4=sum(before or 0 for before in _before(share, span, earlier).values()),
        cap_kwh_e4=int(terms.max_kwh_per_kwh_year * station.rating_on(span.days[-1]).energy_kwh_e4),
        intervals=energy.intervals,
        filled_intervals=energy.filled_discharge_intervals,
        filled_kwh_e4=energy.filled_discharge_kwh_e4,
        rate_cny_per_kwh=terms.rate_cny_per_kwh[station.catalogue.value],
        in_building_ratio=station.in_building_ratio if independent else Decimal(0),
        terms=terms,
        clause=version.citation(terms.article),
        paid=known and paid,
        known=known,
    )


def _energy(share: StationMonth, span: AwardYearSpan) -> WindowEnergy:
    window = day_ranges(span.days)
    return energy_by_window(share.readings.lazy(), [window])[share.station.id][0]
