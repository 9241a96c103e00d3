"""The terms of the measures for the rural collective economy."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text."""

    term: Term
    target_year: Clause
    assets_total: Clause
    income_line: Clause
    share_of_villages: Clause
    distributed_total: Clause
    growth_needed: Clause
    land_acts: Clause
    assembly: Clause
    jobs_in_contract: Clause
    town_distribution: Clause
    trading_kinds: Clause
    platform: Clause
    public_bidding: Clause
    resource_fee: Clause
    measures: Clause
