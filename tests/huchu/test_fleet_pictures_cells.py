"""What a fleet's pictures are made of: cells of the heat map, the order of calls, texts cut to their room."""

from dataclasses import replace
from datetime import datetime

import numpy as np

from huchu.plots.fleet_calls import lowest_first
from huchu.plots.fleet_heat_map import fleet_cells
from huchu.plots.fleet_load import days_of
from huchu.plots.fleet_page import amount_told, lines_of, share_told, short_name
from huchu.plots.fleet_picture import FleetCalls, FleetPicture
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.timegrid import ZONE


def fleet(stations: int, steps: int, minutes: int = 60, first: str = "2025-07-01") -> FleetPicture:
    """Stations of 10 MW at rest."""
    return FleetPicture(
        objective="market_revenue",
        certificate=Words("无", "none"),
        first_at=datetime.fromisoformat(first).replace(tzinfo=ZONE),
        minutes=minutes,
        station_ids=tuple(f"S{number:03d}" for number in range(stations)),
        rated_mw=np.full(stations, 10.0),
        energy_mwh=20.0 * stations,
        net_mw=np.zeros((stations, steps), dtype=np.float32),
        calls=FleetCalls(done=np.zeros(stations)),
    )


def test_quarters_become_the_mean_of_their_hour_as_a_part_of_the_power() -> None:
    known = fleet(1, 96, 15)
    net = known.net_mw.copy()
    net[0, 4:8] = (10.0, 5.0, 0.0, -5.0)
    cells = fleet_cells(replace(known, net_mw=net))
    # 2.5 of 10 MW on average in the hour from 01:00
    assert (1, 24) == cells.over_horizon.shape
    assert 0.25 == cells.over_horizon[0, 1]
    assert 1 == np.count_nonzero(cells.over_horizon)


def test_hours_before_the_first_step_and_after_the_last_are_empty() -> None:
    cells = fleet_cells(fleet(1, 12, 60, "2025-07-01T18:00"))
    # two days of 24 cells: 18 empty, 12 of the horizon, 18 empty
    assert [18, 12, 18] == [
        int(np.isnan(cells.over_horizon[0, :18]).sum()),
        int((~np.isnan(cells.over_horizon[0, 18:30])).sum()),
        int(np.isnan(cells.over_horizon[0, 30:]).sum()),
    ]
    # no step from 06:00 to 18:00 on either day
    assert list(range(6, 18)) == np.flatnonzero(np.isnan(cells.mean_day[0])).tolist()


def test_the_mean_day_is_the_mean_of_each_hour_over_days() -> None:
    known = fleet(1, 48)
    net = known.net_mw.copy()
    net[0, [19, 43]] = (10.0, 5.0)
    assert 0.75 == fleet_cells(replace(known, net_mw=net)).mean_day[0, 19]


def test_a_long_horizon_has_the_hours_of_discharge_of_each_day() -> None:
    known = fleet(1, 32 * 96, 15)
    net = known.net_mw.copy()
    net[0, :6] = (10.0, 10.0, 5.0, -10.0, -10.0, -10.0)
    cells = fleet_cells(replace(known, net_mw=net))
    assert cells.is_by_day
    assert (1, 32) == cells.over_horizon.shape
    # two quarters at full and one at half power: 0.25 + 0.25 + 0.125 h; charging is not set off
    assert 0.625 == cells.over_horizon[0, 0]


def test_rows_go_by_zone_and_then_by_id() -> None:
    known = replace(fleet(4, 24), zones=("b", "a", "b", "a"), station_ids=("D", "C", "A", "B"))
    assert [3, 1, 2, 0] == fleet_cells(known).order.tolist()


def test_a_station_without_power_has_a_row_of_zeros() -> None:
    cells = fleet_cells(replace(fleet(2, 24), rated_mw=np.array([0.0, 10.0]), net_mw=np.ones((2, 24))))
    assert [0.0, 0.1] == cells.over_horizon[:, 0].tolist()


def test_so_many_stations_that_a_row_were_a_dot_share_rows() -> None:
    known = fleet(301, 24)
    net = known.net_mw.copy()
    net[0] = 10.0
    cells = fleet_cells(replace(known, net_mw=net))
    # two stations a row: 151 rows, the first the mean of full power and none, the last one station alone
    assert (2, (151, 24)) == (cells.stations_a_row, cells.over_horizon.shape)
    assert [0.5, 0.0] == cells.over_horizon[[0, 150], 0].tolist()


def test_days_of_a_fleet_begin_at_midnight() -> None:
    days = days_of(fleet(1, 5, 60, "2025-07-01T22:00"))
    assert [0, 2] == days.first_steps.tolist()
    # 1 July 2025 is day 20,270 since 1970-01-01
    assert np.allclose([20270 + 22 / 24, 20271.0, 20271 + 3 / 24], days.edges, rtol=0, atol=1e-9)


def test_the_lowest_share_comes_first_and_stations_of_whom_nothing_is_asked_last() -> None:
    calls = FleetCalls(done=np.array([9.0, 5.0, 8.0, 1.0]), asked=np.array([10.0, 10.0, 4.0, 0.0]))
    assert [1, 0, 2, 3] == lowest_first(calls).tolist()
    assert [0.9, 0.5, 2.0] == calls.shares[:3].tolist()
    assert np.isnan(calls.shares[3])


def test_equal_shares_are_ordered_by_calls() -> None:
    assert [2, 0, 1] == lowest_first(FleetCalls(done=np.array([2.0, 3.0, 1.0]))).tolist()


def test_a_text_is_broken_at_words_and_its_end_is_marked_where_it_is_cut() -> None:
    # a Latin letter is 6 tenths, one character is kept for the mark: 70 - 10 = 60 tenths are ten letters
    assert ["one two", "three four"] == list(lines_of("one two three four", 70, 2))
    assert ["one two", "three four…"] == list(lines_of("one two three four five", 70, 2))
    assert ["一二三", "四五六…"] == list(lines_of("一二三四五六七", 40, 2))


def test_of_a_long_name_head_and_tail_are_kept() -> None:
    assert "SH-001" == short_name("SH-001", 38)
    # 60 tenths: 10 for the mark, a third of the other 50 is two capitals of 7, the 36 left are N and four narrow signs
    assert "SH…N-001" == short_name("SH-STATION-001", 60)


def test_a_large_amount_has_no_decimal_and_a_part_of_nothing_no_share() -> None:
    assert ("99,999.9", "100,000") == (amount_told(99_999.9), amount_told(100_000.0))
    assert ("25.00%", "—", "—") == (share_told(1, 4), share_told(1, 0), share_told(1, -4))
