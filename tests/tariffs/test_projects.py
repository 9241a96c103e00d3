"""What `projects.toml` may say, and how everything else is refused: in four parts, with the project and the key."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tariffs.projects import Manner, ProjectFile, WindKind, projects_from_table, read_projects
from tariffs.vocabulary.errors import InputError

SOUND = """
[[project]]
id = "W-2"
name = "二号"
developer = "甲公司"
kind = "onshore"
concentrated = true
construction_started_on = 2025-03-01
capacity_mw = 48.5
[[project.storage]]
station_id = "S"
manner = "joint"
power_mw = 10
from_on = 2025-06-01
[[project]]
id = "W-1"
name = "一号"
developer = "乙公司"
kind = "offshore"
construction_started_on = 2025-04-01
capacity_mw = 200
required_power_mw = 20
required_duration_h = 2
[[lease_offer]]
station_id = "S"
price_cny_per_kw_year = 180.5
"""
BAD = {
    "an unknown key": ("capacity_mw = 48.5", "capacity_mw = 48.5\ncapacity_kw = 1", "did you mean capacity_mw"),
    "a missing key": ("capacity_mw = 48.5", "", "W-2 lacks capacity_mw"),
    "a figure as text": ("capacity_mw = 48.5", 'capacity_mw = "48.5"', "W-2.capacity_mw must be a number"),
    "a date as text": ("2025-03-01", '"2025-03-01"', "construction_started_on must be a date"),
    "a misspelt kind": ('"onshore"', '"on-shore"', "did you mean onshore"),
    "no capacity": ("capacity_mw = 48.5", "capacity_mw = 0", "capacity_mw must be above 0, not 0"),
    "a negative power": ("power_mw = 10\n", "power_mw = -10\n", "power_mw must be above 0, not -10"),
    "a capacity in kW": ("capacity_mw = 48.5", "capacity_mw = 148500", "capacity_mw is at most 100000, not 148500"),
    "too many decimals": ("capacity_mw = 48.5", "capacity_mw = 48.1234567", "more than 6 decimals"),
    "onshore without concentrated": ("concentrated = true\n", "", "needs concentrated = true or false"),
    "terms of an allocation onshore": (
        "capacity_mw = 48.5",
        "capacity_mw = 48.5\nrequired_power_mw = 5",
        "belong to offshore wind",
    ),
    "an upgrade without its base": (
        "capacity_mw = 48.5",
        "capacity_mw = 48.5\nupgrade = true",
        "an upgrade needs capacity_before_mw",
    ),
    "an upgrade that makes the farm smaller": (
        "capacity_mw = 48.5",
        "capacity_mw = 48.5\nupgrade = true\ncapacity_before_mw = 485",
        "[[project]] W-2: capacity_before_mw 485 must not be above capacity_mw 48.5",
    ),
    "a base without an upgrade": (
        "capacity_mw = 48.5",
        "capacity_mw = 48.5\ncapacity_before_mw = 40",
        "goes with upgrade = true only",
    ),
    "an end before the start": (
        "from_on = 2025-06-01",
        "from_on = 2025-06-01\nuntil_on = 2025-05-31",
        "until_on 2025-05-31 lies before from_on 2025-06-01",
    ),
    "a misspelt manner": ('"joint"', '"jont"', "did you mean joint"),
    "an id with a space": ('id = "W-2"', 'id = "W 2"', "only letters, digits, - and _"),
    "an empty name": ('name = "二号"', 'name = " "', "name is empty"),
    "an empty developer": ('"甲公司"', '""', "developer is empty"),
    "an id given twice": ('id = "W-2"', 'id = "W-1"', "project W-1 is given twice"),
    "an unknown table": ("[[lease_offer]]", "[[lease_offers]]", "did you mean [[lease_offer]]"),
    "a negative price": ("180.5", "-1", "lies between 0 and 100000, not -1"),
    "storage that is no list": ("[[project.storage]]", "[project.storage]", "W-2.storage must be a list"),
}


def read(text: str) -> ProjectFile:
    return projects_from_table(tomllib.loads(text, parse_float=Decimal), where="projects.toml")


def test_projects_come_sorted_by_id_with_exact_figures() -> None:
    file = read(SOUND)
    assert ["W-1", "W-2"] == [project.id for project in file.projects]
    offshore, onshore = file.projects
    assert WindKind.OFFSHORE is offshore.kind
    assert Decimal("48.5") == onshore.capacity_mw
    assert (Manner.JOINT, None, None) == (
        onshore.storage[0].manner,
        onshore.storage[0].duration_h,
        onshore.storage[0].until_on,
    )
    assert Decimal("180.5") == file.lease_offers[0].price_cny_per_kw_year


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_entry_is_refused_by_its_project_and_key(name: str) -> None:
    before, after, says = BAD[name]
    assert before in SOUND
    with pytest.raises(InputError) as refused:
        read(SOUND.replace(before, after, 1))
    assert says in refused.value.found.en
    assert refused.value.do.zh
    assert refused.value.do.en


def test_all_problems_of_all_projects_are_told_at_once() -> None:
    text = (
        SOUND.replace("capacity_mw = 48.5", "capacity_mw = 0").replace("capacity_mw = 200", "").replace("180.5", "-1")
    )
    with pytest.raises(InputError) as refused:
        read(text)
    told = refused.value.found.en
    assert "capacity_mw must be above 0" in told
    assert "W-1 lacks capacity_mw" in told
    assert "price_cny_per_kw_year lies between" in told
    assert "projects.toml: 3 entries" in refused.value.what.en


def test_a_file_without_a_project_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read("")
    assert "there is no [[project]]" == refused.value.found.en


def test_one_table_instead_of_a_list_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        read('[project]\nid = "W"')
    assert "must be written as [[project]]" in refused.value.found.en


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_projects(tmp_path / "projects.toml")
    assert "no such file" == refused.value.found.en


def test_storage_runs_from_its_first_to_its_last_day() -> None:
    text = SOUND.replace("from_on = 2025-06-01", "from_on = 2025-06-01\nuntil_on = 2025-06-30")
    (row,) = read(text).projects[1].storage
    days = (date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [False, True, True, False] == [row.runs_on(day) for day in days]
