# %% [markdown]
# # 02 一年的计划：210 次调用的代价 / A year scheduled: what 210 calls cost
#
# 同一座电站、同一年：按市场电价自由运行，再要求 210 次全容量调用，再按方案电价。多要求的每一次调用值多少钱，从哪一次起要花钱。
#
# One station, 100 MW / 200 MWh, one year of hourly prices. First it does what pays best; then 210 full-capacity calls
# on peak-season days are asked of it; then the storage plan's own prices apply. The prices are those of the sample
# year, invented; put your own in the same two columns.

# %%
from decimal import Decimal

import numpy as np
import pandas as pd
from IPython.display import Image, display
from matplotlib.figure import Figure

from dispatch import Plan, PlanOptions, schedule, signals_of
from huchu import samples
from huchu.plots.page import FAINT, INK, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, SEASON, SEASON_PATCH, STORED
from tariffs import read_settings, read_station

CALLS = 210
pd.set_option("display.max_columns", 30, "display.width", 160)


def picture(draw, height_in=4.6):
    """The picture that a function draws on an empty figure, in the fonts of the statements."""

    def page(figure: Figure) -> None:
        figure.set_size_inches(11, height_in)
        draw(figure)

    return Image(png_of(page), width=950)


# %% [markdown]
# ## Prices from pandas
#
# Any frame with an instant and a price will do; what is wrong in it is refused row by row. The settings say which days
# are peak season: here June to September and December to February, 212 days.

# %%
prices = pd.read_csv(samples.path("year/prices.csv.gz"), parse_dates=["interval_start"])
signals = signals_of(prices)  # read once for many plans
station = read_station(samples.path("stations.toml"), "SH-LG-01")
settings = read_settings(samples.path("huchu.toml"))
by_day = prices.groupby(prices["interval_start"].dt.date)["price_cny_per_mwh"]
spread = by_day.max() - by_day.min()
print(
    f"{len(prices)} hours, mean {prices['price_cny_per_mwh'].mean():.2f} 元/MWh, mean daily spread {spread.mean():.0f} 元/MWh"
)

# %% [markdown]
# ## What a discharge wears out
#
# Without wear the station cycles twice on most days and 210 calls are no question. A store of 1,500 元/kWh that lasts
# 5,000 full discharges loses 300 元 with each MWh that it gives. That is an assumption, and the answer hangs on it:
# below it is varied.

# %%
WEAR = 1_500 * 1_000 / 5_000


def planned(calls: float, wear: float = WEAR) -> Plan:
    """The best year at market prices with at least so many calls, net of wear."""
    options = PlanOptions(calls=calls, wear_cost_cny_per_mwh=wear)
    return schedule(station, signals, settings=settings, options=options)


free = planned(0.0)
asked = planned(float(CALLS))
regulated = schedule(
    station,
    settings=settings,
    horizon=signals.horizon,
    options=PlanOptions(calls=float(CALLS), wear_cost_cny_per_mwh=WEAR),
)

# %%
YEARS = {"market, free": free, f"market, {CALLS} calls": asked, f"regulated, {CALLS} calls": regulated}


def summary(plan: Plan) -> dict[str, float]:
    """What a plan comes to, in 元 and times."""
    found = plan.verified
    return {
        "revenue_cny": found.revenue_fen / 100,
        "wear_cny": found.wear_fen / 100,
        "net_cny": float(plan.earned_cny),
        "season_calls": plan.calls,
        "full_cycles": float(found.full_cycles),
    }


table = pd.DataFrame({name: summary(plan) for name, plan in YEARS.items()}).T
display(table.round(2))

# %% [markdown]
# The schedule is a frame too, verified again without a solver: powers of each hour, and the energy in the store.

# %%
hours = asked.frame.to_pandas()
display(hours[hours["interval_start"].dt.strftime("%m-%d") == "08-12"].iloc[8:])
assert not ((hours["charge_mw"] > 0) & (hours["discharge_mw"] > 0)).any()
for sentence in asked.sentences:
    print(sentence)

# %% [markdown]
# ## The cost of the calls, one after the other
#
# The same year with 0, 10, 20, ... 330 calls asked for. The first calls are free, for the station makes them anyway;
# from there on each costs more than the one before. The shadow price that comes with each plan is the slope of the curve.

# %%
counts = np.arange(0, 331, 10)
wears = (200, 250, 300, 350)
plans = {wear: [planned(float(count), wear) for count in counts] for wear in wears}
rows = [
    {
        "wear": wear,
        "calls": int(count),
        "cost_cny": float(series[0].earned_cny - plan.earned_cny),
        "next_call_cny": plan.explanation.call_price_cny or 0.0,
    }
    for wear, series in plans.items()
    for count, plan in zip(counts, series, strict=True)
]
curve = pd.DataFrame(rows)
made_anyway = {wear: series[0].calls for wear, series in plans.items()}
display(curve.pivot(index="calls", columns="wear", values="cost_cny").loc[[90, 150, 180, 210, 240, 270, 330]])

# %%
COLOURS = dict(zip(wears, (STORED, CHARGE, DISCHARGE, INK), strict=True))


