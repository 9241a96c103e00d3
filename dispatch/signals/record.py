"""The signals of a plan as a record of arrays."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.horizon import Horizon
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.timegrid import local, physical
from tariffs.vocabulary.units import MS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What is known of each step of a horizon: prices, their forecast, load, wind and its plan; nothing for what is not given.

    Shape   one figure a step; prices are integers of 1e-6 元/kWh, which is 1e-3 元/MWh, both directions or none;
            `findings` are the notices of reading
    """

    horizon: Horizon
    charge_price_e6: Integers | None = None
    discharge_price_e6: Integers | None = None
    forecast_charge_price_e6: Integers | None = None
    forecast_discharge_price_e6: Integers | None = None
    load_mw: Floats | None = None
    wind_mw: Floats | None = None
    wind_plan_mw: Floats | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def has_prices(self) -> bool:
        """Whether there are prices of both directions."""
        return self.charge_price_e6 is not None and self.discharge_price_e6 is not None

    def cut(self, from_at: datetime | None = None, until_at: datetime | None = None) -> "Signals":
        """The steps from one instant up to but not including another; an end that is not given stays.

        Raises  InputError if an instant is outside or off the grid, or if nothing is left
        """
        first = 0 if from_at is None else _step(self.horizon, from_at)
        until = self.horizon.count if until_at is None else _step(self.horizon, until_at)
        if first >= until:
            raise _refused(self.horizon, Words("截取后没有时段", "nothing is left between the two instants"))
        arrays: dict[str, Any] = {
            field.name: given[first:until]
            for field in fields(self)
            if isinstance(given := getattr(self, field.name), np.ndarray)
        }
        return replace(self, horizon=self.horizon.cut(first, until), **arrays)


def _step(horizon: Horizon, instant: datetime) -> int:
    """Number of the step that begins at an instant; the count of steps for the end of the last."""
    text = local(instant).isoformat()
    steps, rest_ms = divmod(physical(instant) - horizon.first_ms, horizon.minutes * MS_PER_MINUTE)
    if rest_ms:
        raise _refused(horizon, Words(f"{text} 不在时段网格上", f"{text} is off the grid"))
    if not 0 <= steps <= horizon.count:
        raise _refused(horizon, Words(f"{text} 在时序之外", f"{text} is outside the signals"))
    return steps


def _refused(horizon: Horizon, what: Words) -> InputError:
    first, until = horizon.first_at.isoformat(), horizon.until_at.isoformat()
    return InputError(
        what,
        found=Words(
            f"时序自 {first} 至 {until}，步长 {horizon.minutes} 分钟",
            f"signals from {first} until {until} in steps of {horizon.minutes} minutes",
        ),
        do=Words("改正起止（--from、--until）", "correct the two instants (--from, --until)"),
    )
