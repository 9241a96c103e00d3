"""Why a station has no plan, as a value: an error that goes from process to process with all of its parts."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tariffs.vocabulary.errors import HuchuError, UsageError, Words


class StationFailed(HuchuError):
    """A station could not be planned for a reason that is no refusal: a fault of a block, of the program, of a process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The refusal of one station.

    Shape   `kind` is the class of the error, `said` its parts, findings included; an error itself does not survive
            pickling
    """

    station_id: str
    kind: type[HuchuError]
    said: Mapping[str, Any]

    @property
    def error(self) -> HuchuError:
        """The error, to be raised."""
        error = self.kind.__new__(self.kind, *(self.said[part] for part in ("what", "found", "done", "do")))
        vars(error).update(self.said)
        return error

    @property
    def is_usage(self) -> bool:
        """Whether the words of the request are wrong, so that every station would be refused."""
        return issubclass(self.kind, UsageError)


def refusal_of(station_id: str, error: HuchuError) -> Refusal:
    """The refusal that an error is."""
    return Refusal(station_id=station_id, kind=type(error), said=dict(vars(error)))


def fault_of(station_id: str, fault: Exception) -> Refusal:
    """The refusal of a station whose planning met a fault: which one, and where."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    told = f"{type(fault).__name__}: {fault}{place}"
    failed = StationFailed(
        Words(f"{station_id}：计划时出错", f"{station_id}: planning failed"),
        found=Words(told, told),
        do=Words("如出自自带约束，请改正；否则请报告", "mend it if it is in a block of your own; else report it"),
    )
    return refusal_of(station_id, failed)


def lost(station_id: str) -> Refusal:
    """The refusal of a station whose process died twice: in company, and alone."""
    failed = StationFailed(
        Words(f"{station_id}：计算进程中途消失", f"{station_id}: the process that planned it died"),
        found=Words("单独重试仍消失，多为内存不足", "alone it died again; most often memory is short"),
        do=Words("缩短期间或另选 --rung，再试", "try again with a shorter horizon or another --rung"),
    )
    return refusal_of(station_id, failed)
