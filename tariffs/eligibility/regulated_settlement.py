"""Whether a station is settled at the plan's regulated prices on a day, and if not, which condition it fails."""

from datetime import date, timedelta

from tariffs.independent_station import Failing, eligibility_terms, unmet_marks
from tariffs.settings import CommissioningEnergy, Settings
from tariffs.stations import Station
from tariffs.versions import Version
from tariffs.vocabulary.errors import Words


def failing_conditions(station: Station, plan: Version, on: date) -> tuple[Failing, ...]:
    """The conditions of regulated settlement that a station does not meet on a day; none if it is eligible.

    Raises  DocumentError if the plan has no usable [eligibility] table
    Source  沪府办发〔2024〕28号 二（一） and 六（二）
    """
    failing = unmet_marks(station, plan, on)
    if station.listed_from is not None and station.listed_from <= on:
        return failing
    unlisted = Words(f"{on} 未纳入年度建设计划", f"not in the yearly plan on {on}")
    return (*failing, Failing(condition=unlisted, citation=plan.citation(eligibility_terms(plan).settlement_article)))


def first_settled_day(station: Station, settings: Settings) -> date:
    """The first day whose energy is settled: the day of grid connection, or the day after commissioning."""
    excluded = settings.commissioning_energy is CommissioningEnergy.EXCLUDED
    if excluded and station.commissioning_until_on is not None:
        return station.commissioning_until_on + timedelta(days=1)
    return station.grid_connected_on
