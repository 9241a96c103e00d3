"""What is a schedule and what is none; each on a case of a few hours, figures by hand.

The station charges at 0.8 and discharges at 0.5: 100 MWh in store 80, 40 MWh out draw 80.
"""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from plain_tasks import horizon, outcome, schedule, station, task

from dispatch.schedules import Schedule
from dispatch.task import Task
from dispatch.verify import BrokenSchedule, Leg, schedule_of, verified, verify
from tariffs.calendar import Season
from tariffs.vocabulary.timegrid import ZONE, Month

PLANT = station(horizon(3))
SOUND = schedule(PLANT, [-100, 0, 40])


def refused(planned: Schedule, asked: Task, **claim: float) -> BrokenSchedule:
    with pytest.raises(BrokenSchedule) as raised:
        verify(planned, asked, **claim)
    return raised.value


def test_a_sound_schedule_comes_back_with_what_it_earns() -> None:
    """100 MWh at 100 元 in, 40 MWh at 500 元 out: 10,000 元 paid, 20,000 元 earned, nothing left in the store."""
    asked = task(PLANT, [100_000, 100_000, 500_000])
    counted = verify(SOUND, asked)
    assert 1_000_000 == counted.revenue_fen
    assert (100.0, 40.0, 0.0) == (counted.charged_mwh, counted.discharged_mwh, counted.stored_end_mwh)
    assert Fraction(1, 5) == counted.full_cycles == counted.calls_total
    assert () == counted.notes


def test_charging_and_discharging_in_one_interval_is_refused_with_the_interval() -> None:
    both = replace(SOUND, discharge_kwh_e4=np.array([200_000_000, 0, 200_000_000]))
    error = refused(both, task(PLANT))
    assert "one interval" in error.what.en
    assert "2026-07-01 00:00: charge 100, discharge 20 MW; 1 interval(s) in all" == error.found.en


@pytest.mark.parametrize(("net_mwh", "word"), [([-100.001, 0, 0], "charging"), ([-100, -100, 100.001], "discharging")])
def test_power_above_its_limit_is_refused(net_mwh: list[float], word: str) -> None:
    error = refused(schedule(PLANT, net_mwh), task(PLANT))
    assert f"{word} power is above its limit" == error.what.en
    assert "100.001, limit 100 MW" in error.found.en


def test_a_ten_thousandth_of_a_kilowatt_hour_above_the_limit_is_rounding() -> None:
    above = replace(SOUND, charge_kwh_e4=SOUND.charge_kwh_e4 + np.array([1, 0, 0]))
    assert 40.0 == verify(above, task(PLANT)).discharged_mwh


def test_an_outage_halves_the_limit_of_its_interval() -> None:
    halved = replace(PLANT, charge_limit_mw=np.array([50.0, 100.0, 100.0]))
    error = refused(SOUND, task(halved))
    assert "2026-07-01 00:00: 100, limit 50 MW; 1 interval(s) in all" == error.found.en


def test_drawing_more_than_is_stored_is_refused() -> None:
    """80 MWh stored less 41 / 0.5 is two below nothing."""
    error = refused(schedule(PLANT, [-100, 0, 41]), task(PLANT))
    assert "stored energy is below its lower bound" == error.what.en
    assert "2026-07-01 02:00: -2, limit 0 MWh; 1 interval(s) in all" == error.found.en


def test_storing_more_than_fits_is_refused() -> None:
    small = station(horizon(3), max_stored_mwh=70.0)
    error = refused(schedule(small, [-100, 0, 40]), task(small))
    assert "stored energy is above its upper bound" == error.what.en
    assert "2026-07-01 00:00: 80, limit 70 MWh; 2 interval(s) in all" == error.found.en


def test_the_upper_bound_is_that_of_the_step() -> None:
    shrinking = station(horizon(3), max_stored_mwh=np.array([400.0, 60.0, 400.0]))
    error = refused(schedule(shrinking, [-100, 0, 40]), task(shrinking))
    assert "2026-07-01 01:00: 80, limit 60 MWh; 1 interval(s) in all" == error.found.en


@pytest.mark.parametrize("leg", ["charge_kwh_e4", "discharge_kwh_e4"])
def test_an_energy_below_zero_is_refused(leg: str) -> None:
    below = replace(SOUND, **{leg: getattr(SOUND, leg) - np.array([0, 1, 0])})
    assert "a power is negative" == refused(below, task(PLANT)).what.en


