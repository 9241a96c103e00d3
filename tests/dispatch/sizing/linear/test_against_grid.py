"""The best size against brute force: sizes of a grid, each planned by the scheduler of one station."""

import numpy as np
import pytest
from hypothesis import given, settings
from size_cases import planned_worth_cny, random_cases, sizes_within

from dispatch.outcome import Limits, NoSchedule, Status
from dispatch.sizing.linear import Found, SizeCase, best_of

CLOSE_CNY = 1e-5
"""On some thousands of 元."""


def answer(asked: SizeCase) -> Found | None:
    try:
        return best_of(asked, Limits())
    except NoSchedule:
        return None


@settings(max_examples=30, deadline=None)
@given(asked=random_cases())
def test_no_size_of_a_grid_is_worth_more_than_the_best_and_the_best_can_be_had(asked: SizeCase) -> None:
    found = answer(asked)
    worths = [planned_worth_cny(asked, *size) for size in sizes_within(asked, 3, 4)]
    best_of_grid = max(worths, default=-np.inf)
    if found is None:
        assert -np.inf == best_of_grid
        return
    assert Status.OPTIMAL is found.status
    assert best_of_grid <= max(found.best_bound_cny, 0.0) + CLOSE_CNY
    assert pytest.approx(found.best_bound_cny, rel=2e-6, abs=CLOSE_CNY) == found.present_value_cny
    built = found.least_loss or found
    if built.power_mw:
        earned = planned_worth_cny(asked, built.power_mw, built.energy_mwh)
        assert pytest.approx(earned, rel=1e-6, abs=CLOSE_CNY) == built.present_value_cny
        assert best_of_grid <= built.present_value_cny + CLOSE_CNY


@settings(max_examples=15, deadline=None)
@given(asked=random_cases(most_steps=6))
def test_a_size_a_little_off_the_best_is_not_better(asked: SizeCase) -> None:
    """A fine grid around the best, where a coarse one over all sizes would not see a mistake."""
    found = answer(asked)
    if found is None or not found.is_worth_building:
        return
    terms = asked.limit_terms
    for power_share in (0.97, 1.0, 1.01):
        for hours_share in (0.97, 0.999, 1.001, 1.03):
            power = found.power_mw * power_share
            energy = found.energy_mwh * power_share * hours_share
            spent = terms.power_cost_cny_per_mw * power + terms.energy_cost_cny_per_mwh * energy
            if (
                terms.least_power_mw <= power <= terms.most_power_mw
                and terms.least_duration_h * power <= energy <= terms.most_duration_h * power
                and energy <= terms.most_energy_mwh
                and spent <= terms.most_investment_cny
            ):
                assert planned_worth_cny(asked, power, energy) <= found.present_value_cny + CLOSE_CNY
