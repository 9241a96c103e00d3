"""Writes docs/articles.md: article by article what we made of the storage plan, in which files, proven by which cases.

The source is articles.toml beside this script. It is refused where a point has neither cases nor a reason why it is words
only, where a file or a case file is not there, and where a case file stands under no article of the list.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "articles.md"
SOURCE = Path(__file__).with_name("articles.toml")
CASES = ROOT / "tests" / "cases"
NO_CASES = {"defaults"}
"""Files in tests/cases that hold no case."""
OTHER_DOCUMENTS = "regulations/"
"""Cases of the other gazette documents, which have pages of their own."""
KEYS = {"article", "part", "setting", "zh", "en", "files", "cases", "words_zh", "words_en"}
CLAUSE = re.compile(r'^clause\s*=\s*"([^"]+)"', re.MULTILINE)
ARTICLE = re.compile(r"[一二三四五六七](?:（[一二三四五六]）)?|[^;, ]+〔\d{4}〕\d+号")
HEAD = """# 条文、文件、算例 / Articles, files, cases

由 `make docs` 生成，请勿手改。/ Made by `make docs`; not edited by hand.

沪府办发〔2024〕28号及相关文件逐条：我们的理解（自拟文字）、落实的文件、证明的算例；没有可计算内容的写明缘由。
算例在 `tests/cases`，用懂规则而不懂程序的人能核对的写法；"取定"是文本未明之处的选择，名称即 `huchu.toml` 的设置。
Article by article: what we made of it in our own words, the files that do it, the cases that prove it, or why there is nothing to compute.
Cases lie in `tests/cases`, written for somebody who knows the rule and no Python.
Decisions are choices where the text is silent, by the name of their setting.
"""


def listed() -> dict[str, Any]:
    """The list of points as it stands in the source."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def case_names() -> tuple[str, ...]:
    """Every case file of the storage plan below tests/cases, without its ending."""
    found = (path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.toml"))
    return tuple(sorted(name for name in found if name not in NO_CASES and not name.startswith(OTHER_DOCUMENTS)))


def problems(source: Mapping[str, Any]) -> Iterator[str]:
    """Everything in which the list is not whole."""
    points: Sequence[Mapping[str, Any]] = source["point"]
    for point in points:
        yield from _point_problems(point, source["parts"])
    named = {name for point in points for name in point.get("cases", ())}
    articles = {point["article"] for point in points}
    for name in case_names():
        if name not in named:
            yield f"tests/cases/{name}.toml is named by no point"
        yield from _clause_problems(name, articles, source["folders"])


def _point_problems(point: Mapping[str, Any], parts: Mapping[str, Any]) -> Iterator[str]:
    place = f"{point.get('article')} {point.get('en', '')[:40]!r}"
    if set(point) - KEYS or not {"article", "part", "zh", "en"} <= set(point) or point["part"] not in parts:
        yield f"{place}: its keys are not those of a point"
        return
    worded = {"words_zh", "words_en"} & set(point)
    if bool(point.get("cases")) == bool(worded) or len(worded) == 1:
        yield f"{place}: either cases, or the reason in both languages why it is words only"
    if point.get("cases") and not point.get("files"):
        yield f"{place}: cases but no file"
    yield from (f"{place}: no file {file}" for file in point.get("files", ()) if not (ROOT / file).is_file())
    yield from (f"{place}: no case file {name}" for name in point.get("cases", ()) if name not in case_names())


def _clause_problems(name: str, articles: set[str], folders: Mapping[str, str]) -> Iterator[str]:
    folder = name.rpartition("/")[0]
    if folder in folders:
        if folders[folder] not in articles:
            yield f"{folder}: {folders[folder]} is no article of the list"
        return
    clauses = CLAUSE.findall((CASES / f"{name}.toml").read_text(encoding="utf-8"))
    under = {match.group(0) for clause in clauses if (match := ARTICLE.match(clause))}
    if not folder:
        yield from (
            f"tests/cases/{name}.toml: the clause {clause!r} begins with no article of the list"
            for clause in dict.fromkeys(clauses)
            if not ((match := ARTICLE.match(clause)) and match.group(0) in articles)
        )
    if clauses and not under & articles:
        yield f"tests/cases/{name}.toml: no clause names an article of the list"


def page(source: Mapping[str, Any]) -> str:
    """The whole page as text."""
    parts = [HEAD]
    for name, title in source["parts"].items():
        points = [point for point in source["point"] if point["part"] == name]
        head = "| 条 article | 理解 what we made of it | 文件 files | 算例 cases |"
        parts.append(
            "\n".join((f"## {title['zh']} / {title['en']}", "", head, "|---|---|---|---|", *map(_row, points), ""))
        )
    return "\n".join(parts)


def _row(point: Mapping[str, Any]) -> str:
    setting = f"<br>`{point['setting']}`" if "setting" in point else ""
    files = "<br>".join(f"[{Path(file).name}](../{file})" for file in point.get("files", ())) or "—"
    cases = "<br>".join(f"[{name}](../tests/cases/{name}.toml)" for name in point.get("cases", ()))
    if not cases:
        cases = f"只有文字 words only：{point['words_zh']} / {point['words_en']}"
    return f"| {point['article']}{setting} | {point['zh']}<br>{point['en']} | {files} | {cases} |"


if __name__ == "__main__":
    found = list(problems(listed()))
    if found:
        print("\n".join(found), file=sys.stderr)
        sys.exit(1)
    PAGE.write_text(page(listed()), encoding="utf-8", newline="\n")
    print(PAGE.relative_to(ROOT))
