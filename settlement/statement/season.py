"""What a station did on the season days of its month: the activity that counting rules and shortfalls read."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from settlement.activity import RatedSpan, SeasonActivity
from settlement.earlier import Earlier
from settlement.power_months import power_kw_e4
from settlement.quantities.energy import WindowEnergy, energy_by_window
from settlement.statement.station_month import StationMonth
from settlement.tally import Tally
from settlement.windows import Ranges
from tariffs.calendar import obligation_year
from tariffs.obligation import YearDays, reference_energy_kwh_e4
from tariffs.segments import day_ranges
from tariffs.vocabulary.timegrid import Month, days_between


def call_window(month: Month, days: YearDays) -> Ranges:
    """The days of a month that count in an obligation year, as half-open ranges."""
    return day_ranges(_call_days(month, days))


def season_activity(share: StationMonth, days: YearDays, earlier: Earlier) -> SeasonActivity:
    """The activity of a station's month inside one obligation year: one span a rating.

    Raises  SettingsError if the chosen basis of the energy of a call needs a figure that the station does not give
    """
    return SeasonActivity(
        spans=tuple(_spans(share, days)),
        readings=share.readings,
        orders=share.orders,
        before=month_before(share, earlier),
    )


def _spans(share: StationMonth, days: YearDays) -> Iterable[RatedSpan]:
    month, station = share.terms.month, share.station
    changes = [change.from_on for change in station.change if month.first_day < change.from_on < month.end]
    counted = _call_days(month, days)
    for first, end in zip([month.first_day, *changes], [*changes, month.end], strict=True):
        window = day_ranges(tuple(day for day in counted if first <= day < end))
        rating = station.rating_on(first)
        energy = _energy(share, window)
        yield RatedSpan(
            days=window,
            reference_kwh_e4=reference_energy_kwh_e4(station, share.terms.run.settings.energy_basis, first),
            power_kw_e4=power_kw_e4(rating.power_mw),
            rated_duration_h=Fraction(rating.energy_mwh) / Fraction(rating.power_mw),
            charge_kwh_e4=energy.charge_kwh_e4,
            discharge_kwh_e4=energy.discharge_kwh_e4,
        )


def _energy(share: StationMonth, window: Ranges) -> WindowEnergy:
    known = share.energies.get(window)
    return known if known is not None else energy_by_window(share.readings.lazy(), [window])[share.station.id][0]


def month_before(share: StationMonth, earlier: Earlier) -> Tally | None:
    """The tally of the month before; of two obligation years that touch it the later, which its last day belongs to."""
    last = share.terms.month.first_day - timedelta(days=1)
    year = obligation_year(last, share.terms.run.settings.obligation_year_from)
    known = earlier.calls.get((share.station.id, year.first_day, Month.of(last)))
    return None if known is None else known.tally


def _call_days(month: Month, days: YearDays) -> tuple[date, ...]:
    inside = set(days.regulated)
    return tuple(day for day in days_between(month.first_day, month.end) if day in inside)
