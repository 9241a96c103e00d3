"""`fleet.csv` and `fleet_calls.csv`: what several stations do together in each interval, and the calls of each of them."""

from typing import Final

import polars as pl

from dispatch.fleet.frames import fleet_powers_e7
from dispatch.fleet.plan import FleetPlan
from dispatch.schedules import POWER_DECIMALS
from huchu.schedules.exact_text import decimal_column, instant_column
from huchu.schedules.summary import calls_text

SHARE_DECIMALS: Final = 6
CALLS: Final = ("station_id", "calls", "calls_asked", "share")


def fleet_text(plan: FleetPlan) -> pl.DataFrame:
    """The fleet as one row an interval, exact text with the columns of `FleetPlan.frame`; at most 7 decimals."""
    columns = {name: decimal_column(each, POWER_DECIMALS) for name, each in fleet_powers_e7(plan.figures).items()}
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
