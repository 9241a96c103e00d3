"""What a plan is made for: prices, objective, seasons and calls; and the words about it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.arrays import Flags, Floats
from dispatch.task import Objective, StepPrices
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.findings import Catalogue, Finding
from tariffs.vocabulary.units import KWH_PER_MWH, PRICE_UNITS_PER_CNY

CATALOGUE: Final = Catalogue.load(Path(__file__).parents[1] / "findings.toml")
E6_PER_CNY_PER_MWH: Final = PRICE_UNITS_PER_CNY // KWH_PER_MWH
"""A price of 1 元/MWh in 1e-6 元/kWh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a plan is made in: the settings, if any are given, and the documents."""

    settings: Settings | None
    library: Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the stage, regulated or market, fixes for a plan.

    Shape   arrays have one figure a step; `cycles_per_day` is nothing without a cap
    """

    blocks: tuple[str, ...]
    objective: Objective
    prices: StepPrices
    in_season: Flags
    calls: float
    cycles_per_day: float | None
    findings: tuple[Finding, ...]
    preference: Floats | None = None
