"""Cases of size: by hand with few steps, and random small ones. Present value by the scheduler, not by the sizing model."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import strategies as st

from dispatch.arrays import Floats
from dispatch.blocks import daily_cycle_cap, final_stored_energy, season_calls, wear_cost
from dispatch.horizon import Horizon
from dispatch.ladder import climbed
from dispatch.objectives import market_revenue, regulated_revenue
from dispatch.outcome import Infeasible, Limits, Rung
from dispatch.sizing.inputs.project import Size, SizeLimits
from dispatch.sizing.linear import Investment, SizeCase, Worth, Year, task_at
from dispatch.station.steps import StationSteps
from dispatch.task import Block, StepPrices, Task, block, objective
from tariffs.vocabulary.timegrid import ZONE, physical

CHAIN = ("power_limits", "energy_balance", "stored_energy_bounds")
EVENING = datetime(2026, 7, 1, 20, tzinfo=ZONE)
REFERENCE = Size(power_mw=Decimal(10), energy_mwh=Decimal(20))
FREE = Worth(power_cny_per_mw=0.0, energy_cny_per_mwh=0.0)
NOTHING_SPENT = Investment(power_cny_per_mw=0.0, energy_cny_per_mwh=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the schedules besides their physics; nothing leaves a block out."""

    calls: float | None = None
    season: Sequence[float] | None = None
    cycles_per_day: float | None = None
    wear_cny: float = 0.0
    has_auxiliary: bool = False


PLAIN = Asked()


def station(count: int, **changes: Any) -> StationSteps:
    """10 MW and 20 MWh without losses, empty at first; figures of the reference size."""
    figures: dict[str, Any] = {
        "charge_limit_mw": 10.0,
        "discharge_limit_mw": 10.0,
        "energy_mwh": 20.0,
        "min_stored_mwh": 0.0,
        "max_stored_mwh": 20.0,
        "charge_efficiency": 1.0,
        "discharge_efficiency": 1.0,
        "kept_ratio": 1.0,
        "initial_stored_mwh": 0.0,
        "auxiliary_mw": 0.0,
        **changes,
    }
    for name in ("charge_limit_mw", "discharge_limit_mw", "energy_mwh", "min_stored_mwh", "max_stored_mwh"):
        figures[name] = np.broadcast_to(np.asarray(figures[name], dtype=float), (count,)).copy()
    horizon = Horizon(first_ms=physical(EVENING), minutes=60, count=count)
    return StationSteps(station_id="A", horizon=horizon, **figures)


def task(plant: StationSteps, price: Sequence[float] | Floats, asked: Asked = PLAIN) -> Task:
    """A task of the reference at market prices, the same for both legs, that ends with what it begins with."""
    paid = np.asarray(price, dtype=float)
    terms = market_revenue.Terms(charge_price_cny_per_mwh=paid, discharge_price_cny_per_mwh=paid)
    return _task(plant, asked, "market_revenue", terms)


def regulated_task(plant: StationSteps, asked: Asked) -> Task:
    """A task of the reference at 0.5 and 1.2 of the benchmark price."""
    each = np.ones(plant.horizon.count)
    terms = regulated_revenue.Terms(
        benchmark_cny_per_mwh=415.5 * each, charge_price_ratio=0.5 * each, discharge_price_ratio=1.2 * each
    )
    return _task(plant, asked, "regulated_revenue", terms)


def _task(plant: StationSteps, asked: Asked, name: str, terms: object) -> Task:
    count = plant.horizon.count
    blocks: list[Block] = [block(each) for each in CHAIN]
    if asked.has_auxiliary:
        blocks.append(block("auxiliary_use"))
    blocks.append(block("exclusive_modes"))
    blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=plant.initial_stored_mwh)))
    if asked.calls is not None:
        season = np.ones(count) if asked.season is None else np.asarray(asked.season, float)
        blocks.append(block("season_calls", season_calls.Terms(calls=asked.calls, in_season=season)))
    if asked.cycles_per_day is not None:
        blocks.append(block("daily_cycle_cap", daily_cycle_cap.Terms(cycles_per_day=asked.cycles_per_day)))
    if asked.wear_cny:
        blocks.append(block("wear_cost", wear_cost.Terms(wear_cost_cny_per_mwh=asked.wear_cny)))
    nothing = np.zeros(count, np.int64)
    return Task(
        station=plant,
        prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
        in_season=np.ones(count, np.bool_),
        blocks=tuple(blocks),
        objective=objective(name, terms),
    )


def case(years: Sequence[Year], limits: SizeLimits, worth: Worth = FREE, **changes: Any) -> SizeCase:
    """A case of the reference size, investment counted only if given."""
    figures: dict[str, Any] = {"investment": NOTHING_SPENT, **changes}
    return SizeCase(years=tuple(years), reference=REFERENCE, limits=limits, worth=worth, **figures)


def limits(power: float, **changes: Any) -> SizeLimits:
    """At most so much power, 1 to 4 hours unless told otherwise."""
    figures = {"max_duration_h": 4, **changes}
    return SizeLimits(max_power_mw=Decimal(str(power)), **{name: Decimal(str(each)) for name, each in figures.items()})


