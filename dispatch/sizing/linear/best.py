"""The best size within limits: one call, and the four answers it may have to give."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from time import perf_counter
from typing import Final

from dispatch.outcome import Infeasible, Limits, NoSchedule, Status
from dispatch.sizing.inputs.project import Size, SizeLimits
from dispatch.sizing.linear.case import Investment, SizeCase, Worth, Year
from dispatch.sizing.linear.found import Found, LeastLoss, binding_limits, size_of
from dispatch.sizing.linear.search import Searched, searched
from dispatch.solve import OutOfTime
from tariffs.vocabulary.errors import Words

NO_POWER_RATIO: Final = 1e-9
"""A power below this share of the largest is none."""
SMALL_RATIO: Final = 1e-3
"""A size of this share of the largest power meets every upper limit, whatever its duration."""


def best_size(
    years: Sequence[Year],
    reference: Size,
    limits: SizeLimits,
    investment: Investment,
    worth: Worth,
    solver_limits: Limits,
    *,
    counts_usable: bool = False,
) -> Found:
    """The size of the largest present value, or none if every size loses money; with proof.

    Shape   `years` are prepared for the `reference` size; calls are counted against rated energy, or against what of it is
            usable in the year where `counts_usable`
    Raises  InputError or UsageError if a year has what does not grow with the size; NoSchedule if no size within the limits
            has a schedule; OutOfTime if none was found in time
    """
    case = SizeCase(
        years=tuple(years),
        reference=reference,
        limits=limits,
        investment=investment,
        worth=worth,
        counts_usable=counts_usable,
    )
    return best_of(case, solver_limits)


def best_of(case: SizeCase, solver_limits: Limits) -> Found:
    """The best size of a case; as `best_size`."""
    started = perf_counter()
    if case.most_power_mw <= 0.0 or case.most_power_mw < float(case.limits.min_power_mw):
        raise _no_size(case)
    try:
        best = searched(case, solver_limits)
        if _power_mw(case, best) == 0.0:
            _refuse_impossible(case, solver_limits)
    except Infeasible:
        raise _no_size(case) from None
    return _found(case, best, solver_limits, started)


def _found(case: SizeCase, best: Searched, solver_limits: Limits, started: float) -> Found:
    fixed = case.worth.fixed_cny
    power_mw, energy_mwh = _power_mw(case, best), size_of(best.made, best.solution.x)[1]
    present, bound = best.worth_cny + fixed, max(best.best_bound_cny, best.worth_cny) + fixed
    relaxed = best.relaxed.objective + fixed
    is_built = power_mw > 0.0 and present >= 0.0
    loss = None
    if not is_built and power_mw > 0.0:
        loss = LeastLoss(power_mw=power_mw, energy_mwh=energy_mwh, present_value_cny=present)
    if not is_built:
        # not to build is worth nothing, and costs nothing
        power_mw, energy_mwh, present, bound, relaxed = 0.0, 0.0, 0.0, max(bound, 0.0), max(relaxed, 0.0)
    return Found(
        power_mw=power_mw,
        energy_mwh=energy_mwh,
        present_value_cny=present,
        best_bound_cny=bound,
        status=Status.OPTIMAL if bound == 0.0 else _status(best, solver_limits),
        binaries=best.binaries,
        relaxed_cny=relaxed,
        binding=binding_limits(best.made, best.solution, case.limit_terms, has_prices=not best.binaries)
        if is_built
        else (),
        seconds=perf_counter() - started,
        least_loss=loss,
    )


def _power_mw(case: SizeCase, best: Searched) -> float:
    power_mw = size_of(best.made, best.solution.x)[0]
    return power_mw if power_mw > NO_POWER_RATIO * case.most_power_mw else 0.0


def _status(best: Searched, solver_limits: Limits) -> Status:
    if best.is_proven(0.0):
        return Status.OPTIMAL
    return Status.WITHIN_GAP if best.is_proven(solver_limits.gap) else Status.TIME_LIMIT


def _refuse_impossible(case: SizeCase, solver_limits: Limits) -> None:
    """Go on only if a station of some size has a schedule: else it is not money that says no.

    Raises  Infeasible if none has
    """
    least = Decimal(SMALL_RATIO * case.most_power_mw)
    with suppress(OutOfTime):
        searched(replace(case, limits=replace(case.limits, min_power_mw=least)), solver_limits)


def _no_size(case: SizeCase) -> NoSchedule:
    limits, calls = case.limits, max(year.task.calls_wanted for year in case.years)
    power = f"{limits.min_power_mw:f}-{limits.max_power_mw:f} MW"
    hours = f"{limits.min_duration_h:f}-{limits.max_duration_h:f} h"
    return NoSchedule(
        Words("范围内没有可行的规模", "no size within the limits has a schedule"),
        found=Words(f"{power}、{hours}、每年调用 {calls:g} 次", f"{power}, {hours}, {calls:g} calls a year"),
        do=Words("放宽 [size] 中的界限，或减少调用次数", "widen the limits in [size], or ask for fewer calls"),
    )
