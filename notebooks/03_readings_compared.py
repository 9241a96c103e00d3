# %% [markdown]
# # 03 迎峰期与计次口径：哪个要紧，差多少 / Which season preset and counting rule matters, and by how much
#
# 同一份读数，按六种迎峰期方案和各种计次口径分别结算：方案决定钱，口径决定次数；两者都没有默认值。
#
# The storage plan dates no peak season and does not say what a full-capacity call is. So both are settings without a
# default. Here one year of readings is settled under every season preset and every counting rule: how far do revenue,
# calls and shortfall move?

# %%
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from IPython.display import Image, display
from matplotlib.figure import Figure

import settlement
from dispatch import PlanOptions, horizon_between, schedule
from huchu import samples
from huchu.plots.page import FAINT, INK, png_of
from huchu.plots.panels import CHARGE, DISCHARGE
from huchu.schedules.orders import orders_frame
from tariffs import Library, read_settings, read_station
from tariffs.settings import CallCounting

REQUIRED = 210
pd.set_option("display.max_columns", 30, "display.width", 160)


def picture(draw, height_in=4.6):
    """The picture that a function draws on an empty figure, in the fonts of the statements."""

    def page(figure: Figure) -> None:
        figure.set_size_inches(11, height_in)
        draw(figure)

    return Image(png_of(page), width=950)


# %% [markdown]
# ## One year of readings
#
# The station of notebook 02: it follows the prices of the sample year, with 210 calls asked for between June and
# September and December and February. Its schedule becomes a meter file of the long format, and its runs of charging and
# discharging the orders that one of the counting rules wants.

# %%
station = read_station(samples.path("stations.toml"), "SH-LG-01")
settings = replace(read_settings(samples.path("huchu.toml")), obligation_year_from="01-01", event_depth_ratio=0.9)
plan = schedule(
    station,
    samples.path("year/prices.csv.gz"),
    settings=settings,
    options=PlanOptions(calls=float(REQUIRED), wear_cost_cny_per_mwh=300.0),
)
steps = plan.frame.to_pandas()
meter = pd.DataFrame(
    {
        "station_id": steps["station_id"],
        "interval_start": steps["interval_start"],
        "charge_kwh": (steps["charge_mw"] * 1_000).round(4),
        "discharge_kwh": (steps["discharge_mw"] * 1_000).round(4),
        "interval_minutes": 60,
    }
)
orders = orders_frame([plan.verified.schedule]).to_pandas()
display(meter.iloc[5370:5374], orders.head(4))

# %% [markdown]
# ## Every reading
#
# Six presets come with the documents, each with the reason for which somebody would read the plan so. A rule that needs
# a figure gets it here: a run or an order counts from nine tenths of the rated energy on. `full_power_hours` is tried
# once only: for this store of two hours it is `equivalent_discharge` as long as no other number of hours is set.

# %%
presets = Library().in_force("shanghai/peak_season", date(2026, 1, 1)).body["calendar"]
for name, table in presets.items():
    print(f"{name:32}", table["meaning"])

