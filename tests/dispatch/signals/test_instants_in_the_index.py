"""Pandas frames and series whose index holds the instants, as series of load and prices mostly lie about."""

from typing import Any

import pandas as pd
import pytest

from dispatch.signals import Signals, signals_from_frame, signals_of
from tariffs.vocabulary.errors import InputError, Refused

INSTANTS = pd.date_range("2025-07-01", periods=3, freq="h", tz="Asia/Shanghai")
LOAD = pd.Series([900.0, 1000.0, 950.0], index=INSTANTS, name="load_mw")


def same(found: Signals, expected: Signals) -> bool:
    assert found.load_mw is not None
    assert expected.load_mw is not None
    return found.horizon == expected.horizon and list(found.load_mw) == list(expected.load_mw)


@pytest.fixture
def expected() -> Signals:
    return signals_from_frame(pd.DataFrame({"interval_start": INSTANTS, "load_mw": LOAD.to_numpy()}))


@pytest.mark.parametrize("name", [None, "time", "interval_start"])
def test_an_index_of_instants_is_taken_whatever_its_name(name: str | None, expected: Signals) -> None:
    assert same(signals_from_frame(LOAD.to_frame().rename_axis(name)), expected)


def test_a_series_named_like_its_column_is_taken(expected: Signals) -> None:
    assert same(signals_of(LOAD), expected)


def test_an_index_of_texts_is_taken_if_it_has_the_name_of_the_column(expected: Signals) -> None:
    texts = [each.isoformat() for each in INSTANTS]
    assert same(signals_from_frame(LOAD.set_axis(pd.Index(texts, name="interval_start")).to_frame()), expected)


def test_instants_without_offset_in_an_index_are_shanghai_time_with_a_notice(expected: Signals) -> None:
    found = signals_from_frame(LOAD.tz_localize(None).to_frame())
    assert same(found, expected)
    assert ["naive_instants"] == [each.code for each in found.findings]


def test_a_column_of_instants_goes_before_the_index(expected: Signals) -> None:
    other = LOAD.to_frame().assign(Interval_Start=INSTANTS).set_axis(INSTANTS + pd.Timedelta(days=1))
    assert same(signals_from_frame(other), expected)


def test_a_frame_without_instants_anywhere_is_refused() -> None:
    with pytest.raises(Refused, match="interval_start"):
        signals_from_frame(LOAD.reset_index(drop=True).to_frame())


def test_a_series_without_a_name_is_refused_with_the_way_to_name_it() -> None:
    with pytest.raises(InputError, match=r"series\.rename"):
        signals_from_frame(LOAD.rename(None))


def test_the_frame_of_the_caller_is_left_as_it_was() -> None:
    mine: Any = LOAD.to_frame()
    signals_from_frame(mine)
    assert (["load_mw"], None) == (list(mine.columns), mine.index.name)


def test_signals_that_are_known_stay_as_they_are(expected: Signals) -> None:
    assert expected is signals_of(expected)
