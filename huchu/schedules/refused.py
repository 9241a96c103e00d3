"""A station that was refused while others go on: its error as a finding."""

from pathlib import Path
from typing import Final

from tariffs.vocabulary.errors import HuchuError, Refused
from tariffs.vocabulary.findings import Catalogue, Finding, Severity

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")


def refusals_of(station_id: str, error: HuchuError) -> tuple[Finding, ...]:
    """The findings of a refusal; an error without findings of its own becomes one that holds its four parts."""
    if isinstance(error, Refused):
        return tuple(finding for finding in error.findings if finding.severity is Severity.REFUSAL)
    return (
        CATALOGUE.finding(
            "plan_refused",
            station_id=station_id,
            kind=type(error).__name__,
            what_zh=error.what.zh,
            what_en=error.what.en,
            found_zh=error.found.zh,
            found_en=error.found.en,
            do_zh=error.do.zh,
            do_en=error.do.en,
        ),
    )
