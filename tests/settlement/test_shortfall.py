"""Missing calls in three shares: own failures first, then the grid side, and the rest was not ordered."""

from datetime import date
from fractions import Fraction

import pytest
from activities import MadeUp, e4, judged
from hypothesis import given
from hypothesis import strategies as st

from settlement.shortfall import Shortfall, failures_tally, failures_to_date, shortfall
from tariffs.stations import OutageCause

FULL = e4(200_000)
JUNE = MadeUp().activity(date(2025, 6, 1), date(2025, 7, 1)).spans
calls = st.fractions(min_value=0, max_value=300, max_denominator=400)
energies = st.dictionaries(st.integers(1, 10**9), st.integers(0, 10**12), max_size=3)


def shares(own: object, grid: object, not_ordered: object) -> Shortfall:
    return Shortfall(own=Fraction(str(own)), grid=Fraction(str(grid)), not_ordered=Fraction(str(not_ordered)))


@pytest.mark.parametrize(
    ("required", "done", "failed_own_calls", "failed_grid_calls", "expected"),
    [
        (100, 100, 5, 5, shares(0, 0, 0)),  # nothing is missing: failures do not matter
        (100, 110, 5, 5, shares(0, 0, 0)),  # more than required is no negative shortfall
        (100, 90, 0, 0, shares(0, 0, 10)),  # no failure known: nobody ordered the ten
        (100, 90, 4, 0, shares(4, 0, 6)),
        (100, 90, 4, 3, shares(4, 3, 3)),
        (100, 90, 4, 8, shares(4, 6, 0)),  # the grid side explains what is left of the ten
        (100, 90, 12, 8, shares(10, 0, 0)),  # own failures explain first
    ],
)
def test_own_failures_explain_first_then_the_grid_side(
    required: int, done: int, failed_own_calls: int, failed_grid_calls: int, expected: Shortfall
) -> None:
    own, grid = {FULL: failed_own_calls * FULL}, {FULL: failed_grid_calls * FULL}
    assert expected == shortfall(Fraction(required), Fraction(done), own, grid)


@given(required=calls, done=calls, own=energies, grid=energies)
def test_the_shares_are_never_negative_and_add_up_to_what_is_missing(
    required: Fraction, done: Fraction, own: dict[int, int], grid: dict[int, int]
) -> None:
    found = shortfall(required, done, own, grid)
    assert max(Fraction(0), required - done) == found.total
    assert min(found.own, found.grid, found.not_ordered) >= 0


def test_failures_are_tallied_by_cause_for_discharge_orders_of_season_days() -> None:
    orders = [
        judged("2025-06-02T18:00", 200_000, "failed", failed_kwh=200_000, cause=OutageCause.OWN),
        judged("2025-06-03T18:00", 200_000, "partly_done", failed_kwh=50_000, cause=OutageCause.GRID),
        judged("2025-06-04T18:00", 200_000, "failed", failed_kwh=200_000, cause=OutageCause.APPROVED),
        judged("2025-06-05T18:00", 200_000, "failed", failed_kwh=200_000),
        judged("2025-06-06T02:00", 200_000, "failed", failed_kwh=200_000, cause=OutageCause.OWN, direction="charge"),
        judged("2025-05-31T18:00", 200_000, "failed", failed_kwh=200_000, cause=OutageCause.OWN),
    ]
    # own 200 MWh; the grid side 50 + 200 MWh; no cause, charging and May are in neither
    expected = {("failed_own", FULL): e4(200_000), ("failed_grid", FULL): e4(250_000)}
    assert expected == failures_tally(orders, JUNE)


def test_a_month_without_failures_has_entries_of_zero_and_a_month_without_orders_has_none() -> None:
    assert {("failed_own", FULL): 0, ("failed_grid", FULL): 0} == failures_tally([], JUNE)
    assert {} == failures_tally(None, JUNE)


def test_failures_to_date_are_the_sum_of_the_months() -> None:
    one = {("discharge", FULL): 1, ("failed_own", FULL): 3, ("failed_grid", FULL): 5}
    two = {("discharge", FULL): 1, ("failed_own", FULL): 4, ("failed_grid", FULL): 0}
    assert ({FULL: 7}, {FULL: 5}) == failures_to_date([one, two, {}])


def test_failures_to_date_are_not_known_where_one_month_had_no_orders() -> None:
    known = {("discharge", FULL): 1, ("failed_own", FULL): 3, ("failed_grid", FULL): 5}
    assert failures_to_date([known, {("discharge", FULL): 1}]) is None


def test_a_month_outside_the_season_with_only_an_open_run_does_not_make_failures_unknown() -> None:
    known = {("event", FULL): 1, ("failed_own", FULL): 3, ("failed_grid", FULL): 5}
    assert ({FULL: 3}, {FULL: 5}) == failures_to_date([{("open_event", 0): 9}, known])
