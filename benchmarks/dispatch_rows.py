"""Groups of rows of the dispatch benchmark: ways to plan the same, measured in turns, and made to agree."""

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.dispatch_case import Case, to_text
from benchmarks.measure import ROOT, Cost

PEER_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PYTHON = PEER_PYTHON if PEER_PYTHON.exists() else sys.executable
NOTHING = Cost(wall_s=math.nan, cpu_s=math.nan, peak_mib=math.nan)
TOOLS = ("highspy", "pyomo", "numba", "numpy", "pypsa", "linopy", "oemof-solph")
YEAR_DAYS = 365
LP_RATIO = 1e-9
MILP_RATIO = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to plan: a method of `dispatch_child`, a case, and the bounds that its cost over the first way's is to keep."""

    method: str
    words: str
    case: Case
    most: float | None = None
    fewest: float | None = None
    is_bound_only: bool = False
    once: bool = False
    needs_peers: bool = False

    def row(self, flow: str, cost: Cost, base: Cost) -> "Row":
        """The row of the table."""
        if self.needs_peers and not PEER_PYTHON.exists():
            return Row(flow=flow, measured=f"{self.words}: not installed")
        ratio = cost.cpu_s / base.cpu_s
        if self.case.days < YEAR_DAYS:  # a year is what the targets are for; a short plan is mostly fixed cost
            return Row(flow, self.words, cost, ratio)
        if self.most is not None:
            return Row(flow, self.words, cost, ratio, f"<= {self.most:.2g}", ratio <= self.most)
        if self.fewest is not None:
            return Row(flow, self.words, cost, ratio, f">= {self.fewest:g}", ratio >= self.fewest)
        return Row(flow, self.words, cost, ratio)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, seconds to the tenth of a millisecond; `cost` is nothing where nothing could be measured."""

    flow: str
    measured: str
    cost: Cost | None = None
    ratio: float = 1.0
    target: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as text, in the columns of `measure.HEADINGS`."""
        cost, verdict = self.cost, {None: "", True: "met", False: "missed"}[self.met]
        if cost is None:
            return (self.flow, self.measured, *("",) * 6)
        ratio = f"{self.ratio:.3g}" if self.ratio < 1000 else f"{self.ratio:,.0f}"
        seconds = (f"{cost.wall_s:.4f}", f"{cost.cpu_s:.4f}")
        return (self.flow, self.measured, *seconds, f"{cost.peak_mib:.0f}", ratio, self.target, verdict)


class Children:
    """One child a method, started when first asked and kept; only one works at a time.

    Shape   `revenue_cny` by method and case; `start_s`: seconds of imports and a first small plan by method
    """

    def __init__(self) -> None:
        self.revenue_cny: dict[tuple[str, Case], float] = {}
        self.start_s: dict[str, float] = {}
        self._running: dict[str, subprocess.Popen[str]] = {}

    def cost(self, way: Way) -> Cost:
        """The cost of one plan.

        Raises  RuntimeError if the child fails
        """
        if way.needs_peers and not PEER_PYTHON.exists():
            return NOTHING
        child = self._running.get(way.method) or self._started(way.method)
        with suppress(BrokenPipeError):
            print(to_text(way.case), file=child.stdin, flush=True)
        line = child.stdout.readline() if child.stdout else ""
        if not line:
            raise RuntimeError(f"{way.words}, {way.case.words}: the child ended with {child.wait()}")
        told = json.loads(line)
        self.revenue_cny[way.method, way.case] = told["revenue_cny"]
        self.start_s[way.method] = told["start_s"]
        return Cost(wall_s=told["wall_s"], cpu_s=told["cpu_s"], peak_mib=told["peak_mib"])

    @property
    def starts(self) -> str:
        """The seconds of each method in words."""
        return ", ".join(f"{method} {seconds:.1f} s" for method, seconds in sorted(self.start_s.items()))

    def close(self) -> None:
        """End all children."""
        for child in self._running.values():
            child.communicate()

    def _started(self, method: str) -> subprocess.Popen[str]:
        command = [str(PYTHON), "-m", "benchmarks.dispatch_child", method]
        child = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._running[method] = child
        return child


def versions() -> str:
    """The numbers of Python and of every tool that is there."""
    script = "import json, platform; from importlib.metadata import distributions as all_of; print(json.dumps("
    script += (
        "{'Python': platform.python_version()} | {d.name.lower().replace('.', '-'): d.version for d in all_of()}))"
    )
    done = subprocess.run([str(PYTHON), "-c", script], capture_output=True, text=True, check=True)
    there = json.loads(done.stdout)
    return ", ".join(f"{tool} {there[tool]}" for tool in ("Python", *TOOLS) if tool in there)


def group(children: Children, flow: str, ways: Sequence[Way], repeats: int, agree_ratio: float = LP_RATIO) -> list[Row]:
    """The rows of one group, measured in turns; the first way is the one that the others are counted against.

    Raises  RuntimeError if two ways earn differently, or one earns more than a bound
    """
    seen: list[list[Cost]] = [[] for _ in ways]
    for turn in range(repeats):
        for costs, way in zip(seen, ways, strict=True):
            if turn == 0 or not way.once:
                costs.append(children.cost(way))
    earned = {way.words: children.revenue_cny.get((way.method, way.case), math.nan) for way in ways}
    _require_equal(flow, ways, earned, agree_ratio)
    least = [min(costs, key=lambda cost: cost.cpu_s) for costs in seen]
    return [way.row(flow, cost, least[0]) for way, cost in zip(ways, least, strict=True)]


def _require_equal(flow: str, ways: Sequence[Way], earned: dict[str, float], agree_ratio: float) -> None:
    known = [way for way in ways if not math.isnan(earned[way.words])]
    exact = [earned[way.words] for way in known if not way.is_bound_only]
    bounds = [earned[way.words] for way in known if way.is_bound_only]
    slack_cny = agree_ratio * max(map(abs, exact))
    if max(exact) - min(exact) > slack_cny or any(bound < max(exact) - slack_cny for bound in bounds):
        raise RuntimeError(f"{flow}: revenues differ: {earned}")
