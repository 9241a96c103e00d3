"""The same points through the product: as a sweep does it, and each one planned anew."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import product

import polars as pl

from benchmarks.dispatch_case import EFFICIENCY, FIRST_DAY
from benchmarks.size_case import (
    DISCOUNT_RATIO,
    DURATIONS_H,
    ENERGY_COSTS,
    LIFE_YEARS,
    POWER_COST,
    POWERS_MW,
    SizeCase,
    prices_by_set,
)
from dispatch.sizing.changed import with_costs
from dispatch.sizing.curve import Curve
from dispatch.sizing.evaluated import quick_npv_cny
from dispatch.sizing.ground import Ground, ground_of
from dispatch.sizing.inputs.project import Size, project_from_table
from dispatch.sizing.sweep import SizeGrid, sweep_sizes
from tariffs.vocabulary.timegrid import ZONE

FADE = {"calendar_fade_per_year": Decimal("0.01"), "cycle_life": [[Decimal("0.5"), 16_000], [1, 6_500]]}


def swept(case: SizeCase) -> tuple[dict[str, float], int]:
    """The present values of a sweep, and how many years were planned for them."""
    done = sweep_sizes(
        ground(fades=case.fades),
        SizeGrid(
            power_mw=POWERS_MW[: case.powers],
            duration_h=DURATIONS_H[: case.durations],
            scenario=tuple(prices_by_set())[: case.price_sets],
            energy_cost_cny_per_kwh=ENERGY_COSTS[: case.costs],
        ),
    )
    columns = ("scenario", "power_mw", "duration_h", "energy_cost_cny_per_kwh", "npv_cny")
    return {f"{a} {b} {c} {d}": npv for a, b, c, d, npv in done.frame.select(columns).iter_rows()}, done.planned_years


def anew(case: SizeCase) -> tuple[dict[str, float], int]:
    """The present values of all points, each with its own year planned at its own duration and power."""
    known, points, planned_years = ground(fades=case.fades), {}, 0
    for name, power, duration, cost in product(
        tuple(prices_by_set())[: case.price_sets],
        POWERS_MW[: case.powers],
        DURATIONS_H[: case.durations],
        ENERGY_COSTS[: case.costs],
    ):
        curve = Curve(ground=known, mesh_h=0.0)
        changed = with_costs(
            known.project, cost / known.project.cost.energy_cost_cny_per_kwh, "energy_cost_cny_per_kwh"
        )
        size = Size(power_mw=power, energy_mwh=power * duration)
        npv = quick_npv_cny(curve, known.scenario(name), size, changed)
        assert npv is not None
        points[f"{name} {float(power)} {float(duration)} {float(cost)}"] = npv
        planned_years += curve.planned_years
    return points, planned_years


@cache
def ground(*, fades: bool) -> Ground:
    """The project with a market scenario for each set of prices."""
    first = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=ZONE)
    table = {
        "project": {
            "id": "ST-0001",
            "name": "ST-0001",
            "first_on": FIRST_DAY,
            "life_years": LIFE_YEARS,
            "charge_efficiency": Decimal(str(EFFICIENCY)),
            "discharge_efficiency": Decimal(str(EFFICIENCY)),
        },
        "size": {"max_power_mw": max(POWERS_MW)},
        "cost": {"power_cost_cny_per_kw": POWER_COST, "energy_cost_cny_per_kwh": ENERGY_COSTS[0]},
        "finance": {
            "discount_ratio": Decimal(str(DISCOUNT_RATIO)),
            "income_tax_ratio": Decimal(0),
            "residual_ratio": Decimal(0),
        },
        "scenario": [{"name": name, "regime": "market", "signals": "-"} for name in prices_by_set()],
    }
    frames = {
        name: pl.DataFrame(
            {
                "interval_start": [first + timedelta(hours=hour) for hour in range(price.size)],
                "price_cny_per_mwh": price,
            }
        )
        for name, price in prices_by_set().items()
    }
    return ground_of(project_from_table(table | ({"fade": FADE} if fades else {})), signals=frames)
