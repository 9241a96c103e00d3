"""A station and its prices as the dynamic program sees them: everything per MWh inside the store."""

from dataclasses import dataclass, replace

import numpy as np

from dispatch.arrays import Flags, Floats, Integers
from dispatch.outcome import Infeasible, NotApplicable
from dispatch.task import Task
from tariffs.vocabulary.errors import Words

KNOWN_BLOCKS = frozenset(
    {
        "daily_cycle_cap",
        "energy_balance",
        "exclusive_modes",
        "final_stored_energy",
        "grid_connection_limit",
        "leased_reserve",
        "power_limits",
        "season_calls",
        "stored_energy_bounds",
        "wear_cost",
    }
)
ROUNDING_RATIO = 1e-9
"""A bound may be missed by this share through rounding."""
NEEDED_BLOCKS = frozenset({"energy_balance", "power_limits", "stored_energy_bounds"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What may go into and out of the store in each step, in MWh inside the store.

    Shape   arrays have one figure a step; the end may lie anywhere from `end_low_mwh` to `end_high_mwh`
    """

    gain_mwh: Floats
    drain_mwh: Floats
    low_mwh: Floats
    high_mwh: Floats
    kept_ratio: float
    initial_mwh: float
    end_low_mwh: float
    end_high_mwh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one MWh costs to put into the store and earns when taken out, in each step, 元 per MWh inside the store."""

    buy: Floats
    sell: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A task in the terms of the dynamic program.

    Shape   `calls_per_mwh` is what one MWh taken out of the store counts towards the calls of the season;
            `exclusive` says whether charging and discharging in one step are forbidden; `day_drain_mwh` is the most
            that may be taken out of the store on a day, given at each of its steps; nothing without a cap
    """

    store: Store
    worth: Worth
    calls_per_mwh: Floats
    calls_wanted: float
    exclusive: bool
    day_of_step: Integers
    day_drain_mwh: Floats | None
    charge_mw_per_gain: float
    discharge_mw_per_drain: float

    def at_call_price(self, call_price_cny: float) -> Worth:
        """The worth of energy when each call is paid for as well."""
        return replace(self.worth, sell=self.worth.sell + call_price_cny * self.calls_per_mwh)


def case_of(task: Task) -> Case:
    """The task in the terms of the dynamic program.

    Raises  NotApplicable if a listed block or the objective is unknown to it
    """
    names = set(task.block_names)
    if not names >= NEEDED_BLOCKS or not names <= KNOWN_BLOCKS:
        odd = ", ".join(sorted((names - KNOWN_BLOCKS) | (NEEDED_BLOCKS - names)))
        raise NotApplicable(Words(f"约束 {odd}", f"blocks {odd}"))
    station = task.station
    charge_price, discharge_price = _prices(task)
    charge_mw, discharge_mw = _power_limits(task)
    high_mwh = _upper_stored(task)
    end_mwh, cap = _end(task, high_mwh), task.terms("daily_cycle_cap")
    inward, outward = station.hours * station.charge_efficiency, station.hours / station.discharge_efficiency
    store = Store(
        gain_mwh=charge_mw * inward,
        drain_mwh=discharge_mw * outward,
        low_mwh=_array(station.min_stored_mwh, station.horizon.count),
        high_mwh=high_mwh,
        kept_ratio=float(station.kept_ratio),
        initial_mwh=float(station.initial_stored_mwh),
        end_low_mwh=end_mwh[0],
        end_high_mwh=end_mwh[1],
    )
    worth = Worth(buy=charge_price / station.charge_efficiency, sell=discharge_price * station.discharge_efficiency)
    return Case(
        store=store,
        worth=worth,
        calls_per_mwh=_calls_per_mwh(task),
        calls_wanted=task.calls_wanted,
        exclusive="exclusive_modes" in names,
        day_of_step=station.horizon.day_of_step,
        day_drain_mwh=None if cap is None else cap.cycles_per_day * station.energy_mwh / station.discharge_efficiency,
        charge_mw_per_gain=1.0 / inward,
        discharge_mw_per_drain=1.0 / outward,
    )


def _array(figures: Floats | Flags | float, count: int) -> Floats:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(figures, dtype=np.float64), (count,)))


def _prices(task: Task) -> tuple[Floats, Floats]:
    terms, count = task.objective.terms, task.station.horizon.count
    match task.objective.name:
        case "market_revenue":
            charge, discharge = terms.charge_price_cny_per_mwh, terms.discharge_price_cny_per_mwh  # type: ignore[attr-defined]
        case "regulated_revenue":
            benchmark = _array(terms.benchmark_cny_per_mwh, count)  # type: ignore[attr-defined]
            charge = benchmark * terms.charge_price_ratio  # type: ignore[attr-defined]
            discharge = benchmark * terms.discharge_price_ratio  # type: ignore[attr-defined]
        case other:
            raise NotApplicable(Words(f"目标 {other}", f"objective {other}"))
    wear = task.terms("wear_cost")
    wear_cny_per_mwh = 0.0 if wear is None else wear.wear_cost_cny_per_mwh
    return _array(charge, count), _array(discharge, count) - wear_cny_per_mwh


def _power_limits(task: Task) -> tuple[Floats, Floats]:
    station, count = task.station, task.station.horizon.count
    charge, discharge = _array(station.charge_limit_mw, count), _array(station.discharge_limit_mw, count)
    leased, grid = task.terms("leased_reserve"), task.terms("grid_connection_limit")
    if leased is not None:
        charge, discharge = charge - leased.leased_power_mw, discharge - leased.leased_power_mw
    if grid is not None:
        if np.any(np.asarray(grid.wind_mw)):
            raise NotApplicable(Words("同一接入点有风电", "wind behind the same connection"))
        charge, discharge = np.minimum(charge, grid.limit_mw), np.minimum(discharge, grid.limit_mw)
    if min(float(charge.min()), float(discharge.min())) < 0.0:
        raise NotApplicable(Words("功率限额为负", "a power limit below zero"))
    return charge, discharge


def _upper_stored(task: Task) -> Floats:
    high = _array(task.station.max_stored_mwh, task.station.horizon.count)
    leased = task.terms("leased_reserve")
    return high if leased is None else high - leased.leased_energy_mwh / task.station.discharge_efficiency


def _end(task: Task, high_mwh: Floats) -> tuple[float, float]:
    """The lowest and the highest stored energy at the end."""
    lowest, highest = float(task.station.min_stored_mwh[-1]), float(high_mwh[-1])
    final = task.terms("final_stored_energy")
    if final is None:
        return lowest, highest
    wanted = float(final.final_stored_mwh)
    slack = ROUNDING_RATIO * (1.0 + abs(wanted))
    if not lowest - slack <= wanted <= highest + slack:
        raise Infeasible("the stored energy at the end is outside its bounds")
    wanted = min(max(wanted, lowest), highest)
    return wanted, wanted


def _calls_per_mwh(task: Task) -> Floats:
    """What one MWh taken out of the store counts towards the calls: nothing out of season or before there is a station."""
    station, terms = task.station, task.terms("season_calls")
    in_season = _array(task.in_season if terms is None else terms.in_season, station.horizon.count)
    rated = np.where(station.energy_mwh > 0.0, station.energy_mwh, np.inf)
    counted: Floats = in_season * station.discharge_efficiency / rated
    return counted
