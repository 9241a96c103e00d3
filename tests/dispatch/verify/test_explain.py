"""Why there is no schedule; figures by hand where they are given.

The station charges at 0.8 and discharges at 0.5: an hour of charging stores 80 MWh, an hour of discharging draws 200 and
gives 100; the store holds 400, which a full discharge of 200 MWh needs.
"""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from asked_plans import PRICES, Asked, outage, plant, task_of
from pyomo.core import Constraint

from dispatch.blocks import grid_connection_limit, leased_reserve
from dispatch.explain import why_infeasible
from dispatch.explain.calls import calls_text
from dispatch.ladder import climbed
from dispatch.outcome import Infeasible, Limits, NoSchedule, Outcome, Rung
from dispatch.task import block, own_block
from dispatch.verify import verified
from tariffs.stations import Change, Station


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


def test_an_outage_that_takes_nothing_is_not_named() -> None:
    refusal = reason(plant(outage=(outage(0, 7, 100),)), Asked(calls=5))
    assert "at most 3.4 calls in the 1 season days" == refusal.found.en


def test_calls_above_the_daily_cap_say_what_the_cap_leaves() -> None:
    station, asked = plant(), Asked(hours=72, calls=4, cycles_per_day=1.0)
    refusal = reason(station, asked)
    assert "3 season days at 1 cycle(s) a day give at most 3 calls" in refusal.found.en
    assert "--calls 3.0, or --max-cycles-per-day 1.34" == refusal.do.en
    assert obeyed(station, asked, refusal).discharge_mw.sum() == pytest.approx(600)
    eased = task_of(station, replace(asked, cycles_per_day=1.34))
    assert 4 <= verified(climbed(eased, Rung.AUTO, Limits()), eased).calls_total


def test_a_larger_cap_is_no_way_out_where_power_does_not_allow_it_either() -> None:
    refusal = reason(plant(), Asked(hours=24, calls=5, cycles_per_day=1.0))
    assert "--calls 1.0" == refusal.do.en


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


def test_more_stored_at_the_end_than_fits_names_what_fits() -> None:
    station, asked = plant(), Asked(hours=10, final_mwh=500.0)
    refusal = reason(station, asked)
    assert "at most 400.0000 MWh" == refusal.found.en
    assert "--final-stored-ratio 1.0000" == refusal.do.en


@pytest.mark.parametrize(("final_mwh", "side"), [(300.0, "at most"), (100.0, "at least")])
def test_what_is_lost_at_rest_is_gone_at_the_end(final_mwh: float, side: str) -> None:
    """Half of 400 is lost in the day of an outage, no more and no less."""
    station = plant(initial_stored_ratio=Decimal(1), self_discharge_per_day=Decimal("0.5"), outage=(outage(0, 24),))
    refusal = reason(station, Asked(final_mwh=final_mwh))
    assert f"{side} 200.0000 MWh" == refusal.found.en
    assert "--final-stored-ratio 0.5000" == refusal.do.en


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
    """230 MW of wind less 80 MW of charging are 30 above a connection of 120."""
    wind = np.zeros(24)
    wind[5] = 230.0
    asked = Asked(more=(block("grid_connection_limit", grid_connection_limit.Terms(limit_mw=120.0, wind_mw=wind)),))
    refusal = reason(plant(charge_power_mw=Decimal(80)), asked)
    assert "2026-07-01 05:00: 30.0000 MW too much" == refusal.found.en
    assert "raise the limit by at least 30.0000 MW" == refusal.do.en


def test_own_use_above_what_the_connection_and_discharging_give_is_named_with_its_instant() -> None:
    """30 MW of own use less the 5 MW that an outage leaves are 15 above a connection of 10."""
    limit = grid_connection_limit.Terms(limit_mw=10.0, wind_mw=np.zeros(24))
    asked = Asked(more=(block("auxiliary_use"), block("grid_connection_limit", limit)))
    refusal = reason(plant(auxiliary_mw=Decimal(30), outage=(outage(7, 8, 5),)), asked)
    assert "2026-07-01 07:00: 15.0000 MW too much" == refusal.found.en


def idle(model: Any, _station: Any, _terms: Any) -> None:
    model.idle = Constraint(model.steps, rule=lambda m, t: m.charge_mw[t] + m.discharge_mw[t] <= 0)


def test_blocks_that_only_clash_together_are_named() -> None:
    refusal = reason(plant(), Asked(hours=2, final_mwh=80.0, more=(own_block(idle),)))
    assert "without one of these there is a schedule: idle, final_stored_energy" == refusal.found.en
    assert "ease or leave out idle" == refusal.do.en
