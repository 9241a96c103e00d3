"""The import contracts cover every package, hold, and would not hold if somebody crossed a border."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CROSSINGS = {
    "tariffs imports settlement": ("tariffs/prices.py", "import settlement.quantities"),
    "the vocabulary imports its users": ("tariffs/vocabulary/money.py", "import tariffs.schema"),
    "settlement imports dispatch": ("settlement/meter/__init__.py", "import dispatch"),
    "dispatch imports settlement": ("dispatch/station.py", "import settlement.charges"),
    "a package imports the program": ("regulations/__init__.py", "import huchu"),
    "quantities import charges": ("settlement/quantities/__init__.py", "import settlement.charges.charge_energy"),
    "a charge item imports another": (
        "settlement/charges/network_charges.py",
        "import settlement.charges.exempted_charges",
    ),
    "a module of settlement without a place": ("settlement/elsewhere.py", ""),
    "tariffs imports a modelling language": ("tariffs/calendar.py", "import pyomo"),
    "a model names a solver": ("dispatch/formulate.py", "import highspy"),
    "settlement prints": ("settlement/charges/charge_energy.py", "import rich"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        check=False,
    )


def _copy(root: Path, packages: tuple[str, ...], folder: Path) -> Path:
    for package in packages:
        shutil.copytree(root / package, folder / package, ignore=lambda _, names: [n for n in names if "fonts" in n])
    shutil.copy(root / "pyproject.toml", folder)
    return folder


def test_contracts_wheel_and_types_speak_of_the_same_packages(root: Path, packages: tuple[str, ...]) -> None:
    tools = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    here = {path.parent.name for path in root.glob("*/__init__.py")}
    assert set(packages) == here
    assert set(packages) == set(tools["importlinter"]["root_packages"])
    assert set(packages) == set(tools["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert set(packages) == set(tools["mypy"]["packages"])


def test_the_contracts_hold(root: Path, packages: tuple[str, ...], tmp_path: Path) -> None:
    ran = _lint(_copy(root, packages, tmp_path))
    assert 0 == ran.returncode, ran.stdout


@pytest.mark.parametrize("crossing", CROSSINGS)
def test_a_crossed_border_breaks_a_contract(
    root: Path, packages: tuple[str, ...], tmp_path: Path, crossing: str
) -> None:
    name, statement = CROSSINGS[crossing]
    folder = _copy(root, packages, tmp_path)
    target = folder / name
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(f"{before}\n{statement}\n", encoding="utf-8")
    ran = _lint(folder)
    assert 1 == ran.returncode
    assert "broken" in ran.stdout
