"""What the pages promise is there: files that they link, targets that they name, the same commands in both languages."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path.name for path in ROOT.glob("*.md"))
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
CODE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands(name: str) -> list[str]:
    """The lines of all code blocks without their comments, which are in the language of the page."""
    lines = [line.partition("#")[0].rstrip() for block in CODE.findall(_text(name)) for line in block.splitlines()]
    return [line for line in lines if line]


def test_the_pages_of_a_project_are_there() -> None:
    assert {"CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "README.md", "README.zh.md"} <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_every_link_of_a_page_leads_to_a_file(name: str) -> None:
    dead = [target for target in LINK.findall(_text(name)) if not (ROOT / target).exists()]
    assert "" == "\n".join(dead)


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "README.zh.md"])
def test_every_target_that_a_page_names_is_in_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    named = {target for line in _commands(name) for target in TARGET.findall(line)}
    assert named
    assert set() == named - targets


def test_both_readmes_give_the_same_commands() -> None:
    assert _commands("README.md") == _commands("README.zh.md")


def test_the_statement_in_the_readmes_is_what_the_samples_come_to() -> None:
    """Run `make docs` when this fails."""
    script = runpy.run_path(str(ROOT / "scripts" / "write_readme_excerpt.py"))
    words = script["excerpt"](script["sample_record"]())
    for name in script["PAGES"]:
        assert script["with_excerpt"](_text(name), words) == _text(name)


def test_every_direct_requirement_has_an_entry_among_the_decisions() -> None:
    project = _text("pyproject.toml")
    section = project[project.index("\ndependencies = [") : project.index("[project.scripts]")]
    names = re.findall(r'"([A-Za-z0-9_-]+)>=', section)
    assert names
    decided = _text("DECISIONS.md").lower()
    assert [] == [name for name in names if name.lower() not in decided]