def test_losses_at_rest_count_against_the_lower_bound() -> None:
    """Half is lost each hour: 80, 40, 20 less 40 / 0.5 leaves 60 too few."""
    leaking = station(horizon(3), kept_ratio=0.5)
    error = refused(schedule(leaking, [-100, 0, 40]), task(leaking))
    assert "2026-07-01 02:00: -60, limit 0 MWh; 1 interval(s) in all" == error.found.en


def test_stored_energy_that_does_not_follow_from_the_powers_is_refused() -> None:
    error = refused(schedule(PLANT, [-100, 0, 40], stored_mwh=[80, 81, 0]), task(PLANT))
    assert "2026-07-01 01:00: 81, limit 80 MWh; 1 interval(s) in all" == error.found.en


def test_stored_energy_that_is_no_number_is_refused() -> None:
    error = refused(schedule(PLANT, [-100, 0, 40], stored_mwh=[80, np.nan, 0]), task(PLANT))
    assert "2026-07-01 01:00" in error.found.en


def test_a_schedule_of_other_steps_is_refused() -> None:
    error = refused(schedule(station(horizon(2)), [-100, 40]), task(PLANT))
    assert "give 3 steps" == error.do.en


@pytest.mark.parametrize(
    ("block", "terms", "what", "figure"),
    [
        ("final_stored_energy", {"final_stored_mwh": 10.0}, "end", "0, asked for 10 MWh"),
        ("season_calls", {"calls": 0.25, "in_season": np.ones(3)}, "fewer calls", "0.200000 calls, 0.250000 required"),
        ("season_calls", {"calls": 0.2, "in_season": np.array([1, 1, 0])}, "fewer calls", "0.000000 calls"),
        ("daily_cycle_cap", {"cycles_per_day": 0.1}, "cycles", "0.2, limit 0.1 cycles"),
        ("ramp_limits", {"ramp_mw_per_min": 1.5}, "ramp", "2026-07-01 01:00: 100, limit 90 MW"),
        (
            "leased_reserve",
            {"leased_power_mw": np.full(3, 10.0), "leased_energy_mwh": np.zeros(3)},
            "leased",
            "100, limit 90 MW",
        ),
        (
            "leased_reserve",
            {"leased_power_mw": np.zeros(3), "leased_energy_mwh": np.full(3, 165.0)},
            "leased",
            "80, limit 70 MWh",
        ),
        (
            "grid_connection_limit",
            {"limit_mw": 100.0, "wind_mw": np.array([0.0, 0.0, 60.5])},
            "grid connection",
            "2026-07-01 02:00: 100.5, limit 100 MW",
        ),
        ("grid_connection_limit", {"limit_mw": 99.0, "wind_mw": np.zeros(3)}, "grid connection", "-100, limit 99 MW"),
    ],
)
def test_what_a_listed_block_asks_is_held_or_refused(block: str, terms: dict[str, Any], what: str, figure: str) -> None:
    error = refused(SOUND, task(PLANT, blocks={block: terms}))
    assert what in error.what.en
    assert figure in error.found.en


@pytest.mark.parametrize(
    ("block", "terms"),
    [
        ("final_stored_energy", {"final_stored_mwh": 0.0}),
        ("season_calls", {"calls": 0.2, "in_season": np.ones(3)}),
        ("daily_cycle_cap", {"cycles_per_day": 0.2}),
        ("ramp_limits", {"ramp_mw_per_min": 100 / 60}),
        ("leased_reserve", {"leased_power_mw": np.zeros(3), "leased_energy_mwh": np.full(3, 160.0)}),
        ("grid_connection_limit", {"limit_mw": 100.0, "wind_mw": np.array([0.0, 0.0, 60.0])}),
    ],
)
def test_a_block_that_holds_exactly_is_held(block: str, terms: dict[str, Any]) -> None:
    assert () == verify(SOUND, task(PLANT, blocks={block: terms})).notes


def test_two_days_have_a_cap_each() -> None:
    two_days = station(horizon(48), initial_stored_mwh=400.0)
    planned = schedule(two_days, [40.0, *[0.0] * 23, 40.0, *[0.0] * 23])
    asked = task(two_days, blocks={"daily_cycle_cap": {"cycles_per_day": 0.2}})
    assert Fraction(2, 5) == verify(planned, asked).full_cycles


