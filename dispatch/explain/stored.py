"""Stored energy that cannot be held or reached: bounds on the way, and what is asked for at the end."""

from dataclasses import replace
from math import ceil, floor
from typing import Final

from dispatch.explain.calls import calls_out_of_reach
from dispatch.explain.reach import Reach, room
from dispatch.outcome import NoSchedule
from dispatch.task import Task
from dispatch.verify import instant_text
from tariffs.stations import Station
from tariffs.vocabulary.errors import Words

NEAR_MWH: Final = 1e-7
DECIMALS: Final = range(4, 13)
"""A ratio is printed with as many decimals as the room between smallest and largest needs, four at least."""


def bounds_out_of_reach(task: Task, found: Reach) -> NoSchedule | None:
    """The refusal where no energy within the bounds can be reached at some step."""
    if found.broken is None:
        return None
    step, left = found.broken, room(task)
    at = instant_text(task.station.horizon, step)
    least, most = float(left.min_stored_mwh[step]), float(left.max_stored_mwh[step])
    lowest, highest = float(found.low_mwh[step]), float(found.high_mwh[step])
    if highest < least:
        return NoSchedule(
            Words("储能电量守不住下限", "stored energy cannot be held above its lower bound"),
            found=Words(
                f"{at} 最多 {highest:.4g} 兆瓦时，下限 {least:.4g}",
                f"{at}: at most {highest:.4g} MWh, lower bound {least:.4g}",
            ),
            do=Words(
                "提高 initial_stored_ratio，降低 min_stored_ratio，或核对停运",
                "raise initial_stored_ratio, lower min_stored_ratio, or check the outages",
            ),
        )
    return NoSchedule(
        Words("储能电量来不及降到上限以下", "stored energy cannot come down to its upper bound in time"),
        found=Words(
            f"{at} 最少 {lowest:.4g} 兆瓦时，上限 {most:.4g}",
            f"{at}: at least {lowest:.4g} MWh, upper bound {most:.4g}",
        ),
        do=Words(
            "降低 initial_stored_ratio，或核对扩容减容、租赁与停运",
            "lower initial_stored_ratio, or check deratings, leases and outages",
        ),
    )


def final_out_of_reach(task: Task, station: Station, found: Reach, calls_done: float) -> NoSchedule | None:
    """The refusal where the stored energy asked for at the end cannot be reached."""
    terms = task.terms("final_stored_energy")
    if terms is None:
        return None
    wanted, low, high = float(terms.final_stored_mwh), float(found.low_mwh[-1]), float(found.high_mwh[-1])
    if low - NEAR_MWH <= wanted <= high + NEAR_MWH:
        return None
    above = wanted > high
    ratio = _ratio(low, high, _full_mwh(task, station), from_above=above)
    reachable = f"{high if above else low:.4f}"
    eased = replace(terms, final_stored_mwh=float(ratio) * _full_mwh(task, station))
    blocks = tuple(replace(b, terms=eased) if b.name == "final_stored_energy" else b for b in task.blocks)
    calls = calls_out_of_reach(replace(task, blocks=blocks), station, calls_done)
    and_calls = Words("", "") if calls is None else Words(f" {calls.do.zh}", f" {calls.do.en}")
    side = Words("最多", "at most") if above else Words("最少", "at least")
    return NoSchedule(
        Words(f"期末储能 {wanted:.4f} 兆瓦时达不到", f"{wanted:.4f} MWh at the end cannot be reached"),
        found=Words(f"{side.zh} {reachable} 兆瓦时", f"{side.en} {reachable} MWh"),
        do=Words(f"--final-stored-ratio {ratio}{and_calls.zh}", f"--final-stored-ratio {ratio}{and_calls.en}"),
    )


def _full_mwh(task: Task, station: Station) -> float:
    """Energy inside the store that one full discharge needs at the end."""
    last = task.station.horizon.dates[-1]
    return float(station.rating_on(last).energy_mwh) / task.station.discharge_efficiency


def _ratio(low_mwh: float, high_mwh: float, full_mwh: float, *, from_above: bool) -> str:
    """The largest or smallest ratio that can be reached, rounded into the reachable range."""
    for decimals in DECIMALS:
        units = 10**decimals
        exact = (high_mwh if from_above else low_mwh) / full_mwh * units
        ratio = (floor(exact + NEAR_MWH) if from_above else ceil(exact - NEAR_MWH)) / units
        if low_mwh - NEAR_MWH <= ratio * full_mwh <= high_mwh + NEAR_MWH:
            break
    return f"{ratio:.{decimals}f}"
