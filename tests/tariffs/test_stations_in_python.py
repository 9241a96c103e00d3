"""Stations that are made and handed over in Python: figures that are no Decimal, copies, one by itself, none at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tariffs import read_station
from tariffs.stations import Change, Lease, Outage, OutageCause, Station, read_stations, stations_given
from tariffs.vocabulary.errors import HuchuError, InputError, RecordProblems

STATION = Station(
    id="A",
    name="甲",
    power_mw=Decimal(10),
    energy_mwh=Decimal(20),
    grid_connected_on=date(2025, 1, 1),
    meter_ids=("M-1",),
)
TWO = "\n".join(
    f'[[station]]\nid = "{name}"\nname = "{name}"\npower_mw = 10\nenergy_mwh = 20\ngrid_connected_on = 2025-01-01'
    for name in ("SH-LG-01", "SH-BS-02")
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "stations.toml"
    path.write_text(TWO, encoding="utf-8")
    return path


def refusal_of(call: Callable[[], object]) -> HuchuError:
    with pytest.raises(HuchuError) as refused:
        call()
    return refused.value


@pytest.mark.parametrize("given", [400, np.int64(400)])
def test_a_whole_number_is_taken_as_a_decimal(given: Any) -> None:
    made = replace(STATION, energy_mwh=given)
    assert (Decimal(400), Decimal) == (made.energy_mwh, type(made.energy_mwh))
    assert replace(STATION, energy_mwh=Decimal(400)) == made


@pytest.mark.parametrize("given", [400.5, np.float64(400.5)])
def test_a_float_is_refused_with_the_decimal_to_write(given: Any) -> None:
    refused = refusal_of(lambda: replace(STATION, energy_mwh=given))
    assert isinstance(refused, RecordProblems)
    assert "Station A: 1 problem(s)" == refused.what.en
    assert 'energy_mwh is a whole number or a Decimal, not the float 400.5: write Decimal("400.5")' == refused.found.en
    assert 'Decimal("400.5")' in refused.found.zh


@pytest.mark.parametrize("given", ["400", True, None, Decimal("NaN")])
def test_what_is_no_number_at_all_is_refused_in_words(given: Any) -> None:
    assert (
        "energy_mwh is a whole number or a Decimal" in refusal_of(lambda: replace(STATION, energy_mwh=given)).found.en
    )


def test_a_figure_that_may_be_left_out_may_be_nothing() -> None:
    assert replace(STATION, charge_power_mw=None).charge_power_mw is None


def test_the_parts_of_a_station_take_whole_numbers_too() -> None:
    day, at = date(2025, 1, 1), datetime(2025, 1, 1)  # noqa: DTZ001 a time without offset is Shanghai time
    some: Any = 5
    assert Decimal(5) == Change(from_on=day, power_mw=some).power_mw
    outage = Outage(from_at=at, until_at=at.replace(hour=3), power_available_mw=some, cause=OutageCause.OWN)
    assert Decimal(5) == outage.power_available_mw
    lease = Lease(
        lessee="x",
        lessee_is_new_energy=True,
        power_mw=some,
        duration_h=some,
        from_on=day,
        until_on=day,
        price_cny_per_kw_year=some,
    )
    assert (Decimal, Decimal) == (type(lease.power_mw), type(lease.price_cny_per_kw_year))


def test_one_station_by_itself_is_a_list_of_one() -> None:
    assert (STATION,) == stations_given(STATION)


def test_stations_may_come_from_a_generator() -> None:
    assert (STATION,) == stations_given(each for each in [STATION])


def test_no_station_is_refused_as_such() -> None:
    refused = refusal_of(lambda: stations_given([]))
    assert ("no station is given", "nothing") == (refused.what.en, refused.found.en)


def test_a_path_in_place_of_stations_is_refused_with_the_call_that_reads_it() -> None:
    path: Any = "stations.toml"
    refused = refusal_of(lambda: stations_given(path))
    assert ("this is no station", "str") == (refused.what.en, refused.found.en)
    assert "read_stations" in refused.do.en


def test_a_station_given_twice_is_named_once() -> None:
    refused = refusal_of(lambda: stations_given([STATION, STATION]))
    assert isinstance(refused, InputError)
    assert "station A is given twice" == refused.found.en


def test_two_stations_of_one_meter_are_refused_with_the_meter() -> None:
    refused = refusal_of(lambda: stations_given([STATION, replace(STATION, id="B")]))
    assert "M-1 belongs to A and B" == refused.found.en


def test_several_alike_have_ids_of_their_own_and_no_meters() -> None:
    several = STATION.times(10)
    assert ["A-01", "A-02"] == [each.id for each in several[:2]]
    assert ("A-10", "甲 10", ()) == (several[9].id, several[9].name, several[9].meter_ids)
    assert several == stations_given(several)


def test_a_station_is_read_by_its_id(file: Path) -> None:
    assert read_stations(file)[1] == read_station(file, "SH-LG-01")


def test_an_id_that_is_not_there_is_refused_with_those_that_are(file: Path) -> None:
    refused = refusal_of(lambda: read_station(file, "SH-LG-1"))
    assert "there is no station SH-LG-1 in stations.toml" == refused.what.en
    assert ("SH-BS-02, SH-LG-01", "write SH-LG-01") == (refused.found.en, refused.do.en)
