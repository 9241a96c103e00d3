"""A sized project as the pictures that are drawn of it: plain numbers and texts, for nothing is counted from them any more."""

from collections.abc import Sequence
from typing import Final

from dispatch.sizing.finance.cash_flow import CashFlow
from dispatch.sizing.report import Judged, SizingReport
from huchu.plots.size_picture import (
    CashFlowPicture,
    DriverBar,
    FlowPart,
    LimitLine,
    MapPicture,
    ScenarioBar,
    ScenariosPicture,
    SizePictures,
    TornadoPicture,
)
from huchu.sizes.sentences import (
    best_text,
    cash_flow_finding,
    irr_text,
    map_finding,
    payback_text,
    printed,
    scenario_words,
    scenarios_finding,
    size_text,
    tornado_finding,
)
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY, KW_PER_MW, KWH_PER_MWH

MOST_DRIVERS: Final = 12
MOST_SCENARIOS: Final = 16
LIMIT_POINTS: Final = 60
PARTS: Final = (
    ("margin", Words("购售电价差", "energy margin"), ("charge", "discharge")),
    ("award", Words("放电奖励", "award"), ("award",)),
    ("capacity_support", Words("容量支持", "capacity support"), ("capacity_support",)),
    ("capacity_lease", Words("容量租赁", "lease"), ("capacity_lease",)),
    ("residual", Words("残值", "residual"), ("residual",)),
    ("running_cost", Words("运维成本", "running cost"), ("fixed_cost", "variable_cost")),
    ("tax", Words("所得税", "tax"), ("tax",)),
    ("augmentation", Words("扩容", "augmentation"), ("augmentation",)),
    ("investment", Words("投资", "investment"), ("investment",)),
)
"""The stacks of a cash flow: name, words, and the lines of `dispatch.sizing.finance.lines` that each adds up."""


def size_pictures(report: SizingReport) -> SizePictures:
    """All pictures of a sized project: to be drawn here or, pickled, by another process."""
    return SizePictures(
        npv_map=map_picture(report),
        tornado=tornado_picture(report),
        cash_flow=cash_flow_picture(report),
        scenarios=scenarios_picture(report),
    )


def pngs(pictures: SizePictures) -> dict[str, bytes]:
    """The bytes of every picture by the name of its file, drawn in this process."""
    from huchu.plots.size_drawn import size_png

    return {name: size_png(picture) for name, picture in pictures.by_file().items()}


def map_picture(report: SizingReport) -> MapPicture:
    """What the map shows."""
    size, known = report.size, report.map
    return MapPicture(
        finding=map_finding(report),
        scenario=scenario_words(report.base),
        power_mw=tuple(map(float, known.power_mw)),
        duration_h=tuple(map(float, known.duration_h)),
        npv_cny=known.npv_cny,
        limits=limit_lines(report),
        chosen_power_mw=float(size.power_mw),
        chosen_duration_h=float(size.duration_h),
        chosen_npv_cny=_cny(report.chosen.measures.npv_fen),
        chosen_text=size_text(size),
    )


def limit_lines(report: SizingReport) -> tuple[LimitLine, ...]:
    """The limits of energy and of investment, where they cross the map."""
    project, known = report.project, report.map
    least, most = float(known.power_mw[0]), float(known.power_mw[-1])
    powers = tuple(least + (most - least) * n / LIMIT_POINTS for n in range(LIMIT_POINTS + 1))
    found = []
    limits, cost = project.size, project.cost
    if limits.max_energy_mwh is not None:
        energy = float(limits.max_energy_mwh)
        found.append((Words("能量上限", "energy limit"), tuple(energy / power for power in powers)))
    if limits.max_investment_cny is not None and cost.energy_cost_cny_per_kwh:
        left = float(limits.max_investment_cny - cost.fixed_investment_cny)
        per_mw, per_mwh = float(cost.power_cost_cny_per_kw) * KW_PER_MW, float(cost.energy_cost_cny_per_kwh)
        durations = tuple((left - per_mw * power) / (per_mwh * KWH_PER_MWH * power) for power in powers)
        found.append((Words("投资上限", "investment limit"), durations))
    top, bottom = float(known.duration_h[-1]), float(known.duration_h[0])
    return tuple(
        LimitLine(words=words, power_mw=powers, duration_h=tuple(max(each, bottom) for each in durations))
        for words, durations in found
        if min(durations) < top
    )


