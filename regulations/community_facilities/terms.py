"""The terms of the plan on community facilities."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text; those from `layout` on are its ten measures with the bodies responsible."""

    term: Term
    life_circle: Clause
    building_unit: Clause
    walking_speed: Clause
    way_measured: Clause
    stock_kinds: Clause
    joint_review: Clause
    structure_safe: Clause
    fire_safe: Clause
    no_new_building: Clause
    use_for_now: Clause
    idle_cleaned_up: Clause
    idle_consent: Clause
    idle_owner: Clause
    suited_to_building: Clause
    neighbours_unaffected: Clause
    mixed_land: Clause
    land_price_cut: Clause
    building_papers: Clause
    running: Clause
    fundable: Clause
    three_lists: Clause
    one_function: Clause
    function_groups: Clause
    shared_area: Clause
    sector_needs: Clause
    counted_once: Clause
    government_facility: Clause
    daily_business: Clause
    micro_profit: Clause
    pilot_communities: Clause
    districts: Clause
    measures: Clause
    parts: Clause
    leading_bodies: Clause
    layout: Clause
    stock_reuse: Clause
    building_support: Clause
    money: Clause
    party_service_base: Clause
    shared_use: Clause
    services_brought_in: Clause
    skilled_operation: Clause
    lasting_operation: Clause
    built_together: Clause
