"""The clauses of the text on the jewellery and fashion zone."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text."""

    term: Term
    outline: Clause
    yearly_sales: Clause
    yearly_retail: Clause
    promotion_meeting: Clause
    training: Clause
    testing_standard: Clause
    accreditation: Clause
    testing_branch: Clause
    functional_body: Clause
    design_centre: Clause
    patent_or_prize: Clause
    studio: Clause
    flagship_shop: Clause
    headquarters: Clause
    first_in_shanghai: Clause
    other_promotion: Clause
    testing_seat_here: Clause
    professional_services: Clause
    trading: Clause
    custom_making: Clause
    blending: Clause
    district_first: Clause
    days_covered: Clause
