"""Pictures of a fleet: what they show, and that nothing on the page collides."""

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from huchu.plots import job
from huchu.plots.fleet_calls import draw_fleet_calls, fleet_calls_png
from huchu.plots.fleet_heat_map import draw_fleet_heat_map, fleet_heat_map_png
from huchu.plots.fleet_load import draw_fleet, fleet_png
from huchu.plots.fleet_picture import FleetCalls, FleetLoad, FleetPicture, FleetWind, printable_picture
from huchu.plots.job import Job, Kind
from huchu.plots.painter import FLEET_KINDS
from settlement.export.fonts import BOLD, REGULAR
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.timegrid import ZONE

PAGE = (1753, 1240)
"""A4 landscape, 11.69 x 8.27 inches of 150 dots, the part of a dot cut off."""
DRAW: dict[Kind, Callable[[FleetPicture], bytes]] = {
    "fleet": fleet_png,
    "fleet_heat_map": fleet_heat_map_png,
    "fleet_calls": fleet_calls_png,
}
SHORT = Words("已证最优", "proven optimal")
LONG = Words("已证：各日之间能充满，" * 30, "proven: the stores are full again between any two days; " * 30)


def fleet(stations: int, steps: int, minutes: int = 60, first: str = "2025-07-01", **changes: Any) -> FleetPicture:
    """Stations of 10 MW and 20 MWh each; every day they charge from 02:00 to 04:00 and discharge from 18:00 to 20:00."""
    first_at = datetime.fromisoformat(first).replace(tzinfo=ZONE)
    hours = (first_at.hour + np.arange(steps) * minutes // 60) % 24
    one = np.select([(hours >= 18) & (hours < 20), (hours >= 2) & (hours < 4)], [10.0, -10.0], 0.0)
    discharged_mwh = float(np.clip(one, 0, None).sum()) * minutes / 60
    known = FleetPicture(
        objective="market_revenue",
        certificate=SHORT,
        first_at=first_at,
        minutes=minutes,
        station_ids=tuple(f"SH-{number:03d}" for number in range(1, stations + 1)),
        rated_mw=np.full(stations, 10.0),
        energy_mwh=20.0 * stations,
        net_mw=np.tile(one, (stations, 1)).astype(np.float32),
        calls=FleetCalls(done=np.full(stations, discharged_mwh / 20)),
    )
    return replace(known, **changes)


def with_load(known: FleetPicture, base_mw: float = 1000.0) -> FleetPicture:
    """A load that rises by 1 % of its base an hour and begins anew each day."""
    hours = (known.first_at.hour + np.arange(known.count) * known.minutes // 60) % 24
    before = base_mw + abs(base_mw) * hours / 100
    after = before - known.fleet_mw
    load = FleetLoad(before_mw=before, after_mw=after, proven_peak_mw=np.full(known.count, after.max() - 1))
    return replace(known, objective="peak_shaving", load=load)


def with_wind(known: FleetPicture) -> FleetPicture:
    """Wind that is 30 MW in even hours and 10 in odd ones, 20 MW promised: with nothing stored 10 MW are lost each hour."""
    hours = np.arange(known.count) * known.minutes // 60
    wind, promised = np.where(hours % 2 == 0, 30.0, 10.0), np.full(known.count, 20.0)
    lost = FleetWind(
        wind_mw=wind,
        promised_mw=promised,
        delivered_mw=np.minimum(wind, promised),
        curtailed_mw=np.clip(wind - promised, 0, None),
        shortfall_mw=np.clip(promised - wind, 0, None),
    )
    return replace(known, objective="wind_following", wind=lost)


def with_calls(known: FleetPicture, asked: float = 2.0) -> FleetPicture:
    """Stations that do 1, 2, 3... hundredths of what is asked more than half of it."""
    count = len(known.station_ids)
    done = asked * (0.5 + np.arange(1, count + 1) / 100)
    return replace(known, calls=FleetCalls(done=done, asked=np.full(count, asked), of_year=210.0))


def with_zones(known: FleetPicture, names: tuple[str, ...]) -> FleetPicture:
    zones = tuple(names[number % len(names)] for number in range(len(known.station_ids)))
    return replace(known, zones=zones)


def with_long_names(known: FleetPicture) -> FleetPicture:
    ids = tuple(f"{'W' * 60}-{number:03d}" for number in range(len(known.station_ids)))
    return with_zones(replace(known, station_ids=ids, certificate=LONG), ("区" * 40, "zone " * 20, "浦东"))


CASES = {
    "three stations, a day of quarters": lambda: with_zones(with_calls(with_load(fleet(3, 96, 15))), ("浦东", "崇明")),
    "fifty stations, ninety days": lambda: with_calls(with_load(fleet(50, 90 * 24), 123_456.0), 54.4),
    "two hundred stations with long names": lambda: with_long_names(with_calls(with_load(fleet(200, 72)))),
    "thirty stations of whom nothing is asked": lambda: fleet(30, 8 * 24),
    "forty stations of whom nothing is asked": lambda: fleet(40, 20 * 24),
    "wind of three days": lambda: with_wind(fleet(3, 72)),
    "wind of forty days": lambda: with_long_names(with_wind(fleet(4, 40 * 24))),
    "one station at rest for one step": lambda: with_load(
        fleet(1, 1, rated_mw=np.zeros(1), energy_mwh=0.0, calls=FleetCalls(done=np.zeros(1), asked=np.zeros(1))), 0.0
    ),
    "a negative load from evening to morning": lambda: with_load(fleet(2, 12, 60, "2025-07-01T18:00"), -500.0),
    "many stations, one without calls": lambda: replace(
        fleet(60, 24), calls=FleetCalls(done=np.arange(60.0), asked=np.r_[0.0, np.full(59, 210.0)])
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> FleetPicture:
    made: FleetPicture = CASES[request.param]()
    return made


@pytest.mark.parametrize("kind", DRAW)
def test_no_texts_of_a_fleet_collide_and_none_leaves_the_page(
    case: FleetPicture, kind: Kind, texts_written: Any, caplog: pytest.LogCaptureFixture
) -> None:
    # a glyph that is missing is a warning, and so an error here; a font that is missing is a record
    png = DRAW[kind](case)
    assert PAGE == (int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))
    assert [] == texts_written.faults(PAGE)
    assert len(texts_written.boxes) > 10
    assert [] == caplog.messages


@pytest.mark.parametrize("kind", DRAW)
def test_the_same_fleet_gives_the_same_bytes(kind: Kind) -> None:
    plain = with_calls(with_load(fleet(3, 48)))
    assert DRAW[kind](plain) == DRAW[kind](with_calls(with_load(fleet(3, 48))))


@pytest.mark.parametrize("kind", FLEET_KINDS)
def test_the_process_that_draws_gives_the_bytes_of_this_one(kind: Kind) -> None:
    picture = with_calls(with_wind(fleet(2, 24)))
    sent: Job = pickle.loads(pickle.dumps(Job(kind=kind, picture=picture, regular=REGULAR, bold=BOLD)))
    assert DRAW[kind](picture) == job.drawn(sent)


def texts(draw: Callable[[Figure, FleetPicture], None], known: FleetPicture) -> list[str]:
    """All texts of a page."""
    figure = Figure()
    draw(figure, known)
    found: list[Any] = figure.findobj(lambda each: hasattr(each, "get_text"))
    return [each.get_text() for each in found if each.get_text()]


def test_the_head_tells_the_peak_before_and_after_and_the_cut() -> None:
    # 10 stations of 10 MW discharge 100 MW from 18:00 to 20:00; the load is 1,000 MW and 10 MW more each hour:
    # before 1,230 at 23:00; after 1,230 too, as nothing is discharged then
    late = texts(draw_fleet, with_load(fleet(10, 24)))
    assert {"削前最高 peak before · 07-01 23:00", "1,230.0 MW", "0.0 MW（0.00%）", "1,229.0 MW"} <= set(late)
    # up to 20:00 alone: before 1,190 at 19:00, after 1,170 at 17:00, 20 of 1,190 is 1.68 %
    early = texts(draw_fleet, with_load(fleet(10, 20)))
    assert {"1,190.0 MW", "削后最高 peak after · 07-01 17:00", "1,170.0 MW", "20.0 MW（1.68%）"} <= set(early)
    assert {"储能 fleet · 10 站 stations", "100.0 MW · 200.0 MWh", "已证最优", "proven optimal"} <= set(early)


def test_without_a_proof_no_bound_is_drawn_or_named() -> None:
    known = with_load(fleet(2, 24))
    assert known.load is not None
    bare = texts(draw_fleet, replace(known, load=replace(known.load, proven_peak_mw=None)))
    assert "—" in bare
    assert "已证下限 proven" not in bare
    assert "已证下限 proven" in texts(draw_fleet, known)


def test_a_cut_of_a_negative_load_has_no_share() -> None:
    # a load of -500 MW that rises by 5 an hour: -410 at 18:00, less 20; -385 at 23:00 is the highest, untouched
    assert "0.0 MW（—）" in texts(draw_fleet, with_load(fleet(2, 24), -500.0))


def test_the_page_shows_the_day_of_the_highest_load() -> None:
    known = with_load(fleet(1, 72))
    assert known.load is not None
    before = known.load.before_mw.copy()
    before[30] = 5000.0  # 2 July, 06:00
    shown = texts(draw_fleet, replace(known, load=replace(known.load, before_mw=before)))
    assert {"最高负荷日 2025-07-02", "削前最高 peak before · 07-02 06:00"} <= set(shown)


def test_a_page_of_wind_tells_what_is_curtailed_and_missing() -> None:
    # 24 h: 12 of 30 MW and 12 of 10 MW are 480 MWh; 20 promised are 480; 12 x 20 + 12 x 10 = 360 delivered
    shown = texts(draw_fleet, with_wind(fleet(1, 24)))
    assert {"480 / 480", "360.0 MWh", "120.0 MWh（25.00%）"} <= set(shown)
    assert {"风电 wind", "承诺 promised", "交付 delivered", "弃电 curtailed", "缺额 shortfall"} <= set(shown)


def test_stations_that_charge_and_discharge_at_once_are_not_set_off() -> None:
    # one station gives 10 MW for 2 h while another takes them: each is told
    against = fleet(2, 24)
    against = replace(against, net_mw=against.net_mw * np.array([[1.0], [-1.0]]))
    shown = texts(draw_fleet, against)
    # 2 h of discharge and, reversed, the 2 h of charge: 40 MWh out and in
    assert 2 == shown.count("40.0 MWh")


def test_a_page_of_calls_names_the_lowest_station() -> None:
    # of 2 calls the first of three stations did 0.51 and the last 0.53 of each
    shown = texts(draw_fleet_calls, with_calls(fleet(3, 24)))
    assert {"最低 least · SH-001", "51.0%", "1.02 / 2.00 · 51.0%", "0 / 3", "每站要求 asked · 全年 a year 210"} <= set(
        shown
    )


def test_of_many_stations_the_ten_lowest_are_named() -> None:
    shown = texts(draw_fleet_calls, with_calls(fleet(60, 24)))
    assert "SH-010" in shown
    assert "SH-011" not in shown
    # 0.50 more than half: stations 50 to 60 reached what is asked
    assert "11 / 60" in shown


def test_where_nothing_is_asked_no_share_is_told() -> None:
    shown = texts(draw_fleet_calls, fleet(3, 24))
    assert "无 none" in shown
    assert "1.00" in shown  # 20 MWh of 20
    assert [] == [text for text in shown if "%" in text]


def test_a_heat_map_says_what_a_cell_is() -> None:
    assert "全时段净功率" in texts(draw_fleet_heat_map, fleet(2, 31 * 24))
    assert "每日放电时长" in texts(draw_fleet_heat_map, fleet(2, 32 * 24))


def test_characters_that_the_fonts_lack_are_marked() -> None:
    odd = replace(fleet(1, 1), certificate=Words("\u0e01", "\u0e01\u0e01"), zones=("\u0e01区",))
    marked = printable_picture(odd)
    assert (Words("〓", "〓〓"), ("〓区",)) == (marked.certificate, marked.zones)


@pytest.mark.parametrize(
    "changes",
    [
        {"station_ids": ("A",)},
        {"rated_mw": np.ones(3)},
        {"zones": ("东",)},
        {"calls": FleetCalls(done=np.ones(2), asked=np.ones(3))},
        {"load": FleetLoad(before_mw=np.ones(24), after_mw=np.ones(23))},
        {"load": FleetLoad(before_mw=np.ones(24), after_mw=np.ones(24), proven_peak_mw=np.ones(1))},
        {"net_mw": np.ones((2, 0))},
    ],
    ids=["ids", "power", "zones", "asked", "load", "proof", "no steps"],
)
def test_arrays_of_unequal_length_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="not of one length"):
        replace(fleet(2, 24), **changes)
