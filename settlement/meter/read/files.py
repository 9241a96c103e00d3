"""What reading meter files gives back."""

from dataclasses import dataclass

import polars as pl

from tariffs.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterFile:
    """Identity of one file that was read.

    Shape   `name` without its folder; `sha256` of the bytes as they lie on disk; `file_format` is long, registers,
            points96, nem12 or greenbutton, empty where none was recognised; `rows` counts data rows (records of NEM12,
            readings of Green Button)
    """

    name: str
    sha256: str
    file_format: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Everything that the meter files hold, unchecked between rows.

    Shape   `intervals` has the columns RAW_INTERVALS, `registers` RAW_REGISTERS; `file_no` in both is a position in
            `files`; rows with a finding of severity refusal are left out, so a caller must refuse on refusals
    """

    intervals: pl.DataFrame
    registers: pl.DataFrame
    files: tuple[MeterFile, ...]
    findings: tuple[Finding, ...]
