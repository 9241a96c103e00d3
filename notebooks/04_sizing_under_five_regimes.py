# %% [markdown]
# # 04 五种规则下该建多大 / Sizing under five regimes
#
# 中文摘要：同一个拟建项目，五种收入规则：时长每增加一小时值多少、建几小时最合算、电芯最多可以多贵；210 次调用一年值多少，用手算核对。
#
# One project to be built, the same costs, fade and taxes, and five sets of rules that pay it. How many hours of storage
# pay best under each, what is a kW worth then, and how dear may the cells be? Costs and market prices are those of the
# sample project, invented; put your own in `project.toml`. Two things are kinder here than life: market prices are
# known for the whole year beforehand, and those of the sample year repeat themselves for fifteen years.

# %%
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
from IPython.display import Image, display

from dispatch.sizing import Size, SizeGrid, ground_of, read_project, sweep_sizes
from dispatch.sizing.evaluated import evaluated
from dispatch.sizing.finance.lines import CASH_LINES
from dispatch.sizing.inputs.fading import Augmentation, Fade
from huchu import samples
from huchu.plots.page import FAINT, HAIR, INK, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, STORED
from tariffs import read_settings

pd.set_option("display.max_columns", 30, "display.width", 180)
POWER_MW = Decimal(100)
KW = float(POWER_MW) * 1_000
FEN_PER_CNY = 100


def picture(draw, height_in):
    """The picture that a function draws on an empty figure, in the fonts of the statements."""

    def page(figure):
        figure.set_size_inches(11, height_in)
        figure.set_layout_engine("constrained")
        draw(figure)

    return Image(png_of(page), width=950)


# %% [markdown]
# ## The project and its regimes
#
# `ground_of` puts together what all sizes share: the project, the settings, the documents in force and the prices. A
# scenario of the project is a regime; the five are those below. The plan's prices are taken to last for the whole life,
# though the plan names 2030 as its end. Two more are drawn thinner: the market with half of the power leased out, and the
# plan's prices for four years with the market and the capacity price after them. No rate of the city's subsidy is public:
# its 120 元/kW is an assumption.

# %%
SAMPLE = samples.path("size")
settings = read_settings(SAMPLE / "huchu.toml")
project = read_project(SAMPLE / "project.toml")
ground = ground_of(project, settings=settings, folder=SAMPLE)

FIVE = {
    "regulated_210": "方案电价 regulated, 210 calls",
    "regulated_award": "方案电价＋奖励 with award",
    "regulated_subsidy": "方案电价＋补贴 with subsidy",
    "market": "市场 market",
    "market_capacity_price": "市场＋容量电价 market, capacity price",
}
MORE = {
    "market_lease": "市场＋租赁 market, half leased",
    "regulated_then_market": "方案电价后转市场 regulated, then market",
}
NAMES = FIVE | MORE
scenarios = {name: ground.scenario(name) for name in NAMES}
display(
    pd.DataFrame(
        {
            name: {
                "regime": each.regime.value,
                "market from year": each.market_from_year or "-",
                "award, 元/kWh": each.award_rate_cny_per_kwh or "-",
                "capacity support": each.capacity_support.value,
                "own rate, 元/kW a year": each.capacity_support_cny_per_kw_year or "-",
                "leased": each.lease.power_ratio if each.lease else "-",
            }
            for name, each in scenarios.items()
        }
    ).T
)

# %% [markdown]
# ## What 210 calls are worth, by hand
#
# 100 MW and 200 MWh, a round trip of 0.85, no fade. On a season day a discharged MWh earns 1.2 times the coal benchmark
# and a charged one costs half of it; on any other day 1.0 and 0.9. For a year that makes 210 calls and nothing else the
# season is set to 210 days, 3 December to 30 June. An award of 0.35 元/kWh makes every other day cycle too: the
# difference of the two years is what those days cost.

# %%
BENCHMARK, ROUND_TRIP, CALLS = Decimal("415.5"), Decimal("0.85"), 210
CYCLE_MWH = 200
two_hours = Size(power_mw=POWER_MW, energy_mwh=Decimal(CYCLE_MWH))
of_210_days = replace(settings, season_calendar="own", season_ranges=(("12-03", "06-30"),))
one_year = replace(
    project,
    project=replace(project.project, life_years=1, round_trip_efficiency=ROUND_TRIP),
    fade=Fade(),
    augmentation=Augmentation(),
    scenario=tuple(scenarios[name] for name in ("regulated_210", "regulated_award")),
)
plain = ground_of(one_year, settings=of_210_days)
called, awarded = (evaluated(plain, scenario, two_hours).operated.years[0] for scenario in one_year.scenario)


