"""Plans of some hours from midnight of a summer day on, with the real blocks, and what is asked of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from dispatch.blocks import daily_cycle_cap, final_stored_energy, season_calls
from dispatch.horizon import horizon_between
from dispatch.objectives import market_revenue
from dispatch.station.steps import station_steps
from dispatch.task import Block, StepPrices, Task, block, objective
from tariffs.stations import Outage, OutageCause, Station
from tariffs.vocabulary.timegrid import ZONE

MIDNIGHT = datetime(2026, 7, 1, tzinfo=ZONE)
PRICE = 300_000
PRICES = (310, 120, 95, 240, 515, 80, 105, 130, 460, 620, 55, 90, 330, 480, 210, 175)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A station for some hours, and what is asked of it."""

    hours: int = 24
    final_mwh: float | None = None
    calls: float = 0.0
    cycles_per_day: float | None = None
    price_e6: tuple[int, ...] = ()
    more: tuple[Block, ...] = ()


def plant(**changes: Any) -> Station:
    figures: dict[str, Any] = {
        "power_mw": Decimal(100),
        "energy_mwh": Decimal(200),
        "charge_efficiency": Decimal("0.8"),
        "discharge_efficiency": Decimal("0.5"),
        **changes,
    }
    return Station(id="A-1", name="A-1", grid_connected_on=date(2025, 1, 1), **figures)


def outage(first_h: int, until_h: int, power_mw: int = 0) -> Outage:
    return Outage(
        from_at=MIDNIGHT + timedelta(hours=first_h),
        until_at=MIDNIGHT + timedelta(hours=until_h),
        power_available_mw=Decimal(power_mw),
        cause=OutageCause.OWN,
    )


def task_of(station: Station, asked: Asked) -> Task:
    horizon = horizon_between(MIDNIGHT, MIDNIGHT + timedelta(hours=asked.hours), 60)
    steps = station_steps(station, horizon)
    prices = np.array(asked.price_e6 or (PRICE,) * horizon.count, dtype=np.int64)
    per_mwh = prices / 1000
    final = steps.initial_stored_mwh if asked.final_mwh is None else asked.final_mwh
    in_season = np.ones(horizon.count)
    blocks = [block(name) for name in ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")]
    blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=final)))
    if asked.calls:
        blocks.append(block("season_calls", season_calls.Terms(calls=asked.calls, in_season=in_season)))
    if asked.cycles_per_day is not None:
        blocks.append(block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=asked.cycles_per_day)))
    return Task(
        station=steps,
        prices=StepPrices(charge_e6=prices, discharge_e6=prices),
        in_season=in_season.astype(np.bool_),
        blocks=(*blocks, *asked.more),
        objective=objective(
            "market_revenue",
            market_revenue.Terms(charge_price_cny_per_mwh=per_mwh, discharge_price_cny_per_mwh=per_mwh),
        ),
    )
