"""The clauses of the text on car quotas."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term
from tariffs.judging.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The clauses of the text, and the working days.

    Shape   equal only to itself, so that what follows from the terms alone can be kept for a batch
    """

    term: Term
    working_days: WorkingDays
    old_rules: Clause
    free_plate_no_quota: Clause
    sources: Clause
    notice_before: Clause
    residence: Clause
    paid_for_a_year: Clause
    no_certificate: Clause
    no_quota_car: Clause
    licence: Clause
    clean_year: Clause
    offence_points: Clause
    offence_count: Clause
    offence_penalty: Clause
    other_conditions: Clause
    unit_registered: Clause
    public_body_approval: Clause
    check_within: Clause
    object_within: Clause
    review_within: Clause
    no_reserve: Clause
    reserve_is_average: Clause
    paid_in_full: Clause
    entrusting: Clause
    valid_for: Clause
    entrust_for: Clause
    right_lost: Clause
    change_of_holder: Clause
    family_tie: Clause
    receiver_qualifies: Clause
    filing: Clause
    counts_anew: Clause
    invoice_name: Clause
    seats: Clause
    private_small_car: Clause
    no_transfer_for: Clause
    wait_after_entrusting: Clause
    wait_after_family_transfer: Clause
    false_papers: Clause
    false_papers_read_together: Clause
    wait_after_false_papers: Clause
