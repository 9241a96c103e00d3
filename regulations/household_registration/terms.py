"""The clauses of the text."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


# terms are told apart by identity: the answers kept for one document must not hash all its clauses each time
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The clauses of the text: scope, conditions, the five relaxations, family, papers, and our inferences."""

    term: Term
    mainland_person: Clause
    registered_employer: Clause
    permit_held: Clause
    all_conditions: Clause
    permit_years: Clause
    insurance_years: Clause
    insured_month: Clause
    income_tax: Clause
    technical_title: Clause
    technician_level: Clause
    post_match: Clause
    criminal_record: Clause
    other_bar: Clause
    one_relaxation: Clause
    relaxation_1: Clause
    contribution_award: Clause
    senior_title: Clause
    senior_technician_level: Clause
    insurance_joined: Clause
    relaxation_2: Clause
    suburban_field: Clause
    suburban_years: Clause
    suburban_permit_years: Clause
    relaxation_3: Clause
    double_window: Clause
    double_months: Clause
    double_base: Clause
    relaxation_4: Clause
    investor: Clause
    tax_years: Clause
    tax_total: Clause
    staff_years: Clause
    relaxation_5: Clause
    triple_window: Clause
    triple_months: Clause
    triple_base: Clause
    base_matches_income: Clause
    triple_permit_years: Clause
    key_areas: Clause
    employer_files: Clause
    materials: Clause
    identity_and_form: Clause
    tax_certificate: Clause
    title_and_contract: Clause
    no_record_promise: Clause
    housing_certificate: Clause
    other_materials: Clause
    relaxation_proof: Clause
    acceptance: Clause
    spouse_together: Clause
    minor_children: Clause
    minor_age: Clause
    fraud: Clause
    fraud_consequences: Clause
    year_counting: Clause
    wage_reference: Clause
    insurance_year_month: Clause
    application_month: Clause
