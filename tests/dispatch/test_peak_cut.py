"""Peak cut: the cases of tests/cases/targets, a search by bisection, laws, and a real shape where it is at hand."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dispatch.arrays import Floats
from dispatch.horizon import Horizon
from dispatch.peak_cut import Fleet, Load, cut_needs, cut_reach, shortfall
from tariffs.vocabulary.errors import InputError, UsageError
from tariffs.vocabulary.timegrid import ZONE, physical

CASES_FILE = Path(__file__).parent.parent / "cases" / "targets" / "peak_cut.toml"
CASES: list[dict[str, Any]] = tomllib.loads(CASES_FILE.read_text(encoding="utf-8"))["cut"]
MEAN_DAYS = (
    Path(__file__).resolve().parents[3] / "shared" / "data" / "load" / "shanghai_modelled_mean_day_by_month_mw.csv"
)


def load_of(power_mw: Sequence[float] | Floats, minutes: int = 60) -> Load:
    first_ms = physical(datetime(2025, 7, 1, tzinfo=ZONE))
    horizon = Horizon(first_ms=first_ms, minutes=minutes, count=len(power_mw))
    return Load(horizon=horizon, load_mw=np.asarray(power_mw, float))


def _drawn(case: dict[str, Any], minutes: int = 60) -> Load:
    assert set(case) <= {"name", "worked", "load", "share", "fleet", "needs", "lacks", "reach"}
    return load_of(
        np.repeat([each[0] for each in case["load"]], [each[1] * 60 // minutes for each in case["load"]]), minutes
    )


def _outcomes(case: dict[str, Any], minutes: int) -> dict[str, object]:
    load, fleet = _drawn(case, minutes), Fleet(power_mw=case["fleet"][0], energy_mwh=case["fleet"][1])
    needs = cut_needs(load, float(Decimal(case["share"])))
    return {"needs": needs, "lacks": shortfall(needs, fleet), "reach": cut_reach(load, fleet)}


@pytest.mark.parametrize("minutes", [60, 15])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_comes_out_as_expected_at_any_step(case: dict[str, Any], minutes: int) -> None:
    found = _outcomes(case, minutes)
    for part in ("needs", "lacks", "reach"):
        for name, figure in case.get(part, {}).items():
            assert figure == pytest.approx(getattr(found[part], name), rel=1e-9, abs=1e-9), f"{part}.{name}"


def _feasible(days: list[Floats], fleet: Fleet, level: float, hours: float) -> bool:
    over = [np.clip(day - level, 0, None) for day in days]
    return all(each.max() <= fleet.power_mw and each.sum() * hours <= fleet.energy_mwh for each in over)


def _lowest_level(load: Load, fleet: Fleet) -> float:
    """The lowest level by bisection: feasible at the highest load, not below zero."""
    low, high = 0.0, load.peak_mw
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if _feasible(load.by_day(), fleet, middle, load.horizon.hours) else (middle, high)
    return high


@pytest.mark.parametrize("seed", range(40))
def test_the_largest_cut_is_the_one_that_bisection_finds(seed: int) -> None:
    draw = np.random.default_rng(seed)
    load = load_of(draw.integers(40, 100, size=int(draw.integers(1, 200))), int(draw.choice([15, 60])))
    fleet = Fleet(power_mw=float(draw.uniform(0.5, 60)), energy_mwh=float(draw.uniform(0, 300)))
    assert _lowest_level(load, fleet) == pytest.approx(cut_reach(load, fleet).level_mw, abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_the_fleet_that_is_needed_reaches_the_level_and_a_smaller_one_does_not(seed: int) -> None:
    draw = np.random.default_rng(seed)
    load, share = load_of(draw.uniform(50, 100, size=96)), float(draw.uniform(0.02, 0.3))
    needs = cut_needs(load, share)
    whole = cut_reach(load, Fleet(power_mw=needs.power_mw, energy_mwh=needs.energy_mwh))
    assert needs.level_mw == pytest.approx(whole.level_mw)
    weaker = cut_reach(load, Fleet(power_mw=needs.power_mw * 0.99, energy_mwh=needs.energy_mwh))
    emptier = cut_reach(load, Fleet(power_mw=needs.power_mw, energy_mwh=needs.energy_mwh * 0.99))
    assert min(weaker.level_mw, emptier.level_mw) > needs.level_mw


def test_more_energy_never_cuts_less() -> None:
    load = load_of(np.random.default_rng(1).uniform(50, 100, size=72))
    cuts = [cut_reach(load, Fleet(power_mw=30, energy_mwh=energy)).cut_mw for energy in range(0, 400, 10)]
    assert sorted(cuts) == cuts


def test_a_fleet_without_energy_cuts_nothing() -> None:
    assert 0.0 == cut_reach(load_of([60, 100, 60]), Fleet(power_mw=10, energy_mwh=0)).cut_mw


def test_nothing_is_cut_below_zero() -> None:
    reach = cut_reach(load_of([100.0] * 24), Fleet(power_mw=500, energy_mwh=10_000))
    assert (0.0, 1.0) == (reach.level_mw, reach.cut_share)


def test_a_part_of_a_day_is_not_asked_whether_it_charges_again() -> None:
    assert 0 == cut_reach(load_of([100.0] * 5), Fleet(power_mw=50, energy_mwh=100)).unfilled_days


def test_a_load_that_is_never_above_zero_is_refused() -> None:
    with pytest.raises(InputError, match="never above zero"):
        load_of([0.0, -5.0])


def test_days_are_those_of_shanghai() -> None:
    first_ms = physical(datetime(2025, 7, 1, 22, tzinfo=ZONE))
    load = Load(horizon=Horizon(first_ms=first_ms, minutes=60, count=4), load_mw=np.array([90.0, 100.0, 95.0, 80.0]))
    assert [2, 2] == [len(day) for day in load.by_day()]
    assert "2025-07-01 23:00" == f"{load.peak_at:%Y-%m-%d %H:%M}"


@pytest.mark.skipif(not MEAN_DAYS.exists(), reason="the shared series are not here")
def test_on_the_mean_july_day_of_the_city_four_hours_at_five_percent_are_not_enough() -> None:
    july = [float(cell) for cell in MEAN_DAYS.read_text(encoding="utf-8").splitlines()[7].split(",")[1:]]
    level = max(july) * 0.95
    by_hand = sum(each - level for each in july if each > level)
    needs = cut_needs(load_of(july), 0.05)
    assert by_hand == pytest.approx(needs.energy_mwh)
    assert needs.duration_h > 4


def test_a_cut_of_megawatts_is_that_share_of_the_highest_load() -> None:
    load = load_of([600.0, 1000.0, 900.0])
    assert cut_needs(load, 0.25) == cut_needs(load, cut_mw=250)


@pytest.mark.parametrize("given", [{}, {"share": 0.1, "cut_mw": 1.0}])
def test_a_cut_is_a_share_or_megawatts(given: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="a cut is a share or a number of MW"):
        cut_needs(load_of([1.0, 2.0]), **given)


@pytest.mark.parametrize(
    "given", [{"share": 2000.0}, {"share": 0.0}, {"share": float("nan")}, {"cut_mw": 2.1}, {"cut_mw": -1.0}]
)
def test_a_cut_out_of_its_range_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="the cut is out of its range"):
        cut_needs(load_of([1.0, 2.0]), **given)
