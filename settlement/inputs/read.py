"""Every file beside the meter files as one record, or one refusal with all that is wrong in any of them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Final, TypeVar

import polars as pl

from settlement.inputs import adjust, agc, incidents, market_prices, orders, plan_curve
from settlement.inputs.catalogue import CATALOGUE
from settlement.inputs.cells import Stations
from settlement.inputs.layout import Layout, sheet_of_file, sheet_of_frame
from settlement.inputs.records import InputFile, Inputs
from tariffs.reading.frames import as_polars
from tariffs.reading.options import ReadOptions
from tariffs.reading.paths import refuse_no_file
from tariffs.reading.refusal import refused
from tariffs.reading.report import FileRefusedError, FileReport
from tariffs.reading.sheet import Sheet
from tariffs.stations import Station
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.findings import Finding, has_refusal

_REFUSED: Final = Words(
    "随表计文件一并提供的文件未通过检查，不能使用",
    "the files given beside the meter files did not pass the checks and are not used",
)
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputPaths:
    """Where each kind of input is: a path, or in Python also a polars or pandas frame; nothing where it is not given."""

    orders: object | None = None
    plan: object | None = None
    prices: object | None = None
    adjust: object | None = None
    incidents: object | None = None
    agc: object | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    known: Stations
    options: ReadOptions
    names: Sequence[str]
    files: list[InputFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_inputs(paths: InputPaths, stations: Sequence[Station], options: ReadOptions) -> Inputs:
    """Everything that is given, read and checked; warnings and notices are among its findings.

    Shape   a row may name any of the stations, settled in this run or not
    Raises  InputError if a path is no file; Refused, with every finding of every file, if anything in one is wrong
    """
    given = [getattr(paths, each.name) for each in fields(paths)]
    for source in given:
        if isinstance(source, str | Path):
            refuse_no_file(Path(source))
    gathered = _Gathered(
        known={station.id: station for station in stations},
        options=options,
        names=[Path(source).name for source in given if isinstance(source, str | Path)],
    )
    inputs = Inputs(
        orders=_contents(paths.orders, orders.LAYOUT, orders.read, gathered),
        plan=_contents(paths.plan, plan_curve.LAYOUT, plan_curve.read, gathered),
        prices=_contents(paths.prices, market_prices.LAYOUT, market_prices.read, gathered),
        corrections=_contents(paths.adjust, adjust.LAYOUT, adjust.read, gathered) or (),
        incidents=_contents(paths.incidents, incidents.LAYOUT, incidents.read, gathered) or (),
        agc=_contents(paths.agc, agc.LAYOUT, agc.read, gathered) or (),
    )
    inputs = replace(inputs, files=tuple(gathered.files), findings=tuple(gathered.findings))
    if has_refusal(inputs.findings):
        raise refused(inputs.findings, _REFUSED)
    return inputs


def _contents(
    source: object | None, layout: Layout, read: Callable[[Sheet, Stations], _Read], gathered: _Gathered
) -> _Read | None:
    if source is None:
        return None
    path = Path(source) if isinstance(source, str | Path) else None
    report = FileReport(layout.kind if path is None else _name(path, gathered.names), CATALOGUE)
    contents = None
    with suppress(FileRefusedError):
        if path is None:
            sheet = sheet_of_frame(as_polars(source), layout, report, gathered.options)
        else:
            sheet = _sheet_of_path(path, layout, report, gathered.options)
        contents = read(sheet, gathered.known)
        digest = _frame_digest(sheet.cells) if path is None else _file_digest(path)
        rows = sheet.cells.height
        gathered.files.append(InputFile(name=report.file, kind=layout.kind, rows=rows, sha256=digest))
    gathered.findings.extend(report.findings())
    return contents


def _sheet_of_path(path: Path, layout: Layout, report: FileReport, options: ReadOptions) -> Sheet:
    try:
        return sheet_of_file(path, layout, report, options)
    except OSError as fault:
        raise InputError(
            Words(f"无法读取 {path}", f"{path} cannot be read"),
            found=Words(fault.strerror or "-", fault.strerror or "-"),
            do=Words("检查路径和读取权限", "check the path and whether you may read it"),
        ) from None


def _name(path: Path, names: Sequence[str]) -> str:
    """The name of a file, with its folder's where two files have the same."""
    return path.name if names.count(path.name) == 1 else f"{path.absolute().parent.name}/{path.name}"


def _file_digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _frame_digest(cells: pl.DataFrame) -> str:
    return sha256(cells.write_csv().encode("utf-8")).hexdigest()
