"""Every way of solving against every schedule there is, on cases of a few hours."""

from collections.abc import Callable
from importlib import import_module

import pytest
from brute_force import Tiny, best_revenue_cny, random_case, task_of

from dispatch.outcome import Infeasible, Limits, NotApplicable, Outcome
from dispatch.task import Task
from dispatch.verify import verified

RUNGS: dict[str, Callable[[Task], Outcome]] = {
    "program": lambda task: import_module("dispatch.program").program(task),
    "lazy": lambda task: import_module("dispatch.lazy").lazy(task, Limits()),
    "everywhere": lambda task: import_module("dispatch.lazy").everywhere(task, Limits()),
}
SEEDS = range(150)
PAID_TO_TAKE = Tiny(
    gain=(1, 1), drain=(1, 1), room=1, start=0, end=0, bought=(-80, -80), sold=(-80, -80), in_season=(True, True)
)
ONE_CALL = Tiny(
    gain=(1, 1, 1, 1),
    drain=(1, 1, 1, 1),
    room=1,
    start=0,
    end=0,
    bought=(100, 200, 300, 200),
    sold=(100, 200, 300, 200),
    in_season=(True, True, False, True),
    calls=1,
)


def test_a_store_that_is_paid_to_take_takes_and_gives_back() -> None:
    """15 MWh in at -80 earn 1,200 元, 9 MWh out at -80 cost 720: 480. Both at once in both hours would earn 480 twice."""
    assert 480.0 == best_revenue_cny(PAID_TO_TAKE)


def test_a_call_outside_the_dearest_hour_costs_what_it_costs() -> None:
    """In at 100 and out at 200 within the season: 1,800 - 1,500 = 300, then in at 300 and out at 200 only loses."""
    assert 300.0 == best_revenue_cny(ONE_CALL)


def test_a_case_without_any_schedule_has_no_best_one() -> None:
    stuck = Tiny(gain=(0,), drain=(0,), room=1, start=1, end=0, bought=(1,), sold=(1,), in_season=(True,))
    assert best_revenue_cny(stuck) is None


def test_the_random_cases_hold_schedules_calls_outages_negative_prices_and_cases_without_any() -> None:
    cases = [random_case(seed) for seed in SEEDS]
    best = [best_revenue_cny(case) for case in cases]
    assert 10 <= sum(each is None for each in best) <= 90
    assert 20 <= sum(case.calls > 0 and each is not None for case, each in zip(cases, best, strict=True))
    assert any(min(case.bought) < 0 for case in cases)
    assert any(0 in case.gain for case in cases)


@pytest.mark.parametrize("rung", RUNGS)
def test_a_rung_finds_the_best_of_all_schedules_or_says_that_it_cannot(rung: str) -> None:
    wrong, solved = [], 0
    for seed in SEEDS:
        tiny = random_case(seed)
        task, best = task_of(tiny), best_revenue_cny(tiny)
        try:
            outcome = RUNGS[rung](task)
        except NotApplicable:
            continue
        except Infeasible:
            found = None
        else:
            found = verified(outcome, task).revenue_fen / 100
        solved += 1
        if (found is None) != (best is None) or (found is not None and found != pytest.approx(best, abs=0.02)):
            wrong.append(f"seed {seed}: best {best}, {rung} {found}")
    assert "" == "\n".join(wrong)
    assert solved > len(SEEDS) / 2
