"""Claims to capacity support: whether a station has one on a day, and if not, why."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from tariffs.stations import Station
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import PolicyNotCovered, Words


class Claim(Enum):
    """Whether a station has capacity support on a day, and if not, why."""

    ELIGIBLE = "eligible"
    NOT_LISTED = "not_listed"
    LEASED = "leased"
    PARTLY_LEASED = "partly_leased"
    OVERRIDDEN = "overridden"
    NOT_ON_NATIONAL_LIST = "not_on_national_list"
    NO_NATIONAL_PRICE = "no_national_price"


NATIONAL: Final = "national/capacity_price"
CLAIM_WORDS: Final = {
    Claim.ELIGIBLE: Words("符合条件", "eligible"),
    Claim.NOT_LISTED: Words("未纳入年度建设计划", "not in the yearly plan"),
    Claim.LEASED: Words("容量已租给新能源企业", "its capacity is leased to a new-energy developer"),
    Claim.PARTLY_LEASED: Words(
        "部分容量租给新能源企业，其余能否享受方案未明确",
        "a part is leased to a new-energy developer; the plan does not speak of the rest",
    ),
    Claim.OVERRIDDEN: Words("已执行国家容量电价", "the national capacity price applies in its place"),
    Claim.NOT_ON_NATIONAL_LIST: Words("未列入国家容量电价清单", "not on the list of the national capacity price"),
    Claim.NO_NATIONAL_PRICE: Words("国家容量电价尚未施行", "the national capacity price is not in force yet"),
}


def subsidy_claim(station: Station, on: date, *, national_price_in_force: bool) -> Claim:
    """Whether a station has the local capacity subsidy on a day.

    Source  沪府办发〔2024〕28号 六（四）: listed, no lease with a new-energy developer, a national price overrides
    """
    if station.listed_from is None or station.listed_from > on:
        return Claim.NOT_LISTED
    if national_price_in_force and _on_national_list(station, on):
        return Claim.OVERRIDDEN
    return _lease_claim(station, on)


def national_claim(station: Station, on: date, *, national_price_in_force: bool) -> Claim:
    """Whether a station has the national capacity price on a day.

    Source  发改价格〔2026〕114号: on the provincial list, not paired with new energy
    """
    if not national_price_in_force:
        return Claim.NO_NATIONAL_PRICE
    if not _on_national_list(station, on):
        return Claim.NOT_ON_NATIONAL_LIST
    return _lease_claim(station, on)


def new_energy_leased_mw(station: Station, on: date) -> Decimal:
    """Power leased to new-energy developers on a day, MW."""
    running = (each for each in station.lease if each.lessee_is_new_energy and each.from_on <= on <= each.until_on)
    return sum((each.power_mw for each in running), start=Decimal(0))


def national_version(library: Library, on: date) -> Version | None:
    """The national capacity price document in force on a day, or nothing."""
    try:
        return library.in_force(NATIONAL, on)
    except PolicyNotCovered:
        return None


def _on_national_list(station: Station, on: date) -> bool:
    return station.national_capacity_price_from is not None and station.national_capacity_price_from <= on


def _lease_claim(station: Station, on: date) -> Claim:
    leased = new_energy_leased_mw(station, on)
    if not leased:
        return Claim.ELIGIBLE
    return Claim.LEASED if leased >= station.rating_on(on).power_mw else Claim.PARTLY_LEASED
