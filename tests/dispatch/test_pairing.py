"""The cheapest leases against a search through every whole number of MW, and against figures worked by hand."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from dispatch.pairing import Need, Room, Ways, cheapest_ways, years_between

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TWO_SPANS = ((date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31)))


def need(project_id: str, power: str, span_no: int = 0, hours: str = "4") -> Need:
    return Need(project_id=project_id, span_no=span_no, power_mw=Decimal(power), duration_h=Decimal(hours))


def room(station_id: str, power: str, span_no: int = 0, hours: int = 4) -> Room:
    return Room(station_id=station_id, span_no=span_no, power_mw=Decimal(power), duration_h=Fraction(hours))


def as_found(ways: Ways) -> list[tuple[str, str, str, tuple[int, ...]]]:
    return [(each.project_id, each.station_id, f"{each.power_mw:f}", each.span_nos) for each in ways.contracts]


def open_mw(ways: Ways) -> Decimal:
    return sum((each.power_mw for each in ways.still_open), Decimal(0))


def test_one_need_is_met_by_the_station_with_room() -> None:
    ways = cheapest_ways([YEAR], [need("W", "20")], [room("S", "50")], {})
    assert [("W", "S", "20", (0,))] == as_found(ways)
    assert () == ways.still_open
    assert ways.proven


def test_what_no_station_can_give_stays_open() -> None:
    ways = cheapest_ways([YEAR], [need("W", "20")], [room("S", "12.5")], {})
    assert [("W", "S", "12.5", (0,))] == as_found(ways)
    assert [("W", Decimal("7.5"))] == [(each.project_id, each.power_mw) for each in ways.still_open]


def test_a_station_with_fewer_hours_is_no_way() -> None:
    ways = cheapest_ways([YEAR], [need("W", "20")], [room("S", "50", hours=2)], {})
    assert () == ways.contracts
    assert Decimal(20) == open_mw(ways)


def test_without_prices_one_contract_is_better_than_two() -> None:
    rooms = [room("A", "10"), room("B", "10"), room("C", "20")]
    assert [("W", "C", "20", (0,))] == as_found(cheapest_ways([YEAR], [need("W", "20")], rooms, {}))


def test_the_lower_rent_is_taken_first_and_its_cost_is_exact() -> None:
    """15 MW at 200 元/kW and 5 MW at 260: 3 000 000 + 1 300 000 元 a year."""
    prices = {"A": Decimal(260), "B": Decimal(200)}
    ways = cheapest_ways([YEAR], [need("W", "20")], [room("A", "50"), room("B", "15")], prices)
    assert [("W", "A", "5", (0,)), ("W", "B", "15", (0,))] == as_found(ways)
    assert [1_300_000, 3_000_000] == [each.rent_cny for each in ways.contracts]


def test_with_prices_a_station_without_one_is_no_way() -> None:
    ways = cheapest_ways([YEAR], [need("W", "20")], [room("A", "50"), room("B", "15")], {"B": Decimal(200)})
    assert [("W", "B", "15", (0,))] == as_found(ways)


def test_a_rent_is_never_saved_by_leaving_a_need_open() -> None:
    ways = cheapest_ways([YEAR], [need("W", "20")], [room("A", "20")], {"A": Decimal(99_999)})
    assert Decimal(0) == open_mw(ways)


def test_spans_in_a_row_with_equal_power_are_one_contract() -> None:
    needs = [need("W", "20", 0), need("W", "20", 1)]
    ways = cheapest_ways(TWO_SPANS, needs, [room("S", "30", 0), room("S", "20", 1)], {"S": Decimal(120)})
    assert [("W", "S", "20", (0, 1))] == as_found(ways)
    assert 120 * 20_000 == ways.contracts[0].rent_cny


def test_a_station_that_comes_later_meets_only_the_later_days() -> None:
    needs = [need("W", "20", 0), need("W", "20", 1)]
    ways = cheapest_ways(TWO_SPANS, needs, [room("S", "30", 1)], {})
    assert [("W", "S", "20", (1,))] == as_found(ways)
    assert [(0, Decimal(20))] == [(each.span_no, each.power_mw) for each in ways.still_open]


def test_figures_that_no_double_holds_come_out_exact() -> None:
    """20 % of 48.000001 MW is 9.6000002 MW; 0.1 + 9.5000002 of it."""
    ways = cheapest_ways([YEAR], [need("W", "9.6000002")], [room("A", "0.1"), room("B", "9.5000002")], {})
    assert [("W", "A", "0.1", (0,)), ("W", "B", "9.5000002", (0,))] == as_found(ways)
    assert () == ways.still_open


def test_no_need_has_no_way() -> None:
    assert () == cheapest_ways([YEAR], [], [room("S", "30")], {}).contracts


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), Fraction(1)),
        (date(2026, 1, 1), date(2026, 1, 31), Fraction(1, 12)),
        (date(2028, 2, 29), date(2028, 2, 29), Fraction(1, 29 * 12)),
        (date(2025, 12, 17), date(2026, 1, 31), Fraction(15, 31 * 12) + Fraction(1, 12)),
        (date(9999, 12, 1), date(9999, 12, 31), Fraction(1, 12)),
    ],
)
def test_rent_is_paid_by_twelfths_and_parts_of_a_month_by_days(first: date, last: date, years: Fraction) -> None:
    assert years == years_between(first, last)


def _every_split(
    needs: Sequence[int], rooms: Sequence[int], allowed: Mapping[tuple[int, int], bool]
) -> Iterator[list[list[int]]]:
    """Every way in which stations can give whole MW to projects."""
    cells = [(p, s) for p in range(len(needs)) for s in range(len(rooms)) if allowed[p, s]]
    for powers in product(*(range(min(needs[p], rooms[s]) + 1) for p, s in cells)):
        split = [[0] * len(rooms) for _ in needs]
        for (p, s), power in zip(cells, powers, strict=True):
            split[p][s] = power
        fits = all(sum(row) <= most for row, most in zip(split, needs, strict=True))
        if fits and all(sum(row[s] for row in split) <= most for s, most in enumerate(rooms)):
            yield split


def _best_by_hand(
    needs: Sequence[int], rooms: Sequence[int], allowed: Mapping[tuple[int, int], bool], prices: Sequence[int]
) -> tuple[int, int, int]:
    """Least MW left open, then least rent, then fewest contracts."""
    return min(
        (
            sum(needs) - sum(map(sum, split)),
            sum(power * price for row in split for power, price in zip(row, prices, strict=True)),
            sum(power > 0 for row in split for power in row),
        )
        for split in _every_split(needs, rooms, allowed)
    )


@pytest.mark.parametrize("seed", range(25))
def test_nothing_is_better_than_what_is_found(seed: int) -> None:
    """With whole figures in, the best split of whole MW is the best of all: the matrix is a transport."""
    dice = random.Random(seed)
    needs = [dice.randint(1, 5) for _ in range(2)]
    rooms = [dice.randint(1, 5) for _ in range(2 + seed % 2)]
    hours = [dice.choice((2, 4, 6)) for _ in rooms]
    wanted = [dice.choice((2, 4)) for _ in needs]
    priced = seed % 3 > 0
    prices = [dice.choice((100, 100, 150)) if priced else 0 for _ in rooms]
    allowed = {(p, s): hours[s] >= wanted[p] for p in range(len(needs)) for s in range(len(rooms))}
    ways = cheapest_ways(
        [YEAR],
        [need(f"W{p}", str(power), hours=str(wanted[p])) for p, power in enumerate(needs)],
        [room(f"S{s}", str(power), hours=hours[s]) for s, power in enumerate(rooms)],
        {f"S{s}": Decimal(price) for s, price in enumerate(prices)} if priced else {},
    )
    rent = sum((each.rent_cny or Fraction(0) for each in ways.contracts), Fraction(0))
    pairs = {(each.project_id, each.station_id) for each in ways.contracts}
    assert _best_by_hand(needs, rooms, allowed, prices) == (open_mw(ways), rent / 1000, len(pairs))


@pytest.mark.parametrize("seed", range(10))
def test_no_station_gives_more_than_it_has_on_any_day(seed: int) -> None:
    dice = random.Random(seed)
    spans = [(date(2026, month, 1), date(2026, month, 28)) for month in range(1, 5)]
    needs = [need(f"W{p}", f"{dice.randint(1, 400) / 10}", no) for p in range(3) for no in range(4)]
    rooms = [room(f"S{s}", f"{dice.randint(1, 300) / 10}", no) for s in range(3) for no in range(4)]
    ways = cheapest_ways(spans, needs, rooms, {"S0": Decimal(100), "S1": Decimal("99.5"), "S2": Decimal(140)})
    for each in rooms:
        given = [c.power_mw for c in ways.contracts if c.station_id == each.station_id and each.span_no in c.span_nos]
        assert sum(given, Decimal(0)) <= each.power_mw
    for each_need in needs:
        met = [
            c.power_mw
            for c in ways.contracts
            if c.project_id == each_need.project_id and each_need.span_no in c.span_nos
        ]
        left = [
            o.power_mw
            for o in ways.still_open
            if (o.project_id, o.span_no) == (each_need.project_id, each_need.span_no)
        ]
        assert each_need.power_mw == sum((*met, *left), Decimal(0))
