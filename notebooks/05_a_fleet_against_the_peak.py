# %% [markdown]
# # 05 储能能把全市最高负荷削下多少 / A fleet against the city's peak
#
# 中文摘要：按方案目标建两群电站，求可证明的最低峰值；功率决定最多削多少，时长决定削不削得到，负荷越平，需要的小时越多。
#
# The storage plan strives for 800 MW in use by 2026 and for more than 2,000 MW by 2030. By how many MW can fleets of
# that size cut the highest load of the summer, and what stops them: power or hours? The load is the invented one of the
# sample year; put your own in the same two columns. Two things are kinder here than life: all of the target stands in
# stations that serve the peak and nothing else, and the load is known beforehand.

# %%
from dataclasses import asdict, replace
from datetime import date

import numpy as np
import pandas as pd
from IPython.display import Image, display

from dispatch import Fleet, cut_needs, cut_reach, load_of, plan_fleet, sufficiency
from huchu import samples
from huchu.plots.page import FAINT, HAIR, INK, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, STORED
from tariffs import Library, read_station
from tariffs.eligibility.targets import targets_of

pd.set_option("display.max_columns", 30, "display.width", 160)


def picture(draw, height_in):
    """The picture that a function draws on an empty figure, in the fonts of the statements."""

    def page(figure):
        figure.set_size_inches(11, height_in)
        draw(figure)
        figure.tight_layout()

    return Image(png_of(page), width=950)


# %% [markdown]
# ## The marks of the plan
# Targets are a dated document like every other policy text; each carries its article.

# %%
targets = targets_of(Library().in_force("shanghai/storage_targets", date(2026, 8, 1)))
marks = {name: targets[name] for name in ("applied_scale", "applied_scale_of_term")}
small_mw, large_mw = (int(each.mark or 0) for each in marks.values())
display(
    pd.DataFrame(
        {
            "target": [str(each.name) for each in marks.values()],
            "year": [each.table.target_year for each in marks.values()],
            "MW": [f"{'more than' if each.exclusive else 'at least'} {each.mark:,}" for each in marks.values()],
            "kind": [each.table.target_kind.value for each in marks.values()],
            "article": [each.citation.article for each in marks.values()],
        }
    )
)

# %% [markdown]
# ## The load, as a pandas frame

# %%
year = pd.read_csv(samples.path("year/prices.csv.gz"), parse_dates=["interval_start"])
summer = year.loc[year["interval_start"].dt.month.between(6, 9), ["interval_start", "load_mw"]].reset_index(drop=True)
peak_mw = float(summer["load_mw"].max())
peak_at = summer.loc[summer["load_mw"].idxmax(), "interval_start"]
assert peak_mw == year["load_mw"].max(), "the year's highest load is not in the summer"
print(f"{peak_mw:,.0f} MW, {peak_at:%Y-%m-%d %H:%M}")
pd.Series(
    {f"{share:.0%}": int((summer["load_mw"] > share * peak_mw).sum()) for share in (0.99, 0.98, 0.97, 0.95, 0.9)}
).rename("hours of the summer above this share of the peak").to_frame()

# %% [markdown]
# ## Fleets of the sample station
# A station is a frozen record: `replace` gives another one, `times` many alike. All have 100 MW and the round trip of the
# sample station in Lingang; they differ in hours.

# %%
STATION_MW = 100
lingang = read_station(samples.path("stations.toml"), "SH-LG-01")


