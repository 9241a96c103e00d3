"""From station, signals, settings and options to the task: prices, seasons, calls, blocks and their terms."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from math import inf
from typing import Any

import numpy as np
import pytest

from dispatch.horizon import Horizon, horizon_between
from dispatch.options import PlanOptions
from dispatch.prepare import Prepared, Surroundings, prepared
from dispatch.signals import Signals
from tariffs.settings import AuxiliaryUse, CallCounting, EnergyBasis, Settings
from tariffs.stations import Lease, Station
from tariffs.versions import Library
from tariffs.vocabulary.errors import InputError, PolicyNotCovered, Refused, SettingsError, UsageError
from tariffs.vocabulary.timegrid import ZONE

SETTINGS = Settings(
    season_calendar="jun_sep_dec_feb",
    obligation_year_from="06-01",
    call_counting=CallCounting.EQUIVALENT_DISCHARGE,
)
STATION = Station(
    id="S1",
    name="S1",
    power_mw=Decimal(100),
    energy_mwh=Decimal(200),
    round_trip_efficiency=Decimal("0.81"),
    grid_connected_on=date(2025, 1, 1),
    in_annual_plan=True,
)


def _days(first: date, end: date, minutes: int = 60) -> Horizon:
    start, until = (datetime(day.year, day.month, day.day, tzinfo=ZONE) for day in (first, end))
    return horizon_between(start, until, minutes)


SEASON_EDGE = _days(date(2025, 9, 30), date(2025, 10, 2))


def _prices(horizon: Horizon, **arrays: Any) -> Signals:
    price = np.full(horizon.count, 300_000, dtype=np.int64)
    return Signals(horizon=horizon, charge_price_e6=price, discharge_price_e6=price, **arrays)


def _ready(
    horizon: Horizon = SEASON_EDGE,
    signals: Signals | None = None,
    *,
    station: Station = STATION,
    settings: Settings | None = SETTINGS,
    options: PlanOptions | None = None,
) -> Prepared:
    around = Surroundings(settings=settings, library=Library())
    return prepared(station, horizon, signals, around, options or PlanOptions())


def _codes(ready: Prepared) -> set[str]:
    return {finding.code for finding in ready.findings}


# policy.md: 207.75 and 498.60 in the season, 373.95 and 415.50 otherwise
def test_without_prices_the_regulated_prices_of_each_day_apply() -> None:
    task = _ready().task
    assert "regulated_revenue" == task.objective.name
    assert [207_750, 373_950] == task.prices.charge_e6[[23, 24]].tolist()
    assert [498_600, 415_500] == task.prices.discharge_e6[[23, 24]].tolist()
    assert [True, False] == task.in_season[[23, 24]].tolist()


def test_prices_in_the_signals_make_it_market_revenue() -> None:
    task = _ready(signals=_prices(SEASON_EDGE)).task
    assert "market_revenue" == task.objective.name
    assert 300.0 == task.objective.terms.charge_price_cny_per_mwh[0]
    assert 0.0 == task.calls_wanted
    assert "daily_cycle_cap" not in task.block_names


def test_regulated_revenue_may_be_asked_for_beside_prices() -> None:
    ready = _ready(signals=_prices(SEASON_EDGE), options=PlanOptions(objective="regulated_revenue"))
    assert 207_750 == ready.task.prices.charge_e6[0]


def test_the_calls_asked_for_are_the_yearly_number_pro_rata_of_season_days() -> None:
    # one season day of the 212 from 1 June 2025 on
    ready = _ready()
    assert pytest.approx(210 / 212, rel=1e-12) == ready.task.calls_wanted
    assert {"calls_by_default", "daily_cap_by_default", "ties_by_periods"} <= _codes(ready)


def test_a_season_day_that_the_horizon_holds_in_part_counts_in_part() -> None:
    half = horizon_between(datetime(2025, 9, 30, 12, tzinfo=ZONE), datetime(2025, 10, 1, tzinfo=ZONE), 15)
    assert pytest.approx(105 / 212, rel=1e-12) == _ready(half).task.calls_wanted


def test_two_obligation_years_each_give_their_share() -> None:
    # 28 February 2026 belongs to the year of 212 season days, 1 June 2026 to the next one, of 212 too
    edge = _days(date(2026, 2, 27), date(2026, 6, 3))
    assert pytest.approx(4 * 210 / 212, rel=1e-12) == _ready(edge).task.calls_wanted


def test_calls_done_are_taken_off_and_never_below_zero() -> None:
    assert pytest.approx(5.0) == _ready(options=PlanOptions(calls=8.0, calls_done=3.0)).task.calls_wanted
    assert "season_calls" not in _ready(options=PlanOptions(calls_done=3.0)).task.block_names


def test_season_days_before_grid_connection_are_not_asked_for() -> None:
    late = replace(STATION, grid_connected_on=date(2025, 9, 30))
    ready = _ready(_days(date(2025, 9, 29), date(2025, 10, 2)), station=late)
    assert pytest.approx(210 / 212, rel=1e-12) == ready.task.calls_wanted
    assert [0.0, 100.0] == ready.task.station.charge_limit_mw[[23, 24]].tolist()
    assert "before_first_settled_day" in _codes(ready)


def test_the_daily_cap_is_the_documents_unless_another_or_none_is_asked_for() -> None:
    assert 1.0 == _ready().task.terms("daily_cycle_cap").cycles_per_day
    assert 2.5 == _ready(options=PlanOptions(max_cycles_per_day=2.5)).task.terms("daily_cycle_cap").cycles_per_day
    assert "daily_cycle_cap" not in _ready(options=PlanOptions(max_cycles_per_day=inf)).task.block_names


def test_the_default_cap_leaves_room_for_the_calls() -> None:
    # 3 calls on one season day
    assert 3.0 == _ready(options=PlanOptions(calls=3.0)).task.terms("daily_cycle_cap").cycles_per_day


def test_the_load_breaks_ties_where_it_is_given() -> None:
    load = np.arange(SEASON_EDGE.count, dtype=np.float64)
    ready = _ready(signals=Signals(horizon=SEASON_EDGE, load_mw=load))
    assert ready.task.preference is load
    assert "ties_by_load" in _codes(ready)


def test_else_the_periods_do_valley_below_peak() -> None:
    preference = _ready().task.preference
    assert preference is not None
    # 30 September: valley until 06:00, peak from 08:00, peak again at 18:00
    assert 0.0 == preference[3]
    assert preference[3] < preference[6] < preference[8] == preference[19]


def test_the_energy_basis_chosen_is_what_one_call_is_measured_against() -> None:
    tested = replace(STATION, tested_energy_mwh=Decimal(190))
    ready = _ready(station=tested, settings=replace(SETTINGS, energy_basis=EnergyBasis.TESTED))
    assert 190.0 == ready.task.station.energy_mwh[0]
    assert pytest.approx(200 / 0.9) == ready.task.station.max_stored_mwh[0]


def test_own_use_inside_the_meter_comes_before_the_calls() -> None:
    settings = replace(SETTINGS, auxiliary_use=AuxiliaryUse.IN_CHARGING)
    names = _ready(station=replace(STATION, auxiliary_mw=Decimal("0.5")), settings=settings).task.block_names
    assert names.index("auxiliary_use") < names.index("season_calls")


def test_leases_that_run_leave_power_and_energy_free() -> None:
    lease = Lease(
        lessee="N",
        lessee_is_new_energy=True,
        power_mw=Decimal(30),
        duration_h=Decimal(2),
        from_on=date(2025, 10, 1),
        until_on=date(2025, 10, 31),
        price_cny_per_kw_year=Decimal(200),
    )
    terms = _ready(station=replace(STATION, lease=(lease,)), options=PlanOptions(reserve_leases=True)).task.terms(
        "leased_reserve"
    )
    assert [0.0, 30.0] == terms.leased_power_mw[[23, 24]].tolist()
    assert [0.0, 60.0] == terms.leased_energy_mwh[[23, 24]].tolist()


def test_the_store_ends_where_it_began_unless_another_end_is_asked_for() -> None:
    half = replace(STATION, initial_stored_ratio=Decimal("0.5"))
    full_mwh = 200 / 0.9
    assert pytest.approx(full_mwh / 2) == _ready(station=half).task.terms("final_stored_energy").final_stored_mwh
    asked = PlanOptions(final_stored_ratio=Decimal("0.25"))
    ended = _ready(station=half, options=asked).task.terms("final_stored_energy").final_stored_mwh
    assert pytest.approx(full_mwh / 4) == ended


def test_an_end_out_of_bounds_is_refused() -> None:
    tight = replace(STATION, min_stored_ratio=Decimal("0.1"), initial_stored_ratio=Decimal("0.1"))
    with pytest.raises(InputError, match="final stored"):
        _ready(station=tight, options=PlanOptions(final_stored_ratio=Decimal("0.05")))


def test_a_market_study_of_old_prices_uses_the_nearest_seasons_and_says_so() -> None:
    old = _days(date(2022, 9, 30), date(2022, 10, 2))
    ready = _ready(old, _prices(old), station=replace(STATION, grid_connected_on=date(2020, 1, 1)))
    assert [True, False] == ready.task.in_season[[23, 24]].tolist()
    assert {"seasons_outside_term"} == _codes(ready)


def test_regulated_prices_of_old_days_are_refused() -> None:
    with pytest.raises(PolicyNotCovered):
        _ready(_days(date(2024, 12, 30), date(2025, 1, 2)))


def test_regulated_prices_end_with_the_market_stage() -> None:
    with pytest.raises(PolicyNotCovered, match="trade freely"):
        _ready(settings=replace(SETTINGS, market_from=date(2025, 10, 1)))


def test_a_station_below_ten_megawatts_of_charging_is_refused_with_the_article() -> None:
    with pytest.raises(Refused) as refused:
        _ready(station=replace(STATION, charge_power_mw=Decimal("9.999")))
    assert ["not_eligible_for_plan"] == [finding.code for finding in refused.value.findings]
    assert "二（一）" in refused.value.findings[0].message.zh


def test_market_revenue_without_prices_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="needs prices"):
        _ready(options=PlanOptions(objective="market_revenue"))


def test_an_unknown_objective_is_wrong_usage_and_offers_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        _ready(signals=_prices(SEASON_EDGE), options=PlanOptions(objective="market_revenu"))
    assert "market_revenue" in refused.value.do.en


@pytest.mark.parametrize("options", [PlanOptions(), PlanOptions(objective="regulated_revenue")])
def test_regulated_prices_need_settings(options: PlanOptions) -> None:
    with pytest.raises(SettingsError):
        _ready(settings=None, options=options)


def test_market_prices_need_settings_only_for_calls() -> None:
    assert not _ready(signals=_prices(SEASON_EDGE), settings=None).task.in_season.any()
    with pytest.raises(SettingsError, match="season"):
        _ready(signals=_prices(SEASON_EDGE), settings=None, options=PlanOptions(calls=1.0))


def test_a_settlement_of_2026_without_a_day_of_change_carries_a_notice() -> None:
    assert "stage_not_decided" in _codes(_ready(_days(date(2026, 1, 5), date(2026, 1, 6))))
    assert "stage_not_decided" not in _codes(_ready())


def test_calls_done_without_calls_at_market_prices_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match="--calls-done"):
        _ready(signals=_prices(SEASON_EDGE), options=PlanOptions(calls_done=1.0))


def test_wind_without_a_limit_of_the_connection_is_told() -> None:
    wind = np.ones(SEASON_EDGE.count)
    assert "wind_not_used" in _codes(_ready(signals=_prices(SEASON_EDGE, wind_mw=wind)))
    limited = PlanOptions(grid_limit_mw=50.0)
    assert "wind_not_used" not in _codes(_ready(signals=_prices(SEASON_EDGE, wind_mw=wind), options=limited))
