"""Dated prices and what a season's price comes to, exact."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tariffs.calendar import Season
from tariffs.citation import Confirmation
from tariffs.prices import SeasonRatios, day_prices, season_price
from tariffs.settings import Settings
from tariffs.versions import SHIPPED, Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

ON = date(2025, 7, 1)
Put = Callable[..., Path]


# policy.md, golden values: 415.5 yuan/MWh times 0.5, 1.2, 0.9 and 1.0
@pytest.mark.parametrize(
    ("expected", "ratio"), [(207_750, "0.5"), (498_600, "1.2"), (373_950, "0.9"), (415_500, "1.0"), (415_500, "1")]
)
def test_the_regulated_prices_are_exact_shares_of_the_coal_benchmark(
    settings: Settings, shipped: Library, expected: int, ratio: str
) -> None:
    prices = day_prices(settings, shipped, ON)
    clause = prices.plan.citation("六（二）")
    price = season_price(prices.benchmark, Decimal(ratio), clause)
    assert expected == price.cny_per_unit_e6
    assert (clause, *prices.benchmark.sources) == price.sources


@pytest.mark.parametrize(("shown", "ratio"), [("− 50%", "0.5"), ("+ 20%", "1.2"), ("− 10%", "0.9"), ("+ 4%", "1.04")])
def test_the_formula_shows_the_share_in_both_languages(
    settings: Settings, shipped: Library, shown: str, ratio: str
) -> None:
    prices = day_prices(settings, shipped, ON)
    formula = season_price(prices.benchmark, Decimal(ratio), prices.plan.citation("")).formula
    assert shown in formula.zh
    assert shown in formula.en


def test_a_season_price_with_more_than_six_decimals_is_refused_and_not_rounded(
    settings: Settings, shipped: Library
) -> None:
    prices = day_prices(settings, shipped, ON)
    with pytest.raises(DocumentError, match="more than six decimals"):
        season_price(prices.benchmark, Decimal("0.333333"), prices.plan.citation(""))


def test_the_shipped_figures_say_how_sure_they_are(settings: Settings, shipped: Library) -> None:
    prices = day_prices(settings, shipped, ON)
    assert (415_500, 129_000, 130_000) == (
        prices.benchmark.cny_per_unit_e6,
        prices.network.cny_per_unit_e6,
        prices.tax_rate_e6,
    )
    assert not any(source.confirmation.sure for source in prices.benchmark.sources)
    assert not prices.benchmark.placeholder
    assert prices.network.placeholder
    assert Confirmation.GAZETTE is prices.plan.header.confirmation


def test_the_users_own_figures_count_as_confirmed(settings: Settings, put: Put) -> None:
    put("shanghai/network_prices", "2025-01-01", NETWORK.format("0.123456", "0.000001"))
    own = put("shanghai/coal_benchmark", "2020-01-01", BENCHMARK.format("0.5"))
    prices = day_prices(settings, Library((own, SHIPPED)), ON)
    assert (500_000, 123_457) == (prices.benchmark.cny_per_unit_e6, prices.network.cny_per_unit_e6)
    assert all(source.confirmation.sure for source in prices.benchmark.sources)
    assert not prices.network.placeholder


NETWORK = """[network]
article = "-"
meaning = "-"
transmission_price_cny_per_kwh = {}
surcharge_price_cny_per_kwh = {}
"""
BENCHMARK = """[benchmark]
article = "-"
meaning = "-"
price_cny_per_kwh = {}
"""


@pytest.mark.parametrize(
    ("message", "series", "start", "body"),
    [
        ("more than six decimals", "coal_benchmark", "2020-01-01", BENCHMARK.format("0.4155001")),
        ("must be a number, not 0.4155", "coal_benchmark", "2020-01-01", BENCHMARK.format('"0.4155"')),
        ("lacks price_cny_per_kwh", "coal_benchmark", "2020-01-01", '[benchmark]\narticle = "-"\nmeaning = "-"\n'),
        ("lacks [benchmark]", "coal_benchmark", "2020-01-01", '[benchmrk]\narticle = "-"\n'),
        ("lacks [benchmark]", "coal_benchmark", "2020-01-01", ""),
        ("lacks [network]", "network_prices", "2025-01-01", ""),
        (
            "did you mean price_cny_per_kwh",
            "coal_benchmark",
            "2020-01-01",
            BENCHMARK.replace("_kwh", "_mwh").format("415.5"),
        ),
    ],
)
def test_a_wrong_price_document_is_refused(
    settings: Settings, put: Put, message: str, series: str, start: str, body: str
) -> None:
    library = Library((put(f"shanghai/{series}", start, body), SHIPPED))
    with pytest.raises(DocumentError) as refused:
        day_prices(settings, library, ON)
    assert message in str(refused.value)


def test_a_day_before_the_plan_and_a_city_without_prices_are_not_covered(settings: Settings, shipped: Library) -> None:
    with pytest.raises(PolicyNotCovered, match="storage_pricing"):
        day_prices(settings, shipped, date(2024, 12, 31))
    with pytest.raises(PolicyNotCovered, match="atlantis"):
        day_prices(replace(settings, city="atlantis"), shipped, ON)


def test_the_market_stage_has_no_season_share() -> None:
    ratios = SeasonRatios(peak=Decimal("0.5"), other=Decimal("0.9"))
    assert (Decimal("0.5"), Decimal("0.9")) == (ratios.of(Season.PEAK), ratios.of(Season.OTHER))
    with pytest.raises(DocumentError, match="market stage"):
        ratios.of(Season.MARKET)
