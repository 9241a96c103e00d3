"""What is wrong with a stations.toml, a huchu.toml or a document, and what the reader says about it.

Each row of the tables: what the message must contain, and the text that is added to or replaced in a sound file.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from settlement.statement.assemble import charge_items
from tariffs.settings import read_settings
from tariffs.stations import read_stations
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, HuchuError, InputError, SettingsError

STATION = """[[station]]
id = "A"
name = "甲"
power_mw = 10.0
energy_mwh = 20.0
grid_connected_on = 2025-01-01
"""
CHANGE = STATION + "[[station.change]]\nfrom_on = 2025-03-01\n"
OUTAGE = STATION + '[[station.outage]]\ncause = "own"\n'
LEASE = """[[station.lease]]
lessee = "x"
lessee_is_new_energy = true
power_mw = 5
duration_h = 2
from_on = 2025-01-01
until_on = 2025-12-31
price_cny_per_kw_year = 100
"""


def changed(old: str, new: str) -> str:
    assert old in STATION
    return STATION.replace(old, new)


BAD_STATIONS = [
    ("must consist of [[station]] tables", ""),
    ("no station", "station = []\n"),
    ("must consist of [[station]] tables", STATION.replace("[[station]]", "[station]")),
    ("'stations'", STATION.replace("[[station]]", "[[stations]]")),
    ("'city'", 'city = "x"\n' + STATION),
    ("station[1] must be a table", "station = [1]\n"),
    ("lacks id", changed('id = "A"\n', "")),
    ("lacks energy_mwh", changed("energy_mwh = 20.0\n", "")),
    ("lacks grid_connected_on", changed("grid_connected_on = 2025-01-01\n", "")),
    ("did you mean power_mw", changed("power_mw", "powr_mw")),
    ("did you mean power_mw", changed("power_mw", "power_kw")),
    ("did you mean energy_mwh", changed("energy_mwh", "energy_kwh")),
    ("did you mean grid_connected_on", changed("grid_connected_on", "grid_connected_at")),
    ("id must be text, not 1", changed('"A"', "1")),
    ("only letters, digits, - and _", changed('"A"', '"A B"')),
    ("only letters, digits, - and _", changed('"A"', '"../A"')),
    ("only letters, digits, - and _", changed('"A"', '"甲"')),
    ("only letters, digits, - and _", changed('"A"', '""')),
    ("only letters, digits, - and _", changed('"A"', f'"{"A" * 65}"')),
    ("name is empty", changed('"甲"', '"  "')),
    ("power_mw must be a number, not 10", changed("10.0", '"10"')),
    ("power_mw must be a number, not True", changed("10.0", "true")),
    ("power_mw must be a number, not NaN", changed("10.0", "nan")),
    ("power_mw must be a number, not Infinity", changed("10.0", "inf")),
    ("power_mw must be above 0, not 0", changed("10.0", "0")),
    ("energy_mwh must be above 0, not -20", changed("20.0", "-20")),
    ("energy_mwh is at most 100000", changed("20.0", "1e999")),
    ("power_mw has more than 6 decimals", changed("10.0", "10.0000001")),
    ("a date (such as 2025-06-30, without quotes), not 2025-01-01", changed("2025-01-01", '"2025-01-01"')),
    ("is not valid TOML", changed("2025-01-01", "2025-02-30")),
    ("is not valid TOML", changed("10.0", "1_0.")),
    ("charge_power_mw must be above 0", STATION + "charge_power_mw = 0\n"),
    ("charge_efficiency lies between 0 and 1, not 0", STATION + "charge_efficiency = 0\ndischarge_efficiency = 1\n"),
    ("round_trip_efficiency lies between 0 and 1, not 87", STATION + "round_trip_efficiency = 87\n"),
    ("charge_efficiency and discharge_efficiency go together", STATION + "charge_efficiency = 0.9\n"),
    (
        "not both",
        STATION + "charge_efficiency = 0.9\ndischarge_efficiency = 0.9\nround_trip_efficiency = 0.81\n",
    ),
    ("min_stored_ratio must be below max_stored_ratio", STATION + "min_stored_ratio = 0.6\nmax_stored_ratio = 0.6\n"),
    ("max_stored_ratio lies between 0 and 1", STATION + "max_stored_ratio = 1.01\n"),
    ("initial_stored_ratio lies between 0 and 1", STATION + "initial_stored_ratio = -0.1\n"),
    ("self_discharge_per_day lies between 0 and 1", STATION + "self_discharge_per_day = 2\n"),
    ("auxiliary_mw is negative", STATION + "auxiliary_mw = -0.1\n"),
    ("nameplate_dc_mwh must be above 0", STATION + "nameplate_dc_mwh = -1\n"),
    ("in_annual_plan must be true or false, not 1", STATION + "in_annual_plan = 1\n"),
    ("agc must be true or false, not yes", STATION + 'agc = "yes"\n'),
    ("host is one of none | thermal | user, not 'termal'; did you mean thermal", STATION + 'host = "termal"\n'),
    ("catalogue is one of none | independent | user_side", STATION + "catalogue = true\n"),
    ("meter_ids must be a list, not M1", STATION + 'meter_ids = "M1"\n'),
    ("meter_ids[2] must be text, not 7", STATION + 'meter_ids = ["M1", 7]\n'),
    ("meter_ids has an empty name", STATION + 'meter_ids = [""]\n'),
    ("M1 belongs to A and A", STATION + 'meter_ids = ["M1", "M1"]\n'),
    ("station A is given twice", STATION + STATION),
    ("M1 belongs to A and B", STATION + 'meter_ids = ["M1"]\n' + changed('"A"', '"B"') + 'meter_ids = ["M1"]\n'),
    ("B belongs to A and B", STATION + 'meter_ids = ["B"]\n' + changed('"A"', '"B"')),
    ("commissioning_until_on lies before grid_connected_on", STATION + "commissioning_until_on = 2024-12-31\n"),
    ("change[1] lacks from_on", STATION + "[[station.change]]\npower_mw = 5\n"),
    ("change[1]: no new rating is given", CHANGE),
    ("change[1]: power_mw must be above 0, not -5", CHANGE + "power_mw = -5\n"),
    ("change[1]: energy_mwh must be above 0, not 0", CHANGE + "energy_mwh = 0\n"),
    (
        "changes must be in order of their days",
        CHANGE + "power_mw = 5\n[[station.change]]\nfrom_on = 2025-03-01\npower_mw = 6\n",
    ),
    (
        "outage[1] ends before it starts",
        OUTAGE + "power_available_mw = 0\nfrom_at = 2025-03-01T08:00:00\nuntil_at = 2025-03-01T08:00:00\n",
    ),
    (
        "from_at and until_at need an offset both, or neither",
        OUTAGE + "power_available_mw = 0\nfrom_at = 2025-03-01T08:00:00\nuntil_at = 2025-03-01T09:00:00+08:00\n",
    ),
    (
        "power_available_mw is negative",
        OUTAGE + "power_available_mw = -1\nfrom_at = 2025-03-01T08:00:00\nuntil_at = 2025-03-01T09:00:00\n",
    ),
    (
        "from_at must be an instant",
        OUTAGE + "power_available_mw = 0\nfrom_at = 2025-03-01\nuntil_at = 2025-03-01T09:00:00\n",
    ),
    ("lease[1] ends before it starts", STATION + LEASE.replace("2025-12-31", "2024-12-31")),
    ("lease[1]: power_mw must be above 0", STATION + LEASE.replace("power_mw = 5", "power_mw = -5")),
    ("lease[1]: duration_h must be above 0", STATION + LEASE.replace("duration_h = 2", "duration_h = 0")),
    ("lease[1]: lessee is empty", STATION + LEASE.replace('"x"', '" "')),
    ("lessee_is_new_energy must be true or false", STATION + LEASE.replace("= true", '= "yes"')),
    ("lease[1] lacks price_cny_per_kw_year", STATION + LEASE.replace("price_cny_per_kw_year = 100\n", "")),
    ("price_cny_per_kw_year lies between 0 and", STATION + LEASE.replace("= 100", "= -1")),
    ("at most 6 decimals, not 0.1234567", STATION + LEASE.replace("= 100", "= 0.1234567")),
    ("lease[1]: tax_ratio lies between 0 and 1, with at most 6 decimals, not 9", STATION + LEASE + "tax_ratio = 9\n"),
    ("until_on must be a date", STATION + LEASE.replace("2025-12-31", '"2025-12-31"')),
    ("did you mean until_on", STATION + LEASE.replace("until_on", "until_at")),
    ("on 2025-01-01 11 MW are leased, more than the rated 10.0 MW", STATION + LEASE.replace("= 5", "= 11")),
    (
        "on 2025-01-01 12.0 MW are leased",
        STATION + LEASE.replace("= 5", "= 6") + LEASE.replace("= 5", "= 6.0").replace('"x"', '"y"'),
    ),
    ("lease[2] repeats an earlier one", STATION + LEASE + LEASE),
    (
        "outage[1]: 11 MW available is above the rated power",
        OUTAGE + "from_at = 2025-03-01T00:00:00\nuntil_at = 2025-03-02T00:00:00\npower_available_mw = 11\n",
    ),
    (
        "on 2025-03-01 5 MW are leased, more than the rated 4 MW",
        CHANGE + "power_mw = 4\n" + LEASE,
    ),
    ("lessee_is_new_energy must be true or false, not 1", STATION + LEASE.replace("= true", "= 1")),
]

SETTINGS = {
    "season_calendar": '"jun_sep_dec_feb"',
    "obligation_year_from": '"06-01"',
    "call_counting": '"equivalent_discharge"',
}
BAD_SETTINGS = [
    ("required settings are empty", {"season_calendar": '""'}),
    ("required settings are empty", {"obligation_year_from": '""'}),
    ("required settings are empty", {"call_counting": '""'}),
    ("season_calendar must be text, not 1", {"season_calendar": "1"}),
    ("obligation_year_from is MM-DD, not '6-1'", {"obligation_year_from": '"6-1"'}),
    ("obligation_year_from is MM-DD, not '02-29'", {"obligation_year_from": '"02-29"'}),
    ("obligation_year_from is MM-DD, not '02-30'", {"obligation_year_from": '"02-30"'}),
    ("obligation_year_from is MM-DD, not '06-31'", {"obligation_year_from": '"06-31"'}),
    ("obligation_year_from is MM-DD, not '13-01'", {"obligation_year_from": '"13-01"'}),
    ("obligation_year_from must be text", {"obligation_year_from": "2025-06-01"}),
    ("did you mean equivalent_discharge", {"call_counting": '"equivalent_discharges"'}),
    ("did you mean call_counting", {"call_count": '"x"'}),
    ("energy_basis is one of rated_at_grid_meter | nameplate_dc | tested", {"energy_basis": '""'}),
    ("energy_basis is one of rated_at_grid_meter | nameplate_dc | tested", {"energy_basis": '"ac"'}),
    ("exemption_base is one of all_charging | returned_only", {"exemption_base": '"all"'}),
    ("exemption_in_market must be true or false, not true", {"exemption_in_market": '"true"'}),
    ("exemption_in_market must be true or false, not 1", {"exemption_in_market": "1"}),
    ("city '' is no name of a city", {"city": '""'}),
    ("city '../..' is no name of a city", {"city": '"../.."'}),
    ("market_from is no date", {"market_from": '"2026-1-1"'}),
    ("market_from is no date", {"market_from": '"20260101"'}),
    ("market_from must be a date", {"market_from": "2026-01-01T00:00:00"}),
    ("documents_dir is no folder", {"documents_dir": '"nowhere"'}),
    ("documents_dir must be text", {"documents_dir": "true"}),
    ('season_ranges goes with season_calendar = "own"', {"season_ranges": '[["06-01", "09-30"]]'}),
    ('season_ranges goes with season_calendar = "own"', {"season_calendar": '"own"'}),
    ("must be MM-DD", {"season_calendar": '"own"', "season_ranges": '[["06-31", "09-30"]]'}),
    ("must be MM-DD", {"season_calendar": '"own"', "season_ranges": '[["6-1", "9-30"]]'}),
    ("season_ranges[1] must be 2 items", {"season_calendar": '"own"', "season_ranges": '[["06-01"]]'}),
    ("season_ranges[1] must be a list, not 06-01", {"season_calendar": '"own"', "season_ranges": '["06-01", "09-30"]'}),
    ("naive_instants is one of asia_shanghai | refuse", {"naive_instants": '"utc"'}),
    ("tax_ratios does not know charge_energy", {"tax_ratios": "{ charge_energy = 0.13 }"}),
    (
        "tax_ratios.assessment lies between 0 and 1, with at most 6 decimals, not 13",
        {"tax_ratios": "{ assessment = 13 }"},
    ),
    (
        "price_floor_cny_per_mwh 10 lies above price_cap",
        {"price_floor_cny_per_mwh": "10", "price_cap_cny_per_mwh": "9"},
    ),
    (
        "price_floor_cny_per_mwh has at most 3 decimals and lies within 1000000, not -1E+30",
        {"price_floor_cny_per_mwh": "-1e30"},
    ),
    (
        "with at most 6 decimals, not 100.1234567",
        {"capacity_support_figures": "{ subsidy_cny_per_kw_year = 100.1234567 }"},
    ),
    ("price_cap_cny_per_mwh has at most 3 decimals", {"price_cap_cny_per_mwh": "0.0001"}),
    ("hours_per_call is above 0", {"hours_per_call": "0"}),
    ("event_depth_ratio is above 0 and at most 1, not 1.1", {"event_depth_ratio": "1.1"}),
    ("net_load_peak_h is above 0", {"capacity_support_figures": "{ net_load_peak_h = 0 }"}),
    (
        "when_partly_leased is one of nothing | free_part",
        {"capacity_support_figures": '{ when_partly_leased = "all" }'},
    ),
    ("market_settlement is one of", {"market_settlement": '"spot"'}),
    ("award_year is one of award_start | calendar", {"award_year": '"year"'}),
    (
        "assessment.order_shortfall.factor must be a number, not x",
        {"assessment": '{ order_shortfall = { factor = "x" } }'},
    ),
]

DOCUMENT = {
    "effective_from": "2025-01-01",
    "checked_on": "2025-01-01",
    "confirmation": '"user"',
    "changed": "[]",
    "citation": '{ document_number = "1", title = "t", issuer = "i", published_on = 2024-12-01 }',
}
BAD_DOCUMENTS = [
    ("lacks effective_from", {"effective_from": ""}),
    ("lacks checked_on", {"checked_on": ""}),
    ("lacks citation", {"citation": ""}),
    ("lacks changed", {"changed": ""}),
    ("effective_from must be a date", {"effective_from": '"2025-01-01"'}),
    ("the file name is not the effective date", {"effective_from": "2025-01-02"}),
    ("confirmation is one of gazette | public_copy | user | reading", {"confirmation": '"sure"'}),
    ("write effective_until", {"efective_until": "2025-12-31"}),
    ("price_cny_per_kwh is not known", {"price_cny_per_kwh": "0.5"}),
    ("citation lacks issuer", {"citation": '{ document_number = "1", title = "t", published_on = 2024-12-01 }'}),
    ("effective_until must be a date", {"effective_until": '""'}),
    ("is not valid TOML", {"changed": "["}),
]
ITEM = 'formula = "charge_energy"\narticle = "a"\nmeaning = "m"\nprice_ratio = { peak = 0.5, other = 0.9 }\n'
BAD_ITEMS = [
    ("has no [[charge_item]]", ""),
    ("has no [[charge_item]]", "[charge_item]\n" + ITEM),
    ("there is no charge item charge_enrgy", "[[charge_item]]\n" + ITEM.replace("charge_energy", "charge_enrgy")),
    ("there is no charge item ../draft", "[[charge_item]]\n" + ITEM.replace("charge_energy", "../draft")),
    ("lacks article", "[[charge_item]]\n" + ITEM.replace('article = "a"\n', "")),
    ("lacks price_ratio", "[[charge_item]]\n" + ITEM.split("price_ratio")[0]),
    ("price_ratio lacks other", "[[charge_item]]\n" + ITEM.replace(", other = 0.9", "")),
    ("price_ratio does not know summer", "[[charge_item]]\n" + ITEM.replace("peak", "summer")),
    ("price_ratio.peak must be a number, not 0.5", "[[charge_item]]\n" + ITEM.replace("0.5", '"0.5"')),
    ("did you mean price_ratio", "[[charge_item]]\n" + ITEM.replace("price_ratio", "price_ratios")),
]


def assert_refused(kind: type[HuchuError], message: str, read: Callable[[], object]) -> None:
    with pytest.raises(kind) as refused:
        read()
    text = str(refused.value)
    assert message in text
    assert ["", "实际 Found", "结果 Done", "办法 Do"] == ["", *(line.split(":")[0] for line in text.splitlines()[1:])]


def toml(entries: dict[str, str]) -> str:
    return "".join(f"{key} = {entry}\n" for key, entry in entries.items() if entry)


@pytest.mark.parametrize(("message", "text"), BAD_STATIONS)
def test_a_bad_station_file_is_refused_with_key_and_reason(tmp_path: Path, message: str, text: str) -> None:
    (tmp_path / "stations.toml").write_text(text, encoding="utf-8")
    assert_refused(InputError, message, lambda: read_stations(tmp_path / "stations.toml"))


@pytest.mark.parametrize(("message", "entries"), BAD_SETTINGS)
def test_a_bad_settings_file_is_refused_with_key_and_reason(
    tmp_path: Path, message: str, entries: dict[str, str]
) -> None:
    (tmp_path / "huchu.toml").write_text(toml(SETTINGS | entries), encoding="utf-8")
    assert_refused(SettingsError, message, lambda: read_settings(tmp_path / "huchu.toml"))


@pytest.mark.parametrize(("message", "entries"), BAD_DOCUMENTS)
def test_a_bad_document_is_refused_with_its_file_and_reason(
    tmp_path: Path, message: str, entries: dict[str, str]
) -> None:
    (tmp_path / "city/prices").mkdir(parents=True)
    (tmp_path / "city/prices/2025-01-01.toml").write_text(toml(DOCUMENT | entries), encoding="utf-8")
    assert_refused(DocumentError, message, lambda: Library((tmp_path,)).versions("city/prices"))


@pytest.mark.parametrize(("message", "items"), BAD_ITEMS)
def test_a_bad_charge_item_is_refused(tmp_path: Path, message: str, items: str) -> None:
    (tmp_path / "city/storage_pricing").mkdir(parents=True)
    (tmp_path / "city/storage_pricing/2025-01-01.toml").write_text(toml(DOCUMENT) + items, encoding="utf-8")
    plan = Library((tmp_path,)).in_force("city/storage_pricing", date(2025, 7, 1))
    assert_refused(DocumentError, message, lambda: charge_items(plan))


def test_the_sound_files_that_the_tables_spoil_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "stations.toml").write_text(STATION + LEASE, encoding="utf-8")
    (tmp_path / "huchu.toml").write_text(toml(SETTINGS), encoding="utf-8")
    (tmp_path / "city/storage_pricing").mkdir(parents=True)
    document = toml(DOCUMENT) + "[[charge_item]]\n" + ITEM
    (tmp_path / "city/storage_pricing/2025-01-01.toml").write_text(document, encoding="utf-8")
    assert ["A"] == [station.id for station in read_stations(tmp_path / "stations.toml")]
    assert "06-01" == read_settings(tmp_path / "huchu.toml").obligation_year_from
    plan = Library((tmp_path,)).in_force("city/storage_pricing", date(2025, 7, 1))
    assert ["charge_energy"] == [item.formula for item in charge_items(plan)]


def test_the_problems_of_all_stations_are_reported_at_once(tmp_path: Path) -> None:
    text = changed("10.0", "0") + changed('"A"', '"B C"') + changed('name = "甲"', 'nam = "甲"')
    (tmp_path / "stations.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_stations(tmp_path / "stations.toml")
    assert "3 station(s) with problems" in refused.value.what.en
    for part in ("power_mw must be above 0", "only letters", "did you mean name"):
        assert part in refused.value.found.en
