"""A station's ratings over time, efficiencies and feeds; whether it is settled at regulated prices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs.eligibility.regulated_settlement import failing_conditions
from tariffs.stations import Change, Host, Station, read_stations
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError

ON = date(2025, 7, 1)
WHOLE = """[[station]]
id = "B"
name = "乙"
meter_ids = ["B", "M-1", "计量点 2"]
power_mw = 12.5
charge_power_mw = 10
energy_mwh = 25.000001
charge_efficiency = 0.94
discharge_efficiency = 1
grid_connected_on = 2025-01-01
in_annual_plan_from = 2025-02-01
host = "user"
[[station.change]]
from_on = 2025-06-01
power_mw = 6
[[station.change]]
from_on = 2025-09-01
energy_mwh = 50
[[station]]
id = "A"
name = "甲"
power_mw = 100
energy_mwh = 200
round_trip_efficiency = 0.81
grid_connected_on = 2025-01-01
in_annual_plan = true
"""


@pytest.fixture
def station() -> Station:
    return Station(
        id="A",
        name="甲",
        power_mw=Decimal(10),
        energy_mwh=Decimal(20),
        grid_connected_on=date(2025, 1, 1),
        in_annual_plan_from=date(2025, 1, 1),
    )


@pytest.fixture
def plan() -> Version:
    return Library().in_force("shanghai/storage_pricing", ON)


@pytest.fixture
def both(tmp_path: Path) -> tuple[Station, Station]:
    (tmp_path / "stations.toml").write_text(WHOLE, encoding="utf-8")
    first, second = read_stations(tmp_path / "stations.toml")
    return first, second


def test_stations_are_read_sorted_by_id_with_their_feeds(both: tuple[Station, Station]) -> None:
    first, second = both
    assert ("A",) == first.feeds
    assert ("B", "M-1", "计量点 2") == second.feeds


def test_a_round_trip_efficiency_alone_is_split_evenly(both: tuple[Station, Station], station: Station) -> None:
    first, second = both
    assert (Decimal("0.9"), Decimal("0.9")) == first.efficiencies
    assert (Decimal("0.94"), Decimal(1)) == second.efficiencies
    assert station.efficiencies is None


def test_the_listing_day_is_the_day_given_else_the_connection_else_none(
    both: tuple[Station, Station], station: Station
) -> None:
    first, second = both
    assert (date(2025, 1, 1), date(2025, 2, 1)) == (first.listed_from, second.listed_from)
    assert replace(station, in_annual_plan_from=None).listed_from is None


@pytest.mark.parametrize(
    ("power", "charge", "energy", "day"),
    [
        ("12.5", "10", "25.000001", date(2025, 5, 31)),
        ("6", "10", "25.000001", date(2025, 6, 1)),
        ("6", "10", "25.000001", date(2025, 8, 31)),
        ("6", "10", "50", date(2025, 9, 1)),
    ],
)
def test_a_change_counts_from_its_day_on_and_leaves_the_other_ratings(
    both: tuple[Station, Station], power: str, charge: str, energy: str, day: date
) -> None:
    rating = both[1].rating_on(day)
    assert (Decimal(power), Decimal(charge), Decimal(energy)) == (
        rating.power_mw,
        rating.charge_power_mw,
        rating.energy_mwh,
    )


def test_without_a_charging_power_the_discharging_power_is_meant(station: Station) -> None:
    assert Decimal(10) == station.rating_on(ON).charge_power_mw
    derated = replace(station, change=(Change(from_on=ON, power_mw=Decimal(4)),))
    assert (Decimal(4), Decimal(10)) == (derated.rating_on(ON).power_mw, derated.rating_on(ON).charge_power_mw)


def test_the_rated_energy_is_exact_in_units_of_1e_4_kwh(both: tuple[Station, Station]) -> None:
    assert 250_000_010 == both[1].rating_on(date(2025, 5, 1)).energy_kwh_e4


@given(st.decimals(min_value="0.000001", max_value="100000", places=6), st.sampled_from([5, 15, 30, 60]))
def test_an_interval_at_rated_power_is_power_times_length_rounded_down(power_mw: Decimal, minutes: int) -> None:
    station = Station(id="A", name="a", power_mw=power_mw, energy_mwh=Decimal(1), grid_connected_on=date(2025, 1, 1))
    units = int(power_mw * 1_000_000)  # 1e-6 MW = 1e-3 kW, and an hour of it is ten units of energy
    assert units * 10 * minutes // 60 == station.rating_on(ON).discharge_limit_kwh_e4(minutes)
    assert units * 10 * minutes // 60 == station.rating_on(ON).charge_limit_kwh_e4(minutes)


def failing(station: Station, plan: Version, on: date = ON) -> list[str]:
    return [failed.condition.en for failed in failing_conditions(station, plan, on)]


def test_a_station_of_10_mw_in_the_yearly_plan_is_settled(station: Station, plan: Version) -> None:
    assert [] == failing(station, plan)


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        ("charging power 9.999 MW is below 10 MW", {"charge_power_mw": Decimal("9.999")}),
        ("not on the public grid on its own", {"connected_to_public_grid": False}),
        ("no metering of its own", {"own_metering": False}),
        ("no automatic generation control", {"agc": False}),
        ("paired with a thermal unit", {"host": Host.THERMAL}),
        ("behind a user's meter", {"host": Host.USER}),
        ("not in the yearly plan on 2025-07-01", {"in_annual_plan_from": None}),
        ("not in the yearly plan on 2025-07-01", {"in_annual_plan_from": date(2025, 7, 2)}),
    ],
)
def test_each_condition_that_fails_is_named_alone(
    station: Station, plan: Version, expected: str, changes: dict[str, object]
) -> None:
    assert [expected] == failing(replace(station, **changes), plan)  # type: ignore[arg-type]


def test_all_conditions_that_fail_are_named_with_their_articles(station: Station, plan: Version) -> None:
    spoilt = replace(station, agc=False, host=Host.USER, in_annual_plan_from=None)
    articles = [failed.citation.article for failed in failing_conditions(spoilt, plan, ON)]
    assert ["二（一）", "二（一）", "六（二）"] == articles


def test_the_charging_power_counts_and_not_the_discharging_power(station: Station, plan: Version) -> None:
    assert [] == failing(replace(station, power_mw=Decimal(5), charge_power_mw=Decimal(10)), plan)
    assert 1 == len(failing(replace(station, power_mw=Decimal(50), charge_power_mw=Decimal("9.9")), plan))


def test_a_derating_counts_from_its_day_on(station: Station, plan: Version) -> None:
    derated = replace(station, change=(Change(from_on=ON, charge_power_mw=Decimal(9)),))
    assert [] == failing(derated, plan, date(2025, 6, 30))
    assert ["charging power 9 MW is below 10 MW"] == failing(derated, plan)


def test_a_plan_without_conditions_is_refused_and_never_taken_as_met(
    station: Station, put: Callable[..., Path]
) -> None:
    plan = Library((put("city/storage_pricing", "2025-01-01"),)).in_force("city/storage_pricing", ON)
    with pytest.raises(DocumentError, match="min_charge_power_mw"):
        failing_conditions(station, plan, ON)
