"""The cars by themselves and the cars as planned: energy, highest power and cost of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from dispatch.arrays import Floats, Integers
from dispatch.horizon import Horizon
from dispatch.signals import Signals
from tariffs.vocabulary.money import round_half_away
from tariffs.vocabulary.units import (
    ENERGY_UNITS_PER_KWH,
    FEN_PER_CNY,
    KW_PER_MW,
    MINUTES_PER_HOUR,
    PRICE_UNITS_PER_CNY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What all cars together come to: energies in 1e-4 kWh, the highest power with the load, and what is paid.

    Shape   `peak_kw` with the load where there is one; `cost_fen` is nothing without prices, negative where more is
            earned than paid
    """

    charged_kwh_e4: int
    discharged_kwh_e4: int
    peak_kw: float
    peak_at: datetime
    cost_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The cars by themselves (before) and as planned (after)."""

    before: Side
    after: Side


def side_of(energy_kwh_e4: Integers, horizon: Horizon, signals: Signals | None) -> Side:
    """What the energies of each step come to, drawn from the grid above zero and given to it below."""
    load = load_kw(signals)
    power = kw_e4(energy_kwh_e4, horizon) / ENERGY_UNITS_PER_KWH
    total = power if load is None else load + power
    highest = int(np.argmax(total))
    return Side(
        charged_kwh_e4=int(energy_kwh_e4[energy_kwh_e4 > 0].sum()),
        discharged_kwh_e4=-int(energy_kwh_e4[energy_kwh_e4 < 0].sum()),
        peak_kw=float(total[highest]),
        peak_at=horizon.first_at + timedelta(minutes=highest * horizon.minutes),
        cost_fen=None if signals is None else _cost_fen(energy_kwh_e4, signals),
    )


def kw_e4(energy_kwh_e4: Integers, horizon: Horizon) -> Integers:
    """Mean power of steps in 1e-4 kW: a step goes into the hour a whole number of times, so that no digit is lost."""
    return energy_kwh_e4 * (MINUTES_PER_HOUR // horizon.minutes)


def load_kw(signals: Signals | None) -> Floats | None:
    """The load in kW, or nothing where none is given."""
    return None if signals is None or signals.load_mw is None else signals.load_mw * KW_PER_MW


def _cost_fen(energy_kwh_e4: Integers, signals: Signals) -> int | None:
    if signals.charge_price_e6 is None or signals.discharge_price_e6 is None:
        return None
    drawn, given = np.maximum(energy_kwh_e4, 0), np.maximum(-energy_kwh_e4, 0)
    # whole numbers of any size: the energy of a fleet times a price may pass 64 bits
    paid = sum(int(e) * int(p) for e, p in zip(drawn, signals.charge_price_e6, strict=True) if e)
    earned = sum(int(e) * int(p) for e, p in zip(given, signals.discharge_price_e6, strict=True) if e)
    return round_half_away((paid - earned) * FEN_PER_CNY, ENERGY_UNITS_PER_KWH * PRICE_UNITS_PER_CNY)