def energy_cny(year):
    return (year.charge_fen + year.discharge_fen) / FEN_PER_CNY


def cycles(year):
    return year.discharge_kwh_e4 / 10**7 / CYCLE_MWH


season_by_hand = CYCLE_MWH * BENCHMARK * (Decimal("1.2") - Decimal("0.5") / ROUND_TRIP)
other_by_hand = CYCLE_MWH * BENCHMARK * (Decimal("1.0") - Decimal("0.9") / ROUND_TRIP)
award_by_hand = CALLS * CYCLE_MWH * 1_000 * scenarios["regulated_award"].award_rate_cny_per_kwh
season_cycle = energy_cny(called) / cycles(called)
other_cycle = (energy_cny(awarded) - energy_cny(called)) / (cycles(awarded) - cycles(called))
award_of_calls = awarded.award_fen / FEN_PER_CNY * cycles(called) / cycles(awarded)
by_hand = {
    "one cycle on a season day, 元": (season_by_hand, season_cycle),
    "one cycle on any other day, 元": (other_by_hand, other_cycle),
    "210 calls a year, 元": (CALLS * season_by_hand, energy_cny(called)),
    "award on 210 calls, 元 a year": (award_by_hand, award_of_calls),
}
display(pd.DataFrame(by_hand, index=["by hand", "from the run"]).T.astype(float).map("{:,.2f}".format))
assert called.season_calls == CALLS
for hand, run in by_hand.values():
    assert abs(float(hand) - run) < 1, "the hand and the run disagree"

# %% [markdown]
# Spread over the store, the calls earn some 53 元 a year for each kWh; fifteen years of that at 6 % are worth less than
# the 650 元 that a kWh costs, before any running cost or tax. Under the plan's prices alone no store earns itself back.

# %%
discount = project.finance.discount_ratio
annuity = float((1 - (1 + discount) ** -project.project.life_years) / discount)
calls_per_kwh = energy_cny(called) / (CYCLE_MWH * 1_000)
cells = float(project.cost.energy_cost_cny_per_kwh)
print(
    f"{calls_per_kwh:.2f} 元/kWh a year x {annuity:.3f} = {calls_per_kwh * annuity:.0f} 元/kWh, against {cells:.0f} 元/kWh"
)
assert calls_per_kwh * annuity < cells

# %% [markdown]
# ## What an hour more is worth
#
# `sweep_sizes` takes the grid of an analyst and gives a frame: every scenario at every duration, and for each at a row of
# prices of the cells. Every year of a life is planned with the energy that fade has left; here they lie on a mesh of a
# quarter of an hour. 100 MW throughout, so all is told for a kW.

# %%
DURATIONS = [Decimal(n) / 2 for n in range(2, 13)]
CELL_PRICES = [project.cost.energy_cost_cny_per_kwh, *(Decimal(n) for n in range(0, 1_600, 200))]
grid = SizeGrid(
    power_mw=[POWER_MW], duration_h=DURATIONS, scenario=list(NAMES), energy_cost_cny_per_kwh=sorted(CELL_PRICES)
)
swept = sweep_sizes(ground, grid)
points = swept.frame.to_pandas().assign(npv_cny_per_kw=lambda frame: frame["npv_cny"] / KW)
as_it_is = points[points["energy_cost_cny_per_kwh"] == cells]
by_duration = as_it_is.pivot(index="duration_h", columns="scenario", values="npv_cny_per_kw")[list(NAMES)]
print(f"{len(points)} points, {swept.planned_years} years planned")
display(by_duration.round(0).astype(int))

# %%
COLOURS = dict(zip(NAMES, (INK, FAINT, CHARGE, STORED, DISCHARGE, STORED, DISCHARGE), strict=True))
best_h = by_duration.idxmax()


def framed(axes, zh, en):
    axes.set_title(f"{zh} {en}", loc="left", fontweight="bold")
    axes.set(xlabel="时长 duration, h", xlim=(1, 6), xticks=range(1, 7))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y", color=HAIR, linewidth=0.5)


def draw_lines(axes, table):
    for name, label in NAMES.items():
        stroke = {"linewidth": 1.9} if name in FIVE else {"linewidth": 1.0, "linestyle": "--"}
        axes.plot(table.index, table[name], color=COLOURS[name], label=label, **stroke)


