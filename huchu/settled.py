"""Earlier results read back: the season discharge of settled months, for calls to date."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from settlement.month import EarlierCalls
from settlement.statement.obligation import EnergyByRating
from tariffs.settings import Settings
from tariffs.vocabulary.columns import CALLS
from tariffs.vocabulary.errors import InputError, UsageError, Words
from tariffs.vocabulary.money import kwh_text
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH

CALLS_FILE = "calls.csv"
RUN_FILE = "run.json"
OF_CALLS = ("city", "season_calendar", "season_ranges", "obligation_year_from", "energy_basis", "commissioning_energy")
"""The settings that the energies of calls.csv depend on."""
PART = re.compile(r"(\d+)\.(\d{4}):(\d+)\.(\d{4})")


def earlier_calls(folders: Sequence[Path], settings: Settings) -> EarlierCalls:
    """The season discharge by rated energy of every station and month in the results given.

    Shape   a folder is a result itself or holds results; a month found twice must have the same energies
    Raises  InputError if a folder holds no calls.csv, a row is not what we wrote, two results differ, or a result was
            settled with other settings of seasons and calls
    """
    found: dict[tuple[str, date, Month], EnergyByRating] = {}
    wanted = dict(settings.applied())
    for folder in folders:
        for path in calls_files(folder):
            _refuse_other_settings(path.parent, wanted)
            for key, energies in _read(path).items():
                if found.setdefault(key, energies) != energies:
                    raise _differ(path, key)
    return found


def calls_files(folder: Path) -> list[Path]:
    """The calls.csv of a result, or of every result in a folder.

    Raises  InputError if there is none
    """
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


def _refuse_other_settings(folder: Path, wanted: Mapping[str, str]) -> None:
    try:
        told = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))["settings"]
        used = {key: told.get(key, "") for key in OF_CALLS}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            Words(f"{folder.name} 中没有可读的 {RUN_FILE}", f"{folder.name} holds no readable {RUN_FILE}"),
            found=Words("无法得知该结果所用设置", "the settings of that result are not known"),
            do=Words("重新结算该月", "settle that month again"),
        ) from None
    other = [key for key in OF_CALLS if used[key] != wanted.get(key, "")]
    if other:
        shown = ", ".join(f"{key} = {used[key]!r} / {wanted.get(key, '')!r}" for key in other)
        raise InputError(
            Words(f"{folder.name} 的结果用了不同的设置", f"the result in {folder.name} was made with other settings"),
            found=Words(shown, shown),
            do=Words("用同样的设置重新结算以前各月", "settle the earlier months again with the same settings"),
        )


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
        except (ValueError, UsageError):
            raise _not_ours(path, number) from None
        found[key] = _energies(row["season_discharge_kwh_by_rated_kwh"], path, number)
        if kwh_text(sum(found[key].values())) != row["season_discharge_kwh_month"]:
            raise _not_ours(path, number)
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
