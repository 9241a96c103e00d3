"""Drafts into priced lines: one rounding a line, tax that adds up by invoice, signs, capitals, calls as text."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.draft import Behind, Direction, Invoice, LineDraft
from settlement.statement.assemble import formulas
from settlement.statement.line import invoice_totals, price_lines
from settlement.statement.obligation import calls_text, energy_by_rating_text
from settlement.statement.record import capitals
from tariffs.calendar import obligation_year
from tariffs.obligation import year_days
from tariffs.prices import Price
from tariffs.segments import Segment, month_segments
from tariffs.settings import CallCounting, Settings
from tariffs.versions import Library
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.timegrid import Month

MONTH = Month(2025, 7)
SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb", obligation_year_from="06-01", call_counting=CallCounting.EQUIVALENT_DISCHARGE
)
SEGMENTS = month_segments(SETTINGS, Library(), MONTH)
SIDES = {
    Direction.TO_STATION: Invoice.SALE,
    Direction.FROM_STATION: Invoice.PURCHASE,
    Direction.INFORMATION: Invoice.NONE,
}


def draft(segment: Segment, quantity_e4: int, price_e6: int, direction: Direction) -> LineDraft:
    clause = segment.prices.plan.citation("六（二）")
    return LineDraft(
        item="charge_energy",
        season="peak",
        behind=Behind(first_day=segment.days[0], last_day=segment.days[-1], intervals=1),
        quantity_e4=quantity_e4,
        tax_rate_e6=130_000,
        price=Price(cny_per_unit_e6=price_e6, formula=Words("价", "price"), sources=(clause,)),
        direction=direction,
        clause=clause,
        invoice=SIDES[direction],
    )


drafts_strategy = st.lists(
    st.builds(
        draft,
        st.just(SEGMENTS[0]),
        st.integers(0, 10**12),
        st.integers(0, 2_000_000),
        st.sampled_from(list(Direction)),
    ),
    min_size=1,
    max_size=8,
)


def nearest_fen(exact_fen: Fraction) -> int:
    whole, rest = divmod(abs(exact_fen), 1)
    return (int(whole) + (rest >= Fraction(1, 2))) * (1 if exact_fen >= 0 else -1)


@given(drafts_strategy)
def test_each_line_is_quantity_times_price_rounded_once_with_the_sign_of_its_direction(drafts: list[LineDraft]) -> None:
    lines = price_lines(drafts, "A", MONTH)
    assert list(range(1, len(drafts) + 1)) == [line.line_no for line in lines]
    for made, line in zip(drafts, lines, strict=True):
        exact_fen = (
            Fraction(made.quantity_e4, 10**4) * Fraction(made.price.cny_per_unit_e6 if made.price else 0, 10**6) * 100
        )
        assert made.direction.value * nearest_fen(exact_fen) == line.amount_fen
        assert exact_fen / 100 == Fraction(line.amount_exact_cny)


@given(drafts_strategy)
def test_net_and_tax_add_up_on_each_line_and_on_each_invoice(drafts: list[LineDraft]) -> None:
    lines = price_lines(drafts, "A", MONTH)
    assert all(line.amount_excl_tax_fen + line.tax_fen == line.amount_fen for line in lines)
    for total in invoice_totals(lines):
        own = [line for line in lines if line.invoice is total.invoice]
        assert (total.gross_fen, total.net_fen, total.tax_fen) == (
            sum(line.amount_fen for line in own),
            sum(line.amount_excl_tax_fen for line in own),
            sum(line.tax_fen for line in own),
        )
        assert nearest_fen(Fraction(total.gross_fen * 100, 113)) == total.net_fen


def test_what_is_for_information_carries_its_sum_as_a_flag_and_no_money() -> None:
    (line,) = price_lines([draft(SEGMENTS[0], 10_000_0000, 129_000, Direction.INFORMATION)], "A", MONTH)
    assert (0, 0, "1290.00") == (line.amount_fen, line.tax_fen, line.flags["exempted_cny"])
    assert () == invoice_totals([line])


def test_the_charge_items_are_the_files_of_their_folder() -> None:
    assert {"charge_energy", "discharge_energy", "exempted_charges", "network_charges"} <= set(formulas())


@pytest.mark.parametrize(
    ("expected", "amount"),
    [
        ("零元整", 0),
        ("壹元整", 1_00),
        ("壹仟零壹元零伍分", 1_001_05),
        ("肆万捌仟捌佰捌拾贰元叁角叁分", 48_882_33),
        ("负壹元贰角", -1_20),
        ("壹亿元整", 100_000_000_00),
    ],
)
def test_totals_are_written_in_capital_figures(expected: str, amount: int) -> None:
    assert expected == capitals(amount)


@pytest.mark.parametrize(
    ("expected", "calls"), [("0.3333", Fraction(1, 3)), ("0.0001", Fraction(1, 20_000)), ("210.0000", Fraction(210))]
)
def test_calls_are_shown_with_four_decimals(expected: str, calls: Fraction) -> None:
    assert expected == calls_text(calls)


def test_energies_by_rating_are_written_in_the_order_of_ratings() -> None:
    assert "10.0000:2.5000;20.0000:0.0001" == energy_by_rating_text({200_000: 1, 100_000: 25_000})


def test_a_year_that_the_plan_covers_in_part_counts_only_the_days_of_its_term() -> None:
    year = obligation_year(date(2030, 12, 31), "06-01")
    days = year_days(year, SEGMENTS[0].calendar, SETTINGS, Library())
    # June to September 122 days, December 31, January and February 2031 outside the term: 59
    assert (212, 153, 210) == (days.whole_year, len(days.regulated), days.calls_required)
    assert date(2030, 12, 31) == days.regulated[-1]
