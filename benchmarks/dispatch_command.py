"""`huchu dispatch` for one station and a year: the whole process, from its start to the written files.

`python -m benchmarks.dispatch_command [DAYS]`
"""

import os
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.dispatch_case import EFFICIENCY, ENERGY_MWH, FIRST_DAY, POWER_MW, Case, price_cny_per_mwh
from benchmarks.dispatch_rows import YEAR_DAYS, Row
from benchmarks.measure import OUT, Cost, child, least, print_table

TARGET_WALL_S = 3.0
COMPILED = OUT / "numba"
CACHE = "NUMBA_CACHE_DIR"
STATION = f"""[[station]]
id = "ST-0001"
name = "ST-0001"
power_mw = {POWER_MW}
energy_mwh = {ENERGY_MWH}
charge_efficiency = {EFFICIENCY:.6f}
discharge_efficiency = {EFFICIENCY:.6f}
grid_connected_on = {FIRST_DAY}
in_annual_plan_from = {FIRST_DAY}
"""


def run(days: int, repeats: int) -> list[Row]:
    """15-minute prices of a year; for a full one also a first run, in which the dynamic program is compiled."""
    case, folder = Case(minutes=15, days=days), OUT / f"dispatch-{days}"
    _write(case, folder)
    start, bare, whole = least(
        [
            lambda: child("-c", "import huchu.cli.dispatch"),
            lambda: _command(folder, "--no-plot"),
            lambda: _command(folder),
        ],
        repeats,
    )
    flow = f"huchu dispatch, {case.words}"
    rows = [
        Row(flow, "imports alone", start, start.cpu_s / whole.cpu_s),
        Row(flow, "the command without its pictures", bare, bare.cpu_s / whole.cpu_s),
    ]
    if days < YEAR_DAYS:
        return [*rows, Row(flow, "the command", whole)]
    met, cold = whole.wall_s <= TARGET_WALL_S, _first(folder)
    rows.append(Row(flow, "the command", whole, 1.0, f"<= {TARGET_WALL_S:g} s", met))
    return [*rows, Row(flow, "the command, first run: compiles", cold, cold.cpu_s / whole.cpu_s)]


def _first(folder: Path) -> Cost:
    """The command with nothing compiled before."""
    shutil.rmtree(COMPILED, ignore_errors=True)
    os.environ[CACHE] = str(COMPILED)
    try:
        return _command(folder)
    finally:
        del os.environ[CACHE]


def _command(folder: Path, *more: str) -> Cost:
    options = ("--signals", "prices.csv", "--stations", "stations.toml", "--out", "planned", "--force", *more)
    return child("-m", "huchu", "dispatch", *options, folder=folder)


def _write(case: Case, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stations.toml").write_text(STATION, encoding="utf-8")
    first, step = datetime.combine(FIRST_DAY, datetime.min.time()), timedelta(minutes=case.minutes)
    lines = [
        f"{first + n * step:%Y-%m-%dT%H:%M:%S}+08:00,{price:.2f}" for n, price in enumerate(price_cny_per_mwh(case))
    ]
    (folder / "prices.csv").write_text("\n".join(["interval_start,price_cny_per_mwh", *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    print_table(run(int(sys.argv[1]) if len(sys.argv) > 1 else YEAR_DAYS, 3))
