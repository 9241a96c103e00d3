"""Pictures of schedules: what they show, and that nothing on the page collides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from dispatch.horizon import Horizon
from dispatch.outcome import Outcome, Rung, Status
from dispatch.schedules import Schedule
from dispatch.station.steps import station_steps
from dispatch.task import Objective, StepPrices, Task
from huchu.plots import strokes
from huchu.plots.days import days_of, fullest_week
from huchu.plots.heat_map import days_by_panel, draw_heat_map, heat_map_png
from huchu.plots.page import png_of
from huchu.plots.picture import SchedulePicture, schedule_picture
from huchu.plots.schedule import draw_schedule, schedule_png
from huchu.plots.time_axis import mark_time, time_marks
from tariffs.stations import Outage, OutageCause, Station
from tariffs.vocabulary.timegrid import ZONE, physical

EPOCH_DAY = date(1970, 1, 1)
PAGE = (1753, 1240)
"""A4 landscape, 11.69 x 8.27 inches of 150 dots, the part of a dot cut off."""


def picture(days: float, minutes: int = 60, first: str = "2025-06-01", **changes: Any) -> SchedulePicture:
    """100 MW for two hours in at 03:00 and out at 19:00 every day, prices that move with the hour."""
    count = round(days * 24 * 60) // minutes
    first_at = datetime.fromisoformat(first).replace(tzinfo=ZONE)
    starts = [first_at + timedelta(minutes=minutes * number) for number in range(count)]
    hours = np.array([start.hour for start in starts])
    charge_mw = np.where((hours >= 3) & (hours < 5), 100.0, 0.0)
    discharge_mw = np.where((hours >= 19) & (hours < 21), 88.36, 0.0)
    stored_mwh = np.clip(np.cumsum(charge_mw * 0.94 - discharge_mw / 0.94) * minutes / 60, 0, 220)
    limit_mw = np.full(count, 100.0)
    known = SchedulePicture(
        station_id="SH-LG-01",
        station_name="临港一号储能电站",
        first_at=first_at,
        minutes=minutes,
        charge_price_cny_per_mwh=200.0 + 10.0 * hours,
        discharge_price_cny_per_mwh=200.0 + 10.0 * hours,
        charge_mw=charge_mw,
        discharge_mw=discharge_mw,
        charge_limit_mw=limit_mw,
        discharge_limit_mw=limit_mw,
        stored_mwh=stored_mwh,
        min_stored_mwh=np.zeros(count),
        max_stored_mwh=np.full(count, 200 / 0.94),
        initial_stored_mwh=0.0,
        in_season=np.array([start.month in (7, 8, 12, 1) for start in starts], dtype=np.bool_),
        out_of_service=np.zeros(count, dtype=np.bool_),
        objective_cny=1234567.891,
        calls=12.5,
        rung="program",
    )
    return replace(known, **changes)


def with_outage(known: SchedulePicture) -> SchedulePicture:
    out = np.arange(known.count) % 50 < 9
    limit_mw = np.where(out, 0.0, 100.0)
    return replace(known, out_of_service=out, charge_limit_mw=limit_mw, discharge_limit_mw=limit_mw)


def with_two_prices(known: SchedulePicture) -> SchedulePicture:
    low, high = np.full(known.count, 207.77), np.full(known.count, 498.64)
    return replace(known, charge_price_cny_per_mwh=low, discharge_price_cny_per_mwh=high)


def with_low_prices(known: SchedulePicture) -> SchedulePicture:
    low = known.charge_price_cny_per_mwh - 15_000.0
    return replace(known, charge_price_cny_per_mwh=low, discharge_price_cny_per_mwh=low)


CASES = {
    "one day of quarters": lambda: picture(1, 15),
    "six hours of five minutes": lambda: picture(0.25, 5, "2025-06-30T21:00"),
    "two weeks with an outage": lambda: with_outage(picture(14, 15, "2025-06-24")),
    "a month below zero": lambda: with_low_prices(picture(31, 60, "2025-12-01")),
    "a year of two prices with outages": lambda: with_outage(with_two_prices(picture(365, 15, "2025-06-15"))),
    "three years": lambda: picture(3 * 365, 60, "2025-01-01", objective_cny=-98765432109.87),
    "a step at rest": lambda: picture(5 / 1440, 5, charge_limit_mw=np.zeros(1), discharge_limit_mw=np.zeros(1)),
    "a long name": lambda: picture(
        60, station_name="电" * 24 + "…", station_id="S" * 64, rung="windows", objective_cny=-98765432109.87
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> SchedulePicture:
    made: SchedulePicture = CASES[request.param]()
    return made


@pytest.mark.parametrize("draw", [schedule_png, heat_map_png])
def test_no_texts_collide_and_none_leaves_the_page(
    case: SchedulePicture,
    draw: Callable[[SchedulePicture], bytes],
    texts_written: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # a glyph that is missing is a warning, and so an error here; a font that is missing is a record
    assert b"\x89PNG" == draw(case)[:4]
    assert {"临", "目"} & {box[0][0] for box in texts_written.boxes} or case.station_name[0] == "电"
    assert [] == texts_written.faults(PAGE)
    assert [] == caplog.messages


@pytest.mark.parametrize("draw", [schedule_png, heat_map_png])
def test_a_page_is_a4_landscape_of_150_dots_an_inch(draw: Callable[[SchedulePicture], bytes]) -> None:
    png = draw(picture(2))
    assert PAGE == (int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))
    dots_per_metre = int.from_bytes(png[png.index(b"pHYs") + 4 :][:4])
    assert 5906 == dots_per_metre  # 150 / 0.0254 = 5905.5


@pytest.mark.parametrize("draw", [schedule_png, heat_map_png])
def test_the_same_schedule_gives_the_same_bytes_whatever_the_users_own_settings(
    draw: Callable[[SchedulePicture], bytes],
) -> None:
    plain = draw(picture(3))
    assert b"Software" not in plain
    own: dict[Any, Any] = {"axes.facecolor": "#ff0000", "font.size": 30.0, "lines.linewidth": 9.0}
    with matplotlib.rc_context(own):
        assert plain == draw(picture(3))
        assert own == {name: matplotlib.rcParams[name] for name in own}


def test_the_season_is_named_once_and_an_outage_where_there_is_one() -> None:
    told = legends(draw_schedule, with_outage(picture(365)))
    assert 1 == told.count("迎峰日 peak-season day")
    assert 2 == told.count("停运或受限 outage")
    quiet = legends(draw_schedule, picture(10, first="2025-04-01"))
    assert not {"迎峰日 peak-season day", "停运或受限 outage"} & set(quiet)


def test_two_prices_have_two_names_and_one_price_has_none() -> None:
    assert {"充电价 charging", "放电价 discharging"} <= set(legends(draw_schedule, with_two_prices(picture(2))))
    assert not [name for name in legends(draw_schedule, picture(2)) if "价" in name]


def test_a_heat_map_names_what_lies_outside_the_horizon_only_where_something_does() -> None:
    assert "时段外 outside the horizon" in legends(draw_heat_map, picture(40, first="2025-04-20"))
    assert "时段外 outside the horizon" not in legends(draw_heat_map, picture(30, first="2025-04-01"))


def legends(draw: Callable[[Figure, SchedulePicture], None], known: SchedulePicture) -> list[str]:
    """The texts of all legends of a page."""
    figure = Figure()
    draw(figure, known)
    found = [legend for legend in (*figure.legends, *(axes.get_legend() for axes in figure.axes)) if legend is not None]
    return [text.get_text() for legend in found for text in legend.get_texts()]


@pytest.mark.parametrize("first", [20240.0, 20118.0 + 7 / 24])
@pytest.mark.parametrize(
    "lengths",
    [(0.004, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 8, 9), (12, 19, 20, 31, 46, 60, 75, 200, 366, 459, 500, 7300)],
)
def test_the_labels_of_a_time_axis_stand_apart(first: float, lengths: tuple[float, ...], texts_written: Any) -> None:
    def draw(figure: Figure) -> None:
        for number, days in enumerate(lengths):
            axes = figure.add_axes((0.065, (number + 0.9) / len(lengths), 0.915, 0.001), yticks=[])
            mark_time(axes, first, first + days, labelled=True)

    png_of(draw)
    assert len(lengths) <= len(texts_written.boxes)
    assert [] == texts_written.faults(PAGE)


@pytest.mark.parametrize("days", [0.02, 0.1, 0.4, 1, 4.5, 9, 19, 46, 60, 460, 4 * 366, 20 * 366])
def test_a_time_axis_has_a_few_labels(days: float) -> None:
    assert 1 <= len(time_marks(20240.0, 20240.0 + days).labels) <= 21


def test_a_day_is_labelled_every_two_hours_and_its_midnights_with_the_date() -> None:
    marks = time_marks(20240.0, 20241.0)  # 2025-06-01, 20,240 days after 1970-01-01
    assert 13 == len(marks.lines)
    assert ["00:00\n06-01", "02:00", "04:00"] == [text for _, text in marks.labels[:3]]
    assert (20241.0, "00:00\n06-02") == marks.labels[-1]


def test_a_single_step_is_labelled_at_both_ends() -> None:
    first = 20240.0 + 5 / 1440
    assert ["00:05", "00:10"] == [text for _, text in time_marks(first, first + 5 / 1440).labels]


def test_a_week_is_labelled_in_the_middle_of_its_days() -> None:
    marks = time_marks(20240.0, 20247.0)
    assert tuple(20240.0 + number for number in range(8)) == marks.lines
    assert (20240.5, "06-01 周日 Sun") == marks.labels[0]
    assert 7 == len(marks.labels)


def test_a_month_of_which_little_is_seen_goes_without_a_label() -> None:
    first, until = days_since_1970(date(2025, 6, 20)), days_since_1970(date(2025, 9, 16))
    marks = time_marks(first, until)
    assert ["2025-07", "2025-08", "2025-09"] == [text for _, text in marks.labels]
    # 1 to 16 September: the label stands at the 8.5th
    assert days_since_1970(date(2025, 9, 1)) + 7.5 == marks.labels[-1][0]


def days_since_1970(day: date) -> float:
    return float((day - EPOCH_DAY).days)


def test_a_step_line_turns_only_where_the_figure_does() -> None:
    axes = Figure().add_subplot()
    strokes.draw_steps(axes, np.arange(5.0), np.array([1.0, 1.0, 3.0, 2.0]), "black")
    drawn = axes.lines[0]
    assert isinstance(drawn, Line2D)
    expected = [[0, 1], [2, 1], [2, 3], [3, 3], [3, 2], [4, 2]]
    assert expected == np.asarray(drawn.get_xydata()).tolist()


def test_runs_are_told_by_start_and_width() -> None:
    marked = np.array([True, False, True, True])
    assert [(0.0, 0.5), (1.0, 1.5)] == strokes.runs(marked, np.array([0.0, 0.5, 1.0, 2.0, 2.5]))
    assert [] == strokes.runs(np.zeros(4, dtype=np.bool_), np.arange(5.0))


def test_days_begin_at_local_midnight_and_add_up_their_steps() -> None:
    # from 21:00 on: three hours of 1, a whole day of 2, one hour of 3
    known = picture(28 / 24, first="2025-06-01T21:00")
    days = days_of(known)
    assert [0, 3, 27] == days.first_steps.tolist()
    by_step = np.array([1.0] * 3 + [2.0] * 24 + [3.0])
    assert [3.0, 48.0, 3.0] == days.total(by_step).tolist()
    assert [1.0, 2.0, 3.0] == days.mean(by_step).tolist()
    assert [20240.875, 20241.0, 20242.0] == days.edges[:3].tolist()


def test_the_fullest_week_is_the_first_of_those_with_the_most_discharge() -> None:
    known = picture(30)
    assert (0, 168) == fullest_week(known, days_of(known))
    more = known.discharge_mw.copy()
    more[24 * 10 + 12] = 1.0  # the 11th day: the first week that holds it begins on the 5th
    better = replace(known, discharge_mw=more)
    assert (24 * 4, 24 * 11) == fullest_week(better, days_of(better))


def test_a_cut_picture_starts_with_what_was_stored_then() -> None:
    known = picture(2)
    part = known.cut(5, 30)
    assert (25, known.stored_mwh[4], "2025-06-01T05:00:00+08:00") == (
        part.count,
        part.initial_stored_mwh,
        part.first_at.isoformat(),
    )
    assert known.edges[5] == part.edges[0]


def test_a_heat_map_has_a_panel_a_month_and_holds_each_power_at_its_day_and_hour() -> None:
    panels = days_by_panel(picture(40, first="2025-06-20T06:00"))
    assert [date(2025, 6, 1), date(2025, 7, 1)] == [panel.days[0] for panel in panels]
    june, july = panels
    assert ((24, 30), (24, 31)) == (june.net_mw.shape, july.net_mw.shape)
    assert np.isnan(june.net_mw[:, :19]).all()
    assert (True, False) == (bool(np.isnan(june.net_mw[5, 19])), bool(np.isnan(june.net_mw[6, 19])))
    assert (-100.0, 88.36, 0.0) == (july.net_mw[3, 0], july.net_mw[19, 28], july.net_mw[12, 5])
    assert (0, 30) == (int(june.season_days.sum()), int(july.season_days.sum()))


def test_few_days_stand_in_one_panel_though_the_month_ends_between_them() -> None:
    (panel,) = days_by_panel(picture(10, 15, "2025-06-25"))
    assert (date(2025, 6, 25), date(2025, 7, 4), (96, 10)) == (panel.days[0], panel.days[-1], panel.net_mw.shape)
    assert [False] * 6 + [True] * 4 == panel.season_days.tolist()


def solved(station: Station) -> tuple[Task, Schedule, Outcome]:
    """Two hours of nothing for a station, from 2025-06-01 on in steps of 15 minutes."""
    horizon = Horizon(first_ms=physical(date(2025, 6, 1)), minutes=15, count=8)
    nothing = np.zeros(8)
    whole = np.zeros(8, dtype=np.int64)
    task = Task(
        station=station_steps(station, horizon),
        prices=StepPrices(charge_e6=whole + 207_765, discharge_e6=whole + 415_530),
        in_season=np.ones(8, dtype=np.bool_),
        blocks=(),
        objective=Objective(name="none", revenue=lambda *_: 0, needs=(), terms=None),
    )
    schedule = Schedule(
        station_id=station.id, horizon=horizon, charge_kwh_e4=whole, discharge_kwh_e4=whole, stored_mwh=nothing
    )
    outcome = Outcome(
        rung=Rung.LP,
        charge_mw=nothing,
        discharge_mw=nothing,
        objective_cny=1.5,
        best_bound_cny=1.5,
        status=Status.OPTIMAL,
        solver="none",
        build_s=0.0,
        solve_s=0.0,
    )
    return task, schedule, outcome


def station(**changes: Any) -> Station:
    known: dict[str, Any] = {
        "id": "A-1",
        "name": "站",
        "power_mw": Decimal(100),
        "energy_mwh": Decimal(200),
        "charge_power_mw": Decimal(100),
        "round_trip_efficiency": Decimal("0.81"),
        "grid_connected_on": date(2025, 1, 1),
    }
    return Station(**{**known, **changes})


def test_a_picture_has_prices_by_mwh_and_marks_every_step_that_an_outage_touches() -> None:
    outage = Outage(
        from_at=datetime(2025, 6, 1, 0, 20),  # noqa: DTZ001 a time without an offset is Shanghai's
        until_at=datetime(2025, 6, 1, 0, 45),  # noqa: DTZ001
        power_available_mw=Decimal(0),
        cause=OutageCause.GRID,
    )
    shut = station(outage=(outage,))
    shown = schedule_picture(shut, *solved(shut), 2.0)
    assert (207.765, 415.53) == (shown.charge_price_cny_per_mwh[0], shown.discharge_price_cny_per_mwh[0])
    assert [False, True, True, False] == shown.out_of_service[:4].tolist()
    assert ("lp", 1.5, 2.0, "2025-06-01T00:00:00+08:00") == (
        shown.rung,
        shown.objective_cny,
        shown.calls,
        shown.first_at.isoformat(),
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("临港$1^{号}", "临港$1^{号}"),
        ("\U00020bb7\u202e站", "〓〓站"),
        ("站" * 24, "站" * 24),
        ("站" * 25, "站" * 24 + "…"),
        ("A" * 200, "A" * 40 + "…"),
    ],
)
def test_a_name_is_shown_as_far_as_fonts_and_page_can(name: str, shown: str) -> None:
    named = station(name=name)
    assert shown == schedule_picture(named, *solved(named), 0.0).station_name


def test_a_name_is_no_formula(texts_written: Any) -> None:
    schedule_png(picture(1, station_name="$x^2$ 站"))
    assert "$x^2$ 站" in [box[0] for box in texts_written.boxes]
