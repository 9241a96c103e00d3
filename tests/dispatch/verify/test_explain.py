"""Why there is no schedule, and what the limits of a schedule are worth; figures by hand where they are given.

The station charges at 0.8 and discharges at 0.5: an hour of charging stores 80 MWh, an hour of discharging draws 200 and
gives 100; the store holds 400, which a full discharge of 200 MWh needs.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from pyomo.core import Constraint

from dispatch.blocks import daily_cycle_cap, final_stored_energy, grid_connection_limit, leased_reserve, season_calls
from dispatch.explain import Binding, Explanation, Limit, explained, why_infeasible
from dispatch.explain.calls import calls_text
from dispatch.horizon import horizon_between
from dispatch.ladder import climbed
from dispatch.objectives import market_revenue
from dispatch.outcome import Infeasible, Limits, NoSchedule, Outcome, Rung
from dispatch.station.steps import station_steps
from dispatch.task import Block, StepPrices, Task, block, objective, own_block
from dispatch.verify import verified
from tariffs.stations import Change, Outage, OutageCause, Station
from tariffs.vocabulary.timegrid import ZONE

MIDNIGHT = datetime(2026, 7, 1, tzinfo=ZONE)
PRICE = 300_000
PRICES = (310, 120, 95, 240, 515, 80, 105, 130, 460, 620, 55, 90, 330, 480, 210, 175)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A station for some hours, and what is asked of it."""

    hours: int = 24
    final_mwh: float | None = None
    calls: float = 0.0
    cycles_per_day: float | None = None
    price_e6: tuple[int, ...] = ()
    more: tuple[Block, ...] = ()


def plant(**changes: Any) -> Station:
    figures: dict[str, Any] = {
        "power_mw": Decimal(100),
        "energy_mwh": Decimal(200),
        "charge_efficiency": Decimal("0.8"),
        "discharge_efficiency": Decimal("0.5"),
        **changes,
    }
    return Station(id="A-1", name="A-1", grid_connected_on=date(2025, 1, 1), **figures)


def outage(first_h: int, until_h: int, power_mw: int = 0) -> Outage:
    return Outage(
        from_at=MIDNIGHT + timedelta(hours=first_h),
        until_at=MIDNIGHT + timedelta(hours=until_h),
        power_available_mw=Decimal(power_mw),
        cause=OutageCause.OWN,
    )


def task_of(station: Station, asked: Asked) -> Task:
    horizon = horizon_between(MIDNIGHT, MIDNIGHT + timedelta(hours=asked.hours), 60)
    steps = station_steps(station, horizon)
    prices = np.array(asked.price_e6 or (PRICE,) * horizon.count, dtype=np.int64)
    per_mwh = prices / 1000
    final = steps.initial_stored_mwh if asked.final_mwh is None else asked.final_mwh
    in_season = np.ones(horizon.count)
    blocks = [block(name) for name in ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")]
    blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=final)))
    if asked.calls:
        blocks.append(block("season_calls", season_calls.Terms(calls=asked.calls, in_season=in_season)))
    if asked.cycles_per_day is not None:
        blocks.append(block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=asked.cycles_per_day)))
    return Task(
        station=steps,
        prices=StepPrices(charge_e6=prices, discharge_e6=prices),
        in_season=in_season.astype(np.bool_),
        blocks=(*blocks, *asked.more),
        objective=objective(
            "market_revenue",
            market_revenue.Terms(charge_price_cny_per_mwh=per_mwh, discharge_price_cny_per_mwh=per_mwh),
        ),
    )


def reason(station: Station, asked: Asked) -> NoSchedule:
    """The refusal of a task that is found infeasible indeed."""
    task = task_of(station, asked)
    with pytest.raises(Infeasible):
        climbed(task, Rung.AUTO, Limits())
    refusal = why_infeasible(task, station)
    assert re.findall(r"[0-9.]+", refusal.found.zh) == re.findall(r"[0-9.]+", refusal.found.en)
    return refusal


