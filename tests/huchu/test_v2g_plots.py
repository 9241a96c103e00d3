"""Pages of charging sessions: what they show, and that nothing on them collides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from huchu.plots.envelope import draw_envelope, envelope_png
from huchu.plots.envelope_picture import EnvelopePicture, SessionsPicture
from huchu.plots.envelope_sessions import draw_sessions, sessions_png
from tariffs.vocabulary.timegrid import ZONE

PAGE = (1753, 1240)
TOLD = (
    ("车次 sessions", "123,456 · 1,234,567.8 kWh"),
    ("最高功率：无序 → 计划 peak", "12,345.6 → 10,234.5 kW"),
    ("电费：无序 → 计划 cost", "1234567.89 → -103456.89 元"),
    ("包络 envelope", "内含 inner"),
    ("离开时不足 leave short", "12,345"),
)


def picture(
    days: int, first: str = "2025-06-01", arrival_h: int = 8, *, price: bool = False, load: bool = False
) -> Any:
    """Every day ten cars of 7 kW for eight hours, each asking for 14 kWh, which the plan spreads over the stay."""
    hours = np.arange(24 * days)
    since = (hours - arrival_h) % 24
    there = (since < 8) & (hours >= arrival_h)
    alone_kw = np.where(there & (since < 2), 70.0, 0.0)
    plan_kw = np.where(there, 17.5, 0.0)
    late_kw = np.where(there & (since >= 6), 70.0, 0.0)
    totals = [np.concatenate(([0.0], np.cumsum(power))) for power in (late_kw, alone_kw, plan_kw)]
    return EnvelopePicture(
        first_at=datetime.fromisoformat(first).replace(tzinfo=ZONE),
        minutes=60,
        power_min_kw=np.zeros(24 * days),
        power_max_kw=np.where(there, 70.0, 0.0),
        energy_min_kwh=totals[0],
        energy_max_kwh=totals[1],
        plan_kw=plan_kw,
        plan_kwh=totals[2],
        uncontrolled_kw=alone_kw,
        uncontrolled_kwh=totals[1],
        price_cny_per_mwh=300.0 + 10.0 * (hours % 24) if price else None,
        load_kw=100.0 + hours % 24 if load else None,
        told=TOLD,
    )


def cars(count: int, *, short: bool = False, discharging: bool = False) -> SessionsPicture:
    """So many cars from 08:00 to 16:00 of one day, each charging in its second hour."""
    power_kw = np.zeros((count, 24))
    power_kw[:, 9] = 7.0
    if discharging:
        power_kw[:, 12] = -3.0
    return SessionsPicture(
        first_at=datetime(2025, 6, 1, tzinfo=ZONE),
        edges=20240.0 + np.arange(25) / 24,
        session_ids=tuple(f"{'S' * 40}-{number}" for number in range(count)),
        arrivals=np.full(count, 20240.0 + 8 / 24),
        departures=np.full(count, 20240.0 + 16 / 24),
        power_kw=power_kw,
        short=np.full(count, short),
        not_shown=7,
        told=TOLD,
    )


PAGES: dict[str, Callable[[], bytes]] = {
    "one day": lambda: envelope_png(picture(1)),
    "four days of prices": lambda: envelope_png(picture(4, price=True)),
    "a fortnight of load": lambda: envelope_png(picture(14, load=True)),
    "four months of prices": lambda: envelope_png(picture(123, price=True)),
    "one car": lambda: sessions_png(cars(1)),
    "48 cars with names": lambda: sessions_png(cars(48, short=True, discharging=True)),
    "120 cars": lambda: sessions_png(cars(120)),
}


@pytest.mark.parametrize("page", PAGES)
def test_no_texts_collide_and_none_leaves_the_page(
    page: str, texts_written: Any, caplog: pytest.LogCaptureFixture
) -> None:
    # a glyph that is missing is a warning, and so an error here; a font that is missing is a record
    assert b"\x89PNG" == PAGES[page]()[:4]
    assert ([], []) == (texts_written.faults(PAGE), caplog.messages)


def panels(known: EnvelopePicture) -> int:
    figure = Figure()
    draw_envelope(figure, known)
    return len(figure.axes)


def test_a_few_days_are_drawn_step_by_step_and_a_month_also_by_day() -> None:
    assert (2, 3) == (panels(picture(5)), panels(picture(6)))


def test_prices_or_a_load_have_a_panel_of_their_own() -> None:
    assert (3, 3, 4) == (
        panels(picture(2, price=True)),
        panels(picture(2, load=True)),
        panels(picture(30, price=True, load=True)),
    )


def test_the_busiest_days_begin_when_fewest_cars_are_there() -> None:
    """Cars from 20:00 to 04:00: the empty hours are 04 to 19, and a day begins at midnight only if that is one."""
    by_night = picture(10, arrival_h=20)
    first, until = by_night.busiest(1)
    assert 24 == until - first
    assert 4 <= first % 24 < 20
    assert 0 == picture(10).busiest(1)[0] % 24


def test_the_day_with_most_charging_is_the_busiest() -> None:
    known = picture(10)
    known.uncontrolled_kwh[24 * 6 + 12 :] += 5.0
    assert (24 * 6, 24 * 7) == known.busiest(1)


def test_all_steps_are_shown_where_there_are_no_more_days() -> None:
    assert (0, 48) == picture(2).busiest(3)


def test_energies_of_a_part_count_from_what_the_plan_had() -> None:
    """By the second midnight the plan has 140 kWh of the first day, and so have the bounds."""
    part = picture(3).between(24, 48)
    assert (0.0, 0.0, 0.0) == (part.plan_kwh[0], part.energy_min_kwh[0], part.uncontrolled_kwh[0])
    assert 140.0 == part.plan_kwh[-1]
    assert datetime(2025, 6, 2, tzinfo=ZONE) == part.first_at


def names(known: SessionsPicture) -> list[str]:
    figure = Figure()
    draw_sessions(figure, known)
    legend = figure.axes[0].get_legend()
    assert legend is not None
    return [text.get_text() for text in legend.get_texts()]


def test_discharging_and_cars_that_leave_short_are_named_only_where_there_are_any() -> None:
    assert ["停放 parked", "充电 charging"] == names(cars(3))
    assert {"放电 discharging", "离开时不足 leaves short"} <= set(names(cars(3, short=True, discharging=True)))


def test_cars_are_named_until_there_are_too_many() -> None:
    def labels(count: int) -> int:
        figure = Figure()
        draw_sessions(figure, cars(count))
        return len(figure.axes[0].get_yticklabels())

    assert (48, 0) == (labels(48), labels(49))
