"""Options of a plan: what is out of range is refused together, words are read once."""

from decimal import Decimal
from math import inf, nan

import pytest

from dispatch.options import PlanOptions, Rolling
from tariffs.vocabulary.errors import RecordProblems, UsageError


def test_every_figure_out_of_range_is_named_at_once() -> None:
    with pytest.raises(RecordProblems) as refused:
        PlanOptions(calls=-1.0, wear_cost_cny_per_mwh=nan, max_cycles_per_day=0.0, final_stored_ratio=Decimal("1.5"))
    found = refused.value.found.en
    assert 4 == len(refused.value.problems)
    assert all(name in found for name in ("calls", "wear_cost", "max_cycles_per_day", "final_stored_ratio"))


def test_only_the_daily_cap_may_be_infinite() -> None:
    assert inf == PlanOptions(max_cycles_per_day=inf).max_cycles_per_day
    with pytest.raises(RecordProblems, match="calls"):
        PlanOptions(calls=inf)


def test_a_rolling_horizon_is_look_ahead_and_step() -> None:
    assert Rolling(look_ahead_h=48.0, step_h=24.0) == Rolling.parse("48:24")


@pytest.mark.parametrize("text", ["48", "48:", ":24", "24:48", "0:0", "x:y", "48:-1", "nan:1", ""])
def test_anything_else_is_no_rolling_horizon(text: str) -> None:
    with pytest.raises(UsageError, match="--rolling"):
        Rolling.parse(text)
