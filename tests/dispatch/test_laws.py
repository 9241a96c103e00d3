"""Laws that hold for every station and every price, by the dynamic program and by the solver alike."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dispatch.arrays import Integers
from dispatch.horizon import Horizon
from dispatch.ladder import climbed
from dispatch.options import PlanOptions
from dispatch.outcome import Infeasible, Limits, Outcome, Rung
from dispatch.prepare import Surroundings, prepared
from dispatch.signals import Signals
from dispatch.task import Task
from tariffs.settings import CallCounting, Settings
from tariffs.stations import Station
from tariffs.versions import Library
from tariffs.vocabulary.timegrid import ZONE, physical

SUMMER_MS: Final = physical(datetime(2025, 7, 1, tzinfo=ZONE))
AROUND: Final = Surroundings(
    settings=Settings(
        season_calendar="jun_sep_dec_feb",
        obligation_year_from="06-01",
        call_counting=CallCounting.EQUIVALENT_DISCHARGE,
    ),
    library=Library(),
)
CLOSE: Final = 1e-6
RUNGS: Final = pytest.mark.parametrize("rung", [Rung.AUTO, Rung.MILP])


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A station at rest without losses, and prices in 1e-6 元/kWh."""

    station: Station
    minutes: int
    price_e6: tuple[int, ...]
    wear_cost_cny_per_mwh: float

    def task(self, price_e6: Integers | None = None, *, minutes: int | None = None, calls: float = 0.0) -> Task:
        prices = np.array(self.price_e6, dtype=np.int64) if price_e6 is None else price_e6
        horizon = Horizon(first_ms=SUMMER_MS, minutes=minutes or self.minutes, count=len(prices))
        signals = Signals(horizon=horizon, charge_price_e6=prices, discharge_price_e6=prices)
        options = PlanOptions(calls=calls, wear_cost_cny_per_mwh=self.wear_cost_cny_per_mwh)
        return prepared(self.station, horizon, signals, AROUND, options).task


@st.composite
def cases(draw: st.DrawFn, *, minutes: int = 60, wear: bool = True) -> Case:
    power = draw(st.integers(5, 60))
    station = Station(
        id="S",
        name="S",
        power_mw=Decimal(power),
        charge_power_mw=Decimal(draw(st.integers(5, 60))),
        energy_mwh=Decimal(draw(st.integers(5, 120))),
        round_trip_efficiency=Decimal(draw(st.integers(50, 100))) / 100,
        grid_connected_on=date(2025, 1, 1),
    )
    price = draw(st.lists(st.integers(-200, 900), min_size=4, max_size=14))
    return Case(
        station=station,
        minutes=minutes,
        price_e6=tuple(1_000 * each for each in price),
        wear_cost_cny_per_mwh=float(draw(st.integers(0, 40))) if wear else 0.0,
    )


def _best(task: Task, rung: Rung) -> Outcome:
    return climbed(task, rung, Limits())


def _tolerance(*figures: float) -> float:
    return CLOSE * max(1.0, *(abs(figure) for figure in figures))


@RUNGS
@settings(max_examples=25, deadline=None)
@given(case=cases(), factor=st.sampled_from([2, 3, 10]))
def test_prices_and_wear_times_k_earn_k_times_as_much(rung: Rung, case: Case, factor: int) -> None:
    once = _best(case.task(), rung).objective_cny
    scaled = replace(case, wear_cost_cny_per_mwh=factor * case.wear_cost_cny_per_mwh)
    many = _best(scaled.task(factor * np.array(case.price_e6, dtype=np.int64)), rung).objective_cny
    assert abs(factor * once - many) <= _tolerance(many)


@RUNGS
@settings(max_examples=20, deadline=None)
@given(case=cases())
def test_an_hour_split_into_four_equal_quarters_never_earns_less(rung: Rung, case: Case) -> None:
    hourly = _best(case.task(), rung).objective_cny
    quarters = np.repeat(np.array(case.price_e6, dtype=np.int64), 4)
    quarterly = _best(case.task(quarters, minutes=15), rung).objective_cny
    assert quarterly >= hourly - _tolerance(hourly)


@settings(max_examples=25, deadline=None)
@given(case=cases())
def test_in_the_linear_program_an_hour_split_into_quarters_earns_the_same(case: Case) -> None:
    hourly = _best(case.task(), Rung.LP).objective_cny
    quarters = np.repeat(np.array(case.price_e6, dtype=np.int64), 4)
    quarterly = _best(case.task(quarters, minutes=15), Rung.LP).objective_cny
    assert abs(quarterly - hourly) <= _tolerance(hourly)


@RUNGS
@settings(max_examples=25, deadline=None)
@given(
    case=cases(), more=st.lists(st.integers(-200, 900), min_size=1, max_size=8), calls=st.sampled_from([0.0, 0.2, 0.7])
)
def test_a_longer_horizon_with_the_same_calls_never_earns_less(
    rung: Rung, case: Case, more: list[int], calls: float
) -> None:
    try:
        short = _best(case.task(calls=calls), rung).objective_cny
    except Infeasible:
        assume(False)
    longer = np.array([*case.price_e6, *(1_000 * each for each in more)], dtype=np.int64)
    assert _best(case.task(longer, calls=calls), rung).objective_cny >= short - _tolerance(short)


@RUNGS
@settings(max_examples=25, deadline=None)
@given(case=cases(), few=st.floats(0.05, 1.5), more=st.floats(0.05, 1.5))
def test_more_calls_never_earn_more(rung: Rung, case: Case, few: float, more: float) -> None:
    try:
        fewer = _best(case.task(calls=few), rung).objective_cny
        earned = _best(case.task(calls=few + more), rung).objective_cny
    except Infeasible:
        assume(False)
    assert earned <= fewer + _tolerance(fewer)


@RUNGS
@settings(max_examples=25, deadline=None)
@given(case=cases(wear=False))
def test_without_losses_and_with_power_enough_every_rise_of_price_is_earned(rung: Rung, case: Case) -> None:
    energy_mwh = int(case.station.energy_mwh)
    strong = replace(
        case.station,
        power_mw=Decimal(energy_mwh),
        charge_power_mw=Decimal(energy_mwh),
        round_trip_efficiency=Decimal(1),
    )
    rises = sum(max(after - before, 0) for before, after in zip(case.price_e6, case.price_e6[1:], strict=False))
    # 1e-6 元/kWh is 1e-3 元/MWh; the first step buys, the last one sells
    expected = energy_mwh * rises / 1_000
    earned = _best(replace(case, station=strong).task(), rung).objective_cny
    assert abs(expected - earned) <= _tolerance(expected)


@settings(max_examples=40, deadline=None)
@given(case=cases(), calls=st.floats(0.0, 2.0))
def test_the_dynamic_program_and_binaries_everywhere_agree(case: Case, calls: float) -> None:
    task = case.task(calls=calls)
    try:
        exact = _best(task, Rung.MILP)
    except Infeasible:
        with pytest.raises(Infeasible):
            _best(task, Rung.AUTO)
        return
    fast = _best(task, Rung.AUTO)
    assert abs(exact.objective_cny - fast.objective_cny) <= _tolerance(exact.objective_cny)
    assert not np.any((fast.charge_mw > 0) & (fast.discharge_mw > 0))
