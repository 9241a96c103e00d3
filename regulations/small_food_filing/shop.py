"""The case before a filing: the shop and the papers at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.judging.plausible import outside, refuse_impossible
from tariffs.vocabulary.errors import Words


class Food(Enum):
    """What is sold."""

    HOT = "hot"
    COLD_SIMPLE = "cold_simple"
    COLD_OTHER = "cold_other"
    RAW = "raw"
    DRINKS = "drinks"
    OTHER = "other"


class SourceKind(Enum):
    """What pollutes nearby."""

    PUBLIC_TOILET = "public_toilet"
    NIGHT_SOIL_TANK = "night_soil_tank"
    SEPTIC_TANK = "septic_tank"
    SEWAGE_POND = "sewage_pond"
    REFUSE_SITE = "refuse_site"
    OTHER = "other"


class PremisesProof(Enum):
    """What shows that the premises may be used."""

    LAWFUL_USE = "lawful_use"
    DISTRICT_ACCEPTED = "district_accepted"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollutionSource:
    """A source of pollution nearby and its straight-line distance."""

    kind: SourceKind
    distance_m: Decimal

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A distance below nothing."""
        return outside(given, 0, None, "distance_m")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A shop that is to be filed; left out is what another standard decides and nobody has said yet.

    Raises  RecordProblems if nothing is sold
    """

    in_city: bool
    fixed_site: bool
    holds_food_licence: bool
    foods: tuple[Food, ...]
    sells_unlawful_food: bool
    gives_off_fumes: bool
    in_fixed_building: bool
    pollution_sources: tuple[PollutionSource, ...]
    live_animals_area: bool
    lived_in: bool
    staff_trained: bool
    staff_passed: bool
    small: bool | None = None
    food_safety_met: bool | None = None
    demanded: bool | None = None
    disturbs_neighbours: bool | None = None
    layout_sound: bool | None = None
    waste_rules_met: bool | None = None
    equipment_fit: bool | None = None
    environment_law_met: bool | None = None
    fire_law_met: bool | None = None
    appearance_law_met: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A shop that sells nothing."""
        return [Words("foods 至少列一种", "foods names one at least")] if given.get("foods") == () else []

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """The papers at hand.

    Raises  RecordProblems if it is not said whether the agent's paper or the lease is there where one is needed
    """

    form: bool
    manager_identity: bool
    through_agent: bool
    health_certificates: bool
    premises_proof: PremisesProof
    rented: bool
    undertaking: bool
    agent_identity: bool | None = None
    lease_agreement: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """An agent or a lease without a word on its paper."""
        pairs = (("through_agent", "agent_identity"), ("rented", "lease_agreement"))
        return [
            Words(f"{fact} 为 true 时须有 {paper}", f"{paper} is needed where {fact} is true")
            for fact, paper in pairs
            if given.get(fact) is True and paper not in given
        ]

    def __post_init__(self) -> None:
        refuse_impossible(self)
