"""Energy by station and window: agrees with plain Python for every order of rows, window and engine."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from settlement.quantities.energy import LARGEST_ENERGY_KWH_E4, WindowEnergy, energy_by_window
from settlement.quantities.exempt_energy import exempt_energy
from settlement.windows import Ranges
from tariffs.settings import ExemptionBase
from tariffs.vocabulary.columns import READINGS, Quality
from tariffs.vocabulary.errors import InputError
from tariffs.vocabulary.timegrid import ZONE

FIRST = datetime(2025, 6, 1, tzinfo=ZONE)
ENGINES = [True, False]
JUNE: Ranges = ((date(2025, 6, 1), date(2025, 7, 1)),)
Row = tuple[str, datetime, int, int, int]

rows_strategy = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "C-10", "C-9"]),
        st.integers(min_value=0, max_value=29 * 96).map(lambda quarter: FIRST + quarter * timedelta(minutes=15)),
        st.integers(min_value=0, max_value=LARGEST_ENERGY_KWH_E4),
        st.integers(min_value=0, max_value=LARGEST_ENERGY_KWH_E4),
        st.sampled_from([Quality.MEASURED.value, Quality.FILLED.value]),
        st.sampled_from([Quality.MEASURED.value, Quality.FILLED.value]),
    ),
    max_size=60,
)
day = st.dates(min_value=date(2025, 5, 30), max_value=date(2025, 7, 2))
window_strategy = st.lists(st.tuples(day, day).map(sorted).map(tuple), max_size=2).map(tuple)


def frame(rows: Sequence[Row]) -> pl.DataFrame:
    columns = ("station_id", "interval_start", "charge_kwh_e4", "discharge_kwh_e4", "quality", "discharge_quality")
    return pl.DataFrame(rows, schema={name: READINGS[name] for name in columns}, orient="row")


def by_hand(rows: Sequence[Row], station_id: str, ranges: Ranges) -> WindowEnergy:
    own = [row for row in rows if row[0] == station_id and any(first <= row[1].date() < end for first, end in ranges)]
    charged = [row[2] for row in own if row[4] == Quality.FILLED.value]
    discharged = [row[3] for row in own if row[5] == Quality.FILLED.value]
    return WindowEnergy(
        charge_kwh_e4=sum(row[2] for row in own),
        discharge_kwh_e4=sum(row[3] for row in own),
        intervals=len(own),
        filled_charge_intervals=len(charged),
        filled_discharge_intervals=len(discharged),
        filled_charge_kwh_e4=sum(charged),
        filled_discharge_kwh_e4=sum(discharged),
    )


@pytest.mark.parametrize("streaming", ENGINES)
@settings(max_examples=60, deadline=None)
@given(rows=rows_strategy, windows=st.lists(window_strategy, min_size=1, max_size=3), ordered=st.booleans())
def test_sums_agree_with_plain_python_in_any_order_of_rows(
    streaming: bool, rows: list[Row], windows: list[Ranges], ordered: bool
) -> None:
    given_rows = sorted(rows) if ordered else rows
    asked = [*windows, JUNE, ()]
    sums = energy_by_window(frame(given_rows).lazy(), asked, streaming=streaming)
    expected = {row[0]: tuple(by_hand(rows, row[0], ranges) for ranges in asked) for row in sorted(rows)}
    assert expected == sums
    assert list(expected) == list(sums)


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Enum(["C", "B", "A"])], ids=str)
@pytest.mark.parametrize("streaming", ENGINES)
def test_a_station_may_be_text_or_a_category_and_lie_in_several_runs(kind: pl.DataType, streaming: bool) -> None:
    # long runs, so that several batches of the engine hold parts of one station
    ids = [name for name in "ABACB" for _ in range(70_000)]
    readings = pl.DataFrame(
        {
            "station_id": pl.Series(ids).cast(kind),
            "interval_start": pl.Series([FIRST], dtype=READINGS["interval_start"]).new_from_index(0, len(ids)),
            "charge_kwh_e4": pl.repeat(1, len(ids), eager=True, dtype=pl.Int64),
            "discharge_kwh_e4": pl.repeat(2, len(ids), eager=True, dtype=pl.Int64),
            "quality": pl.repeat(0, len(ids), eager=True, dtype=pl.UInt8),
            "discharge_quality": pl.repeat(0, len(ids), eager=True, dtype=pl.UInt8),
        }
    )
    for each in (readings, readings.sample(fraction=1, shuffle=True, seed=1)):
        sums = energy_by_window(each.lazy(), [JUNE], streaming=streaming)
        assert not each["station_id"].flags["SORTED_ASC"]
        counted = {name: (sums[name][0].charge_kwh_e4, sums[name][0].discharge_kwh_e4) for name in "ABC"}
        assert {"A": (140_000, 280_000), "B": (140_000, 280_000), "C": (70_000, 140_000)} == counted


@pytest.mark.parametrize("streaming", ENGINES)
def test_a_day_begins_at_midnight_in_shanghai_and_a_window_is_half_open(streaming: bool) -> None:
    edge = datetime(2025, 6, 15, tzinfo=ZONE)
    rows = [("A", edge - timedelta(minutes=15), 1, 0, 0, 0), ("A", edge, 10, 0, 0, 0)]
    before, after = ((date(2025, 6, 1), date(2025, 6, 15)),), ((date(2025, 6, 15), date(2025, 7, 1)),)
    (sums,) = energy_by_window(frame(rows).lazy(), [before, after], streaming=streaming).values()
    assert [1, 10] == [energy.charge_kwh_e4 for energy in sums]


@pytest.mark.parametrize("streaming", ENGINES)
def test_no_rows_have_no_stations(streaming: bool) -> None:
    assert {} == energy_by_window(frame([]).lazy(), [JUNE], streaming=streaming)


def test_so_many_rows_that_a_sum_could_leave_64_bits_are_refused() -> None:
    count = 2**63 // LARGEST_ENERGY_KWH_E4 + 1
    instant = pl.Series([FIRST], dtype=READINGS["interval_start"])
    many = pl.DataFrame(
        {
            "station_id": pl.repeat("A", count, eager=True),
            "interval_start": instant.new_from_index(0, count),
            "charge_kwh_e4": pl.repeat(0, count, eager=True, dtype=pl.Int64),
            "discharge_kwh_e4": pl.repeat(0, count, eager=True, dtype=pl.Int64),
            "quality": pl.repeat(0, count, eager=True, dtype=pl.UInt8),
            "discharge_quality": pl.repeat(0, count, eager=True, dtype=pl.UInt8),
        }
    )
    with pytest.raises(InputError, match="too many rows"):
        energy_by_window(many.lazy(), [JUNE])


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)), min_size=1, max_size=4))
def test_exempt_energy_is_all_charging_or_what_came_back_and_never_more_than_was_charged(
    energies: list[tuple[int, int]],
) -> None:
    charge, discharge = [c for c, _ in energies], [d for _, d in energies]
    assert tuple(charge) == exempt_energy(charge, discharge, ExemptionBase.ALL_CHARGING)
    returned = exempt_energy(charge, discharge, ExemptionBase.RETURNED_ONLY)
    assert min(sum(charge), sum(discharge)) == sum(returned)
    assert all(0 <= exempt <= charged for exempt, charged in zip(returned, charge, strict=True))
