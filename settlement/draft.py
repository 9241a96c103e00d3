"""A draft of a statement line: quantity and price, not multiplied yet. What charge items give."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from settlement.segment_energy import SegmentEnergy
from tariffs.citation import Citation
from tariffs.prices import Price


class Direction(Enum):
    """Which way the money of a line goes; the number is the sign of its amount."""

    TO_STATION = 1
    FROM_STATION = -1
    INFORMATION = 0


class Invoice(Enum):
    """The invoice that a line belongs to; purchases and sales are never netted before tax."""

    SALE = "sale"
    PURCHASE = "purchase"
    NONE = ""


class SettledWith(Enum):
    """Who pays or is paid."""

    GRID = "grid"
    LESSEE = "lessee"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line before it is priced: the statement multiplies quantity and price and rounds once.

    Shape   `quantity_kwh_e4` is never negative, in 1e-4 kWh; the direction gives the sign of the amount;
            `segments` are those that the quantity was summed over; `filled_...` counts what we estimated of it
    """

    item: str
    season: str
    segments: tuple[SegmentEnergy, ...]
    quantity_kwh_e4: int
    filled_intervals: int
    filled_kwh_e4: int
    price: Price
    direction: Direction
    clause: Citation
    invoice: Invoice = Invoice.NONE
    settled_with: SettledWith = SettledWith.GRID

    @property
    def first_day(self) -> date:
        """First day of its segments."""
        return min(energy.segment.days[0] for energy in self.segments)

    @property
    def last_day(self) -> date:
        """Last day of its segments."""
        return max(energy.segment.days[-1] for energy in self.segments)

    @property
    def intervals(self) -> int:
        """Number of intervals behind the quantity."""
        return sum(energy.metered.intervals for energy in self.segments)

    @property
    def tax_rate_e6(self) -> int:
        """Rate of the tax that the price includes, in millionths."""
        return self.segments[0].segment.prices.tax_rate_e6
