"""The table of articles is whole and up to date: each has cases or a reason, each case file stands under an article."""

import runpy
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "write_articles_page.py"))


def test_every_article_has_cases_or_a_reason_and_every_case_file_an_article() -> None:
    assert "" == "\n".join(SCRIPT["problems"](SCRIPT["listed"]()))


def test_the_page_of_articles_is_up_to_date() -> None:
    """Run `make docs` when this fails."""
    assert SCRIPT["page"](SCRIPT["listed"]()) == SCRIPT["PAGE"].read_text(encoding="utf-8")


def _changed(key: str, entry: Any) -> dict[str, Any]:
    source: dict[str, Any] = deepcopy(SCRIPT["listed"]())
    point = next(each for each in source["point"] if each.get("cases") == ["capacity_lease"])
    if entry is None:
        del point[key]
    else:
        point[key] = entry
    return source


@pytest.mark.parametrize(
    ("key", "entry", "told"),
    [
        ("cases", ["no_such_case"], "no case file no_such_case"),
        ("cases", None, "either cases"),
        ("files", ["settlement/no_such_file.py"], "no file settlement/no_such_file.py"),
        ("words_en", "a reason beside cases", "either cases"),
        ("surprise", "x", "its keys"),
    ],
)
def test_a_point_that_is_not_whole_is_told(key: str, entry: Any, told: str) -> None:
    assert any(told in problem for problem in SCRIPT["problems"](_changed(key, entry)))


def test_a_case_file_that_no_point_names_is_told() -> None:
    source = SCRIPT["listed"]()
    source["point"] = [point for point in source["point"] if "seasons" not in point.get("cases", ())]
    assert "tests/cases/seasons.toml is named by no point" in list(SCRIPT["problems"](source))


def test_a_clause_under_an_article_that_is_not_listed_is_told() -> None:
    source = SCRIPT["listed"]()
    source["point"] = [point for point in source["point"] if point["article"] != "六（三）"]
    assert any("discharge_award" in problem and "begins with" in problem for problem in SCRIPT["problems"](source))
