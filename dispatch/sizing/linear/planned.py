"""What a size is worth when the scheduler of one station plans its years: without the sizing model, and so that it can be had."""

from math import inf

from dispatch.ladder import climbed
from dispatch.outcome import Infeasible, Limits, Rung
from dispatch.sizing.linear.case import SizeCase, Year
from dispatch.sizing.linear.unit import task_at


def planned_worth_cny(case: SizeCase, power_mw: float, energy_mwh: float, limits: Limits) -> float:
    """Present value of a size with the best schedule of each typical year, without what hangs on no size, 元.

    Shape   minus infinity where a year has no schedule at that size
    """
    worth = case.worth
    lasting_mw = energy_mwh / worth.peak_h if worth.peak_h else power_mw
    total = worth.power_cny_per_mw * power_mw + worth.energy_cny_per_mwh * energy_mwh
    total += worth.supported_cny_per_mw * min(power_mw, lasting_mw)
    return total + sum(year.weight * _earned_cny(case, year, (power_mw, energy_mwh), limits) for year in case.years)


def _earned_cny(case: SizeCase, year: Year, size: tuple[float, float], limits: Limits) -> float:
    try:
        return climbed(task_at(case, year, *size), Rung.AUTO, limits).objective_cny
    except Infeasible:
        return -inf
