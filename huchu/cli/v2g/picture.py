"""A run as the pictures that are drawn of it: plain numbers, for nothing is counted from them any more."""

from typing import Final

import numpy as np

from dispatch.arrays import Floats, Integers
from huchu.cli.v2g.compared import load_kw
from huchu.cli.v2g.done import Done
from huchu.plots.envelope_picture import EnvelopePicture, SessionsPicture
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.timegrid import UTC_OFFSET_MS, physical
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, KW_PER_MW, MS_PER_DAY, PRICE_UNITS_PER_CNY_PER_MWH

LARGE_KW: Final = 100_000.0
"""From so much power on a figure is told in MW."""

MOST_BARS: Final = 120
"""More cars of one day are not told apart on a page."""


def envelope_picture(done: Done) -> EnvelopePicture:
    """What the page of the envelope shows."""
    horizon, envelope, signals = done.given.horizon, done.envelope, done.given.signals
    prices = None if signals is None else signals.charge_price_e6
    return EnvelopePicture(
        first_at=horizon.first_at,
        minutes=horizon.minutes,
        power_min_kw=envelope.power_min_kw,
        power_max_kw=envelope.power_max_kw,
        energy_min_kwh=_from_nothing(envelope.energy_min_kwh),
        energy_max_kwh=_from_nothing(envelope.energy_max_kwh),
        plan_kw=_kwh(done.plan_kwh_e4) / horizon.hours,
        plan_kwh=_from_nothing(np.cumsum(_account_kwh(done, done.plan_kwh_e4))),
        uncontrolled_kw=_kwh(done.alone_kwh_e4) / horizon.hours,
        uncontrolled_kwh=_from_nothing(np.cumsum(_kwh(done.alone_kwh_e4))),
        price_cny_per_mwh=None if prices is None else prices / PRICE_UNITS_PER_CNY_PER_MWH,
        load_kw=load_kw(signals),
        told=_told(done),
    )


def sessions_picture(done: Done, picture: EnvelopePicture) -> SessionsPicture:
    """What the page of the busiest day shows: the first cars to arrive, as many as a page holds."""
    first, until = picture.busiest(1)
    edges = picture.edges[first : until + 1]
    sessions = done.assigned.sessions
    arrivals, departures = (
        np.array([(physical(at) + UTC_OFFSET_MS) / MS_PER_DAY for at in instants])
        for instants in ([each.arrival_at for each in sessions], [each.departure_at for each in sessions])
    )
    there = np.flatnonzero((arrivals < edges[-1]) & (departures > edges[0]))
    there = there[np.lexsort((departures[there], arrivals[there]))]
    shown = there[:MOST_BARS]
    return SessionsPicture(
        first_at=picture.between(first, until).first_at,
        edges=edges,
        session_ids=tuple(sessions[place].session_id for place in shown),
        arrivals=np.maximum(arrivals[shown], edges[0]),
        departures=np.minimum(departures[shown], edges[-1]),
        power_kw=_powers(done, shown, first, until),
        short=done.assigned.short_kwh_e4[shown] > 0,
        not_shown=len(there) - len(shown),
        told=_told(done),
    )


def _powers(done: Done, shown: Integers, first: int, until: int) -> Floats:
    """The power of the cars that are shown, a row a car and a column a step."""
    assigned = done.assigned
    row_of = np.full(len(assigned.sessions), -1, np.int64)
    row_of[shown] = np.arange(len(shown))
    rows = row_of[assigned.session]
    kept = (rows >= 0) & (assigned.step >= first) & (assigned.step < until)
    powers = np.zeros((len(shown), until - first))
    powers[rows[kept], assigned.step[kept] - first] = assigned.power_kw[kept]
    return powers


def _account_kwh(done: Done, energy_kwh_e4: Integers) -> Floats:
    """What the accounts of the cars gain by the energies of a plan: more leaves them than reaches the grid."""
    energy = _kwh(energy_kwh_e4)
    gained: Floats = np.where(energy < 0, energy / done.envelope.round_trip_ratio, energy)
    return gained


def _kwh(energy_kwh_e4: Integers) -> Floats:
    energy: Floats = energy_kwh_e4 / ENERGY_UNITS_PER_KWH
    return energy


def _from_nothing(at_end: Floats) -> Floats:
    """Figures of the ends of steps, with the beginning of the first."""
    return np.concatenate(([0.0], at_end))


def _told(done: Done) -> tuple[tuple[str, str], ...]:
    before, after = done.compared.before, done.compared.after
    told = [
        ("车次 sessions", f"{len(done.assigned.sessions):,} · {done.got_kwh_e4 / ENERGY_UNITS_PER_KWH:,.1f} kWh"),
        ("最高功率：无序 → 计划 peak", _span(before.peak_kw, after.peak_kw)),
    ]
    if before.cost_fen is not None and after.cost_fen is not None:
        told.append(("电费：无序 → 计划 cost", f"{cny_text(before.cost_fen)} → {cny_text(after.cost_fen)} 元"))
    told.append(("包络 envelope", "精确 exact" if done.envelope.is_exact else "内含 inner"))
    told.append(("离开时不足 leave short", f"{done.short_count:,}"))
    return tuple(told)


def _span(before_kw: float, after_kw: float) -> str:
    """Two powers with their unit, short enough for the head of a page: with a city's load it is MW."""
    if max(abs(before_kw), abs(after_kw)) < LARGE_KW:
        return f"{before_kw:,.1f} → {after_kw:,.1f} kW"
    return f"{before_kw / KW_PER_MW:,.1f} → {after_kw / KW_PER_MW:,.1f} MW"
