"""The clauses of the text on lodging registration."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term
from tariffs.judging.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text, and the working days."""

    term: Term
    working_days: WorkingDays
    changes_of_decision: Clause
    base_rule: Clause
    persons_covered: Clause
    lodging_outside_hotels: Clause
    register_within: Clause
    register_within_rural: Clause
    channels: Clause
    window_papers: Clause
    self_service_papers: Clause
    newborn_at_window: Clause
    interim_papers: Clause
    incomplete_papers: Clause
    registration_form: Clause
    false_statement: Clause
    valid_paper: Clause
