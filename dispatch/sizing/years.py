"""What one year of operation moves and earns: what the cash flow is made of."""

from dataclasses import dataclass
from datetime import date

from dispatch.sizing.inputs.scenario import Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """One year of operation of one size under one scenario, exact.

    Shape   amounts in fen, positive when paid to the station, with tax as a statement has it, each line rounded once;
            energies in 1e-4 kWh at the grid meter; `energy_ratio` is the share of the rated energy that there is when
            the year begins, after `added_mwh` (rated MWh) were added before it
    """

    year_no: int
    """1 is the first year of operation."""
    first_on: date
    regime: Regime
    energy_ratio: float
    added_mwh: float
    charge_kwh_e4: int
    discharge_kwh_e4: int
    season_calls: float
    """Full discharges on season days, of the energy that `calls_of` names; nan where no settings say which days those are."""
    charge_fen: int
    discharge_fen: int
    award_fen: int
    capacity_support_fen: int
    capacity_lease_fen: int

    @property
    def revenue_fen(self) -> int:
        """All that the year earns, charging paid."""
        return (
            self.charge_fen + self.discharge_fen + self.award_fen + self.capacity_support_fen + self.capacity_lease_fen
        )
