"""Health of a store year by year, against paths worked by hand."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from dispatch.sizing.health import YearHealth, health_path, health_path_by_year
from dispatch.sizing.inputs.fading import Augmentation, Fade
from dispatch.station.degradation import cycle_fade, cycles_of

NONE_ADDED = Augmentation()

SHARES = some.decimals(0, 1, places=3)
FADES = some.builds(
    Fade,
    calendar_fade_per_year=some.decimals(0, Decimal("0.1"), places=4),
    least_energy_ratio=some.decimals(0, Decimal("0.9"), places=2),
)


@some.composite
def additions(draw: some.DrawFn) -> Augmentation:
    """Energy added in some of twenty years, below a share, or both."""
    below, up_to = sorted((draw(SHARES), draw(some.decimals(Decimal("0.001"), 1, places=3))))
    return Augmentation(
        in_years=tuple(sorted(draw(some.sets(some.integers(2, 20), max_size=4)))),
        below_ratio=draw(some.sampled_from((None, below))),
        to_ratio=up_to,
    )


def fade_of(calendar: str, least: str = "0.5") -> Fade:
    return Fade(calendar_fade_per_year=Decimal(calendar), least_energy_ratio=Decimal(least))


def begins(path: tuple[YearHealth, ...]) -> list[float]:
    return [year.energy_ratio for year in path]


def test_age_and_the_cycles_of_every_day_take_their_share_of_the_energy_when_new() -> None:
    # 365 cycles of 0.8 a year; 3,650 of them wear 30 % off: 0.03 a year by cycles, 0.02 by age, whatever is left
    fade = Fade(
        calendar_fade_per_year=Decimal("0.02"),
        cycle_life=((Decimal("0.8"), Decimal(3_650)),),
        end_of_life_ratio=Decimal("0.7"),
    )
    days = cycles_of(np.array([0.0, 160.0] * 365 + [0.0]), 200.0)
    yearly = cycle_fade(days, fade.cycle_life, fade.end_of_life_ratio)
    path = health_path(fade, NONE_ADDED, 4, lambda _: yearly)
    assert [1.0, 0.95, 0.9, 0.85] == begins(path)
    assert [pytest.approx(0.02)] * 4 == [year.calendar_fade_ratio for year in path]
    assert [pytest.approx(0.03)] * 4 == [year.cycle_fade_ratio for year in path]
    assert pytest.approx(0.8) == path[3].end_ratio


def test_the_cycles_of_a_year_are_asked_with_what_it_begins_with() -> None:
    # cycles take 4 % of what the year begins with:
    # 1 - 0.02 - 0.04 = 0.94; 0.94 - 0.02 - 0.0376 = 0.8824; 0.8824 - 0.02 - 0.035296 = 0.827104
    path = health_path(fade_of("0.02"), NONE_ADDED, 4, lambda energy_ratio: 0.04 * energy_ratio)
    assert [1.0, 0.94, 0.8824, 0.827104] == begins(path)


def test_the_cycles_of_a_year_are_asked_after_the_addition() -> None:
    # cycles take a tenth of the square of what the year begins with: 1 - 0.1; 0.9 + 0.1, and 1.1 x 0.1 less: 0.89
    path = health_path(fade_of("0"), Augmentation(in_years=(2,)), 3, lambda energy_ratio: 0.1 * energy_ratio**2)
    assert [1.0, 1.0, 0.89] == begins(path)


def test_the_cycles_of_a_year_may_hang_on_its_number() -> None:
    # two years of few cycles, then a market with many
    path = health_path_by_year(fade_of("0"), NONE_ADDED, 4, lambda year_no, _: 0.01 if year_no < 3 else 0.05)
    assert [1.0, 0.99, 0.98, 0.93] == begins(path)


def test_without_fade_a_store_stays_as_new() -> None:
    assert [1.0, 1.0, 1.0] == begins(health_path(Fade(), NONE_ADDED, 3, lambda _: 0.0))


def test_a_used_store_begins_with_what_it_has_left_and_fades_as_the_new_one() -> None:
    # a tenth of the energy when new each year: 0.8, 0.7, 0.6
    assert [0.8, 0.7, 0.6] == begins(health_path(fade_of("0.1"), NONE_ADDED, 3, lambda _: 0.0, start_ratio=0.8))


def test_a_store_below_the_least_energy_is_out_of_use_from_then_on() -> None:
    # 5 % a year: year 11 begins with 0.50, which is not below a half; year 12 with 0.45
    path = health_path(fade_of("0.02"), NONE_ADDED, 14, lambda _: 0.03)
    assert 0.5 == path[10].energy_ratio
    assert [True] * 11 + [False] * 3 == [year.in_use for year in path]
    unused = YearHealth(
        year_no=12, energy_ratio=0.0, added_ratio=0.0, calendar_fade_ratio=0.0, cycle_fade_ratio=0.0, in_use=False
    )
    assert unused == path[11]


def test_a_store_with_nothing_left_is_out_of_use() -> None:
    # a half a year: 1, 0.5, 0
    path = health_path(fade_of("0.5", least="0"), NONE_ADDED, 3, lambda _: 0.0)
    assert [True, True, False] == [year.in_use for year in path]


def test_an_addition_comes_too_late_for_a_store_out_of_use() -> None:
    # 30 % a year: 1, 0.7, 0.4 is out of use; the addition before year 4 is not made
    path = health_path(fade_of("0.3"), Augmentation(in_years=(4,)), 5, lambda _: 0.0)
    assert [1.0, 0.7, 0.0, 0.0, 0.0] == begins(path)
    assert 0.0 == sum(year.added_ratio for year in path)


def test_an_addition_keeps_a_store_in_use() -> None:
    # 30 % a year: year 3 would begin with 0.4 and is brought to 0.9
    path = health_path(fade_of("0.3"), Augmentation(in_years=(3,), to_ratio=Decimal("0.9")), 3, lambda _: 0.0)
    assert [1.0, 0.7, 0.9] == begins(path)
    assert [0.0, 0.0, 0.5] == [year.added_ratio for year in path]


def test_old_and_new_cells_each_lose_their_share_of_their_own_energy_when_new() -> None:
    # 5 % a year of all cells, new energy before a year that would begin below 0.9:
    # 1, 0.95, 0.90 (not below); 0.85 + 0.15 = 1; cells of 1 + 0.15 lose 0.0575: 0.9425, 0.885 + 0.115 = 1;
    # cells of 1 + 0.15 + 0.115 lose 0.06325: 0.93675
    rule = Augmentation(below_ratio=Decimal("0.9"))
    path = health_path(fade_of("0.02"), rule, 7, lambda _: 0.03)
    assert [1.0, 0.95, 0.9, 1.0, 0.9425, 1.0, 0.93675] == begins(path)
    assert [0.0, 0.0, 0.0, 0.15, 0.0, 0.115, 0.0] == [year.added_ratio for year in path]
    assert pytest.approx(0.023) == path[3].calendar_fade_ratio
    assert pytest.approx(0.0345) == path[3].cycle_fade_ratio


def test_old_cells_end_at_nothing_while_new_ones_go_on() -> None:
    # 30 % a year: 1, 0.7, 0.4, 0.1 + 0.9 = 1; the old lose their last 0.1, the new 0.27: 0.63, then 0.27 less: 0.36
    path = health_path(fade_of("0.3", least="0.05"), Augmentation(in_years=(4,)), 6, lambda _: 0.0)
    assert [1.0, 0.7, 0.4, 1.0, 0.63, 0.36] == begins(path)
    assert [0.3, 0.3, 0.3, 0.37, 0.27, 0.27] == [pytest.approx(year.calendar_fade_ratio) for year in path]


def test_cycles_take_no_more_than_age_has_left() -> None:
    # 0.6 a year, 0.2 of it by age: 1, 0.4; then age takes 0.2 and the cycles the other 0.2
    path = health_path(fade_of("0.2", least="0"), NONE_ADDED, 3, lambda _: 0.4)
    assert [1.0, 0.4, 0.0] == begins(path)
    assert pytest.approx(0.2) == path[1].calendar_fade_ratio
    assert pytest.approx(0.2) == path[1].cycle_fade_ratio


def test_nothing_is_added_to_a_store_that_has_what_is_asked_for() -> None:
    # before year 2 there is 0.95, more than the 0.9 asked for; before year 4 there is 0.85
    rule = Augmentation(in_years=(2, 4), to_ratio=Decimal("0.9"))
    path = health_path(fade_of("0.05"), rule, 4, lambda _: 0.0)
    assert [0.0, 0.0, 0.0, 0.05] == [year.added_ratio for year in path]
    assert [1.0, 0.95, 0.9, 0.9] == begins(path)


def test_the_share_of_a_station_is_exact_in_six_decimals() -> None:
    # a third of a percent a year by cycles: 1 - 1/300 = 0.996667
    path = health_path(fade_of("0"), NONE_ADDED, 2, lambda _: 1 / 300)
    assert Decimal("0.996667") == path[1].exact_energy_ratio


@given(fade=FADES, cycle_rate=some.floats(0, 0.2), start=some.floats(0, 1))
def test_health_never_rises_without_an_addition(fade: Fade, cycle_rate: float, start: float) -> None:
    shares = begins(health_path(fade, NONE_ADDED, 20, lambda energy_ratio: cycle_rate * energy_ratio, start))
    assert all(later <= earlier for earlier, later in pairwise(shares))


@given(fade=FADES, rule=additions(), cycle_rate=some.floats(0, 0.2))
def test_what_a_year_begins_with_is_what_was_left_and_added(fade: Fade, rule: Augmentation, cycle_rate: float) -> None:
    path = health_path(fade, rule, 20, lambda _: cycle_rate)
    assert list(range(1, 21)) == [year.year_no for year in path]
    for earlier, later in pairwise(year for year in path if year.in_use):
        # each figure is rounded to a millionth
        assert later.energy_ratio == pytest.approx(earlier.end_ratio + later.added_ratio, abs=2e-6)


@given(fade=FADES, rule=additions(), cycle_rate=some.floats(0, 0.2))
def test_no_addition_goes_above_what_is_asked_for(fade: Fade, rule: Augmentation, cycle_rate: float) -> None:
    added = [year for year in health_path(fade, rule, 20, lambda _: cycle_rate) if year.added_ratio > 0]
    assert {float(rule.to_ratio)} >= {year.energy_ratio for year in added}


@given(fade=FADES, cycle_rate=some.floats(0, 0.2), more=some.floats(0, 0.1))
def test_more_cycles_never_leave_more(fade: Fade, cycle_rate: float, more: float) -> None:
    calm = begins(health_path(fade, NONE_ADDED, 20, lambda _: cycle_rate))
    busy = begins(health_path(fade, NONE_ADDED, 20, lambda _: cycle_rate + more))
    assert all(less <= most for less, most in zip(busy, calm, strict=True))