def test_a_block_of_the_users_own_is_named_as_not_checked() -> None:
    notes = verify(SOUND, task(PLANT, blocks={"quiet_evenings": None})).notes
    assert ["the block quiet_evenings of your own was not checked"] == [note.en for note in notes]


def test_a_claim_of_two_fen_more_than_the_bill_is_refused() -> None:
    """Two lines and wear may differ by half a fen each; the rest of the allowance here is 0.00006 元."""
    asked = task(PLANT, [100_000, 100_000, 500_000])
    error = refused(SOUND, asked, claimed_cny=10_000.02)
    assert "10000.0200, bill 10000.00, allowed 0.0151 元" == error.found.en


def test_a_claim_within_half_a_fen_a_line_is_accepted() -> None:
    asked = task(PLANT, [100_000, 100_000, 500_000])
    assert 1_000_000 == verify(SOUND, asked, claimed_cny=10_000.014).revenue_fen


def test_a_claim_that_is_no_number_is_refused() -> None:
    assert "nan" in refused(SOUND, task(PLANT), claimed_cny=float("nan")).found.en


def test_wear_is_a_cost_of_discharging_and_part_of_the_claim() -> None:
    """40 MWh at 12.5 元 are 500 元: 9,500 of the 10,000 are left."""
    asked = task(PLANT, [100_000, 100_000, 500_000], blocks={"wear_cost": {"wear_cost_cny_per_mwh": 12.5}})
    assert 50_000 == verify(SOUND, asked, claimed_cny=9_500.0).wear_fen


def test_the_figure_of_an_objective_that_is_no_bill_is_not_compared_and_says_so() -> None:
    notes = verify(SOUND, task(PLANT, objective="peak_shaving"), claimed_cny=77.0).notes
    assert ["the figure of peak_shaving is no bill: not compared"] == [note.en for note in notes]


def test_own_use_inside_the_meter_is_covered_from_discharging_first() -> None:
    """10 MW all the time: 110 MWh taken, 10 taken, 30 given; at 0.4 元 that is 48,000 and 12,000 元."""
    plant = replace(PLANT, auxiliary_mw=10.0)
    lines = verify(SOUND, task(plant, blocks={"auxiliary_use": None})).lines
    assert [(Leg.CHARGE, 1_200_000_000, -4_800_000), (Leg.DISCHARGE, 300_000_000, 1_200_000)] == [
        (line.leg, line.energy_kwh_e4, line.amount_fen) for line in lines
    ]


def test_own_use_with_a_meter_of_its_own_is_not_on_the_bill() -> None:
    lines = verify(SOUND, task(replace(PLANT, auxiliary_mw=10.0))).lines
    assert [1_000_000_000, 400_000_000] == [line.energy_kwh_e4 for line in lines]


def test_calls_are_counted_on_what_reaches_the_grid() -> None:
    plant = replace(PLANT, auxiliary_mw=10.0)
    blocks = {"auxiliary_use": None, "season_calls": {"calls": 0.2, "in_season": np.ones(3)}}
    assert "0.150000 calls, 0.200000 required" == refused(SOUND, task(plant, blocks=blocks)).found.en


def test_regulated_prices_make_a_line_for_each_month_season_and_leg() -> None:
    """One hour each side of midnight to July; peak at 0.20775 and 0.4986, other at 0.37395 and 0.4155 元."""
    plant = station(horizon(48, first_at=datetime(2026, 6, 30, tzinfo=ZONE)), initial_stored_mwh=400.0)
    peak = plant.horizon.day_of_step == 1
    asked = task(
        plant,
        np.where(peak, 207_750, 373_950).tolist(),
        discharge_e6=np.where(peak, 498_600, 415_500).tolist(),
        in_season=peak,
        objective="regulated_revenue",
    )
    planned = schedule(plant, [20.0, *[0.0] * 22, -50.0, 20.0, *[0.0] * 22, -50.0])
    lines = [(str(e.month), e.season, e.leg, e.price_e6, e.amount_fen) for e in verify(planned, asked).lines]
    assert [
        ("2026-06", Season.OTHER, Leg.CHARGE, 373_950, -1_869_750),
        ("2026-06", Season.OTHER, Leg.DISCHARGE, 415_500, 831_000),
        ("2026-07", Season.PEAK, Leg.CHARGE, 207_750, -1_038_750),
        ("2026-07", Season.PEAK, Leg.DISCHARGE, 498_600, 997_200),
    ] == lines


