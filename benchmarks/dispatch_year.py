"""A year of one station, 100 MW / 200 MWh: dispatch beside raw HiGHS, PyPSA and oemof.solph on the same instance.

`python -m benchmarks.dispatch_year [--quick]`; PyPSA and oemof.solph live in .venv-peers, made by `scripts/peers.sh`.
Every schedule is counted again, and every group of rows must end in the same revenue, else the benchmark fails.
"""

import os
import platform
import sys
from dataclasses import replace

from benchmarks import dispatch_command
from benchmarks.dispatch_case import SHARED, Case, with_calls
from benchmarks.dispatch_rows import MILP_RATIO, YEAR_DAYS, Children, Row, Way, group, versions
from benchmarks.measure import print_table

QUICK_DAYS = 90


def run(days: int, repeats: int) -> list[Row]:
    """All groups for the first days of a year; what each tool needs before its first plan is a line on standard error."""
    hourly, quarters = Case(minutes=60, days=days), Case(minutes=15, days=days)
    children = Children()
    rows: list[Row] = []
    try:
        for case in (hourly, quarters, with_calls(hourly), with_calls(quarters)):
            rows += beside_raw(children, case, repeats)
        for case in (hourly, quarters):
            rows += end_to_end(children, case, repeats)
        rows += exclusive(children, with_calls(replace(hourly, prices="made_negative")), repeats)
        if SHARED.exists() and days >= YEAR_DAYS:
            rows += beside_raw(children, replace(quarters, prices="shared"), repeats)
            rows += exclusive(children, replace(hourly, prices="shared"), repeats)
        rows += scenarios(children, hourly, repeats)
    finally:
        children.close()
    print(f"Before the first plan, imports and a plan of two days: {children.starts}", file=sys.stderr)
    return rows


def beside_raw(children: Children, case: Case, repeats: int) -> list[Row]:
    """The linear program beside raw HiGHS; the dynamic program only where charging and discharging at once never pays."""
    ways = [
        Way(method="raw", words="raw HiGHS", case=case),
        Way(method="relaxed", words="one Pyomo step, tiled, HiGHS", case=case, most=1.1),
    ]
    if case.prices == "made":
        ways.append(Way(method="program", words="dynamic program", case=case, most=0.1))
    turns = 2 * repeats - 1  # the bound of the linear program is near, so its noise must be small
    return group(children, case.words, ways, turns)


def end_to_end(children: Children, case: Case, repeats: int) -> list[Row]:
    """From arrays to a schedule in arrays, each tool by its own model and HiGHS; ours by the way that the ladder takes."""
    ways = [
        Way(method="auto", words="huchu, dynamic program", case=replace(case, exclusive=True)),
        Way(method="relaxed", words="huchu, one Pyomo step and HiGHS", case=case),
        Way(method="pypsa", words="PyPSA, HiGHS directly", case=case, fewest=5.0, needs_peers=True),
        Way(method="oemof", words="oemof.solph, HiGHS", case=case, fewest=15.0, needs_peers=True),
    ]
    return group(children, f"{case.words}, end to end", ways, repeats)


def exclusive(children: Children, case: Case, repeats: int) -> list[Row]:
    """Never charging and discharging at once, where the linear program would: that one earns more and counts as a bound."""
    strict = replace(case, exclusive=True)
    ways = [
        Way(method="raw", words="raw HiGHS, no binaries (a bound)", case=case, is_bound_only=True),
        Way(method="auto", words="huchu, the way the ladder takes", case=strict, most=10.0),
        Way(method="raw", words="raw HiGHS, binaries everywhere", case=strict, once=True),
    ]
    if case.prices != "shared":
        ways.append(Way(method="lazy", words="lazy binaries", case=strict, most=10.0, once=True))
        ways.append(Way(method="everywhere", words="huchu, binaries everywhere", case=strict, once=True))
    return group(children, strict.words, ways, repeats, MILP_RATIO)


def scenarios(children: Children, case: Case, repeats: int) -> list[Row]:
    """Twenty price scenarios in one solver object that keeps its basis."""
    ways = [
        Way(method="fresh", words="20 scenarios, a fresh solver each", case=case),
        Way(method="warm", words="20 scenarios, warm solver", case=case, most=1 / 3),
    ]
    return group(children, f"{case.words}, scenarios", ways, repeats)


def main() -> None:
    """The versions and the table."""
    days, repeats = (QUICK_DAYS, 1) if "--quick" in sys.argv[1:] else (YEAR_DAYS, 3)
    print(f"{platform.machine()}, {os.cpu_count()} cores, {versions()}\n")
    print_table([*run(days, repeats), *dispatch_command.run(days, repeats)])


if __name__ == "__main__":
    main()
