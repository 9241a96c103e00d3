"""Plans of the virtual store against the best that a program of every car finds."""

from decimal import Decimal

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parking_lots import Independent, car, horizon, lots

from dispatch.signals import Signals
from dispatch.v2g.disaggregation import disaggregate
from dispatch.v2g.envelope import aggregate
from dispatch.v2g.losses import Losses
from dispatch.v2g.planning import Goal, plan
from tariffs.vocabulary.errors import InputError

LOSSES = Losses(charge_efficiency=Decimal("0.8"), discharge_efficiency=Decimal("0.75"))
PRICES = st.lists(st.integers(-300, 900), min_size=6, max_size=6)


def signals(prices: list[int] | None = None, load_mw: list[float] | None = None, dearer: int = 0) -> Signals:
    """Prices in 元/MWh, those of charging dearer by so much."""
    count = len(prices or load_mw or [])
    given = None if prices is None else np.array(prices, np.int64) * 1000
    return Signals(
        horizon=horizon(count),
        charge_price_e6=None if given is None else given + dearer * 1000,
        discharge_price_e6=given,
        load_mw=None if load_mw is None else np.array(load_mw),
    )


@settings(max_examples=40, deadline=None)
@given(sessions=lots(), prices=PRICES)
def test_the_cheapest_plan_costs_what_the_cars_of_a_program_of_its_own_cost(sessions, prices) -> None:
    made = plan(aggregate(sessions, horizon(6)), Goal.COST, signals(prices))
    cost = -Independent(sessions, 6).most([-price / 1000 for price in prices])
    assert cost == pytest.approx(made.objective, abs=1e-5, rel=1e-6)


@settings(max_examples=40, deadline=None)
@given(sessions=lots(discharging=False), prices=PRICES)
def test_cars_that_only_charge_are_planned_from_the_bounds_of_sets_alone(sessions, prices) -> None:
    made = plan(aggregate(sessions, horizon(6)), Goal.COST, signals(prices))
    cost = -Independent(sessions, 6).most([-price / 1000 for price in prices])
    assert cost == pytest.approx(made.objective, abs=1e-9)
    assert made.bound == pytest.approx(made.objective, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(sessions=lots(), prices=PRICES, lossy=st.booleans(), dearer=st.integers(0, 200))
def test_every_cheapest_plan_can_be_followed(sessions, prices, lossy, dearer) -> None:
    envelope = aggregate(sessions, horizon(6), LOSSES if lossy else Losses())
    made = plan(envelope, Goal.COST, signals(prices, dearer=dearer))
    assert 0.001 > disaggregate(envelope, made.power_kw).strayed_kwh
    assert made.bound <= made.objective + 1e-6


@settings(max_examples=40, deadline=None)
@given(sessions=lots(), load=st.lists(st.integers(0, 30), min_size=6, max_size=6), lossy=st.booleans())
def test_the_least_peak_is_that_of_a_program_of_its_own(sessions, load, lossy) -> None:
    envelope = aggregate(sessions, horizon(6), LOSSES if lossy else Losses())
    made = plan(envelope, Goal.PEAK, signals(load_mw=[each / 1000 for each in load]))
    program = Independent(sessions, 6, envelope.round_trip_ratio)
    assert _least_peak(program, load) == pytest.approx(made.objective, abs=1e-3)
    assert 0.001 > disaggregate(envelope, made.power_kw).strayed_kwh


def _least_peak(program: Independent, load: list[int]) -> float:
    peak = program.highs.addVariable(-1e6, 1e6)
    for fixed, hour in zip(load, program.drawn, strict=True):
        program.highs.addConstr(sum(hour) - peak <= -fixed)
    program.highs.minimize(peak)
    assert program.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(program.highs.getInfo().objective_function_value)


def test_two_cars_fill_the_cheapest_hours() -> None:
    """By hand: A takes its 10 kWh in hour 2, B 10 each in hours 2, 4 and 1; 20 * 100 + 10 * 200 + 10 * 300 元/MWh."""
    sessions = [car("A", (0, 240), "10", "10"), car("B", (0, 240), "30", "10")]
    made = plan(aggregate(sessions, horizon(4)), Goal.COST, signals([300, 100, 500, 200]))
    assert [10.0, 20.0, 0.0, 10.0] == made.power_kw.tolist()
    assert 7.0 == pytest.approx(made.objective)


def test_the_peak_counts_the_load_and_days_without_cars_too() -> None:
    """By hand: 12 kWh beside a load of 2 and 4 kW make 9 and 9; the load of 11 kW later is the peak."""
    made = plan(
        aggregate([car("A", (0, 120), "12", "10")], horizon(3)), Goal.PEAK, signals(load_mw=[0.002, 0.004, 0.011])
    )
    assert [7.0, 5.0, 0.0] == pytest.approx(made.power_kw.tolist())
    assert 11.0 == pytest.approx(made.objective)


def test_nothing_is_discharged_where_the_peak_is_no_lower_for_it() -> None:
    session = car("A", (0, 180), "6", "10", discharge_power_kw="10", spare_kwh="20", room_kwh="40")
    made = plan(aggregate([session], horizon(3)), Goal.PEAK, signals(load_mw=[0.0, 0.001, 0.0]))
    assert 0 <= made.power_kw.min()


def test_no_solution_cycles_where_prices_are_equal() -> None:
    session = car("A", (0, 180), "6", "10", discharge_power_kw="10", spare_kwh="20", room_kwh="40")
    made = plan(aggregate([session], horizon(3)), Goal.COST, signals([100, 100, 100]))
    assert 0 <= made.power_kw.min()


def test_cost_without_prices_is_refused() -> None:
    with pytest.raises(InputError, match="needs prices"):
        plan(aggregate([car("A", (0, 60), "5", "10")], horizon(3)), Goal.COST)


def test_signals_on_other_steps_are_refused() -> None:
    with pytest.raises(InputError, match="other steps"):
        plan(aggregate([car("A", (0, 60), "5", "10")], horizon(3)), Goal.COST, signals([1, 2]))


def test_a_better_price_for_giving_than_for_drawing_is_refused_where_cars_can_give() -> None:
    giving = car("A", (0, 120), "5", "10", discharge_power_kw="5", spare_kwh="5")
    with pytest.raises(InputError, match="earns more"):
        plan(aggregate([giving], horizon(2)), Goal.COST, signals([100, 100], dearer=-50))
    plan(aggregate([car("A", (0, 60), "5", "10")], horizon(2)), Goal.COST, signals([100, 100], dearer=-50))


def test_what_a_notebook_shows_of_cars_is_one_line_each() -> None:
    """Two hours of one car of 10 kW that asks 10 kWh: 5 kW in each are the lowest peak."""
    envelope = aggregate([car("a", (0, 120), "10", "10")], horizon(2))
    made = plan(envelope, Goal.PEAK)
    assert "<Envelope of 2 x 60 min from 2026-01-01 00:00: 10.00 kWh, exact>" == repr(envelope)
    assert "<VirtualPlan of 2 steps: 5.00 to 5.00 kW, objective 5.0000, bound 5.0000>" == repr(made)
    assert "<Assigned: 1 car(s), 10.00 kWh, 0 leave short>" == repr(disaggregate(envelope, made.power_kw))
    assert "<td>最高功率 / highest power</td><td style='text-align:right'>5.00 kW</td>" in made._repr_html_()