def draw_cost(figure: Figure) -> None:
    """Cost of the calls on the left, of the next one on the right, one line for each wear."""
    figure.subplots_adjust(left=0.065, right=0.975, bottom=0.14, top=0.84, wspace=0.17)
    whole, each = figure.subplots(1, 2)
    for wear in wears:
        line = curve[curve["wear"] == wear]
        whole.plot(line["calls"], line["cost_cny"] / 10_000, color=COLOURS[wear], linewidth=1.8, label=f"{wear} 元/MWh")
        each.plot(
            line["calls"], line["next_call_cny"] / 10_000, color=COLOURS[wear], linewidth=1.8, drawstyle="steps-pre"
        )
        whole.plot([made_anyway[wear]], [0], "o", color=COLOURS[wear], markersize=5, clip_on=False, zorder=5)
    for axes in (whole, each):
        axes.axvline(CALLS, color=FAINT, linewidth=0.8, linestyle="--")
        axes.set(xlim=(0, 330), xlabel="要求的调用次数　calls asked for", ylabel="万元　10,000 CNY")
        axes.set_ylim(bottom=0)
        axes.annotate(
            f"{CALLS}",
            (CALLS, 0.94),
            xycoords=("data", "axes fraction"),
            xytext=(-4, 0),
            textcoords="offset points",
            ha="right",
        )
    whole.set_title("全年代价　cost of all calls a year", loc="left", fontweight="bold", pad=20)
    each.set_title("再多一次的代价　cost of one call more", loc="left", fontweight="bold", pad=20)
    whole.legend(title="", loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4)
    each.annotate(
        "线色：每放 1 MWh 的损耗　colours: wear of a MWh discharged", (0, 1.02), xycoords="axes fraction", color=FAINT
    )


picture(draw_cost)

# %% [markdown]
# ## Where the calls are made
#
# Energy discharged by month. At market prices the spring is as good as the summer; calls move work into the season.
# At the plan's prices nothing but the season pays, and there the day, not the hour, has a price.


# %%
def given_gwh(plan: Plan) -> pd.Series:
    """Energy discharged in each month, in GWh; a step is an hour."""
    frame = plan.frame.to_pandas()
    return frame.groupby(frame["interval_start"].dt.month)["discharge_mw"].sum() / 1_000


monthly = pd.DataFrame({name: given_gwh(plan) for name, plan in YEARS.items()})


def draw_months(figure: Figure) -> None:
    """Three bars a month, season months shaded."""
    figure.subplots_adjust(left=0.065, right=0.985, bottom=0.13, top=0.84)
    axes = figure.subplots()
    for month in (1, 2, 6, 7, 8, 9, 12):
        axes.axvspan(month - 0.5, month + 0.5, color=SEASON, linewidth=0)
    names = (
        "市场，自由 market, free",
        f"市场，{CALLS} 次 market, {CALLS} calls",
        f"方案电价，{CALLS} 次 regulated, {CALLS} calls",
    )
    for shift, (column, name, colour) in enumerate(zip(monthly, names, (STORED, DISCHARGE, CHARGE), strict=True)):
        axes.bar(monthly.index + 0.27 * (shift - 1), monthly[column], width=0.25, color=colour, label=name)
    axes.set(xlim=(0.5, 12.5), xticks=range(1, 13), xlabel="2026 年，月　month of 2026", ylabel="GWh")
    axes.set_title("各月放电量　energy discharged by month", loc="left", fontweight="bold", pad=20)
    handles, _ = axes.get_legend_handles_labels()
    axes.legend(handles=[*handles, SEASON_PATCH], loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4)


picture(draw_months, 4.0)

# %% [markdown]
# At the plan's prices a call earns a fixed sum, whatever the hour: 1.2 times the benchmark for what is discharged, half
# of it for what is charged. Divided by the energy of a call, that is the wear at which it stops to pay.

# %%
round_trip = station.charge_efficiency * station.discharge_efficiency
margin = Decimal("415.5") * (Decimal("1.2") - Decimal("0.5") / round_trip)
print(f"{margin:.2f} 元/MWh discharged, {margin * station.energy_mwh:,.2f} 元 a call")
by_plan = regulated.verified.revenue_fen / 100 / regulated.calls
assert abs(by_plan - float(margin * station.energy_mwh)) < 1

# %% [markdown]
# ## Does the story hold?
#
# Costs never fall with the calls, each call costs at least as much as the one before, and the shadow price at 210 lies
# between what the call before and the call after cost.

# %%
for wear in wears:
    costs = curve.loc[curve["wear"] == wear, "cost_cny"].to_numpy()
    assert (np.diff(costs) >= -0.01).all()
    assert (np.diff(costs, 2) >= -1).all()
before, after = planned(CALLS - 1.0), planned(CALLS + 1.0)
steps_cny = (before.earned_cny - asked.earned_cny, asked.earned_cny - after.earned_cny)
next_call = asked.explanation.call_price_cny or 0.0
print(f"{steps_cny[0]:,.2f} <= {next_call:,.2f} <= {steps_cny[1]:,.2f}")
assert steps_cny[0] - Decimal("0.1") <= next_call <= steps_cny[1] + Decimal("0.1")
cost = free.earned_cny - asked.earned_cny
share = cost / free.earned_cny
assert made_anyway[300] < CALLS
assert 0.01 < share < 0.10
assert curve.query("wear == 200 and calls == @CALLS")["cost_cny"].item() == 0

# %% [markdown]
# ## Answer

# %%
print(
    f"损耗 {WEAR:.0f} 元/MWh 时，{CALLS} 次调用一年少收 {cost:,.2f} 元（净收益的 {share:.1%}）：前 {made_anyway[300]:.1f} 次不花钱，"
    f"第 {CALLS} 次值 {next_call:,.2f} 元；损耗 200 元/MWh 时全部不花钱。"
)
print(
    f"With wear of {WEAR:.0f} CNY/MWh, {CALLS} calls cost {cost:,.2f} CNY a year ({share:.1%} of net revenue): the first "
    f"{made_anyway[300]:.1f} are free, the last costs {next_call:,.2f} CNY; with 200 CNY/MWh all are free."
)
