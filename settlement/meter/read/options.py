"""What a caller may choose, and what reading gives back."""

from dataclasses import dataclass, field

import polars as pl

from tariffs.settings import NaiveInstants
from tariffs.vocabulary.findings import Finding

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where reading stops before a hostile or mistaken file can exhaust the machine.

    Shape   sizes in bytes; the ratio of unpacked to packed size counts only from `ratio_from_bytes` on, for a short
            file of zeros packs very well
    """

    max_bytes: int = 2048 * _MEBIBYTE
    max_unpacked_bytes: int = 4096 * _MEBIBYTE
    max_unpacked_ratio: int = 300
    ratio_from_bytes: int = 32 * _MEBIBYTE
    max_rows: int = 50_000_000
    max_columns: int = 2_000
    max_cell_characters: int = 256
    max_archive_entries: int = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Choices of the user about how meter files are read."""

    accept_unterminated: bool = False
    naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI
    limits: Limits = field(default_factory=Limits)


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