def draw_worth(figure):
    worth, hour = figure.subplots(1, 2, width_ratios=(3, 2))
    draw_lines(worth, by_duration)
    for name in FIVE:
        worth.plot(best_h[name], by_duration.loc[best_h[name], name], "o", color=COLOURS[name], clip_on=False)
    worth.axhline(0, color=INK, linewidth=0.7)
    worth.set_ylabel("元/kW")
    framed(worth, "净现值", "net present value of a kW; dots: best")
    more = by_duration.diff().dropna() * 2
    draw_lines(hour, more.set_axis(more.index - 0.25))
    hour.axhline(0, color=INK, linewidth=0.7)
    hour.set_ylabel("元/kW·h")
    framed(hour, "多一小时值多少", "worth of an hour more")
    handles, labels = worth.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4)


picture(draw_worth, 5.0)

# %% [markdown]
# The plan's prices hold all day, so every hour of storage is paid alike: lines that tax alone bends; they fall where an
# hour costs more than its calls earn, and rise with the award. The subsidy pays a short store as well as a long one. The national
# capacity price asks for hours: it is whole from four hours on, where its line breaks. In the market a second hour
# serves lesser spreads than the first, and the fifth earns less than it costs.
#
# ## The best size of each, year by year
#
# `evaluated` plans and verifies every year of the life without any mesh, and makes the cash flow, a frame in fen.

# %%
judged = {}
for name, scenario in scenarios.items():
    size = Size(power_mw=POWER_MW, energy_mwh=POWER_MW * Decimal(str(best_h[name])))
    judged[name] = evaluated(ground, scenario, size)
    assert abs(judged[name].measures.npv_fen / FEN_PER_CNY / KW - by_duration.loc[best_h[name], name]) < 5

flow = judged["market_capacity_price"].cash_flow.frame().to_pandas().set_index("year_no") / FEN_PER_CNY / 10_000
shown = ["discharge_fen", "charge_fen", "capacity_support_fen", "augmentation_fen", "tax_fen", "net_fen"]
display(flow.loc[[0, 1, 2, 8, 9, 14, 15], shown].rename(columns=lambda each: each.removesuffix("_fen")).round(1))

# %% [markdown]
# ## How dear may the cells be?
#
# In the sweep every point was judged at nine prices of the cells; where the present value crosses zero is the break-even
# price of the first cells. There is none where even cells for nothing would lose; those added in year 9 keep their own
# price. Lines fall where a kW is paid whatever its hours, for a longer store spreads that over more cells; they rise
# where it is cells that are paid, and what each kW costs is spread.


# %%
def crossing(rows):
    """The price at which the present value is zero, straight between the points; nothing outside them."""
    return np.interp(0, -rows["npv_cny"], rows["energy_cost_cny_per_kwh"], left=np.nan, right=np.nan)


ordered = points.sort_values("energy_cost_cny_per_kwh").groupby(["duration_h", "scenario"])
break_even = ordered[["npv_cny", "energy_cost_cny_per_kwh"]].apply(crossing).unstack()[list(NAMES)]
answer = pd.DataFrame(
    {
        "best duration, h": best_h,
        "NPV, 元/kW": {name: each.measures.npv_fen / FEN_PER_CNY / KW for name, each in judged.items()},
        "IRR": {name: each.measures.irr_ratio for name, each in judged.items()},
        "cycles in year 1": {
            name: each.operated.years[0].discharge_kwh_e4 / 10**7 / float(each.size.energy_mwh)
            for name, each in judged.items()
        },
        "break-even cells, 元/kWh": {name: break_even.loc[best_h[name], name] for name in NAMES},
    }
).loc[list(NAMES)]
display(answer.round({"NPV, 元/kW": 0, "IRR": 3, "cycles in year 1": 0, "break-even cells, 元/kWh": 0}))

# %%
GROUPS = {
    "能量 energy": (("charge", "discharge"), STORED),
    "奖励 award": (("award",), CHARGE),
    "容量 capacity, lease": (("capacity_support", "capacity_lease"), DISCHARGE),
    "投资 investment": (("investment", "augmentation", "residual"), INK),
    "运维 running": (("fixed_cost", "variable_cost"), FAINT),
    "所得税 tax": (("tax",), HAIR),
}
present = pd.DataFrame({name: each.measures.present_fen for name, each in judged.items()}).T / FEN_PER_CNY / KW
assert sorted(line.name for line in CASH_LINES) == sorted(name for names, _ in GROUPS.values() for name in names)


