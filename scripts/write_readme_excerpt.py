"""Writes one statement of the shipped samples into both READMEs, as a table between two marks.

The figures come from the settlement itself; `make docs` runs this and a test compares the pages.
"""

from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from settlement import SettleOptions, settle
from settlement.statement.record import statement_record
from tariffs.stations import read_stations

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "README.zh.md")
BEGIN, END = "<!-- demo output -->", "<!-- end of demo output -->"
STATION, METER, MONTH = "SH-LG-01", "LG01_registers.csv", "2025-06"


def sample_record() -> Mapping[str, Any]:
    """The record of one station's month, settled from the shipped samples as `huchu demo` does."""
    with as_file(files("huchu.samples")) as samples:
        stations = [each for each in read_stations(samples / "stations.toml") if each.id == STATION]
        settled = settle(samples / METER, stations, MONTH, samples / "huchu.toml", SettleOptions(estimate=True))
    return statement_record(settled.statements[0])


def excerpt(record: Mapping[str, Any]) -> str:
    """The statement in ten lines."""
    station, totals, calls = record["station"], record["totals"], record["calls"]
    rows = [
        _row(
            f"{line['item_zh']} {line['item_en']}",
            line["quantity"],
            f"{line['price_formula_zh']} = {line['price_cny_per_unit']}",
            line["amount_cny"],
            f"{line['document']} {line['article']}",
        )
        for line in record["lines"]
    ]
    required = f"应 required {calls['calls_required']}，进度要求 pro rata {calls['required_by_now']}"
    return "\n".join(
        (
            f"{station['name']} `{station['id']}` · {record['month']} · {station['power_mw']} MW / {station['energy_mwh']} MWh",
            "",
            _row("项目 item", "电量 kWh", "电价 price, 元/kWh", "金额 amount, 元", "条款 article"),
            "|---|---:|---|---:|---|",
            *rows,
            _row(
                "**与电网结算 settled with the grid company**",
                "",
                totals["settled_with_grid_capitals"],
                f"**{totals['settled_with_grid_cny']}**",
                "",
            ),
            _row("全容量充放电调用 full-capacity calls", "", required, f"已 done {calls['calls_to_date']}", ""),
        )
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def with_excerpt(page: str, text: str) -> str:
    """A page with the text between its marks."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}"


if __name__ == "__main__":
    words = excerpt(sample_record())
    for name in PAGES:
        path = ROOT / name
        path.write_text(with_excerpt(path.read_text(encoding="utf-8"), words), encoding="utf-8", newline="\n")
        print(name)
