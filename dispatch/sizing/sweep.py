"""Many points at once: the net present value at every combination of scenario, power, duration and costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from dispatch.sizing.curve import MESH_H, Curve, quick_years
from dispatch.sizing.evaluated import npv_of_years_cny
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.settled import is_settled
from tariffs.vocabulary.errors import RecordProblems, Words

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeGrid:
    """The combinations of a sweep; what is left out stays as the project has it.

    Shape   costs in 元/kW and 元/kWh
    Raises  RecordProblems if a power or a duration is not above zero, or a cost below it
    """

    power_mw: Sequence[Decimal]
    duration_h: Sequence[Decimal]
    scenario: Sequence[str] = ()
    power_cost_cny_per_kw: Sequence[Decimal] = ()
    energy_cost_cny_per_kwh: Sequence[Decimal] = ()

    def __post_init__(self) -> None:
        sizes = (("power_mw", self.power_mw), ("duration_h", self.duration_h))
        costs = (
            ("power_cost_cny_per_kw", self.power_cost_cny_per_kw),
            ("energy_cost_cny_per_kwh", self.energy_cost_cny_per_kwh),
        )
        problems = [
            Words(f"{name} 须大于 0，不是 {figure}", f"{name} must be above 0, not {figure}")
            for name, figures in sizes
            for figure in figures
            if figure <= 0
        ]
        problems += [
            Words(f"{name} 不能为负：{figure}", f"{name} must not be negative: {figure}")
            for name, figures in costs
            for figure in figures
            if figure < 0
        ]
        if problems:
            raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """The points of a sweep, and how many years were planned for them."""

    frame: "pl.DataFrame"
    planned_years: int


def sweep_sizes(ground: Ground, grid: SizeGrid, *, mesh_h: float = MESH_H) -> Swept:
    """The net present value of every combination, 元; empty where the calls cannot be made, or a station is too small for
    the regulated prices.

    Shape   a row a point: `scenario`, `power_mw`, `duration_h`, `power_cost_cny_per_kw`, `energy_cost_cny_per_kwh`,
            `npv_cny`; powers share the years of their duration, costs share all of them. `mesh_h` 0 plans every duration
            as it is, else straight lines lead from point to point of a mesh
    Raises  UsageError if a scenario is unknown; Refused if the station is not settled at the regulated prices
    """
    import polars as pl

    project, curve = ground.project, Curve(ground=ground, mesh_h=mesh_h)
    names = tuple(grid.scenario) or tuple(each.name for each in project.scenario)
    costs = [
        (power, energy, _at_costs(project, power, energy))
        for power, energy in product(
            tuple(grid.power_cost_cny_per_kw) or (project.cost.power_cost_cny_per_kw,),
            tuple(grid.energy_cost_cny_per_kwh) or (project.cost.energy_cost_cny_per_kwh,),
        )
    ]
    rows = []
    for name, power, duration in product(names, grid.power_mw, grid.duration_h):
        size = Size(power_mw=power, energy_mwh=power * duration)
        scenario = ground.scenario(name)
        years = quick_years(curve, scenario, size) if is_settled(ground, scenario, size) else None
        for power_cost, energy_cost, changed in costs:
            npv = None if years is None else npv_of_years_cny(years, scenario, size, changed)
            rows.append((name, float(power), float(duration), float(power_cost), float(energy_cost), npv))
    columns = ("scenario", "power_mw", "duration_h", "power_cost_cny_per_kw", "energy_cost_cny_per_kwh", "npv_cny")
    kinds = {name: pl.String if name == "scenario" else pl.Float64 for name in columns}
    return Swept(frame=pl.DataFrame(rows, schema=kinds, orient="row"), planned_years=curve.planned_years)


def _at_costs(project: Project, power: Decimal, energy: Decimal) -> Project:
    return replace(project, cost=replace(project.cost, power_cost_cny_per_kw=power, energy_cost_cny_per_kwh=energy))
