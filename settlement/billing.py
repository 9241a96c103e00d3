"""All billing quantities of one station's month under one version of the plan: what a charge item may read."""

from dataclasses import dataclass

from settlement.assessed import Assessed
from settlement.quantities.awarded_energy import AwardedEnergy
from settlement.quantities.corrected_energy import CorrectedEnergy
from settlement.quantities.leased_power import LeasedPower
from settlement.quantities.market_energy import MarketEnergy
from settlement.quantities.supported_power import SupportedPower
from settlement.segment_energy import SegmentEnergy
from tariffs.prices import Price
from tariffs.settings import Settings
from tariffs.vocabulary.units import RATIO_UNITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Billing:
    """One station's month, quantity by quantity; a charge item declares in `READS` which of them it reads.

    Shape   `segments` are those with intervals; `assessed_price` is the coal benchmark that prices assessed energy;
            `tax_rate_e6` the rate in energy prices, `tax_rates_e6` the rates that the settings give by item
    """

    settings: Settings
    segments: tuple[SegmentEnergy, ...]
    tax_rate_e6: int
    market_energy: tuple[MarketEnergy, ...] = ()
    corrected_energy: tuple[CorrectedEnergy, ...] = ()
    leased_power: tuple[LeasedPower, ...] = ()
    supported_power: tuple[SupportedPower, ...] = ()
    awarded_energy: tuple[AwardedEnergy, ...] = ()
    assessed: tuple[Assessed, ...] = ()
    assessed_price: Price | None = None

    def own_tax_rate_e6(self, item: str) -> int:
        """The rate that the settings give for an item which is untaxed without one, in millionths."""
        rate = self.settings.tax_ratios.get(item)
        return int(rate * RATIO_UNITS) if rate else 0
