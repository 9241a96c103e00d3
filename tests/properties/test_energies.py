"""Sums of energy: streaming or in memory, in one window or in several."""

from datetime import date, timedelta
from random import Random

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Choices, daily_energy
from station_months import Outline, long_frame, month_rows, settled

from settlement.quantities.energy import energy_by_window

OUTLINES = (Outline(name="A-1", power_mw=100, energy_mwh=200), Outline(name="B-2", power_mw=10, energy_mwh=40))
RANDOM = Random(23)
ROWS = [row for outline in OUTLINES for row in month_rows(outline, (2025, 3), 15, RANDOM)]
READINGS = pl.concat(
    statement.readings
    for statement in settled(
        long_frame(ROWS), OUTLINES, "2025-03", Choices(season="jun_sep_dec_feb", year_from=(6, 1))
    ).statements
)
FIRST, END = date(2025, 3, 1), date(2025, 4, 1)
DAYS = st.integers(0, (END - FIRST).days)
WINDOWS = st.lists(
    st.lists(DAYS, min_size=2, max_size=4, unique=True).map(
        lambda days: tuple(
            (FIRST + timedelta(days=a), FIRST + timedelta(days=b))
            for a, b in zip(sorted(days)[::2], sorted(days)[1::2], strict=False)
        )
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(windows=WINDOWS)
def test_the_streaming_engine_and_the_oracle_add_up_to_the_same_integers(
    windows: list[tuple[tuple[date, date], ...]],
) -> None:
    in_memory = energy_by_window(READINGS.lazy(), windows)
    assert in_memory == energy_by_window(READINGS.lazy(), windows, streaming=True)
    for outline in OUTLINES:
        daily = daily_energy(row[1:] for row in ROWS if row[0] == outline.name)
        for ranges, energy in zip(windows, in_memory[outline.name], strict=True):
            days = [first + timedelta(days=n) for first, end in ranges for n in range((end - first).days)]
            wanted = [sum(daily[day][leg] for day in days) for leg in (0, 1)]
            assert wanted == [energy.charge_kwh_e4, energy.discharge_kwh_e4]
            assert 96 * len(days) == energy.intervals


@settings(max_examples=20, deadline=None)
@given(day=DAYS)
def test_a_month_split_at_a_midnight_adds_up_to_the_month(day: int) -> None:
    cut = FIRST + timedelta(days=day)
    for before, after, whole in energy_by_window(
        READINGS.lazy(), [((FIRST, cut),), ((cut, END),), ((FIRST, END),)]
    ).values():
        assert whole.charge_kwh_e4 == before.charge_kwh_e4 + after.charge_kwh_e4
        assert whole.discharge_kwh_e4 == before.discharge_kwh_e4 + after.discharge_kwh_e4
        assert whole.intervals == before.intervals + after.intervals
