"""What may be right and should be known: prices whose unit looks wrong, or that are hourly in a finer file."""

from typing import Final

import numpy as np

from dispatch.arrays import Integers
from dispatch.signals.columns import CHARGE_PRICE, DISCHARGE_PRICE, FORECAST, PRICE
from dispatch.signals.record import Signals
from tariffs.reading.sheet import Sheet
from tariffs.vocabulary.units import MINUTES_PER_HOUR, MS_PER_MINUTE

LOW_E6: Final = 5 * 10**3
HIGH_E6: Final = 20_000 * 10**3
"""5 and 20,000 元/MWh: a year of prices lies between, most of it, in whatever market."""


def tell(signals: Signals, sheet: Sheet) -> None:
    """Add a notice for each price column of the sheet that looks wrong."""
    charge, discharge = signals.charge_price_e6, signals.discharge_price_e6
    forecast_charge, forecast_discharge = signals.forecast_charge_price_e6, signals.forecast_discharge_price_e6
    for name, prices in (
        (PRICE, charge),
        (CHARGE_PRICE, charge),
        (DISCHARGE_PRICE, discharge),
        (FORECAST + PRICE, forecast_charge),
        (FORECAST + CHARGE_PRICE, forecast_charge),
        (FORECAST + DISCHARGE_PRICE, forecast_discharge),
    ):
        if prices is not None and name in sheet.cells.columns:
            _tell_of_unit(sheet, name, prices)
            _tell_of_hours(sheet, name, prices, signals)


def _tell_of_unit(sheet: Sheet, name: str, prices: Integers) -> None:
    sizes = np.abs(prices[prices != 0])
    odd = int(np.count_nonzero((sizes < LOW_E6) | (sizes > HIGH_E6)))
    if 2 * odd > len(sizes):
        evidence = {"column": name, "count": odd, "of": len(sizes)}
        sheet.report.add("signal_unit_doubtful", evidence=evidence)


def _tell_of_hours(sheet: Sheet, name: str, prices: Integers, signals: Signals) -> None:
    horizon = signals.horizon
    per_hour = MINUTES_PER_HOUR // horizon.minutes
    before = -(horizon.first_ms // MS_PER_MINUTE) % MINUTES_PER_HOUR // horizon.minutes
    hours = (horizon.count - before) // per_hour
    if per_hour == 1 or hours < 2:
        return
    by_hour = prices[before : before + hours * per_hour].reshape(hours, per_hour)
    first = by_hour[:, 0]
    if (by_hour == first[:, None]).all() and (first != first[0]).any():
        evidence = {"column": name, "minutes": horizon.minutes, "count": hours}
        sheet.report.add("signal_hourly_price", evidence=evidence)
