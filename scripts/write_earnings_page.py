"""Writes docs/earnings.md: what one station earns on the public price series, with 0, 210 and 330 calls.

    python scripts/write_earnings_page.py FOLDER_OF_SERIES

Each series is converted by its line of docs/signals.md and planned by the command that the page prints. The series are
not part of this repository; the page says where the figures come from.
"""

import json
import re
import shlex
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "earnings.md"
STUDY = ROOT / "docs" / "earnings"
SERIES = {
    "cn_province_rt_15min_2022.csv.gz": ("中国某省实时 2022，15 分钟 / a Chinese province, real time", "CNY"),
    "nl_dayahead_hourly_2023.parquet": ("荷兰日前 2023，小时 / Netherlands, day ahead", "EUR"),
    "cz_dayahead_hourly_2024.csv.gz": ("捷克日前 2024，小时 / Czechia, day ahead", "EUR"),
    "cz_dayahead_15min_2025Q4.csv.gz": ("捷克日前 2025 四季度，15 分钟 / Czechia, day ahead", "EUR"),
    "ercot_dam_spp_hourly_2021.parquet": ("得州西部日前 2021，小时 / Texas HB_WEST, day ahead", "USD"),
}
CALLS = (0, 210, 330)
HEAD = """# 一座电站能挣多少 / What one station earns

100 MW / 200 MWh，往返效率 0.87，始末放空，不计损耗成本；每格为全期收入，下为迎峰日放电次数与多要求一次的代价。币种照原样，不换算。
100 MW / 200 MWh, round trip 0.87, empty at both ends, no wear. A cell has the revenue of the whole series, the calls on season days,
and what one more call asked for costs; currencies as they are. Season days are those of `jun_sep_dec_feb` by Shanghai's calendar. Where
the calls cannot be reached the cell has the largest number that can.

Each series is converted by its line in [signals.md](signals.md), each cell made by

```
huchu dispatch --stations docs/earnings/stations.toml --settings docs/earnings/huchu.toml --signals SERIES.csv --calls N --no-plot
```

and the page by `python scripts/write_earnings_page.py FOLDER_OF_SERIES`. Perfect foresight: no operator reaches these figures.

"""


def huchu(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One command of the program, in English."""
    command = [sys.executable, "-m", "huchu", *words, "--lang", "en"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def conversions() -> dict[str, list[str]]:
    """The words of each conversion line of docs/signals.md, by the file that it converts."""
    lines = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8").splitlines()
    words = [shlex.split(line) for line in lines if line.startswith("huchu signals ")]
    return {each[2]: each[1:] for each in words}


def cell(folder: Path, signals: Path, calls: int, currency: str) -> str:
    """What the station earns with so many calls, or the most calls that it can make."""
    out = f"out-{signals.stem}-{calls}"
    study = ("--stations", str(STUDY / "stations.toml"), "--settings", str(STUDY / "huchu.toml"))
    asked = ("dispatch", *study, "--signals", signals.name, "--calls", str(calls), "--no-plot", "--out", out)
    done = huchu(folder, *asked)
    if done.returncode:
        most = re.search(r"at most ([0-9.]+) calls", done.stderr)
        if most is None:
            raise RuntimeError(done.stderr)
        return f"{calls} 次做不到，最多 / out of reach, at most **{most[1]}**"
    summary = json.loads((folder / out / "summary.json").read_text(encoding="utf-8"))
    station = summary["stations"][0]
    price = station["explanation"]["call_price_cny"]
    more = "" if not calls or price is None else f"<br>+1: {Decimal(price):,.0f}"
    return f"{Decimal(summary['revenue_cny']):,.0f} {currency}<br>{Decimal(summary['calls']):.1f} 次 calls{more}"


def main() -> None:
    """Convert, plan and write."""
    source, lines = Path(sys.argv[1]).resolve(), conversions()
    rows = ["| 序列 series | 时段 steps | " + " | ".join(f"{calls} 次 calls" for calls in CALLS) + " |"]
    rows.append("|---|---:|" + "---:|" * len(CALLS))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, (title, currency) in SERIES.items():
            signals = folder / f"{name.split('.')[0]}.csv"
            words = [word if word != name else str(source / name) for word in lines[name]]
            converted = huchu(folder, *words, "--out", signals.name)
            if converted.returncode:
                raise RuntimeError(converted.stderr)
            steps = signals.read_bytes().count(b"\n") - 1
            cells = [cell(folder, signals, calls, currency) for calls in CALLS]
            rows.append(f"| {title} | {steps:,} | " + " | ".join(cells) + " |")
            print(rows[-1], flush=True)
    origins = "来源 sources: 见 / see [signals.md](signals.md). 价格为公开事实 / prices are published facts.\n"
    PAGE.write_text(HEAD + "\n".join(rows) + "\n\n" + origins, encoding="utf-8")


if __name__ == "__main__":
    main()
