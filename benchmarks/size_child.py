"""A child that values all points one way: `python -m benchmarks.size_child METHOD CASE`; its cost as JSON.

Imports and a first small sweep come before the clock starts, for every way alike; peak memory is that of the whole process.
"""

import gc
import json
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from itertools import islice, product
from typing import Any

from benchmarks.measure import KIB_PER_MIB
from benchmarks.size_case import DURATIONS_H, ENERGY_COSTS, POWERS_MW, SizeCase, npv_cny, prices_by_set

Points = dict[str, float]
"""Present values by the words of a point."""
FIRST = SizeCase(powers=1, durations=1, costs=1, price_sets=1)


def main() -> None:
    """Value once and tell what it took, the years planned and the values."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    case, valued = SizeCase(**json.loads(sys.argv[2])), _method(sys.argv[1])
    valued(FIRST)
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    points, planned_years = valued(case)
    told = {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB,
        "planned_years": planned_years,
        "npv_cny": points,
    }
    print(json.dumps(told), file=answers, flush=True)


def _method(name: str) -> Callable[[SizeCase], tuple[Points, int]]:
    """What values the points; only its own tool is imported."""
    if name == "raw":
        return _raw
    import_module("numba")  # which short plans do without, so that the first small one would not compile
    ours: Any = import_module("benchmarks.size_ours")
    found: Callable[[SizeCase], tuple[Points, int]] = getattr(ours, name)
    return found


def _raw(case: SizeCase) -> tuple[Points, int]:
    revenue = import_module("benchmarks.peers.raw_size").yearly_revenue_cny
    points = {}
    for prices, power, duration, cost in product(
        islice(prices_by_set().items(), case.price_sets),
        POWERS_MW[: case.powers],
        DURATIONS_H[: case.durations],
        ENERGY_COSTS[: case.costs],
    ):
        size = float(power), float(power * duration)
        points[f"{prices[0]} {float(power)} {float(duration)} {float(cost)}"] = npv_cny(
            revenue(prices[1], *size), *size, float(cost)
        )
    return points, len(points)


if __name__ == "__main__":
    main()
