"""Laws of the money: what adds up, what scales, and which way it moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import COAL, Choices, Row
from station_months import Outline, long_frame, month_rows, settled, write_documents

from settlement import Statement
from settlement.draft import Invoice

OUTLINE = Outline(name="A-1", power_mw=20, energy_mwh=40)
ALL = Choices(
    season="mid_jun_mid_sep_mid_dec_mid_mar", year_from=(6, 1), network=((date(2025, 1, 1), Fraction("0.15")),)
)
RETURNED = replace(ALL, returned_only=True)
MONTHS = st.sampled_from(["2025-05", "2025-06", "2025-12", "2026-03"])
SEEDS = st.integers(0, 2**32)
BASES = st.sampled_from([ALL, RETURNED])


def _rows(seed: int, month: str) -> list[Row]:
    return month_rows(OUTLINE, (int(month[:4]), int(month[5:])), 60, Random(seed))


def _statement(rows: Sequence[Row], month: str, choices: Choices) -> Statement:
    with TemporaryDirectory() as folder:
        documents = write_documents(Path(folder), choices)
        (statement,) = settled(long_frame(rows), [OUTLINE], month, choices, documents).statements
        return statement


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, month=MONTHS, choices=BASES)
def test_every_line_is_quantity_times_price_rounded_and_all_of_them_add_up(
    seed: int, month: str, choices: Choices
) -> None:
    statement = _statement(_rows(seed, month), month, choices)
    for line in statement.lines:
        assert line.price is not None
        exact = Fraction(line.quantity_e4, 10_000) * Fraction(line.price.cny_per_unit_e6, 10**6)
        assert exact == Fraction(line.amount_exact_cny)
        assert line.invoice is Invoice.NONE or abs(abs(line.amount_fen) - exact * 100) <= Fraction(1, 2)
        assert line.amount_fen == line.amount_excl_tax_fen + line.tax_fen
    for total in statement.invoices:
        members = [line for line in statement.lines if line.invoice is total.invoice]
        assert total.gross_fen == sum(line.amount_fen for line in members)
        assert total.net_fen == sum(line.amount_excl_tax_fen for line in members)
        assert total.tax_fen == sum(line.tax_fen for line in members) == total.gross_fen - total.net_fen
        assert abs(total.gross_fen - Fraction(113, 100) * total.net_fen) <= Fraction(113, 200)
    assert statement.settled_with_grid_fen == sum(total.gross_fen for total in statement.invoices)


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, month=MONTHS, choices=BASES, more_kwh_e4=st.integers(0, 10**7))
def test_more_discharge_never_earns_less_and_more_charging_never_costs_less(
    seed: int, month: str, choices: Choices, more_kwh_e4: int
) -> None:
    random = Random(seed)
    rows = [(name, at, charge // 2, discharge // 2) for name, at, charge, discharge in _rows(seed, month)]
    place = random.randrange(len(rows))
    name, at, charge, discharge = rows[place]
    fen = {}
    for kind, row in (
        ("more discharge", (name, at, charge, discharge + more_kwh_e4)),
        ("as it was", rows[place]),
        ("more charging", (name, at, charge + more_kwh_e4, discharge)),
    ):
        changed = [*rows[:place], row, *rows[place + 1 :]]
        fen[kind] = _statement(changed, month, choices).settled_with_grid_fen
    assert fen["more charging"] <= fen["as it was"] <= fen["more discharge"]


@settings(max_examples=6, deadline=None)
@given(seed=SEEDS, month=MONTHS, choices=BASES, times=st.integers(2, 9))
def test_all_energies_times_a_number_are_all_quantities_times_that_number(
    seed: int, month: str, choices: Choices, times: int
) -> None:
    small = [(name, at, charge // 10, discharge // 10) for name, at, charge, discharge in _rows(seed, month)]
    large = [(name, at, charge * times, discharge * times) for name, at, charge, discharge in small]
    one, many = (_statement(rows, month, choices) for rows in (small, large))
    assert [(line.item, line.season) for line in one.lines] == [(line.item, line.season) for line in many.lines]
    for before, after in zip(one.lines, many.lines, strict=True):
        assert times * before.quantity_e4 == after.quantity_e4
        assert times * Decimal(before.amount_exact_cny) == Decimal(after.amount_exact_cny)
    assert [times * calls.month_calls for calls in one.calls] == [calls.month_calls for calls in many.calls]


@settings(max_examples=8, deadline=None)
@given(seed=SEEDS, day=st.integers(2, 30).filter(lambda day: day != 15))  # 15 June is a season's edge already
def test_a_month_split_by_a_new_version_with_the_old_price_adds_up_to_the_month(seed: int, day: int) -> None:
    rows = _rows(seed, "2025-06")
    versions = (*COAL, (date(2025, 6, day), COAL[-1][1]))
    whole, parted = (_statement(rows, "2025-06", replace(ALL, coal=coal)) for coal in (COAL, versions))
    assert len(parted.lines) > len(whole.lines)
    for item in ("charge_energy", "discharge_energy"):
        for season in ("peak", "other"):
            sums = [
                (sum(line.quantity_e4 for line in lines), sum(Decimal(line.amount_exact_cny) for line in lines))
                for lines in (
                    [line for line in statement.lines if (line.item, line.season) == (item, season)]
                    for statement in (whole, parted)
                )
            ]
            assert sums[0] == sums[1]
    assert abs(whole.settled_with_grid_fen - parted.settled_with_grid_fen) <= 4


@settings(max_examples=6, deadline=None)
@given(month=MONTHS, choices=BASES)
def test_a_month_without_energy_comes_to_nothing(month: str, choices: Choices) -> None:
    idle = [(name, at, 0, 0) for name, at, _, _ in _rows(0, month)]
    statement = _statement(idle, month, choices)
    assert statement.lines
    assert {0} == {line.amount_fen for line in statement.lines} | {line.tax_fen for line in statement.lines}
    assert {0} == {line.quantity_e4 for line in statement.lines} | {calls.month_calls for calls in statement.calls}


@settings(max_examples=3, deadline=None)
@given(seed=SEEDS)
def test_other_months_before_and_after_leave_the_lines_of_a_month_as_they_are(seed: int) -> None:
    rows = {month: _rows(seed + n, month) for n, month in enumerate(("2025-05", "2025-06", "2025-07"))}
    alone = settled(long_frame(rows["2025-06"]), [OUTLINE], "2025-06", ALL).lines
    year = settled(
        long_frame([row for each in rows.values() for row in each]), [OUTLINE], "2025-05..2025-07", ALL
    ).lines
    assert alone.rows() == [row for row in year.iter_rows() if row[1] == "2025-06"]
