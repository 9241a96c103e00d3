# %% [markdown]
# # 06 政策换版：只加一个文件 / A new policy version in one file
#
# 假设自 2025 年 8 月 16 日起，迎峰期放电加价由 20 % 改为 10 %：新增一个注明生效日的文件，其余不动；逐行比较前后的结算单。
#
# Suppose that from 16 August 2025 on what is discharged on peak-season days earns the benchmark plus 10 % instead of
# plus 20 %. That is one new dated file in a folder of your own, which one setting names. No code changes, and the days
# before that one stay as they were. The change is made up, and so are the stations.

# %%
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
from IPython.display import Image, display
from matplotlib.figure import Figure

import settlement
import tariffs
from dispatch import horizon_between, schedule
from huchu import samples
from huchu.plots.page import FAINT, INK, png_of
from huchu.plots.panels import CHARGE, DISCHARGE
from tariffs import HuchuError, read_settings, read_station

SAMPLE = samples.path("season")
SERIES, FIRST_DAY = "shanghai/storage_pricing", date(2025, 8, 16)
MONTHS = "2025-06..2025-09"
pd.set_option("display.max_columns", 30, "display.width", 160)


def picture(draw, height_in=4.6):
    """The picture that a function draws on an empty figure, in the fonts of the statements."""

    def page(figure: Figure) -> None:
        figure.set_size_inches(11, height_in)
        draw(figure)

    return Image(png_of(page), width=950)


# %% [markdown]
# ## Before
#
# Three stations, June to September 2025, as in notebook 01.

# %%
settings = read_settings(SAMPLE / "huchu.toml")
inputs = settlement.InputPaths(
    orders=SAMPLE / "orders.csv",
    plan=SAMPLE / "plan.csv.gz",
    adjust=SAMPLE / "adjust.csv",
    incidents=SAMPLE / "incidents.csv",
    agc=SAMPLE / "agc.csv",
)


def settled(chosen: tariffs.Settings) -> settlement.StatementSet:
    """The statements of the season under some settings."""
    meter = sorted(SAMPLE.glob("meter-*.csv.gz"))
    return settlement.settle(meter, SAMPLE / "stations.toml", MONTHS, chosen, settlement.SettleOptions(inputs=inputs))


before = settled(settings)

# %% [markdown]
# ## The new file
#
# The newest version of the series is copied under its first day as a name, into a folder of your own: here beside a price
# that the sample brings along. What changes: the first day, the citation and how surely it is known, the figure, and `changed`,
# which names each figure that differs.

# %%
scratch = tempfile.TemporaryDirectory()
documents = Path(scratch.name) / "documents"
shutil.copytree(SAMPLE / "documents", documents)
shipped = max((Path(tariffs.__file__).parent / "documents" / SERIES).glob("*.toml"))
EDITS = {
    "effective_from  = 2025-01-01": f"effective_from  = {FIRST_DAY}",
    'confirmation    = "gazette"': 'confirmation    = "user"',
    "changed         = []": 'changed         = ["charge_item.discharge_energy.price_ratio.peak"]',
    '"沪府办发〔2024〕28号"': '"样例通知〔2025〕2号"',
    "published_on    = 2024-12-27": "published_on    = 2025-08-08",
    "price_ratio = { peak = 1.2, other = 1.0 }": "price_ratio = { peak = 1.1, other = 1.0 }",
}
old_text = new_text = shipped.read_text(encoding="utf-8")
for old, new in EDITS.items():
    assert new_text.count(old) == 1, old
    new_text = new_text.replace(old, new)
new_file = documents / SERIES / f"{FIRST_DAY}.toml"
new_file.parent.mkdir(parents=True)
new_file.write_text(new_text, encoding="utf-8")
for old_line, new_line in zip(old_text.splitlines(), new_text.splitlines(), strict=True):
    if old_line != new_line:
        print(f"- {old_line}\n+ {new_line}")

# %% [markdown]
# `make structure` compares the list `changed` with what really differs, figure by figure. The same by hand:


