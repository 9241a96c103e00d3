"""What makes a station an independent one, and which of its marks a station lacks on a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.stations import Host, Station
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, Words

HOST_WORDS: Final = {
    Host.NONE: Words("无配套主体", "no host"),
    Host.THERMAL: Words("属于火电机组配置储能", "paired with a thermal unit"),
    Host.USER: Words("属于用户侧储能", "behind a user's meter"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityTerms:
    """The `[eligibility]` table of a storage plan."""

    article: str
    settlement_article: str
    meaning: str
    min_charge_power_mw: Decimal


def eligibility_terms(plan: Version) -> EligibilityTerms:
    """The `[eligibility]` table of a version of the plan.

    Raises  DocumentError if it is not usable
    """
    return read_record(EligibilityTerms, plan.body.get("eligibility", {}), where=plan.series, error=DocumentError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """A condition that a station does not meet, with its article."""

    condition: Words
    citation: Citation


def unmet_marks(station: Station, plan: Version, on: date) -> tuple[Failing, ...]:
    """The marks of an independent station that a station lacks on a day; none if it is one.

    Raises  DocumentError if the plan has no usable [eligibility] table
    Source  沪府办发〔2024〕28号 二（一）
    """
    terms = eligibility_terms(plan)
    charge_power_mw, limit = station.rating_on(on).charge_power_mw, terms.min_charge_power_mw
    checks = (
        (station.connected_to_public_grid, Words("未独立并入公共电网", "not on the public grid on its own")),
        (station.own_metering, Words("不具备独立计量", "no metering of its own")),
        (station.agc, Words("不具备自动发电控制（AGC）功能", "no automatic generation control")),
        (station.host is Host.NONE, HOST_WORDS[station.host]),
        (
            charge_power_mw >= limit,
            Words(
                f"充电功率 {charge_power_mw} 兆瓦，低于 {limit} 兆瓦",
                f"charging power {charge_power_mw} MW is below {limit} MW",
            ),
        ),
    )
    citation = plan.citation(terms.article)
    return tuple(Failing(condition=words, citation=citation) for met, words in checks if not met)
