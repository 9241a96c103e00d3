"""`huchu calls --compare`: every season calendar and counting rule for one station's meter files."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huchu.cli.calls_compare import COMPARED
from huchu.cli.calls_compare import run as compared
from huchu.cli.calls_request import Request
from tariffs.vocabulary.errors import UsageError

Made = Callable[..., Path]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def comparison(folder: Path, month: str, **changes: Any) -> list[dict[str, str]]:
    request = Request(inputs=(folder / "meter.csv",), compare=True, month=month)
    return compared(replace(request, **changes))


def test_every_season_and_rule_stands_side_by_side(make_project: Made) -> None:
    folder = make_project("compare", months=(6, 7))
    rows = comparison(folder, "2025-06..2025-07")
    counted = {(row["season_calendar"], row["call_counting"]): row for row in rows if not row["reason"]}
    # 61 days of 4,500 / 20,000 kWh from June on; July alone with the calendars that begin on 1 July
    assert "13.7250" == counted[("jun_sep_dec_feb", "equivalent_discharge")]["calls_counted"]
    assert "6.9750" == counted[("jul_sep_dec_feb", "equivalent_discharge")]["calls_counted"]
    # hours at 10 MW over the rated 2 h are the same as energy over 20 MWh
    assert "13.7250" == counted[("jun_sep_dec_feb", "full_power_hours")]["calls_counted"]
    # June is season: 30 x (4,500 x 0.4986 - 5,000 x 0.20775) = 36,148.50; July's 31 days give 37,353.45
    assert "73501.95" == counted[("jun_sep_dec_feb", "full_power_hours")]["season_net_cny"]
    assert "37353.45" == counted[("jul_sep_dec_feb", "equivalent_discharge")]["season_net_cny"]
    # June at the other prices: 30 x (4,500 x 0.4155 - 5,000 x 0.37395) = 0
    assert "37353.45" == counted[("jul_sep_dec_feb", "equivalent_discharge")]["energy_net_cny"]


def test_a_rule_that_lacks_a_figure_says_which_instead_of_failing(make_project: Made) -> None:
    folder = make_project("lacking")
    reasons = {row["call_counting"]: row["reason"] for row in comparison(folder, "2025-06")}
    assert "" == reasons["equivalent_discharge"] == reasons["full_power_hours"]
    assert "pairing_efficiency_ratio" in reasons["paired_cycles"]
    assert "event_depth_ratio" in reasons["event_depth"]
    assert "--orders" in reasons["dispatch_orders"]


def test_figures_and_orders_let_every_rule_count(make_project: Made) -> None:
    folder = make_project("whole")
    with (folder / "huchu.toml").open("a", encoding="utf-8") as stream:
        stream.write("event_depth_ratio = 0.2\npairing_efficiency_ratio = 0.9\n")
    header = "order_id,station_id,start_at,end_at,direction,energy_kwh\n"
    order = "D1,A-1,2025-06-10T20:00+08:00,2025-06-10T21:00+08:00,discharge,4500\n"
    (folder / "orders.csv").write_text(header + order, encoding="utf-8")
    rows = comparison(folder, "2025-06", orders=folder / "orders.csv", out=None)
    calls = {row["call_counting"]: row["calls_counted"] for row in rows if row["season_calendar"] == "jun_sep_dec_feb"}
    # 5,000 x 0.9 = 4,500 kWh a day; each evening's 4,500 kWh is deep enough at 0.2 x 20,000; one order for 4,500 kWh
    assert {
        "equivalent_discharge": "6.7500",
        "full_power_hours": "6.7500",
        "paired_cycles": "6.7500",
        "event_depth": "30.0000",
        "dispatch_orders": "1.0000",
    } == calls


def test_a_comparison_is_written_and_printed(make_project: Made, huchu: Any) -> None:
    folder = make_project("told", ids=("A-1", "B-2"))
    asked = ("calls", "meter.csv", "--compare", "--month", "2025-06")
    assert 2 == huchu(*asked, cwd=folder).code
    shown = huchu(*asked, "--only", "B-2", "--out", "compared", cwd=folder, LANG="en_US.UTF-8")
    assert 0 == shown.code
    assert "not counted: dispatch_orders" in shown.out
    rows = table(folder / "compared" / "calls_comparison.csv")
    assert list(COMPARED) == list(rows[0])
    # six calendars of the document, five rules each
    assert 30 == len(rows)


def test_months_of_the_year_that_are_not_given_are_missing(make_project: Made) -> None:
    folder = make_project("july", months=(7,))
    rows = {row["season_calendar"]: row for row in comparison(folder, "2025-07") if not row["reason"]}
    assert ("2025-06", "incomplete") == tuple(rows["jun_sep_dec_feb"][name] for name in ("months_missing", "standing"))
    assert ("", "behind") == tuple(rows["jul_sep_dec_jan"][name] for name in ("months_missing", "standing"))


def test_the_users_own_season_stands_beside_those_of_the_documents(make_project: Made) -> None:
    folder = make_project("own")
    text = (folder / "huchu.toml").read_text(encoding="utf-8")
    ranges = 'season_calendar = "own"\nseason_ranges = [["06-11", "06-20"]]'
    (folder / "huchu.toml").write_text(text.replace('season_calendar = "jun_sep_dec_feb"', ranges), encoding="utf-8")
    own = [row for row in comparison(folder, "2025-06") if row["season_calendar"] == "own" and not row["reason"]]
    # ten days of 4,500 / 20,000 kWh
    assert ["2.2500", "2.2500"] == [row["calls_counted"] for row in own]


@pytest.mark.parametrize(
    ("market_from", "do"),
    [
        ("2025-07-31", "ask for --month 2025-06"),
        ("2025-07-01", "ask for --month 2025-06"),
        ("2025-06-30", "name months that end before 2025-06-30 with --month"),
    ],
)
def test_months_that_the_market_stage_touches_are_refused_before_anything_is_read(
    make_project: Made, market_from: str, do: str
) -> None:
    folder = make_project("market", months=(6, 7))
    (folder / "meter.csv").unlink()
    with (folder / "huchu.toml").open("a", encoding="utf-8") as stream:
        stream.write(f'market_from = "{market_from}"\nmarket_settlement = "real_time"\n')
    with pytest.raises(UsageError) as refused:
        comparison(folder, "2025-06..2025-07")
    assert "covers the regulated stage only" in refused.value.what.en
    assert f"market_from = {market_from} in huchu.toml" == refused.value.found.en
    assert do == refused.value.do.en


def test_months_before_the_market_stage_are_compared(make_project: Made) -> None:
    folder = make_project("before")
    with (folder / "huchu.toml").open("a", encoding="utf-8") as stream:
        stream.write('market_from = "2025-07-01"\nmarket_settlement = "real_time"\n')
    counted = {row["season_calendar"]: row for row in comparison(folder, "2025-06") if not row["reason"]}
    # 30 days of 4,500 / 20,000 kWh
    assert "6.7500" == counted["jun_sep_dec_feb"]["calls_counted"]