def fleet_of(power_mw, hours):
    return replace(lingang, id=f"H{hours}", energy_mwh=STATION_MW * hours).times(power_mw // STATION_MW)


def told(plan):
    assert plan.is_proven, "the peak is not proven to be the lowest"
    return {
        "cut, MW": plan.peak.cut_mw,
        "cut, %": 100 * plan.peak.cut_share,
        "peak after, MW": plan.peak.peak_after_mw,
        "least peak proven, MW": plan.peak.bound_mw,
        "discharged, MWh": plan.schedule["discharge_mw"].sum(),
    }


# %% [markdown]
# ## What they cut
# One call plans all stations behind one goal; the frame goes in as it is. The lowest peak possible comes with its
# proof: *least peak proven* is a bound that no schedule can beat.

# %%
fleets = {(power_mw, hours): fleet_of(power_mw, hours) for power_mw in (small_mw, large_mw) for hours in (2, 4)}
plans = {size: plan_fleet(stations, summer) for size, stations in fleets.items()}
display(
    pd.DataFrame({f"{power_mw:,} MW, {hours} h": told(plan) for (power_mw, hours), plan in plans.items()}).T.round(2)
)

# %%
certificate = plans[large_mw, 2].certificate
print(certificate.zh, certificate.en, sep="\n")

# %% [markdown]
# ## Power or hours?
# A cut of so many MW takes the energy above the level, on the worst day. Divided by the MW of the cut it is *hours of
# rated power*: a fleet whose power is just the cut needs that many. `sufficiency` says it in words.


# %%
def needs_of(load, *cuts_mw):
    needs = [cut_needs(load_of(load), cut_mw=wanted_mw) for wanted_mw in cuts_mw]
    table = pd.DataFrame(map(asdict, needs)).assign(duration_h=[each.duration_h for each in needs]).round(2)
    return table[["power_mw", "energy_mwh", "duration_h", "day", "hours", "hours_in_all", "days", "level_mw"]]


display(sufficiency(load_of(summer), Fleet(power_mw=large_mw, energy_mwh=2 * large_mw), None))
display(needs_of(summer, small_mw, large_mw, 2 * large_mw, 3 * large_mw))

# %% [markdown]
# ## A summer with a plateau
# The sample's peak is sharp. A city of offices and air conditioning is flat on its hottest days: from mid-morning to
# evening the load hardly moves. One line of pandas makes such a summer: from 10:00 to 19:00 no hour below 98 % of its
# day's highest. The peak itself stays. (The modelled July day of docs/targets.md asks for 6.5 h to cut 5 %.)

# %%
highest_mw = summer.groupby(summer["interval_start"].dt.date)["load_mw"].transform("max")
by_day = summer["interval_start"].dt.hour.between(10, 18)
plateau = summer.assign(load_mw=summer["load_mw"].mask(by_day, summer["load_mw"].clip(lower=0.98 * highest_mw)))
loads = {"样例负荷 sample": summer, "平顶负荷 plateau": plateau}
display(needs_of(plateau, small_mw, large_mw, 2 * large_mw, 3 * large_mw))

# %%
DURATIONS = (2, 4, 6, 8)
proven = {
    (label, power_mw, hours): plan_fleet(fleet_of(power_mw, hours), load)
    for label, load in loads.items()
    for power_mw in (small_mw, large_mw)
    for hours in DURATIONS
}
assert all(plan.is_proven for plan in proven.values())
cut_mw = pd.Series({case: plan.peak.cut_mw for case, plan in proven.items()}).rename_axis(["load", "MW", "hours"])
display(cut_mw.unstack("hours").round(1))

# %% [markdown]
# ## The day of the peak, and who discharges
# Half of the power with two hours, half with four. `frame` is the load before and after, `schedule` all stations in one
# table; both are polars, `.to_pandas()` makes them pandas. A slice of a bar is one station. The sharp peak takes all the
# power for one hour; on the plateau part of the power stands still at the very peak, for the energy has to last for nine
# hours.

# %%
half_mw = large_mw // 2
mixed = {label: plan_fleet([*fleet_of(half_mw, 4), *fleet_of(half_mw, 2)], load) for label, load in loads.items()}


def on_peak_day(frame):
    hours = frame.to_pandas()
    today = hours[hours["interval_start"].dt.date == peak_at.date()]
    return today.assign(hour=today["interval_start"].dt.hour)


def of_stations(plan, column):
    return on_peak_day(plan.schedule).pivot(index="hour", columns="station_id", values=column)


flat_day = of_stations(mixed["平顶负荷 plateau"], "discharge_mw")
display(flat_day.T.groupby(lambda station: station[:2]).sum().T.query("hour >= 9 and hour < 20").round(1).T)


# %%
def draw_loads(axes, plan):
    today = on_peak_day(plan.frame)
    before, after = today["load_mw"].to_numpy(), today["load_after_mw"].to_numpy()
    axes.stairs(np.maximum(before, after), baseline=after, fill=True, color=DISCHARGE, alpha=0.5)
    axes.stairs(np.maximum(before, after), baseline=before, fill=True, color=CHARGE, alpha=0.5)
    axes.stairs(before, baseline=None, color=INK, linewidth=1.1, label="削前 before")
    axes.stairs(after, baseline=None, color=STORED, linewidth=1.6, label="削后 after")
    axes.set(ylim=(0.4 * peak_mw, 1.06 * peak_mw), ylabel="MW")
    return f"{before.max():,.0f} → {after.max():,.0f} MW"


def draw_stations(axes, plan):
    stacked = np.zeros(24)
    for station, given_mw in of_stations(plan, "discharge_mw").items():
        colour = STORED if station.startswith("H4") else DISCHARGE
        axes.bar(range(24), given_mw, 1, stacked, align="edge", color=colour, edgecolor="white", linewidth=0.4)
        stacked = stacked + given_mw.to_numpy()
    taken_mw = of_stations(plan, "charge_mw").sum(axis=1)
    axes.bar(range(24), -taken_mw, 1, align="edge", color=CHARGE, edgecolor="white", linewidth=0.4)
    for colour, name in ((DISCHARGE, "2 小时站 2 h"), (STORED, "4 小时站 4 h"), (CHARGE, "充电 charging")):
        axes.bar(0, 0, color=colour, label=name)
    axes.axhline(0, color=INK, linewidth=0.6)
    axes.set(ylabel="MW")


def draw_peak_day(figure):
    for (above, below), (label, plan) in zip(
        figure.subplots(2, 2, sharex=True, sharey="row", height_ratios=(3, 3)).T, mixed.items(), strict=True
    ):
        cut = draw_loads(above, plan)
        draw_stations(below, plan)
        above.set_title(f"{label} {peak_at:%m-%d}：{cut}", loc="left", fontweight="bold")
        below.set_title("各站放电 discharging, a slice a station", loc="left", fontweight="bold")
        below.set(xlim=(0, 24), xticks=range(0, 25, 3), xticklabels=[f"{hour}:00" for hour in range(0, 25, 3)])
        for axes in (above, below):
            axes.yaxis.set_major_formatter("{x:,.0f}")
            axes.grid(axis="y", color=HAIR, linewidth=0.5)
            axes.legend(loc="upper left")


picture(draw_peak_day, 6.8)

# %% [markdown]
# ## The load duration curve, before and after


# %%
HOURS_SHOWN = 80


def draw_duration(figure):
    panels = figure.subplots(1, 2, sharey=True)
    ranks = np.arange(1, HOURS_SHOWN + 1)
    for axes, (label, load) in zip(panels, loads.items(), strict=True):
        before = np.sort(load["load_mw"].to_numpy(dtype=float))[::-1][:HOURS_SHOWN]
        axes.plot(ranks, before, color=INK, linewidth=1.2, label="削前 before")
        for power_mw, hours, colour in ((small_mw, 2, CHARGE), (large_mw, 4, STORED)):
            peak = proven[label, power_mw, hours].peak
            after = np.sort(peak.after_mw)[::-1][:HOURS_SHOWN]
            axes.plot(
                ranks, after, color=colour, linewidth=1.4, label=f"{power_mw:,} MW · {hours} h：−{peak.cut_mw:,.0f} MW"
            )
            axes.fill_between(ranks, after, before, where=before > after, color=colour, alpha=0.15, linewidth=0)
        axes.set(xlim=(1, HOURS_SHOWN), xlabel="小时数 hours, highest first")
        axes.set_title(label, loc="left", fontweight="bold")
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.grid(axis="y", color=HAIR, linewidth=0.5)
        axes.legend(loc="upper right")
    panels[0].set_ylabel("MW")


picture(draw_duration, 4.4)

# %% [markdown]
# ## The cut over installed power and over hours
# Lines: `cut_reach`, one full discharge a day, in closed form. Dots: the whole plan of all stations, proven. Where a
# line leaves the diagonal, more power brings little: hours are what is missing.

# %%
MOST_MW = 6000
installed_mw = np.arange(200, MOST_MW + 1, 200)
curves = pd.DataFrame(
    {
        (label, hours): [
            cut_reach(of_load, Fleet(power_mw=power_mw, energy_mwh=power_mw * hours)).cut_mw
            for power_mw in installed_mw
        ]
        for label, of_load in ((label, load_of(load)) for label, load in loads.items())
        for hours in DURATIONS
    },
    index=pd.Index(installed_mw, name="installed, MW"),
)
for (label, power_mw, hours), reached_mw in cut_mw.items():
    assert abs(curves.loc[power_mw, (label, hours)] - reached_mw) < 0.1, "the closed form and the plan disagree"


def draw_curves(figure):
    shades = {8: CHARGE, 6: STORED, 4: DISCHARGE, 2: INK}  # thick below thin, so that equal lines are seen
    panels = figure.subplots(1, 2, sharey=True)
    for axes, label in zip(panels, loads, strict=True):
        axes.plot(
            [0, MOST_MW], [0, MOST_MW], color=FAINT, linewidth=0.8, linestyle="--", label="削减 = 装机 cut = installed"
        )
        for hours, colour in shades.items():
            line = {"color": colour, "linewidth": 0.8 + 0.4 * hours, "label": f"{hours} 小时 h"}
            axes.plot([0, *installed_mw], [0, *curves[label, hours]], **line)
            for power_mw in (small_mw, large_mw):
                axes.plot(power_mw, cut_mw[label, power_mw, hours], "o", color=colour, markersize=4 + hours)
        for power_mw in (small_mw, large_mw):
            axes.axvline(power_mw, ymax=0.66, color=FAINT, linewidth=0.6, zorder=0)
            axes.annotate(f"{power_mw:,}", (power_mw, 0), (2, 3), textcoords="offset points", fontsize=7.5, color=FAINT)
        axes.set(xlim=(0, MOST_MW), ylim=(0, MOST_MW), xlabel="装机 installed, MW")
        axes.set_title(label, loc="left", fontweight="bold")
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.yaxis.set_major_formatter("{x:,.0f}")
        axes.legend(loc="upper left")
    panels[0].set_ylabel("削减 cut, MW")


picture(draw_curves, 4.8)

# %% [markdown]
# ## The answer

# %%
sharp, flat = loads
small_cut, two_hours, four_hours = cut_mw[sharp, small_mw, 2], cut_mw[sharp, large_mw, 2], cut_mw[sharp, large_mw, 4]
on_plateau, needed_h = cut_mw[flat, large_mw, 4], needs_of(plateau, large_mw)["duration_h"][0]
assert small_cut > small_mw - 0.1, "800 MW of two hours no longer cut their whole power"
assert two_hours < large_mw - 50 < four_hours, "two hours no longer fall short of 2,000 MW, or four hours do too"
assert on_plateau < large_mw - 50, "four hours are enough on a plateau"


def of_peak(reached_mw, unit):
    return f"{reached_mw:,.0f} {unit} ({reached_mw / peak_mw:.2%})"


print(
    f"答：最高负荷 {peak_mw:,.0f} 兆瓦，{small_mw:,} 兆瓦（2 小时）削去 {of_peak(small_cut, '兆瓦')}；"
    f"{large_mw:,} 兆瓦 2 小时削去 {of_peak(two_hours, '兆瓦')}，4 小时削去 {of_peak(four_hours, '兆瓦')}；"
    f"负荷平顶时 4 小时只削 {of_peak(on_plateau, '兆瓦')}，削满须 {needed_h:.1f} 小时。"
)
print(
    f"Answer: of a highest load of {peak_mw:,.0f} MW, {small_mw:,} MW of 2 h cut {of_peak(small_cut, 'MW')}; "
    f"{large_mw:,} MW cut {of_peak(two_hours, 'MW')} with 2 h and {of_peak(four_hours, 'MW')} with 4 h; "
    f"on a plateau 4 h cut only {of_peak(on_plateau, 'MW')}, and all of it takes {needed_h:.1f} h of rated power."
)
