"""The clauses of the text, and those of their figures that every case asks for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from regulations.household_registration.tenure import NEVER
from tariffs.judging.clauses import Clause, Term
from tariffs.vocabulary.units import MONTHS_PER_YEAR


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
    minor_age: Clause
    fraud: Clause
    fraud_consequences: Clause
    year_counting: Clause
    wage_reference: Clause
    insurance_year_month: Clause
    application_month: Clause


def clause_of(terms: Terms, name: str) -> Clause:
    """The clause of a name."""
    found: Clause = getattr(terms, name)
    return found


class Marks(NamedTuple):
    """Years, months and multiples asked for, the months looked back on as bits, and the first day after the document."""

    permit_years: int
    insurance_years: int
    suburban_years: int
    suburban_permit_years: int
    triple_permit_years: int
    double_months: int
    triple_months: int
    double_base: Decimal
    triple_base: Decimal
    double_window: int
    triple_window: int
    months_back: int
    insurance_year_month: int
    end: int
    first_day_after: date | None


@lru_cache
def marks_of(terms: Terms, month_beside: bool) -> Marks:
    """The figures of a document; the month of application stands beside the months looked back on or inside."""
    first = 1 if month_beside else 0
    lengths = [clause.count * MONTHS_PER_YEAR for clause in (terms.double_window, terms.triple_window)]
    double_window, triple_window = (((1 << length) - 1) << first for length in lengths)
    end = terms.term.first_day_after
    return Marks(
        permit_years=terms.permit_years.count,
        insurance_years=terms.insurance_years.count,
        suburban_years=terms.suburban_years.count,
        suburban_permit_years=terms.suburban_permit_years.count,
        triple_permit_years=terms.triple_permit_years.count,
        double_months=terms.double_months.count,
        triple_months=terms.triple_months.count,
        double_base=terms.double_base.mark,
        triple_base=terms.triple_base.mark,
        double_window=double_window,
        triple_window=triple_window,
        months_back=max(lengths),
        insurance_year_month=terms.insurance_year_month.count,
        end=NEVER if end is None else end.toordinal(),
        first_day_after=end,
    )
