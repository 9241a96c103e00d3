"""Every exclusive schedule of a tiny case, tried: the best revenue there is, in whole numbers.

Stored energy moves on a grid of parts of a unit; limits, bounds, start, end and calls are whole units. For given modes the
best schedule is a vertex of bounds on differences of stored energy, whose determinants are 1, and with calls of one more
row of ones over the discharging season steps, whose determinants are at most the number of its ones. A store that starts
empty must charge first, so of five steps four at most discharge: every vertex lies on a grid of a twelfth of a unit with
calls, and on whole units without.
"""

from dataclasses import dataclass
from random import Random

import numpy as np
from plain_tasks import horizon, station

from dispatch.blocks import final_stored_energy, season_calls
from dispatch.objectives import market_revenue
from dispatch.task import StepPrices, Task, block, objective

UNIT_MWH = 12.0
"""Energy inside the store."""
PRICE_UNITS = 1000
"""1e-6 元/kWh in 元/MWh."""
CHARGE_EFFICIENCY, DISCHARGE_EFFICIENCY = 0.8, 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiny:
    """A case of a few hours: limits and stored energy in units, prices in 元/MWh.

    Shape   `calls` are units taken out of the store in season steps, as few as that
    """

    gain: tuple[int, ...]
    drain: tuple[int, ...]
    room: int
    start: int
    end: int
    bought: tuple[int, ...]
    sold: tuple[int, ...]
    in_season: tuple[bool, ...]
    calls: int = 0

    @property
    def parts(self) -> int:
        """Parts of a unit that stored energy may move by."""
        return 12 if self.calls else 1


def best_revenue_cny(tiny: Tiny) -> float | None:
    """The best revenue of all exclusive schedules; nothing if there is no schedule.

    A unit into the store costs 12 / 0.8 = 15 MWh, a unit out of it gives 12 x 0.75 = 9 MWh.
    """
    parts = tiny.parts
    found = {(tiny.start * parts, 0): 0}
    for step in range(len(tiny.gain)):
        after: dict[tuple[int, int], int] = {}
        for (stored, called), earned in found.items():
            for move in range(-tiny.drain[step] * parts, tiny.gain[step] * parts + 1):
                if not 0 <= stored + move <= tiny.room * parts:
                    continue
                made = -move if move < 0 and tiny.in_season[step] else 0
                key = (stored + move, min(called + made, tiny.calls * parts))
                paid = 15 * move * tiny.bought[step] if move > 0 else 9 * move * tiny.sold[step]
                after[key] = max(after.get(key, earned - paid), earned - paid)
        found = after
    best = found.get((tiny.end * parts, tiny.calls * parts))
    return None if best is None else best / parts


def random_case(seed: int) -> Tiny:
    """A case of four or five steps; outages, prices below zero and two prices a step among them."""
    random = Random(seed)
    count, calls = random.choice((4, 5)), random.choice((0, 0, 1, 2, 3))
    room = random.randint(1, 3)
    bought = tuple(random.choice((-80, -10, 0, 50, 200, 300, 500)) for _ in range(count))
    spread = random.choice((0, 0, 120))
    return Tiny(
        gain=tuple(random.choice((0, 1, 1, 2)) for _ in range(count)),
        drain=tuple(random.choice((0, 1, 1, 2)) for _ in range(count)),
        room=room,
        start=0 if calls else random.randint(0, room),
        end=random.choice((0, 0, 1)),
        bought=bought,
        sold=tuple(price + spread for price in bought),
        in_season=tuple(random.random() < 0.8 for _ in range(count)),
        calls=calls,
    )


def task_of(tiny: Tiny) -> Task:
    """The same case as a task; a unit out of the store is 9 MWh, and 90 MWh make a call: a tenth."""
    plant = station(
        horizon(len(tiny.gain)),
        charge_limit_mw=np.array(tiny.gain) * UNIT_MWH / CHARGE_EFFICIENCY,
        discharge_limit_mw=np.array(tiny.drain) * UNIT_MWH * DISCHARGE_EFFICIENCY,
        energy_mwh=90.0,
        max_stored_mwh=tiny.room * UNIT_MWH,
        initial_stored_mwh=tiny.start * UNIT_MWH,
        charge_efficiency=CHARGE_EFFICIENCY,
        discharge_efficiency=DISCHARGE_EFFICIENCY,
    )
    bought, sold = np.array(tiny.bought, dtype=np.int64), np.array(tiny.sold, dtype=np.int64)
    in_season = np.array(tiny.in_season)
    calls = season_calls.Terms(calls=tiny.calls / 10, in_season=in_season.astype(float))
    return Task(
        station=plant,
        prices=StepPrices(charge_e6=bought * PRICE_UNITS, discharge_e6=sold * PRICE_UNITS),
        in_season=in_season,
        blocks=(
            *(block(name) for name in ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes")),
            block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=tiny.end * UNIT_MWH)),
            *([block("season_calls", calls)] if tiny.calls else []),
        ),
        objective=objective(
            "market_revenue",
            market_revenue.Terms(
                charge_price_cny_per_mwh=bought.astype(float), discharge_price_cny_per_mwh=sold.astype(float)
            ),
        ),
    )