def obeyed(station: Station, asked: Asked, refusal: NoSchedule) -> Outcome:
    """The outcome when the options that the refusal prints are asked for."""
    calls = re.search(r"--calls ([0-9.]+)", refusal.do.en)
    ratio = re.search(r"--final-stored-ratio ([0-9.]+)", refusal.do.en)
    changed = asked
    if calls:
        changed = replace(changed, calls=float(calls[1]))
    if ratio:
        changed = replace(changed, final_mwh=float(ratio[1]) * 400)
    task = task_of(station, changed)
    outcome = climbed(task, Rung.AUTO, Limits())
    verified(outcome, task)
    return outcome


def test_too_many_calls_name_the_largest_number_and_what_an_outage_takes() -> None:
    """Seventeen hours: 12 in store 960, 4.8 out give 480, 2.4 calls; all 24: 17 in and 6.8 out give 3.4."""
    station, asked = plant(outage=(outage(0, 7),)), Asked(calls=5)
    refusal = reason(station, asked)
    assert "5 calls cannot be reached" == refusal.what.en
    assert (
        "at most 2.4 calls in the 1 season days; the outage of 2026-07-01 00:00 to 2026-07-01 07:00 takes 1.0"
        == refusal.found.en
    )
    assert "--calls 2.4" == refusal.do.en
    assert obeyed(station, asked, refusal).objective_cny < 0


def test_an_outage_outside_the_horizon_is_not_named() -> None:
    refusal = reason(plant(outage=(outage(24, 48),)), Asked(calls=5))
    assert "at most 3.4 calls in the 1 season days" == refusal.found.en


def test_calls_above_the_daily_cap_say_what_the_cap_leaves() -> None:
    station, asked = plant(), Asked(hours=72, calls=4, cycles_per_day=1.0)
    refusal = reason(station, asked)
    assert "3 season days at 1 cycle(s) a day give at most 3 calls" in refusal.found.en
    assert "--calls 3.0" == refusal.do.en
    assert obeyed(station, asked, refusal).discharge_mw.sum() == pytest.approx(600)


def test_calls_already_done_are_part_of_the_option() -> None:
    station = plant()
    refusal = why_infeasible(task_of(station, Asked(calls=5)), station, calls_done=10.0)
    assert "--calls 13.4" == refusal.do.en


def test_losses_at_rest_and_odd_efficiencies_still_give_a_number_that_can_be_asked_for() -> None:
    station = plant(
        charge_efficiency=Decimal("0.937"),
        discharge_efficiency=Decimal("0.911"),
        self_discharge_per_day=Decimal("0.07"),
        outage=(outage(5, 9, 33), outage(31, 40)),
    )
    asked = Asked(hours=64, calls=40, price_e6=tuple(price * 1000 for price in PRICES * 4))
    refusal = why_infeasible(task_of(station, asked), station)
    most = float(refusal.do.en.removeprefix("--calls "))
    task = task_of(station, replace(asked, calls=most))
    assert most <= float(verified(climbed(task, Rung.AUTO, Limits()), task).calls_total)
    with pytest.raises(Infeasible):
        climbed(task_of(station, replace(asked, calls=most + 0.1)), Rung.AUTO, Limits())


@pytest.mark.parametrize(
    ("calls", "text"), [(184.3999, "184.3"), (2.4 - 1e-12, "2.4"), (0.08571, "0.0857"), (0.0, "0.0000")]
)
def test_a_number_of_calls_is_rounded_down(calls: float, text: str) -> None:
    assert text == calls_text(calls)


def test_more_stored_at_the_end_than_can_be_charged_names_the_largest() -> None:
    """Two hours of charging store 160 of 400."""
    station, asked = plant(), Asked(hours=2, final_mwh=400.0)
    refusal = reason(station, asked)
    assert "at most 160.0000 MWh" == refusal.found.en
    assert "--final-stored-ratio 0.4000" == refusal.do.en
    assert [100.0, 100.0] == obeyed(station, asked, refusal).charge_mw.tolist()


def test_less_stored_at_the_end_than_can_be_discharged_names_the_smallest() -> None:
    """An hour of discharging leaves 200 of 400."""
    station, asked = plant(initial_stored_ratio=Decimal(1)), Asked(hours=1, final_mwh=0.0)
    refusal = reason(station, asked)
    assert "at least 200.0000 MWh" == refusal.found.en
    assert "--final-stored-ratio 0.5000" == refusal.do.en
    assert [100.0] == obeyed(station, asked, refusal).discharge_mw.tolist()


