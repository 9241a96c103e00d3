"""The clauses of the text on small firms."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text."""

    term: Term
    outline: Clause
    specialised_firm: Clause
    little_giant: Clause
    little_giant_counts: Clause
    firms: Clause
    firms_by: Clause
    scale_industries: Clause
    scale_conditions: Clause
    scale_first: Clause
    scale_growth: Clause
    scale_grew: Clause
    scale_not_both: Clause
    growth_years: Clause
    growth_each_year: Clause
    growth_reward: Clause
    fund_group: Clause
    listing_pool: Clause
    roadshow: Clause
    cluster_reward: Clause
    aeo_industrial: Clause
    upgrading_project: Clause
    upgrading_subsidies: Clause
    upgrading_major: Clause
    upgrading_share: Clause
    upgrading_cap: Clause
    iso56005: Clause
    procurement_works: Clause
    procurement_tendering: Clause
    procurement_price: Clause
    procurement_suits: Clause
    procurement_share: Clause
    procurement_until: Clause
    digital_services: Clause
    digital_share: Clause
    loans_total: Clause
    credit_loans_total: Clause
    credit_loan: Clause
    interest_share: Clause
    interest_basis: Clause
    guarantees_total: Clause
    guarantee_limit: Clause
    water_surcharge: Clause
    senior_title: Clause
    senior_title_persons: Clause
    overseas_fair: Clause
    aeo_customs: Clause
    service_system: Clause
    stations: Clause
    star_partners: Clause
    service_circle: Clause
    services_by: Clause
    professional_services: Clause
    professional_share: Clause
    without_application: Clause
    officer: Clause
    in_force_from: Clause
