"""The obligation of full-capacity calls: done this month, done to date, required, still needed."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from importlib import import_module
from typing import Protocol, cast

from settlement.activity import CountingTerms, SeasonActivity
from settlement.call_counting import counting_terms, spans_of_calls
from settlement.earlier import EarlierMonth
from settlement.shortfall import Shortfall, calls_of_energies, failures_tally, failures_to_date, shortfall_to_date
from settlement.tally import Tally, added, tally_text
from tariffs.calendar import ObligationYear
from tariffs.obligation import YearDays
from tariffs.settings import Settings
from tariffs.stations import Station
from tariffs.vocabulary.money import decimal_text, kwh_text, round_half_away
from tariffs.vocabulary.timegrid import Month

CALL_DECIMALS = 4
EnergyByRating = Mapping[int, int]
"""Season discharge by the energy of one full call, both in 1e-4 kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallsProgress:
    """Where a station stands at the end of a month in one obligation year; calls are exact fractions.

    Shape   what is to date is nothing where an earlier month is not known, and the shortfall also where no orders are;
            `tally` is what the month adds; `last_season_day` is the last day that counts in the year; failed energy is to
            date, 1e-4 kWh, nothing where the shortfall is; `year_calls` are asked for on all `year_season_days`
    """

    station_id: str
    month: Month
    year: ObligationYear
    rule: str
    season_days_past: int
    season_days_left: int
    last_season_day: date | None
    required: Fraction
    month_energy: EnergyByRating
    month_calls: Fraction
    to_date_kwh_e4: int | None
    to_date_calls: Fraction | None
    tally: Tally
    shortfall: Shortfall | None
    failed_own_kwh_e4: int | None
    failed_grid_kwh_e4: int | None
    failed_own_calls: Fraction
    year_calls: Fraction
    year_season_days: int

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
        return _pro_rata(self.required, self.season_days_past, self.season_days_left)

    @property
    def failed_own_share(self) -> Fraction:
        """What share of the station's own failures is part of the shortfall; the rest was made up for."""
        if self.shortfall is None or not self.failed_own_calls:
            return Fraction(0)
        return self.shortfall.own / self.failed_own_calls

    @property
    def ends_year(self) -> bool:
        """Whether the last day that counts in the year lies in the month."""
        return self.last_season_day is not None and Month.of(self.last_season_day) == self.month


class CountingRule(Protocol):
    """What every file of settlement/call_counting offers."""

    READS: tuple[str, ...]

    def tally(self, activity: SeasonActivity, terms: CountingTerms) -> Tally:
        """What a month adds."""

    def calls(self, tally: Tally, terms: CountingTerms) -> Fraction:
        """The calls of a sum of tallies."""


def counting_rule(name: str) -> CountingRule:
    """A counting rule: the file of that name in settlement/call_counting."""
    return cast(CountingRule, import_module(f"settlement.call_counting.{name}"))


def progress(
    station: Station,
    month: Month,
    days: YearDays,
    activity: SeasonActivity,
    earlier: Mapping[Month, EarlierMonth | None],
    settings: Settings,
) -> CallsProgress:
    """Where a station stands at the end of a month.

    Shape   `earlier` holds each of `months_needed`, nothing where it is not known: then to date is not known either
    Raises  SettingsError if the counting rule needs a figure or an input that is not given
    Source  沪府办发〔2024〕28号 六（二）
    """
    counted = days.counted(station, settings.prorate_new_station)
    past = bisect_left(counted, min(month.end, days.year.end))
    left = len(counted) - past
    required = days.required_of(counted)
    rule, terms = counting_rule(settings.call_counting.value), counting_terms(settings, station)
    counts = rule.tally(activity, terms)
    spans = spans_of_calls(activity.spans, settings.call_counting, terms)
    tally = _without_days({**counts, **failures_tally(activity.orders, spans)}, activity)
    month_energy = _discharge(activity)
    before = [known for known in earlier.values() if known is not None]
    whole = len(before) == len(earlier)
    to_date = added([tally, *(known.tally for known in before)])
    done = rule.calls(to_date, terms) if whole else None
    energies = [sum(month_energy.values()), *(sum(known.discharge_kwh_e4.values()) for known in before)]
    months = [tally, *(known.tally for known in before)]
    missing = None if done is None else shortfall_to_date(_pro_rata(required, past, left), done, months)
    failed = failures_to_date(months) if missing is not None else None
    return CallsProgress(
        station_id=station.id,
        month=month,
        year=days.year,
        rule=settings.call_counting.value,
        season_days_past=past,
        season_days_left=left,
        last_season_day=counted[-1] if counted else None,
        required=required,
        month_energy=month_energy,
        month_calls=rule.calls(counts, terms),
        to_date_kwh_e4=sum(energies) if whole else None,
        to_date_calls=done,
        tally=tally,
        shortfall=missing,
        failed_own_kwh_e4=None if failed is None else sum(failed[0].values()),
        failed_grid_kwh_e4=None if failed is None else sum(failed[1].values()),
        failed_own_calls=Fraction(0) if failed is None else calls_of_energies(failed[0]),
        year_calls=days.calls_required,
        year_season_days=days.whole_year,
    )


def _without_days(tally: Tally, activity: SeasonActivity) -> Tally:
    """The tally of a month; without a counted day only what is carried on, so that it asks for no file of orders."""
    if any(span.days for span in activity.spans):
        return tally
    return {key: amount for key, amount in tally.items() if amount}


def _pro_rata(required: Fraction, past: int, left: int) -> Fraction:
    return required * past / (past + left) if past + left else Fraction(0)


def _discharge(activity: SeasonActivity) -> EnergyByRating:
    energies: dict[int, int] = {}
    for span in activity.spans:
        energies[span.reference_kwh_e4] = energies.get(span.reference_kwh_e4, 0) + span.discharge_kwh_e4
    return energies


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
    """The row of `calls.csv`; shares of a shortfall are empty where no orders were given to split it by."""
    known = progress_made.to_date_calls is not None and progress_made.to_date_kwh_e4 is not None
    left, per_day = progress_made.left, progress_made.per_day_needed
    missing = progress_made.shortfall
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
        "shortfall_own": "" if missing is None else calls_text(missing.own),
        "shortfall_grid": "" if missing is None else calls_text(missing.grid),
        "shortfall_not_ordered": "" if missing is None else calls_text(missing.not_ordered),
        "month": str(progress_made.month),
        "season_discharge_kwh_by_rated_kwh": energy_by_rating_text(progress_made.month_energy),
        "call_tally": tally_text(progress_made.tally),
    }