def test_a_ratio_that_four_decimals_cannot_tell_gets_more_of_them() -> None:
    """Nothing can move, so that only what is left of 0.123456 after an hour will do."""
    station = plant(initial_stored_ratio=Decimal("0.123456"), outage=(outage(0, 1),))
    asked = Asked(hours=1, final_mwh=0.0)
    refusal = reason(station, asked)
    assert "--final-stored-ratio 0.123456" == refusal.do.en
    assert [0.0] == obeyed(station, asked, refusal).discharge_mw.tolist()


def test_an_end_and_calls_out_of_reach_are_both_in_the_way_out() -> None:
    """Three hours store 240 at most, and then leave no hour for calls."""
    station, asked = plant(), Asked(hours=3, final_mwh=400.0, calls=0.5)
    refusal = reason(station, asked)
    assert "--final-stored-ratio 0.6000 --calls 0.0000" == refusal.do.en
    assert [100.0, 100.0, 100.0] == obeyed(station, asked, refusal).charge_mw.tolist()


def test_a_derating_below_what_is_stored_is_named_with_its_instant() -> None:
    """Full at 400 with no power until one o'clock of the next day, from which on there is room for 200 only."""
    station = plant(
        initial_stored_ratio=Decimal(1),
        outage=(outage(0, 25),),
        change=(Change(from_on=date(2026, 7, 2), energy_mwh=Decimal(100)),),
    )
    refusal = reason(station, Asked(hours=25, final_mwh=200.0))
    assert "stored energy cannot come down to its upper bound in time" == refusal.what.en
    assert "2026-07-02 00:00: at least 400 MWh, upper bound 200" == refusal.found.en


def test_self_discharge_below_the_minimum_is_named_with_its_instant() -> None:
    """Half is lost in a day: after an hour 200 x 0.5^(1/24) = 194.31 of the 200 that must stay."""
    station = plant(
        min_stored_ratio=Decimal("0.5"),
        initial_stored_ratio=Decimal("0.5"),
        self_discharge_per_day=Decimal("0.5"),
        outage=(outage(0, 24),),
    )
    refusal = reason(station, Asked())
    assert "stored energy cannot be held above its lower bound" == refusal.what.en
    assert "2026-07-01 00:00: at most 194.3 MWh, lower bound 200" == refusal.found.en


def test_more_leased_than_an_outage_leaves_is_named_with_its_instant() -> None:
    station = plant(outage=(outage(3, 4, 50),))
    leased = leased_reserve.Terms(leased_power_mw=np.full(24, 60.0), leased_energy_mwh=np.zeros(24))
    refusal = reason(station, Asked(more=(block("leased_reserve", leased),)))
    assert "2026-07-01 03:00: 10.0000 MW too much" == refusal.found.en


def test_wind_above_what_the_connection_and_charging_take_is_named_with_its_instant() -> None:
    """230 MW of wind less 100 MW of charging are 10 above a connection of 120."""
    wind = np.zeros(24)
    wind[5] = 230.0
    asked = Asked(more=(block("grid_connection_limit", grid_connection_limit.Terms(limit_mw=120.0, wind_mw=wind)),))
    refusal = reason(plant(), asked)
    assert "2026-07-01 05:00: 10.0000 MW too much" == refusal.found.en


def idle(model: Any, _station: Any, _terms: Any) -> None:
    model.idle = Constraint(model.steps, rule=lambda m, t: m.charge_mw[t] + m.discharge_mw[t] <= 0)


def test_blocks_that_only_clash_together_are_named() -> None:
    refusal = reason(plant(), Asked(hours=2, final_mwh=80.0, more=(own_block(idle),)))
    assert "without one of these there is a schedule: idle, final_stored_energy" == refusal.found.en
    assert "ease or leave out idle" == refusal.do.en


def solved(station: Station, asked: Asked) -> tuple[Task, Outcome]:
    task = task_of(station, asked)
    return task, climbed(task, Rung.LAZY, Limits())


