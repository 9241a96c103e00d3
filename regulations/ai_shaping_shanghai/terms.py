"""The terms of the plan for AI in Shanghai."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text."""

    term: Term
    target_year: Clause
    compute: Clause
    flops_in_one_eflops: Clause
    flops_prefix_step: Clause
    precision: Clause
    corpora: Clause
    incubators_least: Clause
    incubators_most: Clause
    enabling_centres: Clause
    training_grounds: Clause
    model_level_base: Clause
    model_level_industry: Clause
    model_level_scenario: Clause
    robots: Clause
    finance: Clause
    manufacturing: Clause
    education: Clause
    medical: Clause
    culture_tourism: Clause
    city_governance: Clause
    industries: Clause
    three_rings: Clause
    foundation_items: Clause
    tool_items: Clause
    industry_items: Clause
    ecosystem_items: Clause
    items_in_all: Clause
