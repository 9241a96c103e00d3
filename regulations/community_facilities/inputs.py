"""What is asked about community facilities: the case and its questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from regulations.community_facilities.choices import (
    Business,
    Distance,
    Measure,
    Origin,
    Reviewer,
    Sharing,
    Stock,
    WorkList,
)
from regulations.community_facilities.mapped import Coverage, Functions, unknown_name
from tariffs.judging.plausible import (
    not_above_nothing,
    nothing_listed,
    outside,
    read_of,
    refuse_impossible,
    refuse_silence,
    twice,
)
from tariffs.vocabulary.errors import Words

FASTEST_WALK_M_PER_S: Final = 3
MOST_M2: Final = 10_000_000_000
"""More than the whole city."""
MOST_COMMUNITIES: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A floor area and the target columns in which it is to count; `needs_met` is left out where nobody has said.

    Raises  RecordProblems if it is nothing or too large, has no column, or one twice
    """

    name: str
    area_m2: Decimal
    sectors: tuple[str, ...]
    sharing: Sharing
    needs_met: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An area of nothing or beyond all measure, or columns that are none or stand twice."""
        problems = not_above_nothing(given, "area_m2") + outside(given, 0, MOST_M2, "area_m2")
        return problems + nothing_listed(given, "sectors") + twice("sectors", read_of(given, "sectors"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLedger:
    """Areas, and the target of each sector's column in m² (0 where it has none).

    Raises  RecordProblems if an area stands twice or counts in a column that is not there
    """

    targets_m2: Mapping[str, Decimal]
    areas: tuple[Area, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Areas that stand twice, columns that are not there, targets below nothing."""
        areas = read_of(given, "areas")
        problems = nothing_listed(given, "areas") + twice("areas", [area.name for area in areas])
        if "targets_m2" not in given:
            return problems
        targets = {f"targets_m2.{name}": target for name, target in given["targets_m2"].items() if target is not None}
        problems += outside(targets, 0, MOST_M2, *targets)
        columns = list(given["targets_m2"])
        return problems + [
            unknown_name(area.name, sector, columns)
            for area in areas
            for sector in area.sectors
            if sector not in columns
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """An existing building that is to serve; what the safety rules say is left out where it is not known."""

    stock: Stock
    reviewed_by: tuple[Reviewer, ...]
    new_building_or_extension: bool
    structure_safe: bool | None = None
    fire_safe: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleAsset:
    """A business asset that stands idle after a sector was cleaned up, and who agrees to its new use."""

    cleaned_up_in_a_sector: bool
    sector_authority_agrees: bool
    owner_agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotRatio:
    """A plot whose floor area ratio or height is to be raised; facts that others judge are left out where not known."""

    suited_to_building: bool | None = None
    neighbours_unaffected: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandPrice:
    """A facility on mixed land: its counted floor area, and whether a government body is to run it.

    Raises  RecordProblems if the area is not above nothing, or too large
    """

    mixed_land_with_public_facilities: bool
    run_by_government_body: bool
    counted_area_m2: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An area of nothing, or beyond all measure."""
        return not_above_nothing(given, "counted_area_m2") + outside(given, 0, MOST_M2, "counted_area_m2")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengthening:
    """A facility whose structure is to be strengthened, or that is to have a lift."""

    building_papers: bool
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RentCut:
    """A business inside a facility that asks for a rent cut or a subsidy."""

    origin: Origin
    business: Business
    micro_profit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A project that asks for central budget money, special bonds or a place on the list of works for the people."""

    meets_conditions: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """How many communities have started.

    Raises  RecordProblems if the count is below nothing or too large
    """

    communities: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A count below nothing, or beyond all measure."""
        return outside(given, 0, MOST_COMMUNITIES, "communities")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists that have been drawn up."""

    drawn_up: tuple[WorkList, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """A body, by the name that the text uses, and a measure."""

    measure: Measure
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the text leaves open: the speed of a walk, and how a way is measured.

    Raises  RecordProblems if the speed is not above nothing, or nobody walks so fast
    """

    walking_speed_m_per_s: Decimal | None = None
    distance: Distance | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A speed of nothing, or one that nobody walks at, as where it is given in another unit."""
        return not_above_nothing(given, "walking_speed_m_per_s") + outside(
            given, 0, FASTEST_WALK_M_PER_S, "walking_speed_m_per_s"
        )

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, the questions asked, and the options.

    Raises  RecordProblems if it asks nothing
    """

    on: date
    coverage: Coverage | None = None
    functions: Functions | None = None
    area_ledger: AreaLedger | None = None
    reuse: Reuse | None = None
    idle_asset: IdleAsset | None = None
    plot_ratio: PlotRatio | None = None
    land_price: LandPrice | None = None
    strengthening: Strengthening | None = None
    rent_cut: RentCut | None = None
    funding: Funding | None = None
    pilot: Pilot | None = None
    lists: Lists | None = None
    responsible: Responsible | None = None
    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        refuse_silence(self)
