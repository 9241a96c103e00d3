"""Pictures of a sized project: what they show, and that nothing on a picture collides."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from huchu.plots.size_cash_flow import draw_cash_flow
from huchu.plots.size_drawn import size_png
from huchu.plots.size_map import draw_map
from huchu.plots.size_page import fitted, half_page_png, width_of
from huchu.plots.size_picture import (
    CashFlowPicture,
    DriverBar,
    FlowPart,
    LimitLine,
    MapPicture,
    ScenarioBar,
    ScenariosPicture,
    SizePicture,
    TornadoPicture,
    figure_text,
    unit_of,
)
from huchu.plots.size_scenarios import draw_scenarios
from huchu.plots.size_tornado import draw_tornado
from tariffs.vocabulary.errors import Words

SCENARIO = Words("全期市场电价", "market throughout")
LONG = Words("名称很长的情景，" * 20, "a title that is very long " * 20)


def a_map(powers: int = 12, durations: int = 11, **changes: Any) -> MapPicture:
    """NPV is 1 million a MW times duration, less 6 million a MW: nothing at six hours, and none below 20 MW."""
    power = tuple(10.0 + 190 * n / max(powers - 1, 1) for n in range(powers))
    duration = tuple(1.0 + 7 * n / max(durations - 1, 1) for n in range(durations))
    known = MapPicture(
        finding=Words(
            "200 MW / 1,600 MWh 最优：净现值 400.0 百万元", "200 MW / 1,600 MWh is best: NPV of 400.0 million CNY"
        ),
        scenario=SCENARIO,
        power_mw=power,
        duration_h=duration,
        npv_cny=tuple(tuple(None if mw < 20 else 1e6 * mw * (h - 6) for mw in power) for h in duration),
        limits=(),
        chosen_power_mw=power[-1],
        chosen_duration_h=duration[-1],
        chosen_npv_cny=1e6 * power[-1] * (duration[-1] - 6),
        chosen_text="200 MW / 1,600 MWh",
    )
    return replace(known, **changes)


def a_tornado(count: int = 10, **changes: Any) -> TornadoPicture:
    """Driver n moves an NPV of 100 million by 90 less 8 n million, down and up."""
    bars = [
        DriverBar(
            words=Words(f"假设 {n}", f"assumption {n}"),
            low=f"{n}.5 元/kWh",
            high=f"{n + 1}.5 元/kWh",
            npv_low_cny=1e8 - (90 - 8 * n) * 1e6,
            npv_high_cny=1e8 + (90 - 8 * n) * 1e6,
        )
        for n in range(count)
    ]
    known = TornadoPicture(
        finding=Words("假设 0 影响最大", "assumption 0 moves it most"),
        scenario=SCENARIO,
        npv_cny=1e8,
        drivers=tuple(bars),
    )
    return replace(known, **changes)


def a_flow(life: int = 15, yearly_cny: float = 8e7, **changes: Any) -> CashFlowPicture:
    """600 million spent, the same earned each year, nothing discounted; energy added before year 9."""
    parts = (
        FlowPart(name="margin", words=Words("购售电价差", "energy margin"), amounts_cny=(0.0, *[yearly_cny] * life)),
        FlowPart(name="tax", words=Words("所得税", "tax"), amounts_cny=(0.0, *[-1e7] * life)),
        FlowPart(name="investment", words=Words("投资", "investment"), amounts_cny=(-6e8, *[0.0] * life)),
    )
    net = (-6e8, *[yearly_cny - 1e7] * life)
    sums = tuple(sum(net[: n + 1]) for n in range(life + 1))
    back = 6e8 / (yearly_cny - 1e7)
    known = CashFlowPicture(
        finding=Words(f"{back:.1f} 年回收投资", f"paid back after {back:.1f} years"),
        scenario=SCENARIO,
        first_year=2026,
        parts=parts,
        net_cny=net,
        discounted_sum_cny=sums,
        discounted_payback_years=back if back <= life else None,
        energy_ratio=tuple(1.0 - 0.02 * (n % 9) for n in range(life)),
        added_ratio=tuple(0.16 if n == 8 else 0.0 for n in range(life)),
    )
    return replace(known, **changes)


ALL_PARTS = tuple(
    FlowPart(name=name, words=Words(zh, en), amounts_cny=(0.0, *[amount] * 15))
    for name, zh, en, amount in (
        ("margin", "购售电价差", "energy margin", -2e7),
        ("award", "放电奖励", "award", 3e7),
        ("capacity_support", "容量支持", "capacity support", 3e7),
        ("capacity_lease", "容量租赁", "lease", 2e7),
        ("residual", "残值", "residual", 1e7),
        ("running_cost", "运维成本", "running cost", -5e6),
        ("tax", "所得税", "tax", -5e6),
        ("augmentation", "扩容", "augmentation", -2e7),
        ("investment", "投资", "investment", -3e7),
    )
)


def a_bar(npv_cny: float | None, **changes: Any) -> ScenarioBar:
    known = ScenarioBar(
        title=Words("方案电价", "regulated"),
        is_base=False,
        npv_cny=npv_cny,
        irr="11.56%",
        payback="7.5",
        best="200 MW / 800 MWh",
    )
    return replace(known, **changes)


def some_scenarios(bars: tuple[ScenarioBar, ...], **changes: Any) -> ScenariosPicture:
    known = ScenariosPicture(finding=Words("净现值为正", "NPV above zero"), size_text="200 MW / 800 MWh", bars=bars)
    return replace(known, **changes)


REFUSED = a_bar(None, irr="—", payback="—", best="—", refusal=LONG)
ODD = a_bar(-1.5e8, irr="不唯一 ambiguous", payback="不回收 never", best="不建 none", title=LONG)
LIMITS = (
    LimitLine(words=Words("能量上限", "energy limit"), power_mw=(10.0, 100.0, 200.0), duration_h=(8.0, 8.0, 4.0)),
    LimitLine(words=Words("投资上限", "investment limit"), power_mw=(10.0, 200.0), duration_h=(20.0, 3.0)),
)
CASES: dict[str, Callable[[], SizePicture]] = {
    "a map with sizes that cannot be": a_map,
    "a map with two limits and a size in the middle": lambda: a_map(
        limits=LIMITS, chosen_power_mw=105.0, chosen_duration_h=4.0, scenario=LONG, finding=LONG
    ),
    "a map on which nothing can be": lambda: a_map(npv_cny=((None,) * 12,) * 11),
    "a map of losses only": lambda: a_map(
        npv_cny=tuple(tuple(-1e6 * (d + p + 1) for p in range(12)) for d in range(11))
    ),
    "a map on which all is worth the same": lambda: a_map(npv_cny=((0.0,) * 12,) * 11, chosen_npv_cny=0.0),
    "a map of small amounts": lambda: a_map(
        npv_cny=tuple(tuple(9e2 * (d - p) for p in range(12)) for d in range(11)), chosen_npv_cny=-900.0
    ),
    "a map with a size outside": lambda: a_map(chosen_power_mw=300.0, chosen_duration_h=9.0),
    "one power": lambda: a_map(powers=1, npv_cny=tuple((1e6 * n - 4e6,) for n in range(11))),
    "one duration": lambda: a_map(durations=1, npv_cny=(tuple(1e6 * n for n in range(12)),), chosen_npv_cny=1.1e7),
    "one size": lambda: a_map(powers=1, durations=1, npv_cny=((5e6,),), chosen_npv_cny=5e6),
    "ten drivers": a_tornado,
    "drivers that cannot be, and more of them": lambda: a_tornado(
        12,
        not_shown=3,
        drivers=(*a_tornado(10).drivers, replace(a_tornado(1).drivers[0], npv_low_cny=None, words=LONG)),
    ),
    "a driver that moves one way only": lambda: a_tornado(
        1, drivers=(replace(a_tornado(1).drivers[0], npv_low_cny=1.2e8, low="很长的数字 " * 9),)
    ),
    "drivers of which none can be": lambda: a_tornado(
        1, drivers=(replace(a_tornado(1).drivers[0], npv_low_cny=None, npv_high_cny=None),)
    ),
    "no driver": lambda: a_tornado(0),
    "fifteen years": a_flow,
    "sixty years": lambda: a_flow(60, scenario=LONG),
    "one year, never paid back": lambda: a_flow(1),
    "paid back in the first year": lambda: a_flow(20, 2e9),
    "all parts, energy added in each year": lambda: a_flow(parts=ALL_PARTS, added_ratio=(0.02,) * 15),
    "a store that is out of use": lambda: a_flow(energy_ratio=(1.0, *[0.0] * 14), added_ratio=(0.0,) * 15),
    "seven scenarios": lambda: some_scenarios(tuple(a_bar(1e8 * (n - 3), is_base=n == 0) for n in range(7))),
    "sixteen scenarios and more, some refused": lambda: some_scenarios(
        (ODD, REFUSED, a_bar(4e8, title=LONG)) * 5, not_shown=4
    ),
    "one scenario": lambda: some_scenarios((a_bar(0.0),)),
    "large losses only": lambda: some_scenarios((a_bar(-1.2e11), a_bar(-3e5))),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> SizePicture:
    return CASES[request.param]()


def dots(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_no_texts_of_a_picture_collide_and_none_leaves_it(
    case: SizePicture, texts_written: Any, caplog: pytest.LogCaptureFixture
) -> None:
    # a glyph that is missing is a warning, and so an error here; a font that is missing is a record
    png = size_png(case)
    assert [] == texts_written.faults(dots(png))
    assert len(texts_written.boxes) > 5
    assert [] == caplog.messages


@pytest.mark.parametrize("make", [a_map, a_tornado, a_flow], ids=["map", "tornado", "cash flow"])
def test_the_same_picture_gives_the_same_bytes(make: Callable[[], SizePicture]) -> None:
    assert size_png(make()) == size_png(make())


def texts(draw: Callable[[Figure, Any], None], known: SizePicture) -> list[str]:
    """All texts of a picture."""
    found: list[str] = []

    def note(figure: Figure) -> None:
        draw(figure, known)
        found.extend(each.get_text() for each in figure.findobj(Text) if isinstance(each, Text) and each.get_text())

    half_page_png(note, 4.0)
    return found


def test_the_map_names_the_chosen_size_and_its_worth() -> None:
    """1 million a MW and hour above six: 200 MW x 2 h is 400 million."""
    assert "200 MW / 1,600 MWh\n400.0 百万元" in texts(draw_map, a_map())


def test_contours_are_labelled_with_round_figures() -> None:
    """From -1,000 to 400 million: lines at every 200 million, and the one of zero."""
    shown = set(texts(draw_map, a_map()))
    assert {"−400", "0"} <= shown
    assert not {"−700", "−500", "−300", "−100", "100", "300"} & shown


def test_hatching_is_explained_only_where_sizes_cannot_be() -> None:
    assert "不可行 not possible" in texts(draw_map, a_map())
    whole = a_map(npv_cny=tuple(tuple(1e6 * (d + p) for p in range(12)) for d in range(11)))
    assert "不可行 not possible" not in texts(draw_map, whole)


def test_the_line_of_zero_is_explained_only_where_there_is_one() -> None:
    assert "净现值为零 NPV zero" in texts(draw_map, a_map())
    losses = a_map(npv_cny=tuple(tuple(-1e6 * (d + p + 1) for p in range(12)) for d in range(11)))
    assert "净现值为零 NPV zero" not in texts(draw_map, losses)


def test_each_limit_is_named() -> None:
    shown = texts(draw_map, a_map(limits=LIMITS))
    assert any("能量上限、投资上限" in each and "energy limit, investment limit" in each for each in shown)


def test_both_figures_of_every_driver_are_written() -> None:
    shown = texts(draw_tornado, a_tornado(3))
    assert {"0.5 元/kWh", "1.5 元/kWh", "2.5 元/kWh", "3.5 元/kWh"} <= set(shown)


def test_a_driver_whose_lower_figure_cannot_be_says_so() -> None:
    picture = a_tornado(1, drivers=(replace(a_tornado(1).drivers[0], npv_low_cny=None),))
    assert "0.5 元/kWh 不可行" in texts(draw_tornado, picture)


def test_the_payback_is_marked_where_the_sum_crosses_zero() -> None:
    """600 million at 70 million a year: 8.57 years."""
    assert any(each.startswith("8.6 年回收") for each in texts(draw_cash_flow, a_flow()))


def test_a_flow_that_never_comes_back_marks_no_payback() -> None:
    assert not [each for each in texts(draw_cash_flow, a_flow(5)) if "年回收（折现）" in each]


def test_an_addition_of_energy_is_noted_with_its_share() -> None:
    assert "+16.0%" in texts(draw_cash_flow, a_flow())


def test_a_scenario_shows_its_worth_rate_payback_and_size() -> None:
    assert {"123.4", "11.56%", "7.5", "200 MW", "800 MWh"} <= set(
        texts(draw_scenarios, some_scenarios((a_bar(123_412_345.0),)))
    )


def test_scenarios_that_are_left_out_are_counted() -> None:
    assert "另有 4 个情景 and 4 more" in texts(draw_scenarios, some_scenarios((a_bar(1e8),), not_shown=4))


@pytest.mark.parametrize(
    ("figure", "decimals", "shown"),
    [(-1234.56, 1, "−1,234.6"), (0.0, 1, "0.0"), (-0.04, 1, "0.0"), (1e9, 0, "1,000,000,000")],
)
def test_a_figure_has_a_real_minus_and_nothing_is_not_below_zero(figure: float, decimals: int, shown: str) -> None:
    assert shown == figure_text(figure, decimals)


@pytest.mark.parametrize(("amounts", "unit"), [([5e5, None, -9e5], "千元"), ([5e5, -1e6], "百万元"), ([], "千元")])
def test_small_amounts_are_told_in_thousands(amounts: list[float | None], unit: str) -> None:
    assert unit == unit_of(amounts).words.zh


def test_a_long_text_is_cut_to_its_room() -> None:
    figure = Figure()
    shown = fitted(figure, "很长的名称" * 20, 10, 1.0)
    assert shown.endswith("…")
    assert 0.8 < width_of(figure, shown, 10) <= 1.0
