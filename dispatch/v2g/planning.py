"""A plan of the virtual store: the least cost, or the least peak of load and cars together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from dispatch.arrays import Floats
from dispatch.horizon import Horizon
from dispatch.signals import Signals
from dispatch.v2g.cheapest import Planned, Prices, cheapest
from dispatch.v2g.envelope import Envelope, span
from dispatch.v2g.levelling import charging_only, discharged_under, flat_under, least_level, level_with_losses
from dispatch.v2g.parked import Parked
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.notebook import html_figures
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, PRICE_UNITS_PER_CNY


class Goal(Enum):
    """What a plan of the virtual store is to be best at."""

    COST = "cost"
    PEAK = "peak"


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualPlan:
    """The best plan of the virtual store.

    Shape   `power_kw` mean power drawn in each step, negative where energy is given; `objective` the cost in 元, or the
            highest step of load and cars together in kW; no plan of these cars is better than `bound`, which is met but
            for rounding; with losses plans that discharge at negative prices, to earn by losing energy, are left out;
            `rounds` of planning and checking in all clusters
    """

    power_kw: Floats
    objective: float
    bound: float
    rounds: int

    def __repr__(self) -> str:
        least, most = float(self.power_kw.min()), float(self.power_kw.max())
        return (
            f"<VirtualPlan of {self.power_kw.size} steps: {least:,.2f} to {most:,.2f} kW, "
            f"objective {self.objective:,.4f}, bound {self.bound:,.4f}>"
        )

    def _repr_html_(self) -> str:
        return html_figures(
            [
                (Words("目标值", "objective"), f"{self.objective:,.4f}"),
                (Words("界", "bound"), f"{self.bound:,.4f}"),
                (Words("最低功率", "least power"), f"{float(self.power_kw.min()):,.2f} kW"),
                (Words("最高功率", "highest power"), f"{float(self.power_kw.max()):,.2f} kW"),
                (Words("时段", "steps"), f"{self.power_kw.size}"),
            ]
        )


def plan(envelope: Envelope, goal: Goal, signals: Signals | None = None) -> VirtualPlan:
    """The plan of an envelope with the least cost or the least peak; among equals one with little discharging.

    Shape   signals on the horizon of the envelope: `cost` needs their prices, and the prices of both directions are those
            of all cars metered together; `peak` adds their load where they have one
    Raises  InputError if the signals lack what is needed, have other steps, or pay more for energy given than for drawn
    """
    if signals is not None and signals.horizon != envelope.horizon:
        raise _other_steps(envelope, signals)
    return _cheapest(envelope, signals) if goal is Goal.COST else _lowest(envelope, signals)


def power_kw(envelope: Envelope, grid_kwh_e4: Floats) -> Floats:
    """Energies of the steps as mean power."""
    return grid_kwh_e4 / (ENERGY_UNITS_PER_KWH * envelope.horizon.hours)


def _cheapest(envelope: Envelope, signals: Signals | None) -> VirtualPlan:
    prices = _prices(envelope, signals)
    parts = [cheapest(each, _cut(prices, each), envelope.round_trip_ratio) for each in envelope.clusters]
    grid = _laid(envelope, parts)
    return VirtualPlan(
        power_kw=power_kw(envelope, grid),
        objective=prices.cost(grid / ENERGY_UNITS_PER_KWH),
        bound=sum(part.bound for part in parts) / ENERGY_UNITS_PER_KWH,
        rounds=sum(part.rounds for part in parts),
    )


def _lowest(envelope: Envelope, signals: Signals | None) -> VirtualPlan:
    """The lowest highest step; a cluster that keeps under the highest of all without discharging is as flat as it can be."""
    count, hours = envelope.horizon.count, envelope.horizon.hours
    given = None if signals is None else signals.load_mw
    load = np.zeros(count) if given is None else given * (KW_PER_MW * hours * ENERGY_UNITS_PER_KWH)
    loads = [load[span(each)] for each in envelope.clusters]
    alone = [least_level(charging_only(each), part) for each, part in zip(envelope.clusters, loads, strict=True)]
    level, bound, rounds = _level_of_all(envelope, load, alone)
    parts = []
    for each, own_load, (own, _) in zip(envelope.clusters, loads, alone, strict=True):
        grid = (
            flat_under(charging_only(each), own_load, own)
            if own <= level
            else discharged_under(each, own_load, level, envelope.round_trip_ratio)
        )
        parts.append(Planned(grid_kwh_e4=grid, bound=bound, rounds=0))
    power = power_kw(envelope, _laid(envelope, parts))
    highest = float((power_kw(envelope, load) + power).max())
    per_kw = ENERGY_UNITS_PER_KWH * hours
    return VirtualPlan(power_kw=power, objective=highest, bound=bound / per_kw, rounds=rounds)


def _level_of_all(envelope: Envelope, load: Floats, alone: Sequence[tuple[float, int]]) -> tuple[float, float, int]:
    """The lowest level that all clusters can hold, a bound of it where there are losses, and the rounds so far."""
    bare = load[envelope.parked_count == 0]
    level = bound = float(bare.max()) if bare.size else -np.inf
    rounds = sum(each for _, each in alone)
    for place in sorted(range(len(alone)), key=lambda each: -alone[each][0]):
        own, cluster = alone[place][0], envelope.clusters[place]
        if own <= level or not cluster.can_discharge:
            level, bound = max(level, own), bound if own <= level else max(bound, own)
            continue
        part = load[span(cluster)]
        lowest, more = least_level(cluster, part)
        rounds += more
        ratio = envelope.round_trip_ratio
        low, high = (lowest, lowest) if ratio == 1 else level_with_losses(cluster, part, (lowest, own), ratio)
        level, bound = max(level, high), max(bound, low)
    return level, bound, rounds


def _laid(envelope: Envelope, parts: Sequence[Planned]) -> Floats:
    grid = np.zeros(envelope.horizon.count)
    for each, part in zip(envelope.clusters, parts, strict=True):
        grid[span(each)] = part.grid_kwh_e4
    return grid


def _cut(prices: Prices, parked: Parked) -> Prices:
    steps = span(parked)
    return Prices(charge=prices.charge[steps], discharge=prices.discharge[steps])


def _prices(envelope: Envelope, signals: Signals | None) -> Prices:
    if signals is None or signals.charge_price_e6 is None or signals.discharge_price_e6 is None:
        raise InputError(
            Words("按费用计划须有电价", "a plan by cost needs prices"),
            found=Words("时序没有电价", "signals without prices"),
            do=Words("给出 price_cny_per_mwh，或按峰值计划", "give price_cny_per_mwh, or plan by peak"),
        )
    prices = Prices(
        charge=signals.charge_price_e6 / PRICE_UNITS_PER_CNY, discharge=signals.discharge_price_e6 / PRICE_UNITS_PER_CNY
    )
    better = np.flatnonzero((prices.discharge > prices.charge) & (envelope.power_min_kw < 0))
    if better.size:
        at = envelope.horizon.cut(int(better[0]), int(better[0]) + 1).first_at.isoformat()
        raise InputError(
            Words("放电电价高于充电电价，一车充一车放即可获利", "energy given earns more than energy drawn costs"),
            found=Words(f"{better.size} 个时段，自 {at} 起", f"{better.size} step(s) from {at} on"),
            do=Words("核对两列电价，或给出同一电价", "check the two prices, or give one for both"),
        )
    return prices


def _other_steps(envelope: Envelope, signals: Signals) -> InputError:
    def told(horizon: Horizon) -> str:
        return f"{horizon.first_at.isoformat()} + {horizon.count} x {horizon.minutes} min"

    found = f"{told(signals.horizon)}; {told(envelope.horizon)}"
    return InputError(
        Words("时序与包络的时段不同", "signals and envelope have other steps"),
        found=Words(found, found),
        do=Words("截取时序，或用同一步长", "cut the signals, or use one step"),
    )
