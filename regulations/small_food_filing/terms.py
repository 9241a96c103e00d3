"""The clauses of the text, one for each rule and each figure."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term
from tariffs.judging.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text, in the order of its articles."""

    term: Term
    working_days: WorkingDays
    in_city: Clause
    fixed_site: Clause
    small_scale: Clause
    food_safety_needs: Clause
    no_food_licence: Clause
    demanded: Clause
    no_disturbance: Clause
    filing_office: Clause
    conditions: Clause
    allowed_foods: Clause
    fixed_building: Clause
    source_distance: Clause
    no_live_animals: Clause
    not_lived_in: Clause
    sound_layout: Clause
    waste_rules: Clause
    equipment_fit: Clause
    staff_trained: Clause
    environment_law: Clause
    fire_law: Clause
    appearance_law: Clause
    materials: Clause
    material_form: Clause
    material_identity: Clause
    material_health: Clause
    material_premises: Clause
    material_undertaking: Clause
    opinions_first: Clause
    card_issued: Clause
    bans: Clause
    unlawful_food: Clause
    risky_food: Clause
    disturbing_food: Clause
    duties: Clause
    duty_scope: Clause
    duty_shown: Clause
    duty_hygiene: Clause
    duty_vouchers: Clause
    duty_contamination: Clause
    duty_packaging: Clause
    duty_tableware: Clause
    duty_disposables: Clause
    duty_water: Clause
    duty_surroundings: Clause
    duty_waste: Clause
    duty_fumes: Clause
    duty_fire: Clause
    valid_for: Clause
    lease_term: Clause
    renew_before: Clause
    renewals: Clause
    refile_on_change: Clause
    first_time_rules: Clause
    platform_registration: Clause
    platform_check: Clause
    platform_duty: Clause
    platform_stop_breach: Clause
    platform_tell_regulator: Clause
    platform_stop_service: Clause
    trade_without_either: Clause
    knowing_support: Clause
    change_unfiled: Clause
    operating_after_expiry: Clause
    serious_breach: Clause
    other_law_cancels: Clause
    got_by_fraud: Clause
    card_misused: Clause
    many_complaints: Clause
    penalties: Clause
    penalty_window: Clause
    food_accident: Clause
    social_effect: Clause
    building_nature: Clause
    clean_years: Clause
    no_objection: Clause
    district_may: Clause
