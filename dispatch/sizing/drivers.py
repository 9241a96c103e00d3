"""The assumptions that a tornado changes, each by how much, and the project or prices that follow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from dispatch.sizing.awards import award_terms_of
from dispatch.sizing.changed import (
    efficiency_of,
    with_costs,
    with_efficiency,
    with_fade,
    with_level,
    with_scenario,
    with_spread,
)
from dispatch.sizing.ground import Ground, with_project
from dispatch.sizing.inputs.project import Project, Size
from dispatch.sizing.inputs.scenario import AwardBasis, Regime, Scenario
from dispatch.sizing.supports import support_price_cny
from tariffs.settings import CapacitySupport
from tariffs.vocabulary.errors import Words

FIFTH: Final = Decimal("0.2")
HALF: Final = Decimal("0.5")
RATE_POINTS: Final = Decimal("0.02")
EFFICIENCY_POINTS: Final = Decimal("0.03")
MOST_EFFICIENT: Final = Decimal("0.99")
LIFE_YEARS: Final = 5
VALUED_ONLY: Final = (
    *("energy_cost", "power_cost", "fixed_cost_per_kw", "fixed_cost_per_kwh", "discount_ratio", "life_years"),
    *("capacity_support", "lease"),
)
"""Assumptions that no schedule looks at."""
Changed = Callable[[int], Ground]
"""The ground with an assumption lower (-1) or higher (1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An assumption that may be changed: its words, what it is when lower and higher, and the ground that follows."""

    name: str
    words: Words
    low: str
    high: str
    changed: Changed

    @property
    def replans(self) -> bool:
        """Whether the years are planned otherwise, and not only valued otherwise."""
        return self.name not in VALUED_ONLY


def candidates(ground: Ground, scenario: Scenario, size: Size) -> tuple[Candidate, ...]:
    """The assumptions that play a part in a scenario."""
    return (
        *_costs(ground),
        *_finance(ground),
        *_store(ground),
        *_prices(ground, scenario),
        *_support(ground, scenario, size),
    )


def _of_project(ground: Ground, changed: Callable[[int], Project]) -> Changed:
    return lambda way: with_project(ground, changed(way))


def _share(
    name: str, words: Words, figure: Decimal, unit: str, share: Decimal, changed: Callable[[Decimal], Ground]
) -> Candidate:
    """A figure that goes down and up by a share of itself."""
    low, high = figure * (1 - share), figure * (1 + share)
    return Candidate(
        name=name,
        words=words,
        low=f"{low.normalize():f} {unit}",
        high=f"{high.normalize():f} {unit}",
        changed=lambda way: changed(1 + way * share),
    )


def _costs(ground: Ground) -> Iterator[Candidate]:
    project = ground.project
    known = (
        ("energy_cost", Words("能量造价", "cost per kWh"), "energy_cost_cny_per_kwh", "元/kWh"),
        ("power_cost", Words("功率造价", "cost per kW"), "power_cost_cny_per_kw", "元/kW"),
        (
            "fixed_cost_per_kw",
            Words("固定运维（按千瓦）", "fixed cost per kW"),
            "fixed_cost_cny_per_kw_year",
            "元/kW·a",
        ),
        (
            "fixed_cost_per_kwh",
            Words("固定运维（按千瓦时）", "fixed cost per kWh"),
            "fixed_cost_cny_per_kwh_year",
            "元/kWh·a",
        ),
        ("variable_cost", Words("变动运维", "variable cost"), "variable_cost_cny_per_mwh", "元/MWh"),
    )
    for name, words, key, unit in known:
        figure: Decimal = getattr(project.cost, key)
        if figure:
            yield _share(name, words, figure, unit, FIFTH, _costing(ground, key))


def _costing(ground: Ground, key: str) -> Callable[[Decimal], Ground]:
    return lambda by: with_project(ground, with_costs(ground.project, by, key))


def _finance(ground: Ground) -> Iterator[Candidate]:
    project = ground.project
    rate, life = project.finance.discount_ratio, project.project.life_years
    yield Candidate(
        name="discount_ratio",
        words=Words("折现率", "discount rate"),
        low=f"{rate - RATE_POINTS:.1%}",
        high=f"{rate + RATE_POINTS:.1%}",
        changed=_of_project(
            ground,
            lambda way: replace(project, finance=replace(project.finance, discount_ratio=rate + way * RATE_POINTS)),
        ),
    )
    if life > LIFE_YEARS and not project.augmentation.in_years:
        yield Candidate(
            name="life_years",
            words=Words("寿命", "life"),
            low=f"{life - LIFE_YEARS} a",
            high=f"{life + LIFE_YEARS} a",
            changed=_of_project(
                ground,
                lambda way: replace(project, project=replace(project.project, life_years=life + way * LIFE_YEARS)),
            ),
        )


def _store(ground: Ground) -> Iterator[Candidate]:
    project = ground.project
    efficiency = efficiency_of(project.project)
    low, high = efficiency - EFFICIENCY_POINTS, max(min(efficiency + EFFICIENCY_POINTS, MOST_EFFICIENT), efficiency)
    yield Candidate(
        name="round_trip_efficiency",
        words=Words("往返效率", "round-trip efficiency"),
        low=f"{low:.1%}",
        high=f"{high:.1%}",
        changed=_of_project(ground, lambda way: with_efficiency(project, low if way < 0 else high)),
    )
    if project.fade.is_asked:
        yield Candidate(
            name="fade",
            words=Words("容量衰减", "fade"),
            low=f"×{1 - HALF:f}",
            high=f"×{1 + HALF:f}",
            changed=_of_project(ground, lambda way: with_fade(project, 1 + way * HALF)),
        )


def _prices(ground: Ground, scenario: Scenario) -> Iterator[Candidate]:
    if Regime.MARKET not in scenario.regimes:
        return
    yield Candidate(
        name="price_spread",
        words=Words("市场价差", "spread of market prices"),
        low=f"×{1 - FIFTH:f}",
        high=f"×{1 + FIFTH:f}",
        changed=lambda way: with_spread(ground, scenario.name, float(1 + way * FIFTH)),
    )
    yield Candidate(
        name="price_level",
        words=Words("市场电价水平", "level of market prices"),
        low=f"×{1 - FIFTH:f}",
        high=f"×{1 + FIFTH:f}",
        changed=lambda way: with_level(ground, scenario.name, float(1 + way * FIFTH)),
    )


def _support(ground: Ground, scenario: Scenario, size: Size) -> Iterator[Candidate]:
    yield from _capacity(ground, scenario, size)
    award = award_terms_of(ground, scenario)
    if award is not None and award.rate_cny_per_kwh:
        rate = award.rate_cny_per_kwh
        yield _share(
            "award",
            Words("放电奖励", "award for discharge"),
            rate,
            "元/kWh",
            FIFTH,
            lambda by: _of_scenario(ground, replace(scenario, award=AwardBasis.OWN, award_rate_cny_per_kwh=rate * by)),
        )
    lease = scenario.lease
    if lease is not None and lease.price_cny_per_kw_year:
        price = lease.price_cny_per_kw_year
        yield _share(
            "lease",
            Words("租赁价格", "price of the lease"),
            price,
            "元/kW·a",
            FIFTH,
            lambda by: _of_scenario(
                ground, replace(scenario, lease=replace(lease, price_cny_per_kw_year=round(price * by, 6)))
            ),
        )


def _capacity(ground: Ground, scenario: Scenario, size: Size) -> Iterator[Candidate]:
    if scenario.capacity_support is CapacitySupport.NONE:
        return
    years = range(1, ground.project.project.life_years + 1)
    price = max(support_price_cny(ground, scenario, size, year) for year in years)
    rate = Decimal(price.numerator) / Decimal(price.denominator)
    if rate:
        yield _share(
            "capacity_support",
            Words("容量电价或补贴", "capacity price or subsidy"),
            rate,
            "元/kW·a",
            FIFTH,
            lambda by: _of_scenario(ground, replace(scenario, capacity_support_cny_per_kw_year=round(rate * by, 6))),
        )


def _of_scenario(ground: Ground, scenario: Scenario) -> Ground:
    return with_project(ground, with_scenario(ground.project, scenario))
