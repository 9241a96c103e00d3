"""Makes the random tasks of the models and the random fleets importable, and small members of fleets for hand figures."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dispatch.blocks import calls_share, final_stored_energy
from dispatch.station.steps import StationSteps
from dispatch.task import Block, StepPrices, Task, block, objective

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "model")]
PHYSICS = ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")


@pytest.fixture
def member_of(station_of: Callable[..., StationSteps]) -> Callable[..., Task]:
    """A station of 10 MW and 20 MWh without losses, empty at the start and the end, hour by hour; nothing is priced.

    `season` with calls asks for calls in these steps, as a share to be decided.
    """

    def made(
        count: int,
        *,
        final_mwh: float | None = 0.0,
        calls: float = 0.0,
        season: Sequence[float] = (),
        more: Sequence[Block] = (),
        **changes: Any,
    ) -> Task:
        blocks = [block(name) for name in PHYSICS]
        if final_mwh is not None:
            blocks.append(block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=final_mwh)))
        if calls:
            blocks.append(block("calls_share", calls_share.Terms(calls=calls, in_season=np.array(season, float))))
        nothing = np.zeros(count, np.int64)
        return Task(
            station=replace(station_of(count), **changes),
            prices=StepPrices(charge_e6=nothing, discharge_e6=nothing),
            in_season=np.array(season, np.bool_) if season else np.ones(count, np.bool_),
            blocks=(*blocks, *more),
            objective=objective("least_throughput", None),
            is_priced=False,
        )

    return made
