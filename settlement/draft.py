"""A draft of a statement line: quantity and price, not multiplied yet. What charge items give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from settlement.segment_energy import SegmentEnergy
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, PRICE_UNITS_PER_CNY

KWH = "kWh"
KW = "kW"
TIMES = "times"


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
class Behind:
    """What lies behind a quantity: its days, its intervals, and what we estimated of it."""

    first_day: date
    last_day: date
    intervals: int = 0
    filled_intervals: int = 0
    filled_kwh_e4: int = 0


def behind(segments: tuple[SegmentEnergy, ...], *, filled_intervals: int, filled_kwh_e4: int) -> Behind:
    """What lies behind a quantity that was summed over segments."""
    return Behind(
        first_day=min(energy.segment.days[0] for energy in segments),
        last_day=max(energy.segment.days[-1] for energy in segments),
        intervals=sum(energy.metered.intervals for energy in segments),
        filled_intervals=filled_intervals,
        filled_kwh_e4=filled_kwh_e4,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One line before it is priced: the statement multiplies and rounds once.

    Shape   `quantity_e4` is in 1e-4 of its unit, below zero only for what is taken back; the direction gives the sign
            of the amount; `price` is nothing where each interval has its own; `exact_cny` is set where the amount is
            not quantity times price; `formula` says how it came about where the price alone does not; `sources` are
            documents beside those of the price; `counterparty` names who is paid where it is not the grid company;
            `flags` are printed with the line
    """

    item: str
    season: str
    behind: Behind
    quantity_e4: int
    direction: Direction
    clause: Citation
    quantity_unit: str = KWH
    price: Price | None = None
    exact_cny: Fraction | None = None
    formula: Words | None = None
    sources: tuple[Citation, ...] = ()
    tax_rate_e6: int = 0
    invoice: Invoice = Invoice.NONE
    settled_with: SettledWith = SettledWith.GRID
    counterparty: str = ""
    flags: Mapping[str, str] = field(default_factory=dict)

    @property
    def unsigned_cny(self) -> Fraction:
        """What the line comes to in 元 before rounding and before the sign of its direction."""
        if self.exact_cny is not None:
            return self.exact_cny
        price_e6 = self.price.cny_per_unit_e6 if self.price is not None else 0
        return Fraction(self.quantity_e4 * price_e6, ENERGY_UNITS_PER_KWH * PRICE_UNITS_PER_CNY)

    @property
    def whole_formula(self) -> Words:
        """How the amount came about: how its price did, and what else its formula says."""
        told = [each for each in (self.price.formula if self.price is not None else None, self.formula) if each]
        return Words("；".join(each.zh for each in told), "; ".join(each.en for each in told))

    @property
    def all_sources(self) -> tuple[Citation, ...]:
        """Every document behind the price and the amount, each once."""
        priced = self.price.sources if self.price is not None else ()
        return tuple(dict.fromkeys((*priced, *self.sources)))
