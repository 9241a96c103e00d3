"""The peer PyPSA: a StorageUnit and a market at one bus, handed to HiGHS directly (`io_api="direct"`)."""

import logging

import pandas as pd
import pypsa

from benchmarks.dispatch_case import EFFICIENCY, FIRST_DAY, FULL_MWH, POWER_MW, Case, Floats, price_cny_per_mwh


def plan(case: Case) -> tuple[Floats, Floats]:
    """Charging and discharging power of each step, MW; what is bought and sold is one free generator.

    Raises  RuntimeError if the case wants what this model has not, or no optimum is found
    """
    if case.calls or case.exclusive:
        raise RuntimeError("the PyPSA model has neither calls nor binaries")
    logging.disable(logging.WARNING)
    price = price_cny_per_mwh(case)
    network = pypsa.Network()
    steps = pd.date_range(FIRST_DAY, periods=len(price), freq=f"{case.minutes}min")
    network.set_snapshots(steps, weightings_from_timedelta=True)
    network.add("Bus", "grid")
    market = {"p_nom": 2 * POWER_MW, "p_min_pu": -1.0, "marginal_cost": pd.Series(price, network.snapshots)}
    network.add("Generator", "market", bus="grid", **market)
    end_mwh = pd.Series(float("nan"), network.snapshots)
    end_mwh.iloc[-1] = 0.0
    network.add(
        "StorageUnit",
        "station",
        bus="grid",
        p_nom=POWER_MW,
        max_hours=FULL_MWH / POWER_MW,
        efficiency_store=EFFICIENCY,
        efficiency_dispatch=EFFICIENCY,
        state_of_charge_initial=0.0,
        state_of_charge_set=end_mwh,
    )
    status, condition = network.optimize(
        solver_name="highs", io_api="direct", log_to_console=False, include_objective_constant=False
    )
    if (status, condition) != ("ok", "optimal"):
        raise RuntimeError(f"PyPSA: {status}, {condition}")
    units = network.storage_units_t
    return units.p_store["station"].to_numpy(), units.p_dispatch["station"].to_numpy()
