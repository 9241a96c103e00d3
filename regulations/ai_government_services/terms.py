"""The clauses of the text on government services."""

from dataclasses import dataclass

from tariffs.judging.clauses import Clause, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text."""

    term: Term
    outline: Clause
    smart_version: Clause
    law_asks_application: Clause
    wish_confirmed: Clause
    sharing_authorised: Clause
    virtual_window_items: Clause
    virtual_window_cities: Clause
    service_circle: Clause
    centre_for_firms: Clause
    centre_for_persons: Clause
    frequent_items: Clause
    policy_kinds: Clause
    existing_policies: Clause
    application_type: Clause
    universal: Clause
    data_shareable: Clause
    without_application_first: Clause
    fast_track: Clause
    one_entry: Clause
    sent_back_times: Clause
    return_rate: Clause
    label_799: Clause
    application_minutes: Clause
    on_time: Clause
    bot_solves: Clause
    zero_distance: Clause
    help_channels: Clause
    first_response: Clause
    help_covers_items: Clause
    help_covers_policies: Clause
    hotline: Clause
