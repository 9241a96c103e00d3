"""Small random tasks: losses, self-discharge, outages, every block now and then, prices of either sign."""

from datetime import datetime

import numpy as np
from hypothesis import strategies as st

from dispatch.blocks import (
    daily_cycle_cap,
    final_stored_energy,
    grid_connection_limit,
    leased_reserve,
    ramp_limits,
    season_calls,
    wear_cost,
)
from dispatch.horizon import Horizon
from dispatch.objectives import market_revenue, regulated_revenue
from dispatch.station.steps import StationSteps
from dispatch.task import Block, StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import ZONE, physical

CHAIN = ("power_limits", "energy_balance", "stored_energy_bounds")
ALWAYS = ("exclusive_modes", "final_stored_energy")
OTHERS = ("season_calls", "daily_cycle_cap", "ramp_limits", "leased_reserve", "grid_connection_limit")
EVENING = datetime(2026, 1, 1, 22, tzinfo=ZONE)


@st.composite
def tasks(draw: st.DrawFn, most_steps: int = 9) -> Task:
    """A task of a few hours from ten in the evening on; infeasible ones occur."""
    count = draw(st.integers(1, most_steps))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    station = _station(random, count)
    before = draw(st.sampled_from([(), ("auxiliary_use",), ("wear_cost",), ("auxiliary_use", "wear_cost")]))
    after = draw(st.lists(st.sampled_from(OTHERS), unique=True))
    blocks = tuple(_block(random, name, station) for name in (*CHAIN, *before, *ALWAYS, *after))
    terms, name = _prices(random, count, is_regulated=draw(st.booleans()))
    nothing = np.zeros(count, np.int64)
    return Task(
        station=station,
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=np.ones(count, np.bool_),
        blocks=blocks,
        objective=objective(name, terms),
    )


def _station(random: np.random.Generator, count: int) -> StationSteps:
    least = random.choice([0.0, 2.0])
    most = 20.0 - random.choice([0.0, 1.0], count)
    return StationSteps(
        station_id="A",
        horizon=Horizon(first_ms=physical(EVENING), minutes=60, count=count),
        charge_limit_mw=random.choice([10.0, 8.0, 5.0, 0.0], count, p=[0.7, 0.1, 0.1, 0.1]),
        discharge_limit_mw=random.choice([10.0, 9.0, 5.0, 0.0], count, p=[0.7, 0.1, 0.1, 0.1]),
        energy_mwh=random.choice([20.0, 18.0], count),
        min_stored_mwh=np.full(count, least),
        max_stored_mwh=most,
        charge_efficiency=float(random.choice([1.0, 0.9, 0.7])),
        discharge_efficiency=float(random.choice([1.0, 0.95, 0.8])),
        kept_ratio=float(random.choice([1.0, 0.999])),
        initial_stored_mwh=least + 1.0,
        auxiliary_mw=float(random.choice([0.0, 0.5])),
    )


def _prices(
    random: np.random.Generator, count: int, *, is_regulated: bool
) -> tuple[market_revenue.Terms | regulated_revenue.Terms, str]:
    if is_regulated:
        charge_ratio = random.choice([0.5, 0.9], count)
        return regulated_revenue.Terms(
            benchmark_cny_per_mwh=np.full(count, 415.5),
            charge_price_ratio=charge_ratio,
            discharge_price_ratio=np.where(charge_ratio == 0.5, 1.2, 1.0),
        ), "regulated_revenue"
    paid = np.round(random.normal(100.0, 150.0, count), 2)
    spread = random.choice([0.0, 40.0, -40.0])
    return market_revenue.Terms(
        charge_price_cny_per_mwh=paid, discharge_price_cny_per_mwh=paid + spread
    ), "market_revenue"


def _block(random: np.random.Generator, name: str, station: StationSteps) -> Block:
    count = station.horizon.count
    records = {
        "final_stored_energy": final_stored_energy.Terms(
            final_stored_mwh=station.initial_stored_mwh * station.kept_ratio**count
        ),
        "season_calls": season_calls.Terms(
            calls=float(random.choice([0.2, 0.6])), in_season=random.choice([0.0, 1.0], count, p=[0.3, 0.7])
        ),
        "daily_cycle_cap": daily_cycle_cap.Terms(cycles_per_day=0.8),
        "wear_cost": wear_cost.Terms(wear_cost_cny_per_mwh=12.5),
        "ramp_limits": ramp_limits.Terms(ramp_mw_per_min=0.15),
        "leased_reserve": leased_reserve.Terms(
            leased_power_mw=np.minimum(
                random.choice([0.0, 1.0], count), np.minimum(station.charge_limit_mw, station.discharge_limit_mw)
            ),
            leased_energy_mwh=random.choice([0.0, 2.0], count),
        ),
        "grid_connection_limit": grid_connection_limit.Terms(
            limit_mw=9.5, wind_mw=np.round(random.uniform(0.0, 3.0, count), 3)
        ),
    }
    return block(name, records.get(name))
