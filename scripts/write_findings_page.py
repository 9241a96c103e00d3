"""Writes docs/findings.md: every finding that the product can report, with what it means and what to do.

The source are the catalogues beside the code that finds them; `make docs` runs this and a test compares the page.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "findings.md"
CATALOGUES = {
    "tariffs/reading/findings.toml": "读入任何文件 / Reading any file",
    "dispatch/signals/findings.toml": "读入时序 / Reading signals",
    "huchu/convert/findings.toml": "转换别处的序列 / Converting series of others",
    "settlement/meter/reading_findings.toml": "读入表计文件 / Reading meter files",
    "settlement/meter/checks.toml": "校核读数 / Checking readings",
    "settlement/inputs/findings.toml": "读入其余输入文件 / Reading the files beside the meter files",
    "settlement/quantities/findings.toml": "调度指令与表计 / Dispatch orders held against the meter",
    "settlement/statement/findings.toml": "结算 / Settlement",
    "settlement/assessment/findings.toml": "考核 / Assessment",
    "dispatch/findings.toml": "调度计划 / Plans",
    "dispatch/fleet/findings.toml": "多站一个目标 / Several stations, one goal",
    "huchu/cli/fleet/findings.toml": "多站的输入 / Inputs of several stations",
    "dispatch/v2g/findings.toml": "充电记录 / Charging sessions",
    "dispatch/sizing/findings.toml": "项目规模 / Sizing a project",
    "huchu/cli/pairing_findings.toml": "风电配储 / Wind pairing",
    "huchu/cli/rule/findings.toml": "规定的批量评判 / Cases of regulations in a batch",
    "huchu/schedules/findings.toml": "调度命令 / The command that plans",
}
HEAD = """# 校核结果一览 / All findings

由 `make docs` 生成，请勿手改。/ Made by `make docs`; not edited by hand.

代码写在 `findings.csv` 的 `code` 列，含义不再改变。大括号处填入实际数值。
Codes stand in the column `code` of `findings.csv` and never change their meaning. Braces hold the figures of the case.

- **拒绝 refusal**：该电站不予结算 / the station is not settled
- **警告 warning**：可能正确，请核对 / may be right, to be looked at
- **提示 notice**：应当知晓 / to be known
"""
SEVERITIES = {"refusal": "拒绝 refusal", "warning": "警告 warning", "notice": "提示 notice"}


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;")


def section(title: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    """One catalogue as a table, refusals first, codes in alphabetical order."""
    weight = list(SEVERITIES)
    rows = [
        f"| `{code}` | {SEVERITIES[entry['severity']]} "
        f"| {_cell(entry['zh'])}<br>{_cell(entry['en'])} | {_cell(entry['do_zh'])}<br>{_cell(entry['do_en'])} |"
        for code, entry in sorted(entries.items(), key=lambda each: (weight.index(each[1]["severity"]), each[0]))
    ]
    head = ["| 代码 code | 程度 severity | 含义 meaning | 办法 what to do |", "|---|---|---|---|"]
    return "\n".join((f"## {title}", "", *head, *rows, ""))


def page() -> str:
    """The whole page as text."""
    parts = [HEAD]
    for name, title in CATALOGUES.items():
        parts.append(section(title, tomllib.loads((ROOT / name).read_text(encoding="utf-8"))))
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE.relative_to(ROOT))
