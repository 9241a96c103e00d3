"""Where the shipped samples lie, and that a fleet's table in Python has the figures of `fleet.csv`."""

from pathlib import Path

import polars as pl
import pytest

from dispatch import plan_fleet
from huchu import samples
from huchu.schedules.fleet.tables import fleet_text
from huchu.schedules.tables import schedule_text
from tariffs import read_stations
from tariffs.vocabulary.errors import UsageError


@pytest.mark.parametrize("name", ["stations.toml", "year/prices.csv.gz", "season"])
def test_a_sample_is_found_by_its_name(name: str) -> None:
    assert Path(samples.__file__).parent / name == samples.path(name)
    assert samples.path(name).exists()


def test_a_sample_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        samples.path("year/price.csv.gz")
    assert ("there is no sample year/price.csv.gz", "write year/prices.csv.gz") == (
        caught.value.what.en,
        caught.value.do.en,
    )


@pytest.mark.parametrize("name", ["", "../samples", "../__init__.py", "season/../../__init__.py"])
def test_nothing_outside_the_samples_is_a_sample(name: str) -> None:
    with pytest.raises(UsageError, match="there is no sample"):
        samples.path(name)


def test_the_tables_of_a_fleet_have_the_figures_of_its_files() -> None:
    plan = plan_fleet(read_stations(samples.path("stations.toml")), samples.path("signals.csv"))
    for table, text in (
        (plan.frame, fleet_text(plan)),
        (plan.schedule, schedule_text([each.verified.schedule for each in plan.plans])),
    ):
        assert text.columns == table.columns
        figures = [name for name, kind in table.schema.items() if kind == pl.Float64]
        assert figures
        for name in figures:
            assert text[name].cast(pl.Float64).to_list() == table[name].to_list()
