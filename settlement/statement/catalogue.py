"""The findings that the settlement itself makes, beside those of the meter intake."""

from pathlib import Path
from typing import Final

from tariffs.vocabulary.findings import Catalogue

CATALOGUE: Final = Catalogue.load(Path(__file__).with_name("findings.toml"))
