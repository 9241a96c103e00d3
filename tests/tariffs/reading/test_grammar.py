"""Laws of the strict grammar: digits in, the same integer out; nothing else is a number or an instant."""

import math
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tariffs.reading import grammar
from tariffs.reading.doubles import scaled_integers

law = settings(deadline=None)

WHOLE = st.text("0123456789", min_size=0, max_size=12)
FRACTION = st.text("0123456789", min_size=1, max_size=4)
EXACT_KWH_E4 = st.integers(-(10**12), 10**12)


def parsed(text: str, decimals: int = 4) -> int | None:
    return grammar.scaled_integers(pl.Series([text]), decimals).item()


@law
@given(st.sampled_from(["", "-"]), WHOLE, FRACTION, st.integers(0, 6))
def test_a_number_becomes_the_integer_that_decimal_arithmetic_gives(sign, whole, fraction, zeros):
    text = f"{sign}{whole}.{fraction}{'0' * zeros}"
    assert int(Decimal(text) * 10_000) == parsed(text)


@law
@given(st.integers(-999_999_999_999, 999_999_999_999), st.integers(0, 7))
def test_an_integer_is_scaled_by_its_decimals(whole, decimals):
    expected = whole * 10**decimals
    assert (expected if abs(expected) < 2**63 else None) == parsed(str(whole), decimals)


@law
@given(st.text(max_size=12))
def test_a_text_is_a_number_only_if_decimal_arithmetic_agrees(text):
    number = parsed(text)
    if number is not None:
        assert int(Decimal(text) * 10_000) == number
        assert set(text) <= set("-.0123456789")


@law
@given(st.text("0123456789.-+eE_, xn", max_size=10))
def test_a_text_that_is_no_number_has_a_fault(text):
    if parsed(text) is None:
        assert grammar.number_fault(text, 4) in {
            "missing",
            "malformed",
            "too_fine",
            "too_large",
        }


def test_wh_and_mwh_have_their_own_decimals():
    assert [10, 15, None] == [parsed("1", 1), parsed("1.5", 1), parsed("1.55", 1)]
    assert [12_345_678, None] == [parsed("1.2345678", 7), parsed("1.23456789", 7)]


@law
@given(EXACT_KWH_E4)
def test_a_double_that_stands_for_four_decimals_is_taken_exactly(energy_kwh_e4):
    assert energy_kwh_e4 == scaled_integers(pl.Series([energy_kwh_e4 / 10_000]), 4).item()


def test_a_whole_column_of_doubles_with_four_decimals_is_taken_exactly():
    scaled = [*range(0, 300_000, 7), 233_763_000, 999_999_991_234]
    assert scaled == scaled_integers(pl.Series([energy_kwh_e4 / 10_000 for energy_kwh_e4 in scaled]), 4).to_list()


@law
@given(st.floats())
def test_a_double_is_taken_just_when_its_shortest_text_has_four_decimals_at_most(double):
    shortest = Fraction(repr(double)) * 10_000 if math.isfinite(double) else Fraction(1, 2)
    taken = shortest.denominator == 1 and abs(shortest) < 2**52
    assert (int(shortest) if taken else None) == scaled_integers(pl.Series([double]), 4).item()


@law
@given(st.integers(-(10**15), 10**15), st.integers(0, 8))
def test_a_decimal_column_is_taken_just_when_four_decimals_hold_it(digits, scale):
    number = Decimal(digits).scaleb(-scale)
    column = pl.Series([number], dtype=pl.Decimal(38, scale))
    scaled = number * 10_000
    expected = int(scaled) if scaled == int(scaled) and abs(scaled) < 2**63 else None
    assert expected == scaled_integers(column, 4).item()


def test_integer_columns_of_every_width_are_taken():
    for kind in (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.Int128):
        assert [70_000, None] == scaled_integers(pl.Series([7, None], dtype=kind), 4).to_list()


def test_a_short_float_goes_by_its_shortest_text():
    column = pl.Series([0.1, 1000.0, 0.00001], dtype=pl.Float32)
    assert [1_000, 10_000_000, None] == scaled_integers(column, 4).to_list()


EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
INSTANTS = st.datetimes(EPOCH.replace(year=1992), EPOCH.replace(year=2199)).map(lambda at: at.replace(microsecond=0))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@law
@given(INSTANTS, OFFSETS, st.sampled_from(["T", " "]))
def test_an_instant_with_an_offset_comes_back(at, zone, between):
    zoned = at.replace(tzinfo=zone)
    expected = int((zoned - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000
    frame = grammar.instants(pl.Series([zoned.isoformat(between)]))
    assert [(zoned.isoformat(between), expected, True, False)] == frame.rows()


@law
@given(INSTANTS, st.sampled_from(["", ".0", ".000", ".000000000"]))
def test_a_naive_instant_is_eight_hours_east_of_utc(at, fraction):
    expected = (at - EPOCH - timedelta(hours=8)) // timedelta(milliseconds=1)
    frame = grammar.instants(pl.Series([f"{at.isoformat()}{fraction}"]))
    assert [(expected, False)] == frame.select("at_ms", "zoned").rows()


def test_the_spellings_of_one_instant_agree():
    spellings = [
        "2025-07-01T00:15+08:00",
        "2025-07-01 00:15:00+08:00",
        "2025-07-01T00:15:00.000+0800",
        "2025-06-30T16:15Z",
        "2025-06-30T16:15:00.000000+00:00",
        "2025-06-30T06:15-10:00",
        "2025-07-01T00:15",
    ]
    assert 1 == grammar.instants(pl.Series(spellings))["at_ms"].n_unique()


def test_24_00_is_midnight_of_the_next_day():
    frame = grammar.instants(pl.Series(["2024-02-29T24:00", "2024-03-01T00:00"]))
    assert 1 == frame["at_ms"].n_unique()
    assert [True, False] == frame["label_24"].to_list()


def test_an_id_is_letters_digits_hyphen_and_underscore_in_normal_form():
    assert "SH-LG_01" == grammar.identifier("SH-LG_01")
    assert "临港一号-1" == grammar.identifier("临港一号-1")
    assert "é" == grammar.identifier("e\u0301")
    assert [None] * 5 == [grammar.identifier(text) for text in (None, "", "Ａ", "a\u200bb", "a.b")]


def test_a_feed_may_also_hold_a_point_and_a_slash():
    assert "NMI1/E1.a" == grammar.feed_name("NMI1/E1.a")
