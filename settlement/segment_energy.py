"""All billing quantities of one station in one segment of its month: what a charge item may read."""

from dataclasses import dataclass

from settlement.quantities.energy import WindowEnergy
from tariffs.citation import Citation
from tariffs.segments import Segment
from tariffs.vocabulary.money import round_half_away


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentEnergy:
    """One station's energy in one segment; integers of 1e-4 kWh."""

    segment: Segment
    charge_kwh_e4: int
    discharge_kwh_e4: int
    exempt_kwh_e4: int
    metered: WindowEnergy

    @property
    def filled_exempt_kwh_e4(self) -> int:
        """Estimated charging energy inside the exemption: the exempt share of what was estimated, rounded once."""
        if not self.charge_kwh_e4:
            return 0
        return round_half_away(self.metered.filled_charge_kwh_e4 * self.exempt_kwh_e4, self.charge_kwh_e4)


def by_network_price(segments: tuple[SegmentEnergy, ...]) -> tuple[tuple[SegmentEnergy, ...], ...]:
    """The segments grouped by the network price and tax documents that cover them, in order of their first day."""
    groups: dict[tuple[Citation, ...], list[SegmentEnergy]] = {}
    for energy in sorted(segments, key=lambda each: each.segment.days[0]):
        prices = energy.segment.prices
        groups.setdefault((*prices.network.sources, prices.tax), []).append(energy)
    return tuple(tuple(group) for group in groups.values())