# %%
COUNTED = [rule for rule in CallCounting if rule is not CallCounting.FULL_POWER_HOURS]
options = settlement.SettleOptions(
    inputs=settlement.InputPaths(orders=orders), now=datetime(2027, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
)


def settled(season_calendar: str, call_counting: CallCounting) -> dict[str, object]:
    """What the year comes to under one reading of the season and of a call."""
    reading = replace(settings, season_calendar=season_calendar, call_counting=call_counting)
    found = settlement.settle(meter, station, "2026-01..2026-12", reading, options)
    last = found.calls.to_pandas().iloc[-1]
    return {
        "season": season_calendar,
        "rule": call_counting.value,
        "season_days": int(last["season_days_past"]),
        "calls": float(last["calls_to_date"]),
        "shortfall": max(0.0, float(last["calls_required"]) - float(last["calls_to_date"])),
        "net_cny": float(sum(each.settled_with_grid_cny for each in found.statements)),
    }


every = pd.DataFrame([settled(*each) for each in product(presets, COUNTED)])
by_hours = settled(settings.season_calendar, CallCounting.FULL_POWER_HOURS)
of_equivalent = every.query("season == @settings.season_calendar and rule == 'equivalent_discharge'")
assert by_hours["calls"] == of_equivalent["calls"].item()
net = every.groupby("season")["net_cny"].agg(["min", "max"])
assert (net["min"] == net["max"]).all()  # what a call is moves no energy and no price

# %%
calls = every.pivot(index="season", columns="rule", values="calls").loc[list(presets), [each.value for each in COUNTED]]
by_season = every.drop_duplicates("season").set_index("season")[["season_days", "net_cny"]]
table = calls.round(1).join(by_season).sort_values("net_cny", ascending=False)
calls = calls.loc[table.index]
display(table)

# %% [markdown]
# ## Calls: season against rule
#
# The redder, the farther from 210. Down a column the preset changes, along a row the rule.

# %%
RULES = {
    "equivalent_discharge": "等效放电\nequivalent",
    "paired_cycles": "配对循环\npaired cycles",
    "event_depth": "深度放电\ndeep runs",
    "dispatch_orders": "指令\norders",
}


def label(name: str) -> str:
    """The preset by its name, with its number of days below."""
    return f"{name}\n{by_season.loc[name, 'season_days']} 天 days"


def draw_calls(figure: Figure) -> None:
    """A map of calls: presets down, rules across."""
    figure.subplots_adjust(left=0.21, right=0.985, bottom=0.03, top=0.8)
    axes = figure.subplots()
    axes.imshow(calls, cmap="RdYlGn", vmin=REQUIRED - 130, vmax=REQUIRED + 130, aspect="auto", alpha=0.75)
    for row, column in np.ndindex(calls.shape):
        count = calls.iloc[row, column]
        missing = f"{count - REQUIRED:+.1f}"
        axes.text(column, row - 0.08, f"{count:.1f}", ha="center", va="center", fontsize=11, fontweight="bold")
        axes.text(column, row + 0.27, missing, ha="center", va="center", fontsize=7.5, color=FAINT)
    axes.set_xticks(range(calls.shape[1]), [RULES[name] for name in calls.columns])
    axes.set_yticks(range(calls.shape[0]), [label(name) for name in calls.index])
    axes.tick_params(top=True, bottom=False, labeltop=True, labelbottom=False, length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(
        "全年调用次数，及与 210 次之差　calls of the year, and what they are above or below 210",
        loc="left",
        fontweight="bold",
        pad=12,
    )


picture(draw_calls, 5.2)

# %% [markdown]
# ## Revenue: the preset alone
#
# The prices of a day depend on its season: what is discharged on a day that is not in season sells for less, and its
# charging costs nearly twice as much. These readings were made for the longest preset. A station that had known
# its preset would have made 210 calls on the days of that one; that is planned beside it, at the plan's prices.

# %%
whole_year = horizon_between(date(2026, 1, 1), date(2027, 1, 1), 60)


def had_it_known(season_calendar: str) -> float:
    """What the best 210 calls under one preset earn in the year, in 元."""
    reading = replace(settings, season_calendar=season_calendar)
    options = PlanOptions(calls=float(REQUIRED))
    return float(schedule(station, settings=reading, horizon=whole_year, options=options).earned_cny)


table["known_cny"] = [had_it_known(name) for name in table.index]
display(table[["season_days", "net_cny", "known_cny"]])


# %%
def draw_revenue(figure: Figure) -> None:
    """Two dots for each preset: what the readings come to, and what a station that knew it would have earned."""
    figure.subplots_adjust(left=0.21, right=0.95, bottom=0.14, top=0.84)
    axes = figure.subplots()
    amounts, known = table["net_cny"] / 10_000, table["known_cny"] / 10_000
    places = range(len(amounts))[::-1]
    axes.hlines(places, amounts, known, color=CHARGE, linewidth=1.2, alpha=0.5)
    axes.plot(known, places, "o", color=CHARGE, markersize=9, fillstyle="none", label="事先知道方案 preset known")
    axes.plot(amounts, places, "o", color=DISCHARGE, markersize=9, label="这份读数 these readings")
    for place, amount, best_of in zip(places, amounts, known, strict=True):
        axes.annotate(f"{amount:,.0f}", (amount, place), (0, 9), textcoords="offset points", ha="right", color=INK)
        axes.annotate(f"{best_of:,.0f}", (best_of, place), (0, 9), textcoords="offset points", ha="left", color=CHARGE)
    axes.set_yticks(places, [label(name) for name in amounts.index])
    axes.set(xlabel="万元一年　10,000 CNY a year", ylim=(-0.5, len(amounts) - 0.4))
    axes.margins(x=0.08)
    axes.set_title("六种迎峰期下的全年结算　the year under six presets", loc="left", fontweight="bold", pad=20)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)


picture(draw_revenue, 4.4)

# %% [markdown]
# ## Does the story hold?

# %%
best, worst = table.iloc[0], table.iloc[-1]
moved = best["net_cny"] - worst["net_cny"]
by_preset = (calls.max() - calls.min()).max()
by_rule = (calls.max(axis=1) - calls.min(axis=1)).max()
print(f"preset: {by_preset:.1f} calls, rule: {by_rule:.1f} calls")
assert moved > 0.2 * best["net_cny"]
assert by_preset > 5 * by_rule > 0
assert (every["shortfall"] == 0).any()
assert (table["known_cny"] >= table["net_cny"]).all()

# %% [markdown]
# ## Answer

# %%
reached = int((every["shortfall"] == 0).sum())
known = table["known_cny"].min(), table["known_cny"].max()
print(
    f"迎峰期方案最要紧：换一种，全年结算至多差 {moved:,.2f} 元（{moved / best['net_cny']:.1%}），次数差 {by_preset:.1f} 次；"
    f"换计次口径，电费不变，次数至多差 {by_rule:.1f} 次；{len(every)} 种组合中 {reached} 种达到 {REQUIRED} 次。"
    f"事先知道方案，各方案都能得 {known[0]:,.0f} 至 {known[1]:,.0f} 元。"
)
print(
    f"The season preset matters most: it moves the year by up to {moved:,.2f} CNY ({moved / best['net_cny']:.1%}) and "
    f"{by_preset:.1f} calls; the counting rule moves no energy money and up to {by_rule:.1f} calls; {reached} of {len(every)} "
    f"pairs reach {REQUIRED}. With the preset known in advance every one of them earns {known[0]:,.0f} to {known[1]:,.0f} CNY."
)
