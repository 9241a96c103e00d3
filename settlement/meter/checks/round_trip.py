"""Energy out against energy in, over the whole period."""

from collections.abc import Iterator

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Series, exact_total, instant_of
from tariffs.vocabulary.money import decimal_text, kwh_text
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, MINUTES_PER_HOUR

READS = Reads.SERIES
CODES = ("round_trip_out_of_band", "charge_and_discharge_swapped")
LEAST_CALLS = 5
EFFICIENCY_UNITS = 10_000
BELOW, ABOVE = 800, 400
"""The band around the round trip of the station's efficiencies: 8 points below to 4 points above."""
CLEARLY_PERCENT = 105


def found(series: Series) -> Iterator[Hit]:
    """Discharge clearly above charge; else a round trip outside its band, from five full discharges on.

    Shape   one full store is allowed for, since what is stored at the ends of the period is not known, and constant
            own use where it may run through the charging meter
    """
    charged, discharged = exact_total(series.charge_kwh_e4), exact_total(series.discharge_kwh_e4)
    station = series.station
    store = station.rating_on(instant_of(series.start_ms).date()).energy_kwh_e4 if station else 0
    evidence = {"charge_kwh": kwh_text(charged), "discharge_kwh": kwh_text(discharged)}
    if charged and (discharged - store) * 100 > charged * CLEARLY_PERCENT:
        yield series.month_hit("charge_and_discharge_swapped", evidence)
        return
    if station is None or station.efficiencies is None or not series.whole or discharged < LEAST_CALLS * store:
        return
    covered_minutes = series.minutes * series.charge_kwh_e4.size
    own_use = int(station.auxiliary_mw * KW_PER_MW * ENERGY_UNITS_PER_KWH) * covered_minutes // MINUTES_PER_HOUR
    both_ways = station.efficiencies[0] * station.efficiencies[1]
    expected = int((both_ways * EFFICIENCY_UNITS).to_integral_value())
    low, high = expected - BELOW, min(expected + ABOVE, EFFICIENCY_UNITS)
    too_low = (discharged + store) * EFFICIENCY_UNITS < (charged - own_use) * low
    too_high = (discharged - store) * EFFICIENCY_UNITS > charged * high
    if too_low or too_high:
        figures = {
            "ratio": decimal_text(discharged * EFFICIENCY_UNITS // charged, 4) if charged else "-",
            "low": decimal_text(low, 4),
            "high": decimal_text(high, 4),
        }
        yield series.month_hit("round_trip_out_of_band", {**evidence, **figures})
