"""The clauses of the text, one for each rule and each figure."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text, in the order of its sections."""

    term: Term
    grid_patrol: Clause
    supervision: Clause
    cooperating_departments: Clause
    mainly_does: Clause
    department_education: Clause
    department_human_resources: Clause
    department_science: Clause
    department_culture_tourism: Clause
    department_sports: Clause
    department_education_adults: Clause
    department_human_resources_qualification: Clause
    sector_duties: Clause
    registered_for_profit: Clause
    registered_non_profit: Clause
    fee_standard: Clause
    prepaid_tools: Clause
    enforcement_lead: Clause
    in_city: Clause
    open_to_public: Clause
    modes: Clause
    scope: Clause
    scope_subject: Clause
    scope_pupils: Clause
    scope_adults: Clause
    vocational_pupils: Clause
    permit_needed: Clause
    skill_based: Clause
    other_law_first: Clause
