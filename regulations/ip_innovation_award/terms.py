"""The clauses of the text, by the names that its document gives them."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term
from tariffs.judging.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text, and the working days that its notices are counted in."""

    term: Term
    working_days: WorkingDays
    quota_creation: Clause
    quota_protection: Clause
    quota_use: Clause
    quota_patent_first: Clause
    quota_patent_second: Clause
    quota_patent_third: Clause
    quota_units: Clause
    quota_patents: Clause
    quota_total: Clause
    every_years: Clause
    unit_in_city: Clause
    unit_credit: Clause
    unit_not_awarded: Clause
    one_award: Clause
    creation_breakthrough: Clause
    creation_growth: Clause
    creation_layout: Clause
    protection_warning: Clause
    protection_means: Clause
    protection_team: Clause
    use_conversion: Clause
    use_analysis: Clause
    use_means: Clause
    patentee_in_city: Clause
    applicant_is_patentee: Clause
    one_applicant: Clause
    all_consent: Clause
    patent_not_awarded: Clause
    patent_valid: Clause
    no_dispute: Clause
    entries_of_patentee: Clause
    granted_by_closing: Clause
    patent_kinds: Clause
    patent_text: Clause
    patent_novel: Clause
    patent_used: Clause
    product_filed: Clause
    patent_protected: Clause
    call: Clause
    internal_notice: Clause
    notice_before_entry: Clause
    recommenders: Clause
    academicians_joint: Clause
    academicians_patent: Clause
    academicians_field: Clause
    academician_once: Clause
    places: Clause
    recommender_checks: Clause
    recommender_publishes: Clause
    district_publishes: Clause
    formal_check: Clause
    first_round: Clause
    screening: Clause
    second_round: Clause
    public_notice: Clause
    objection_in_notice: Clause
    decision_told_within: Clause
    honours: Clause
    prize_to_applicant: Clause
    co_owners_settle: Clause
    inventors_share: Clause
    helpers_share: Clause
    patentees_rest: Clause
    recommender_fraud: Clause
    candidate_fraud: Clause
    expert_fraud: Clause
    winner_fraud: Clause
    credit_record: Clause
