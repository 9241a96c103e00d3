"""Power with capacity support in a station's month, in runs of days that are alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from tariffs.capacity_support import SupportPrice, claim_on, support_price, supported_mw
from tariffs.citation import Citation
from tariffs.settings import CapacitySupport, Settings
from tariffs.stations import Station
from tariffs.support_claims import Claim
from tariffs.versions import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedPower:
    """Days on which the same power has the same claim to support; no power where there is none."""

    mode: CapacitySupport
    claim: Claim
    power_mw: Decimal
    price: SupportPrice | None
    first_day: date
    last_day: date
    days: int
    days_in_month: int


def supported_power(
    station: Station,
    days: Sequence[date],
    days_in_month: int,
    settings: Settings,
    library: Library,
    clause: Citation,
) -> tuple[SupportedPower, ...]:
    """The power with capacity support, run by run of days that are alike, in the order of days.

    Shape   `days` are the days that count, in order; nothing where the settings ask for no support
    Raises  SettingsError if a figure that the mode needs is not given; DocumentError, PolicyNotCovered
    Source  沪府办发〔2024〕28号 六（四）; 发改价格〔2026〕114号
    """
    mode = settings.capacity_support
    if mode is CapacitySupport.NONE:
        return ()
    partly = settings.capacity_support_figures.when_partly_leased

    def of_day(day: date) -> tuple[Claim, Decimal, SupportPrice | None]:
        claim = claim_on(station, day, mode, library)
        power_mw = supported_mw(station, day, claim, partly)
        return claim, power_mw, support_price(station, day, settings, library, clause) if power_mw else None

    found = []
    for (claim, power_mw, price), run in groupby(days, key=of_day):
        alike = list(run)
        found.append(
            SupportedPower(
                mode=mode,
                claim=claim,
                power_mw=power_mw,
                price=price,
                first_day=alike[0],
                last_day=alike[-1],
                days=len(alike),
                days_in_month=days_in_month,
            )
        )
    return tuple(found)
