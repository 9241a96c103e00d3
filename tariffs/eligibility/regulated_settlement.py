"""Whether a station is settled at the plan's regulated prices on a day, and if not, which condition it fails."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.settings import CommissioningEnergy, Settings
from tariffs.stations import Host, Station
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, Words

HOST_WORDS: Final = {
    Host.NONE: Words("无配套主体", "no host"),
    Host.THERMAL: Words("属于火电机组配置储能", "paired with a thermal unit"),
    Host.USER: Words("属于用户侧储能", "behind a user's meter"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The `[eligibility]` table of a storage plan."""

    article: str
    settlement_article: str
    meaning: str
    min_charge_power_mw: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A condition that a station does not meet, with its article."""

    condition: Words
    citation: Citation


def failing_conditions(station: Station, plan: Version, on: date) -> tuple[Failing, ...]:
    """The conditions of regulated settlement that a station does not meet on a day; none if it is eligible.

    Raises  DocumentError if the plan has no usable [eligibility] table
    Source  沪府办发〔2024〕28号 二（一） and 六（二）
    """
    terms = read_record(Terms, plan.body.get("eligibility", {}), where=plan.series, error=DocumentError)
    charge_power_mw = station.rating_on(on).charge_power_mw
    definition = plan.citation(terms.article)
    listed = station.listed_from is not None and station.listed_from <= on
    limit = terms.min_charge_power_mw
    checks = (
        (
            station.connected_to_public_grid,
            Words("未独立并入公共电网", "not on the public grid on its own"),
            definition,
        ),
        (station.own_metering, Words("不具备独立计量", "no metering of its own"), definition),
        (station.agc, Words("不具备自动发电控制（AGC）功能", "no automatic generation control"), definition),
        (
            station.host is Host.NONE,
            HOST_WORDS[station.host],
            definition,
        ),
        (
            charge_power_mw >= limit,
            Words(
                f"充电功率 {charge_power_mw} 兆瓦，低于 {limit} 兆瓦",
                f"charging power {charge_power_mw} MW is below {limit} MW",
            ),
            definition,
        ),
        (
            listed,
            Words(f"{on} 未纳入年度建设计划", f"not in the yearly plan on {on}"),
            plan.citation(terms.settlement_article),
        ),
    )
    return tuple(Failing(condition=words, citation=citation) for met, words, citation in checks if not met)


def first_settled_day(station: Station, settings: Settings) -> date:
    """The first day whose energy is settled: the day of grid connection, or the day after commissioning."""
    excluded = settings.commissioning_energy is CommissioningEnergy.EXCLUDED
    if excluded and station.commissioning_until_on is not None:
        return station.commissioning_until_on + timedelta(days=1)
    return station.grid_connected_on
