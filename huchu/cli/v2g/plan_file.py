"""A plan that somebody made for the virtual store, read from a file: one power a step, charging above zero."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.arrays import Floats
from dispatch.horizon import Horizon
from dispatch.signals import grid
from dispatch.signals.columns import MOST_POWER_MW, powers
from dispatch.signals.intake import CATALOGUE, refuse_foreign
from tariffs.reading import bytes_in, csv_text
from tariffs.reading.options import ReadOptions
from tariffs.reading.paths import refuse_no_file
from tariffs.reading.refusal import refused
from tariffs.reading.report import FileRefusedError, FileReport
from tariffs.reading.sheet import Sheet, refuse_headers, refuse_without_rows, sheet_of_text
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import Finding, has_refusal

TIME: Final = "interval_start"
POWER: Final = "power_kw"
_REFUSED: Final = Words("计划文件未通过检查，不能使用", "the plan did not pass the checks and is not used")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """The power of each step of a plan in kW, charging above zero, and the notices of reading."""

    horizon: Horizon
    power_kw: Floats
    findings: tuple[Finding, ...]


def read_plan(path: Path, options: ReadOptions) -> PlanFile:
    """The plan of a CSV file (gzip too) with the columns interval_start and power_kw; others are not looked at.

    Raises  InputError if the path is no file; Refused, with a finding for each row, if anything in it is wrong
    """
    refuse_no_file(path)
    report = FileReport(path.name, CATALOGUE)
    try:
        sheet = _sheet(path, report, options)
        refuse_without_rows(sheet)
        power_kw = powers(sheet, POWER, least_mw=-MOST_POWER_MW)
        times = grid.in_order(sheet)
        if times is None or has_refusal(report.findings()):
            raise FileRefusedError
    except FileRefusedError:
        raise refused(report.findings(), _REFUSED) from None
    return PlanFile(horizon=times.horizon, power_kw=power_kw[times.order], findings=report.findings())


def _sheet(path: Path, report: FileReport, options: ReadOptions) -> Sheet:
    magic = bytes_in.first_bytes(path, report, options.limits)
    refuse_foreign(magic, report)
    packed = magic.startswith(b"\x1f\x8b")
    raw = bytes_in.unpacked_gzip(path, report, options.limits) if packed else path.read_bytes()
    text = bytes_in.lines_of_text(raw, report, options)
    headers = [header.strip().lower() for header in csv_text.header_cells(text, report)]
    refuse_headers(report, headers, (TIME, POWER), headers, header_row=1)
    return sheet_of_text(text, headers, report, options)
