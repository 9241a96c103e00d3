"""A task solved by the dynamic program, or word that it cannot be exact for it."""

from time import perf_counter
from typing import Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.outcome import NotApplicable, Outcome, Rung, Status
from dispatch.program.chain import best_path
from dispatch.program.days import best_by_days, case_by_day
from dispatch.program.exclusive import best_one_way_path
from dispatch.program.path import bites
from dispatch.program.store import Case, Worth, case_of
from dispatch.program.turns import Found, best_one_way
from dispatch.program.worth import stored_worth
from dispatch.task import Task
from tariffs.vocabulary.errors import Words

EXACT_RATIO: Final = 1e-9
"""A schedule this close to its bound, relative to the money that moves, is proven best."""

SOLVER: Final = "dynamic program"
"""What is printed as the solver, whether its loops were compiled or not: the figures are the same."""


def program(task: Task) -> Outcome:
    """The best schedule of one station, with proof.

    Raises  NotApplicable if a block is unknown or the schedule is not proven best; Infeasible if there is none
    """
    started = perf_counter()
    case = case_of(task)
    built = perf_counter()
    found, worth = _found(case) if case.day_drain_mwh is None else _capped(case, case.day_drain_mwh, task.preference)
    revenue_cny, moved_cny = _money(case, found)
    if abs(found.tie.bound_cny - revenue_cny) > EXACT_RATIO * max(moved_cny, 1.0):
        raise NotApplicable(Words("所得计划未达其上界", "the schedule found misses its bound"))
    return Outcome(
        rung=Rung.PROGRAM,
        charge_mw=found.gained_mwh * case.charge_mw_per_gain,
        discharge_mw=found.drained_mwh * case.discharge_mw_per_drain,
        objective_cny=revenue_cny,
        best_bound_cny=max(found.tie.bound_cny, revenue_cny),
        status=Status.OPTIMAL,
        solver=SOLVER,
        build_s=built - started,
        solve_s=perf_counter() - built,
        call_price_cny=None if task.terms("season_calls") is None else found.tie.call_price_cny,
        stored_worth_cny_per_mwh=worth,
    )


def _found(case: Case) -> tuple[Found, Floats]:
    """The best schedule without a daily cap, and the worth of stored energy along it."""
    found = best_one_way(case, best_one_way_path if case.exclusive else best_path)
    worth = case.at_call_price(found.tie.call_price_cny)
    if not case.exclusive and bites(case.store, worth).any():
        raise NotApplicable(Words("未列 exclusive_modes", "exclusive_modes is not listed"))
    return found, stored_worth(case, worth, found.gained_mwh, found.drained_mwh)


def _capped(case: Case, day_drain_mwh: Floats, preference: Floats | None) -> tuple[Found, Floats]:
    """The best schedule under a daily cap: by whole days, or where prices are no day's, one that the cap does not touch."""
    try:
        return best_by_days(case, case_by_day(case), preference)
    except NotApplicable:
        found, worth = _found(case)
        drained = np.bincount(case.day_of_step, weights=found.drained_mwh)[case.day_of_step]
        if np.any(drained > day_drain_mwh * (1.0 + EXACT_RATIO)):
            raise
        return found, worth


def _money(case: Case, found: Found) -> tuple[float, float]:
    """What the schedule earns, and the money that moves, in 元."""
    worth: Worth = case.worth
    sold: Floats = worth.sell * found.drained_mwh
    bought: Floats = worth.buy * found.gained_mwh
    return float(np.sum(sold - bought)), float(np.sum(np.abs(sold) + np.abs(bought)))
