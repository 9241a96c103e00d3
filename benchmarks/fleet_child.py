"""A child that plans one fleet by one method: `python -m benchmarks.fleet_child METHOD STATIONS DAYS`; its cost as JSON.

Imports and a first small plan come before the clock starts, for every way alike; peak memory is that of the whole process.
"""

import gc
import json
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from benchmarks.fleet_case import FleetCase, counted_again, load_mw
from benchmarks.measure import KIB_PER_MIB

FIRST = FleetCase(stations=3, days=3)
PEERS = {"raw": "plan", "raw_least_moved": "least_moved"}


def main() -> None:
    """Plan once and tell what it took, the highest load left and the energy moved."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    case, plan = FleetCase(stations=int(sys.argv[2]), days=int(sys.argv[3])), _method(sys.argv[1])
    plan(FIRST)
    load_mw(case)
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    powers = plan(case)
    wall_s, cpu_s = time.perf_counter() - wall, time.process_time() - cpu
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    peak_mw, moved_mwh = counted_again(case, *powers)
    told = {"wall_s": wall_s, "cpu_s": cpu_s, "peak_mib": peak_mib, "peak_mw": peak_mw, "moved_mwh": moved_mwh}
    print(json.dumps(told), file=answers, flush=True)


def _method(name: str) -> Callable[[FleetCase], Any]:
    """What makes the plan; only its own tool is imported."""
    if name in PEERS:
        peer: Callable[[FleetCase], Any] = getattr(import_module("benchmarks.peers.raw_fleet"), PEERS[name])
        return peer
    return partial(import_module("benchmarks.fleet_ours").plan, method=name)


if __name__ == "__main__":
    main()
