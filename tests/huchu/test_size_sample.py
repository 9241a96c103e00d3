"""The sample project of `huchu size`: `huchu init --size` and `huchu size --example`."""

import tomllib
from pathlib import Path

from typer.testing import CliRunner, Result

from huchu.cli.main import app


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["size", *arguments])


def test_the_sample_names_prices_that_lie_beside_it(tmp_path: Path) -> None:
    made = CliRunner().invoke(app, ["init", str(tmp_path / "mine"), "--size", "--json"])
    assert 0 == made.exit_code
    assert ["huchu.toml", "prices.csv.gz", "project.toml"] == sorted(
        path.name for path in (tmp_path / "mine").iterdir()
    )
    text = (tmp_path / "mine" / "project.toml").read_text(encoding="utf-8")
    assert {"prices.csv.gz"} == {each["signals"] for each in tomllib.loads(text)["scenario"] if "signals" in each}


def test_the_example_is_the_project_that_init_writes(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path), "--size"])
    shown = typed("--example")
    assert (0, (tmp_path / "project.toml").read_text(encoding="utf-8")) == (shown.exit_code, shown.stdout)


def test_two_samples_at_once_are_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", str(tmp_path), "--size", "--season"])
    assert (2, []) == (result.exit_code, list(tmp_path.iterdir()))