def planned_worth_cny(asked: SizeCase, power_mw: float, energy_mwh: float) -> float:
    """What a size is worth: each year's best schedule by the scheduler of one station, and the rest by hand.

    Minus infinity for a size without a schedule.
    """
    worth = asked.worth
    lasting_mw = energy_mwh / worth.peak_h if worth.peak_h else power_mw
    supported = min(power_mw, lasting_mw)
    # the dynamic program takes days of uneven limits under a cap for impossible; binaries everywhere do not
    is_capped = any("daily_cycle_cap" in year.task.block_names for year in asked.years)
    total = worth.fixed_cny + worth.power_cny_per_mw * power_mw + worth.energy_cny_per_mwh * energy_mwh
    total += worth.supported_cny_per_mw * supported
    for year in asked.years:
        try:
            found = climbed(task_at(asked, year, power_mw, energy_mwh), Rung.MILP if is_capped else Rung.AUTO, Limits())
        except Infeasible:
            return -np.inf
        total += year.weight * found.objective_cny
    return total


def sizes_within(asked: SizeCase, powers: int, durations: int) -> list[tuple[float, float]]:
    """A grid of powers and durations, ends included, within all limits of the size."""
    terms = asked.limit_terms
    found = []
    for power in np.linspace(max(terms.least_power_mw, 0.05), terms.most_power_mw, powers):
        for hours in np.linspace(terms.least_duration_h, terms.most_duration_h, durations):
            energy = float(power * hours)
            spent = terms.power_cost_cny_per_mw * power + terms.energy_cost_cny_per_mwh * energy
            if energy <= terms.most_energy_mwh and spent <= terms.most_investment_cny:
                found.append((float(power), energy))
    return found


@st.composite
def random_cases(draw: st.DrawFn, most_steps: int = 8) -> SizeCase:
    """One or two years of a few hours from eight in the evening on; limits, calls, caps and support now and then."""
    count = draw(st.integers(3, most_steps))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    asked = Asked(
        calls=float(random.choice([0.2, 0.6])) if draw(st.booleans()) else None,
        season=random.choice([0.0, 1.0], count, p=[0.3, 0.7]).tolist(),
        cycles_per_day=float(random.choice([0.5, 0.9])) if draw(st.booleans()) else None,
        wear_cny=float(random.choice([0.0, 12.5])),
        has_auxiliary=draw(st.booleans()),
    )
    plant = _random_station(random, count, has_auxiliary=asked.has_auxiliary)
    is_regulated = draw(st.booleans())
    years = []
    for _ in range(draw(st.integers(1, 2))):
        prices = np.round(random.normal(80.0, 150.0, count), 2)
        own = regulated_task(plant, asked) if is_regulated else task(plant, prices, asked)
        ratio = float(random.choice([1.0, 0.8]))
        years.append(Year(task=own, weight=float(random.choice([1.0, 2.5])), energy_ratio=ratio))
    return case(
        years,
        _random_limits(random),
        _random_worth(random),
        investment=Investment(power_cny_per_mw=40.0, energy_cny_per_mwh=90.0, fixed_cny=10.0),
        counts_usable=draw(st.booleans()),
    )


def _random_station(random: np.random.Generator, count: int, *, has_auxiliary: bool) -> StationSteps:
    least = float(random.choice([0.0, 2.0]))
    return station(
        count,
        charge_limit_mw=random.choice([10.0, 8.0, 0.0], count, p=[0.8, 0.1, 0.1]),
        discharge_limit_mw=random.choice([10.0, 9.0, 0.0], count, p=[0.8, 0.1, 0.1]),
        min_stored_mwh=least,
        max_stored_mwh=20.0,
        charge_efficiency=float(random.choice([1.0, 0.9, 0.7])),
        discharge_efficiency=float(random.choice([1.0, 0.95, 0.8])),
        kept_ratio=float(random.choice([1.0, 0.999])),
        initial_stored_mwh=least + float(random.choice([0.0, 1.0])),
        auxiliary_mw=0.5 if has_auxiliary else 0.0,
    )


def _random_limits(random: np.random.Generator) -> SizeLimits:
    more: dict[str, float] = {}
    if random.random() < 0.5:
        more["max_energy_mwh"] = 25.0
    if random.random() < 0.5:
        more["max_investment_cny"] = 2000.0
    if random.random() < 0.3:
        more["min_power_mw"] = 3.0
    return limits(12.0, min_duration_h=random.choice([0.5, 1.0]), **more)


def _random_worth(random: np.random.Generator) -> Worth:
    return Worth(
        power_cny_per_mw=-float(random.choice([0.0, 20.0, 90.0])),
        energy_cny_per_mwh=-float(random.choice([0.0, 30.0, 120.0])),
        supported_cny_per_mw=float(random.choice([0.0, 150.0])),
        peak_h=float(random.choice([0.0, 2.0])) or None,
        fixed_cny=-float(random.choice([0.0, 50.0])),
    )
