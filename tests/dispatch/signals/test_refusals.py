"""What cannot be right in a file of signals is refused with its row, all of it at once."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from dispatch.signals import read_signals, signals_from_frame
from tariffs.vocabulary.errors import Refused

Refusals = Callable[..., list[tuple[str, int]]]
Written = Callable[..., Path]
PRICE = "interval_start,price_cny_per_mwh"


def hours(*hours_of_day: float) -> list[str]:
    return [f"2025-07-01T{int(h):02d}:{round(h % 1 * 60):02d}+08:00,{n}00" for n, h in enumerate(hours_of_day, 1)]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("interval_start,prise_cny_per_mwh", "signal_column_unknown"),
        ("interval_start,load_mw,load_kw", "signal_column_unknown"),
        ("time,price_cny_per_mwh", "column_missing"),
        ("interval_start", "signal_column_none"),
        ("interval_start,load_mw,load_mw", "column_duplicate"),
        ("interval_start,price_cny_per_mwh,charge_price_cny_per_mwh", "signal_price_twice"),
        ("interval_start,charge_price_cny_per_mwh", "signal_price_half"),
        ("interval_start,price_cny_per_mwh,forecast_discharge_price_cny_per_mwh", "signal_price_half"),
        ("interval_start,forecast_price_cny_per_mwh", "signal_forecast_alone"),
    ],
)
def test_headers_that_contradict_or_say_nothing_are_refused(refusals: Refusals, header: str, code: str) -> None:
    width = header.count(",")
    assert (code, 1) in refusals([header, "2025-07-01T00:00+08:00" + ",1" * width])


def test_an_unknown_column_is_answered_with_the_nearest_name(written: Written) -> None:
    with pytest.raises(Refused) as caught:
        read_signals(written(["interval_start,prise_cny_per_mwh", "2025-07-01T00:00+08:00,1"]))
    assert "price_cny_per_mwh" in caught.value.findings[0].evidence["nearest"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "signal_missing"),
        (" ", "signal_missing"),
        ("nan", "signal_malformed"),
        ("inf", "signal_malformed"),
        ("12x", "signal_malformed"),
        ("1e3", "signal_malformed"),
        ('"1,000"', "signal_malformed"),
        ("1.0001", "signal_too_fine"),
        ("1000001", "signal_too_large"),
        ("1234567890123", "signal_too_large"),
    ],
)
def test_a_cell_that_is_no_price_is_refused_with_its_row(refusals: Refusals, cell: str, code: str) -> None:
    assert [(code, 3)] == refusals([PRICE, *hours(0), f"2025-07-01T01:00+08:00,{cell}"])


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("wind_mw", "-0.1", "signal_negative"),
        ("load_mw", "10000001", "signal_too_large"),
        ("load_mw", "-", "signal_malformed"),
        ("wind_mw", "NaN", "signal_malformed"),
    ],
)
def test_a_cell_that_is_no_power_is_refused_with_its_row(refusals: Refusals, column: str, cell: str, code: str) -> None:
    rows = ["2025-07-01T00:00+08:00,5", f"2025-07-01T01:00+08:00,{cell}"]
    assert [(code, 3)] == refusals([f"interval_start,{column}", *rows])


@pytest.mark.parametrize("price", [float("nan"), None, 1 / 3])
def test_a_double_that_is_no_exact_price_is_refused(price: float | None) -> None:
    frame = pl.DataFrame({"interval_start": [stamp[:22] for stamp in hours(0, 1)], "price_cny_per_mwh": [1.5, price]})
    with pytest.raises(Refused) as caught:
        signals_from_frame(frame)
    assert [2] == [f.row for f in caught.value.findings]


def test_a_column_of_truths_is_refused_as_no_number() -> None:
    frame = pl.DataFrame({"interval_start": [stamp[:22] for stamp in hours(0, 1)], "load_mw": [True, False]})
    with pytest.raises(Refused) as caught:
        signals_from_frame(frame)
    assert ["column_type"] == [f.code for f in caught.value.findings]


def test_a_file_without_rows_is_refused(refusals: Refusals) -> None:
    assert [("file_no_rows", 0)] == refusals([PRICE])


def test_a_workbook_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "signals.csv").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(Refused) as caught:
        read_signals(tmp_path / "signals.csv")
    assert [("signal_format_unknown", "XLSX")] == [(f.code, f.evidence["seen"]) for f in caught.value.findings]


def test_missing_instants_are_named_and_counted(written: Written) -> None:
    with pytest.raises(Refused) as caught:
        read_signals(written([PRICE, *hours(0, 1, 4, 5, 7)]))
    gaps = [(f.row, f.evidence["first"], f.evidence["last"], f.evidence["count"]) for f in caught.value.findings]
    assert [
        (4, "2025-07-01T02:00:00+08:00", "2025-07-01T03:00:00+08:00", "2"),
        (6, "2025-07-01T06:00:00+08:00", "2025-07-01T06:00:00+08:00", "1"),
    ] == gaps


def test_a_repeated_instant_names_both_rows(written: Written) -> None:
    with pytest.raises(Refused) as caught:
        read_signals(written([PRICE, *hours(0, 1, 2), "2025-06-30T17:00Z,7"]))
    assert [(5, "3")] == [(f.row, f.evidence["other"]) for f in caught.value.findings if f.code == "signal_repeated"]


def test_an_instant_off_the_grid_is_refused(refusals: Refusals) -> None:
    assert [("signal_off_grid", 4)] == refusals([PRICE, *hours(0, 1, 1.5, 2, 3, 4)])


def test_a_grid_that_begins_off_the_hour_is_refused(refusals: Refusals) -> None:
    assert [("signal_off_grid", 2), ("signal_off_grid", 3)] == refusals([PRICE, *hours(0.5, 1.5)])


def test_hours_that_go_over_to_quarters_are_refused_where_they_change(refusals: Refusals) -> None:
    assert [("signal_steps_mixed", 7)] == refusals([PRICE, *hours(0, 1, 2, 3, 4, 5, 5.25, 5.5, 5.75, 6)])


def test_two_lone_gaps_are_gaps_and_no_change_of_step(refusals: Refusals) -> None:
    # 00:00, 00:15, 00:45, 01:15, 01:30, 01:45: two quarters are missing
    assert [("signal_gap", 4), ("signal_gap", 5)] == refusals([PRICE, *hours(0, 0.25, 0.75, 1.25, 1.5, 1.75)])


@pytest.mark.parametrize("stamps", [(0, 2, 4), (0,), (0, 1 / 6, 2 / 6)])
def test_a_step_that_is_none_of_ours_is_refused(refusals: Refusals, stamps: tuple[float, ...]) -> None:
    assert [("signal_step_unknown", 0)] == refusals([PRICE, *hours(*stamps)])


def test_naive_instants_among_those_with_offset_are_refused(refusals: Refusals) -> None:
    assert [("instants_mixed", 3)] == refusals([PRICE, *hours(0), "2025-07-01T01:00,2"])


def test_many_faults_are_all_counted_and_refused_once(written: Written) -> None:
    rows = [f"2025-07-01T00:{minute:02d}+08:00,x" for minute in range(0, 60, 5)]
    rows += [f"2025-07-01T01:{minute:02d}+08:00,y" for minute in range(0, 60, 5)]
    rows[3] = "nothing,5"
    with pytest.raises(Refused) as caught:
        read_signals(written([PRICE, *rows]))
    codes = [f.code for f in caught.value.findings]
    assert (20, 1, 1) == (
        codes.count("signal_malformed"),
        codes.count("instant_malformed"),
        codes.count("more_in_file"),
    )
    # 23 cells that are no price and one that is no instant; five of the 24 are shown
    assert "19 more" in caught.value.found.en
    assert "另有 19 处" in caught.value.found.zh
