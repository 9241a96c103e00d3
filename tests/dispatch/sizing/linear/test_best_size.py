"""The best size of small cases, worked by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from size_cases import EVENING, FREE, NOTHING_SPENT, REFERENCE, Asked, case, limits, station, task

from dispatch.blocks import ramp_limits
from dispatch.outcome import Limits, NoSchedule, Status
from dispatch.sizing.linear import (
    Found,
    Investment,
    SizeLimit,
    Worth,
    Year,
    best_of,
    best_size,
    write_sizing,
)
from dispatch.task import Task, block, own_block
from tariffs.station_parts import Outage, OutageCause
from tariffs.vocabulary.errors import HuchuError, InputError, UsageError

TWO_PRICES = [10.0, 510.0]
"""One hour to charge in, one to discharge in: each MW that lasts an hour earns 500, more hours earn nothing."""
FOUR_PRICES = [10.0, 10.0, 510.0, 110.0]
"""Two hours to charge in; the first hour of discharge earns 500 a MW, the second 100."""


def found(worth: Worth = FREE, prices: list[float] = TWO_PRICES, **bounds: Any) -> Found:
    year = Year(task=task(station(len(prices)), prices), weight=1.0)
    more = {"investment": bounds.pop("investment")} if "investment" in bounds else {}
    return best_of(case([year], limits(bounds.pop("power", 10.0), **bounds), worth, **more), Limits())


def prices_of(answer: Found) -> dict[SizeLimit, float | None]:
    return {each.limit: each.worth_cny for each in answer.binding}


def test_power_grows_to_its_limit_where_each_mw_earns_more_than_it_costs() -> None:
    """10 MW * (500 - 100) - 10 MWh * 150."""
    answer = found(Worth(power_cny_per_mw=-100.0, energy_cny_per_mwh=-150.0))
    assert (10.0, 10.0) == pytest.approx((answer.power_mw, answer.energy_mwh))
    assert pytest.approx(2500.0) == answer.present_value_cny
    assert Status.OPTIMAL is answer.status


def test_the_prices_of_the_limits_say_what_one_more_of_each_is_worth() -> None:
    """One MW more brings 500 - 100 - 2 * 150; an hour more of least duration costs 10 MWh * 150."""
    answer = found(Worth(power_cny_per_mw=-100.0, energy_cny_per_mwh=-150.0), min_duration_h=2)
    expected = {SizeLimit.MAX_POWER: 100.0, SizeLimit.MIN_DURATION: -1500.0}
    assert pytest.approx(expected) == prices_of(answer)


def test_duration_grows_until_the_next_hour_earns_less_than_it_costs() -> None:
    """The second hour earns 100 for each MW, and energy costs 90: worth it; at 110 it is not."""
    cheap = found(Worth(power_cny_per_mw=0.0, energy_cny_per_mwh=-90.0), FOUR_PRICES)
    dear = found(Worth(power_cny_per_mw=0.0, energy_cny_per_mwh=-110.0), FOUR_PRICES)
    assert [20.0, 10.0] == pytest.approx([cheap.energy_mwh, dear.energy_mwh])
    assert [10 * (600.0 - 180.0), 10 * (500.0 - 110.0)] == pytest.approx(
        [cheap.present_value_cny, dear.present_value_cny]
    )


def test_a_limit_on_energy_takes_duration_before_power_where_the_first_hour_earns_most() -> None:
    """12 MWh as 12 MW for an hour earn 6,000; as 6 MW for two hours only 3,600."""
    answer = found(FREE, FOUR_PRICES, power=20.0, max_energy_mwh=12.0)
    assert (12.0, 12.0, 6000.0) == pytest.approx((answer.power_mw, answer.energy_mwh, answer.present_value_cny))
    assert pytest.approx(500.0) == prices_of(answer)[SizeLimit.MAX_ENERGY]


def test_money_that_may_be_spent_limits_the_size() -> None:
    """1,050 less 50 whatever the size; a MW and its hour cost 100 + 150, so 4 MW, which earn 2,000."""
    cost = Investment(power_cny_per_mw=100.0, energy_cny_per_mwh=150.0, fixed_cny=50.0)
    answer = found(FREE, max_investment_cny=1050.0, investment=cost)
    assert (4.0, 4.0, 2000.0) == pytest.approx((answer.power_mw, answer.energy_mwh, answer.present_value_cny))
    assert pytest.approx(2.0) == prices_of(answer)[SizeLimit.MAX_INVESTMENT]


def test_energy_is_bought_for_support_alone_while_it_costs_less() -> None:
    """Four hours are asked: each MWh supports a quarter MW, worth 400 / 4 = 100, and costs 60."""
    worth = Worth(power_cny_per_mw=-500.0, energy_cny_per_mwh=-60.0, supported_cny_per_mw=400.0, peak_h=4.0)
    answer = found(worth)
    assert (10.0, 40.0) == pytest.approx((answer.power_mw, answer.energy_mwh))
    assert pytest.approx(10 * 500 - 10 * 500 - 40 * 60 + 10 * 400) == answer.present_value_cny


def test_support_without_hours_is_paid_for_the_power() -> None:
    answer = found(Worth(power_cny_per_mw=0.0, energy_cny_per_mwh=-1.0, supported_cny_per_mw=7.0))
    assert pytest.approx(10 * (500 - 1 + 7)) == answer.present_value_cny


def test_nothing_is_built_where_every_size_loses() -> None:
    answer = found(Worth(power_cny_per_mw=-400.0, energy_cny_per_mwh=-150.0))
    assert not answer.is_worth_building
    assert (0.0, 0.0, 0.0) == (answer.power_mw, answer.energy_mwh, answer.present_value_cny)
    assert answer.least_loss is None
    assert () == answer.binding


def test_the_least_loss_is_told_where_some_power_is_asked() -> None:
    """3 MW * (500 - 550)."""
    answer = found(Worth(power_cny_per_mw=-400.0, energy_cny_per_mwh=-150.0), min_power_mw=3.0)
    assert not answer.is_worth_building
    assert answer.least_loss is not None
    loss = answer.least_loss
    assert (3.0, 3.0, -150.0) == pytest.approx((loss.power_mw, loss.energy_mwh, loss.present_value_cny))


def test_what_hangs_on_no_size_decides_whether_anything_is_built() -> None:
    """The best size earns 2,500 without it."""
    just, not_quite = (
        found(Worth(power_cny_per_mw=-100.0, energy_cny_per_mwh=-150.0, fixed_cny=fixed))
        for fixed in (-2499.0, -2501.0)
    )
    assert pytest.approx(1.0) == just.present_value_cny
    assert not not_quite.is_worth_building
    assert not_quite.least_loss is not None
    assert pytest.approx(-1.0) == not_quite.least_loss.present_value_cny


def test_years_count_by_their_weight_and_by_what_of_the_energy_is_left() -> None:
    """4 MWh of 10 MW: all of it for 3 years, half for 2; 500 for each MWh."""
    own = task(station(2), TWO_PRICES)
    years = [Year(task=own, weight=3.0), Year(task=own, weight=2.0, energy_ratio=0.5)]
    asked = case(years, limits(10.0, min_duration_h=0.1, max_energy_mwh=4.0))
    answer = best_of(asked, Limits())
    assert pytest.approx(4 * 500 * 3 + 2 * 500 * 2) == answer.present_value_cny
    assert pytest.approx(4.0) == answer.energy_mwh


def calls_case(counts_usable: bool) -> Found:
    """Discharge in season pays 100 less than it costs; 0.8 calls are asked of a store of which half is left."""
    own = task(station(4), [10.0, 510.0, 200.0, 100.0], Asked(calls=0.4, season=[0, 0, 0, 1]))
    year = Year(task=own, weight=1.0, energy_ratio=0.5)
    bounds = limits(10.0, max_duration_h=1)
    return best_of(case([year], bounds, counts_usable=counts_usable), Limits())


def test_calls_are_counted_against_rated_energy_unless_usable_energy_is_asked_for() -> None:
    """10 MWh rated, 5 usable, all sold at 510; calls give 4 MWh, or 2, bought at 200 and sold at 100."""
    assert pytest.approx(5 * 500 - 4 * 100) == calls_case(counts_usable=False).present_value_cny
    assert pytest.approx(5 * 500 - 2 * 100) == calls_case(counts_usable=True).present_value_cny


def test_a_daily_cap_is_of_the_usable_energy() -> None:
    """Half of 5 MWh may be given on the day, at 500 each."""
    year = Year(task=task(station(2), TWO_PRICES, Asked(cycles_per_day=0.5)), weight=1.0, energy_ratio=0.5)
    answer = best_of(case([year], limits(10.0, max_duration_h=1)), Limits())
    assert pytest.approx(2.5 * 500) == answer.present_value_cny


def test_own_use_grows_with_the_power() -> None:
    """10 MW use 0.5 MW of their own in both hours, at 10 and at 510 元/MWh."""
    year = Year(task=task(station(2, auxiliary_mw=0.5), TWO_PRICES, Asked(has_auxiliary=True)), weight=1.0)
    answer = best_of(case([year], limits(10.0)), Limits())
    assert pytest.approx(10 * 500 - 0.5 * 10 - 0.5 * 510) == answer.present_value_cny


def test_a_schedule_never_does_both_at_once_even_where_burning_energy_pays() -> None:
    """Two hours fill the store; in the third, charging 10 and discharging 5 would earn 500 more, which is cut off."""
    year = Year(task=task(station(4, charge_efficiency=0.5), [-100.0, -100.0, -100.0, 0.0]), weight=1.0)
    asked = case([year], limits(10.0, max_duration_h=1))
    answer = best_of(asked, Limits())
    assert answer.kept_apart
    assert (2500.0, 2000.0) == pytest.approx((answer.relaxed_cny, answer.present_value_cny))


def test_no_size_is_refused_where_none_can_make_the_calls() -> None:
    """Two hours allow one full discharge at most, whatever the size; of nothing, every number of calls is nothing."""
    year = Year(task=task(station(2), TWO_PRICES, Asked(calls=1.5)), weight=1.0)
    with pytest.raises(NoSchedule, match="no size within the limits") as refused:
        best_of(case([year], limits(10.0)), Limits())
    assert "1.5 calls" in str(refused.value)


def test_limits_that_leave_no_size_are_refused() -> None:
    cost = Investment(power_cny_per_mw=100.0, energy_cny_per_mwh=0.0, fixed_cny=50.0)
    with pytest.raises(NoSchedule, match="no size within the limits"):
        found(FREE, max_investment_cny=40.0, investment=cost)


def with_outage(own: Task) -> Task:
    outage = Outage(
        from_at=EVENING,
        until_at=EVENING + timedelta(hours=1),
        power_available_mw=Decimal(5),
        cause=OutageCause.OWN,
    )
    return replace(own, station=replace(own.station, outages=(outage,)))


def with_ramp(own: Task) -> Task:
    return replace(own, blocks=(*own.blocks, block("ramp_limits", ramp_limits.Terms(ramp_mw_per_min=1.0))))


def says_nothing(_model: Any, _station: Any, _terms: Any) -> None:
    """A block that adds no constraint."""


def with_own_block(own: Task) -> Task:
    return replace(own, blocks=(*own.blocks, own_block(says_nothing)))


@pytest.mark.parametrize("changed", [with_outage, with_ramp, with_own_block])
def test_what_does_not_grow_with_the_size_is_refused(changed: Callable[[Task], Task]) -> None:
    year = Year(task=changed(task(station(2), TWO_PRICES)), weight=1.0)
    with pytest.raises(UsageError, match="whose size is not chosen"):
        case([year], limits(10.0))


def test_a_year_without_weight_and_support_that_costs_are_refused() -> None:
    with pytest.raises(InputError, match="weight"):
        Year(task=task(station(2), TWO_PRICES), weight=0.0)
    with pytest.raises(InputError, match="supported power"):
        Worth(power_cny_per_mw=0.0, energy_cny_per_mwh=0.0, supported_cny_per_mw=-1.0)
    with pytest.raises(InputError, match="not finite"):
        Worth(power_cny_per_mw=float("nan"), energy_cny_per_mwh=0.0)
    with pytest.raises(UsageError, match="typical year"):
        case([], limits(10.0))


def test_twice_the_limits_give_twice_the_size_and_the_worth() -> None:
    """Without fixed amounts present value is power times a function of the duration."""
    plant = station(6, charge_efficiency=0.9, discharge_efficiency=0.95)
    year = Year(task=task(plant, [50.0, -20.0, 300.0, 100.0, 20.0, 400.0]), weight=4.0)
    worth = Worth(power_cny_per_mw=-200.0, energy_cny_per_mwh=-500.0)
    one, two = (best_of(case([year], limits(power), worth), Limits()) for power in (7.0, 14.0))
    assert one.is_worth_building
    expected = (2 * one.power_mw, 2 * one.energy_mwh, 2 * one.present_value_cny)
    assert pytest.approx(expected) == (two.power_mw, two.energy_mwh, two.present_value_cny)


def test_the_one_call_is_the_case_put_together() -> None:
    year = Year(task=task(station(2), TWO_PRICES), weight=1.0)
    answer = best_size([year], REFERENCE, limits(10.0), NOTHING_SPENT, FREE, Limits())
    assert pytest.approx(5000.0) == answer.present_value_cny


@pytest.mark.parametrize("ending", [".lp", ".mps"])
def test_the_model_is_written_with_readable_names(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"size{ending}"
    year = Year(task=task(station(2, initial_stored_mwh=1.0), TWO_PRICES), weight=1.0)
    write_sizing(case([year, year], limits(10.0, max_energy_mwh=12.0)), path)
    text = path.read_text(encoding="utf-8")
    for name in ("power_mw", "most_energy", "year(1)_energy_balance(2)", "year(0)_initial_stored_energy"):
        assert name in text


def test_a_model_is_written_in_no_other_form(tmp_path: Path) -> None:
    year = Year(task=task(station(2), TWO_PRICES), weight=1.0)
    with pytest.raises(HuchuError, match="no model is written"):
        write_sizing(case([year], limits(10.0)), tmp_path / "size.txt")
