"""Energies from registers, by numbers worked out by hand."""

from types import ModuleType
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tariffs.vocabulary.timegrid import Month

HOURS = [f"2025-02-01T{hour:02d}:00" for hour in range(24)] + ["2025-02-02T00:00"]


def day_of(made: ModuleType, registers: list[tuple[str, str, int, int]], **keys: Any) -> Any:
    scope = made.make_scope(month=None)
    return made.Case(made.month_rows().clear(), made.register_rows(registers, **keys), scope)


def energies(case: Any) -> list[int]:
    return case.result().readings["charge_kwh_e4"].to_list()


def test_hourly_registers_give_hourly_energies_times_the_multiplier(made: ModuleType) -> None:
    case = day_of(made, [("M", at, 100 + 3 * nth, 7) for nth, at in enumerate(HOURS)], multiplier=20)
    assert energies(case) == [600_000] * 24
    assert case.result().minutes == {"SH-1": 60}


def test_a_register_goes_on_after_its_highest_figure(made: ModuleType) -> None:
    case = day_of(made, [("M", at, (99_990 + 2 * nth) % 100_000, 0) for nth, at in enumerate(HOURS)], digits=5)
    assert energies(case) == [20_000] * 24
    assert "register_rolled_over" in case.codes()


def test_both_meters_of_an_exchange_within_an_interval_count(made: ModuleType) -> None:
    old = [("OLD", at, 10 * nth, 0) for nth, at in enumerate(HOURS[:13])]
    new = [("NEW", at, 100 + 10 * nth, 0) for nth, at in enumerate(HOURS[13:])]
    changed = [("OLD", "2025-02-01T12:24", 124, 0), ("NEW", "2025-02-01T12:24", 94, 0)]
    case = day_of(made, [*old, *changed, *new])
    # 12:00 to 12:24 4 kWh on the old meter, 12:24 to 13:00 6 kWh on the new one
    assert energies(case) == [100_000] * 24
    assert "meter_exchanged" in case.codes()


def test_meters_side_by_side_add(made: ModuleType) -> None:
    both = [(meter, at, size * nth, nth) for meter, size in (("A", 2), ("B", 5)) for nth, at in enumerate(HOURS)]
    assert energies(day_of(made, both, multiplier=20)) == [1_400_000] * 24


def test_a_difference_uses_the_multiplier_of_its_earlier_reading(made: ModuleType) -> None:
    case = day_of(made, [("M", at, nth, 0) for nth, at in enumerate(HOURS)])
    multipliers = pl.Series("multiplier_e4", [10_000] * 12 + [20_000] * 13)
    changed = made.Case(case.intervals, case.registers.with_columns(multipliers), case.scope)
    assert energies(changed) == [10_000] * 12 + [20_000] * 12
    assert [12, 24] == [energy // 10_000 for energy in changed.result().registers["import_kwh_e4"]]


def test_the_metering_block_shows_first_and_last_reading_of_each_meter(made: ModuleType) -> None:
    registers = made.register_rows(
        [("M", "2025-02-01T00:00", 5, 9), ("M", "2025-02-20T00:00", 8, 9), ("M", "2025-03-01T00:00", 17, 10)]
    )
    case = made.Case(made.changed(made.month_rows(), "2025-02-01T00:00", 2688, charge_kwh_e4=0, discharge_kwh_e4=0))
    rows = made.changed(case.intervals, "2025-02-05T12:00", charge_kwh_e4=30_000)
    rows = made.changed(rows, "2025-02-25T12:00", charge_kwh_e4=90_000, discharge_kwh_e4=10_000)
    result = made.Case(rows, registers).result()
    (block,) = result.registers.iter_rows(named=True)
    assert ("SH-1", "M", made.at("2025-02-01"), made.at("2025-03-01")) == (
        block["station_id"],
        block["meter_id"],
        block["first_read_at"],
        block["last_read_at"],
    )
    assert (50_000, 170_000, 90_000, 100_000, 120_000, 10_000) == (
        block["import_first_kwh_e4"],
        block["import_last_kwh_e4"],
        block["export_first_kwh_e4"],
        block["export_last_kwh_e4"],
        block["import_kwh_e4"],
        block["export_kwh_e4"],
    )


@settings(max_examples=30, deadline=None)
@given(steps=st.lists(st.integers(0, 900), min_size=24, max_size=24), start=st.integers(0, 99_999))
def test_registers_give_back_the_energies_they_were_made_of(steps: list[int], start: int, made: ModuleType) -> None:
    reached = [start]
    for step in steps:
        reached.append(reached[-1] + step)
    readings = [("M", at, register % 100_000, 0) for at, register in zip(HOURS, reached, strict=True)]
    assert energies(day_of(made, readings, digits=5)) == [step * 10_000 for step in steps]


def test_registers_outside_the_month_are_not_used(made: ModuleType) -> None:
    case = day_of(made, [("M", at, nth, 0) for nth, at in enumerate(HOURS)])
    other = made.Case(case.intervals, case.registers, made.make_scope(month=Month(2025, 3)))
    assert "outside_month" in other.codes()
    assert other.result().readings.is_empty()