# %%
def figures(table: dict[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Every figure of a document with its path; charge items go by their formula."""
    for key, entry in table.items():
        if isinstance(entry, dict):
            yield from figures(entry, f"{above}{key}.")
        elif isinstance(entry, list) and entry and isinstance(entry[0], dict):
            for each in entry:
                yield from figures(each, f"{above}{key}.{each['formula']}.")
        else:
            yield f"{above}{key}", str(entry)


HEADER = ("effective_from", "effective_until", "checked_on", "confirmation", "changed", "citation")
bodies = [
    {key: table for key, table in tomllib.loads(text).items() if key not in HEADER} for text in (old_text, new_text)
]
different = [path for (path, old), (_, new) in zip(*map(figures, bodies), strict=True) if old != new]
assert different == tomllib.loads(new_text)["changed"]
print(different)

# %% [markdown]
# ## After
#
# One setting names the folder. Each day finds its own version; a month in which two apply has a line for each.

# %%
changed = replace(settings, documents_dir=str(documents))
after = settled(changed)
STATION = "SH-JS-04"
KEYS = ["station_id", "month", "item", "season", "price_cny_per_unit"]


def shown(found: settlement.StatementSet) -> pd.DataFrame:
    """The lines of discharged energy of one station."""
    lines = found.lines.to_pandas().query("station_id == @STATION and item == 'discharge_energy'")
    return lines[["month", "quantity", "price_cny_per_unit", "amount_cny", "document"]]


display(shown(before), shown(after))

# %% [markdown]
# ## The difference, line by line
#
# Every line of every station, added up by month and item. What is discharged from 16 August on moves; the award, the
# lease, the assessment and the charging do not, but for a fen: August has two lines now where it had one, and each line
# is rounded by itself.


# %%
def by_item(found: settlement.StatementSet) -> pd.Series:
    """Sum of the amounts of each station, month and item, exact."""
    lines = found.lines.to_pandas()
    lines["amount"] = lines["amount_cny"].map(Decimal)
    return lines.groupby(["station_id", "month", "item"])["amount"].sum()


both = pd.DataFrame({"before": by_item(before), "after": by_item(after)})
both["difference"] = both["after"] - both["before"]
display(both[both["difference"] != 0])
by_rounding = both["difference"].abs() <= Decimal("0.01")
moved = both[~by_rounding]
assert set(moved.index.get_level_values("item")) == {"discharge_energy"}
assert set(moved.index.get_level_values("month")) == {"2025-08", "2025-09"}
assert set(both[by_rounding & (both["difference"] != 0)].index.get_level_values("month")) <= {"2025-08"}

# %% [markdown]
# By hand: the energy of the new days, times a tenth of the benchmark of 0.4221, which is what the ratio lost.

# %%
discharged = {}
for statement in after.statements:
    readings = statement.readings.to_pandas()
    on_new_days = readings["interval_start"].dt.date >= FIRST_DAY
    discharged[statement.station.id, str(statement.month)] = int(readings.loc[on_new_days, "discharge_kwh_e4"].sum())
for (station_id, month, _), row in moved.iterrows():
    by_hand = -Decimal(discharged[station_id, month]) / 10_000 * Decimal("0.04221")
    print(station_id, month, row["difference"], by_hand)
    assert abs(by_hand - row["difference"]) <= Decimal("0.01")  # two lines are rounded where there was one

# %% [markdown]
# ## Pictures
#
# The prices of a season day over the summer, and what the change takes from each station.

# %%
COLOURS = {"charge_energy": CHARGE, "discharge_energy": DISCHARGE}
prices = [
    (line.item, line.behind.first_day, line.behind.last_day + timedelta(days=1), float(line.price_text), found is after)
    for found in (before, after)
    for statement in found.statements
    if statement.station.id == STATION
    for line in statement.lines
    if line.item in COLOURS
]
taken = moved["difference"].astype(float).unstack("month").droplevel("item") / -10_000


def draw_change(figure: Figure) -> None:
    """Prices by day on the left, the difference of each station on the right."""
    figure.subplots_adjust(left=0.06, right=0.985, bottom=0.13, top=0.85, wspace=0.16)
    price, less = figure.subplots(1, 2, width_ratios=(3, 2))
    for item, first, last, level, is_new in prices:
        style = (
            {"linewidth": 2.4, "color": COLOURS[item]}
            if is_new
            else {"linewidth": 1.0, "color": FAINT, "linestyle": "--"}
        )
        price.plot([first, last], [level, level], **style)
    price.axvline(FIRST_DAY, color=INK, linewidth=0.7)
    price.annotate(f"{FIRST_DAY}", (FIRST_DAY, 0.36), (5, 0), textcoords="offset points")
    price.annotate("放电 discharging", (date(2025, 6, 2), 0.515), color=DISCHARGE)
    price.annotate("充电 charging", (date(2025, 6, 2), 0.222), color=CHARGE)
    price.annotate("换版前 before", (date(2025, 9, 4), 0.513), color=FAINT)
    price.set(ylabel="元/kWh　CNY/kWh", ylim=(0, 0.58))
    price.set_xticks([date(2025, month, 1) for month in range(6, 11)], [f"{month} 月" for month in range(6, 11)])
    price.set_title("迎峰日电价　prices of a season day", loc="left", fontweight="bold")
    bottom = pd.Series(0.0, index=taken.index)
    for month, shade in zip(taken, ("#e9a789", DISCHARGE), strict=True):
        less.bar(
            taken.index, taken[month], bottom=bottom, color=shade, width=0.5, label=f"{int(month[-2:])} 月 {month}"
        )
        bottom += taken[month]
    for place, amount in enumerate(bottom):
        less.annotate(f"{amount:,.1f}", (place, amount), (0, 3), textcoords="offset points", ha="center")
    less.set_ylabel("万元　10,000 CNY")
    less.set_ylim(0, float(bottom.max()) * 1.15)
    less.set_title("各站少收　what each station gets less", loc="left", fontweight="bold")
    less.legend(loc="upper right")


picture(draw_change)

# %% [markdown]
# ## Dispatch reads the same file
#
# The schedule of a station for September at the plan's prices, before and after: the same file, no other change.

# %%
station = read_station(SAMPLE / "stations.toml", "SH-QP-06")
september = horizon_between(date(2025, 9, 1), date(2025, 10, 1), 15)
planned = [schedule(station, settings=chosen, horizon=september) for chosen in (settings, changed)]
for plan in planned:
    print(plan)
assert planned[1].earned_cny < planned[0].earned_cny

# %% [markdown]
# ## What is refused
#
# A day before the first version has no price, and none is made up. A file whose name is not its first day, and a key that
# nobody knows, are refused too: each error says what, found, done, do.


# %%
def refusal(text: str | None, name: str, on: date) -> str:
    """What the library says of a day, with one more file in the folder where a text is given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SERIES / name
        path.parent.mkdir(parents=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
        chosen = replace(settings, documents_dir=folder)
        try:
            settlement.settle(SAMPLE / "meter-QP06.csv.gz", station, f"{on:%Y-%m}", replace(chosen, assessment={}))
        except HuchuError as problem:
            return str(problem)
    return ""


EARLY = date(2024, 12, 1)
refusals = {
    "before every version": refusal(None, "none.toml", EARLY),
    "another name": refusal(new_text, "2025-09-01.toml", FIRST_DAY),
    "a key of no meaning": refusal(
        new_text.replace("price_ratio = { peak = 1.1", "price_ration = { peak = 1.1"), new_file.name, FIRST_DAY
    ),
}
for what, told in refusals.items():
    print(f"--- {what}\n{told}")
assert all(refusals.values())

# %%
scratch.cleanup()
lost = -moved["difference"].sum()
lines_of = {name: len(found.lines) for name, found in (("before", before), ("after", after))}
assert lost > 0

# %% [markdown]
# ## Answer

# %%
print(
    f"只加一个文件（改 {len(different)} 个数），三站 6 至 9 月放电电费少收 {lost:,.2f} 元，全部在 {FIRST_DAY} 起的日子；"
    f"其余 {len(both) - len(moved)} 项（共 {len(both)} 项）至多差 1 分的舍入。"
)
print(
    f"One file with {len(different)} changed figure takes {lost:,.2f} CNY of discharged energy from the three stations, all of it "
    f"from {FIRST_DAY} on; the other {len(both) - len(moved)} of {len(both)} sums by month and item move by a fen of rounding at most."
)
