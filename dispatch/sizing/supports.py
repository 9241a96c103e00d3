"""What a scenario pays for power in a year: capacity support and lease, by the rules of the documents."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import RATING_DECIMALS, Plant, Size
from dispatch.sizing.inputs.scenario import Scenario
from tariffs.capacity_support import SupportPrice, claim_on, support_price, supported_mw
from tariffs.citation import Citation
from tariffs.settings import CapacitySupport, Settings
from tariffs.stations import Lease, Station
from tariffs.support_claims import NATIONAL, Claim
from tariffs.vocabulary.money import rounded
from tariffs.vocabulary.units import FEN_PER_CNY, KW_PER_MW, PRICE_UNITS_PER_CNY

LESSEE = "lessee"


def lease_fen(scenario: Scenario, size: Size, year_no: int) -> int:
    """What leases pay in a year of operation, fen."""
    lease = scenario.lease
    if lease is None or year_no > lease.years:
        return 0
    leased_kw = Fraction(lease.power_ratio) * Fraction(size.power_mw) * KW_PER_MW
    return rounded(leased_kw * Fraction(lease.price_cny_per_kw_year) * FEN_PER_CNY)


def support_fen(ground: Ground, scenario: Scenario, size: Size, year_no: int) -> int:
    """What capacity support pays in a year of operation, fen; by the documents in force on the first day of the year.

    Source  沪府办发〔2024〕28号 六（四）; 发改价格〔2026〕114号
    """
    price, paid_mw = _support(ground, scenario, size, year_no)
    if price is None or not paid_mw:
        return 0
    each_kw = Fraction(price.price.cny_per_unit_e6, PRICE_UNITS_PER_CNY) * price.share
    return rounded(Fraction(paid_mw) * KW_PER_MW * each_kw * FEN_PER_CNY)


def claim_in(ground: Ground, scenario: Scenario, size: Size, year_no: int) -> Claim | None:
    """Whether the station has the support that a scenario asks for in a year; nothing where it asks for none."""
    if scenario.capacity_support is CapacitySupport.NONE:
        return None
    station, on = _station(ground.project.project, scenario, size), ground.project.project.year(year_no)[0]
    return claim_on(station, on, scenario.capacity_support, ground.around.library)


def support_price_cny(ground: Ground, scenario: Scenario, size: Size, year_no: int) -> Fraction:
    """The yearly price of capacity support for each kW of supported power, 元; zero without a claim."""
    price, _ = _support(ground, scenario, size, year_no)
    return Fraction(0) if price is None else Fraction(price.price.cny_per_unit_e6, PRICE_UNITS_PER_CNY)


def _support(ground: Ground, scenario: Scenario, size: Size, year_no: int) -> tuple[SupportPrice | None, Decimal]:
    plant, library = ground.project.project, ground.around.library
    claim = claim_in(ground, scenario, size, year_no)
    ended = scenario.capacity_support_years is not None and year_no > scenario.capacity_support_years
    if claim is None or ended or claim not in (Claim.ELIGIBLE, Claim.PARTLY_LEASED):
        return None, Decimal(0)
    settings = _settings(ground, scenario)
    station, on = _station(plant, scenario, size), plant.year(year_no)[0]
    paid = supported_mw(station, on, claim, settings.capacity_support_figures.when_partly_leased)
    return support_price(station, on, settings, library, _clause(ground, scenario, on)), paid


def _clause(ground: Ground, scenario: Scenario, on: date) -> Citation:
    """What the support of a scenario goes back to: the plan of the first day, or the national document of the day."""
    library, settings = ground.around.library, ground.around.settings
    assert settings is not None
    if scenario.capacity_support is CapacitySupport.NATIONAL_CAPACITY_PRICE:
        return library.in_force(NATIONAL, on).citation("—")
    return library.in_force(f"{settings.city}/storage_pricing", ground.project.project.first_on).citation("六（四）")


def _settings(ground: Ground, scenario: Scenario) -> Settings:
    """The settings with the support of the scenario in place of their own."""
    settings = ground.around.settings
    assert settings is not None
    own = scenario.capacity_support_cny_per_kw_year
    is_subsidy = scenario.capacity_support is CapacitySupport.LOCAL_SUBSIDY
    figures = replace(
        settings.capacity_support_figures,
        subsidy_cny_per_kw_year=own if is_subsidy else None,
        coal_capacity_price_cny_per_kw_year=None if is_subsidy else own,
        net_load_peak_h=scenario.net_load_peak_h,
    )
    return replace(settings, capacity_support=scenario.capacity_support, capacity_support_figures=figures)


def _station(plant: Plant, scenario: Scenario, size: Size) -> Station:
    """The station with its leases; on the national list from the first day where the scenario asks for that price."""
    national = scenario.capacity_support is CapacitySupport.NATIONAL_CAPACITY_PRICE
    station = replace(plant.station(size), national_capacity_price_from=plant.first_on if national else None)
    if scenario.lease is None or not scenario.lease.power_ratio:
        return station
    lease = Lease(
        lessee=LESSEE,
        lessee_is_new_energy=scenario.lease.lessee_is_new_energy,
        power_mw=round(size.power_mw * scenario.lease.power_ratio, RATING_DECIMALS),
        duration_h=round(size.energy_mwh / size.power_mw, RATING_DECIMALS),
        from_on=plant.first_on,
        until_on=plant.year(scenario.lease.years)[1] - timedelta(days=1),
        price_cny_per_kw_year=scenario.lease.price_cny_per_kw_year,
    )
    return replace(station, lease=(lease,))
