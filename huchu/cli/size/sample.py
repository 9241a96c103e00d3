"""The shipped project as it is handed out: its prices lie beside it."""

from importlib.resources import files
from typing import Final

PROJECT: Final = "project.toml"
SETTINGS: Final = "huchu.toml"
PRICES: Final = "prices.csv.gz"
SHIPPED_PRICES: Final = "../year/prices.csv.gz"
"""How the shipped project names the prices, which other samples use too."""


def project_text() -> str:
    """The shipped project.toml, with its comments; the prices that it names lie in its own folder."""
    shipped = files("huchu.samples") / "size" / PROJECT
    return shipped.read_text(encoding="utf-8").replace(SHIPPED_PRICES, PRICES)


def sample_files() -> dict[str, bytes]:
    """The files of a sample project by name: the project, its settings, the prices of a year."""
    samples = files("huchu.samples")
    return {
        PROJECT: project_text().encode("utf-8"),
        SETTINGS: (samples / "size" / SETTINGS).read_bytes(),
        PRICES: (samples / "year" / PRICES).read_bytes(),
    }
