"""Whether a fleet's hours are enough: figures by hand, sentences in both languages, and the city's modelled summer days."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from dispatch.arrays import Floats
from dispatch.fleet.plan import plan_fleet
from dispatch.fleet.sufficiency import Sufficiency, fleet_of, sentences, sufficiency
from dispatch.horizon import Horizon
from dispatch.peak_cut import Fleet, Load
from dispatch.station.steps import StationSteps
from tariffs.stations import Station
from tariffs.vocabulary.timegrid import ZONE, physical

MEAN_DAYS = (
    Path(__file__).resolve().parents[4] / "shared" / "data" / "load" / "shanghai_modelled_mean_day_by_month_mw.csv"
)
FIRST_HOURS = {7: 6.5, 8: 6.3}
"""Hours of rated power that the cut of five percent takes in July and August, as the city check has them."""


def load_of(load_mw: Sequence[float], month: int = 7) -> Load:
    first_ms = physical(datetime(2025, month, 1, tzinfo=ZONE))
    horizon = Horizon(first_ms=first_ms, minutes=60, count=len(load_mw))
    return Load(horizon=horizon, load_mw=np.asarray(load_mw, float))


def spoken(told: Sufficiency) -> str:
    return "\n".join(f"{words.zh}\n{words.en}" for words in sentences(told))


def mean_day(month: int) -> list[float]:
    rows = [line.split(",") for line in MEAN_DAYS.read_text(encoding="utf-8").splitlines()]
    return next([float(cell) for cell in row[1:]] for row in rows if row[0] == str(month))


PEAKED = [60.0] * 10 + [100.0] * 2 + [60.0] * 12


def test_five_percent_of_the_peak_is_asked_unless_told_otherwise() -> None:
    """2 h of 5 MW above 95: 10 MWh, 2 h of rated power."""
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=5, energy_mwh=10))
    assert (0.05, 2.0, True) == pytest.approx((told.share, told.needs.duration_h, told.enough))
    assert "takes 5.0 MW and 10.0 MWh: 2.00 h of rated power (2025-07-01)" in spoken(told)
    assert "the fleet has 5.0 MW, 10.0 MWh (2.00 h): enough" in spoken(told)


def test_it_says_its_sentences_by_itself() -> None:
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=5, energy_mwh=5))
    assert sentences(told) == told.sentences
    assert [str(each) for each in told.sentences] == str(told).splitlines()
    assert "<Sufficiency 5.00% of 100.0 MW: short>" == repr(told)
    assert "不够，差 5.0 兆瓦时" in told._repr_html_()


def test_a_fleet_short_of_hours_is_told_by_how_much_and_how_far_it_comes() -> None:
    """1 h of 5 MW against 2 h; 5 MWh over the two high hours cut 2.5 MW."""
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=5, energy_mwh=5))
    assert not told.enough
    assert "falls short by 5.0 MWh, 1.00 h" in spoken(told)
    assert "不够，差 5.0 兆瓦时、1.00 小时" in spoken(told)
    assert (
        "with one discharge a day it cuts 2.5 MW (2.50%) at most, down to 97.5 MW; energy stops it on 2025-07-01"
        in spoken(told)
    )


def test_without_a_share_the_whole_power_of_the_fleet_is_asked() -> None:
    """45 MW reach down to 55, which is below every hour: 2 h of 45 and 22 h of 5 are 200 MWh, 4.44 h of 45 MW."""
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=45, energy_mwh=90), None)
    assert (0.45, 200.0, 200.0 / 45) == pytest.approx((told.share, told.needs.energy_mwh, told.needs.duration_h))
    assert "45.00% (the whole power of the fleet)" in spoken(told)


def test_a_fleet_stronger_than_the_load_is_asked_for_all_of_it() -> None:
    """2 h of 100 and 22 h of 60 are 1,520 MWh."""
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=500, energy_mwh=2_000), None)
    assert (1.0, 1_520.0, True) == pytest.approx((told.share, told.needs.energy_mwh, told.enough))
    assert "the fleet has more power than the load" in spoken(told)


def test_power_to_spare_makes_up_for_hours_and_is_told_so() -> None:
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=10, energy_mwh=10))
    assert told.enough
    assert "power to spare makes up for them" in spoken(told)


def test_a_fleet_short_of_power_alone_is_not_said_to_lack_hours() -> None:
    """4 MW of 5, and hours enough."""
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=4, energy_mwh=40))
    assert "falls short by 1.0 MW\n" in spoken(told)
    assert "power stops it" in spoken(told)


def test_a_peak_over_midnight_is_told() -> None:
    told = sufficiency(load_of([50.0] * 22 + [100.0] * 4 + [50.0] * 22), Fleet(power_mw=5, energy_mwh=10))
    assert "on both sides of midnight 1 time(s)" in spoken(told)


def test_a_fleet_that_finds_no_time_to_charge_is_told() -> None:
    """900 MWh over 24 h of 100 and 50 MW: the level is 37.5, below every hour, so nothing is left to charge in."""
    told = sufficiency(load_of([100.0] * 12 + [50.0] * 12), Fleet(power_mw=100, energy_mwh=900), None)
    assert "on 1 of the days it cannot charge again below that level" in spoken(told)


@pytest.mark.parametrize(
    ("power_mw", "energy_mwh", "share"), [(5, 10, 0.05), (5, 5, 0.05), (4, 3, 0.2), (45, 90, None), (500, 20, None)]
)
def test_both_languages_show_the_same_figures(power_mw: float, energy_mwh: float, share: float | None) -> None:
    told = sufficiency(load_of(PEAKED), Fleet(power_mw=power_mw, energy_mwh=energy_mwh), share)
    for words in sentences(told):
        assert sorted(re.findall(r"\d[\d,.%-]*\d|\d", words.zh)) == sorted(re.findall(r"\d[\d,.%-]*\d|\d", words.en))


def _station(limit_mw: Floats, energy_mwh: float) -> StationSteps:
    """Efficiencies 0.9 and 0.8; the store may hold 10 to 90 % of energy / 0.8, which gives back 80 % of the energy."""
    horizon = Horizon(first_ms=physical(datetime(2025, 7, 1, tzinfo=ZONE)), minutes=60, count=limit_mw.size)
    each, full_mwh = np.ones(limit_mw.size), energy_mwh / 0.8
    return StationSteps(
        station_id="A",
        horizon=horizon,
        charge_limit_mw=limit_mw,
        discharge_limit_mw=limit_mw,
        energy_mwh=energy_mwh * each,
        min_stored_mwh=0.1 * full_mwh * each,
        max_stored_mwh=0.9 * full_mwh * each,
        charge_efficiency=0.9,
        discharge_efficiency=0.8,
        kept_ratio=1.0,
        initial_stored_mwh=0.1 * full_mwh,
        auxiliary_mw=0.0,
    )


def test_stations_together_have_the_power_of_their_best_step_and_what_their_bounds_give_back() -> None:
    """10 + 20 MW in the second step, 10 + 10 in the first; 0.8 x (40 + 20) = 48 MWh."""
    pooled = fleet_of([_station(np.array([10.0, 10.0]), 40.0), _station(np.array([10.0, 20.0]), 20.0)])
    assert (30.0, 48.0) == pytest.approx((pooled.power_mw, pooled.energy_mwh))


@pytest.mark.skipif(not MEAN_DAYS.exists(), reason="the shared load series are not here")
@pytest.mark.parametrize("month", [7, 8])
def test_on_the_citys_mean_summer_days_four_hours_do_not_cut_five_percent_and_the_words_say_so(month: int) -> None:
    """By hand: what stands above 0.95 of the highest hour, over 0.05 of it."""
    day = mean_day(month)
    highest = max(day)
    hours = sum(max(each - 0.95 * highest, 0.0) for each in day) / (0.05 * highest)
    assert FIRST_HOURS[month] == round(hours, 1)
    fleet = Fleet(power_mw=0.05 * highest, energy_mwh=4 * 0.05 * highest)
    told = sufficiency(load_of(day, month), fleet)
    assert hours == pytest.approx(told.needs.duration_h)
    assert hours - 4 == pytest.approx(told.lacks.duration_h)
    assert f": {hours:.2f} h of rated power" in spoken(told) and f"即额定功率 {hours:.2f} 小时" in spoken(told)
    assert "(4.00 h): it falls short by" in spoken(told) and "（4.00 小时）：不够" in spoken(told)


@pytest.mark.skipif(not MEAN_DAYS.exists(), reason="the shared load series are not here")
@pytest.mark.parametrize("month", [7, 8])
def test_on_the_citys_mean_summer_days_six_and_a_half_hours_do(month: int) -> None:
    highest = max(mean_day(month))
    fleet = Fleet(power_mw=0.05 * highest, energy_mwh=6.5 * 0.05 * highest)
    assert sufficiency(load_of(mean_day(month), month), fleet).enough


@pytest.mark.skipif(not MEAN_DAYS.exists(), reason="the shared load series are not here")
def test_the_plan_of_a_four_hour_fleet_on_the_citys_july_day_says_that_it_falls_short() -> None:
    """5 % of 25,638 MW are 1,281.9 MW; 6.48 h of them are asked, 4 h are there."""
    instants = [datetime(2025, 7, 1, tzinfo=ZONE) + timedelta(hours=hour) for hour in range(24)]
    station = Station(
        id="A",
        name="A",
        power_mw=Decimal("1281.9"),
        energy_mwh=4 * Decimal("1281.9"),
        round_trip_efficiency=Decimal("0.87"),
        grid_connected_on=date(2025, 1, 1),
    )
    plan = plan_fleet([station], pl.DataFrame({"interval_start": instants, "load_mw": mean_day(7)}))
    told = "\n".join(words.en for words in plan.sentences)
    assert "6.48 h of rated power" in told
    assert "(4.00 h): it falls short by" in told
