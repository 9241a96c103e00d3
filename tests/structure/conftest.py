"""What the structure tests look at: the source files of the product, parsed once."""

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("tariffs", "settlement", "dispatch", "regulations", "huchu")
OWN_FOLDERS = (*PACKAGES, "scripts", "benchmarks", "notebooks", "tests")
MADE_BY_TOOLS = {"__pycache__", "build", "dist", "huchu-demo", "out"}
OWN_HIDDEN = {".ci", ".gitignore"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One Python file: where it lies, its text and its syntax tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def sources_under(*folders: str) -> tuple[Source, ...]:
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    return tuple(Source(path=path, text=text, tree=ast.parse(text)) for path, text in texts.items())


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def packages() -> tuple[str, ...]:
    return PACKAGES


@pytest.fixture(scope="session")
def product() -> tuple[Source, ...]:
    """Every Python file of the five packages."""
    found = sources_under(*PACKAGES)
    assert {source.module.split(".")[0] for source in found} == set(PACKAGES)
    return found


@pytest.fixture(scope="session")
def all_python() -> tuple[Source, ...]:
    """Every Python file of the repository, tests and scripts included."""
    return sources_under(*OWN_FOLDERS)


@pytest.fixture(scope="session")
def kept_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep; in an unpacked archive every file that no tool made."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return tuple(sorted(ROOT / name for name in names if name and (ROOT / name).is_file()))
    walked = (path for path in ROOT.rglob("*") if path.is_file() and not _made_by_tools(path))
    return tuple(sorted(walked))


def _made_by_tools(path: Path) -> bool:
    parts = set(path.relative_to(ROOT).parts)
    hidden = {part for part in parts if part.startswith(".")}
    return bool(parts & MADE_BY_TOOLS or hidden - OWN_HIDDEN)
