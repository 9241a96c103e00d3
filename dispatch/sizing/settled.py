"""Whether a station of a size is settled at the regulated prices at all."""

from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Regime, Scenario
from tariffs.eligibility.regulated_settlement import failing_conditions
from tariffs.versions import Version


def is_settled(ground: Ground, scenario: Scenario, size: Size) -> bool:
    """Whether a station of a size is settled at the regulated prices, where a scenario has them; else it need not be."""
    if Regime.REGULATED not in scenario.regimes:
        return True
    plant = ground.project.project
    return not failing_conditions(plant.station(size), storage_plan(ground), plant.first_on)


def storage_plan(ground: Ground) -> Version:
    """The storage plan in force on the first day of operation.

    Raises  PolicyNotCovered outside its term
    """
    settings = ground.around.settings
    assert settings is not None
    return ground.around.library.in_force(f"{settings.city}/storage_pricing", ground.project.project.first_on)