def test_seasons_with_one_price_are_two_lines() -> None:
    """10 MWh out on a peak day and 30 on another, both at 0.4 元."""
    plant = station(horizon(48), initial_stored_mwh=400.0)
    asked = task(plant, in_season=plant.horizon.day_of_step == 0, objective="regulated_revenue")
    lines = verify(schedule(plant, [10.0, *[0.0] * 23, 30.0, *[0.0] * 23]), asked).lines
    assert [(Season.PEAK, 400_000), (Season.OTHER, 1_200_000)] == [
        (line.season, line.amount_fen) for line in lines if line.leg is Leg.DISCHARGE
    ]


def test_a_line_at_market_prices_is_the_exact_sum_of_its_intervals_rounded_once() -> None:
    """Three times 0.0001 kWh at 16.67 元 are 0.005001 元, a fen; rounded by interval they would be nothing."""
    plant = station(horizon(4), initial_stored_mwh=400.0)
    planned = schedule(plant, [1e-7, 1e-7, 1e-7, 0])
    lines = verify(planned, task(plant, 16_670_000)).lines
    assert [(Season.MARKET, 0, None), (Season.MARKET, 1, None)] == [(e.season, e.amount_fen, e.price_e6) for e in lines]


def test_being_paid_to_charge_is_money_to_the_station() -> None:
    charged = verify(schedule(PLANT, [-100, 0, 0]), task(PLANT, -50_000)).lines[0]
    assert (Month(2026, 7), 500_000) == (charged.month, charged.amount_fen)


def test_an_amount_beyond_sixty_four_bits_stays_exact() -> None:
    """90 GW for 24 hours at 9.999999 元: 2.16e9 kWh, 21,599,997,840.00 元; the products alone pass 2^63 - 1."""
    large = station(horizon(24), discharge_limit_mw=1e5, max_stored_mwh=1e7, initial_stored_mwh=1e7, energy_mwh=1e7)
    counted = verify(schedule(large, [9e4] * 24), task(large, 9_999_999))
    assert 2_159_999_784_000 == counted.revenue_fen


def test_powers_become_energies_and_stored_energy_follows() -> None:
    """A third of a MW for three hours: 333.3333, 333.3334, 333.3333 kWh; 0.8 of them are stored."""
    planned = schedule_of(outcome([1 / 3] * 3, [0.0] * 3, 0.0), task(PLANT))
    assert [3_333_333, 3_333_334, 3_333_333] == planned.charge_kwh_e4.tolist()
    assert 0.8 == pytest.approx(planned.stored_mwh[-1], abs=1e-12)


@pytest.mark.parametrize("power_mw", [float("nan"), float("inf"), -0.1])
def test_a_power_that_is_negative_or_no_number_is_refused(power_mw: float) -> None:
    with pytest.raises(BrokenSchedule, match="2026-07-01 01:00"):
        schedule_of(outcome([0.0] * 3, [0.0, power_mw, 0.0], 0.0), task(PLANT))


def test_powers_of_another_length_are_refused() -> None:
    with pytest.raises(BrokenSchedule, match="for each step"):
        schedule_of(outcome([0.0] * 2, [0.0] * 3, 0.0), task(PLANT))


def test_what_rounding_takes_from_the_required_calls_is_made_up_for() -> None:
    """Two days apart in season at 200/3 kWh each: rounding up and down would leave the count below the requirement."""
    plant = station(horizon(4), initial_stored_mwh=400.0)
    power_mw = np.array([0.0, 0.2 / 3, 0.2 / 3, 0.0])
    asked = task(plant, blocks={"season_calls": {"calls": 0.1 / 150, "in_season": np.array([0, 1, 1, 0])}})
    counted = verified(outcome(np.zeros(4), power_mw, 0.4e3 * 0.4 / 3), asked)
    assert Fraction(0.1 / 150) <= counted.calls_total
    assert 1_333_334 == int(counted.schedule.discharge_kwh_e4.sum())


def test_a_call_that_is_missing_for_real_is_not_made_up_for() -> None:
    plant = station(horizon(4), initial_stored_mwh=400.0)
    asked = task(plant, blocks={"season_calls": {"calls": 0.101, "in_season": np.ones(4)}})
    with pytest.raises(BrokenSchedule, match=r"0\.100000"):
        verified(outcome(np.zeros(4), [20.0, 0, 0, 0], 8_000.0), asked)
