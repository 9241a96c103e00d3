"""The findings of the files beside the meter files, next to those of any file."""

from pathlib import Path
from typing import Final

from tariffs.vocabulary.findings import Catalogue

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
