"""The findings of meter files beside those of any file."""

from pathlib import Path
from typing import Final

from tariffs.vocabulary.findings import Catalogue

CATALOGUE: Final = Catalogue.load(Path(__file__).parent.parent / "reading_findings.toml")
