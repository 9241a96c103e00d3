"""Two stations, and files beside the meter files written and read in one step."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from settlement.inputs.read import InputPaths, read_inputs
from settlement.inputs.records import Inputs
from tariffs.reading.options import ReadOptions
from tariffs.stations import Change, Station
from tariffs.vocabulary.errors import Refused
from tariffs.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What reading came to: the inputs, or nothing where they were refused, and all findings."""

    inputs: Inputs | None
    findings: tuple[Finding, ...]

    def places(self, severity: str = "refusal") -> list[tuple[str, int]]:
        return [(each.code, each.row) for each in self.findings if each.severity.value == severity]

    def codes(self) -> set[str]:
        return {each.code for each in self.findings}


@pytest.fixture(scope="session")
def stations() -> tuple[Station, ...]:
    """SH-1 of 10 MW discharge, 8 MW charge and 20 MWh, twice as large from 2025-07-16 on; SH-2 of 5 MW and 10 MWh."""
    larger = Change(
        from_on=date(2025, 7, 16), power_mw=Decimal(20), charge_power_mw=Decimal(16), energy_mwh=Decimal(40)
    )
    return (
        Station(
            id="SH-1",
            name="一号",
            power_mw=Decimal(10),
            charge_power_mw=Decimal(8),
            energy_mwh=Decimal(20),
            grid_connected_on=date(2025, 3, 1),
            meter_ids=("M-77",),
            change=(larger,),
        ),
        Station(
            id="SH-2", name="二号", power_mw=Decimal(5), energy_mwh=Decimal(10), grid_connected_on=date(2025, 3, 1)
        ),
    )


@pytest.fixture
def outcome_of(tmp_path: Path, stations: Sequence[Station]) -> Callable[..., Outcome]:
    """Reads one file of a kind from its text or bytes."""

    def read(kind: str, content: str | bytes, *, packed: bool = False, options: ReadOptions | None = None) -> Outcome:
        path = tmp_path / f"{kind}.csv"
        raw = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(raw) if packed else raw)
        return outcome(InputPaths(**{kind: path}), options or ReadOptions())

    def outcome(paths: InputPaths, options: ReadOptions) -> Outcome:
        try:
            inputs = read_inputs(paths, stations, options)
        except Refused as refused:
            return Outcome(inputs=None, findings=refused.findings)
        return Outcome(inputs=inputs, findings=inputs.findings)

    return read
