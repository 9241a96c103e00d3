"""What the limits of a schedule are worth: the price against the same plan with a little more of the limit."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from asked_plans import PRICES, Asked, plant, task_of

from dispatch.blocks import leased_reserve
from dispatch.explain import Binding, Explanation, Limit, explained
from dispatch.ladder import climbed
from dispatch.outcome import Limits, Outcome, Rung
from dispatch.task import Task, block
from dispatch.verify import verified
from tariffs.stations import Station


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


def test_the_worth_of_discharging_power_holds_the_price_of_calls() -> None:
    asked = replace(ARBITRAGE, calls=2.9)
    _, before = solved(GOOD, asked)
    _, after = solved(plant(**ODD, power_mw=Decimal("100.001"), charge_power_mw=Decimal(100)), asked)
    gained_cny = (after.objective_cny - before.objective_cny) * 1000
    assert gained_cny == pytest.approx(of(Limit.DISCHARGE_POWER, explanation(GOOD, asked)).worth_cny, rel=1e-4)


@pytest.mark.parametrize("rung", [Rung.LAZY, Rung.PROGRAM])
def test_where_several_prices_of_a_limit_are_right_none_is_below_what_more_of_it_earns(rung: Rung) -> None:
    """Two hours empty the store exactly: a little more power alone earns less than a little less would cost."""
    task = task_of(plant(), ARBITRAGE)
    outcome = climbed(task, rung, Limits())
    worth = of(Limit.DISCHARGE_POWER, explained(task, outcome, verified(outcome, task))).worth_cny
    more = climbed(
        task_of(plant(power_mw=Decimal("100.001"), charge_power_mw=Decimal(100)), ARBITRAGE), Rung.PROGRAM, Limits()
    )
    assert worth is not None
    assert (more.objective_cny - outcome.objective_cny) * 1000 <= worth + 1e-3


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


def test_beside_a_daily_cap_the_worth_of_discharging_power_is_not_claimed() -> None:
    day = (*(100_000,) * 12, *(900_000,) * 12)
    found = explanation(plant(), Asked(hours=48, cycles_per_day=1.0, price_e6=(*day, *day)))
    assert of(Limit.DISCHARGE_POWER, found).worth_cny is None
    assert of(Limit.CHARGE_POWER, found).worth_cny is not None


def test_the_limits_are_those_that_a_lease_leaves() -> None:
    """Leased are 40 MW and 50 MWh, 100 MWh inside the store: 60 MW for 6.25 hours fill the 300 that are left."""
    leased = leased_reserve.Terms(leased_power_mw=np.full(12, 40.0), leased_energy_mwh=np.full(12, 50.0))
    asked = Asked(hours=12, price_e6=(*(100_000,) * 8, *(900_000,) * 4), more=(block("leased_reserve", leased),))
    found = explanation(plant(), asked)
    assert of(Limit.CHARGE_POWER, found).count >= 6
    assert of(Limit.FULL, found).count >= 1
    assert {None} == {binding.worth_cny for binding in found.binding}


def test_without_the_worth_of_stored_energy_limits_are_counted_and_not_priced() -> None:
    task, outcome = solved(GOOD, ARBITRAGE)
    unknown = replace(outcome, stored_worth_cny_per_mwh=None)
    found = explained(task, unknown, verified(unknown, task))
    assert found.binding
    assert {None} == {binding.worth_cny for binding in found.binding}


def test_a_binding_limit_reads_the_same_in_both_languages() -> None:
    words = Binding(limit=Limit.FULL, count=12, worth_cny=345.678).words
    assert "储能充满：12 个时段，多 1 MWh 至多值 345.68 元" == words.zh
    assert "store full: 12 step(s), 1 MWh more is worth at most 345.68 CNY" == words.en
