"""Corrected energy of earlier months (退补): what has one price and one reason, added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from settlement.inputs.records import Correction, Leg
from tariffs.calendar import Season
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.timegrid import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedCorrection:
    """A correction with the price that it goes at; the season is that of the price."""

    correction: Correction
    season: Season
    price: Price
    clause: Citation
    tax_rate_e6: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedEnergy:
    """Corrections of one month and direction with one price and one reason; energy signed, 1e-4 kWh."""

    original_month: Month
    leg: Leg
    season: Season
    price: Price
    clause: Citation
    energy_kwh_e4: int
    reason: str
    rows: tuple[str, ...]
    first_day: date
    last_day: date
    tax_rate_e6: int


def corrected_energy(priced: Iterable[PricedCorrection]) -> tuple[CorrectedEnergy, ...]:
    """The corrections grouped by original month, direction, price and reason, in that order; one line each.

    Source  计量结算基本规则: a difference line names the old month, energy and price; the old statement stays
    """
    groups: dict[tuple[Month, str, str, int, str], list[PricedCorrection]] = {}
    for each in priced:
        own = each.correction
        price_e6 = each.price.cny_per_unit_e6
        key = (own.original_month, own.direction.value, each.season.value, price_e6, own.reason)
        groups.setdefault(key, []).append(each)
    return tuple(_sum_of(groups[key]) for key in sorted(groups))


def _sum_of(group: list[PricedCorrection]) -> CorrectedEnergy:
    first = group[0]
    own = first.correction
    days = [each.correction.original_on for each in group if each.correction.original_on is not None]
    whole = len(days) < len(group)
    return CorrectedEnergy(
        original_month=own.original_month,
        leg=own.direction,
        season=first.season,
        price=first.price,
        clause=first.clause,
        energy_kwh_e4=sum(each.correction.energy_kwh_e4 for each in group),
        reason=own.reason,
        rows=tuple(f"{each.correction.file}:{each.correction.row}" for each in group),
        first_day=own.original_month.first_day if whole else min(days),
        last_day=own.original_month.end - timedelta(days=1) if whole else max(days),
        tax_rate_e6=first.tax_rate_e6,
    )
