"""Charging energy that bears no network price and no surcharge, by the base that the settings choose."""

from collections.abc import Callable, Sequence
from typing import Final

from tariffs.settings import ExemptionBase
from tariffs.vocabulary.money import spread


def _all_charging(charge_kwh_e4: Sequence[int], _: Sequence[int]) -> tuple[int, ...]:
    return tuple(charge_kwh_e4)


def _returned_only(charge_kwh_e4: Sequence[int], discharge_kwh_e4: Sequence[int]) -> tuple[int, ...]:
    return spread(min(sum(charge_kwh_e4), sum(discharge_kwh_e4)), charge_kwh_e4)


BY_BASE: Final[dict[ExemptionBase, Callable[[Sequence[int], Sequence[int]], tuple[int, ...]]]] = {
    ExemptionBase.ALL_CHARGING: _all_charging,
    ExemptionBase.RETURNED_ONLY: _returned_only,
}


def exempt_energy(
    charge_kwh_e4: Sequence[int], discharge_kwh_e4: Sequence[int], base: ExemptionBase
) -> tuple[int, ...]:
    """The exempt charging energy of each segment of one station's month, in 1e-4 kWh.

    Shape   both inputs hold one energy a segment; `returned_only` exempts min(charged, discharged) of the month,
            shared over the segments in proportion to their charging
    Source  沪府办发〔2024〕28号 六（二） for all charging; 发改办运行〔2022〕475号 for returned energy only
    """
    return BY_BASE[base](charge_kwh_e4, discharge_kwh_e4)
