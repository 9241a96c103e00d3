"""What git keeps runs on any machine: no address of a registry, no path of somebody's computer, every part pinned."""

import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "anaconda" + r"\.org", "mirrors?" + r"\."))
)
MACHINE_PATHS = re.compile(
    "(?<![A-Za-z0-9_.])/(?:"
    + "|".join(("wo" + "rk", "tm" + "p", "ro" + "ot", "ho" + "me", "Us" + "ers", "o" + "pt"))
    + ")/"
)
ADDRESS = re.compile(r"[a-z]+://|^\s*--(?:extra-)?(?:index|find)", re.MULTILINE)
TEXTS = {"", ".cfg", ".css", ".csv", ".html", ".json", ".lock", ".md", ".py", ".sh", ".toml", ".txt", ".typ", ".xml"}
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)


def _texts(kept_files: tuple[Path, ...]) -> list[tuple[str, str]]:
    texts = [path for path in kept_files if path.suffix in TEXTS]
    return [(path.name, path.read_text(encoding="utf-8", errors="replace")) for path in texts]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _hits(pattern: re.Pattern[str], kept_files: tuple[Path, ...]) -> str:
    return "\n".join(
        f"{name}:{number} {line.strip()[:100]}"
        for name, text in _texts(kept_files)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    )


def test_the_files_that_git_keeps_are_found(kept_files: tuple[Path, ...], root: Path) -> None:
    assert {root / "pyproject.toml", root / "requirements.lock", root / ".ci" / "run"} <= set(kept_files)


def test_no_kept_file_names_a_package_registry(kept_files: tuple[Path, ...]) -> None:
    assert "" == _hits(REGISTRIES, kept_files)


def test_no_kept_file_names_a_path_of_one_machine(kept_files: tuple[Path, ...]) -> None:
    assert "" == _hits(MACHINE_PATHS, kept_files)


def test_the_patterns_find_what_they_look_for() -> None:
    assert REGISTRIES.search("https://files.python" + "hosted.org/x")
    assert MACHINE_PATHS.search("open('/" + "tmp/x')")
    assert not MACHINE_PATHS.search("tariffs/work/notes")


def test_the_lock_holds_a_hash_for_every_part_and_no_address(root: Path) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    parts = PINNED.findall(text)
    assert parts
    assert "" == "\n".join(name for name, _, rest in parts if "--hash=sha256:" not in rest)
    assert [] == ADDRESS.findall(text)


def test_the_lock_satisfies_every_requirement_of_the_project(root: Path) -> None:
    pinned = {_normal(name): version for name, version, _ in PINNED.findall((root / "requirements.lock").read_text())}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: list[Any] = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(each for extra in project["project"].get("optional-dependencies", {}).values() for each in extra),
        *(each for group in project["dependency-groups"].values() for each in group),
    ]
    unmet = []
    for requirement in map(Requirement, wanted):
        version = pinned.get(_normal(requirement.name), "")
        if not version or not requirement.specifier.contains(version):
            unmet.append(f"{requirement}: locked is {version or 'nothing'}")
    assert "" == "\n".join(unmet)


def test_no_kept_python_file_is_ignored_by_an_unanchored_rule(root: Path) -> None:
    """An ignored folder inside a package would be missing from the wheel without a word."""
    rules = (root / ".gitignore").read_text(encoding="utf-8").split("\n")
    names = {"build/", "demo/", "dist/", "out/", "data/", "lib/"}
    assert set() == names & set(rules)
