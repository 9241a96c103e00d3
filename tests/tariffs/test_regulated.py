"""What the plan says of a day: season, both prices, and the constraints that a plan keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tariffs.calendar import Season
from tariffs.regulated import dispatch_terms, regulated_days
from tariffs.settings import Settings
from tariffs.versions import SHIPPED, Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

Put = Callable[..., Path]


# policy.md, golden values: 207.75 and 498.60 in the season, 373.95 and 415.50 otherwise
def test_both_prices_change_with_the_season(settings: Settings, shipped: Library) -> None:
    last, first = regulated_days(settings, shipped, date(2025, 9, 30), date(2025, 10, 2))
    assert (Season.PEAK, 207_750, 498_600) == (last.season, last.charge.cny_per_unit_e6, last.discharge.cny_per_unit_e6)
    assert (Season.OTHER, 373_950, 415_500) == (
        first.season,
        first.charge.cny_per_unit_e6,
        first.discharge.cny_per_unit_e6,
    )
    assert (Decimal("0.5"), Decimal("1.2")) == (last.charge_ratio, last.discharge_ratio)
    assert "沪府办发〔2024〕28号 六（二）" == str(last.charge.sources[0])


def test_from_the_market_stage_on_there_are_no_regulated_prices(settings: Settings, shipped: Library) -> None:
    trading = replace(settings, market_from=date(2025, 7, 2))
    assert 1 == len(regulated_days(trading, shipped, date(2025, 7, 1), date(2025, 7, 2)))
    with pytest.raises(PolicyNotCovered, match="market_revenue"):
        regulated_days(trading, shipped, date(2025, 7, 1), date(2025, 7, 3))


def test_a_day_before_the_plan_is_refused(settings: Settings, shipped: Library) -> None:
    with pytest.raises(PolicyNotCovered):
        regulated_days(settings, shipped, date(2024, 12, 31), date(2025, 1, 2))


def test_the_shipped_plan_lists_the_constraints_of_dispatch(shipped: Library) -> None:
    terms = dispatch_terms(shipped.in_force("shanghai/storage_pricing", date(2025, 7, 1)))
    assert {"power_limits", "energy_balance", "exclusive_modes", "season_calls"} <= set(terms.blocks)
    assert Decimal(1) == terms.cycles_per_day


@pytest.mark.parametrize("body", ["", '[dispatch]\narticle="1"\nmeaning="m"\nblocks=[]\ncycles_per_day=0\n'])
def test_a_plan_without_usable_constraints_is_refused(put: Put, body: str) -> None:
    folder = put("shanghai/storage_pricing", "2025-01-01", body)
    version = Library(folders=(folder,)).in_force("shanghai/storage_pricing", date(2025, 7, 1))
    with pytest.raises(DocumentError):
        dispatch_terms(version)


def test_a_document_that_begins_inside_the_period_counts_from_its_day_on(settings: Settings, put: Put) -> None:
    body = '[benchmark]\narticle = "1"\nmeaning = "own"\nprice_cny_per_kwh = 0.5\n'
    own = put("shanghai/coal_benchmark", "2025-07-02", body)
    before, after = regulated_days(settings, Library(folders=(own, SHIPPED)), date(2025, 7, 1), date(2025, 7, 3))
    assert [207_750, 250_000] == [before.charge.cny_per_unit_e6, after.charge.cny_per_unit_e6]
    assert [date(2025, 7, 1), date(2025, 7, 2)] == [before.day, after.day]
