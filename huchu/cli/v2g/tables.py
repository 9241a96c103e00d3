"""The results of `huchu v2g` as tables of exact text."""

import io
from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl

from dispatch.arrays import Floats, Integers
from dispatch.horizon import Horizon
from dispatch.v2g.disaggregation import Assigned
from dispatch.v2g.envelope import Envelope
from dispatch.v2g.plain_store import PlainStore
from huchu.cli.v2g.compared import kw_e4
from huchu.schedules.exact_text import decimal_column, instant_column
from settlement.export.tables import plain_cell
from tariffs.vocabulary.timegrid import INSTANT, local
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

DECIMALS: Final = 4
NOISE: Final = 1e-3
"""What a solver may be off, in 1e-4 of a unit."""


def envelope_table(envelope: Envelope, store: PlainStore | None) -> pl.DataFrame:
    """`envelope.csv`: for each step how many cars are parked, and the bounds of power and of the energy by its end.

    Shape   the four figures of a plain store, where there is one, are rounded towards its inside
    """
    table = pl.DataFrame(
        {
            "interval_start": instant_column(envelope.horizon.starts_ms),
            "parked_count": envelope.parked_count,
            "power_min_kw": _text(envelope.power_min_kw),
            "power_max_kw": _text(envelope.power_max_kw),
            "energy_min_kwh": _text(envelope.energy_min_kwh),
            "energy_max_kwh": _text(envelope.energy_max_kwh),
        }
    )
    return table if store is None else table.with_columns(*_store_columns(store))


def _store_columns(store: PlainStore) -> Iterator[pl.Series]:
    pairs = (
        ("store_power_min_kw", store.power_min_kw, "store_power_max_kw", store.power_max_kw),
        ("store_energy_min_kwh", store.energy_min_kwh, "store_energy_max_kwh", store.energy_max_kwh),
    )
    for low_name, low, high_name, high in pairs:
        least, most = np.ceil(low * ENERGY_UNITS_PER_KWH - NOISE), np.floor(high * ENERGY_UNITS_PER_KWH + NOISE)
        # where there is no room for a figure of four decimals the nearest is taken for both
        crossed = least > most
        middle = np.rint((low + high) / 2 * ENERGY_UNITS_PER_KWH)
        for name, bound in ((low_name, least), (high_name, most)):
            whole = np.where(crossed, middle, bound).astype(np.int64)
            yield decimal_column(whole, DECIMALS).alias(name)


def plan_table(plan_kwh_e4: Integers, horizon: Horizon) -> pl.DataFrame:
    """`v2g_plan.csv`: power of all cars in each step, charging above zero, and the energy drawn by its end."""
    power = kw_e4(plan_kwh_e4, horizon)
    return pl.DataFrame(
        {
            "interval_start": instant_column(horizon.starts_ms),
            "power_kw": decimal_column(power, DECIMALS),
            "charge_kw": decimal_column(np.maximum(power, 0), DECIMALS),
            "discharge_kw": decimal_column(np.maximum(-power, 0), DECIMALS),
            "energy_to_date_kwh": decimal_column(np.cumsum(plan_kwh_e4), DECIMALS),
        }
    )


def sessions_table(assigned: Assigned) -> pl.DataFrame:
    """`session_energies.csv`: what each car asked for, got and lacks, and what went through its charger."""
    sessions = assigned.sessions
    return pl.DataFrame(
        {
            "session_id": [plain_cell(session.session_id) for session in sessions],
            "arrival_at": [local(session.arrival_at).isoformat() for session in sessions],
            "departure_at": [local(session.departure_at).isoformat() for session in sessions],
            "asked_kwh": decimal_column(assigned.asked_kwh_e4, DECIMALS),
            "got_kwh": decimal_column(assigned.got_kwh_e4, DECIMALS),
            "short_kwh": decimal_column(assigned.short_kwh_e4, DECIMALS),
            "charged_kwh": decimal_column(assigned.charged_kwh_e4, DECIMALS),
            "discharged_kwh": decimal_column(assigned.discharged_kwh_e4, DECIMALS),
        }
    )


def schedule_table(assigned: Assigned, horizon: Horizon) -> pl.DataFrame:
    """`session_schedule.csv`: the power of each car in each step in which it is not at rest, charging above zero."""
    return pl.DataFrame(
        {
            "session_id": _ids(assigned),
            "interval_start": instant_column(horizon.starts_ms[assigned.step]),
            "power_kw": decimal_column(_session_power_e4(assigned, horizon), DECIMALS),
        }
    )


def schedule_parquet(assigned: Assigned, horizon: Horizon) -> bytes:
    """The bytes of `session_schedule.parquet`: instants typed, floats that are those of the text."""
    starts = pl.Series(horizon.starts_ms[assigned.step]).cast(pl.Datetime("ms", "UTC")).cast(INSTANT)
    frame = pl.DataFrame(
        {
            "session_id": _ids(assigned),
            "interval_start": starts,
            "power_kw": _session_power_e4(assigned, horizon) / ENERGY_UNITS_PER_KWH,
        }
    )
    content = io.BytesIO()
    frame.write_parquet(content)
    return content.getvalue()


def _ids(assigned: Assigned) -> pl.Series:
    ids = pl.Series([plain_cell(session.session_id) for session in assigned.sessions], dtype=pl.String)
    return ids.gather(assigned.session)


def _session_power_e4(assigned: Assigned, horizon: Horizon) -> Integers:
    energy: Integers = np.rint(assigned.power_kw * horizon.hours * ENERGY_UNITS_PER_KWH).astype(np.int64)
    return kw_e4(energy, horizon)


def _text(figures: Floats) -> pl.Series:
    return decimal_column(np.rint(figures * ENERGY_UNITS_PER_KWH).astype(np.int64), DECIMALS)
