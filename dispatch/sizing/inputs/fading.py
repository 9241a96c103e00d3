"""How a store grows old, and how it is renewed."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dispatch.sizing.inputs.checks import not_above_zero, out_of_range
from dispatch.sizing.inputs.costs import DEAREST
from tariffs.vocabulary.errors import RecordProblems, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fade:
    """`[fade]`: what a store loses of its energy by age and by cycles; left out, nothing.

    Shape   `cycle_life` has pairs of depth (0 to 1) and of full cycles of that depth until `end_of_life_ratio` is left,
            depths rising, cycles falling; between them it is straight on logarithms of both
    Raises  RecordProblems with every figure that is out of its range
    """

    calendar_fade_per_year: Decimal = Decimal(0)
    """Share of the energy when new that is lost in each year of age."""
    cycle_life: tuple[tuple[Decimal, Decimal], ...] = ()
    end_of_life_ratio: Decimal = Decimal("0.8")
    """Share of the energy when new that is left when the cycles of `cycle_life` are done."""
    least_energy_ratio: Decimal = Decimal("0.5")
    """Share of the energy when new below which the store is out of use: nothing is earned from then on."""

    def __post_init__(self) -> None:
        problems = [
            *out_of_range(self, ("calendar_fade_per_year",), 0, Decimal("0.5")),
            *out_of_range(self, ("end_of_life_ratio", "least_energy_ratio"), 0, 1),
        ]
        if self.end_of_life_ratio == 1:
            problems.append(Words("end_of_life_ratio 须小于 1", "end_of_life_ratio must be below 1"))
        for depth, cycles in self.cycle_life:
            if not (0 < depth <= 1 and cycles > 0):
                problems.append(
                    Words(
                        f"cycle_life 的 [{depth}, {cycles}] 须为 0 至 1 的深度和正的次数",
                        f"cycle_life: [{depth}, {cycles}] must be a depth from 0 to 1 and cycles above 0",
                    )
                )
        for (depth, cycles), (deeper, fewer) in pairwise(self.cycle_life):
            if not (depth < deeper and cycles > fewer):
                problems.append(
                    Words(
                        f"cycle_life 在 {deeper} 处次序不对：深度须上升，次数须下降",
                        f"cycle_life is out of order at {deeper}: depths must rise and cycles fall",
                    )
                )
        if problems:
            raise RecordProblems(problems)

    @property
    def is_asked(self) -> bool:
        """Whether anything is ever lost."""
        return bool(self.calendar_fade_per_year or self.cycle_life)


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """`[augmentation]`: energy added in some years; left out, none.

    Shape   a year is named by its number, 1 the first year of operation; energy is added before the year begins
    Raises  RecordProblems with every figure that is out of its range
    """

    in_years: tuple[int, ...] = ()
    below_ratio: Decimal | None = None
    """Also before each year that would begin with less than this share of the energy when new."""
    to_ratio: Decimal = Decimal(1)
    """Share of the energy when new that there is after it."""
    energy_cost_cny_per_kwh: Decimal = Decimal(0)
    """Price of today for each kWh added."""
    price_growth_ratio: Decimal = Decimal(0)
    """By which that price changes from year to year; cells that grow cheaper have a negative one."""

    def __post_init__(self) -> None:
        problems = [
            *out_of_range(self, ("below_ratio", "to_ratio"), 0, 1),
            *out_of_range(self, ("energy_cost_cny_per_kwh",), 0, DEAREST),
            *out_of_range(self, ("price_growth_ratio",), Decimal("-0.5"), 1),
            *not_above_zero(self, ("to_ratio",)),
        ]
        if any(year < 2 for year in self.in_years) or list(self.in_years) != sorted(set(self.in_years)):
            problems.append(Words("in_years 须从 2 起升序且不重复", "in_years must rise from 2 on, each year once"))
        if self.below_ratio is not None and self.below_ratio > self.to_ratio:
            problems.append(Words("below_ratio 大于 to_ratio", "below_ratio is above to_ratio"))
        if problems:
            raise RecordProblems(problems)

    @property
    def is_asked(self) -> bool:
        """Whether energy is ever added."""
        return bool(self.in_years) or self.below_ratio is not None
