"""What several stations do together in each interval, as exact integers and as a table: the columns of `fleet.csv`."""

import numpy as np
import polars as pl

from dispatch.arrays import Floats, Integers
from dispatch.fleet.verify import FleetVerified
from dispatch.horizon import Horizon
from dispatch.schedules import POWER_DECIMALS, starts_of


def fleet_powers_e7(figures: FleetVerified) -> dict[str, Integers]:
    """The powers of each interval by column, 1e-7 MW: load or wind before and after, and the net power at the grid.

    Shape   `load_mw, net_discharge_mw, load_after_mw`, or with wind `wind_mw, net_discharge_mw, promised_mw, delivered_mw,
            curtailed_mw, shortfall_mw`; the columns of a row add up exactly
    """
    return _of_load(figures) if figures.wind is None else _of_wind(figures)


def fleet_frame(figures: FleetVerified, horizon: Horizon) -> pl.DataFrame:
    """The same in MW, with the start of each interval in `interval_start`."""
    powers = {name: each / 10**POWER_DECIMALS for name, each in fleet_powers_e7(figures).items()}
    return pl.DataFrame({"interval_start": starts_of(horizon), **powers})


def _of_load(figures: FleetVerified) -> dict[str, Integers]:
    assert figures.peak is not None
    load, net = _e7(figures.peak.before_mw), _e7(figures.net_given_mw)
    return {"load_mw": load, "net_discharge_mw": net, "load_after_mw": load - net}


def _of_wind(figures: FleetVerified) -> dict[str, Integers]:
    assert figures.wind is not None
    wind, net, promised = (_e7(each) for each in (figures.wind.wind_mw, figures.net_given_mw, figures.wind.promised_mw))
    surplus = wind + net - promised
    shortfall = np.maximum(-surplus, 0)
    return {
        "wind_mw": wind,
        "net_discharge_mw": net,
        "promised_mw": promised,
        "delivered_mw": promised - shortfall,
        "curtailed_mw": np.maximum(surplus, 0),
        "shortfall_mw": shortfall,
    }


def _e7(power_mw: Floats) -> Integers:
    """Powers in 1e-7 MW, so that energies of 1e-4 kWh in any step are whole."""
    return np.rint(power_mw * 10**POWER_DECIMALS).astype(np.int64)
