"""Many stations from a notebook: plans and refusals in one call, over any executor."""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import replace

from dispatch.apart.folder import Parts
from dispatch.apart.mapped import WIDTH, plans_apart
from dispatch.apart.one import Planned
from dispatch.apart.shared import Shared
from dispatch.horizon import Horizon
from dispatch.options import PlanOptions
from dispatch.plan import known_signals
from dispatch.prepare import Surroundings
from dispatch.signals import Signals
from tariffs.settings import Settings
from tariffs.stations import Station, stations_given
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import InputError, Words


def schedule_all(
    stations: Iterable[Station] | Station,
    signals: object = None,
    *,
    settings: Settings | None = None,
    options: PlanOptions | None = None,
    horizon: Horizon | None = None,
    executor: Executor | None = None,
    parts: Parts | None = None,
) -> tuple[Planned, ...]:
    """What comes of each station planned by itself: `[each.plan for each in schedule_all(stations, prices)]`.

    Shape   in the order of the stations; a refused one has no plan but `refusal.error`; signals, settings, options and
            horizon as for `schedule`; without an executor one after the other; `parts` keeps outcomes for another time
    Raises  InputError if neither signals nor a horizon are given, no station, or one twice; UsageError if the work
            cannot be sent to the executor
    """
    known = known_signals(signals, settings)
    steps = known.horizon if horizon is None and known is not None else horizon
    if steps is None:
        raise InputError(
            Words("没有时段", "there is no horizon"),
            found=Words("既无信号也无 horizon", "neither signals nor a horizon"),
            do=Words("给出 signals 或 horizon", "give signals, or a horizon"),
        )
    around = Surroundings(settings=settings, library=Library() if settings is None else library_of(settings))
    shared = Shared(horizon=steps, signals=known, around=around, options=options or PlanOptions())
    found = plans_apart(stations_given(stations), shared, executor, width=WIDTH, parts=parts)
    return tuple(_with_notices(each, known) for each in found)


def _with_notices(each: Planned, known: Signals | None) -> Planned:
    """The same, what reading the signals found among the findings of its plan."""
    if each.plan is None or known is None:
        return each
    return replace(each, plan=replace(each.plan, findings=(*known.findings, *each.plan.findings)))
