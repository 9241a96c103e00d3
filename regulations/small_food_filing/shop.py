"""The case: a shop and the papers at hand before its filing, what it, a platform and a landlord do after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.judging.plausible import nothing_listed, outside, refuse_impossible
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


class Role(Enum):
    """Who is asked about."""

    OPERATOR = "operator"
    PREMISES_PROVIDER = "premises_provider"
    OTHER_PROVIDER = "other_provider"


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
        return nothing_listed(given, "foods")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What a filed shop does day by day; left out is what another standard decides and nobody has said yet."""

    within_filed_scope: bool
    card_shown: bool
    health_certificates_shown: bool
    grade_shown: bool
    staff_clean: bool
    vouchers_kept: bool
    contamination_avoided: bool
    unasked_disposables: bool
    out_of_door_trade: bool
    site_kept_clean: bool
    waste_by_lawful_units: bool
    waste_waybills_kept: bool
    packaging_safe: bool | None = None
    tableware_safe: bool | None = None
    water_and_detergents_safe: bool | None = None
    fumes_within_limits: bool | None = None
    fire_and_gas_safe: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """What a trading platform did about a filed shop; the last four only where it found a breach."""

    registered_by_real_name: bool
    filing_checked: bool
    duty_made_clear: bool
    breach_found: bool
    breach_stopped: bool | None = None
    regulator_told: bool | None = None
    breach_serious: bool | None = None
    service_stopped: bool | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """What was done about a breach where none was found."""
        return without_ground(given, ("breach_found",), "breach_stopped", "regulator_told", "breach_serious")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """Who trades, or gives a trader premises or other means; `knew` is for those who give."""

    role: Role
    operator_licensed: bool
    operator_filed: bool
    knew: bool | None = None


def without_ground(given: Mapping[str, Any], grounds: tuple[str, ...], *names: str) -> list[Words]:
    """For each name of a fact: the problem that it is told as true, and none of its grounds is."""
    if any(given.get(ground) is not False for ground in grounds):
        return []
    zh, en = " 或 ".join(grounds), " or ".join(grounds)
    return [
        Words(f"{name} 为 true 时，{zh} 须为 true", f"{name} true needs {en} true")
        for name in names
        if given.get(name) is True
    ]
