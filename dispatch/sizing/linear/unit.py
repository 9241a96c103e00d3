"""A year's task for 1 MW and 1 MWh, whose blocks read the size off the model; and the plain task of a size that is chosen."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from dispatch.arrays import Floats
from dispatch.blocks import final_stored_energy as plain_final
from dispatch.blocks import season_calls as plain_calls
from dispatch.size_blocks import (
    auxiliary_use,
    daily_cycle_cap,
    exclusive_modes,
    final_stored_energy,
    rated_size,
    season_calls,
)
from dispatch.sizing.linear.case import SizeCase, Year
from dispatch.station.steps import StationSteps
from dispatch.task import Block, Task

Add = Callable[[Any, Any, Any], None]

SIZE: Final = Block(name="rated_size", add=rated_size.add, needs=rated_size.NEEDS, adds=rated_size.ADDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grown:
    """A figure of the station of 1 MW and 1 MWh, times the size."""

    unit: Any
    size: Any

    def __getitem__(self, t: Any) -> Any:
        return self.unit[t] * self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class _SizedStation:
    """The station as the blocks of dispatch/blocks read it, each figure that grows an expression of the model."""

    hours: Any
    kept_ratio: Any
    charge_efficiency: Any
    discharge_efficiency: Any
    charge_limit_mw: _Grown
    discharge_limit_mw: _Grown
    min_stored_mwh: _Grown
    max_stored_mwh: _Grown


def unit_task(case: SizeCase, year: Year, size: Block = SIZE) -> Task:
    """The task of a year with the station of 1 MW and 1 MWh and the blocks of a size that is looked for.

    Shape   `size` adds the rated power and energy, before any other block
    """
    unit = station_at(case, year, 1.0, 1.0)
    rated: Floats = year.task.station.energy_mwh / float(case.reference.energy_mwh)
    unit = replace(unit, energy_mwh=rated)
    return replace(
        year.task, station=unit, blocks=(size, *(_sized(case, year, unit, each) for each in year.task.blocks))
    )


def task_at(case: SizeCase, year: Year, power_mw: float, energy_mwh: float) -> Task:
    """The plain task of a year at a size: what the scheduler plans, all figures known."""
    task = year.task
    blocks = []
    for each in task.blocks:
        terms: Any = each.terms
        if each.name == "final_stored_energy":
            grown = _energy_share(case, year) * energy_mwh * terms.final_stored_mwh
            terms = plain_final.Terms(final_stored_mwh=grown)
        if each.name == "season_calls" and not case.counts_usable:
            terms = plain_calls.Terms(calls=terms.calls / year.energy_ratio, in_season=terms.in_season)
        blocks.append(replace(each, terms=terms))
    return replace(task, station=station_at(case, year, power_mw, energy_mwh), blocks=tuple(blocks))


def station_at(case: SizeCase, year: Year, power_mw: float, energy_mwh: float) -> StationSteps:
    """The station of a year at a size, step by step; its energy is what is usable in the year."""
    station = year.task.station
    power = power_mw / float(case.reference.power_mw)
    energy = _energy_share(case, year) * energy_mwh
    return replace(
        station,
        charge_limit_mw=station.charge_limit_mw * power,
        discharge_limit_mw=station.discharge_limit_mw * power,
        energy_mwh=station.energy_mwh * energy,
        min_stored_mwh=station.min_stored_mwh * energy,
        max_stored_mwh=station.max_stored_mwh * energy,
        initial_stored_mwh=station.initial_stored_mwh * energy,
        auxiliary_mw=station.auxiliary_mw * power,
    )


def _energy_share(case: SizeCase, year: Year) -> float:
    """Usable energy of the year for 1 MWh of rated energy, by the figures of the reference."""
    return year.energy_ratio / float(case.reference.energy_mwh)


def _sized(case: SizeCase, year: Year, unit: StationSteps, plain: Block) -> Block:
    """A block's counterpart for a size that is looked for, or the block itself with a station that grows."""
    usable: Floats = unit.energy_mwh * year.energy_ratio
    leaf: Any
    terms: Any = plain.terms
    if plain.name == "season_calls":
        counted = usable if case.counts_usable else unit.energy_mwh
        leaf = season_calls
        terms = season_calls.Terms(
            calls=terms.calls, in_season=np.asarray(terms.in_season, float), counted_ratio=counted
        )
    elif plain.name == "daily_cycle_cap":
        leaf, terms = daily_cycle_cap, daily_cycle_cap.Terms(cycles_per_day=terms.cycles_per_day, usable_ratio=usable)
    elif plain.name == "final_stored_energy":
        share = _energy_share(case, year) * terms.final_stored_mwh
        leaf, terms = final_stored_energy, final_stored_energy.Terms(final_stored_ratio=share)
    elif plain.name == "exclusive_modes":
        leaf, terms = exclusive_modes, exclusive_modes.Terms(most_power_mw=case.most_power_mw)
    elif plain.name == "auxiliary_use":
        leaf, terms = auxiliary_use, auxiliary_use.Terms(most_power_mw=case.most_power_mw)
    else:
        return replace(plain, add=_growing(plain.add))
    uses = getattr(leaf, "USES", ())
    return Block(name=plain.name, add=leaf.add, needs=leaf.NEEDS, adds=leaf.ADDS, uses=uses, terms=terms)


def _growing(add: Add) -> Add:
    """The function of a plain block, given a station whose limits are expressions of the size."""

    def added(model: Any, station: Any, terms: Any) -> None:
        add(model, _grown(model, station), terms)

    return added


def _grown(model: Any, station: Any) -> _SizedStation:
    power, energy = model.power_mw, model.energy_mwh
    return _SizedStation(
        hours=station.hours,
        kept_ratio=station.kept_ratio,
        charge_efficiency=station.charge_efficiency,
        discharge_efficiency=station.discharge_efficiency,
        charge_limit_mw=_Grown(unit=station.charge_limit_mw, size=power),
        discharge_limit_mw=_Grown(unit=station.discharge_limit_mw, size=power),
        min_stored_mwh=_Grown(unit=station.min_stored_mwh, size=energy),
        max_stored_mwh=_Grown(unit=station.max_stored_mwh, size=energy),
    )
