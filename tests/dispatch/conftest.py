"""A small station and tasks of it, for every test of dispatch."""

from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
import pytest

from dispatch.arrays import Floats
from dispatch.horizon import Horizon
from dispatch.objectives import market_revenue
from dispatch.station.steps import StationSteps
from dispatch.task import Block, StepPrices, Task, objective
from tariffs.vocabulary.timegrid import ZONE, physical
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY_PER_MWH

StationOf = Callable[..., StationSteps]
TaskOf = Callable[..., Task]


@pytest.fixture
def station_of() -> StationOf:
    """A station of 10 MW and 20 MWh without losses, empty at the start of 2026, for so many steps."""

    def made(count: int, minutes: int = 60) -> StationSteps:
        first_ms = physical(datetime(2026, 1, 1, tzinfo=ZONE))
        each = np.ones(count)
        return StationSteps(
            station_id="A",
            horizon=Horizon(first_ms=first_ms, minutes=minutes, count=count),
            charge_limit_mw=10.0 * each,
            discharge_limit_mw=10.0 * each,
            energy_mwh=20.0 * each,
            min_stored_mwh=0.0 * each,
            max_stored_mwh=20.0 * each,
            charge_efficiency=1.0,
            discharge_efficiency=1.0,
            kept_ratio=1.0,
            initial_stored_mwh=0.0,
            auxiliary_mw=0.0,
        )

    return made


@pytest.fixture
def task_of() -> TaskOf:
    """A task of a station at market prices in 元/MWh, the same for both legs unless told otherwise."""

    def made(
        station: StationSteps,
        blocks: Sequence[Block],
        price: Sequence[float] | Floats,
        discharge_price: Sequence[float] | Floats | None = None,
    ) -> Task:
        paid = np.asarray(price, float)
        due = paid if discharge_price is None else np.asarray(discharge_price, float)
        units = StepPrices(
            charge_e6=np.rint(paid * PRICE_UNITS_PER_CNY_PER_MWH).astype(np.int64),
            discharge_e6=np.rint(due * PRICE_UNITS_PER_CNY_PER_MWH).astype(np.int64),
        )
        terms = market_revenue.Terms(charge_price_cny_per_mwh=paid, discharge_price_cny_per_mwh=due)
        return Task(
            station=station,
            prices=units,
            in_season=np.ones(station.horizon.count, np.bool_),
            blocks=tuple(blocks),
            objective=objective("market_revenue", terms),
        )

    return made
