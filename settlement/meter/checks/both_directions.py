"""Charge and discharge both large in one interval."""

from collections.abc import Iterator

from settlement.meter.checks import Reads
from settlement.meter.series import Hit, Series
from tariffs.vocabulary.money import kwh_text

READS = Reads.SERIES
CODES = ("both_directions",)
ONE_PART_IN = 20


def found(series: Series) -> Iterator[Hit]:
    """Each interval in which both energies are above 5 % of their rating."""
    if series.station is None or not ((series.charge_kwh_e4 > 0) & (series.discharge_kwh_e4 > 0)).any():
        return
    both = (series.charge_kwh_e4 > series.charge_limit_kwh_e4 // ONE_PART_IN) & (
        series.discharge_kwh_e4 > series.discharge_limit_kwh_e4 // ONE_PART_IN
    )
    if both.any():
        yield from series.hits(
            "both_directions",
            both,
            lambda position: {
                "charge_kwh": kwh_text(int(series.charge_kwh_e4[position])),
                "discharge_kwh": kwh_text(int(series.discharge_kwh_e4[position])),
            },
        )
