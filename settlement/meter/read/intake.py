"""Meter files in, raw readings out: the whole of reading behind two functions."""

import hashlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

import polars as pl

from settlement.meter.read import detect
from settlement.meter.read.catalogue import CATALOGUE
from settlement.meter.read.files import Intake, MeterFile
from settlement.meter.read.sheet import Contents
from tariffs.reading.frames import as_polars
from tariffs.reading.options import ReadOptions
from tariffs.reading.report import FileRefusedError, FileReport
from tariffs.vocabulary.columns import RAW_INTERVALS, RAW_REGISTERS, Schema
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding

FRAME_NAME: Final = "frame"
"""What a data frame is called where a file has its name."""


def read_meter_files(paths: Sequence[Path], options: ReadOptions) -> Intake:
    """The energies and register readings of meter files, in whatever of the known formats each is.

    Shape   never raises for what a file holds: that is a finding with file and row; `file_no` is the position in `paths`
    Raises  InputError if a path is not there, is no file or is given twice
    """
    _check_paths(paths)
    intervals: list[pl.DataFrame] = []
    registers: list[pl.DataFrame] = []
    files: list[MeterFile] = []
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    for file_no, (path, name) in enumerate(zip(paths, _names(paths), strict=True)):
        report = FileReport(name, CATALOGUE)
        digest = _sha256(path)
        contents = Contents()
        try:
            if digest in seen:
                report.stop("file_repeated", evidence={"other": seen[digest]})
            contents = detect.read_file(path, report, options)
        except FileRefusedError:
            contents = Contents(file_format=report.file_format)
        seen.setdefault(digest, name)
        intervals.append(_numbered(contents.intervals, RAW_INTERVALS, file_no))
        registers.append(_numbered(contents.registers, RAW_REGISTERS, file_no))
        files.append(MeterFile(name=name, sha256=digest, file_format=contents.file_format, rows=contents.rows))
        findings.extend(report.findings())
    return _intake(intervals, registers, files, findings)


def read_frame(frame: object, options: ReadOptions) -> Intake:
    """The energies of a data frame (polars or pandas) with the columns of the long format, or of another table format.

    Shape   as of `read_meter_files`, with one file named `frame` whose hash is that of the energies read and whose rows
            count from 1
    Raises  InputError if it is neither a polars nor a pandas frame
    """
    table = as_polars(frame)
    report = FileReport(FRAME_NAME, CATALOGUE)
    contents = Contents()
    try:
        contents = detect.read_frame(table, report, options)
    except FileRefusedError:
        contents = Contents(file_format=report.file_format)
    intervals = _numbered(contents.intervals, RAW_INTERVALS, 0)
    registers = _numbered(contents.registers, RAW_REGISTERS, 0)
    digest = hashlib.sha256(_canonical_bytes(intervals, registers)).hexdigest()
    file = MeterFile(name=FRAME_NAME, sha256=digest, file_format=contents.file_format, rows=contents.rows)
    return _intake([intervals], [registers], [file], report.findings())


def _canonical_bytes(intervals: pl.DataFrame, registers: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    for frame in (intervals, registers):
        frame.rechunk().write_ipc(buffer, compression="uncompressed")
    return buffer.getvalue()


def _names(paths: Sequence[Path]) -> list[str]:
    """The name of each file, with its folder's where two files have the same."""
    names = [path.name for path in paths]
    return [
        name if names.count(name) == 1 else f"{path.absolute().parent.name}/{name}"
        for path, name in zip(paths, names, strict=True)
    ]


def _intake(
    intervals: Sequence[pl.DataFrame],
    registers: Sequence[pl.DataFrame],
    files: Sequence[MeterFile],
    findings: Sequence[Finding],
) -> Intake:
    return Intake(
        intervals=pl.concat([pl.DataFrame(schema=RAW_INTERVALS), *intervals], rechunk=False),
        registers=pl.concat([pl.DataFrame(schema=RAW_REGISTERS), *registers], rechunk=False),
        files=tuple(files),
        findings=tuple(findings),
    )


def _numbered(frame: pl.DataFrame | None, schema: Schema, file_no: int) -> pl.DataFrame:
    if frame is None:
        return pl.DataFrame(schema=schema)
    return frame.with_columns(file_no=pl.lit(file_no, dtype=pl.UInt16)).select(list(schema)).match_to_schema(schema)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_paths(paths: Sequence[Path]) -> None:
    resolved = [path.resolve() for path in paths]
    for path, real in zip(paths, resolved, strict=True):
        if not path.is_file():
            there = path.exists()
            raise InputError(
                Words(f"无法读取 {path}", f"{path} cannot be read"),
                found=Words("不是文件", "not a file") if there else Words("文件不存在", "no such file"),
                do=Words("检查路径", "check the path"),
            )
        if resolved.count(real) > 1:
            raise InputError(
                Words(f"{path} 重复给出", f"{path} is given more than once"),
                found=Words(f"{resolved.count(real)} 次", f"{resolved.count(real)} times"),
                do=Words("每个文件只写一次", "name each file once"),
            )
