"""The sample year: made by its script, and as its page says."""

import gzip
import runpy
from pathlib import Path

import polars as pl
import pytest

from dispatch.signals.intake import read_signals

ROOT = Path(__file__).resolve().parents[2]
YEAR = ROOT / "huchu" / "samples" / "year"


@pytest.fixture(scope="module")
def frame() -> pl.DataFrame:
    return pl.read_csv(YEAR / "prices.csv.gz").with_columns(
        month=pl.col("interval_start").str.slice(5, 2).cast(pl.Int8),
        hour=pl.col("interval_start").str.slice(11, 2).cast(pl.Int8),
    )


def test_the_sample_year_is_what_its_script_makes() -> None:
    """Run scripts/make_year.py when this fails."""
    made = runpy.run_path(str(ROOT / "scripts" / "make_year.py"))["text"]()
    assert made == gzip.decompress((YEAR / "prices.csv.gz").read_bytes()).decode("utf-8")


def test_every_hour_of_the_year_is_there_and_nothing_is_doubtful() -> None:
    signals = read_signals(YEAR / "prices.csv.gz")
    assert (8760, 60) == (signals.horizon.count, signals.horizon.minutes)
    assert () == tuple(signals.findings)


def test_the_highest_load_is_on_a_workday_afternoon_in_august(frame: pl.DataFrame) -> None:
    highest = frame.sort("load_mw", descending=True).row(0, named=True)
    assert ("2026-08-12T14:00:00+08:00", 40_550) == (highest["interval_start"], highest["load_mw"])
    assert 14_000 <= frame["load_mw"].min() <= 16_000  # type: ignore[operator]


def test_summer_and_winter_have_the_highest_loads(frame: pl.DataFrame) -> None:
    highest = dict(frame.group_by("month").agg(pl.col("load_mw").max()).iter_rows())
    assert 8 == max(highest, key=lambda month: highest[month])
    assert 1 == max((1, 2, 3, 4, 5, 10, 11, 12), key=lambda month: highest[month])


def test_prices_have_the_mean_the_page_names_and_are_low_at_noon_and_high_in_the_evening(frame: pl.DataFrame) -> None:
    prices = frame["price_cny_per_mwh"]
    assert 415.5 == round(prices.mean(), 2)  # type: ignore[arg-type]
    by_hour = dict(frame.group_by("hour").agg(pl.col("price_cny_per_mwh").mean()).iter_rows())
    assert by_hour[12] < by_hour[3] < by_hour[9] < by_hour[19]
    assert {4, 5} <= set(frame.filter(prices < 0)["month"])
