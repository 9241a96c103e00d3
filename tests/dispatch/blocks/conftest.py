"""The best schedule of a tiny case: power limits, balance and stored-energy bounds, and the blocks of the test."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dispatch.lazy import lazy
from dispatch.outcome import Limits, Outcome
from dispatch.station.steps import StationSteps
from dispatch.task import Block, block


@pytest.fixture
def best(task_of: Any) -> Callable[..., Outcome]:
    def solved(
        station: StationSteps,
        price: Sequence[float],
        *blocks: Block,
        discharge_price: Sequence[float] | None = None,
    ) -> Outcome:
        chain = (block("power_limits"), block("energy_balance"), block("stored_energy_bounds"))
        return lazy(task_of(station, (*chain, *blocks), price, discharge_price), Limits())

    return solved
