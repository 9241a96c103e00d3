"""The peer oemof.solph: a GenericStorage at a bus that needs no balance, solved by HiGHS inside the process."""

import logging

import pandas as pd
from oemof import solph

from benchmarks.dispatch_case import EFFICIENCY, FIRST_DAY, FULL_MWH, POWER_MW, Case, Floats, price_cny_per_mwh


def plan(case: Case) -> tuple[Floats, Floats]:
    """Charging and discharging power of each step, MW.

    Raises  RuntimeError if the case wants what this model has not
    """
    if case.calls or case.exclusive:
        raise RuntimeError("the oemof.solph model has neither calls nor binaries")
    logging.disable(logging.WARNING)
    price = price_cny_per_mwh(case)
    system = solph.EnergySystem(
        timeindex=pd.date_range(FIRST_DAY, periods=len(price) + 1, freq=f"{case.minutes}min"),
        infer_last_interval=False,
    )
    grid = solph.Bus("grid", balanced=False)
    station = solph.components.GenericStorage(
        "station",
        inputs={grid: solph.Flow(nominal_capacity=POWER_MW, variable_costs=price)},
        outputs={grid: solph.Flow(nominal_capacity=POWER_MW, variable_costs=-price)},
        nominal_capacity=FULL_MWH,
        initial_storage_level=0.0,
        balanced=True,
        inflow_conversion_factor=EFFICIENCY,
        outflow_conversion_factor=EFFICIENCY,
    )
    system.add(grid, station)
    model = solph.Model(system)
    model.solve(solver="highs")
    flows = solph.processing.results(model)
    charge, discharge = (flows[pair]["sequences"]["flow"].to_numpy() for pair in ((grid, station), (station, grid)))
    return charge[: len(price)], discharge[: len(price)]
