"""The steps of a run: from the first day of the sessions to the last, or as asked."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from dispatch.horizon import Horizon, horizon_between
from dispatch.v2g.sessions import Session
from huchu.cli.asked import instant
from huchu.cli.v2g.request import Request
from tariffs.vocabulary.errors import InputError, UsageError, Words
from tariffs.vocabulary.timegrid import DEFAULT_MINUTES, ZONE, local


def horizon_of(sessions: Sequence[Session], request: Request, minutes: int | None) -> Horizon:
    """The steps between the ends asked for, else the whole local days that hold every session.

    Raises  UsageError if --step is not the step of the signals or of the plan; InputError if an end is off the grid
    """
    if minutes is not None and request.step_minutes not in (None, minutes):
        raise UsageError(
            Words("--step 与信号或计划的步长不同", "--step is not the step of the signals or of the plan"),
            found=Words(
                f"{request.step_minutes} 分钟，文件 {minutes} 分钟", f"{request.step_minutes} minutes, file {minutes}"
            ),
            do=Words("去掉 --step，或先换算文件", "leave out --step, or convert the file first"),
        )
    first = min(local(session.arrival_at) for session in sessions)
    last = max(local(session.departure_at) for session in sessions)
    from_at = midnight(first) if request.from_at is None else instant(request.from_at, "--from")
    until_at = after(last) if request.until_at is None else instant(request.until_at, "--until")
    if until_at <= from_at:
        raise UsageError(
            Words("终点不晚于起点", "the end does not come after the start"),
            found=Words(
                f"{from_at.isoformat()} 至 {until_at.isoformat()}",
                f"{from_at.isoformat()} until {until_at.isoformat()}",
            ),
            do=Words("改正 --from 与 --until", "correct --from and --until"),
        )
    return horizon_between(from_at, until_at, minutes or request.step_minutes or DEFAULT_MINUTES)


def midnight(at: datetime) -> datetime:
    """The midnight, in Shanghai, that the day of an instant begins with."""
    return datetime.combine(at.date(), time(), ZONE)


def after(at: datetime) -> datetime:
    """The first midnight, in Shanghai, that is not before an instant."""
    return midnight(at) if at == midnight(at) else midnight(at + timedelta(days=1))


def refuse_not_covering(covered: Horizon, wanted: Horizon, file: Path) -> None:
    """Nothing, if the steps of a file hold the whole horizon.

    Raises  InputError if they do not
    """
    if covered.first_ms <= wanted.first_ms and wanted.end_ms <= covered.end_ms:
        return
    has = covered.first_at.isoformat(), covered.until_at.isoformat()
    needs = wanted.first_at.isoformat(), wanted.until_at.isoformat()
    raise InputError(
        Words(f"{file.name} 不覆盖整个时段", f"{file.name} does not cover the horizon"),
        found=Words(
            f"文件自 {has[0]} 至 {has[1]}，时段自 {needs[0]} 至 {needs[1]}",
            f"the file runs from {has[0]} until {has[1]}, the horizon from {needs[0]} until {needs[1]}",
        ),
        do=Words(
            "补齐文件，或用 --from 与 --until 截取", "lengthen the file, or choose a part with --from and --until"
        ),
    )


def refuse_without_cars(cars: int, horizon: Horizon) -> None:
    """Nothing, if any car is parked within the horizon.

    Raises  InputError if none is
    """
    if cars:
        return
    first, until = horizon.first_at.isoformat(), horizon.until_at.isoformat()
    raise InputError(
        Words("时段内没有停放的车", "no car is parked within the horizon"),
        found=Words(f"{first} 至 {until}", f"{first} until {until}"),
        do=Words("改正 --from 与 --until", "correct --from and --until"),
    )
