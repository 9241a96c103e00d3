"""Cycles of a series of stored energy against the printed example of the standard, and the fade that they make."""

import csv
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from dispatch.station.degradation import CycleCount, cycle_fade, cycles_of

TABLE = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "degradation" / "dervet_battery_cycle_life.csv"

FOUR_TIMES_AS_DEEP_A_SIXTEENTH = ((Decimal("0.25"), Decimal(16_000)), (Decimal(1), Decimal(1_000)))
"""N falls with the square of the depth: N(0.5) = 4,000, N(0.125) = 64,000."""

LEVELS = some.lists(some.integers(0, 500), min_size=2, max_size=60)
"""Stored energy in MWh, of 500 usable: shares of two thousandths, and a tenth of it, are whole millionths."""


@some.composite
def cycle_lives(draw: some.DrawFn) -> list[tuple[float, int]]:
    """Tables of one to five points: depths rise, cycles do not."""
    depths = sorted(draw(some.sets(some.integers(1, 100), min_size=1, max_size=5)))
    lives = sorted(draw(some.lists(some.integers(100, 10**6), min_size=len(depths), max_size=len(depths))))
    return [(depth / 100, cycles) for depth, cycles in zip(depths, reversed(lives), strict=True)]


def counted(levels: list[float] | list[int], usable_mwh: float) -> CycleCount:
    return cycles_of(np.array(levels, dtype=np.float64), usable_mwh)


def alike(depth_ratio: float, cycles: float) -> CycleCount:
    """So many cycles of one depth."""
    return CycleCount(
        depth_ratio=np.array([depth_ratio]), cycles=np.array([cycles]), mean_stored_ratio=np.array([depth_ratio / 2])
    )


def test_the_worked_example_of_the_standard_is_counted_as_printed() -> None:
    # ASTM E1049-85 (2017), figure 6: the series A to I and its count; four is added to every level, ten are usable
    count = counted([2, 5, 1, 9, 3, 7, 0, 8, 2], usable_mwh=10)
    found = zip(count.depth_ratio.tolist(), count.mean_stored_ratio.tolist(), count.cycles.tolist(), strict=True)
    # range, mean and count: A-B, B-C, E-F, C-D, D-G, G-H, H-I
    expected = [
        (0.3, 0.35, 0.5),
        (0.4, 0.30, 0.5),
        (0.4, 0.50, 1.0),
        (0.8, 0.50, 0.5),
        (0.9, 0.45, 0.5),
        (0.8, 0.40, 0.5),
        (0.6, 0.50, 0.5),
    ]
    assert sorted(expected) == sorted(found)


def test_the_worked_example_moves_as_much_as_two_and_seven_tenths_full_cycles() -> None:
    # ranges 3, 4, 8, 6, 4, 7, 8, 6 from level to level make 46 tenths up and down, 23 of them one way
    assert pytest.approx(2.3) == counted([2, 5, 1, 9, 3, 7, 0, 8, 2], usable_mwh=10).full_equivalent


def test_a_cycle_a_day_is_counted_day_by_day() -> None:
    # empty at midnight, 160 of 200 MWh by noon, empty again; 365 times
    count = counted([0.0, 160.0] * 365 + [0.0], usable_mwh=200)
    assert {0.8: 365.0} == dict(_by_depth(count))
    assert pytest.approx(292.0) == count.full_equivalent


def test_a_way_up_alone_is_half_a_cycle() -> None:
    count = counted([0.0, 5.0, 10.0], usable_mwh=20)
    assert ([0.5], [0.5], [0.25]) == tuple(
        each.tolist() for each in (count.depth_ratio, count.cycles, count.mean_stored_ratio)
    )


@pytest.mark.parametrize("levels", [[], [3.0], [3.0, 3.0, 3.0]])
def test_a_store_that_never_moves_has_no_cycles(levels: list[float]) -> None:
    assert 0 == counted(levels, usable_mwh=20).cycles.size


def test_a_store_without_usable_energy_has_no_cycles() -> None:
    assert 0 == counted([0.0, 0.0, 0.0], usable_mwh=0).cycles.size


def test_the_noise_of_a_solver_is_no_cycle() -> None:
    assert 0 == counted([10.0, 10.000001, 9.999999, 10.000002], usable_mwh=200).cycles.size


def test_bins_hold_the_depths_up_to_their_upper_edge() -> None:
    count = CycleCount(
        depth_ratio=np.array([0.1, 0.3, 0.30001, 1.0, 1.0000001]),
        cycles=np.array([0.5, 1.0, 0.5, 0.5, 0.5]),
        mean_stored_ratio=np.full(5, 0.5),
    )
    edges, cycles = count.by_depth(10)
    assert pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]) == edges.tolist()
    assert [0.5, 0.0, 1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0] == cycles.tolist()


def test_the_noise_of_floats_moves_no_depth_to_the_next_bin() -> None:
    # 0.07 x 100 is a little above 7 in floats
    assert 1.0 == alike(0.07, 1.0).by_depth(100)[1][6]


def test_no_cycles_fill_no_bin() -> None:
    assert [0.0, 0.0] == counted([], usable_mwh=20).by_depth(2)[1].tolist()


@given(levels=LEVELS)
def test_the_counted_cycles_move_what_the_store_moved(levels: list[int]) -> None:
    # a whole cycle goes its depth up and down, half a cycle one way
    moved = sum(abs(following - level) for level, following in pairwise(levels))
    assert pytest.approx(moved / 500 / 2) == counted(levels, usable_mwh=500).full_equivalent


