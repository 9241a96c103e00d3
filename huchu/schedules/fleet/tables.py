"""`fleet.csv` and `fleet_calls.csv`: what several stations do together in each interval, and the calls of each of them."""

from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Floats, Integers
from dispatch.fleet.plan import FleetPlan
from dispatch.fleet.verify import FleetVerified
from huchu.schedules.exact_text import decimal_column, instant_column
from huchu.schedules.summary import calls_text
from huchu.schedules.tables import POWER_DECIMALS

SHARE_DECIMALS: Final = 6
CALLS: Final = ("station_id", "calls", "calls_asked", "share")


def fleet_frame(plan: FleetPlan) -> pl.DataFrame:
    """The fleet as one row an interval, exact text: load or wind before and after, and the net power at the grid, MW.

    Shape   `interval_start`, then `load_mw, net_discharge_mw, load_after_mw`, or with wind `wind_mw, net_discharge_mw,
            promised_mw, delivered_mw, curtailed_mw, shortfall_mw`; at most 7 decimals, and the columns of a row add up
            exactly
    """
    powers_e7 = _of_wind(plan.figures) if plan.figures.wind is not None else _of_load(plan.figures)
    columns = {name: decimal_column(each, POWER_DECIMALS) for name, each in powers_e7.items()}
    return pl.DataFrame({"interval_start": instant_column(plan.task.horizon.starts_ms), **columns})


def fleet_calls_frame(plan: FleetPlan) -> pl.DataFrame:
    """The calls of each station against those asked of it; the share is empty where none are.

    Shape   station_id, calls, calls_asked with 4 decimals, share with 6; sorted by station
    """
    calls = plan.figures.calls
    rows = sorted(
        (each.station.id, calls_text(done), f"{asked:.4f}", share_text(float(done), asked))
        for each, done, asked in zip(plan.plans, calls.done, calls.asked, strict=True)
    )
    return pl.DataFrame(rows, schema=dict.fromkeys(CALLS, pl.String), orient="row")


def share_text(done: float, asked: float) -> str | None:
    """Calls done as a part of those asked with 6 decimals; nothing where none are asked."""
    return f"{done / asked:.{SHARE_DECIMALS}f}" if asked else None


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
