"""The load of frames, series and files, for what it takes to cut its peak."""

from pathlib import Path

import pandas as pd
import pytest

from dispatch import cut_needs, load_of
from tariffs.vocabulary.errors import UsageError

SERIES = pd.Series(
    [600.0, 1000.0, 900.0],
    index=pd.date_range("2025-07-01", periods=3, freq="h", tz="Asia/Shanghai"),
    name="load_mw",
)


def test_a_load_comes_from_a_series_a_frame_or_a_file(tmp_path: Path) -> None:
    table = SERIES.rename_axis("interval_start").reset_index()
    table.to_csv(tmp_path / "load.csv", index=False)
    for given in (SERIES, SERIES.to_frame(), table, tmp_path / "load.csv", str(tmp_path / "load.csv")):
        found = load_of(given)
        assert ([600.0, 1000.0, 900.0], SERIES.idxmax()) == (list(found.load_mw), found.peak_at)


def test_it_is_what_a_cut_is_asked_of() -> None:
    """Down from 1,000 to 850 MW: 150 MW and then 50 MW above it, 200 MWh."""
    needs = cut_needs(load_of(SERIES), cut_mw=150)
    assert (150.0, 200.0) == (needs.power_mw, needs.energy_mwh)


def test_signals_without_a_load_are_refused() -> None:
    with pytest.raises(UsageError, match="there is no load"):
        load_of(SERIES.rename("wind_mw"))
