"""Laws of what is not an energy bill: leases, support, award, market energy, corrections, assessment, shortfalls."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from mixed_years import Made, Mix, made_up
from mixes import ASSESSMENT, CAP
from oracle import Book, Choices, Mistake, Plant, Rent, Row, YearMonth, book_of, days_of, half_away
from station_months import ALWAYS, settled_book

from settlement import Statement, StatementSet
from settlement.export.tables import csv_bytes

PLAIN = Choices(season="jun_sep_dec_feb", year_from=(6, 1))
JULY: YearMonth = (2025, 7)
MARCH: YearMonth = (2026, 3)
SEEDS = st.integers(0, 2**32)
POWERS = st.integers(1, 50_000).map(lambda watts: Fraction(2 * watts, 1000))
PRICES = st.integers(1, 400_000_000).map(lambda units: Fraction(units, 10**6))
"""A yearly price with up to six decimals, a power in MW whose half has three."""
DAYS = st.integers(1, 31).map(lambda day: date(2025, 7, day))


def _hours(month: YearMonth) -> list[datetime]:
    return [
        datetime(day.year, day.month, day.day) + timedelta(hours=n)  # noqa: DTZ001 - the oracle reads local time
        for day in days_of(month)
        for n in range(24)
    ]


def _rows(month: YearMonth, energies: Mapping[int, tuple[int, int]] | None = None) -> list[Row]:
    """A month of hours of one station; energies by number of the hour, all others idle."""
    return [("A", at, *(energies or {}).get(n, (0, 0))) for n, at in enumerate(_hours(month))]


def _random_rows(month: YearMonth, seed: int) -> list[Row]:
    random = Random(seed)
    moving = random.sample(range(len(_hours(month))), 100)
    return _rows(month, {n: (random.randrange(10**9), random.randrange(10**9)) for n in moving})


PLANT = Plant(name="A", connected_on=date(2025, 7, 1), rated_kwh=((ALWAYS, Fraction(200_000)),))


def _settled(book: Book, rows: Sequence[Row], plant: Plant = PLANT) -> Statement:
    """The statement of the last month."""
    return settled_book(book, [plant], rows).statements[-1]


def _idle(plant: Plant, choices: Choices = PLAIN) -> Statement:
    rows = _rows(JULY)
    return _settled(book_of(rows, [JULY], 60, choices), rows, plant)


def _sum(statement: Statement, *items: str) -> int:
    return sum(line.amount_fen for line in statement.lines if line.item in items)


def _rent(power: Fraction, price: Fraction, days: tuple[date, date], **other: object) -> Rent:
    plain = Rent(lessee="a", new_energy=False, power_mw=power, first=min(days), last=max(days), price=price)
    return replace(plain, **other)  # type: ignore[arg-type]


@settings(max_examples=15, deadline=None)
@given(power=POWERS, price=PRICES, days=st.tuples(DAYS, DAYS))
def test_a_lease_in_two_halves_differs_by_the_rounding_of_a_line_at_most(
    power: Fraction, price: Fraction, days: tuple[date, date]
) -> None:
    whole = _idle(replace(PLANT, rents=(_rent(power, price, days),)))
    half = _rent(power / 2, price, days)
    halves = _idle(replace(PLANT, rents=(half, replace(half, lessee="b"))))
    assert 2 == sum(line.item == "capacity_lease" for line in halves.lines)
    assert abs(whole.all_income_fen - halves.all_income_fen) <= 1
    assert 0 == whole.settled_with_grid_fen == halves.settled_with_grid_fen


@settings(max_examples=10, deadline=None)
@given(power=POWERS, price=PRICES, cut=st.integers(1, 30))
def test_a_lease_that_is_prolonged_by_a_second_one_comes_to_the_whole(
    power: Fraction, price: Fraction, cut: int
) -> None:
    first, last = date(2025, 7, 1), date(2025, 7, 31)
    edge = date(2025, 7, cut)
    whole = _idle(replace(PLANT, rents=(_rent(power, price, (first, last)),)))
    parts = (_rent(power, price, (first, edge)), _rent(power, price, (edge + timedelta(days=1), last)))
    assert abs(_idle(replace(PLANT, rents=parts)).all_income_fen - whole.all_income_fen) <= 1


@settings(max_examples=10, deadline=None)
@given(power=POWERS, price=PRICES, days=st.tuples(DAYS, DAYS))
def test_what_a_new_energy_developer_leases_at_the_subsidy_is_what_the_subsidy_loses(
    power: Fraction, price: Fraction, days: tuple[date, date]
) -> None:
    choices = replace(PLAIN, support="local", subsidy=price, free_part=True)
    leased = _idle(replace(PLANT, rents=(_rent(power, price, days, new_energy=True),)), choices)
    lines = sum(line.item in ("capacity_subsidy", "capacity_lease") for line in leased.lines)
    assert abs(_idle(PLANT, choices).all_income_fen - leased.all_income_fen) <= (lines + 1) / 2


@settings(max_examples=10, deadline=None)
@given(units=st.integers(1, 10**10), charges=st.booleans(), apart=st.booleans(), seed=SEEDS)
def test_a_correction_and_its_opposite_cancel(units: int, *, charges: bool, apart: bool, seed: int) -> None:
    months: list[YearMonth] = [JULY, (2025, 8)]
    rows = [row for month in months for row in _random_rows(month, seed)]
    book = book_of(rows, months, 60, PLAIN)
    wrong = Mistake(
        station="A",
        month=JULY,
        on=date(2025, 7, 9),
        charges=charges,
        units=units,
        reason="there",
        place="adjust.csv:2",
    )
    back = replace(wrong, units=-units, reason="and back" if apart else "there", place="adjust.csv:3")
    corrected = _settled(replace(book, mistakes=(wrong, back)), rows)
    before = _settled(book, rows)
    assert (1 + apart) == sum(line.item == "adjustment" for line in corrected.lines)
    assert before.settled_with_grid_fen == corrected.settled_with_grid_fen
    assert [total.gross_fen for total in before.invoices] == [total.gross_fen for total in corrected.invoices]


def _market(seed: int, *, by_plan: bool) -> tuple[Book, list[Row]]:
    random = Random(seed)
    rows = _random_rows(MARCH, seed)
    choices = replace(PLAIN, market_from=date(2026, 3, 1), by_plan=by_plan)
    prices = {at: (random.randrange(-(10**5), 10**6), random.randrange(-(10**5), 10**6)) for at in _hours(MARCH)}
    return replace(book_of(rows, [MARCH], 60, choices), prices=prices, price_minutes=60), rows


def _plan(
    rows: Sequence[Row], powers: Mapping[datetime, tuple[int, int]]
) -> dict[tuple[str, datetime], tuple[int, int]]:
    """Powers by hour as a plan of quarters."""
    return {("A", at + timedelta(minutes=15 * n)): powers.get(at, (0, 0)) for _, at, _, _ in rows for n in range(4)}


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_a_plan_of_nothing_leaves_real_time_prices_only(seed: int) -> None:
    book, rows = _market(seed, by_plan=True)
    planned = _settled(replace(book, plan=_plan(rows, {})), rows)
    real_time = _settled(replace(book, choices=replace(book.choices, by_plan=False)), rows)
    assert [line.amount_fen for line in planned.lines] == [line.amount_fen for line in real_time.lines]


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_with_one_price_in_both_markets_no_plan_changes_anything(seed: int) -> None:
    random = Random(seed)
    book, rows = _market(seed, by_plan=True)
    same = replace(book, prices={at: (real_time, real_time) for at, (_, real_time) in book.prices.items()})
    powers = {at: (random.randrange(10**6), random.randrange(10**6)) for _, at, _, _ in rows}
    some = _settled(replace(same, plan=_plan(rows, powers)), rows)
    assert some.all_income_fen == _settled(replace(same, plan=_plan(rows, {})), rows).all_income_fen


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS)
def test_what_is_delivered_as_planned_owes_nothing_to_real_time_prices(seed: int) -> None:
    random = Random(seed)
    book, _ = _market(seed, by_plan=True)
    powers = {at: (random.randrange(10**6), random.randrange(10**6)) for at in _hours(MARCH)}
    rows = [("A", at, powers[at][0] * 100, powers[at][1] * 100) for at in _hours(MARCH)]
    book = replace(
        book_of(rows, [MARCH], 60, book.choices), prices=book.prices, price_minutes=60, plan=_plan(rows, powers)
    )
    other = {at: (day_ahead, real_time + 12_345) for at, (day_ahead, real_time) in book.prices.items()}
    assert [line.amount_fen for line in _settled(book, rows).lines] == [
        line.amount_fen for line in _settled(replace(book, prices=other), rows).lines
    ]


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, day=st.integers(1, 31))
def test_both_stages_of_a_month_hold_the_energy_of_the_month_once(seed: int, day: int) -> None:
    book, rows = _market(seed, by_plan=False)
    parted = _settled(replace(book, choices=replace(book.choices, market_from=date(2026, 3, day))), rows)
    charged, discharged = sum(row[2] for row in rows), sum(row[3] for row in rows)
    for name, metered in (("charge", charged), ("discharge", discharged)):
        lines = [line for line in parted.lines if line.item == f"{name}_energy" or line.flags.get("leg") == name]
        assert metered == sum(line.quantity_e4 for line in lines)
    exempt = [line for line in parted.lines if line.item in ("exempted_charges", "network_charges")]
    assert charged == sum(line.quantity_e4 for line in exempt)


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, rated_kwh=st.integers(10, 400))
def test_the_award_to_date_is_the_lesser_of_the_cap_and_what_was_discharged(seed: int, rated_kwh: int) -> None:
    months: list[YearMonth] = [JULY, (2025, 8), (2025, 9)]
    rows = [row for n, month in enumerate(months) for row in _random_rows(month, seed + n)]
    plant = replace(
        PLANT, rated_kwh=((ALWAYS, Fraction(rated_kwh * 100)),), in_catalogue=True, award_from=date(2025, 7, 1)
    )
    result = settled_book(book_of(rows, months, 60, PLAIN), [plant], rows)
    discharged = 0
    for statement in result.statements:
        (award,) = statement.awards
        discharged += award.discharge_kwh_e4
        assert award.awarded_kwh_e4 is not None
        assert min(discharged, 600 * rated_kwh * 100 * 10_000) == award.to_date_kwh_e4
        assert half_away(Fraction(award.awarded_kwh_e4 * 35, 10_000), 0) == _sum(statement, "discharge_award")


MIXED = Choices(
    season="jun_sep_dec_feb",
    year_from=(6, 1),
    market_from=date(2026, 2, 16),
    assessment={
        **{name: ASSESSMENT[name] for name in ("order_shortfall", "unplanned_outage", "discipline")},
        "month_cap": CAP,
    },
)


def _mixed(seed: int) -> Made:
    """Three months of three stations; corrections of one price and reason share a place, so that their order is open."""
    made = made_up(Mix(seed=5 * (seed % 1000) + 1, first=(2025, 12), count=3, minutes=60, choices=MIXED))
    mistakes = tuple(replace(each, place="adjust.csv:2") for each in made.book.mistakes)
    return replace(made, book=replace(made.book, mistakes=mistakes))


def _tables(result: StatementSet) -> list[bytes]:
    return [csv_bytes(table) for table in (result.lines, result.calls, result.awards)]


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_rows_stations_orders_and_corrections_does_not_matter(seed: int) -> None:
    made, random = _mixed(seed), Random(seed)
    book = replace(
        made.book,
        commands=tuple(random.sample(made.book.commands or (), len(made.book.commands or ()))),
        mistakes=tuple(random.sample(made.book.mistakes, len(made.book.mistakes))),
        events=tuple(random.sample(made.book.events, len(made.book.events))),
    )
    plants, rows = random.sample(made.plants, len(made.plants)), random.sample(made.rows, len(made.rows))
    assert _tables(settled_book(made.book, made.plants, made.rows)) == _tables(settled_book(book, plants, rows))


@settings(max_examples=4, deadline=None)
@given(seed=SEEDS)
def test_no_month_is_assessed_beyond_its_cap_and_shares_of_a_shortfall_add_up(seed: int) -> None:
    made = _mixed(seed)
    assessed = 0
    for statement in settled_book(made.book, made.plants, made.rows).statements:
        energies = [
            line.quantity_e4 for line in statement.lines if line.item == "assessment" and line.quantity_unit == "kWh"
        ]
        last = statement.station.rating_on(statement.month.end).power_mw
        hours = CAP["factor"] * CAP["hours"]
        assert sum(energies) <= max(statement.station.power_mw, last) * hours.numerator * 1000 * 10_000
        assessed += bool(energies)
        for calls in statement.calls:
            if calls.shortfall is not None and calls.to_date_calls is not None:
                missing = max(Fraction(0), calls.required_by_now - calls.to_date_calls)
                assert missing == calls.shortfall.total
                assert min(calls.shortfall.own, calls.shortfall.grid, calls.shortfall.not_ordered) >= 0
    assert assessed
