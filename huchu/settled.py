"""Earlier results read back: the season discharge of settled months, for calls to date."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from settlement.month import EarlierCalls
from settlement.statement.obligation import EnergyByRating
from tariffs.vocabulary.columns import CALLS
from tariffs.vocabulary.errors import InputError, Words
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

CALLS_FILE = "calls.csv"
PART = re.compile(r"(\d+)\.(\d{4}):(\d+)\.(\d{4})")


def earlier_calls(folders: Sequence[Path]) -> EarlierCalls:
    """The season discharge by rated energy of every station and month in the results given.

    Shape   a folder is a result itself or holds results; a month found twice must have the same energies
    Raises  InputError if a folder holds no calls.csv, a row is not what we wrote, or two results differ
    """
    found: dict[tuple[str, date, Month], EnergyByRating] = {}
    for folder in folders:
        for path in _calls_files(folder):
            for key, energies in _read(path).items():
                if found.setdefault(key, energies) != energies:
                    raise _differ(path, key)
    return found


def _calls_files(folder: Path) -> list[Path]:
    direct = folder / CALLS_FILE
    files = [direct] if direct.is_file() else sorted(folder.glob(f"*/{CALLS_FILE}"))
    if not files:
        raise InputError(
            Words(f"{folder.name} 中没有以前的结算结果", f"{folder.name} holds no earlier result"),
            found=Words(f"没有 {CALLS_FILE}", f"no {CALLS_FILE}"),
            do=Words(
                "用 --settled 指出 huchu settle 写出的文件夹", "name a folder that huchu settle wrote with --settled"
            ),
        )
    return files


def _read(path: Path) -> dict[tuple[str, date, Month], EnergyByRating]:
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except pl.exceptions.PolarsError:
        raise _not_ours(path, 1) from None
    if list(frame.columns) != list(CALLS):
        raise _not_ours(path, 1)
    found = {}
    for number, row in enumerate(frame.iter_rows(named=True), 2):
        try:
            key = (row["station_id"], date.fromisoformat(row["obligation_year"]), Month.parse(row["month"]))
        except (ValueError, InputError):
            raise _not_ours(path, number) from None
        found[key] = _energies(row["season_discharge_kwh_by_rated_kwh"], path, number)
    return found


def _energies(text: str, path: Path, row: int) -> EnergyByRating:
    energies = {}
    for part in text.split(";"):
        match = PART.fullmatch(part)
        if match is None:
            raise _not_ours(path, row)
        rated, rated_e4, energy, energy_e4 = (int(digits) for digits in match.groups())
        energies[rated * ENERGY_UNITS_PER_KWH + rated_e4] = energy * ENERGY_UNITS_PER_KWH + energy_e4
    return energies


def _not_ours(path: Path, row: int) -> InputError:
    place = f"{path.parent.name}/{path.name}"
    return InputError(
        Words(f"{place} 第 {row} 行不是结算结果", f"row {row} of {place} is not a settlement result"),
        found=Words("列或数值与 calls.csv 的格式不符", "columns or figures are not those of calls.csv"),
        do=Words("重新结算该月", "settle that month again"),
    )


def _differ(path: Path, key: tuple[str, date, Month]) -> InputError:
    station_id, _, month = key
    return InputError(
        Words(f"{station_id} {month} 有两份不同的结果", f"two results of {station_id} {month} differ"),
        found=Words(path.parent.name, path.parent.name),
        do=Words("每月只给一份结果", "give one result a month"),
    )
