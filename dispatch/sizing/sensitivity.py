"""How the net present value of a size moves with one assumption at a time: the figures of a tornado."""

from dataclasses import dataclass

from dispatch.sizing.curve import Curve
from dispatch.sizing.drivers import candidates
from dispatch.sizing.evaluated import quick_npv_cny
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Scenario
from tariffs.vocabulary.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One assumption, lower and higher: its words, both figures as text, and the net present value at each, 元."""

    name: str
    words: Words
    low: str
    high: str
    npv_low_cny: float | None
    npv_high_cny: float | None

    def swing_cny(self, base_cny: float) -> float:
        """How far the present value moves at most, away from its base."""
        known = [npv for npv in (self.npv_low_cny, self.npv_high_cny) if npv is not None]
        return max((abs(npv - base_cny) for npv in known), default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """All drivers of a size under a scenario, those that move most first."""

    scenario: str
    size: Size
    npv_cny: float
    drivers: tuple[Driver, ...]


def sensitivity(ground: Ground, scenario: Scenario, size: Size) -> Sensitivity:
    """The net present value with each assumption changed alone; everything that hangs on it is planned again."""
    base = _npv(ground, scenario.name, size)
    assert base is not None
    drivers = [
        Driver(
            name=each.name,
            words=each.words,
            low=each.low,
            high=each.high,
            npv_low_cny=_npv(each.changed(-1), scenario.name, size),
            npv_high_cny=_npv(each.changed(1), scenario.name, size),
        )
        for each in candidates(ground, scenario, size)
    ]
    ranked = sorted(drivers, key=lambda each: -each.swing_cny(base))
    return Sensitivity(scenario=scenario.name, size=size, npv_cny=base, drivers=tuple(ranked))


def _npv(ground: Ground, scenario: str, size: Size) -> float | None:
    return quick_npv_cny(Curve(ground=ground, mesh_h=0.0), ground.scenario(scenario), size)
