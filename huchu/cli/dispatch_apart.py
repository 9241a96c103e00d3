"""Stations that nothing ties together: planned in place, in processes or on a cluster, taken up where a run was ended."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.progress import Progress as Bar

from dispatch.apart import Crew, Parts, Planned, Progress, Refusal, Shared, cluster, plans_apart, processes
from dispatch.outcome import Report
from dispatch.plan import Plan
from huchu.cli.printing import to_stderr
from huchu.cli.request import Request
from huchu.cli.words import say
from huchu.schedules.refused import refusals_of
from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError, UsageError, Words
from tariffs.vocabulary.findings import Finding

PILOTS: Final = 3
"""Stations that are planned in place before it is decided whether processes pay."""
WORTH_PROCESSES_S: Final = 8.0
"""Work that is left, at the pace of the pilots, from which on starting processes saves more than it costs."""
SHOWN_IDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """What stations gave that were planned each by itself: plans in their order, refusals, everything found."""

    plans: tuple[Plan, ...]
    refusals: tuple[Refusal, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Shown:
    """The bar of a run: stations done, stations in all, the last one."""

    bar: Bar
    count: int
    ids: list[str] = field(default_factory=list)

    def done(self, station_id: str) -> None:
        """Show one more."""
        self.ids.append(station_id)
        if self.count > 1:
            text = f"{say('求解', 'solving')} {len(self.ids)}/{self.count} {station_id}"
            self.bar.update(self.bar.task_ids[0], description=text, completed=len(self.ids), total=self.count)

    def report(self, station: Station) -> Report:
        """Whom a long solve in place tells its bound and its gap."""

        def told_so_far(bound: float, best: float, gap: float, seconds: float) -> None:
            text = say(
                f"{station.id} 目标 {best:,.0f} 元，界 {bound:,.0f}，差距 {gap:.2%}，{seconds:.0f} 秒",
                f"{station.id} objective {best:,.0f} CNY, bound {bound:,.0f}, gap {gap:.2%}, {seconds:.0f} s",
            )
            self.bar.update(self.bar.task_ids[0], description=text)

        return told_so_far


def parts_beside(out: Path, stations: Sequence[Station]) -> Parts | None:
    """Where outcomes are kept until the result stands: a hidden folder beside it; nothing for a single station."""
    target = out.resolve()
    return Parts(target.parent / f".{target.name}.parts") if len(stations) > 1 else None


def independent_plans(
    stations: Sequence[Station], shared: Shared, request: Request, parts: Parts | None, bar: Bar
) -> Apart:
    """The plans of stations that nothing ties together, with the refusals of those that have none.

    Raises  UsageError if the words of the request are wrong, which stops at once; InputError if no cluster answers
    """
    if request.fresh and parts is not None:
        parts.clear()
    shown = _Shown(bar, len(stations))
    progress = Progress(done=shown.done, report=shown.report)
    plans, refusals, findings = list[Plan](), list[Refusal](), list[Finding]()
    taken_up = thrown_away = 0
    for each in _planned(stations, shared, request, parts, progress):
        taken_up += each.is_resumed
        thrown_away += each.is_thrown_away
        if each.plan is not None:
            plans.append(each.plan)
            findings.extend(each.plan.findings)
        elif each.refusal is not None:
            if each.refusal.is_usage:
                raise each.refusal.error
            refusals.append(each.refusal)
            findings.extend(refusals_of(each.station_id, each.refusal.error))
    _tell_taken_up(taken_up, thrown_away)
    return Apart(plans=tuple(plans), refusals=tuple(refusals), findings=tuple(findings))


def refused_together(refusals: Sequence[Refusal], parts: Parts | None) -> HuchuError:
    """The first refusal, with whose it is, which others there are, and word of what is kept for the next run."""
    first, others = refusals[0], [refusal.station_id for refusal in refusals[1:]]
    error = first.error
    if first.station_id not in error.what.en:
        error.what = Words(f"{first.station_id}：{error.what.zh}", f"{first.station_id}: {error.what.en}")
    if others:
        shown = others[:SHOWN_IDS]
        dots = ("、……", ", ...") if len(others) > SHOWN_IDS else ("", "")
        error.found = Words(
            f"{error.found.zh}；另有 {len(others)} 座被拒：{'、'.join(shown)}{dots[0]}",
            f"{error.found.en}; {len(others)} more refused: {', '.join(shown)}{dots[1]}",
        )
    kept = 0 if parts is None else parts.count()
    if kept:
        error.do = Words(
            f"{error.do.zh}；再次运行时其余 {kept} 座不必重算，或用 --skip-refused",
            f"{error.do.en}; the next run takes up the {kept} that are done, or use --skip-refused",
        )
    return error


def _planned(
    stations: Sequence[Station], shared: Shared, request: Request, parts: Parts | None, progress: Progress
) -> Iterator[Planned]:
    left = list(stations)
    if request.cluster is None and request.jobs == 0:
        processors = os.cpu_count() or 1
        pilots = left[:PILOTS] if processors > 1 and len(left) > PILOTS else left
        left, pace_s = left[len(pilots) :], 0.0
        for each in plans_apart(pilots, shared, parts=parts, progress=progress):
            # the first station pays for what is loaded with it
            pace_s = each.seconds
            yield each
        if pace_s * len(left) < WORTH_PROCESSES_S:
            yield from plans_apart(left, shared, parts=parts, progress=progress)
            return
    elif request.cluster is None and (request.jobs == 1 or len(left) == 1):
        yield from plans_apart(left, shared, parts=parts, progress=progress)
        return
    with _crew(request, len(left)) as crew:
        yield from plans_apart(left, shared, crew.executor, width=crew.width, parts=parts, progress=progress)


def _crew(request: Request, stations: int) -> AbstractContextManager[Crew]:
    if request.cluster is None:
        return processes(min(request.jobs or os.cpu_count() or 1, stations))
    if request.jobs:
        raise UsageError(
            Words("--jobs 与 --cluster 不能同用", "--jobs and --cluster do not go together"),
            found=Words(f"--jobs {request.jobs}", f"--jobs {request.jobs}"),
            do=Words("集群的进程数由其自身决定，去掉 --jobs", "a cluster has its own processes: leave out --jobs"),
        )
    return cluster(request.cluster)


def _tell_taken_up(taken_up: int, thrown_away: int) -> None:
    if taken_up:
        to_stderr(say(f"接续此前的运行：{taken_up} 座已算好", f"taken up from an earlier run: {taken_up} station(s)"))
    if thrown_away:
        to_stderr(
            say(
                f"此前保留的 {thrown_away} 座不可用，已重算",
                f"what an earlier run kept of {thrown_away} station(s) was of no use; planned again",
            )
        )
