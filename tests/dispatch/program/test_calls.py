"""The required calls: exactly so many, at one price, and never by charging and discharging at once."""

import numpy as np
import pytest
from by_solver import solved
from station_cases import Wanted, station, task_at, with_calls

from dispatch.outcome import NotApplicable
from dispatch.program import largest_calls, program, turns

HALF = {"charge_efficiency": 0.8, "discharge_efficiency": 0.5, "max_stored_mwh": 40.0}


def calls_of(discharge_mw: np.ndarray) -> float:
    return float(discharge_mw.sum()) / 20.0


@pytest.mark.parametrize("calls", [0.4, 0.5, 0.77, 1.0, 1.3])
def test_exactly_the_required_calls_are_made_where_they_cost(calls: float) -> None:
    price = [300, 200, 280, 190, 310, 220, 270, 180, 305, 215, 260, 170]
    outcome = program(task_at(station(12, **HALF), price, Wanted(calls=calls)))
    assert calls == pytest.approx(calls_of(outcome.discharge_mw), rel=1e-9)
    assert not np.any((outcome.charge_mw > 0.0) & (outcome.discharge_mw > 0.0))


def test_the_price_of_a_call_is_what_a_few_more_calls_cost() -> None:
    """The slope of the objective on both sides, by solving again."""
    random = np.random.default_rng(8)
    task = task_at(station(72, **HALF), random.normal(300.0, 80.0, 72), Wanted(calls=6.0))
    outcome, step = program(task), 1e-4
    fewer, more = (program(with_calls(task, 6.0 + change)).objective_cny for change in (-step, step))
    assert outcome.call_price_cny is not None
    assert (fewer - outcome.objective_cny) / step <= outcome.call_price_cny * (1 + 1e-6)
    assert (outcome.objective_cny - more) / step >= outcome.call_price_cny * (1 - 1e-6)


def test_calls_out_of_losses_are_not_made() -> None:
    """The linear program earns more by charging and discharging at once; binaries earn what the program earns."""
    price = np.random.default_rng(2).uniform(50.0, 400.0, 24)
    plant = station(24, charge_efficiency=0.9, discharge_efficiency=0.9, max_stored_mwh=22.0)
    task = task_at(plant, price, Wanted(calls=4.5))
    outcome = program(task)
    assert solved(task, binaries=True) == pytest.approx(outcome.objective_cny, rel=1e-7)
    assert solved(task, binaries=False) > outcome.objective_cny + 1.0


def test_the_largest_number_of_calls_takes_turns() -> None:
    """Five hours: two of charging and two of discharging make one call; the fifth cannot do both."""
    largest = largest_calls(task_at(station(5), [100] * 5, Wanted(calls=1.0)))
    assert 1.0 == largest.upper == largest.reached
    assert 20.0 == pytest.approx(largest.discharge_mw.sum())


def test_the_largest_number_of_calls_can_be_asked_for() -> None:
    task = task_at(station(30, **HALF), np.random.default_rng(4).normal(200.0, 90.0, 30), Wanted(calls=0.0))
    reached = largest_calls(task).reached
    assert reached == pytest.approx(calls_of(program(with_calls(task, reached)).discharge_mw), rel=1e-9)


def test_a_case_that_is_not_settled_soon_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_CASES", range(0))
    with pytest.raises(NotApplicable, match="too many cases"):
        program(task_at(station(2), [100, 300]))
