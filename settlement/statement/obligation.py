"""The obligation of full-capacity calls: done this month, done to date, required, still needed."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec

from tariffs.calendar import ObligationYear
from tariffs.obligation import YearDays
from tariffs.settings import Settings
from tariffs.stations import Station
from tariffs.vocabulary.errors import SettingsError, Words
from tariffs.vocabulary.money import decimal_text, kwh_text, round_half_away
from tariffs.vocabulary.timegrid import Month

CALL_DECIMALS = 4
EnergyByRating = Mapping[int, int]
"""Season discharge by rated energy, both in 1e-4 kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsProgress:
    """Where a station stands at the end of a month in one obligation year; calls are exact fractions.

    Shape   `to_date_kwh_e4` is nothing where the energy of an earlier month is not known
    """

    station_id: str
    month: Month
    year: ObligationYear
    rule: str
    season_days_past: int
    season_days_left: int
    required: Fraction
    month_energy: EnergyByRating
    month_calls: Fraction
    to_date_kwh_e4: int | None
    to_date_calls: Fraction | None

    @property
    def left(self) -> Fraction | None:
        """Calls still to be done; nothing where the calls to date are not known."""
        if self.to_date_calls is None:
            return None
        return max(Fraction(0), self.required - self.to_date_calls)

    @property
    def per_day_needed(self) -> Fraction | None:
        """Calls a day on the season days that are left; nothing without such days or without a count to date."""
        if self.left is None or (self.left and not self.season_days_left):
            return None
        return self.left / self.season_days_left if self.season_days_left else Fraction(0)

    @property
    def required_by_now(self) -> Fraction:
        """The requirement pro rata of the season days past."""
        days = self.season_days_past + self.season_days_left
        return self.required * self.season_days_past / days if days else Fraction(0)


def counting_rule(name: str) -> Callable[[EnergyByRating], Fraction]:
    """The function of a counting rule: the file of that name in settlement/call_counting.

    Raises  SettingsError if there is no such file yet
    """
    module = f"settlement.call_counting.{name}"
    if find_spec(module) is None:
        raise SettingsError(
            Words(f"调用次数口径 {name} 尚未提供", f"the counting rule {name} is not available yet"),
            found=Words("现有 equivalent_discharge", "available: equivalent_discharge"),
            do=Words('改用 call_counting = "equivalent_discharge"', 'set call_counting = "equivalent_discharge"'),
        )
    rule: Callable[[EnergyByRating], Fraction] = import_module(module).calls
    return rule


def progress(
    station: Station,
    month: Month,
    days: YearDays,
    month_energy: EnergyByRating,
    earlier: Mapping[Month, EnergyByRating | None],
    settings: Settings,
) -> CallsProgress:
    """Where a station stands at the end of a month.

    Shape   `month_energy` is the season discharge of the month inside the obligation year; `earlier` holds the
            same for each of `months_needed`, nothing where it is not known: then to date is not known either
    Source  沪府办发〔2024〕28号 六（二）
    """
    counted = days.counted(station, settings.prorate_new_station)
    past = bisect_left(counted, min(month.end, days.year.end))
    rule = counting_rule(settings.call_counting.value)
    to_date: dict[int, int] | None = dict(month_energy)
    for energies in earlier.values():
        if energies is None or to_date is None:
            to_date = None
            continue
        for rated, energy in energies.items():
            to_date[rated] = to_date.get(rated, 0) + energy
    required = days.calls_required * len(counted) / days.whole_year if days.whole_year else Fraction(0)
    return CallsProgress(
        station_id=station.id,
        month=month,
        year=days.year,
        rule=settings.call_counting.value,
        season_days_past=past,
        season_days_left=len(counted) - past,
        required=required,
        month_energy=month_energy,
        month_calls=rule(month_energy),
        to_date_kwh_e4=None if to_date is None else sum(to_date.values()),
        to_date_calls=None if to_date is None else rule(to_date),
    )


def months_needed(days: YearDays, first_day: date, month: Month) -> tuple[Month, ...]:
    """The earlier months of an obligation year with a season day that counts on or after the first settled day."""
    return tuple(earlier for earlier, last in days.last_in_month.items() if earlier < month and last >= first_day)


def calls_text(calls: Fraction) -> str:
    """A number of calls with four decimals, rounded half away from zero for display only."""
    units = 10**CALL_DECIMALS
    return decimal_text(round_half_away(calls.numerator * units, calls.denominator), CALL_DECIMALS, CALL_DECIMALS)


def energy_by_rating_text(energies: EnergyByRating) -> str:
    """Season discharge by rated energy as `rated kWh:discharged kWh` joined by `;`."""
    return ";".join(f"{kwh_text(rated)}:{kwh_text(energy)}" for rated, energy in sorted(energies.items()))


def calls_row(progress_made: CallsProgress) -> dict[str, str]:
    """The row of `calls.csv`; shortfall shares are empty, for no orders were given to split them by."""
    known = progress_made.to_date_calls is not None and progress_made.to_date_kwh_e4 is not None
    left, per_day = progress_made.left, progress_made.per_day_needed
    return {
        "station_id": progress_made.station_id,
        "obligation_year": progress_made.year.first_day.isoformat(),
        "season_days_past": str(progress_made.season_days_past),
        "season_days_left": str(progress_made.season_days_left),
        "season_discharge_kwh_month": kwh_text(sum(progress_made.month_energy.values())),
        "season_discharge_kwh_to_date": kwh_text(progress_made.to_date_kwh_e4 or 0) if known else "",
        "calls_month": calls_text(progress_made.month_calls),
        "calls_to_date": calls_text(progress_made.to_date_calls or Fraction(0)) if known else "",
        "calls_required": calls_text(progress_made.required),
        "calls_left": "" if left is None else calls_text(left),
        "calls_per_day_needed": "" if per_day is None else calls_text(per_day),
        "shortfall_own": "",
        "shortfall_grid": "",
        "shortfall_not_ordered": "",
        "month": str(progress_made.month),
        "season_discharge_kwh_by_rated_kwh": energy_by_rating_text(progress_made.month_energy),
    }
