"""What a plan is made for: prices, objective, seasons and calls; and the words about it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.arrays import Flags, Floats
from dispatch.task import Objective, StepPrices
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.findings import Catalogue, Finding

CATALOGUE: Final = Catalogue.load(Path(__file__).parents[1] / "findings.toml")


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
