"""The clauses of the text, by the names that its document gives them."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term
from tariffs.judging.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text, and the working days that uploads and notices are counted in."""

    term: Term
    working_days: WorkingDays
    sum_estimate: Clause
    sum_adjusted: Clause
    floating_rate: Clause
    area_under_measured: Clause
    decoration_left_out: Clause
    price_clearly_low: Clause
    fees_siphoned: Clause
    insurer_experience: Clause
    department: Clause
    staff_fit: Clause
    staff_licence: Clause
    staff_degree: Clause
    staff_bachelor_years: Clause
    staff_master_years: Clause
    staff_least: Clause
    manager_appointed: Clause
    manager_years: Clause
    manager_passed: Clause
    real_name: Clause
    separate_accounts: Clause
    formal_quotation: Clause
    quotation_signed: Clause
    quotation_stamped: Clause
    quotation_uploaded: Clause
    contract_before_design: Clause
    premium_in_full: Clause
    contract_uploaded: Clause
    risk_body_before_contract: Clause
    briefing_before_start: Clause
    briefing_uploaded: Clause
    final_report_risk: Clause
    final_report_uploaded: Clause
    documents_uploaded: Clause
    claims_briefing: Clause
    contractor_repairs: Clause
    liability_start: Clause
    household_report_uploaded: Clause
    preview_report_uploaded: Clause
    design_files_prompt: Clause
    design_files_before_works: Clause
    household_notice: Clause
    preview_notice: Clause
    household_passed: Clause
    preview_defects: Clause
    final_report_received: Clause
    joint_check: Clause
    warranty_left: Clause
    owners_notice: Clause
    design_risk: Clause
    tests_share: Clause
    plan_confirmed: Clause
    pass_told: Clause
    fail_told: Clause
    construction_risk: Clause
    in_cover: Clause
    exclusion_proved: Clause
    repaired_by: Clause
    claimant: Clause
    claim_period: Clause
    hotline: Clause
    claims_team: Clause
    payment_within: Clause
    refusal_within: Clause
    refusal_reasons: Clause
    repair_warranty: Clause
    same_part: Clause
    same_item: Clause
    reported_in_period: Clause
    dispute_party: Clause
    dispute_in_term: Clause
    dispute_written: Clause
    appraiser_qualified: Clause
    appraiser_chosen: Clause
    appraiser_independent: Clause
    given_up: Clause