def tornado_picture(report: SizingReport) -> TornadoPicture:
    """What the tornado shows: the drivers that move most."""
    known = report.sensitivity
    return TornadoPicture(
        finding=tornado_finding(known),
        scenario=_size_and_scenario(report),
        npv_cny=known.npv_cny,
        drivers=tuple(
            DriverBar(
                words=each.words,
                low=each.low,
                high=each.high,
                npv_low_cny=each.npv_low_cny,
                npv_high_cny=each.npv_high_cny,
            )
            for each in known.drivers[:MOST_DRIVERS]
        ),
        not_shown=max(0, len(known.drivers) - MOST_DRIVERS),
    )


def cash_flow_picture(report: SizingReport) -> CashFlowPicture:
    """What the cash flow shows, of the chosen size under its scenario."""
    chosen = report.chosen
    flow, years = chosen.cash_flow, chosen.operated.years
    parts = [FlowPart(name=name, words=words, amounts_cny=_added(flow, lines)) for name, words, lines in PARTS]
    rated = float(report.size.energy_mwh)
    return CashFlowPicture(
        finding=cash_flow_finding(report),
        scenario=_size_and_scenario(report),
        first_year=years[0].first_on.year,
        parts=tuple(each for each in parts if any(each.amounts_cny)),
        net_cny=_cnys(flow.net_fen),
        discounted_sum_cny=_cnys(flow.column("discounted_cumulative_fen")),
        discounted_payback_years=chosen.measures.discounted_payback.years,
        energy_ratio=tuple(year.energy_ratio for year in years),
        added_ratio=tuple(year.added_mwh / rated for year in years),
    )


def scenarios_picture(report: SizingReport) -> ScenariosPicture:
    """What the picture of all scenarios shows."""
    shown = first_scenarios(report, MOST_SCENARIOS)
    return ScenariosPicture(
        finding=scenarios_finding(report),
        size_text=size_text(report.size),
        bars=tuple(_bar(report, each) for each in shown),
        not_shown=len(report.judged) - len(shown),
    )


def first_scenarios(report: SizingReport, most: int) -> Sequence[Judged]:
    """So many scenarios in the order of the project; the one that the size was chosen for is always among them."""
    names = [each.scenario.name for each in report.judged]
    base = names.index(report.base.name)
    if len(names) <= most or base < most:
        return report.judged[:most]
    return (*report.judged[: most - 1], report.judged[base])


def _bar(report: SizingReport, judged: Judged) -> ScenarioBar:
    known = judged.at_size
    return ScenarioBar(
        title=scenario_words(judged.scenario),
        is_base=judged.scenario.name == report.base.name,
        npv_cny=None if known is None else _cny(known.measures.npv_fen),
        irr="—" if known is None else irr_text(known.measures),
        payback="—" if known is None else payback_text(known.measures.payback.years),
        best=best_text(judged.best),
        refusal=None if judged.refusal is None else printed(judged.refusal),
    )


def _size_and_scenario(report: SizingReport) -> Words:
    words = scenario_words(report.base)
    return Words(f"{size_text(report.size)}；{words.zh}", words.en)


def _added(flow: CashFlow, lines: Sequence[str]) -> tuple[float, ...]:
    columns = [flow.column(f"{line}_fen") for line in lines]
    return tuple(_cny(sum(amounts)) for amounts in zip(*columns, strict=True))


def _cnys(amounts_fen: Sequence[int]) -> tuple[float, ...]:
    return tuple(_cny(amount) for amount in amounts_fen)


def _cny(amount_fen: int) -> float:
    return amount_fen / FEN_PER_CNY
