"""How much energy a store has left in each year of its life: what age and cycles take, and what is added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dispatch.sizing.inputs.fading import Augmentation, Fade

RATIO_DECIMALS: Final = 6
"""Shares are compared and handed on in millionths, so that no noise of floats decides whether energy is added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearHealth:
    """The energy of a store in one year of operation, all as shares of the rated energy.

    Shape   `energy_ratio` and `added_ratio` are rounded to six decimals; all are zero when the store is out of use
    """

    year_no: int
    """1 is the first year of operation."""
    energy_ratio: float
    """What there is when the year begins, after the addition; the whole year is run with it."""
    added_ratio: float
    """New cells added before the year begins."""
    calendar_fade_ratio: float
    """What age takes in the year."""
    cycle_fade_ratio: float
    """What the cycles of the year take."""
    in_use: bool

    @property
    def end_ratio(self) -> float:
        """What is left when the year ends."""
        return self.energy_ratio - self.calendar_fade_ratio - self.cycle_fade_ratio

    @property
    def exact_energy_ratio(self) -> Decimal:
        """`energy_ratio` as the factor of a station's rated energy, six decimals."""
        return Decimal(str(self.energy_ratio))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """Cells of one age: their energy when new, and what is left of it."""

    new_ratio: float
    left_ratio: float

    def losses(self, calendar_rate: float, cycle_rate: float) -> tuple[float, float]:
        calendar = min(self.new_ratio * calendar_rate, self.left_ratio)
        return calendar, min(self.new_ratio * cycle_rate, self.left_ratio - calendar)


def health_path(
    fade: Fade,
    augmentation: Augmentation,
    life_years: int,
    year_fade: Callable[[float], float],
    start_ratio: float = 1.0,
) -> tuple[YearHealth, ...]:
    """The energy of a store year by year, where every year is operated alike; see `health_path_by_year`."""
    return health_path_by_year(fade, augmentation, life_years, lambda _, ratio: year_fade(ratio), start_ratio)


def health_path_by_year(
    fade: Fade,
    augmentation: Augmentation,
    life_years: int,
    year_fade: Callable[[int, float], float],
    start_ratio: float = 1.0,
) -> tuple[YearHealth, ...]:
    """The energy of a store in each year of its life, as shares of the rated energy, with what age and cycles take.

    Shape   `year_fade` is asked with the number of a year and the share of the rated energy that it begins with, and
            gives the share of **their energy when new** that cells lose by the cycles of that year (`cycle_fade`);
            all cells lose the same share, for all are charged and discharged as deep, each in proportion to what it
            has left. Age takes `calendar_fade_per_year` of the energy when new in each year, from the cells' own first
            year on. Cells never have less than nothing. `start_ratio`, 0 to 1, is what the first cells have left of
            the rated energy when the first year begins.
            A year that begins below `least_energy_ratio`, after any addition, or with nothing, is out of use, and so
            are all after it: nothing is added, nothing is asked of `year_fade`
    Check   tests/dispatch/sizing/test_health.py
    """
    cells: tuple[_Cells, ...] = (_Cells(new_ratio=1.0, left_ratio=start_ratio),)
    path: list[YearHealth] = []
    for year_no in range(1, life_years + 1):
        before = _left(cells)
        added = _added(augmentation, year_no, before)
        energy = round(before + added, RATIO_DECIMALS)
        if energy <= 0 or energy < float(fade.least_energy_ratio):
            break
        cells = (*cells, _Cells(new_ratio=added, left_ratio=added)) if added else cells
        rates = float(fade.calendar_fade_per_year), year_fade(year_no, energy)
        losses = [each.losses(*rates) for each in cells]
        path.append(
            YearHealth(
                year_no=year_no,
                energy_ratio=energy,
                added_ratio=added,
                calendar_fade_ratio=sum(calendar for calendar, _ in losses),
                cycle_fade_ratio=sum(cycles for _, cycles in losses),
                in_use=True,
            )
        )
        cells = tuple(
            _Cells(new_ratio=each.new_ratio, left_ratio=each.left_ratio - calendar - cycles)
            for each, (calendar, cycles) in zip(cells, losses, strict=True)
        )
    return (*path, *(_out_of_use(year_no) for year_no in range(len(path) + 1, life_years + 1)))


def _left(cells: Sequence[_Cells]) -> float:
    return round(sum(each.left_ratio for each in cells), RATIO_DECIMALS)


def _added(augmentation: Augmentation, year_no: int, before_ratio: float) -> float:
    """What is added before a year: up to the share asked for, and never less than nothing."""
    limit = augmentation.below_ratio
    if year_no in augmentation.in_years or (limit is not None and before_ratio < float(limit)):
        return max(round(float(augmentation.to_ratio) - before_ratio, RATIO_DECIMALS), 0.0)
    return 0.0


def _out_of_use(year_no: int) -> YearHealth:
    return YearHealth(
        year_no=year_no,
        energy_ratio=0.0,
        added_ratio=0.0,
        calendar_fade_ratio=0.0,
        cycle_fade_ratio=0.0,
        in_use=False,
    )