def explanation(station: Station, asked: Asked) -> Explanation:
    task, outcome = solved(station, asked)
    return explained(task, outcome, verified(outcome, task))


def of(limit: Limit, found: Explanation) -> Binding:
    return next(binding for binding in found.binding if binding.limit is limit)


ARBITRAGE = Asked(hours=16, price_e6=tuple(price * 1000 for price in PRICES))
ODD: dict[str, Any] = {
    "energy_mwh": Decimal("231.7"),
    "charge_efficiency": Decimal("0.95"),
    "discharge_efficiency": Decimal("0.9"),
}
"""No whole number of hours fills or empties the store, so that every price of a limit is unique."""
GOOD = plant(**ODD)


@pytest.mark.parametrize(
    ("limit", "more"),
    [
        (Limit.CHARGE_POWER, {"charge_power_mw": Decimal("100.001")}),
        (Limit.DISCHARGE_POWER, {"power_mw": Decimal("100.001"), "charge_power_mw": Decimal(100)}),
        (Limit.FULL, {"energy_mwh": Decimal("231.7009")}),
    ],
)
def test_the_worth_of_a_limit_is_what_a_thousandth_more_of_it_earns(limit: Limit, more: dict[str, Decimal]) -> None:
    """Both problems solved: 1 kW more of power, or 0.0009 MWh out, which are 0.001 MWh inside the store."""
    _, before = solved(GOOD, ARBITRAGE)
    _, after = solved(plant(**{**ODD, **more}), ARBITRAGE)
    gained_cny = (after.objective_cny - before.objective_cny) * 1000
    assert gained_cny > 1.0
    assert gained_cny == pytest.approx(of(limit, explanation(GOOD, ARBITRAGE)).worth_cny, rel=1e-4)


def test_the_price_of_a_call_is_what_a_thousandth_of_one_more_costs() -> None:
    _, before = solved(GOOD, replace(ARBITRAGE, calls=2.9))
    _, after = solved(GOOD, replace(ARBITRAGE, calls=2.901))
    found = explanation(GOOD, replace(ARBITRAGE, calls=2.9))
    assert (before.objective_cny - after.objective_cny) * 1000 == pytest.approx(found.call_price_cny, rel=1e-4)
    assert found.call_price_cny != 0


def test_a_store_is_at_its_bounds_as_often_as_it_is() -> None:
    """Five cheap hours fill it, two dear ones empty it, three hours of rest leave it empty: full once, empty four times."""
    asked = Asked(hours=10, price_e6=(*(100_000,) * 5, *(900_000,) * 2, *(500_000,) * 3))
    found = explanation(plant(), asked)
    assert {Limit.CHARGE_POWER: 5, Limit.DISCHARGE_POWER: 2, Limit.FULL: 1, Limit.EMPTY: 4} == {
        binding.limit: binding.count for binding in found.binding
    }


def test_days_at_the_daily_cap_are_counted() -> None:
    """Cheap nights, dear evenings: a full cycle on each of two days, all that the cap leaves."""
    day = (*(100_000,) * 12, *(900_000,) * 12)
    found = explanation(plant(), Asked(hours=48, cycles_per_day=1.0, price_e6=(*day, *day)))
    assert Binding(limit=Limit.DAILY_CAP, count=2) == of(Limit.DAILY_CAP, found)
    assert "at the daily cap: 2 day(s)" == of(Limit.DAILY_CAP, found).words.en


def test_without_the_worth_of_stored_energy_limits_are_counted_and_not_priced() -> None:
    task, outcome = solved(GOOD, ARBITRAGE)
    unknown = replace(outcome, stored_worth_cny_per_mwh=None)
    found = explained(task, unknown, verified(unknown, task))
    assert found.binding
    assert {None} == {binding.worth_cny for binding in found.binding}


def test_a_binding_limit_reads_the_same_in_both_languages() -> None:
    words = Binding(limit=Limit.FULL, count=12, worth_cny=345.678).words
    assert "储能充满：12 个时段，多 1 MWh值 345.68 元" == words.zh
    assert "store full: 12 step(s), 1 MWh more is worth 345.68 元" == words.en
