"""Every finding is explained on a page, in both languages, under a code of its own."""

import ast
import re
import runpy
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "write_findings_page.py"))
CATALOGUES = sorted(SCRIPT["CATALOGUES"])


def _entries(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def _braces(text: str) -> set[str]:
    """The figures that a text asks for; one that is itself a text may come in either language."""
    fields = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    return {field.removesuffix("_zh").removesuffix("_en") for field in fields}


def test_the_page_of_findings_is_up_to_date() -> None:
    """Run `make docs` when this fails."""
    assert SCRIPT["page"]() == SCRIPT["PAGE"].read_text(encoding="utf-8")


def test_no_code_stands_in_two_catalogues() -> None:
    codes = [code for name in CATALOGUES for code in _entries(name)]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_of_a_finding_show_the_same_figures(name: str) -> None:
    uneven = [
        f"{code}: {zh} and {en}"
        for code, entry in _entries(name).items()
        for zh, en in (("zh", "en"), ("do_zh", "do_en"))
        if _braces(entry[zh]) != _braces(entry[en])
    ]
    assert "" == "\n".join(uneven)


def _codes_in(tree: ast.Module) -> Iterator[re.Pattern[str]]:
    """Every text in a source file, as a pattern; the parts that a program fills in may be any word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            yield re.compile(node.value)
        elif isinstance(node, ast.JoinedStr):
            fixed = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else None for part in node.values]
            if re.fullmatch(r"_?[a-z]+(_[a-z]+)*_?", "".join(text or "" for text in fixed)):
                yield re.compile("".join(text or r"\w+" for text in fixed))


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_code_of_a_catalogue_is_used_by_the_code_beside_it(name: str, product: Any) -> None:
    package = Path(name).parts[0]
    patterns = {
        pattern for source in product if source.name.startswith(f"{package}/") for pattern in _codes_in(source.tree)
    }
    unused = [code for code in _entries(name) if not any(pattern.fullmatch(code) for pattern in patterns)]
    assert "" == "\n".join(unused)


def test_every_catalogue_of_the_product_is_on_the_page() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for package in ("tariffs", "settlement", "dispatch", "regulations", "huchu")
        for path in (ROOT / package).rglob("*.toml")
        if any(
            isinstance(entry, dict) and "severity" in entry for entry in tomllib.loads(path.read_text("utf-8")).values()
        )
        and path.name != "glossary.toml"
    }
    assert set(CATALOGUES) == found
