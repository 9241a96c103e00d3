"""The obligation of full-capacity calls: what the plan asks of a year, which days count, what one call is measured against."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tariffs.calendar import ObligationYear, SeasonCalendar
from tariffs.schema import read_record
from tariffs.settings import EnergyBasis, Proration, Settings
from tariffs.stations import Station
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered, RecordProblems, SettingsError, Words
from tariffs.vocabulary.money import scaled
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KWH_PER_MWH


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTerms:
    """The `[calls]` table of a storage plan."""

    article: str
    meaning: str
    calls_required: Decimal

    def __post_init__(self) -> None:
        if self.calls_required < 0:
            raise RecordProblems(
                [
                    Words(
                        f"calls_required 不能为负：{self.calls_required}",
                        f"calls_required is negative: {self.calls_required}",
                    )
                ]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDays:
    """The peak-season days of an obligation year: all of them, and those on which the regulated plan runs."""

    year: ObligationYear
    whole_year: int
    regulated: tuple[date, ...]
    last_in_month: Mapping[Month, date]
    calls_required: Fraction

    def counted(self, station: Station, proration: Proration) -> tuple[date, ...]:
        """The days that count for a station: by `prorate_new_station` only those on which it is connected."""
        if proration is Proration.NONE:
            return self.regulated
        return self.regulated[bisect_left(self.regulated, station.grid_connected_on) :]

    def required_of(self, counted: Sequence[date]) -> Fraction:
        """The calls asked for on the days that count: the plan's, pro rata of all season days of the year."""
        return self.calls_required * len(counted) / self.whole_year if self.whole_year else Fraction(0)


def year_days(year: ObligationYear, calendar: SeasonCalendar, settings: Settings, library: Library) -> YearDays:
    """The season days of an obligation year, and the full requirement of the plan in force on the first that counts.

    Source  沪府办发〔2024〕28号 六（二）; a partly covered year counts pro rata of its season days
    """
    season_days = calendar.season_days(year.first_day, year.end)
    regulated = []
    required = Fraction(0)
    for day in season_days:
        if settings.market_from is not None and day >= settings.market_from:
            break
        try:
            plan = library.in_force(f"{settings.city}/storage_pricing", day)
        except PolicyNotCovered:
            continue
        required = required or _required(plan)
        regulated.append(day)
    return YearDays(
        year=year,
        whole_year=len(season_days),
        regulated=tuple(regulated),
        last_in_month={Month.of(day): day for day in regulated},
        calls_required=required,
    )


def _required(plan: Version) -> Fraction:
    table = read_record(CallTerms, plan.body.get("calls", {}), where=f"{plan.series} calls", error=DocumentError)
    return Fraction(table.calls_required)


def reference_energy_kwh_e4(station: Station, basis: EnergyBasis, on: date) -> int:
    """The energy of one full call on a day, by the basis that the settings choose, in 1e-4 kWh.

    Raises  SettingsError if the basis needs a figure that the station does not give
    """
    if basis is EnergyBasis.RATED_AT_GRID_METER:
        return station.rating_on(on).energy_kwh_e4
    key = {EnergyBasis.NAMEPLATE_DC: "nameplate_dc_mwh", EnergyBasis.TESTED: "tested_energy_mwh"}[basis]
    figure = getattr(station, key)
    if figure is None:
        raise SettingsError(
            Words(f"{station.id} 缺少 {key}", f"{station.id} lacks {key}"),
            found=Words(f"energy_basis = {basis.value}", f"energy_basis = {basis.value}"),
            do=Words(f"在 stations.toml 中补充 {key}", f"give {key} in stations.toml"),
        )
    return scaled(figure, KWH_PER_MWH * ENERGY_UNITS_PER_KWH)