def draw_break_even(axes):
    draw_lines(axes, break_even)
    axes.axhline(cells, color=FAINT, linewidth=0.9, linestyle=":")
    axes.annotate(f"本项目 this project: {cells:.0f}", (6, cells), (0, 4), textcoords="offset points", ha="right")
    axes.set_ylabel("元/kWh")
    axes.set_ylim(bottom=0)
    framed(axes, "电芯盈亏平衡价", "break-even price of cells")


def draw_parts(axes):
    above, below = np.zeros(len(FIVE)), np.zeros(len(FIVE))
    for label, (names, colour) in GROUPS.items():
        part = present.loc[list(FIVE), list(names)].sum(axis=1).to_numpy()
        start = np.where(part >= 0, above, below)
        axes.bar(range(len(FIVE)), part, 0.62, start, color=colour, label=label)
        above, below = above + np.maximum(part, 0), below + np.minimum(part, 0)
    net = present.loc[list(FIVE)].sum(axis=1)
    axes.plot(range(len(FIVE)), net, "D", color="white", markeredgecolor=INK, markersize=6, label="净现值 NPV")
    axes.axhline(0, color=INK, linewidth=0.7)
    ticks = [f"{label.replace(' ', chr(10), 1)}\n{best_h[name]:g} h" for name, label in FIVE.items()]
    axes.set(xticks=range(len(FIVE)), ylabel="元/kW")
    axes.set_xticklabels(ticks, fontsize=7.5)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="y", color=HAIR, linewidth=0.5)
    axes.set_title("现值构成，各自的最优时长 present value, each at its best", loc="left", fontweight="bold")
    axes.legend(loc="upper left", ncols=2)


def draw_prices_and_parts(figure):
    left, right = figure.subplots(1, 2, width_ratios=(2, 3))
    draw_break_even(left)
    draw_parts(right)
    handles, labels = left.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=4)


picture(draw_prices_and_parts, 5.4)

# %% [markdown]
# ## The answer

# %%
duration, worth = answer["best duration, h"], answer["NPV, 元/kW"]
price = answer["break-even cells, 元/kWh"]
assert (by_duration["regulated_210"].diff().dropna() < 0).all(), "the plan's prices alone pay for hours"
assert (by_duration[["regulated_210", "regulated_award"]].max() < 0).all(), "the plan's prices earn the store back"
assert (by_duration["regulated_award"].diff().dropna() > 0).all(), "the award no longer pays for hours"
assert duration["regulated_subsidy"] == 1, "the subsidy no longer asks for the shortest store"
assert duration["market_capacity_price"] == scenarios["market_capacity_price"].net_load_peak_h, "the kink moved"
assert worth.idxmax() == "market_capacity_price"
assert (break_even.dropna(axis="columns").max() < max(CELL_PRICES)).all(), "the prices of the cells end too early"
both, alone = "market_capacity_price", "market"
plan, award, subsidy = (f"{worth[f'regulated_{each}']:,.0f}" for each in ("210", "award", "subsidy"))
longest = f"{duration['regulated_award']:g}"
print(
    f"答：市场加容量电价最优 {duration[both]:g} 小时，每千瓦净现值 {worth[both]:,.0f} 元，电芯可至 {price[both]:,.0f} 元/kWh；"
    f"只按市场 {duration[alone]:g} 小时，{worth[alone]:,.0f} 元；方案电价无支持时越长越亏，1 小时 {plan} 元，"
    f"加奖励 {longest} 小时（上限）{award} 元，加补贴 1 小时 {subsidy} 元；210 次调用每千瓦时储能一年只值 {calls_per_kwh:.2f} 元。"
)
print(
    f"Answer: best is the market with the capacity price, {duration[both]:g} h, {worth[both]:,.0f} CNY a kW, with cells at "
    f"up to {price[both]:,.0f} CNY/kWh; the market alone takes {duration[alone]:g} h and is worth {worth[alone]:,.0f} CNY; "
    f"at the plan's prices alone every hour loses more, {plan} CNY with 1 h; the award makes it {award} CNY with {longest} h, "
    f"the longest allowed, the subsidy {subsidy} CNY with 1 h; 210 calls earn {calls_per_kwh:.2f} CNY a year for a kWh of store."
)
