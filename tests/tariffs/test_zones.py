"""Zones of `stations.toml`: read strictly, and in nobody's way who does not look at them."""

from decimal import Decimal
from pathlib import Path

import pytest

from tariffs.stations import read_stations
from tariffs.vocabulary.errors import InputError
from tariffs.zones import Zone, read_zones

STATION = """[[station]]
id = "A"
name = "站"
power_mw = 10
energy_mwh = 20
grid_connected_on = 2025-05-01
"""
ZONE = """[[zone]]
id = "NORTH"
name = "北"
discharge_limit_mw = 5.5
charge_limit_mw = 0
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stations.toml"


def test_a_zone_is_read_with_both_limits_exact(file: Path) -> None:
    file.write_text(STATION + 'zone = "NORTH"\n' + ZONE, encoding="utf-8")
    expected = Zone(id="NORTH", name="北", discharge_limit_mw=Decimal("5.5"), charge_limit_mw=Decimal(0))
    assert (expected,) == read_zones(file)
    assert ["NORTH"] == [station.zone for station in read_stations(file)]


def test_a_file_without_zones_has_none(file: Path) -> None:
    file.write_text(STATION, encoding="utf-8")
    assert () == read_zones(file)
    assert [""] == [station.zone for station in read_stations(file)]


def test_zones_come_in_the_order_of_their_ids(file: Path) -> None:
    file.write_text(STATION + ZONE + ZONE.replace("NORTH", "EAST"), encoding="utf-8")
    assert ["EAST", "NORTH"] == [zone.id for zone in read_zones(file)]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("zone NORTH is given twice", ZONE + ZONE),
        ("charge_limit_mw lies between 0 and 100000, not -1", ZONE.replace("_limit_mw = 0", "_limit_mw = -1")),
        ("lacks charge_limit_mw", ZONE.replace("charge_limit_mw = 0\n", "")),
        ("does not know limit_mw", ZONE + "limit_mw = 3\n"),
        ("only letters, digits, - and _", ZONE.replace("NORTH", "北")),
        ("name is empty", ZONE.replace("北", " ")),
        ("write zone as [[zone]]", ZONE.replace("[[zone]]", "[zone]")),
    ],
)
def test_a_faulty_zone_is_refused_by_whoever_reads_the_file(file: Path, told: str, text: str) -> None:
    file.write_text(STATION + text, encoding="utf-8")
    for read in (read_zones, read_stations):
        with pytest.raises(InputError) as refused:
            read(file)
        assert told in refused.value.found.en


def test_a_zone_that_is_nowhere_is_refused_with_the_nearest(file: Path) -> None:
    file.write_text(STATION + 'zone = "NORHT"\n' + ZONE, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_stations(file)
    assert "zone NORHT of station A has no [[zone]]; did you mean NORTH" in refused.value.found.en


def test_faults_of_stations_and_zones_are_told_at_once(file: Path) -> None:
    file.write_text(STATION.replace("= 10", "= 0") + ZONE.replace("= 5.5", "= -5"), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_stations(file)
    assert "power_mw must be above 0" in refused.value.found.en
    assert "discharge_limit_mw lies between" in refused.value.found.en
