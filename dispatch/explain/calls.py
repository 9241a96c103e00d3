"""Calls that cannot be reached: the largest number, what outages take, what the daily cap leaves."""

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor
from typing import Final

import numpy as np

from dispatch.explain.largest import calls_taken, counted_steps, largest_calls
from dispatch.outcome import Infeasible, NoSchedule
from dispatch.station.steps import touched_by
from dispatch.task import Task
from tariffs.stations import Outage, Station
from tariffs.vocabulary.errors import InputError, Words

NEAR: Final = 1e-8
MOST_OUTAGES: Final = 3
"""Each outage costs a solution of its own; the longest are looked at."""
CAP_UNITS: Final = 100
"""A daily cap is printed with two decimals."""
NOTICED: Final = 0.05
"""Fewer calls than this print as nothing."""


def calls_out_of_reach(task: Task, station: Station, calls_done: float) -> NoSchedule | None:
    """The refusal where fewer calls can be made than are asked for, with the largest number rounded down."""
    wanted = task.calls_wanted
    if not wanted:
        return None
    try:
        most = largest_calls(task)
    except (Infeasible, InputError):
        return None
    if most >= wanted * (1.0 - NEAR):
        return None
    figure, days = calls_text(most), _season_days(task)
    reasons = [
        Words(f"最多 {figure} 次（{days} 个迎峰日）", f"at most {figure} calls in the {days} season days"),
        *_cap(task, days),
        *_outages(task, station, most),
    ]
    asked, options = f"{wanted:.10g}", [f"--calls {calls_text(calls_done + most)}", *_larger_cap(task, days)]
    return NoSchedule(
        Words(f"要求的 {asked} 次调用做不到", f"{asked} calls cannot be reached"),
        found=Words("；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons)),
        do=Words("，或 ".join(options), ", or ".join(options)),
    )


def calls_text(calls: float) -> str:
    """A number of calls rounded down, so that it can be reached: one decimal, four where there is less than one call."""
    decimals = 1 if calls >= 1 else 4
    units = 10**decimals
    return f"{max(floor((calls + NEAR) * units), 0) / units:.{decimals}f}"


def _season_days(task: Task) -> int:
    return int(np.unique(task.station.horizon.day_of_step[counted_steps(task) > 0]).size)


def _cap(task: Task, days: int) -> Iterator[Words]:
    terms = task.terms("daily_cycle_cap")
    if terms is None or days * terms.cycles_per_day > task.calls_wanted:
        return
    cap, most = f"{terms.cycles_per_day:g}", f"{days * terms.cycles_per_day:g}"
    yield Words(
        f"{days} 个迎峰日、每日 {cap} 次循环，至多 {most} 次",
        f"{days} season days at {cap} cycle(s) a day give at most {most} calls",
    )


def _larger_cap(task: Task, days: int) -> Iterator[str]:
    """The daily cap with which the calls can be reached, rounded up, where the cap alone is in the way."""
    terms = task.terms("daily_cycle_cap")
    if terms is None or not days or days * terms.cycles_per_day > task.calls_wanted:
        return
    cap = ceil(task.calls_wanted / days * CAP_UNITS) / CAP_UNITS
    eased = replace(terms, cycles_per_day=cap)
    blocks = tuple(replace(each, terms=eased) if each.terms is terms else each for each in task.blocks)
    try:
        enough = largest_calls(replace(task, blocks=blocks)) >= task.calls_wanted
    except (Infeasible, InputError):
        return
    if enough:
        yield f"--max-cycles-per-day {cap:.2f}"


def _outages(task: Task, station: Station, most: float) -> Iterator[Words]:
    """What each of the longest outages in the season takes."""
    inside = [outage for outage in station.outage if _season_steps(task, outage)]
    for outage in sorted(inside, key=lambda each: _season_steps(task, each), reverse=True)[:MOST_OUTAGES]:
        taken = calls_taken(task, station, outage, most)
        if taken is None or taken < NOTICED:
            continue
        first, until = (f"{at:%Y-%m-%d %H:%M}" for at in (outage.from_at, outage.until_at))
        yield Words(
            f"{first} 至 {until} 的停运占 {taken:.1f} 次",
            f"the outage of {first} to {until} takes {taken:.1f}",
        )


def _season_steps(task: Task, outage: Outage) -> int:
    """Season steps that an outage touches."""
    return int(np.count_nonzero(touched_by(outage, task.station.horizon) & (counted_steps(task) > 0)))
