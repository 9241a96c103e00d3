"""Discharge award for projects of the demonstration catalogue: a rate a kWh, up to a yearly cap; out of public funds."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from settlement.billing import Billing
from settlement.draft import Behind, Direction, Invoice, LineDraft, SettledWith
from settlement.quantities.awarded_energy import AwardedEnergy
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, PRICE_UNITS_PER_CNY

READS = ("awarded_energy",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Nothing of its own: rates and cap stand in the document of the award."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """An exact rate in 元/kWh and how it came about."""

    cny_per_kwh: Fraction
    name: Words

    def price(self, clause: Citation) -> Price | None:
        """The rate as the price of a line; nothing where it has more decimals than a price can hold."""
        price_e6 = self.cny_per_kwh * PRICE_UNITS_PER_CNY
        if price_e6.denominator != 1:
            return None
        return Price(cny_per_unit_e6=int(price_e6), formula=self.name, sources=(clause,))


def compute(billing: Billing, terms: Terms, clause: Citation) -> tuple[LineDraft, ...]:  # noqa: ARG001
    """A draft for the rate of the catalogue and one for the part in a building, each year of the award by itself.

    Source  沪府办发〔2024〕28号 六（三）; 沪发改规范〔2025〕5号
    Check   tests/cases/discharge_award.toml
    """
    tax_rate_e6 = billing.own_tax_rate_e6("discharge_award")
    return tuple(
        _draft(energy, rate, tax_rate_e6) for energy in billing.awarded_energy if energy.paid for rate in _rates(energy)
    )


def _rates(energy: AwardedEnergy) -> tuple[Rate, ...]:
    base = Rate(cny_per_kwh=Fraction(energy.rate_cny_per_kwh), name=_name(energy.rate_cny_per_kwh, "度电奖励", "award"))
    if not energy.in_building_ratio:
        return (base,)
    rate, share = energy.terms.in_building_rate_cny_per_kwh, energy.in_building_ratio
    part = _name(rate, "入楼部分", "part in a building")
    told = Words(f"{part.zh} × {share:f}", f"{part.en} × {share:f}")
    return base, Rate(cny_per_kwh=Fraction(rate) * Fraction(share), name=told)


def _name(rate: Decimal, zh: str, en: str) -> Words:
    return Words(f"{zh} {rate:f}", f"{en} {rate:f}")


def _draft(energy: AwardedEnergy, rate: Rate, tax_rate_e6: int) -> LineDraft:
    discharged, before, cap = (
        kwh_text(each) for each in (energy.discharge_kwh_e4, energy.before_kwh_e4, energy.cap_kwh_e4)
    )
    told = Words(
        f"min(本月放电 {discharged}, 年度上限 {cap} − 已奖励 {before})",
        f"min(discharged {discharged}, yearly cap {cap} − awarded before {before})",
    )
    price = rate.price(energy.clause)
    return LineDraft(
        item="discharge_award",
        season="",
        behind=Behind(
            first_day=energy.first_day,
            last_day=energy.last_day,
            intervals=energy.intervals,
            filled_intervals=energy.filled_intervals,
            filled_kwh_e4=energy.filled_kwh_e4,
        ),
        quantity_e4=energy.awarded_kwh_e4,
        price=price,
        exact_cny=rate.cny_per_kwh * Fraction(energy.awarded_kwh_e4, ENERGY_UNITS_PER_KWH),
        formula=told if price else Words(f"{rate.name.zh}；{told.zh}", f"{rate.name.en}; {told.en}"),
        sources=(energy.clause,),
        direction=Direction.TO_STATION,
        invoice=Invoice.SALE if tax_rate_e6 else Invoice.NONE,
        tax_rate_e6=tax_rate_e6,
        settled_with=SettledWith.PUBLIC,
        clause=energy.clause,
        flags={"award_year": energy.year_first_day.isoformat()},
    )
