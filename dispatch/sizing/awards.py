"""The award of a scenario: its rate, its years and its cap, from the document or as the developer gives them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Plant, Size
from dispatch.sizing.inputs.scenario import AwardBasis, Scenario
from tariffs.award import SERIES, award_rate, award_terms
from tariffs.award import AwardTerms as DocumentTerms
from tariffs.vocabulary.errors import InputError, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardTerms:
    """The award of a scenario: 元 for each kWh discharged, for so many years from the first, up to so many kWh a year for
    each kWh of rated energy."""

    rate_cny_per_kwh: Decimal
    years: int
    max_kwh_per_kwh_year: Decimal


def award_terms_of(ground: Ground, scenario: Scenario) -> AwardTerms | None:
    """The award of a scenario; nothing without one.

    Raises  InputError if the document has no rate for the station; PolicyNotCovered where no document is in force
    Source  沪府办发〔2024〕28号 六（三）; 沪发改规范〔2025〕5号
    """
    if scenario.award is AwardBasis.NONE:
        return None
    plant = ground.project.project
    asked = (scenario.award, scenario.award_rate_cny_per_kwh, scenario.award_years)
    place = (plant.first_on, plant.catalogue, plant.in_building_ratio)
    return ground.around.once(("sizing_award", *asked, *place), lambda: _award_terms(ground, scenario))


def _award_terms(ground: Ground, scenario: Scenario) -> AwardTerms:
    plant, around = ground.project.project, ground.around
    city = "shanghai" if around.settings is None else around.settings.city
    document = award_terms(around.library.in_force(f"{city}/{SERIES}", plant.first_on))
    rate = scenario.award_rate_cny_per_kwh
    if rate is None:
        rate = award_rate(document, plant.station(Size(power_mw=Decimal(1), energy_mwh=Decimal(1))))
    if rate is None:
        raise _no_rate(plant, scenario, document)
    return AwardTerms(
        rate_cny_per_kwh=rate,
        years=document.award_years if scenario.award_years is None else scenario.award_years,
        max_kwh_per_kwh_year=document.max_kwh_per_kwh_year,
    )


def _no_rate(plant: Plant, scenario: Scenario, document: DocumentTerms) -> InputError:
    first, before = document.connected_from, document.rates_for_connection_before
    return InputError(
        Words(
            f"情景 {scenario.name}：办法中没有适用的奖励标准",
            f"scenario {scenario.name}: the document has no rate of the award",
        ),
        found=Words(
            f"catalogue {plant.catalogue.value}，{plant.first_on} 并网；已知标准适用于 {first} 至 {before} 前并网",
            f"catalogue {plant.catalogue.value}, connected on {plant.first_on}; known for connection from {first} "
            f"until before {before}",
        ),
        do=Words(
            '写 award = "own" 并给出 award_rate_cny_per_kwh，或核对 catalogue',
            'write award = "own" with award_rate_cny_per_kwh, or check catalogue',
        ),
    )


def awarded_kwh(discharged_kwh: Fraction, size: Size, terms: AwardTerms, kwh_per_mwh: int) -> Fraction:
    """The part of a year's discharged energy that the award is paid for."""
    return min(discharged_kwh, Fraction(size.energy_mwh) * kwh_per_mwh * Fraction(terms.max_kwh_per_kwh_year))
