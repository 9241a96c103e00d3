"""A typical year planned and verified: what it moves and earns, exactly, and how deep it cycles."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from dispatch.explain import why_infeasible
from dispatch.outcome import Infeasible
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.typical import TypicalYear, YearKind, solved, typical_year
from dispatch.station.degradation import CycleCount, cycles_of
from dispatch.verify import Verified, schedule_of, verify
from dispatch.verify.bill import Leg


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedYear:
    """A typical year with its verified schedule.

    Shape   amounts in fen and energies in 1e-4 kWh of the typical year, not yet of a whole one (`typical.share`)
    """

    kind: YearKind
    size: Size
    energy_ratio: Decimal
    typical: TypicalYear
    verified: Verified
    charge_fen: int
    discharge_fen: int
    charge_kwh_e4: int
    discharge_kwh_e4: int

    @property
    def season_calls(self) -> float:
        """Full discharges on season days."""
        return float(self.verified.calls_total)

    @property
    def cycles(self) -> float:
        """Full discharges of all days."""
        return float(self.verified.full_cycles)

    @property
    def count(self) -> CycleCount:
        """The cycles of the stored energy."""
        schedule, station = self.verified.schedule, self.typical.billed.station
        stored = np.concatenate(([station.initial_stored_mwh], schedule.stored_mwh))
        return cycles_of(stored, float(station.energy_mwh[0]) / station.discharge_efficiency)


def planned_year(ground: Ground, kind: YearKind, size: Size, energy_ratio: Decimal = Decimal(1)) -> PlannedYear:
    """The best year of a size, verified.

    Raises  NoSchedule if the calls cannot be made; Refused if the station is not settled at the regulated prices
    """
    typical = typical_year(ground, kind, size, energy_ratio)
    try:
        outcome = solved(typical)
    except Infeasible:
        raise why_infeasible(typical.steered, typical.station) from None
    checked = verify(schedule_of(outcome, typical.steered), typical.billed)
    lines = checked.lines

    def of(leg: Leg) -> tuple[int, int]:
        mine = [line for line in lines if line.leg is leg]
        return sum(line.amount_fen for line in mine), sum(line.energy_kwh_e4 for line in mine)

    (charge_fen, charge_kwh_e4), (discharge_fen, discharge_kwh_e4) = of(Leg.CHARGE), of(Leg.DISCHARGE)
    return PlannedYear(
        kind=kind,
        size=size,
        energy_ratio=energy_ratio,
        typical=typical,
        verified=checked,
        charge_fen=charge_fen,
        discharge_fen=discharge_fen,
        charge_kwh_e4=charge_kwh_e4,
        discharge_kwh_e4=discharge_kwh_e4,
    )
