"""Losses of charging and discharging, one pair for all cars."""

from dataclasses import dataclass
from decimal import Decimal

from tariffs.vocabulary.errors import InputError, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Efficiency of charging and of discharging, each above 0 and at most 1.

    A car's account is kept at the charger on the way in, so that only the product of the two matters: what is charged
    enters it whole, and `round_trip_ratio` of what leaves it reaches the grid.

    Raises  InputError if one of them is no efficiency
    """

    charge_efficiency: Decimal = Decimal(1)
    discharge_efficiency: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        for name, ratio in (("charge", self.charge_efficiency), ("discharge", self.discharge_efficiency)):
            if not 0 < ratio <= 1:
                raise InputError(
                    Words(f"{name}_efficiency 不是效率", f"{name}_efficiency is no efficiency"),
                    found=Words(f"{ratio}", f"{ratio}"),
                    do=Words(
                        "写大于 0、不大于 1 的数，例如 0.95", "write a number above 0 and at most 1, such as 0.95"
                    ),
                )

    @property
    def round_trip_ratio(self) -> float:
        """What the grid gets back of one kWh charged."""
        return float(self.charge_efficiency * self.discharge_efficiency)


NO_LOSSES = Losses()
