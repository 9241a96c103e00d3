"""Market energy: from the switch on, each interval at day-ahead and real-time prices, purchases and sales apart."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from settlement.billing import Billing
from settlement.draft import Behind, Direction, Invoice, LineDraft
from settlement.inputs.records import Leg
from settlement.quantities.market_energy import MarketEnergy
from tariffs.citation import Citation
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import decimal_text, kwh_text

READS = ("market_energy",)
CNY_E10: Final = 10**10
DECIMALS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: the prices stand in the file of market prices, the rest in the settings."""


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """One draft for charging and one for discharging: the exact sum over the intervals, rounded once by the statement.

    Source  沪府办发〔2024〕28号 六（一）, 六（二）; plan x day-ahead + (actual - plan) x real-time is our inference
    Check   tests/cases/market_energy.toml
    """
    return tuple(
        LineDraft(
            item="market_energy",
            season="market",
            behind=Behind(
                first_day=energy.first_day,
                last_day=energy.last_day,
                intervals=energy.intervals,
                filled_intervals=energy.filled_intervals,
                filled_kwh_e4=energy.filled_kwh_e4,
            ),
            quantity_e4=energy.energy_kwh_e4,
            exact_cny=Fraction(energy.day_ahead_cny_e10 + energy.real_time_cny_e10, CNY_E10),
            formula=_formula(energy),
            direction=Direction.FROM_STATION if energy.leg is Leg.CHARGE else Direction.TO_STATION,
            invoice=Invoice.PURCHASE if energy.leg is Leg.CHARGE else Invoice.SALE,
            tax_rate_e6=energy.tax_rate_e6,
            clause=clause,
            flags=_flags(energy),
        )
        for energy in billing.market_energy
    )


def _formula(energy: MarketEnergy) -> Words:
    real_time = decimal_text(energy.real_time_cny_e10, DECIMALS, 2)
    if energy.plan_kwh_e4 is None:
        return Words(f"逐时段 电量 × 实时价 = {real_time}", f"by interval, energy × real-time price = {real_time}")
    day_ahead, planned = decimal_text(energy.day_ahead_cny_e10, DECIMALS, 2), kwh_text(energy.plan_kwh_e4)
    return Words(
        f"日前计划 {planned} kWh × 日前价 = {day_ahead}；(实际 − 计划) × 实时价 = {real_time}",
        f"day-ahead plan {planned} kWh × day-ahead price = {day_ahead}; "
        f"(actual − plan) × real-time price = {real_time}",
    )


def _flags(energy: MarketEnergy) -> dict[str, str]:
    flags = {"leg": energy.leg.value}
    if energy.limited_intervals:
        flags["limited_intervals"] = str(energy.limited_intervals)
    return flags
