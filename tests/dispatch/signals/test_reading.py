"""Signals from CSV, gzip, GBK, Parquet and frames: the same record, exact prices, nothing for what is not given."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.signals import Signals, read_signals, signals_from_frame
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.errors import InputError, Refused

Written = Callable[..., Path]
HEAD = "interval_start,price_cny_per_mwh,load_mw,wind_mw"
ROWS = ["2025-07-01T00:00+08:00,312.5,1000,0", "2025-07-01T00:15+08:00,-80,999.5,12.25"]
FRAME = pl.DataFrame(
    {
        "interval_start": [datetime(2025, 6, 30, 16, 0, tzinfo=UTC), datetime(2025, 6, 30, 16, 15, tzinfo=UTC)],
        "price_cny_per_mwh": [312.5, -80.0],
        "load_mw": [1000.0, 999.5],
        "wind_mw": [0.0, 12.25],
    }
)


def assert_the_two_quarters(signals: Signals) -> None:
    # 312.5 元/MWh is 312,500 of 1e-3 元/MWh
    assert [312_500, -80_000] == signals.charge_price_e6.tolist()
    assert [312_500, -80_000] == signals.discharge_price_e6.tolist()
    assert [1000.0, 999.5] == signals.load_mw.tolist()
    assert [0.0, 12.25] == signals.wind_mw.tolist()
    assert None is signals.forecast_charge_price_e6
    assert (15, 2) == (signals.horizon.minutes, signals.horizon.count)
    assert datetime(2025, 6, 30, 16, tzinfo=UTC) == signals.horizon.first_at


@pytest.mark.parametrize(("coding", "packed"), [("utf-8", False), ("utf-8-sig", True), ("gbk", False)])
def test_text_is_read_in_any_coding_packed_or_not(written: Written, coding: str, packed: bool) -> None:
    assert_the_two_quarters(read_signals(written([HEAD, *ROWS], coding, packed)))


def test_parquet_with_instants_of_microseconds_is_read(tmp_path: Path) -> None:
    FRAME.write_parquet(tmp_path / "s.parquet")
    assert_the_two_quarters(read_signals(tmp_path / "s.parquet"))


@pytest.mark.parametrize("frame", [FRAME, FRAME.lazy(), pd.DataFrame(FRAME.to_dict(as_series=False))])
def test_a_frame_of_either_library_is_read(frame: object) -> None:
    assert_the_two_quarters(signals_from_frame(frame))


def test_headers_may_be_in_capitals_with_spaces_around(written: Written) -> None:
    assert_the_two_quarters(read_signals(written([" Interval_Start, PRICE_cny_per_mwh,load_mw,wind_mw ", *ROWS])))


def test_a_pair_of_prices_and_a_forecast_fill_their_own_fields(written: Written) -> None:
    head = "interval_start,charge_price_cny_per_mwh,discharge_price_cny_per_mwh,forecast_price_cny_per_mwh"
    signals = read_signals(written([head, "2025-07-01T00:00+08:00,1,2,3", "2025-07-01T01:00+08:00,4,5,6.001"]))
    assert [1_000, 4_000] == signals.charge_price_e6.tolist()
    assert [2_000, 5_000] == signals.discharge_price_e6.tolist()
    assert [3_000, 6_001] == signals.forecast_charge_price_e6.tolist()
    assert [3_000, 6_001] == signals.forecast_discharge_price_e6.tolist()
    assert signals.has_prices


def test_load_alone_has_no_prices(written: Written) -> None:
    head = "interval_start,load_mw"
    signals = read_signals(written([head, "2025-07-01T00:00+08:00,1", "2025-07-01T00:05+08:00,2.123456789012345"]))
    assert not signals.has_prices
    assert 2.123456789012345 == signals.load_mw[1]
    assert 5 == signals.horizon.minutes


def test_rows_out_of_order_are_sorted_with_a_notice(written: Written) -> None:
    signals = read_signals(written([HEAD, *reversed(ROWS)]))
    assert_the_two_quarters(signals)
    assert [("signal_unordered", 3)] == [(f.code, f.row) for f in signals.findings]


def test_naive_instants_are_shanghai_time_with_a_notice_or_refused(written: Written) -> None:
    path = written([HEAD, *(row.replace("+08:00", "") for row in ROWS)])
    signals = read_signals(path)
    assert_the_two_quarters(signals)
    assert ["naive_instants"] == [f.code for f in signals.findings]
    with pytest.raises(Refused) as caught:
        read_signals(path, NaiveInstants.REFUSE)
    assert ["naive_instants_refused"] == [f.code for f in caught.value.findings]


def test_a_last_row_without_line_end_is_refused_unless_accepted(written: Written) -> None:
    path = written([HEAD, *ROWS], end="")
    with pytest.raises(Refused) as caught:
        read_signals(path)
    assert [("file_unterminated", 3)] == [(f.code, f.row) for f in caught.value.findings]
    assert_the_two_quarters(read_signals(path, accept_unterminated=True))


def test_a_path_that_is_no_file_is_refused_in_four_parts(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_signals(tmp_path)
    assert 4 == len(str(caught.value).splitlines())


def test_what_is_neither_frame_nor_file_is_refused() -> None:
    with pytest.raises(InputError):
        signals_from_frame([1, 2])


@settings(deadline=None)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=8))
def test_doubles_of_three_decimals_become_the_integers_they_stand_for(prices: Sequence[int]) -> None:
    first = datetime(2025, 7, 1, tzinfo=UTC)
    instants = [first + timedelta(hours=n) for n in range(len(prices))]
    frame = pl.DataFrame({"interval_start": instants, "price_cny_per_mwh": [p / 10**3 for p in prices]})
    assert list(prices) == signals_from_frame(frame).charge_price_e6.tolist()


def test_a_year_of_five_minutes_keeps_every_price_and_load(tmp_path: Path) -> None:
    count = 365 * 288
    rng = np.random.default_rng(7)
    prices, loads = rng.integers(-80_000, 1_300_000, count), rng.uniform(0, 30_000, count)
    first = datetime(2025, 1, 1, tzinfo=UTC)
    pl.DataFrame(
        {
            "interval_start": pl.datetime_range(first, first + timedelta(days=365), "5m", closed="left", eager=True),
            "price_cny_per_mwh": prices / 10**3,
            "load_mw": loads,
        }
    ).write_parquet(tmp_path / "year.parquet")
    signals = read_signals(tmp_path / "year.parquet")
    assert (count, 5) == (signals.horizon.count, signals.horizon.minutes)
    assert (prices == signals.charge_price_e6).all()
    assert (loads == signals.load_mw).all()
