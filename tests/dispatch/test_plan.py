"""One line from a notebook: a station and prices in, a frame out."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import dispatch
from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError, InputError
from tariffs.vocabulary.timegrid import ZONE

PRICES = (300, 100, 500, 200, 700)
STATION = Station(
    id="S1",
    name="S1",
    power_mw=Decimal(100),
    energy_mwh=Decimal(100),
    round_trip_efficiency=Decimal(1),
    grid_connected_on=date(2025, 1, 1),
)


def _frame(factor: int = 1) -> pl.DataFrame:
    first = datetime(2025, 7, 1, tzinfo=ZONE)
    return pl.DataFrame(
        {
            "interval_start": [(first + timedelta(hours=n)).isoformat() for n in range(len(PRICES))],
            "price_cny_per_mwh": [str(factor * price) for price in PRICES],
        }
    )


# bought at 100 and 200, sold at 500 and 700, 100 MWh each: 90,000 元
def test_a_polars_frame_of_prices_gives_a_frame_of_powers() -> None:
    plan = dispatch.schedule(STATION, _frame())
    assert [0, 100, 0, 100, 0] == plan.frame["charge_mw"].to_list()
    assert [0, 0, 100, 0, 100] == plan.frame["discharge_mw"].to_list()
    assert 9_000_000 == plan.earned_fen


def test_a_pandas_frame_gives_the_same() -> None:
    typed = pd.DataFrame({"interval_start": _frame()["interval_start"].to_list(), "price_cny_per_mwh": PRICES})
    assert dispatch.schedule(STATION, _frame()).frame.equals(dispatch.schedule(STATION, typed).frame)


def test_a_file_gives_the_same(tmp_path: Path) -> None:
    _frame().write_csv(tmp_path / "signals.csv")
    assert dispatch.schedule(STATION, _frame()).frame.equals(dispatch.schedule(STATION, tmp_path / "signals.csv").frame)


def test_the_name_stays_a_function_whatever_was_loaded_before() -> None:
    dispatch.schedule(STATION, _frame())
    assert callable(dispatch.schedule)


def test_a_notebook_shows_the_plan() -> None:
    plan = dispatch.schedule(STATION, _frame())
    assert "90000.00 元" in str(plan)
    assert f"<Plan {plan}>" == repr(plan)
    assert "discharge_mw" in plan._repr_html_()
    assert "<td>净收益 / net revenue</td><td style='text-align:right'>90000.00 元</td>" in plan._repr_html_()


def test_money_and_calls_of_a_plan_are_at_hand() -> None:
    plan = dispatch.schedule(STATION, _frame())
    assert (Decimal("90000.00"), float(plan.verified.calls_total)) == (plan.earned_cny, plan.calls)


def test_what_reading_found_stands_among_the_findings_of_each_plan() -> None:
    naive = pd.Series([1.0, 2.0], index=pd.date_range("2025-07-01", periods=2, freq="h"), name="price_cny_per_mwh")
    one = dispatch.schedule(STATION, naive)
    (all_of_them,) = dispatch.schedule_all(STATION, naive)
    assert all_of_them.plan is not None
    for plan in (one, all_of_them.plan):
        assert 1 == [each.code for each in plan.findings].count("naive_instants")


def test_neither_signals_nor_horizon_is_refused() -> None:
    with pytest.raises(InputError, match="horizon"):
        dispatch.schedule(STATION)


def test_a_sweep_by_the_warm_solver_gives_what_each_scenario_gives_alone() -> None:
    scenarios = [_frame(factor) for factor in (1, 2, 3)]
    alone = [dispatch.schedule(STATION, each).earned_fen for each in scenarios]
    options = dispatch.PlanOptions(rung=dispatch.Rung.WARM)
    swept = dispatch.sweep(STATION, scenarios, options=options)
    assert [9_000_000, 18_000_000, 27_000_000] == alone == [plan.earned_fen for plan in swept]
    assert {dispatch.Rung.WARM} == {plan.outcome.rung for plan in swept}


def test_a_sweep_with_a_scenario_without_a_schedule_is_refused_with_the_figure() -> None:
    options = dispatch.PlanOptions(rung=dispatch.Rung.WARM, max_cycles_per_day=1.0, final_stored_ratio=Decimal(1))
    powerless = Station(
        id="S2",
        name="S2",
        power_mw=Decimal(10),
        energy_mwh=Decimal(100),
        round_trip_efficiency=Decimal(1),
        grid_connected_on=date(2025, 1, 1),
    )
    with pytest.raises(HuchuError) as refused:
        dispatch.sweep(powerless, [_frame()], options=options)
    assert "at most 50" in refused.value.found.en
