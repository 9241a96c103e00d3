"""How the net present value of a size moves with one assumption at a time: the figures of a tornado."""

from dataclasses import dataclass, replace

from dispatch.sizing.curve import Curve
from dispatch.sizing.drivers import Candidate, candidates
from dispatch.sizing.evaluated import quick_npv_cny
from dispatch.sizing.inputs.project import Size
from dispatch.sizing.inputs.scenario import Scenario
from tariffs.vocabulary.errors import RecordProblems, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """One assumption, lower and higher: its words, both figures as text, and the net present value at each, 元.

    Shape   nothing where the changed figure is one that no project may have, or where calls cannot be made
    """

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


def sensitivity(curve: Curve, scenario: Scenario, size: Size) -> Sensitivity:
    """The net present value with each assumption changed alone; everything that hangs on it is planned again.

    Shape   present values by the curve; what only values years otherwise shares those that are planned
    """
    ground, base = curve.ground, quick_npv_cny(curve, scenario, size)
    if base is None:
        # calls that can be made at this duration may be too many at the next point of the mesh
        curve = replace(curve, mesh_h=0.0, known=curve.known)
        base = quick_npv_cny(curve, scenario, size)
    assert base is not None

    def npv_of(each: Candidate, way: int) -> float | None:
        try:
            changed = each.changed(way)
        except RecordProblems:
            return None
        own = (
            Curve(ground=changed, mesh_h=curve.mesh_h)
            if each.replans
            else replace(curve, ground=changed, known=curve.known)
        )
        return quick_npv_cny(own, changed.scenario(scenario.name), size)

    drivers = [
        Driver(
            name=each.name,
            words=each.words,
            low=each.low,
            high=each.high,
            npv_low_cny=npv_of(each, -1),
            npv_high_cny=npv_of(each, 1),
        )
        for each in candidates(ground, scenario, size)
    ]
    ranked = sorted(drivers, key=lambda each: -each.swing_cny(base))
    return Sensitivity(scenario=scenario.name, size=size, npv_cny=base, drivers=tuple(ranked))