@given(levels=LEVELS)
def test_every_way_from_turn_to_turn_is_counted_once(levels: list[int]) -> None:
    signs = [np.sign(following - level) for level, following in pairwise(levels) if following != level]
    ways = (1 + sum(here != there for here, there in pairwise(signs))) if signs else 0
    count = counted(levels, usable_mwh=500)
    assert ways == 2 * count.cycles.sum()
    assert count.cycles.sum() == count.by_depth(7)[1].sum()


@given(levels=LEVELS, parts=some.integers(2, 4))
def test_points_on_the_way_change_no_count(levels: list[int], parts: int) -> None:
    coarse = np.array(levels, dtype=np.float64)
    fine = np.interp(np.arange((coarse.size - 1) * parts + 1) / parts, np.arange(coarse.size), coarse)
    expected, found = cycles_of(coarse, 500.0), cycles_of(fine, 500.0)
    assert expected.depth_ratio.tolist() == found.depth_ratio.tolist()
    assert expected.cycles.tolist() == found.cycles.tolist()


@pytest.mark.parametrize(
    ("depth_ratio", "cycles_to_the_end"),
    [
        pytest.param(0.25, 16_000, id="a point of the table"),
        pytest.param(0.5, 4_000, id="between two points"),
        pytest.param(0.125, 64_000, id="below the first point"),
        pytest.param(1.0, 1_000, id="the last point"),
    ],
)
def test_cycles_of_one_depth_until_the_end_take_what_the_end_of_life_lacks(
    depth_ratio: float, cycles_to_the_end: int
) -> None:
    # a fifth of the energy when new is gone at 80 %
    fade = cycle_fade(alike(depth_ratio, cycles_to_the_end), FOUR_TIMES_AS_DEEP_A_SIXTEENTH, Decimal("0.8"))
    assert pytest.approx(0.2) == fade


def test_above_the_last_point_its_cycles_are_held() -> None:
    table = ((Decimal("0.2"), Decimal(10_000)), (Decimal("0.8"), Decimal(2_000)))
    # N(1) = N(0.8) = 2,000; half of the cycles, half of 30 %
    assert pytest.approx(0.15) == cycle_fade(alike(1.0, 1_000), table, Decimal("0.7"))


@pytest.mark.parametrize("depth_ratio", [0.1, 0.5, 0.8, 1.0])
def test_with_one_point_the_same_energy_goes_through_a_store_at_every_depth(depth_ratio: float) -> None:
    # 4,000 cycles of 0.8 are 3,200 full ones; 320 full ones take a tenth of a fifth
    table = ((Decimal("0.8"), Decimal(4_000)),)
    assert pytest.approx(0.02) == cycle_fade(alike(depth_ratio, 320 / depth_ratio), table, Decimal("0.8"))


def test_parts_of_a_life_add_up() -> None:
    # 1.5 cycles of 0.5 and 0.5 of 1: 0.2 x (1.5 / 4,000 + 0.5 / 1,000) = 0.000175
    count = counted([0.0, 0.5, 0.0, 1.0, 0.5], usable_mwh=1)
    assert {0.5: 1.5, 1.0: 0.5} == dict(_by_depth(count))
    assert pytest.approx(0.000_175) == cycle_fade(count, FOUR_TIMES_AS_DEEP_A_SIXTEENTH, Decimal("0.8"))


def test_without_a_table_cycles_take_nothing() -> None:
    assert 0.0 == cycle_fade(alike(1.0, 365), (), Decimal("0.8"))


def test_no_cycles_take_nothing() -> None:
    assert 0.0 == cycle_fade(counted([], usable_mwh=1), FOUR_TIMES_AS_DEEP_A_SIXTEENTH, Decimal("0.8"))


def test_a_steep_table_takes_nothing_for_the_least_cycle() -> None:
    # a slope of -97 on logarithms: N of a millionth is beyond the largest float
    table = ((Decimal("0.1"), Decimal(10**6)), (Decimal("0.11"), Decimal(100)))
    assert 0.0 == cycle_fade(alike(0.000_001, 1), table, Decimal("0.8"))


@given(levels=LEVELS, table=cycle_lives(), tenths=some.integers(1, 9))
def test_deeper_cycles_never_fade_less(levels: list[int], table: list[tuple[float, int]], tenths: int) -> None:
    shallow = cycle_fade(counted([level * tenths / 10 for level in levels], usable_mwh=500), table, 0.8)
    assert shallow <= cycle_fade(counted(levels, usable_mwh=500), table, 0.8) * (1 + 1e-9)


@pytest.mark.skipif(not TABLE.exists(), reason="the shared table of cycle lives is not here")
def test_each_row_of_a_published_table_is_one_life() -> None:
    with TABLE.open(encoding="utf-8") as file:
        table = [(float(depth), float(cycles)) for depth, cycles in list(csv.reader(file))[1:]]
    assert 11 == len(table)
    assert pytest.approx([0.2] * 11) == [cycle_fade(alike(depth, cycles), table, 0.8) for depth, cycles in table]
    # from 0.1 to 0.15 the cycles fall from 63,000 to 42,000, as the depth grows: N(0.05) = 126,000
    assert pytest.approx(0.2) == cycle_fade(alike(0.05, 126_000), table, 0.8)


def _by_depth(count: CycleCount) -> Counter[float]:
    found: Counter[float] = Counter()
    for depth, cycles in zip(count.depth_ratio.tolist(), count.cycles.tolist(), strict=True):
        found[depth] += cycles
    return found
