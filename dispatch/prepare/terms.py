"""What a plan is made for: prices, objective, seasons and calls; and the words about it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from dispatch.arrays import Flags, Floats
from dispatch.task import Objective, StepPrices
from tariffs.settings import Settings
from tariffs.versions import Library
from tariffs.vocabulary.findings import Catalogue, Finding

Found = TypeVar("Found")
CATALOGUE: Final = Catalogue.load(Path(__file__).parents[1] / "findings.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What plans are made in: the settings, if any are given, and the documents.

    Shape   `known` fills while stations are prepared: what every station of a horizon would find again in the documents
    """

    settings: Settings | None
    library: Library
    known: dict[tuple[Hashable, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: tuple[Hashable, ...], found: Callable[[], Found]) -> Found:
        """What was found the first time that this was asked."""
        if key not in self.known:
            self.known[key] = found()
        answer: Found = self.known[key]
        return answer


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
    is_priced: bool = True
