"""Small lots of cars, and what brute force and a solver of its own say of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import product

import highspy
import numpy as np
from hypothesis import strategies as st

from dispatch.arrays import Flags, Floats
from dispatch.horizon import Horizon
from dispatch.v2g.sessions import Session
from tariffs.vocabulary.timegrid import ZONE, physical

FIRST_AT = datetime(2026, 1, 1, tzinfo=ZONE)


def horizon(count: int, minutes: int = 60) -> Horizon:
    return Horizon(first_ms=physical(FIRST_AT), minutes=minutes, count=count)


def car(name: str, stay: tuple[int, int], energy: str, power: str, **more: str) -> Session:
    """A car that is parked from one minute to another."""
    figures = {key: Decimal(figure) for key, figure in more.items()}
    return Session(
        session_id=name,
        arrival_at=FIRST_AT + timedelta(minutes=stay[0]),
        departure_at=FIRST_AT + timedelta(minutes=stay[1]),
        energy_kwh=Decimal(energy),
        charge_power_kw=Decimal(power),
        **figures,
    )


class Independent:
    """The cars as a linear program written down from the words of a session, hour by hour, in kWh."""

    def __init__(self, sessions: Sequence[Session], count: int, ratio: float = 1.0) -> None:
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.count = count
        self.drawn: list[list[object]] = [[] for _ in range(count)]
        for session in sessions:
            self._add(session, ratio)

    def _add(self, session: Session, ratio: float) -> None:
        start = (session.arrival_at - FIRST_AT) / timedelta(hours=1)
        end = (session.departure_at - FIRST_AT) / timedelta(hours=1)
        hours = [max(0.0, min(end, hour + 1) - max(start, hour)) for hour in range(self.count)]
        asked = min(float(session.energy_kwh), float(session.charge_power_kw) * sum(hours))
        account = 0.0
        for hour, parked in enumerate(hours):
            if parked == 0:
                continue
            inward = self.highs.addVariable(0, float(session.charge_power_kw) * parked)
            outward = self.highs.addVariable(0, float(session.discharge_power_kw) * parked / ratio)
            account = account + inward - outward
            self.highs.addConstr(account >= -float(session.spare_kwh))
            self.highs.addConstr(account <= float(session.most_kwh))
            self.drawn[hour].append(inward - ratio * outward)
        self.highs.addConstr(account == asked)

    def most(self, weights: Sequence[float]) -> float:
        """The most of a weighted sum of what all cars draw."""
        goal = sum(weight * each for weight, hour in zip(weights, self.drawn, strict=True) for each in hour)
        if isinstance(goal, int | float):
            return 0.0
        self.highs.maximize(goal)
        assert self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return float(self.highs.getInfo().objective_function_value)

    def astray(self, plan: Sequence[float]) -> float:
        """How far, summed over hours, the cars must stay away from a plan."""
        total = 0
        for asked, hour in zip(plan, self.drawn, strict=True):
            above, below = self.highs.addVariable(0, 1e6), self.highs.addVariable(0, 1e6)
            self.highs.addConstr(sum(hour) + above - below == asked)
            total = total + above + below
        self.highs.minimize(total)
        assert self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return float(self.highs.getInfo().objective_function_value)


@st.composite
def lots(draw: st.DrawFn, discharging: bool = True, hours: int = 6) -> list[Session]:
    """Up to four cars within six hours, parked by quarters of an hour."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, 4 * hours - 1))
        end = draw(st.integers(start + 1, 4 * hours))
        asked = draw(st.integers(0, 30))
        gives = draw(st.integers(0, 8)) if discharging else 0
        found.append(
            car(
                f"C{number}",
                (15 * start, 15 * end),
                str(asked),
                str(draw(st.integers(1, 12))),
                discharge_power_kw=str(gives),
                spare_kwh=str(draw(st.integers(0, 10))),
                room_kwh=str(asked + draw(st.integers(0, 10))),
            )
        )
    return found


def all_sets(count: int) -> list[Flags]:
    """Every set of so many steps."""
    return [np.array(chosen, np.bool_) for chosen in product((False, True), repeat=count)]


def plans(count: int) -> st.SearchStrategy[Floats]:
    """Plans of whole and half kWh."""
    return st.lists(st.integers(-20, 60), min_size=count, max_size=count).map(lambda each: np.array(each) / 2)
