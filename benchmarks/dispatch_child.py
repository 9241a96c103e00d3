"""A child that plans by one method: `python -m benchmarks.dispatch_child METHOD`; cases come in, costs go out, as JSON lines.

Imports and the first small plan of each kind of case come before the clock starts, for every tool alike; then the least
of as many plans as fit into a third of a second, so that short ones are not measured once only.
"""

import gc
import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.dispatch_case import Case, counted_again, from_text, in_season, price_cny_per_mwh
from benchmarks.measure import KIB_PER_MIB

ENOUGH_S = 0.3
MOST_PLANS = 10
FIRST_DAYS = 2
PEERS = {"raw": "raw_highs", "pypsa": "pypsa_network", "oemof": "oemof_system"}
COMPILED = ("program", "auto")
RESET_PEAK, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def main() -> None:
    """Answer each case on a line with a line: what it took and earned."""
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # some tools print whatever they are asked
    began = time.perf_counter()
    plan = _method(sys.argv[1])
    start_s, kinds = 0.0, set()
    for line in sys.stdin:
        case = from_text(line)
        kind = replace(case, minutes=60, days=FIRST_DAYS, calls=min(case.calls, 1.0), prices="made")
        if kind not in kinds:
            plan(kind)
            kinds.add(kind)
        start_s = start_s or time.perf_counter() - began
        print(json.dumps({**_measured(plan, case), "start_s": start_s}), file=answers, flush=True)


def _method(name: str) -> Callable[[Case], Any]:
    """What makes the plan; only its own tool is imported."""
    if name in PEERS:
        peer: Callable[[Case], Any] = import_module(f"benchmarks.peers.{PEERS[name]}").plan
        return peer
    if name in ("warm", "fresh"):
        scenarios: Callable[[Case], Any] = getattr(import_module("benchmarks.dispatch_scenarios"), name)
        return scenarios
    if name in COMPILED:
        import_module("numba")  # which short plans do without, so that the first small one would not compile
    return partial(import_module("benchmarks.dispatch_ours").plan, method=name)


def _measured(plan: Callable[[Case], Any], case: Case) -> dict[str, float]:
    price_cny_per_mwh(case), in_season(case)
    gc.collect()
    _reset_peak()
    costs: list[tuple[float, float]] = []
    while len(costs) < MOST_PLANS and sum(wall for _, wall in costs) < ENOUGH_S:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = plan(case)
        costs.append((time.process_time() - cpu, time.perf_counter() - wall))
    peak_mib = _peak_mib()
    cpu_s, wall_s = min(costs)
    revenue_cny = answer if isinstance(answer, float) else counted_again(case, *answer)
    return {"cpu_s": cpu_s, "wall_s": wall_s, "peak_mib": peak_mib, "revenue_cny": revenue_cny}


def _reset_peak() -> None:
    if RESET_PEAK.exists():
        RESET_PEAK.write_text("5", encoding="ascii")


def _peak_mib() -> float:
    """Peak memory of the process since the last reset; not a number where the system does not say."""
    if not STATUS.exists():
        return float("nan")
    lines = STATUS.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / KIB_PER_MIB for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
