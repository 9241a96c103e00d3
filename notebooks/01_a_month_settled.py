# %% [markdown]
# # 01 一个月，逐行结算 / A month settled, line by line
#
# 一座虚构电站的 2025 年 7 月：每行金额都追到电量、时段、表计文件的行与条款，并手工复核到分；一次自身故障的考核一目了然。
#
# July 2025 of an invented station, 100 MW / 200 MWh, whose converters were out for nearly four days. The whole
# settlement is one call; then one line is taken apart down to the rows of the meter file, and every line is
# redone by hand.

# %%
import csv
import gzip
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
from IPython.display import Image, display
from matplotlib.figure import Figure

import settlement
from huchu import samples
from huchu.plots.page import FAINT, INK, png_of
from huchu.plots.panels import CHARGE, DISCHARGE, OUTAGE, OUTAGE_PATCH, SEASON, SEASON_PATCH

SAMPLE = samples.path("season")
STATION, MONTH = "SH-JS-04", "2025-07"
pd.set_option("display.max_columns", 30, "display.width", 160)


def picture(draw, height_in=4.6):
    """The picture that a function draws on an empty figure, in the fonts of the statements."""

    def page(figure: Figure) -> None:
        figure.set_size_inches(11, height_in)
        draw(figure)

    return Image(png_of(page), width=950)


# %% [markdown]
# ## The whole settlement in one call
#
# Meter files, orders, plan curve, incidents and AGC hours in, statements out. June is settled too, so that the
# calls can be counted to date; the files name three stations, of which one is looked at here.

# %%
beside = settlement.InputPaths(
    orders=SAMPLE / "orders.csv",
    plan=SAMPLE / "plan.csv.gz",
    incidents=SAMPLE / "incidents.csv",
    agc=SAMPLE / "agc.csv",
)
settled = settlement.settle(
    sorted(SAMPLE.glob("meter-*.csv.gz")),
    SAMPLE / "stations.toml",
    f"2025-06..{MONTH}",
    SAMPLE / "huchu.toml",
    settlement.SettleOptions(inputs=beside),
)
statement = settled.statement(STATION, MONTH)
display(statement)

# %% [markdown]
# `lines` and `calls` are frames of exact decimal text; pandas has them with `.to_pandas()`. The flag
# `not_confirmed` says that no official page confirms the coal benchmark price; `formula` names the formula of
# an assessment.

# %%
lines = settled.lines.to_pandas().query("station_id == @STATION and month == @MONTH").set_index("line_no")
printed = ["item", "season", "quantity", "quantity_unit", "price_cny_per_unit", "amount_cny", "settled_with", "flags"]
display(lines[printed])

# %% [markdown]
# ## One line taken apart: discharged energy
#
# The price says how it came about, and from which documents.

# %%
line = next(each for each in statement.lines if each.item == "discharge_energy")
print(line.quantity_text, line.quantity_unit, "×", line.price_text, "=", line.amount_exact_cny, "元")
print(line.formula.zh, "|", line.formula.en)
for source in line.sources:
    print(f"  {source.document_number} {source.article}，{source.effective_from} 起，{source.confirmation.value}")

# %% [markdown]
# The quantity is the sum of the intervals of the days behind the line. Energies are integers of 1e-4 kWh, so
# the sum is exact.

# %%
readings = statement.readings.to_pandas()
days = readings.groupby(readings["interval_start"].dt.date)[["charge_kwh_e4", "discharge_kwh_e4"]].sum()
print(line.behind.first_day, "–", line.behind.last_day, ",", line.behind.intervals, "intervals")
assert int(days["discharge_kwh_e4"].sum()) == line.quantity_e4
display(
    (days / 10_000).rename(columns={"charge_kwh_e4": "charge_kwh", "discharge_kwh_e4": "discharge_kwh"}).iloc[11:18]
)

# %% [markdown]
# Each interval knows the file and the row it was read from. The evening of 1 July, first as settled, then as it
# stands in the file.

# %%
evening = readings[(readings["interval_start"].dt.day == 1) & (readings["discharge_kwh_e4"] > 0)]
display(evening[["interval_start", "discharge_kwh_e4", "discharge_file_no", "discharge_row"]])
(row,) = set(evening["discharge_row"])
name = settled.run.inputs[evening["discharge_file_no"].iloc[0]].name
with gzip.open(SAMPLE / name, "rt", encoding="utf-8", newline="") as file:
    table = list(csv.reader(file))
