"""Stations mapped over an executor: the results in the order of the stations, whoever was first."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from dispatch.apart.crew import processes
from dispatch.apart.folder import Parts
from dispatch.apart.one import Planned, held_once, planned_chunk, planned_station, received
from dispatch.apart.refusal import lost
from dispatch.apart.shared import Parcel, Shared, packed
from dispatch.outcome import Report
from tariffs.stations import Station, check_together
from tariffs.vocabulary.errors import UsageError, Words

WIDTH: Final = 16
LARGEST_CHUNK: Final = 8
CHUNK_S: Final = 0.25
"""What a chunk should take, so that sending it is little beside and waiting for the last one is short."""
KILLED: Final = "KilledWorker"
"""The name of the error by which dask says that a chunk ended its workers again and again."""

Chunk = Future[tuple[Planned, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Who is told how a run goes on.

    Shape   `done` is told the station that is done; `report` gives, for a station that is planned in place, whom a solver
            tells its bound
    """

    done: Callable[[str], None] | None = None
    report: Callable[[Station], Report] | None = None


@dataclass(slots=True)
class _Spread:
    """Stations on their way through an executor; `suspects` are those whose process died, and all after them."""

    executor: Executor
    parcel: Parcel
    parts: Parts | None
    left: deque[Station] = field(default_factory=deque)
    size: int = 1
    under_way: dict[Chunk, tuple[Station, ...]] = field(default_factory=dict)
    suspects: list[Station] = field(default_factory=list)

    def fill(self, width: int) -> None:
        """Send chunks until so many are under way."""
        while self.left and len(self.under_way) < width:
            chunk = tuple(self.left.popleft() for _ in range(min(self.size, len(self.left))))
            try:
                self.submit(chunk)
            except BrokenExecutor:
                self.suspects += [*chunk, *self.left]
                self.left.clear()

    def submit(self, stations: tuple[Station, ...]) -> None:
        """Send a chunk.

        Raises  BrokenExecutor if nobody is left to do it
        """
        kept = [None if self.parts is None else self.parts.part(station.id) for station in stations]
        chunk = self.executor.submit(planned_chunk, stations, self.parcel, kept, keeps=self.parts is not None)
        self.under_way[chunk] = stations

    def gathered(self) -> Iterator[Planned]:
        """The results of the chunks that are done, once there is one."""
        if not self.under_way:
            return
        done, _ = wait(self.under_way, return_when=FIRST_COMPLETED)
        for chunk in done:
            stations, fault = self.under_way.pop(chunk), _fault(chunk)
            if fault is None:
                results = chunk.result()
                self.size = _next_size(results)
                yield from results
            elif isinstance(fault, BrokenExecutor):
                self.suspects += stations
            elif len(stations) > 1:
                for station in stations:
                    self.submit((station,))
            else:
                yield Planned(station_id=stations[0].id, refusal=lost(stations[0].id))

    def cancel(self) -> None:
        """Take back what nobody has begun."""
        for chunk in self.under_way:
            chunk.cancel()


def plans_apart(
    stations: Sequence[Station],
    shared: Shared,
    executor: Executor | None = None,
    *,
    width: int = WIDTH,
    parts: Parts | None = None,
    progress: Progress | None = None,
) -> Iterator[Planned]:
    """What came of each station, in their order; done in place without an executor.

    Shape   at most `width` chunks are under way; outcomes go into `parts` as they come and are taken up from there. A
            station whose process dies is tried again alone and then refused; the others are done all the same
    Raises  UsageError if the work cannot be sent to the executor; InputError if a station is given twice
    """
    check_together(stations)
    told = progress or Progress()
    kept = parts if shared.is_kept else None
    if executor is None:
        found = _in_place(stations, shared, kept, told)
    else:
        parcel = packed(shared)
        if not parcel.name and isinstance(executor, ProcessPoolExecutor):
            # said before anything is sent: a pool that has work it cannot send does not end cleanly
            raise _not_sent(Words("自带约束是函数", "blocks of your own are functions"))
        found = _spread(shared, _Spread(executor, parcel, kept, deque(stations)), width)
    yield from _in_order(_noted(found, kept, told), [station.id for station in stations])


def _in_place(stations: Sequence[Station], shared: Shared, parts: Parts | None, told: Progress) -> Iterator[Planned]:
    seen: dict[str, Any] = {}
    for station in stations:
        part = None if parts is None else parts.part(station.id)
        report = None if told.report is None else told.report(station)
        each = planned_station(station, shared, part=part, keeps=parts is not None, report=report)
        if each.plan is not None:
            each = replace(each, plan=replace(each.plan, task=held_once(each.plan.task, seen)))
        yield each


def _spread(shared: Shared, spread: _Spread, width: int) -> Iterator[Planned]:
    own, seen = cache(lambda: shared.own_blocks), dict[str, Any]()
    try:
        while spread.left or spread.under_way:
            spread.fill(width)
            yield from (received(each, own, seen) for each in spread.gathered())
        yield from (received(each, own, seen) for each in _alone(spread))
    finally:
        spread.cancel()


def _alone(spread: _Spread) -> Iterator[Planned]:
    """The suspects one by one in one process, which is replaced when it dies: then the station that it had is the cause."""
    left = deque(spread.suspects)
    while left:
        with processes(1) as crew:
            alone = _Spread(crew.executor, spread.parcel, spread.parts)
            while left:
                station = left.popleft()
                alone.submit((station,))
                yield from alone.gathered()
                if alone.suspects:
                    yield Planned(station_id=station.id, refusal=lost(station.id))
                    break


def _fault(chunk: Chunk) -> BaseException | None:
    """Why a chunk gave nothing: those who did it died; nothing if it gave something.

    Raises  UsageError if it could not be sent, or was taken back by a cluster that is gone
    """
    try:
        fault = chunk.exception()
    except CancelledError as cancelled:
        fault = cancelled
    if fault is None or isinstance(fault, BrokenExecutor) or type(fault).__name__ == KILLED:
        return fault
    told = f"{type(fault).__name__}: {fault}"
    raise _not_sent(Words(told, told)) from fault


def _not_sent(found: Words) -> UsageError:
    return UsageError(
        Words("工作无法交给其他进程", "the work cannot be given to other processes"),
        found=found,
        do=Words(
            "自带约束写成文件，集群各机安装同一版本；或用 --jobs 1",
            "give blocks of your own as files, install the same version on every machine; or use --jobs 1",
        ),
    )


def _next_size(results: Sequence[Planned]) -> int:
    """How many stations the next chunk should hold, at the pace of this one."""
    pace_s = sum(each.seconds for each in results) / len(results)
    return max(1, min(LARGEST_CHUNK, int(CHUNK_S / max(pace_s, CHUNK_S / LARGEST_CHUNK))))


def _noted(found: Iterator[Planned], parts: Parts | None, told: Progress) -> Iterator[Planned]:
    """The same, each kept and told as it comes."""
    for each in found:
        if parts is not None and each.part is not None and not parts.keep(each.station_id, each.part):
            # a full disk must not end a run that needs it for nothing else yet
            parts = None
        if told.done is not None:
            told.done(each.station_id)
        yield replace(each, part=None)


def _in_order(found: Iterator[Planned], ids: Sequence[str]) -> Iterator[Planned]:
    """The same in the order of the stations."""
    early: dict[str, Planned] = {}
    for station_id in ids:
        while station_id not in early:
            each = next(found)
            early[each.station_id] = each
        yield early.pop(station_id)