in_file = dict(zip(table[0], table[row - 1], strict=True))
print(name, "row", row, {column: cell for column, cell in in_file.items() if cell != "0"})
quarters = [n for n in range(1, 97) if in_file[f"p{n:02d}"] != "0"]
assert [Decimal(in_file[f"p{n:02d}"]) * 10_000 for n in quarters] == evening["discharge_kwh_e4"].tolist()

# %% [markdown]
# ## Every line by hand
#
# Quantity times price, rounded once, half away from zero. Energy bought and assessments are negative; what is
# exempt costs nothing; the yearly rate of the subsidy is paid by twelfths.


# %%
def by_hand(row: pd.Series) -> Decimal:
    """The amount of a line from what is printed on it."""
    sign = {"charge_energy": -1, "assessment": -1, "exempted_charges": 0}.get(row["item"], 1)
    months = 12 if row["item"] == "capacity_subsidy" else 1
    exact = Fraction(Decimal(row["quantity"])) * Fraction(Decimal(row["price_cny_per_unit"])) / months
    fen = (Decimal(exact.numerator) * 100 / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return (sign * fen / 100).quantize(Decimal("0.01"))


lines["by_hand"] = lines.apply(by_hand, axis=1)
lines["amount"] = lines["amount_cny"].map(Decimal)
assert (lines["by_hand"] == lines["amount"]).all()
with_grid = lines.loc[lines["settled_with"] == "grid", "by_hand"].sum()
assert with_grid == statement.settled_with_grid_cny
display(lines[["item", "amount_cny", "by_hand"]])

# %% [markdown]
# ## Pandas in
#
# A frame with the columns of the long format is as good as a file, and so it is for orders and the other files,
# cut down to one station here. One quarter of 1 July was read 100 kWh too low; the corrected frame gives what
# 100 kWh are worth.

# %%
meter = pd.DataFrame(
    {
        "station_id": readings["station_id"],
        "interval_start": readings["interval_start"],
        "charge_kwh": readings["charge_kwh_e4"] / 10_000,
        "discharge_kwh": readings["discharge_kwh_e4"] / 10_000,
    }
)


def of_station(name: str) -> pd.DataFrame:
    """The rows of a file that are the station's."""
    return pd.read_csv(SAMPLE / name, dtype=str, keep_default_na=False).query("station_id == @STATION")


alone = settlement.InputPaths(
    orders=of_station("orders.csv"),
    plan=of_station("plan.csv.gz"),
    incidents=of_station("incidents.csv"),
    agc=of_station("agc.csv"),
)


def discharged_cny(frame: pd.DataFrame) -> Decimal:
    """What the discharged energy of a frame comes to."""
    options = settlement.SettleOptions(inputs=alone)
    found = settlement.settle(frame, statement.station, MONTH, SAMPLE / "huchu.toml", options)
    (amount,) = found.lines.to_pandas().query("item == 'discharge_energy'")["amount_cny"]
    return Decimal(amount)


corrected = meter.copy()
corrected.loc[evening.index[0], "discharge_kwh"] += 100
assert discharged_cny(meter) == lines.loc[2, "amount"]
more = discharged_cny(corrected) - discharged_cny(meter)
print("100 kWh:", more, "元")
assert more == Decimal("49.86")

# %% [markdown]
# ## The month in pictures
#
# Energy by day, and the calls to date against what is due. Every day of July is a peak-season day; from 14 to
# 17 July the converters stood still.

# %%
(calls,) = statement.calls
numbers = np.arange(1, len(days) + 1)
rated_kwh = float(statement.station.energy_mwh) * 1_000
before = float(calls.to_date_calls - calls.month_calls)
to_date = before + np.cumsum(days["discharge_kwh_e4"].to_numpy() / 10_000 / rated_kwh)
due_a_day = float(calls.year_calls) / calls.year_season_days
due = due_a_day * (calls.season_days_past - len(days) + numbers)
assert abs(to_date[-1] - float(calls.to_date_calls)) < 1e-9


def draw_month(figure: Figure) -> None:
    """Energy by day on the left, calls to date on the right."""
    figure.subplots_adjust(left=0.06, right=0.985, bottom=0.13, top=0.86)
    energy, done = figure.subplots(1, 2, width_ratios=(3, 2))
    for axes in (energy, done):
        axes.axvspan(0.5, 31.5, color=SEASON, linewidth=0)
        axes.axvspan(13.5, 17.75, facecolor="none", edgecolor=OUTAGE, hatch="/////", linewidth=0)
        axes.set(xlim=(0.5, 31.5), xlabel="2025 年 7 月，日　day of July 2025")
    energy.bar(numbers, days["discharge_kwh_e4"] / 1e7, color=DISCHARGE, label="放电 discharged")
    energy.bar(numbers, -days["charge_kwh_e4"] / 1e7, color=CHARGE, label="充电 charged")
    energy.axhline(0, color=INK, linewidth=0.6)
    energy.set_ylabel("MWh")
    energy.set_title("每日电量　energy by day", loc="left", fontweight="bold", pad=18)
    bars, _ = energy.get_legend_handles_labels()
    energy.legend(handles=[*bars, SEASON_PATCH, OUTAGE_PATCH], loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4)
    done.plot(numbers, due, color=FAINT, linewidth=1, linestyle="--", label="进度要求 due by now")
    done.plot(numbers, to_date, color=DISCHARGE, linewidth=2, label="已完成 done")
    done.set_title("全容量调用，次　calls to date", loc="left", fontweight="bold", pad=18)
    done.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)


picture(draw_month)

# %% [markdown]
# From what the discharged energy earns to what is settled with the grid company: the two energy lines, then the
# assessment formula by formula. The last but one step is the monthly cap, which gives part of the assessment
# back.

# %%
NAMES = {
    "charge_energy": "充电电费\ncharging",
    "discharge_energy": "放电电费\ndischarging",
    "agc_availability": "AGC 可用率\nAGC",
    "order_shortfall": "调用不足\norders not done",
    "plan_deviation": "计划偏差\nplan deviation",
    "unplanned_outage": "非计划停运\noutage",
    "month_cap": "月度封顶\nmonthly cap",
}
steps = lines[(lines["settled_with"] == "grid") & (lines["item"] != "exempted_charges")].sort_index(
    key=lambda numbers: [n if n > 2 else -n for n in numbers]
)
formulas = steps["flags"].str.extract(r"formula=(\w+)")[0]
labels = [
    NAMES[formula if isinstance(formula, str) else item] for item, formula in zip(steps["item"], formulas, strict=True)
]
amounts = steps["amount"].astype(float).to_numpy() / 10_000
ends = np.cumsum(amounts)


def draw_fall(figure: Figure) -> None:
    """Each line as a step from the sum before it to the sum after it."""
    figure.subplots_adjust(left=0.06, right=0.985, bottom=0.14, top=0.9)
    axes = figure.subplots()
    starts = np.append(ends - amounts, 0.0)
    heights = np.append(amounts, ends[-1])
    colours = [*(DISCHARGE if amount > 0 else CHARGE for amount in amounts), INK]
    axes.bar(range(len(heights)), heights, bottom=starts, color=colours, width=0.62)
    for at, (start, height) in enumerate(zip(starts, heights, strict=True)):
        axes.annotate(
            f"{height:,.1f}", (at, max(start, start + height)), (0, 3), textcoords="offset points", ha="center"
        )
    axes.set_xticks(range(len(heights)), [*labels, "与电网结算\nwith the grid"])
    axes.set(ylabel="万元　10,000 CNY", ylim=(0, 310))
    axes.set_title("由放电电费到结算金额　from energy sold to what is settled", loc="left", fontweight="bold")


picture(draw_fall)

# %%
assessed = -lines.loc[lines["item"] == "assessment", "amount"].sum()
settled_cny = statement.settled_with_grid_cny
assert Decimal("400000") < assessed < settled_cny

# %% [markdown]
# ## Answer

# %%
print(
    f"{STATION} 2025 年 7 月共 {len(lines)} 行，逐行手算一致；与电网结算 {settled_cny:,.2f} 元，其中自身故障等考核扣 {assessed:,.2f} 元。"
)
print(
    f"{STATION}, July 2025: {len(lines)} lines, each redone by hand to the fen; {settled_cny:,.2f} CNY are settled with "
    f"the grid company, after {assessed:,.2f} CNY of assessment."
)
